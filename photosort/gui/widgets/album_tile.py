"""An album as a tile: its cover, its name, how many photos it holds."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from photosort.gui.base import icons, theme
from photosort.gui.widgets.tick import EDGE, paint_tick

WIDTH, COVER_HEIGHT = 196, 132
_MIME = "application/x-photosort-album"
_ICON = 32
_TICK_INSET = 6
_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class AlbumTile(QAbstractButton):
    """Opens with a click; another album can be dropped on it. With Ctrl, Shift or its tick it is selected.

    Signals:
        picked: this album (id) is to be selected, or no longer; all up to it (range: bool) with Shift.
        album_dropped: an album (id) was dropped on this one (id).
        menu_asked: a context menu for this album (id) at a point (QPoint, global).
    """

    picked = Signal(int, bool)
    album_dropped = Signal(int, int)
    menu_asked = Signal(int, QPoint)

    def __init__(
        self,
        album: int,
        name: str,
        note: str,
        *,
        icon: str = "album",
        takes_albums: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Makes a tile without a picture; `set_picture` brings it.

        Args:
            album: id of the album, or 0 for what is none.
            name: what stands below the cover.
            note: the line after it ("214 photos").
            icon: shown where there is no picture.
            takes_albums: others can be dropped on it, and it on others.
            parent: as usual in Qt.
        """
        super().__init__(parent)
        self.album = album
        self._note = note
        self._icon = icon
        self._takes_albums = takes_albums
        self._cover: QPixmap | None = None
        self._pressed_at: QPoint | None = None
        self._is_target = False
        self._is_chosen = False
        self.setText(name)
        self._tell_name()
        self.setToolTip(name)
        self.setFixedSize(self.sizeHint())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(takes_albums)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """The cover and two lines."""
        lines = theme.text_px(theme.Text.BODY) + theme.text_px(theme.Text.SMALL) + 3 * theme.Gap.S
        return QSize(WIDTH, COVER_HEIGHT + lines + theme.Gap.XS)

    @property
    def is_chosen(self) -> bool:
        """Whether it is selected."""
        return self._is_chosen

    def set_chosen(self, *, on: bool) -> None:
        """Shows whether it is selected."""
        if on != self._is_chosen:
            self._is_chosen = on
            self._tell_name()
            self.update()

    def set_picture(self, picture: QImage) -> None:
        """Shows a cover, cut to the tile's shape."""
        scale = self.devicePixelRatioF()
        wanted = QSize(round(WIDTH * scale), round(COVER_HEIGHT * scale))
        filled = picture.scaled(
            wanted,
            Qt.AspectRatioMode.KeepAspectRatioByExpanding,
            Qt.TransformationMode.SmoothTransformation,
        )
        left = (filled.width() - wanted.width()) // 2
        # Faces are in the upper half more often than in the lower one.
        top = (filled.height() - wanted.height()) // 3
        self._cover = QPixmap.fromImage(filled.copy(QRect(QPoint(left, top), wanted)))
        self._cover.setDevicePixelRatio(scale)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cover, name, count, and a ring where the keyboard or a dragged album is."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cover = QRect(0, 0, WIDTH, COVER_HEIGHT)
        path = QPainterPath()
        path.addRoundedRect(QRectF(cover), theme.CORNER_PHOTO, theme.CORNER_PHOTO)
        painter.save()
        painter.setClipPath(path)
        if self._cover is not None:
            painter.drawPixmap(cover, self._cover)
            if self.underMouse():
                painter.fillRect(cover, theme.colour("hover", alpha=0.15))
        else:
            painter.fillRect(cover, theme.colour("raised"))
            found = icons.pixmap(
                self._icon, role="text_second", edge_px=_ICON, scale=self.devicePixelRatioF()
            )
            painter.drawPixmap(cover.center() - QPoint(_ICON // 2, _ICON // 2), found)
        painter.restore()
        if self._takes_albums and (self._is_chosen or self.underMouse()):
            paint_tick(painter, self._tick_rect(), selected=self._is_chosen)
        if self.hasFocus() or self._is_target or self._is_chosen:
            painter.setPen(QPen(theme.colour("accent"), theme.RING_PX))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inner = QRectF(cover).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(inner, theme.CORNER_PHOTO, theme.CORNER_PHOTO)
        self._write(painter, cover.bottom() + theme.Gap.S)

    def _tell_name(self) -> None:
        parts = [self.text(), self._note]
        if self._is_chosen:
            parts.append(self.tr("selected"))
        self.setAccessibleName(", ".join(parts))

    def _tick_rect(self) -> QRect:
        x = WIDTH - EDGE - _TICK_INSET if self.isRightToLeft() else _TICK_INSET
        return QRect(x, _TICK_INSET, EDGE, EDGE)

    def _write(self, painter: QPainter, top: int) -> None:
        for text, size, role, strong in (
            (self.text(), theme.Text.BODY, "text", True),
            (self._note, theme.Text.SMALL, "text_second", False),
        ):
            painter.setFont(theme.font(size, strong=strong))
            painter.setPen(theme.colour(role))
            metrics = painter.fontMetrics()
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, WIDTH)
            painter.drawText(
                QRect(0, top, WIDTH, metrics.height()), Qt.AlignmentFlag.AlignLeading, shown
            )
            top += metrics.height() + 2

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens as Space does; Ctrl+Space selects."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif event.key() == Qt.Key.Key_Space and event.modifiers() & _CONTROL:
            self._pick(is_range=False)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Asks for the menu."""
        if self.album:
            self.menu_asked.emit(self.album, event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Selects, or remembers where a drag may begin."""
        at, keys = event.position().toPoint(), event.modifiers()
        on_tick = self._tick_rect().contains(at)
        is_left = event.button() == Qt.MouseButton.LeftButton
        if is_left and self._takes_albums and (on_tick or keys & (_CONTROL | _SHIFT)):
            self.setFocus()
            self._pick(is_range=bool(keys & _SHIFT))
            return
        self._pressed_at = at
        super().mousePressEvent(event)

    def _pick(self, *, is_range: bool) -> None:
        if self._takes_albums:
            self.picked.emit(self.album, is_range)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drags the album."""
        begun = self._pressed_at
        far = begun is not None and (
            (event.position().toPoint() - begun).manhattanLength()
            >= QApplication.startDragDistance()
        )
        if not (far and self._takes_albums and event.buttons() & Qt.MouseButton.LeftButton):
            super().mouseMoveEvent(event)
            return
        self.setDown(False)
        self._pressed_at = None
        drag = QDrag(self)
        drag.setMimeData(album_data(self.album))
        if self._cover is not None:
            drag.setPixmap(self._cover.scaledToWidth(WIDTH // 2))
        drag.exec(Qt.DropAction.MoveAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes another album."""
        if event.mimeData().hasFormat(_MIME) and _dragged(event.mimeData()) != self.album:
            event.acceptProposedAction()
            self._is_target = True
            self.update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Looks as before."""
        del event
        self._is_target = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hands on which album was dropped."""
        self._is_target = False
        self.update()
        event.acceptProposedAction()
        self.album_dropped.emit(_dragged(event.mimeData()), self.album)


def album_data(album: int) -> QMimeData:
    """What is dragged for an album."""
    data = QMimeData()
    data.setData(_MIME, str(album).encode())
    return data


def _dragged(data: QMimeData) -> int:
    return int(bytes(data.data(_MIME).data()).decode() or 0)
