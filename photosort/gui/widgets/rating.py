"""Stars: a slider from 0 to 5 that is painted as stars."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from photosort.gui.base import icons, theme

MOST_STARS = 5
_STAR = 20
_STEP = 24
_PADDING = 4


class RatingStars(QSlider):
    """The rating of the selected photos.

    A slider for the keyboard and for screen readers; a click on the star that is the rating already takes
    the rating away.

    Signals:
        rated: the user chose a rating (int, 0 to 5).
    """

    rated = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._hovered = 0
        self._is_mixed = False
        self.setRange(0, MOST_STARS)
        self.setPageStep(1)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Rating"))
        self._say()

    def set_rating(self, rating: int | None) -> None:
        """Shows a rating without telling anybody; None: the selected photos differ."""
        self._is_mixed = rating is None
        self.setValue(max(0, rating or 0))
        self._say()
        self.update()

    def sizeHint(self) -> QSize:
        """Five stars and the ring around them."""
        return QSize(MOST_STARS * _STEP + 2 * _PADDING - (_STEP - _STAR), _STAR + 2 * _PADDING)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the stars up to the rating full, the others hollow."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = self._hovered or self.value()
        scale = self.devicePixelRatioF()
        for star in range(1, MOST_STARS + 1):
            full = star <= shown and not (self._is_mixed and not self._hovered)
            role = "text" if full else "outline"
            picture = icons.pixmap(
                "star-filled" if full else "star", role=role, edge_px=_STAR, scale=scale
            )
            painter.drawPixmap(self._x_of(star), _PADDING, picture)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), theme.RING_PX))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            corner = theme.CORNER_CONTROL
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), corner, corner)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes a star."""
        if event.button() == Qt.MouseButton.LeftButton:
            star = self._star_at(round(event.position().x()))
            self._rate(0 if star == self.value() and not self._is_mixed else star)
            self._hovered = 0

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Shows what a click would give."""
        self._hovered = self._star_at(round(event.position().x()))
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Nothing: the press counted."""

    def leaveEvent(self, event: object) -> None:
        """Shows the rating again."""
        self._hovered = 0
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leaves the wheel to the panel that scrolls: a rating must not change by accident."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits rate; arrows, Home and End as on any slider."""
        digit = event.key() - Qt.Key.Key_0
        if 0 <= digit <= MOST_STARS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._rate(digit)
            return
        before = self.value()
        super().keyPressEvent(event)
        if self.value() != before:
            self._rate(self.value())

    def _rate(self, rating: int) -> None:
        self.set_rating(rating)
        self.rated.emit(rating)

    def _star_at(self, x: int) -> int:
        if self.isRightToLeft():
            x = self.width() - x
        return min(max((x - _PADDING) // _STEP + 1, 1), MOST_STARS)

    def _x_of(self, star: int) -> int:
        x = _PADDING + (star - 1) * _STEP
        return self.width() - x - _STAR if self.isRightToLeft() else x

    def _say(self) -> None:
        if self._is_mixed:
            self.setAccessibleDescription(self.tr("The selected photos have different ratings"))
        else:
            self.setAccessibleDescription(self.tr("%n star(s)", "", self.value()))
