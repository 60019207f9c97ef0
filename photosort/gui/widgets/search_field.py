"""The search field: words and filters in one line that grows with its chips."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPixmap,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from photosort.gui.base import icons, theme
from photosort.gui.widgets.basics import ThemeWatch, announce, button, label, tool_button
from photosort.gui.widgets.completing import Completion, CompletionList
from photosort.gui.widgets.example_chip import ExampleChip
from photosort.gui.widgets.flow import Flow
from photosort.gui.widgets.term_chip import Term, TermChip
from photosort.search.query_language import Ghost

DEBOUNCE_MS = 30
_MODIFIERS = {Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta}


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text was understood.

    Attributes:
        terms: the filters that become chips, in their order.
        rest: the text that stays text.
    """

    terms: tuple[Term, ...] = ()
    rest: str = ""


Reader = Callable[[str], Reading]


class SearchField(QFrame):
    """What is searched for.

    The text of the query is the chips' texts and what is typed, joined by spaces. A filter becomes a chip
    once a space follows it. Backspace at the beginning goes to the last chip and removes it when pressed
    again; Enter on a chip makes it text again. Ctrl+A selects the chips and the text, so that the next key replaces
    or removes all of it; Esc clears.

    Signals:
        query_changed: another query (str), a moment after the last key.
        submitted: Enter was pressed (query: str).
        completions_asked: what stands before the cursor (str) changed; answer with `set_completions`.
        left_down: the Down key asks for the photos.
        escaped: Esc was pressed where there was nothing to close or to clear.
        photo_dropped: a picture from outside (path: str) to search by.
        example_removed: the photo that was searched by is to go.
        balance_changed: how much words count beside the photo (float, 0 to 1).
        ghosts_asked: what is typed (str) changed; answer with `set_ghosts`.
    """

    query_changed = Signal(str)
    submitted = Signal(str)
    completions_asked = Signal(str)
    left_down = Signal()
    escaped = Signal()
    photo_dropped = Signal(str)
    example_removed = Signal()
    balance_changed = Signal(float)
    ghosts_asked = Signal(str)

    def __init__(self, read: Reader, parent: QWidget | None = None) -> None:
        """Makes an empty field.

        Args:
            read: understands a text; only filters that are complete become terms.
            parent: as usual in Qt.
        """
        super().__init__(parent)
        self._read = read
        self._chips: list[TermChip] = []
        self._ghosts: list[Ghost] = []
        self._example: ExampleChip | None = None
        self._told = ""
        self._is_all_selected = False
        self.setProperty("surface", "field")
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._timer = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._timer.timeout.connect(self._tell)
        self._edit = _Edit(self)
        self._list = CompletionList(self)
        self._list.chosen.connect(self._complete)
        self._build()
        self._edit.textEdited.connect(self._on_edited)
        self.setFocusProxy(self._edit)
        self._after_change()

    # The query

    def query(self) -> str:
        """The whole query as text."""
        parts = [chip.term.text for chip in self._chips]
        return " ".join(part for part in (*parts, self._edit.text().strip()) if part)

    def set_query(self, text: str) -> None:
        """Shows another query without telling anybody."""
        reading = self._read(text)
        self._set_terms(reading.terms)
        self._edit.setText(reading.rest)
        self._told = self.query()
        self._timer.stop()
        self._after_change()

    def clear(self) -> None:
        """Empties the field and tells at once."""
        if self._example is not None:
            self.example_removed.emit()
            self.set_example(None)
        self._set_terms(())
        self._edit.clear()
        self._after_change()
        self._tell()

    def set_completions(self, completions: Sequence[Completion]) -> None:
        """Answers `completions_asked`."""
        self._list.offer(completions if self._edit.hasFocus() else ())

    def set_problem(self, message: str, position: int | None = None) -> None:
        """Says what is wrong with the query, or "" that nothing is.

        Args:
            message: one sentence.
            position: index of the character in `query()` that it is about.
        """
        self._problem.setText(message)
        self._problem.setVisible(bool(message))
        theme.set_look(self, "problem", "yes" if message else "no")
        if message:
            announce(self, message)
            before = len(self.query()) - len(self._edit.text().strip())
            if position is not None and position >= before:
                self._edit.setToolTip(message)
        else:
            self._edit.setToolTip("")

    def set_note(self, message: str) -> None:
        """Says how the query was understood, or "" that there is nothing to say."""
        self._note.setText(message)
        self._note.setVisible(bool(message))
        announce(self, message)

    def set_ghosts(self, ghosts: Sequence[Ghost]) -> None:
        """Answers `ghosts_asked`: offers filters while one types; Tab takes the first."""
        self._ghosts = list(ghosts)
        self._ghost_row.clear()
        for place, ghost in enumerate(ghosts):
            text = ghost.label if place else self.tr("{filter}   Tab").format(filter=ghost.label)
            chip = button(text, partial(self.accept_ghost, ghost), kind="ghost")
            chip.setAccessibleName(self.tr("Search for {term}").format(term=ghost.label))
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._ghost_row.add(chip)
        self._ghost_row.setVisible(bool(ghosts) and self._edit.hasFocus())

    def accept_ghost(self, ghost: Ghost) -> None:
        """Puts a filter in the place of the words that it stands for."""
        typed = self._edit.text()
        self._edit.setText(f"{typed[: ghost.start]}{ghost.replacement}{typed[ghost.end :]} ")
        self._edit.setFocus()
        self._on_edited(self._edit.text())

    def set_example(self, picture: QPixmap | None, name: str = "") -> None:
        """Shows the photo by which one searches, or none."""
        if self._example is not None:
            self._flow.discard(self._example)
            self._example = None
        if picture is not None:
            self._example = ExampleChip(picture, name, self)
            self._example.removed.connect(self._on_example_removed)
            self._example.balance_changed.connect(self.balance_changed)
            self._flow.add(self._example, place=0)
        self._after_change()

    def select_all(self) -> None:
        """Puts the cursor into the field with what is typed selected, for Ctrl+F."""
        self._edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._edit.selectAll()
        if not self.query():
            self.completions_asked.emit("")

    def offer_completions(self) -> None:
        """Puts the cursor at the end of the text, and asks what could follow."""
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._edit.end(False)
        self.completions_asked.emit(self._edit.text())

    # Events

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere in the field begins to type."""
        self._edit.setFocus(Qt.FocusReason.MouseFocusReason)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes one picture."""
        urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
        event.setAccepted(len(urls) == 1)
        if urls:
            theme.set_look(self, "over", "yes")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Looks as before."""
        theme.set_look(self, "over", "no")

    def dropEvent(self, event: QDropEvent) -> None:
        """Searches by the picture."""
        theme.set_look(self, "over", "no")
        event.acceptProposedAction()
        self.photo_dropped.emit(event.mimeData().urls()[0].toLocalFile())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lets the frame wear the ring of whatever inside it has the keyboard; takes keys that mean all of the query."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._handle_selection(event)
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            inside = event.type() == QEvent.Type.FocusIn
            if not inside:
                self._select_chips(selected=False)
            theme.set_look(self, "inside", "yes" if inside else "no")
            if watched is self._edit:
                self._ghost_row.setVisible(inside and bool(self._ghosts))
        return False

    # Keys of the line, which the line hands here

    def handle_key(self, event: QKeyEvent) -> bool:
        """What a key does beyond typing; False leaves it to the line."""
        key, edit = event.key(), self._edit
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            if self._list.isVisible():
                self._list.step(1 if key == Qt.Key.Key_Down else -1)
            elif key == Qt.Key.Key_Down:
                self.left_down.emit()
            return True
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._on_enter()
            return True
        if key == Qt.Key.Key_Tab and self._list.isVisible() and self._list.current() is not None:
            self._on_enter()
            return True
        if key == Qt.Key.Key_Tab and self._ghosts:
            self.accept_ghost(self._ghosts[0])
            return True
        if key == Qt.Key.Key_Escape:
            if self._list.isVisible():
                self._list.hide()
            elif self._is_empty():
                self.escaped.emit()
            else:
                self.clear()
            return True
        at_start = edit.cursorPosition() == 0 and not edit.hasSelectedText()
        back = {Qt.Key.Key_Backspace, Qt.Key.Key_Right if self.isRightToLeft() else Qt.Key.Key_Left}
        if key in back and at_start and self._chips:
            self._chips[-1].setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def _handle_selection(self, event: QKeyEvent) -> bool:
        """Selects, copies and replaces chips and text together; False leaves the key to whatever has the keyboard."""
        standard = QKeySequence.StandardKey
        if event.matches(standard.SelectAll):
            self._edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._edit.selectAll()
            self._select_chips(selected=True)
            return True
        if not self._is_all_selected or event.key() in _MODIFIERS:
            return False
        if event.matches(standard.Copy) or event.matches(standard.Cut):
            QGuiApplication.clipboard().setText(self.query())
            if event.matches(standard.Cut):
                self.clear()
            return True
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.clear()
            return True
        self._select_chips(selected=False)
        if (event.text().isprintable() and event.text()) or event.matches(standard.Paste):
            self._set_terms(())
        return False

    def _select_chips(self, *, selected: bool) -> None:
        self._is_all_selected = selected and not self._is_empty()
        for chip in self._chips:
            chip.set_selected(selected=selected)

    def hide_completions(self) -> None:
        """Takes the list away."""
        self._list.hide()

    # Inside

    def _build(self) -> None:
        self._glass = QLabel()
        self._tint()
        ThemeWatch(self, self._tint)
        self._clear = tool_button(
            "cross", self.tr("Clear the search"), self.clear, edge_px=16, dense=True
        )
        self._clear.hide()
        self._problem = label(role="danger", wraps=True)
        self._problem.hide()
        self._note = label(role="second", wraps=True)
        self._note.hide()
        self._note.setContentsMargins(theme.Gap.S + 2, 0, theme.Gap.S, theme.Gap.XS)
        self._ghost_row = Flow(gap=theme.Gap.XS)
        self._ghost_row.hide()
        self._flow = Flow(gap=theme.Gap.XS)
        self._flow.add(self._edit)
        row = QHBoxLayout()
        row.setContentsMargins(theme.Gap.S + 2, 3, theme.Gap.XS, 3)
        row.setSpacing(theme.Gap.S)
        row.addWidget(self._glass, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._flow, 1)
        row.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(row)
        self._problem.setContentsMargins(theme.Gap.S + 2, 0, theme.Gap.S, theme.Gap.XS)
        column.addWidget(self._problem)
        column.addWidget(self._note)
        below = QHBoxLayout()
        below.setContentsMargins(theme.Gap.S + 2, 0, theme.Gap.S, 0)
        below.addWidget(self._ghost_row, 1)
        column.addLayout(below)
        self._edit.installEventFilter(self)

    def _tint(self) -> None:
        scale = self.devicePixelRatioF()
        self._glass.setPixmap(icons.pixmap("search", role="text_second", edge_px=18, scale=scale))
        self._glass.setContentsMargins(0, 5, 0, 0)

    def _on_edited(self, text: str) -> None:
        reading = self._read(text) if text.endswith(" ") else Reading((), text)
        if reading.terms:
            self._set_terms((*(chip.term for chip in self._chips), *reading.terms))
            self._edit.setText(reading.rest.rstrip() + " " if reading.rest else "")
        self._after_change()
        self._timer.start()
        self.completions_asked.emit(self._edit.text()[: self._edit.cursorPosition()])

    def _on_enter(self) -> None:
        current = self._list.current() if self._list.isVisible() else None
        if current is not None:
            self._complete(current)
            return
        self._list.hide()
        reading = self._read(self._edit.text())
        if reading.terms:
            self._set_terms((*(chip.term for chip in self._chips), *reading.terms))
            self._edit.setText(reading.rest)
            self._after_change()
        self._tell()
        self.submitted.emit(self.query())

    def _complete(self, completion: Completion) -> None:
        """Puts a completion in the place of the word before the cursor."""
        edit = self._edit
        before, after = edit.text()[: edit.cursorPosition()], edit.text()[edit.cursorPosition() :]
        kept = before[: _last_word(before)]
        self._list.hide()
        needs_space = not completion.insert.endswith((":", " "))
        edit.setText(kept + completion.insert + (" " if needs_space else "") + after.lstrip())
        edit.setCursorPosition(len(edit.text()) - len(after.lstrip()))
        edit.setFocus()
        self._on_edited(edit.text())

    def _set_terms(self, terms: Sequence[Term]) -> None:
        for chip in self._chips:
            self._flow.discard(chip)
        self._chips = [TermChip(term, self) for term in terms]
        first = 1 if self._example is not None else 0
        for place, chip in enumerate(self._chips):
            chip.edit_asked.connect(lambda of=chip: self._edit_chip(of))
            chip.removed.connect(lambda by_key, of=chip: self._remove_chip(of, by_key=by_key))
            chip.moved.connect(lambda step, of=chip: self._focus_from(of, step))
            self._flow.add(chip, place=first + place)
            body = chip.focusProxy()
            if body is not None:
                body.installEventFilter(self)

    def _edit_chip(self, chip: TermChip) -> None:
        """Makes a chip text again, in front of what is typed."""
        terms = [c.term for c in self._chips if c is not chip]
        typed = self._edit.text().strip()
        text = f"{chip.term.text} {typed}" if typed else chip.term.text
        self._set_terms(terms)
        self._edit.setText(text)
        self._edit.setFocus()
        self._edit.setSelection(0, len(chip.term.text))
        self._after_change()
        self._timer.start()

    def _remove_chip(self, chip: TermChip, *, by_key: bool) -> None:
        place = self._chips.index(chip)
        self._set_terms([c.term for c in self._chips if c is not chip])
        if by_key and place:
            self._chips[place - 1].setFocus()
        else:
            self._edit.setFocus()
        self._after_change()
        self._tell()

    def _focus_from(self, chip: TermChip, step: int) -> None:
        place = self._chips.index(chip) + step
        if place >= len(self._chips):
            self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
            self._edit.setCursorPosition(0)
        else:
            self._chips[max(0, place)].setFocus()

    def _on_example_removed(self) -> None:
        self.set_example(None)
        self._edit.setFocus()
        self.example_removed.emit()

    def _after_change(self) -> None:
        self._clear.setVisible(not self._is_empty())
        hint = self.tr("Search your photos: dog on the beach")
        self._edit.setPlaceholderText(hint if self._is_empty() else "")
        if self._example is not None:
            self._example.set_has_words(has_words=bool(self.query()))
        self.ghosts_asked.emit(self._edit.text())
        self.updateGeometry()

    def _is_empty(self) -> bool:
        return not self._chips and not self._edit.text() and self._example is None

    def _tell(self) -> None:
        self._timer.stop()
        now = self.query()
        if now != self._told:
            self._told = now
            self.query_changed.emit(now)


class _Edit(QLineEdit):
    """The line in which one types."""

    def __init__(self, field: SearchField) -> None:
        super().__init__(field)
        self._field = field
        self.setProperty("surface", "none")
        self.setAcceptDrops(False)
        self.setMinimumWidth(160)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Search"))
        self.setAccessibleDescription(
            self.tr("Words describe the picture; filters such as camera: or after: narrow it down")
        )

    def event(self, event: QEvent) -> bool:
        """Sees Tab before the focus moves on."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Tab
            and self._field.handle_key(event)
        ):
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that mean more than a character go to the field."""
        plain = event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        }
        if not plain or not self._field.handle_key(event):
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Takes the suggestions away."""
        super().focusOutEvent(event)
        self._field.hide_completions()


def _last_word(text: str) -> int:
    """Where the word before the cursor begins; an open quote belongs to it."""
    start = text.rfind(" ") + 1
    if text.count('"') % 2:
        start = text.rfind(" ", 0, text.rfind('"')) + 1
    return start
