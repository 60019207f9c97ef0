"""All photos on a plane: points from afar, thumbnails from near, themes by their names, a lasso to select."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QMargins, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from photosort.gui.base import theme

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CELL = 92
_THUMBNAIL = 80
_MOST_ZOOM = 400.0
_STEP = 1.25
# From so many cells with more than one photo on, thumbnails say more than points.
_POINT = 3
_PLAIN, _CHOSEN = 1, 2
_MOST_NAMES = 60
_KEPT_PICTURES = 600
_PAN = 64


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


class LibraryMap(QWidget):
    """Drag to move, wheel to zoom, Shift and drag (or the lasso button) to select.

    Signals:
        selected: these photos lie in the lasso (list of ids).
        photo_opened: a photo (id) was double-clicked.
        thumbnails_wanted: these photos (list of ids) are shown without a picture yet.
    """

    selected = Signal(list)
    photo_opened = Signal(int)
    thumbnails_wanted = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids: NDArray[np.int64] = np.zeros(0, np.int64)
        self._places: NDArray[np.float32] = np.zeros((0, 2), np.float32)
        self._regions: Sequence[tuple[str, int, float, float, int]] = ()
        self._grid: _Grid | None = None
        self._sizes: tuple[QFont, dict[str, QSize]] | None = None
        self._zoom = 1.0
        self._middle = QPointF(0.5, 0.5)
        self._grabbed: QPointF | None = None
        self._lasso: QPolygonF | None = None
        self._chosen: NDArray[np.bool_] = np.zeros(0, np.bool_)
        self._pictures: dict[int, QPixmap] = {}
        self._asked: set[int] = set()
        self.lasso_always = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Map of all photos by likeness"))
        self.setMinimumSize(QSize(240, 180))

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
        self._ids, self._places, self._regions = ids, places, regions
        self._grid = self._sizes = None
        self._chosen = np.zeros(len(ids), np.bool_)
        self._asked.clear()
        self.update()

    def set_picture(self, photo: int, picture: QImage) -> None:
        """Brings a thumbnail that was wanted."""
        edge = round(_THUMBNAIL * self.devicePixelRatioF())
        scaled = picture.scaled(
            QSize(edge, edge),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        made = QPixmap.fromImage(scaled)
        made.setDevicePixelRatio(self.devicePixelRatioF())
        while len(self._pictures) >= _KEPT_PICTURES:
            gone = next(iter(self._pictures))
            del self._pictures[gone]
            self._asked.discard(gone)
        self._pictures[photo] = made
        self.update()

    @property
    def zoom(self) -> float:
        """1 shows everything."""
        return self._zoom

    def zoom_at(self, factor: float, point: QPointF) -> None:
        """Zooms; what lies under the point stays there."""
        before = self._plane(point)
        self._zoom = min(max(self._zoom * factor, 1.0), _MOST_ZOOM)
        after = self._plane(point)
        self._middle += before - after
        self._keep_inside()
        self.update()

    # Where things are

    def _sides(self) -> tuple[float, float]:
        """Width and height of the whole plane on the screen.

        Distances mean little, so it fills the widget, but for half a cell on each side: no thumbnail is cut.
        """
        wide, high = max(self.width() - _CELL, 1), max(self.height() - _CELL, 1)
        return wide * self._zoom, high * self._zoom

    def _plane(self, point: QPointF) -> QPointF:
        wide, high = self._sides()
        x = self._middle.x() + (point.x() - self.width() / 2) / wide
        y = self._middle.y() + (point.y() - self.height() / 2) / high
        return QPointF(x, y)

    def _screen(self) -> NDArray[np.float32]:
        """Where every photo is in the widget; shape (n, 2)."""
        sides = np.array(self._sides(), np.float32)
        middle = np.array([self._middle.x(), self._middle.y()], np.float32)
        centre = np.array([self.width() / 2, self.height() / 2], np.float32)
        return (self._places - middle) * sides + centre

    def pan(self, by: QPointF) -> None:
        """Moves what is shown by so many pixels."""
        wide, high = self._sides()
        self._middle += QPointF(by.x() / wide, by.y() / high)
        self._keep_inside()
        self.update()

    def _keep_inside(self) -> None:
        self._middle = QPointF(
            min(max(self._middle.x(), 0.0), 1.0), min(max(self._middle.y(), 0.0), 1.0)
        )

    def _inside(self, polygon: QPolygonF) -> NDArray[np.bool_]:
        """Crossing test, all photos at once for each edge of the polygon."""
        at = self._screen()
        found = np.zeros(len(at), np.bool_)
        corners = [(point.x(), point.y()) for point in polygon.toList()]
        for (ax, ay), (bx, by) in zip(corners, corners[1:] + corners[:1], strict=True):
            crosses = (at[:, 1] < ay) != (at[:, 1] < by)
            with np.errstate(divide="ignore", invalid="ignore"):
                edge = ax + (at[:, 1] - ay) * (bx - ax) / (by - ay)
            found ^= crosses & (at[:, 0] < edge)
        return found

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Points, thumbnails where there is room, names, the lasso."""
        del event
        painter = QPainter(self)
        if not len(self._ids):
            painter.fillRect(self.rect(), theme.colour("window"))
            return
        grid, (left, top) = self._gridded(), self._origin()
        x, y = grid.x - left, grid.y - top
        # Seen as unsigned, what is left of the edge is beyond the other one: half of the comparisons.
        seen = np.flatnonzero(
            (x.view(np.uint32) < self.width() + 2 * _CELL)
            & (y.view(np.uint32) < self.height() + 2 * _CELL)
        )
        x, y = x[seen], y[seen]
        painter.drawImage(-_CELL, -_CELL, self._points(x, y, self._chosen[seen]))
        self._paint_pictures(painter, _first_of_cells(grid, seen), left, top)
        self._paint_names(painter)
        if self._lasso is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour("accent"), theme.RING_PX))
            painter.setBrush(theme.colour("accent", alpha=0.12))
            painter.drawPolygon(self._lasso)

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
        fresh = [photo for photo in wanted if photo not in self._asked]
        if fresh:
            self._asked.update(fresh)
            self.thumbnails_wanted.emit(fresh)

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

    # What the user does

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zooms at the pointer."""
        notches = event.angleDelta().y() / 120
        self.zoom_at(_STEP**notches, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begins to move the map, or a lasso."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self.lasso_always or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._lasso = QPolygonF([event.position()])
        else:
            self._grabbed = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Moves the map, or goes on with the lasso."""
        if self._lasso is not None:
            self._lasso.append(event.position())
        elif self._grabbed is not None:
            moved = event.position() - self._grabbed
            self._grabbed = event.position()
            self.pan(-moved)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ends either; what lies in the lasso is selected."""
        begun, self._grabbed = self._grabbed, None
        if self._lasso is None:
            del begun, event
            return
        lasso, self._lasso = self._lasso, None
        far = lasso.boundingRect()
        if max(far.width(), far.height()) >= QApplication.startDragDistance():
            self._chosen = self._inside(lasso)
        else:
            self._chosen[:] = False
        self.update()
        self.selected.emit([int(one) for one in self._ids[self._chosen]])

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, plus and minus zoom, 0 shows everything."""
        middle = QPointF(self.width() / 2, self.height() / 2)
        moves = {
            Qt.Key.Key_Left: (-_PAN, 0), Qt.Key.Key_Right: (_PAN, 0),
            Qt.Key.Key_Up: (0, -_PAN), Qt.Key.Key_Down: (0, _PAN),
        }  # fmt: skip
        key = Qt.Key(event.key())
        act: Callable[[], None] | None = {
            Qt.Key.Key_Plus: lambda: self.zoom_at(_STEP, middle),
            Qt.Key.Key_Minus: lambda: self.zoom_at(1 / _STEP, middle),
            Qt.Key.Key_0: lambda: self.zoom_at(1 / self._zoom, middle),
        }.get(key)
        if act is not None:
            act()
        elif key in moves:
            x, y = moves[key]
            self.pan(QPointF(x, y))
        else:
            super().keyPressEvent(event)
