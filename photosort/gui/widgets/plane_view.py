"""A plane of photos to move and zoom, with thumbnails and a lasso: what the two maps share."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QPixmap,
    QPolygonF,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from photosort.gui.base import theme

if TYPE_CHECKING:
    from numpy.typing import NDArray

_STEP = 1.25
_KEPT_PICTURES = 600
_PAN = 64


class PlaneView(QWidget):
    """Drag to move, wheel to zoom, Shift and drag (or `lasso_always`) to draw around photos.

    Signals:
        photo_opened: a photo (id) is to be shown large.
        thumbnails_wanted: these photos (list of ids) are shown without a picture yet.

    Attributes:
        lasso_always: dragging draws instead of moving.
    """

    photo_opened = Signal(int)
    thumbnails_wanted = Signal(list)

    def __init__(self, *, thumbnail: int, most_zoom: float, parent: QWidget | None = None) -> None:
        """Shows nothing yet.

        Args:
            thumbnail: longest side of a picture, in device-independent pixels.
            most_zoom: the largest zoom; 1 shows everything.
            parent: as usual in Qt.
        """
        super().__init__(parent)
        self._ids: NDArray[np.int64] = np.zeros(0, np.int64)
        self._places: NDArray[np.floating] = np.zeros((0, 2), np.float32)
        self._thumbnail = thumbnail
        self._most_zoom = most_zoom
        self._zoom = 1.0
        self._middle = QPointF(0.5, 0.5)
        self._grabbed: QPointF | None = None
        self._lasso: QPolygonF | None = None
        self._pictures: dict[int, QPixmap] = {}
        self._asked: set[int] = set()
        self.lasso_always = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(QSize(240, 180))

    def set_photos(self, ids: NDArray[np.int64], places: NDArray[np.floating]) -> None:
        """Shows other photos.

        Args:
            ids: int64, shape (n,).
            places: shape (n, 2), between 0 and 1.
        """
        self._ids, self._places = ids, places
        self._asked.clear()
        self.update()

    def set_picture(self, photo: int, picture: QImage) -> None:
        """Brings a thumbnail that was wanted."""
        while len(self._pictures) >= _KEPT_PICTURES:
            gone = next(iter(self._pictures))
            del self._pictures[gone]
            self._asked.discard(gone)
        self._pictures[photo] = self._fitted(picture)
        self.update()

    def _fitted(self, picture: QImage) -> QPixmap:
        edge = round(self._thumbnail * self.devicePixelRatioF())
        scaled = picture.scaled(
            QSize(edge, edge),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        made = QPixmap.fromImage(scaled)
        made.setDevicePixelRatio(self.devicePixelRatioF())
        return made

    def _ask_for(self, photo_ids: Iterable[int]) -> None:
        """Asks for the pictures of photos, once for each."""
        fresh = [photo for photo in photo_ids if photo not in self._asked]
        if fresh:
            self._asked.update(fresh)
            self.thumbnails_wanted.emit(fresh)

    # Where things are

    @property
    def zoom(self) -> float:
        """1 shows everything."""
        return self._zoom

    def zoom_at(self, factor: float, point: QPointF) -> None:
        """Zooms; what lies under the point stays there."""
        before = self._plane(point)
        self._zoom = min(max(self._zoom * factor, 1.0), self._most_zoom)
        after = self._plane(point)
        self._middle += before - after
        self._keep_inside()
        self.update()

    def pan(self, by: QPointF) -> None:
        """Moves what is shown by so many pixels."""
        wide, high = self._sides()
        self._middle += QPointF(by.x() / wide, by.y() / high)
        self._keep_inside()
        self.update()

    @abstractmethod
    def _sides(self) -> tuple[float, float]:
        """Width and height of the whole plane on the screen."""

    @abstractmethod
    def _take_lasso(self, lasso: QPolygonF | None) -> None:
        """A lasso was drawn; None for a click that means nothing."""

    def _plane(self, point: QPointF) -> QPointF:
        wide, high = self._sides()
        x = self._middle.x() + (point.x() - self.width() / 2) / wide
        y = self._middle.y() + (point.y() - self.height() / 2) / high
        return QPointF(x, y)

    def _screen(self) -> NDArray[np.floating]:
        """Where every photo is in the widget; shape (n, 2)."""
        sides = np.array(self._sides(), self._places.dtype)
        middle = np.array([self._middle.x(), self._middle.y()], self._places.dtype)
        centre = np.array([self.width() / 2, self.height() / 2], self._places.dtype)
        return np.asarray((self._places - middle) * sides + centre)

    def _keep_inside(self) -> None:
        self._middle = QPointF(
            min(max(self._middle.x(), 0.0), 1.0), min(max(self._middle.y(), 0.0), 1.0)
        )

    # Painting

    def _paint_lasso(self, painter: QPainter) -> None:
        if self._lasso is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour("accent"), theme.RING_PX))
            painter.setBrush(theme.colour("accent", alpha=0.12))
            painter.drawPolygon(self._lasso)

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
        """Ends either."""
        del event
        self._grabbed = None
        lasso, self._lasso = self._lasso, None
        if lasso is None:
            return
        far = lasso.boundingRect()
        is_drawn = max(far.width(), far.height()) >= QApplication.startDragDistance()
        self._take_lasso(lasso if is_drawn else None)
        self.update()

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
