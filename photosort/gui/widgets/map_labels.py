"""Names of countries and towns on the map: the larger ones first, none over another."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from photosort.gui.base import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QFont

    from photosort.usecases.photos.map_places import MapNames

_MOST_TRIED = 160
_MOST_SHOWN = 70
# New names are painted over several frames: a screen full of them takes longer than one.
_MOST_PAINTED = 6
_KEPT = 600
_HALO = 2.5
_DOT = 2.5
_BESIDE = _DOT + 3.0
# Countries give way to their towns.
_COUNTRIES_UNTIL = 6.5
# While the map moves, its names move with it, and are laid out again only so often.
_REST_S = 0.3
_SQUARE = 4
# How far from the dot of a town a name has room that the cover on it does not take.
_COVER = 36.0


class _Label(NamedTuple):
    """A name that is shown: the point of the plane it belongs to, and where its box begins from there, in pixels."""

    text: str
    x: float
    y: float
    right: float
    below: float
    is_country: bool


class MapLabels:
    """Lays names out and paints them; keeps their pictures."""

    def __init__(self) -> None:
        self._countries: MapNames | None = None
        self._towns: MapNames | None = None
        self._pictures: dict[tuple[str, bool], QPixmap] = {}
        self._sizes: dict[tuple[str, bool], tuple[float, float]] = {}
        self._look: tuple[bool, float, int] = (False, 0.0, 0)
        self._view: tuple[object, ...] = ()
        self._labels: list[_Label] = []
        self._laid_out_s = -math.inf

    def set_names(self, countries: MapNames, towns: MapNames | None) -> None:
        """Shows other names."""
        self._countries, self._towns, self._view = countries, towns, ()
        self._laid_out_s = -math.inf

    @property
    def has_towns(self) -> bool:
        """Whether the names of towns are there by now."""
        return self._towns is not None

    def paint(
        self,
        painter: QPainter,
        size: QSize,
        left: float,
        top: float,
        side: float,
        taken: Sequence[QRectF],
    ) -> bool:
        """Paints the names of what a view shows.

        Args:
            painter: of the view.
            size: of the view.
            left: the view's left edge on the world, in device-independent pixels.
            top: its upper edge.
            side: how wide and high the world is.
            taken: where no name may stand.

        Returns:
            Whether all are painted where they are to stay; if not, the view is to paint again.
        """
        scale = painter.device().devicePixelRatioF()
        look = (theme.is_dark(), scale, theme.text_px(theme.Text.BODY))
        if look != self._look:
            self._pictures.clear()
            self._sizes.clear()
            self._look, self._view, self._laid_out_s = look, (), -math.inf
        view = (size, left, top, side, len(taken))
        now = time.perf_counter()
        if view != self._view and now - self._laid_out_s > _REST_S:
            self._view, self._laid_out_s = view, now
            self._labels = self._laid_out(size, left, top, side, taken)
        painted = 0
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("land"), 1))
        painter.setBrush(theme.colour("text_second"))
        for label in self._labels:
            x, y = label.x * side - left, label.y * side - top
            key = (label.text, label.is_country)
            picture = self._pictures.get(key)
            if picture is None and painted < _MOST_PAINTED:
                painted += 1
                picture = self._painted(*key)
            if picture is not None:
                painter.drawPixmap(QPoint(round(x + label.right), round(y + label.below)), picture)
            if not label.is_country:
                painter.drawEllipse(QPointF(x, y), _DOT, _DOT)
        return painted < _MOST_PAINTED and view == self._view

    def _laid_out(
        self, size: QSize, left: float, top: float, side: float, taken: Sequence[QRectF]
    ) -> list[_Label]:
        """The names that have room."""
        zoom = math.log2(side / 256)
        room = _Room(size, taken)
        found: list[_Label] = []
        # A cover stands for one town: the largest one under it.
        named: set[int] = set()
        kinds = [(self._countries, True)] if zoom < _COUNTRIES_UNTIL else []
        for names, is_country in (*kinds, (self._towns, False)):
            if names is None:
                continue
            for row in _seen(names, zoom, size, left, top, side):
                if len(found) == _MOST_SHOWN:
                    return found
                text = names.texts[row]
                px, py = names.points[row].tolist()
                wide, high = self._size_of(text, is_country)
                x, y = px * side - left, py * side - top
                cover = room.cover_at(x, y)
                if cover in named:
                    continue
                for right, below in _offsets(
                    wide, high, is_country=is_country, is_covered=cover is not None
                ):
                    if room.take(x + right, y + below, wide, high):
                        named |= set() if cover is None else {cover}
                        found.append(_Label(text, px, py, right, below, is_country))
                        break
        return found

    def _size_of(self, text: str, is_country: bool) -> tuple[float, float]:  # noqa: FBT001 (the key of a size)
        """Width and height of a name with its halo; to measure it takes longer than to find room for it."""
        size = self._sizes.get((text, is_country))
        if size is None:
            metrics = QFontMetricsF(_font(is_country=is_country))
            size = metrics.horizontalAdvance(text) + 2 * _HALO, metrics.height() + 2 * _HALO
            self._sizes[text, is_country] = size
        return size

    def _painted(self, text: str, is_country: bool) -> QPixmap:  # noqa: FBT001 (the key of a picture)
        while len(self._pictures) >= _KEPT:
            del self._pictures[next(iter(self._pictures))]
        scale = self._look[1]
        font = _font(is_country=is_country)
        wide, high = self._size_of(text, is_country)
        made = QPixmap(math.ceil(wide * scale), math.ceil(high * scale))
        made.setDevicePixelRatio(scale)
        made.fill(Qt.GlobalColor.transparent)
        path = QPainterPath()
        path.addText(QPointF(_HALO, _HALO + QFontMetricsF(font).ascent()), font, text)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        halo = QPen(theme.colour("land", alpha=0.85), 2 * _HALO)
        halo.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(path, halo)
        painter.fillPath(path, theme.colour("text_second" if is_country else "text"))
        painter.end()
        self._pictures[text, is_country] = made
        return made


class _Room:
    """Which parts of a view are taken, in squares of a few pixels."""

    def __init__(self, size: QSize, taken: Sequence[QRectF]) -> None:
        self._wide, self._high = size.width(), size.height()
        self._taken = np.zeros((self._high // _SQUARE + 1, self._wide // _SQUARE + 1), np.bool_)
        for box in taken:
            self._taken[self._squares(box.left(), box.top(), box.width(), box.height())] = True
        self._covers = taken
        self._covered = self._taken.copy()

    def cover_at(self, x: float, y: float) -> int | None:
        """What a point lies under, by its number, or None."""
        if not self._covered[int(y) // _SQUARE, int(x) // _SQUARE]:
            return None
        point = QPointF(x, y)
        return next((i for i, box in enumerate(self._covers) if box.contains(point)), None)

    def take(self, x: float, y: float, wide: float, high: float) -> bool:
        """Takes a place if it is free and can be seen whole."""
        if x < 0 or y < 0 or x + wide > self._wide or y + high > self._high:
            return False
        squares = self._squares(x, y, wide, high)
        if self._taken[squares].any():
            return False
        self._taken[squares] = True
        return True

    def _squares(self, x: float, y: float, wide: float, high: float) -> tuple[slice, slice]:
        left, top = max(int(x) // _SQUARE, 0), max(int(y) // _SQUARE, 0)
        return (
            slice(top, max(int(y + high) // _SQUARE + 1, 0)),
            slice(left, max(int(x + wide) // _SQUARE + 1, 0)),
        )


def _seen(
    names: MapNames, zoom: float, size: QSize, left: float, top: float, side: float
) -> list[int]:
    """The first names that stand in a view, by their rows."""
    count = int(np.searchsorted(names.zooms, zoom, side="right"))
    x, y = names.points[:count, 0] * side - left, names.points[:count, 1] * side - top
    rows = np.flatnonzero((x > 0) & (x < size.width()) & (y > 0) & (y < size.height()))
    return [int(row) for row in rows[:_MOST_TRIED]]


def _font(*, is_country: bool) -> QFont:
    return theme.font(theme.Text.BODY if is_country else theme.Text.SMALL, strong=is_country)


def _offsets(
    wide: float, high: float, *, is_country: bool, is_covered: bool
) -> list[tuple[float, float]]:
    """Where a name may begin: a country's around its point, a town's beside its dot, or above or below of it."""
    x, y = -wide / 2, -high / 2
    if is_country:
        return [(x, y)]
    if is_covered:
        return [(x, _COVER), (x, -_COVER - high), (_COVER, y), (-_COVER - wide, y)]
    return [(_BESIDE, y), (-_BESIDE - wide, y), (x, -_DOT - high), (x, _DOT)]
