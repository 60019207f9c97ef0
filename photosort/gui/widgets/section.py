"""A part of a panel under a heading that opens and closes it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from photosort.gui.base import icons, theme

_ICON = 12


class Section(QWidget):
    """A heading and what stands below it.

    Signals:
        toggled: the user opened (True) or closed it.
    """

    toggled = Signal(bool)

    def __init__(self, title: str, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = content
        self._head = _Head(title)
        self._head.toggled.connect(self._on_toggled)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.Gap.XS)
        column.addWidget(self._head)
        column.addWidget(content)

    @property
    def is_open(self) -> bool:
        """Whether the content is shown."""
        return self._head.isChecked()

    def set_open(self, *, is_open: bool) -> None:
        """Opens or closes it without telling anybody."""
        self._head.blockSignals(True)
        self._head.setChecked(is_open)
        self._head.blockSignals(False)
        self._content.setVisible(is_open)

    def _on_toggled(self, is_open: bool) -> None:  # noqa: FBT001 (a slot)
        self._content.setVisible(is_open)
        self.toggled.emit(is_open)


class _Head(QPushButton):
    """The heading: a button that stays down while the section is open."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        theme.set_look(self, "kind", "bare")
        self.setFont(theme.font(theme.Text.SMALL, strong=True))
        self.setCheckable(True)
        self.setChecked(True)
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """One line of small text."""
        return QSize(80, theme.text_px(theme.Text.SMALL) + 15)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the title and, at the end of the line, the chevron."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mirrored = self.isRightToLeft()
        closed = "chevron-left" if mirrored else "chevron-right"
        picture = icons.pixmap(
            "chevron-down" if self.isChecked() else closed,
            role="text_second",
            edge_px=_ICON,
            scale=self.devicePixelRatioF(),
        )
        x = 0 if mirrored else self.width() - _ICON
        painter.drawPixmap(x, (self.height() - _ICON) // 2, picture)
        area = QRect(_ICON if mirrored else 0, 0, self.width() - _ICON, self.height())
        start = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        painter.setFont(self.font())
        painter.setPen(theme.colour("text" if self.underMouse() else "text_second"))
        painter.drawText(
            area,
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute | start,
            self.text(),
        )
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), theme.RING_PX))
            corner = theme.CORNER_PHOTO
            painter.drawRoundedRect(self.rect().adjusted(1, 3, -1, -3), corner, corner)
        painter.end()
