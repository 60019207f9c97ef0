"""A small map of where one photo was taken."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from photosort.gui.base import theme
from photosort.gui.widgets.world_tiles import TILE_PX, WorldTiles
from photosort.media.world_map import to_plane

_HEIGHT = 112
# A country with its neighbours.
_ZOOM = 5.0
_PIN = 5.0
_BUDGET_S = 0.02


class SmallMap(QAbstractButton):
    """Not interactive but for a click.

    Signals:
        asked: the large map is to be shown there (latitude: float, longitude: float).
    """

    asked = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles = WorldTiles()
        self._place = (0.0, 0.0)
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self.update)
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Show on the map"))
        self.setToolTip(self.tr("Show on the map"))
        self.clicked.connect(lambda: self.asked.emit(*self._place))
        self.hide()

    def set_place(self, place: tuple[float, float] | None) -> None:
        """Shows a place; without one there is no map."""
        self.setVisible(place is not None)
        if place is not None:
            self._place = place
            self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(0, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The world, a pin in the middle, a ring for the keyboard."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        outline = QPainterPath()
        outline.addRoundedRect(area, theme.CORNER_PHOTO, theme.CORNER_PHOTO)
        painter.setClipPath(outline)
        side = TILE_PX * 2**_ZOOM
        x, y = (to_plane(*self._place) * side).tolist()
        # At the world's edge the pin is off the middle.
        left = min(max(x - self.width() / 2, 0.0), side - self.width())
        top = min(max(y - self.height() / 2, 0.0), side - self.height())
        if not self._tiles.paint(painter, self.size(), left, top, side, _BUDGET_S):
            self._again.start()
        painter.setPen(QPen(theme.colour("panel"), theme.RING_PX))
        painter.setBrush(theme.colour("accent"))
        painter.drawEllipse(QPointF(x - left, y - top), _PIN, _PIN)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent"), 2 * theme.RING_PX))
            painter.drawPath(outline)
