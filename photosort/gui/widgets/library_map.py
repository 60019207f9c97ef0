"""All photos on a plane: points from afar, thumbnails from near, themes by their names, a lasso to select."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QMargins, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QWidget

from photosort.gui.base import theme
from photosort.gui.widgets.plane_view import PlaneView
from photosort.search.areas import inside

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CELL = 92
_THUMBNAIL = 80
_MOST_ZOOM = 400.0
# From so many cells with more than one photo on, thumbnails say more than points.
_POINT = 3
_PLAIN, _CHOSEN = 1, 2
_MOST_NAMES = 60


@dataclass(frozen=True, slots=True, eq=False)
class _Grid:
    """Where photos are at one zoom, in whole pixels of the plane; all arrays int32, shape (n,).

    Attributes:
        sides: width and height of the plane.
        x: pixels from its left edge.
        y: pixels from its upper edge.
        column: cells from its left edge: cells move along with the plane, so that their pictures stay.
        row: cells from its upper edge.
    """

    sides: tuple[float, float]
    x: NDArray[np.int32]
    y: NDArray[np.int32]
    column: NDArray[np.int32]
    row: NDArray[np.int32]


def _first_of_cells(grid: _Grid, seen: NDArray[np.intp]) -> NDArray[np.intp]:
    """The first of the photos of each cell; without sorting them, which would take half of a frame."""
    if not len(seen):
        return seen
    column, row = grid.column[seen], grid.row[seen]
    column, row = column - column.min(), row - row.min()
    columns = int(column.max()) + 1
    first = np.full(columns * (int(row.max()) + 1), -1, np.intp)
    # Of several that are put into one place the last one stays.
    first[(row * columns + column)[::-1]] = seen[::-1]
    return np.asarray(first[first >= 0])


class LibraryMap(PlaneView):
    """The likeness map; distances on it mean little.

    Signals:
        selected: these photos lie in the lasso (list of ids).
    """

    selected = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(thumbnail=_THUMBNAIL, most_zoom=_MOST_ZOOM, parent=parent)
        self._regions: Sequence[tuple[str, int, float, float, int]] = ()
        self._grid: _Grid | None = None
        self._sizes: tuple[QFont, dict[str, QSize]] | None = None
        self._chosen: NDArray[np.bool_] = np.zeros(0, np.bool_)
        self.setAccessibleName(self.tr("Map of all photos by likeness"))

    def set_map(
        self,
        ids: NDArray[np.int64],
        places: NDArray[np.float32],
        regions: Sequence[tuple[str, int, float, float, int]],
    ) -> None:
        """Shows photos.

        Args:
            ids: int64, shape (n,).
            places: float32, shape (n, 2), between 0 and 1.
            regions: name, id, middle (x, y) and number of photos of each theme, the largest first.
        """
        self._regions = regions
        self._grid = self._sizes = None
        self._chosen = np.zeros(len(ids), np.bool_)
        self.set_photos(ids, places)

    # Where things are

    def _sides(self) -> tuple[float, float]:
        """It fills the widget, but for half a cell on each side: no thumbnail is cut."""
        wide, high = max(self.width() - _CELL, 1), max(self.height() - _CELL, 1)
        return wide * self._zoom, high * self._zoom

    def _take_lasso(self, lasso: QPolygonF | None) -> None:
        """Selects what lies in it."""
        if lasso is None:
            self._chosen[:] = False
        else:
            corners = np.array([(point.x(), point.y()) for point in lasso.toList()])
            self._chosen = inside(self._screen(), corners)
        self.selected.emit([int(one) for one in self._ids[self._chosen]])

    def _gridded(self) -> _Grid:
        """The plane in pixels of this zoom, so that moving it is one subtraction."""
        sides = self._sides()
        if self._grid is None or self._grid.sides != sides:
            x, y = ((self._places[:, axis] * sides[axis]).astype(np.int32) for axis in (0, 1))
            self._grid = _Grid(sides, x, y, x // _CELL, y // _CELL)
        return self._grid

    def _origin(self) -> tuple[int, int]:
        """The pixel of the plane that is a cell left of and above the widget's corner."""
        wide, high = self._sides()
        left = self._middle.x() * wide - self.width() / 2 - _CELL
        top = self._middle.y() * high - self.height() / 2 - _CELL
        return math.floor(left), math.floor(top)

    def _seen(self) -> tuple[NDArray[np.intp], NDArray[np.int32], NDArray[np.int32]]:
        """The photos in the widget and a cell around it: their rows, and pixels from a cell left of and above it."""
        grid, (left, top) = self._gridded(), self._origin()
        x, y = grid.x - left, grid.y - top
        # Seen as unsigned, what is left of the edge is beyond the other one: half of the comparisons.
        seen = np.flatnonzero(
            (x.view(np.uint32) < self.width() + 2 * _CELL)
            & (y.view(np.uint32) < self.height() + 2 * _CELL)
        )
        return seen, x[seen], y[seen]

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Points, thumbnails where there is room, names, the lasso."""
        del event
        painter = QPainter(self)
        if not len(self._ids):
            painter.fillRect(self.rect(), theme.colour("window"))
            return
        grid = self._gridded()
        left, top = self._origin()
        seen, x, y = self._seen()
        painter.drawImage(-_CELL, -_CELL, self._points(x, y, self._chosen[seen]))
        self._paint_pictures(painter, _first_of_cells(grid, seen), left, top)
        self._paint_names(painter)
        self._paint_lasso(painter)

    def _points(
        self, x: NDArray[np.int32], y: NDArray[np.int32], chosen: NDArray[np.bool_]
    ) -> QImage:
        """One image of all points, a cell wider on each side: 100,000 calls of a painter would take a second."""
        # Whole words a line, which is what Qt wants of the lines of an image.
        wide, high = (self.width() + 2 * _CELL + 2 * _POINT) // 4 * 4 + 4, self.height() + 2 * _CELL
        # Each point is one byte; then all grow at once, which takes a tenth of setting all their pixels.
        kinds = np.zeros((high + _POINT, wide), np.uint8)
        flat = y * np.int32(wide) + x
        kinds.ravel()[flat] = _PLAIN
        kinds.ravel()[flat[chosen]] = _CHOSEN
        across = kinds.copy()
        for step in range(1, _POINT):
            np.maximum(across[:, step:], kinds[:, :-step], out=across[:, step:])
        grown = across.copy()
        for step in range(1, _POINT):
            np.maximum(grown[step:], across[:-step], out=grown[step:])
        image = QImage(grown.data, wide, high, wide, QImage.Format.Format_Indexed8)
        roles = ("window", "text_second", "accent")
        image.setColorTable([QColor(theme.colour(role)).rgba() for role in roles])
        return image.convertToFormat(QImage.Format.Format_RGB32)

    def _paint_pictures(
        self, painter: QPainter, rows: NDArray[np.intp], left: int, top: int
    ) -> None:
        """One thumbnail for each cell that has a photo."""
        wanted = []
        grid = self._gridded()
        for row in rows.tolist():
            photo = int(self._ids[row])
            picture = self._pictures.get(photo)
            if picture is None:
                wanted.append(photo)
                continue
            size = picture.deviceIndependentSize()
            x, y = int(grid.x[row]) - left - _CELL, int(grid.y[row]) - top - _CELL
            box = QRectF(x - size.width() / 2, y - size.height() / 2, size.width(), size.height())
            painter.drawPixmap(box.topLeft(), picture)
            if self._chosen[row]:
                painter.setPen(QPen(theme.colour("accent"), theme.RING_PX))
                painter.drawRect(box)
        self._ask_for(wanted)

    def _paint_names(self, painter: QPainter) -> None:
        wide, high = self._sides()
        painter.setFont(theme.font(theme.Text.BODY, strong=True))
        sizes = self._name_sizes(painter.font())
        taken: list[QRect] = []
        for name, _, x, y, _ in self._regions[:_MOST_NAMES]:
            left = self.width() / 2 + (x - self._middle.x()) * wide
            top = self.height() / 2 + (y - self._middle.y()) * high
            box = QRect(QPoint(), sizes[name])
            box.moveCenter(QPointF(left, top).toPoint())
            if self.rect().contains(box.center()):
                box.moveLeft(max(min(box.left(), self.width() - box.width()), 0))
                box.moveTop(max(min(box.top(), self.height() - box.height()), 0))
            if not self.rect().intersects(box) or any(box.intersects(other) for other in taken):
                continue
            taken.append(box)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("panel", alpha=0.85))
            painter.drawRoundedRect(box, theme.CORNER_CONTROL, theme.CORNER_CONTROL)
            painter.setPen(theme.colour("text"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)

    def _name_sizes(self, font: QFont) -> dict[str, QSize]:
        """How large the names are, measured once for a font: that takes longer than to paint them."""
        if self._sizes is None or self._sizes[0] != font:
            metrics = QFontMetrics(font)
            around = QMargins(theme.Gap.S, theme.Gap.XS, theme.Gap.S, theme.Gap.XS)
            self._sizes = (
                font,
                {
                    name: metrics.boundingRect(name).marginsAdded(around).size()
                    for name, *_ in self._regions[:_MOST_NAMES]
                },
            )
        return self._sizes[1]

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Opens the photo under the pointer."""
        if not len(self._ids):
            return
        away = np.abs(self._screen() - np.array([event.position().x(), event.position().y()])).max(
            axis=1
        )
        nearest = int(np.argmin(away))
        if away[nearest] <= _THUMBNAIL / 2:
            self.photo_opened.emit(int(self._ids[nearest]))
