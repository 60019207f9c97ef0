"""The widget that paints one photo, zooms and pans."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QImage,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QLabel, QPinchGesture, QSizePolicy, QWidget

from photosort.domain.pictures import Box
from photosort.gui.base import icons, theme
from photosort.gui.loupe.framing import Framing, Point
from photosort.gui.loupe.picture_choice import Layers
from photosort.gui.loupe.pictures import Picture

KEY_STEP = 1.25
_WHEEL_STEP = 1.2
_NOTCH = 120.0
# From here on the pixels themselves are looked at, and blurring them would lie.
_PIXELS_FROM = 3.0
_MESSAGE_WIDTH = 420
_LEAST_BOX_PX = 12
_BY_KEY = {
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
}


class PhotoView(QLabel):
    """Paints a photo and lets it be zoomed and panned.

    A QLabel, because a label with a picture is a graphic to screen readers, where a plain widget is nothing.

    Signals:
        framed: zoom, place or size of the view changed; `framing` has it.
        pressed: the pointer takes hold of the photo.
        clicked: the photo was clicked without being dragged.
        boxed: a part of the photo was marked (`Box`), or none (None).
    """

    framed = Signal()
    pressed = Signal()
    clicked = Signal()
    boxed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layers = Layers()
        self._framing: Framing | None = None
        self._message = ""
        self._note = ""
        self._hint = ""
        self._icon = "image"
        self._drag_from: QPointF | None = None
        self._dragged = False
        self._heat: QImage | None = None
        self._marks: Picture | None = None
        self._is_boxing = False
        self._wears_ring = False
        self._box: QRectF | None = None
        self.setPixmap(QPixmap(1, 1))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(120, 90)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.grabGesture(Qt.GestureType.PinchGesture)

    @property
    def framing(self) -> Framing | None:
        """What is seen of the photo; None while its size is not known."""
        return self._framing

    @property
    def message(self) -> str:
        """The sentence that is shown below the picture, or ""."""
        return self._message

    def view_size(self) -> tuple[float, float]:
        """Width and height in pixels of the screen."""
        scale = self.devicePixelRatioF()
        return max(1.0, self.width() * scale), max(1.0, self.height() * scale)

    def show_layers(self, layers: Layers) -> None:
        """Paints these pictures; the framing stays while the photo stays the same."""
        self._layers = layers
        if layers.size is None:
            self._framing = None
        else:
            size = (float(layers.size[0]), float(layers.size[1]))
            if self._framing is None or self._framing.photo != size:
                self._set_framing(Framing.fit(size, self.view_size()))
        self._show_cursor()
        self.update()

    def start_over(self) -> None:
        """Another photo comes: nothing is painted until it is there, and it is fitted."""
        self._layers = Layers()
        self._framing = None
        self._message = self._note = self._hint = ""
        self._heat = self._marks = None
        self.end_box()
        self.update()

    def show_heat(self, heat: QImage | None) -> None:
        """Lays a heat map over the photo; None takes it away."""
        self._heat = heat
        self.update()

    @property
    def heat(self) -> QImage | None:
        """The heat map over the photo."""
        return self._heat

    @property
    def finest_picture(self) -> Picture | None:
        """The finest picture that is painted; None while there is none."""
        return next(reversed(self._layers.pictures), None)

    def show_marks(self, marks: Picture | None) -> None:
        """Lays marks over the part of the photo that their picture shows; None takes them away."""
        self._marks = marks
        self.update()

    def begin_box(self) -> None:
        """The next drag marks a part of the photo."""
        if self._framing is not None:
            self._is_boxing = True
            self._box = None
            self._show_cursor()

    def end_box(self) -> None:
        """No part is marked any more."""
        self._is_boxing = False
        self._box = None
        self._show_cursor()
        self.update()

    @property
    def is_boxing(self) -> bool:
        """Whether a drag marks a part of the photo."""
        return self._is_boxing

    def show_message(self, message: str, *, icon: str = "image") -> None:
        """Says a sentence below the picture, or in its place where there is none; "" says nothing."""
        self._message = message
        self._icon = icon
        self.update()

    def show_note(self, note: str) -> None:
        """Says something quietly in the corner while the photo is looked at closely; "" says nothing."""
        self._note = note
        self.update()

    def show_hint(self, hint: str) -> None:
        """Says something at the lower edge, whatever else there is to say; "" says nothing."""
        self._hint = hint
        self.update()

    @property
    def hint(self) -> str:
        """The message at the lower edge."""
        return self._hint

    def set_framing(self, framing: Framing) -> None:
        """Shows another part of the photo."""
        if self._framing is not None and framing != self._framing:
            self._set_framing(framing)

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Zooms in (> 1) or out, with the photo's point at `at` (None: the middle) kept in place."""
        if self._framing is not None:
            to = self._framing.scale * factor
            self.set_framing(self._framing.zoomed_to(to, self._device(at)))

    def zoom_to(self, scale: float, at: QPointF | None = None) -> None:
        """Zooms to a scale; 1.0 shows the photo pixel for pixel."""
        if self._framing is not None:
            self.set_framing(self._framing.zoomed_to(scale, self._device(at)))

    def fit(self) -> None:
        """Shows all of the photo."""
        if self._framing is not None:
            self.set_framing(Framing.fit(self._framing.photo, self._framing.view))

    def toggle(self, at: QPointF | None = None) -> None:
        """Pixel for pixel, or all of the photo."""
        if self._framing is not None:
            self.set_framing(self._framing.toggled(self._device(at)))

    def pan(self, dx: float, dy: float) -> None:
        """Moves the photo by device-independent pixels."""
        if self._framing is not None:
            scale = self.devicePixelRatioF()
            self.set_framing(self._framing.moved(dx * scale, dy * scale))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps a fitted photo fitted."""
        super().resizeEvent(event)
        self._follow_view()

    def event(self, event: QEvent) -> bool:
        """Zooms with two fingers, on a touchpad or a screen; follows the view to another screen."""
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom(1 + event.value(), event.position())
                return True
        elif isinstance(event, QGestureEvent):
            return self._pinched(event)
        elif event.type() == QEvent.Type.DevicePixelRatioChange:
            self._follow_view()
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zooms to the pointer; sideways it moves the photo."""
        delta = event.angleDelta()
        if abs(delta.x()) > abs(delta.y()):
            self.pan(delta.x() / 2, 0)
        elif delta.y():
            self.zoom(_WHEEL_STEP ** (delta.y() / _NOTCH), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes hold of the photo."""
        self.pressed.emit()
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if self._is_boxing and event.button() == Qt.MouseButton.LeftButton:
            self._box = QRectF(event.position(), QSizeF())
        elif event.button() in {Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton}:
            self._drag_from = event.position()
            self._dragged = False
            self._show_cursor()
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Moves the photo along, or draws the box."""
        if self._is_boxing and self._box is not None:
            self._box.setBottomRight(event.position())
            self.update()
        elif self._drag_from is not None:
            moved = event.position() - self._drag_from
            self._dragged = self._dragged or moved.manhattanLength() > 3
            if self._dragged:
                self._drag_from = event.position()
                self.pan(moved.x(), moved.y())
        event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lets the photo go, or has the box."""
        if self._is_boxing and self._box is not None:
            box = self._part(self._box.normalized())
            self.end_box()
            self.boxed.emit(box)
        elif self._drag_from is not None:
            self._drag_from = None
            self._show_cursor()
            if not self._dragged:
                self.clicked.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Zooms to the point, or back."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.toggle(event.position())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Wears its ring where a key brought the keyboard here; else it would stand around every photo."""
        super().focusInEvent(event)
        self._wears_ring = event.reason() in _BY_KEY
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Takes the ring off."""
        super().focusOutEvent(event)
        self._wears_ring = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the photo, coarse to fine, and what there is to say."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(theme.DARK.loupe))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=self._is_smooth())
        for picture in self._layers.pictures:
            self._paint_picture(painter, picture)
        if self._marks is not None:
            self._paint_picture(painter, self._marks)
        if self._heat is not None and self._framing is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self._photo_rect(), self._heat)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._box is not None:
            painter.setPen(QPen(QColor(theme.DARK.accent), theme.RING_PX))
            painter.drawRect(self._box)
        if self._message:
            self._paint_message(painter)
        elif self._hint:
            self._paint_plate(painter, self._hint)
        elif self._note and self._framing is not None and not self._framing.is_fitted:
            self._paint_plate(painter, self._note)
        if self._wears_ring:
            painter.setPen(QPen(QColor(theme.DARK.accent), theme.RING_PX))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_picture(self, painter: QPainter, picture: Picture) -> None:
        scale = self.devicePixelRatioF()
        framing = self._framing
        if framing is None:
            framing = Framing.fit(_enlarged(picture.size), self.view_size())
            region = (0.0, 0.0, *framing.photo)
        else:
            region = picture.region
        left, top, _, _ = framing.rect
        target = QRectF(
            (left + region[0] * framing.scale) / scale,
            (top + region[1] * framing.scale) / scale,
            (region[2] - region[0]) * framing.scale / scale,
            (region[3] - region[1]) * framing.scale / scale,
        )
        image = picture.image
        if abs(target.width() * scale - image.width()) < 1:
            # Pixel for pixel: a fraction of a pixel would blur it.
            x, y = round(target.x() * scale) / scale, round(target.y() * scale) / scale
            target = QRectF(QPointF(x, y), QSizeF(image.size()) / scale)
        seen = target.intersected(QRectF(self.rect()))
        if seen.isEmpty():
            return
        sx, sy = image.width() / target.width(), image.height() / target.height()
        source = QRectF(
            (seen.x() - target.x()) * sx,
            (seen.y() - target.y()) * sy,
            seen.width() * sx,
            seen.height() * sy,
        )
        painter.drawImage(seen, image, source)

    def _photo_rect(self) -> QRectF:
        """Where the photo lies in the view, in device-independent pixels."""
        if self._framing is None:
            return QRectF()
        left, top, width, height = (part / self.devicePixelRatioF() for part in self._framing.rect)
        return QRectF(left, top, width, height)

    def _part(self, area: QRectF) -> Box | None:
        """A part of the view as a part of the photo; None where it is too small to be meant."""
        photo = self._photo_rect()
        inside = area.intersected(photo)
        if min(inside.width(), inside.height()) < _LEAST_BOX_PX:
            return None
        return Box(
            (inside.left() - photo.left()) / photo.width(),
            (inside.top() - photo.top()) / photo.height(),
            inside.width() / photo.width(),
            inside.height() / photo.height(),
        )

    def _paint_message(self, painter: QPainter) -> None:
        if self._layers.pictures:
            self._paint_plate(painter, self._message)
            return
        font = theme.font(theme.Text.BODY)
        wide = min(_MESSAGE_WIDTH, self.width() - 2 * theme.Gap.L)
        flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap)
        text = QFontMetrics(font).boundingRect(QRect(0, 0, wide, 2000), flags, self._message)
        edge = 40
        middle = self.rect().center()
        top = middle.y() - (edge + theme.Gap.M + text.height()) // 2
        picture = icons.tinted(
            self._icon, theme.DARK.text_second, edge_px=edge, scale=self.devicePixelRatioF()
        )
        painter.drawPixmap(middle.x() - edge // 2, top, picture)
        painter.setFont(font)
        painter.setPen(QColor(theme.DARK.text))
        area = QRect(middle.x() - wide // 2, top + edge + theme.Gap.M, wide, text.height())
        painter.drawText(area, flags, self._message)

    def _paint_plate(self, painter: QPainter, text: str) -> None:
        """A sentence on a dark plate at the lower edge."""
        font = theme.font(theme.Text.BODY)
        wide = min(_MESSAGE_WIDTH, self.width() - 2 * theme.Gap.XL)
        flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        area = QFontMetrics(font).boundingRect(QRect(0, 0, wide, 2000), flags, text)
        area.moveCenter(self.rect().center())
        area.moveBottom(self.height() - theme.Gap.L - theme.Gap.S)
        plate = QColor(theme.DARK.loupe)
        plate.setAlphaF(0.82)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(plate)
        corner = theme.CORNER_CONTROL
        gap = theme.Gap.M
        painter.drawRoundedRect(area.adjusted(-gap, -gap + 4, gap, gap - 4), corner, corner)
        painter.setFont(font)
        painter.setPen(QColor(theme.DARK.text))
        painter.drawText(area, flags, text)

    def _set_framing(self, framing: Framing) -> None:
        self._framing = framing
        self._show_cursor()
        self.update()
        self.framed.emit()

    def _follow_view(self) -> None:
        if self._framing is not None:
            self._set_framing(self._framing.in_view(self.view_size()))
        else:
            self.framed.emit()

    def _device(self, at: QPointF | None) -> Point | None:
        scale = self.devicePixelRatioF()
        return None if at is None else (at.x() * scale, at.y() * scale)

    def _is_smooth(self) -> bool:
        return self._framing is None or self._framing.scale < _PIXELS_FROM

    def _show_cursor(self) -> None:
        if self._is_boxing:
            self.setCursor(Qt.CursorShape.CrossCursor)
        elif self._framing is None or not self._framing.can_pan:
            self.unsetCursor()
        elif self._drag_from is None:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def _pinched(self, event: QGestureEvent) -> bool:
        pinch = event.gesture(Qt.GestureType.PinchGesture)
        if isinstance(pinch, QPinchGesture):
            self.zoom(pinch.scaleFactor(), QPointF(self.mapFromGlobal(pinch.centerPoint())))
            event.accept(pinch)
            return True
        return False


def _enlarged(size: tuple[int, int]) -> tuple[float, float]:
    """A thumbnail as if it were a photo, which it stands for until that is there."""
    return size[0] * 64.0, size[1] * 64.0
