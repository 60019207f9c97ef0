"""One of several copies: the whole picture, its differences from the others, and whether to keep it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QWidget

from photosort.gui.base import icons, theme

WIDTH, PICTURE_HEIGHT = 208, 156
_ICON = 32
_BADGE = 24
_GONE = 0.35


class CopyTile(QAbstractButton):
    """Checked means that the copy stays; of what cannot be decided on a click merely says which it was."""

    def __init__(
        self,
        name: str,
        facts: str,
        folder: str,
        *,
        can_go: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """Makes a tile without a picture; `set_picture` brings it.

        Args:
            name: of the file.
            facts: its size in pixels and bytes.
            folder: where it lies.
            can_go: the user says whether it stays.
            parent: as usual in Qt.
        """
        super().__init__(parent)
        # What tells names apart is at their ends, what tells folders apart at the last of them.
        middle, left = Qt.TextElideMode.ElideMiddle, Qt.TextElideMode.ElideLeft
        self._lines = (
            (name, "text", True, middle),
            (facts, "text", False, middle),
            (folder, "text_second", False, left),
        )
        self._picture: QPixmap | None = None
        self.setText(name)
        self.setToolTip(f"{folder}/{name}")
        self.setCheckable(can_go)
        self.setChecked(can_go)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedSize(self.sizeHint())
        self.toggled.connect(self._describe)
        self._describe()

    def sizeHint(self) -> QSize:
        """The picture and three lines."""
        line = theme.text_px(theme.Text.SMALL) + theme.Gap.XS
        return QSize(WIDTH, PICTURE_HEIGHT + theme.Gap.S + 3 * line + theme.Gap.XS)

    def set_picture(self, picture: QImage) -> None:
        """Shows all of a picture: copies differ by what was cut off."""
        scale = self.devicePixelRatioF()
        fitted = picture.scaled(
            QSize(round(WIDTH * scale), round(PICTURE_HEIGHT * scale)),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        self._picture = QPixmap.fromImage(fitted)
        self._picture.setDevicePixelRatio(scale)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Picture, badge, lines, and a ring where the keyboard is."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRect(0, 0, WIDTH, PICTURE_HEIGHT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("hover" if self.underMouse() else "window"))
        painter.drawRoundedRect(QRectF(area), theme.CORNER_PHOTO, theme.CORNER_PHOTO)
        goes = self.isCheckable() and not self.isChecked()
        painter.setOpacity(_GONE if goes else 1.0)
        self._paint_picture(painter, area)
        painter.setOpacity(1.0)
        if self.isCheckable():
            self._paint_badge(painter, area, goes=goes)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), theme.RING_PX))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inner = QRectF(area).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(inner, theme.CORNER_PHOTO, theme.CORNER_PHOTO)
        self._write(painter, area.bottom() + theme.Gap.S)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does as Space does."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def _describe(self) -> None:
        parts = [text for text, *_ in self._lines]
        if self.isCheckable():
            parts.append(self.tr("stays") if self.isChecked() else self.tr("is discarded"))
        self.setAccessibleName(", ".join(part for part in parts if part))

    def _paint_picture(self, painter: QPainter, area: QRect) -> None:
        if self._picture is None:
            found = icons.pixmap(
                "image", role="text_second", edge_px=_ICON, scale=self.devicePixelRatioF()
            )
            painter.drawPixmap(area.center() - QRect(0, 0, _ICON, _ICON).center(), found)
            return
        size = self._picture.deviceIndependentSize().toSize()
        at = QRect(area.topLeft(), size)
        at.moveCenter(area.center())
        painter.drawPixmap(at, self._picture)

    def _paint_badge(self, painter: QPainter, area: QRect, *, goes: bool) -> None:
        badge = QRect(theme.Gap.S, theme.Gap.S, _BADGE, _BADGE)
        if self.isRightToLeft():
            badge.moveRight(area.right() - theme.Gap.S)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.setBrush(theme.colour("panel" if goes else "accent"))
        painter.drawEllipse(QRectF(badge).adjusted(0.5, 0.5, -0.5, -0.5))
        edge = _BADGE - 2 * theme.Gap.XS
        picture = icons.pixmap(
            "cross" if goes else "check",
            role="text" if goes else "accent_text",
            edge_px=edge,
            scale=self.devicePixelRatioF(),
        )
        inner = QRect(0, 0, edge, edge)
        inner.moveCenter(badge.center())
        painter.drawPixmap(inner, picture)

    def _write(self, painter: QPainter, top: int) -> None:
        for text, role, strong, mode in self._lines:
            painter.setFont(theme.font(theme.Text.SMALL, strong=strong))
            painter.setPen(theme.colour(role))
            metrics = painter.fontMetrics()
            shown = metrics.elidedText(text, mode, WIDTH)
            painter.drawText(
                QRect(0, top, WIDTH, metrics.height()), Qt.AlignmentFlag.AlignLeading, shown
            )
            top += theme.text_px(theme.Text.SMALL) + theme.Gap.XS
