"""All photos on a plane: points from afar, thumbnails from near, themes by their names, a lasso to select."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
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

from photosort.gui import theme

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

    def photos_inside(self, polygon: QPolygonF) -> list[int]:
        """The photos whose points lie in a polygon of the widget."""
        return [int(one) for one in self._ids[self._inside(polygon)]]

    # Where things are

    def _sides(self) -> tuple[float, float]:
        """Width and height of the whole plane on the screen; distances mean little, so it fills the widget."""
        return max(self.width() * self._zoom, 1.0), max(self.height() * self._zoom, 1.0)

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
        painter.fillRect(self.rect(), theme.colour("window"))
        if not len(self._ids):
            return
        at = self._screen()
        seen = np.flatnonzero(
            (at[:, 0] > -_CELL) & (at[:, 0] < self.width() + _CELL)
            & (at[:, 1] > -_CELL) & (at[:, 1] < self.height() + _CELL)
        )  # fmt: skip
        painter.drawImage(0, 0, self._points(at[seen], self._chosen[seen]))
        self._paint_pictures(painter, at, seen)
        self._paint_names(painter)
        if self._lasso is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour("accent"), theme.RING_PX))
            painter.setBrush(theme.colour("accent", alpha=0.12))
            painter.drawPolygon(self._lasso)

    def _points(self, at: NDArray[np.float32], chosen: NDArray[np.bool_]) -> QImage:
        """One image of all points: 100,000 calls of a painter would take a second."""
        width, height = self.width(), self.height()
        wide = width + 2 * _POINT
        # Each point is one byte; then all grow at once, which takes a tenth of setting all their pixels.
        kinds = np.zeros((height + 2 * _POINT, wide), np.uint8)
        inside = (at[:, 0] >= 0) & (at[:, 0] < width) & (at[:, 1] >= 0) & (at[:, 1] < height)
        x, y = at[inside].astype(np.int32).T
        flat, is_chosen = y * wide + x, chosen[inside]
        kinds.ravel()[flat] = _PLAIN
        kinds.ravel()[flat[is_chosen]] = _CHOSEN
        for axis in (0, 1):
            grown = kinds.copy()
            for step in range(1, _POINT):
                there, here = (slice(step, None), slice(None, -step))
                if axis == 0:
                    np.maximum(grown[there], kinds[here], out=grown[there])
                else:
                    np.maximum(grown[:, there], kinds[:, here], out=grown[:, there])
            kinds = grown
        image = QImage(kinds.data, width, height, wide, QImage.Format.Format_Indexed8)
        colours = [0, *(QColor(theme.colour(role)).rgba() for role in ("text_second", "accent"))]
        image.setColorTable(colours)
        return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)

    def _paint_pictures(
        self, painter: QPainter, at: NDArray[np.float32], seen: NDArray[np.intp]
    ) -> None:
        """One thumbnail for each cell that has a photo: the first of its cell, so that it stays while one moves."""
        wanted = []
        for row in self._first_of_cells(seen).tolist():
            photo = int(self._ids[row])
            picture = self._pictures.get(photo)
            if picture is None:
                wanted.append(photo)
                continue
            size = picture.deviceIndependentSize()
            x, y = at[row].tolist()
            box = QRectF(x - size.width() / 2, y - size.height() / 2, size.width(), size.height())
            painter.drawPixmap(box.topLeft(), picture)
            if self._chosen[row]:
                painter.setPen(QPen(theme.colour("accent"), theme.RING_PX))
                painter.drawRect(box)
        fresh = [photo for photo in wanted if photo not in self._asked]
        if fresh:
            self._asked.update(fresh)
            self.thumbnails_wanted.emit(fresh)

    def _first_of_cells(self, seen: NDArray[np.intp]) -> NDArray[np.intp]:
        """The first row of each cell that has one; without sorting, which would take half of a frame."""
        if not len(seen):
            return seen
        # Cells of the plane, not of the window: they move along.
        a_plane = np.array(self._sides(), np.float32) / _CELL
        cells = np.floor(self._places[seen] * a_plane).astype(np.int64)
        cells -= cells.min(axis=0)
        columns, rows = cells.max(axis=0) + 1
        first = np.full(columns * rows, -1, np.intp)
        # Of several that are put into one place the last one stays.
        first[(cells[:, 1] * columns + cells[:, 0])[::-1]] = seen[::-1]
        return np.asarray(first[first >= 0])

    def _paint_names(self, painter: QPainter) -> None:
        wide, high = self._sides()
        painter.setFont(theme.font(theme.Text.BODY, strong=True))
        metrics = painter.fontMetrics()
        taken: list[QRect] = []
        for name, _, x, y, _ in self._regions[:_MOST_NAMES]:
            left = self.width() / 2 + (x - self._middle.x()) * wide
            top = self.height() / 2 + (y - self._middle.y()) * high
            box = metrics.boundingRect(name).adjusted(
                -theme.Gap.S, -theme.Gap.XS, theme.Gap.S, theme.Gap.XS
            )
            box.moveCenter(QPointF(left, top).toPoint())
            if not self.rect().intersects(box) or any(box.intersects(other) for other in taken):
                continue
            taken.append(box)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("panel", alpha=0.85))
            painter.drawRoundedRect(box, theme.CORNER_CONTROL, theme.CORNER_CONTROL)
            painter.setPen(theme.colour("text"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)

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
