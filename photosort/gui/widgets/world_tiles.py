"""Paints the land, lakes and borders of the world, tile by tile, and keeps the tiles."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QByteArray, QDataStream, QPoint, QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPixmap

from photosort.gui.base import theme
from photosort.media.world_map import Level, Shape, world_map

TILE_PX = 256
# A screen of 2,560 by 1,440 at 200 % shows 35 of them, 1 MB each.
_KEPT_TILES = 120
_KEPT_PATHS = 600
_DEEPEST = 22
# The first painting may take longer: there is nothing to be held up yet.
_FIRST_S = 0.1
# Tiles that lend their picture to one that is not painted yet: so many zooms above.
_FALLBACKS = 5
# How Qt writes a path to a stream.
_ELEMENT = np.dtype([("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])
_MOVE, _LINE = 0, 1
_ODD_EVEN = 0
_BORDER_PX = 1.0

_Key = tuple[int, int, int]


class WorldTiles:
    """The tiles of one view.

    Each is painted for the exact zoom of the view; while that changes, what is there is scaled, and is painted
    again once it rests.
    """

    def __init__(self) -> None:
        self._tiles: OrderedDict[_Key, QPixmap] = OrderedDict()
        # How wide the world was when each was painted.
        self._sides: dict[_Key, float] = {}
        self._look: tuple[object, ...] = ()
        self._side = 0.0

    def paint(
        self, painter: QPainter, size: QSize, left: float, top: float, side: float, budget_s: float
    ) -> bool:
        """Paints the part of the world that a view shows.

        Args:
            painter: of the view.
            size: of the view.
            left: the view's left edge on the world, in device-independent pixels.
            top: its upper edge.
            side: how wide and high the world is.
            budget_s: how long it may paint new tiles; one is painted in any case.

        Returns:
            Whether everything is painted for this zoom; if not, the view is to paint again.
        """
        scale = painter.device().devicePixelRatioF()
        look = (theme.is_dark(), scale)
        if look != self._look:
            self._tiles.clear()
            self._sides.clear()
            self._look = look
        ends = time.perf_counter() + (budget_s if self._tiles else _FIRST_S)
        painter.fillRect(QRect(0, 0, size.width(), size.height()), theme.colour("sea"))
        depth = min(max(round(math.log2(side / TILE_PX)), 0), _DEEPEST)
        edge = side / (1 << depth)
        last = (1 << depth) - 1
        columns = range(
            max(0, int(left // edge)), min(last, int((left + size.width()) // edge)) + 1
        )
        rows = range(max(0, int(top // edge)), min(last, int((top + size.height()) // edge)) + 1)
        is_zooming, self._side = side != self._side, side
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        is_whole, has_painted = True, False
        for row in rows:
            for column in columns:
                key = (depth, column, row)
                tile = self._tiles.get(key)
                is_fresh = tile is not None and self._sides[key] == side
                is_wanted = tile is None if is_zooming else not is_fresh
                if is_wanted and (not has_painted or time.perf_counter() < ends):
                    tile = self._tiles[key] = _painted(key, edge, scale)
                    self._sides[key] = side
                    is_fresh = has_painted = True
                is_whole &= is_fresh
                # Whole pixels: else there would be seams.
                x, y = round(column * edge - left), round(row * edge - top)
                right, below = round((column + 1) * edge - left), round((row + 1) * edge - top)
                target = QRect(x, y, right - x, below - y)
                if tile is None:
                    self._paint_fallback(painter, key, target)
                elif is_fresh:
                    # As it is: a pixel that is too much lies under the next tile.
                    painter.drawPixmap(target.topLeft(), tile)
                else:
                    painter.drawPixmap(target, tile)
                if tile is not None:
                    self._tiles.move_to_end(key)
        while len(self._tiles) > max(_KEPT_TILES, len(rows) * len(columns)):
            gone, _ = self._tiles.popitem(last=False)
            del self._sides[gone]
        return is_whole

    def _paint_fallback(self, painter: QPainter, key: _Key, target: QRect) -> None:
        """What is known of a tile's place from the zooms above, or from those below."""
        depth, column, row = key
        for up in range(1, min(depth, _FALLBACKS) + 1):
            above = self._tiles.get((depth - up, column >> up, row >> up))
            if above is not None:
                part = above.width() / (1 << up)
                at = QRectF((column % (1 << up)) * part, (row % (1 << up)) * part, part, part)
                painter.drawPixmap(QRectF(target), above, at)
                return
        half = QSize(target.width() // 2 + 1, target.height() // 2 + 1)
        for right in (0, 1):
            for below in (0, 1):
                tile = self._tiles.get((depth + 1, 2 * column + right, 2 * row + below))
                if tile is not None:
                    by = QPoint(right * target.width() // 2, below * target.height() // 2)
                    painter.drawPixmap(QRect(target.topLeft() + by, half), tile)


def _painted(key: _Key, edge: float, scale: float) -> QPixmap:
    """One tile with a bit of the next ones, so that there is no seam when it is put on a whole pixel.

    Args:
        key: which one.
        edge: its width and height in device-independent pixels.
        scale: device pixels to one of these.
    """
    px = math.ceil(math.ceil(edge) * scale)
    depth, column, row = key
    sea, land = theme.colour("sea"), theme.colour("land")
    made = QPixmap(px, px)
    made.fill(sea)
    level = world_map().level_at(math.log2(px / TILE_PX) + depth)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(edge * scale, edge * scale)
    painter.translate(-column, -row)
    painter.scale(1 << depth, 1 << depth)
    pen = QPen(theme.colour("border"), _BORDER_PX * max(1.0, px / TILE_PX))
    pen.setCosmetic(True)
    cells = _cells(level.depth, depth, column, row)
    for shape in Shape:
        is_line = shape is Shape.BORDER
        for cell in cells:
            path = _path(level, *cell, shape)
            if path.isEmpty():
                continue
            if is_line:
                painter.strokePath(path, pen)
            else:
                painter.fillPath(path, land if shape is Shape.LAND else sea)
    painter.end()
    made.setDevicePixelRatio(scale)
    return made


def _cells(of: int, depth: int, column: int, row: int) -> list[tuple[int, int]]:
    """The cells of a grid that a tile lies in; their margins hold what reaches into it from others."""
    share = 2.0 ** (of - depth)

    def held(at: int) -> range:
        return range(math.floor(at * share), math.ceil((at + 1) * share))

    return [(x, y) for y in held(row) for x in held(column)]


@lru_cache(maxsize=_KEPT_PATHS)
def _path(level: Level, column: int, row: int, shape: Shape) -> QPainterPath:
    """The rings or lines of a cell, on the plane.

    A path is read from a stream: to add its points one by one takes fifty times as long.
    """
    points, starts = level.rings(column, row, shape)
    path = QPainterPath()
    if not len(points):
        return path
    elements = np.empty(len(points), _ELEMENT)
    elements["kind"] = _LINE
    elements["kind"][starts] = _MOVE
    elements["x"], elements["y"] = points[:, 0], points[:, 1]
    head = np.array([len(points)], ">i4").tobytes()
    tail = np.array([int(starts[-1]), _ODD_EVEN], ">i4").tobytes()
    stream = QDataStream(QByteArray(head + elements.tobytes() + tail))
    stream >> path
    return path
