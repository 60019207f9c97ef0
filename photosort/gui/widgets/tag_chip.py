"""A tag on a photo: its shape shows who decided it, its buttons and keys take an answer."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from photosort.domain.tags import TagOnPhoto, TagState
from photosort.gui.base import formatting, icons, theme
from photosort.gui.widgets.basics import tool_button

_MARK_EDGE = 14
_PADDING = 9
_DASH = [3.0, 3.0]


@dataclass(frozen=True, slots=True)
class ShownTag:
    """A tag as it stands on the selected photos.

    Attributes:
        tag: as it stands on the photo; of several photos, as on most of them.
        on: on how many of the selected photos it is.
        of: how many photos are selected.
    """

    tag: TagOnPhoto
    on: int = 1
    of: int = 1


class TagChip(QWidget):
    """A pill with a tag's name.

    Confirmed: solid with a tick. Imported: solid with a file mark. Suggested: dashed, with "likely" or
    "maybe" and buttons for the answer. Rejected: struck through. Y and N answer, Enter asks why.

    Signals:
        answered: the user says yes or no (name: str, yes: bool).
        why_asked: the reasons are to be shown, or hidden again (name: str).
        menu_asked: a context menu for this tag (name: str).
        moved: an arrow key asks for the chip before (-1) or after (1).
    """

    answered = Signal(str, bool)
    why_asked = Signal(str)
    menu_asked = Signal(str)
    moved = Signal(int)

    def __init__(self, shown: ShownTag, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = shown
        self._name = _NameButton(self)
        self._name.clicked.connect(lambda: self.why_asked.emit(self.name))
        self._yes = tool_button("check", "", lambda: self._answer(yes=True), edge_px=16, dense=True)
        self._no = tool_button("cross", "", lambda: self._answer(yes=False), edge_px=16, dense=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._name)
        for answer in (self._yes, self._no):
            # Y and N do the same; two more stops of the Tab key for each tag would be in the way.
            answer.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addWidget(answer)
        row.addSpacing(2)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self._name)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda: self.menu_asked.emit(self.name))
        self.set_shown(shown)

    @property
    def name(self) -> str:
        """The tag's name."""
        return self._shown.tag.name

    @property
    def shown(self) -> ShownTag:
        """The tag as it stands."""
        return self._shown

    def set_shown(self, shown: ShownTag) -> None:
        """Shows the tag in another state."""
        self._shown = shown
        asks = shown.tag.state is TagState.SUGGESTED
        self._yes.setVisible(asks)
        self._no.setVisible(asks)
        name = shown.tag.name
        self._yes.setAccessibleName(self.tr("Yes, {tag}").format(tag=name))
        self._yes.setToolTip(self.tr("Yes, this is right (Y)"))
        self._no.setAccessibleName(self.tr("No, not {tag}").format(tag=name))
        self._no.setToolTip(self.tr("No, this is wrong (N)"))
        self._name.set_texts(name, self.detail(), _MARKS.get(shown.tag.state, ""), shown.tag.state)
        spoken = [name, self._state_in_words(), self._share_in_words()]
        self._name.setAccessibleName(", ".join(s for s in spoken if s))
        self._name.setAccessibleDescription(self.tr("Y for yes, N for no, Enter for why"))
        self.updateGeometry()
        self.update()

    def set_open(self, *, is_open: bool) -> None:
        """Marks the chip whose reasons are shown."""
        self._name.setChecked(is_open)
        self.update()

    def detail(self) -> str:
        """The quieter word behind the name."""
        share = self._share_in_words()
        if share:
            return share
        tag = self._shown.tag
        if tag.state is TagState.SUGGESTED and tag.confidence is not None:
            return formatting.likelihood(tag.confidence)
        return ""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the pill."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state = self._shown.tag.state
        area, corner = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), self.height() / 2
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if state in {TagState.CONFIRMED, TagState.IMPORTED}:
            painter.setBrush(theme.colour("chosen"))
        elif self._name.isChecked() or self._name.underMouse():
            painter.setBrush(theme.colour("hover"))
        pen = QPen(theme.colour("outline"), 1)
        if state is TagState.SUGGESTED:
            pen.setDashPattern(_DASH)
        if self._name.hasFocus():
            pen = QPen(theme.colour("accent"), theme.RING_PX)
            area = area.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(pen)
        painter.drawRoundedRect(area, corner, corner)
        painter.end()

    def _answer(self, *, yes: bool) -> None:
        self.answered.emit(self.name, yes)

    def _state_in_words(self) -> str:
        tag = self._shown.tag
        if tag.state is TagState.CONFIRMED:
            return self.tr("yes")
        if tag.state is TagState.REJECTED:
            return self.tr("no")
        if tag.state is TagState.IMPORTED:
            return self.tr("from the file")
        return (
            formatting.likelihood(tag.confidence)
            if tag.confidence is not None
            else self.tr("maybe")
        )

    def _share_in_words(self) -> str:
        on, of = self._shown.on, self._shown.of
        if of < 2:
            return ""
        if on == of:
            return self.tr("all")
        return self.tr("{on} of {of}").format(on=formatting.count(on), of=formatting.count(of))


class _NameButton(QPushButton):
    """The name itself: a button for screen readers, painted as text."""

    def __init__(self, chip: TagChip) -> None:
        super().__init__(chip)
        self._chip = chip
        self._texts = ("", "", "")
        self._state = TagState.SUGGESTED
        self.setCheckable(True)
        theme.set_look(self, "kind", "bare")
        self.setFont(theme.font())
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_texts(self, name: str, detail: str, mark: str, state: TagState) -> None:
        """What is painted: mark, name, quieter detail."""
        self._texts = (name, detail, mark)
        self._state = state
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its texts, up to a long word."""
        name, detail, mark = self._texts
        metrics = self.fontMetrics()
        # Two pixels more than the text: elision counts bearings that the advance leaves out.
        width = 2 * _PADDING + metrics.horizontalAdvance(name) + 2
        width += metrics.horizontalAdvance(detail) + 6 if detail else 0
        width += _MARK_EDGE + 4 if mark else 0
        return QSize(min(width, 260), theme.text_px(theme.Text.BODY) + 15)

    def minimumSizeHint(self) -> QSize:
        """The same: a name is not squeezed."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints mark, name and detail in reading order."""
        name, detail, mark = self._texts
        painter = QPainter(self)
        mirrored, metrics = self.isRightToLeft(), self.fontMetrics()
        left, right = _PADDING, self.width() - _PADDING
        if mark:
            scale = self.devicePixelRatioF()
            at = right - _MARK_EDGE if mirrored else left
            picture = icons.pixmap(mark, edge_px=_MARK_EDGE, scale=scale)
            painter.drawPixmap(at, (self.height() - _MARK_EDGE) // 2, picture)
            left, right = (left, at - 4) if mirrored else (at + _MARK_EDGE + 4, right)
        room = right - left - (metrics.horizontalAdvance(detail) + 6 if detail else 0)
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
        start = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute | start
        rejected = self._state is TagState.REJECTED
        font = self.font()
        font.setStrikeOut(rejected)
        painter.setFont(font)
        painter.setPen(theme.colour("text_second" if rejected else "text"))
        area = QRect(left, 0, right - left, self.height())
        painter.drawText(area, flags, shown)
        if detail:
            used = metrics.horizontalAdvance(shown) + 6
            rest = area.adjusted(0, 0, -used, 0) if mirrored else area.adjusted(used, 0, 0, 0)
            painter.setFont(self.font())
            painter.setPen(theme.colour("text_second"))
            painter.drawText(rest, flags, detail)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Takes the answer; arrows go to the neighbours."""
        key, back = event.key(), -1 if not self.isRightToLeft() else 1
        moves = {
            Qt.Key.Key_Left: back,
            Qt.Key.Key_Right: -back,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
        }
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Y:
            self._chip.answered.emit(self._chip.name, True)
        elif key in {Qt.Key.Key_N, Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._chip.answered.emit(self._chip.name, False)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._chip.why_asked.emit(self._chip.name)
        elif key in moves:
            self._chip.moved.emit(moves[Qt.Key(key)])
        else:
            super().keyPressEvent(event)

    def nextCheckState(self) -> None:
        """Leaves the check state alone: the part that shows the reasons decides which chip is open."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Shows the ring."""
        super().focusInEvent(event)
        self._chip.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hides the ring."""
        super().focusOutEvent(event)
        self._chip.update()


_MARKS = {TagState.CONFIRMED: "check", TagState.IMPORTED: "imported"}
