"""One filter of a search as a chip with a button to remove it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from photosort.gui.base import icons, theme
from photosort.gui.widgets.basics import tool_button

_PADDING = 8
_ICON = 14


@dataclass(frozen=True, slots=True)
class Term:
    """A part of a query that has been understood.

    Attributes:
        text: as it stands in the query ("camera:nikon", "-people").
        label: what the chip says ("Nikon", "people"), or "" for `text`.
        icon: name of an icon that says what is filtered, or "".
        is_excluded: photos that match are left out.
    """

    text: str
    label: str = ""
    icon: str = ""
    is_excluded: bool = False

    @property
    def shown(self) -> str:
        """What the chip says."""
        return self.label or self.text


class TermChip(QWidget):
    """A chip in the search field.

    Signals:
        edit_asked: the term is to become text again: Enter or a click.
        removed: the term is to go: the button, Delete or Backspace.
        moved: an arrow key asks for what stands before (-1) or after (1).
    """

    edit_asked = Signal()
    removed = Signal(bool)
    moved = Signal(int)

    def __init__(self, term: Term, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.term = term
        self._is_selected = False
        self._body = _Body(self)
        self._body.clicked.connect(self.edit_asked)
        remove = tool_button(
            "cross",
            self.tr("Remove {term}").format(term=term.shown),
            lambda: self.removed.emit(False),
            edge_px=12,
            dense=True,
        )
        remove.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 3, 0)
        row.setSpacing(0)
        row.addWidget(self._body)
        row.addWidget(remove)
        self.setFocusProxy(self._body)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        without = self.tr("without {term}").format(term=term.shown)
        self._body.setAccessibleName(without if term.is_excluded else term.shown)
        self._body.setAccessibleDescription(
            self.tr("{text}; Enter edits it, Delete removes it").format(text=term.text)
        )
        self._body.setToolTip(term.text)

    def set_selected(self, *, selected: bool) -> None:
        """Shows whether the chip is part of what the next key replaces."""
        self._is_selected = selected
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the plate; an excluding one is hollow."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.colour("outline"), 1))
        if self._body.hasFocus() or self._is_selected:
            painter.setPen(QPen(theme.colour("accent"), theme.RING_PX))
            area = area.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setBrush(theme.colour("panel" if self.term.is_excluded else "chosen"))
        painter.drawRoundedRect(area, theme.CORNER_CONTROL - 1, theme.CORNER_CONTROL - 1)
        painter.end()


class _Body(QPushButton):
    """The text of a chip: a button for screen readers."""

    def __init__(self, chip: TermChip) -> None:
        super().__init__(chip)
        self._chip = chip
        theme.set_look(self, "kind", "bare")
        self.setFont(theme.font())
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as the text, up to a long one."""
        term, metrics = self._chip.term, self.fontMetrics()
        width = _PADDING + metrics.horizontalAdvance(term.shown) + 4
        width += _ICON + 5 if self._icon() else 0
        return QSize(min(width, 240), theme.text_px(theme.Text.BODY) + 11)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints icon and text in reading order."""
        term, mirrored = self._chip.term, self.isRightToLeft()
        painter = QPainter(self)
        area = self.rect().adjusted(0 if mirrored else _PADDING, 0, -_PADDING if mirrored else 0, 0)
        if self._icon():
            picture = icons.pixmap(
                self._icon(), role="text_second", edge_px=_ICON, scale=self.devicePixelRatioF()
            )
            x = area.right() - _ICON + 1 if mirrored else area.left()
            painter.drawPixmap(x, (self.height() - _ICON) // 2, picture)
            shift = _ICON + 5
            area = area.adjusted(0, 0, -shift, 0) if mirrored else area.adjusted(shift, 0, 0, 0)
        font = self.font()
        font.setStrikeOut(term.is_excluded)
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        shown = painter.fontMetrics().elidedText(
            term.shown, Qt.TextElideMode.ElideRight, area.width()
        )
        start = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        painter.drawText(
            area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute | start, shown
        )
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Edits, removes or moves on."""
        key, before = event.key(), 1 if self.isRightToLeft() else -1
        if key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._chip.removed.emit(True)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2}:
            self._chip.edit_asked.emit()
        elif key == Qt.Key.Key_Left:
            self._chip.moved.emit(before)
        elif key == Qt.Key.Key_Right:
            self._chip.moved.emit(-before)
        elif key == Qt.Key.Key_Home:
            self._chip.moved.emit(-1000)
        elif key == Qt.Key.Key_End:
            self._chip.moved.emit(1000)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Shows the ring."""
        super().focusInEvent(event)
        self._chip.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hides the ring."""
        super().focusOutEvent(event)
        self._chip.update()

    def _icon(self) -> str:
        return (
            "minus"
            if self._chip.term.is_excluded and not self._chip.term.icon
            else self._chip.term.icon
        )
