"""Edits dates, places, titles, captions and kinds in place, in the information panel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from photosort.domain.photos import Kind
from photosort.gui.base import formatting, theme
from photosort.gui.widgets.basics import button, label
from photosort.gui.widgets.flow import Flow

# A pause in typing, after which the preview is worked out.
_PAUSE_MS = 200
_CAPTION_LINES = 4


class DateEdit(StrEnum):
    """How dates are changed."""

    SET = "set"
    SHIFT = "shift"
    ALONG = "along"
    ZONE = "zone"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class DateWish:
    """What dates are to become.

    Attributes:
        how: what the text means.
        text: as it was typed; "" where `how` needs none.
    """

    how: DateEdit
    text: str


@dataclass(frozen=True, slots=True)
class TextWish:
    """What titles and captions are to become; None leaves one as it is."""

    title: str | None = None
    caption: str | None = None


class EditBox(QWidget):
    """A button for each editor, and the editor that one of them opens below.

    Signals:
        opened: an editor was opened (its name: "date", "place", "text" or "kind") and wants what is known now.
    """

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.date = DateEditor()
        self.place = PlaceEditor()
        self.text = TextEditor()
        self.kind = KindEditor()
        self._editors: dict[str, Editor] = {
            "date": self.date,
            "place": self.place,
            "text": self.text,
            "kind": self.kind,
        }
        self._buttons: dict[str, QPushButton] = {}
        row = Flow()
        for key, name, about in (
            ("date", self.tr("Date"), self.tr("Change the date\u2026")),
            ("place", self.tr("Place"), self.tr("Set the place\u2026")),
            ("text", self.tr("Text"), self.tr("Title and caption\u2026")),
            ("kind", self.tr("Kind"), self.tr("Correct the kind\u2026")),
        ):
            made = button(name, partial(self.toggle, key), kind="quiet", icon="edit")
            made.setCheckable(True)
            made.setToolTip(about)
            made.setAccessibleName(about)
            self._buttons[key] = made
            row.add(made)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.Gap.S)
        column.addWidget(row)
        for editor in self._editors.values():
            editor.closed.connect(self.close_editor)
            editor.hide()
            column.addWidget(editor)

    def toggle(self, key: str) -> None:
        """Opens an editor, or closes it if it is open."""
        if self._editors[key].isVisibleTo(self):
            self.close_editor()
        else:
            self.open_editor(key)

    def open_editor(self, key: str) -> None:
        """Opens "date", "place", "text" or "kind" and gives it the keyboard."""
        for name, editor in self._editors.items():
            editor.setVisible(name == key)
            self._buttons[name].setChecked(name == key)
        self._editors[key].clear()
        self.opened.emit(key)
        self._editors[key].begin()

    def close_editor(self) -> None:
        """Closes whichever is open."""
        for name, editor in self._editors.items():
            had_keyboard = editor.isAncestorOf(self.window().focusWidget() or self)
            if had_keyboard:
                self._buttons[name].setFocus()
            editor.hide()
            self._buttons[name].setChecked(False)


class Editor(QFrame):
    """Fields, what they would change, and the buttons; Enter applies and Esc closes.

    Signals:
        closed: the editor is done.
        previewed: the fields say something else (a wish); answer with `show_preview` or `show_problem`.
        applied: what the fields say is to be done (a wish).
    """

    closed = Signal()
    previewed = Signal(object)
    applied = Signal(object)

    def __init__(self, verb: str) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self._preview = label(role="second", wraps=True)
        self._apply = button(verb, self._on_apply, kind="primary")
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(theme.Gap.S)
        self._buttons.addWidget(self._apply)
        self._buttons.addWidget(button(self.tr("Cancel"), self.closed.emit))
        self._buttons.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.Gap.M, theme.Gap.M, theme.Gap.M, theme.Gap.M)
        self._column.setSpacing(theme.Gap.S)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._ask)

    def begin(self) -> None:
        """Begins with the keyboard in the first field."""
        self._first_field().setFocus()
        self._ask()

    def clear(self) -> None:
        """Begins with empty fields."""
        raise NotImplementedError

    def show_preview(self, text: str) -> None:
        """Says what would change; it can be applied."""
        theme.set_text(self._preview, theme.Text.BODY, role="second")
        self._preview.setText(text)
        self._apply.setEnabled(True)

    def show_problem(self, text: str) -> None:
        """Says why nothing can be changed so, or "" while nothing was typed."""
        theme.set_text(self._preview, theme.Text.BODY, role="danger")
        self._preview.setText(text)
        self._apply.setEnabled(False)

    def wish(self) -> object:
        """What the fields say."""
        raise NotImplementedError

    def hideEvent(self, event: QEvent) -> None:
        """Asks for no preview any more."""
        self._pause.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter applies, Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._pause.stop()
            self._on_apply()
        else:
            super().keyPressEvent(event)

    def _first_field(self) -> QWidget:
        raise NotImplementedError

    def _finish(self) -> None:
        """Puts what all editors have below their fields."""
        self._column.addWidget(self._preview)
        self._column.addLayout(self._buttons)

    def _on_changed(self) -> None:
        self._apply.setEnabled(False)
        self._pause.start()

    def _ask(self) -> None:
        self.previewed.emit(self.wish())

    def _on_apply(self) -> None:
        if self._apply.isEnabled():
            self.applied.emit(self.wish())
            self.closed.emit()


class DateEditor(Editor):
    """Sets dates, moves them, or puts them on the clock of another time zone."""

    def __init__(self) -> None:
        super().__init__(self.tr("Change"))
        self._how = QComboBox()
        self._how.setAccessibleName(self.tr("How the date is changed"))
        self._hints = {
            DateEdit.SET: self.tr("2023-05-14 14:30, 1985-07 or 1985"),
            DateEdit.SHIFT: self.tr("+1h30m or -2d"),
            DateEdit.ALONG: self.tr("2023-05-14 14:30"),
            DateEdit.ZONE: self.tr("Europe/Rome or +02:00"),
            DateEdit.PLACE: "",
        }
        for how, name in (
            (DateEdit.SET, self.tr("Set to")),
            (DateEdit.SHIFT, self.tr("Shift by")),
            (DateEdit.ALONG, self.tr("Set this one, shift the rest along")),
            (DateEdit.ZONE, self.tr("Time zone")),
            (DateEdit.PLACE, self.tr("Time zone of its place")),
        ):
            self._how.addItem(name, how)
        self._how.setMinimumContentsLength(8)
        self._how.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._line = QLineEdit()
        self._line.setAccessibleName(self.tr("Date"))
        self._column.addWidget(self._how)
        self._column.addWidget(self._line)
        self._finish()
        self._how.currentIndexChanged.connect(self._on_how)
        self._line.textChanged.connect(self._on_changed)
        self._on_how()

    def set_date(self, taken_at: str) -> None:
        """Says the date that is known now, as the field reads it, unless another was typed meanwhile."""
        if not self._line.isModified() and self._how.currentData() == DateEdit.SET:
            self._line.setText(taken_at)
            self._line.selectAll()

    def clear(self) -> None:
        """Begins without a date."""
        self._how.setCurrentIndex(0)
        self._line.setText("")

    def wish(self) -> DateWish:
        """How dates are to change."""
        return DateWish(DateEdit(self._how.currentData()), self._line.text().strip())

    def _first_field(self) -> QWidget:
        return self._line

    def _on_how(self) -> None:
        how = DateEdit(self._how.currentData())
        self._line.setPlaceholderText(self._hints[how])
        self._line.setVisible(how is not DateEdit.PLACE)
        if how is not DateEdit.SET:
            self._line.clear()
        self._on_changed()


class PlaceEditor(Editor):
    """Sets a place by a town's name or by coordinates, takes over that of another photo, or removes it.

    Signals:
        removed: there is to be no place.
        copied: the place is wanted for other photos.
        pasted: the place that was copied is to be set.
    """

    removed = Signal()
    copied = Signal()
    pasted = Signal()

    def __init__(self) -> None:
        super().__init__(self.tr("Set"))
        self._line = QLineEdit()
        self._line.setAccessibleName(self.tr("Place"))
        self._line.setPlaceholderText(self.tr("Lisbon or 38.72, -9.14"))
        self._line.textChanged.connect(self._on_changed)
        self._copy = button(self.tr("Copy place"), self.copied.emit, kind="link")
        self._paste = button(self.tr("Paste place"), self._leave_with(self.pasted), kind="link")
        self._remove = button(self.tr("Remove place"), self._leave_with(self.removed), kind="link")
        others = Flow()
        for one in (self._copy, self._paste, self._remove):
            others.add(one)
        self._column.addWidget(self._line)
        self._finish()
        self._column.addWidget(others)

    def set_place(self, *, is_known: bool, copied: str) -> None:
        """Says what can be done beside typing.

        Args:
            is_known: there is a place that can be removed or copied.
            copied: name of the place that was copied, or "".
        """
        self._copy.setVisible(is_known)
        self._remove.setVisible(is_known)
        self._paste.setVisible(bool(copied))
        self._paste.setToolTip(copied)

    def clear(self) -> None:
        """Begins empty."""
        self._line.clear()
        self.set_place(is_known=False, copied="")

    def wish(self) -> str:
        """What was typed."""
        return self._line.text().strip()

    def _leave_with(self, wish: SignalInstance) -> Callable[[], None]:
        def act() -> None:
            wish.emit()
            self.closed.emit()

        return act

    def _first_field(self) -> QWidget:
        return self._line


class TextEditor(Editor):
    """Title and caption; what is not touched stays as it is, which matters where several photos differ."""

    def __init__(self) -> None:
        super().__init__(self.tr("Save"))
        self._before = TextWish()
        self._title = QLineEdit()
        self._title.setAccessibleName(self.tr("Title"))
        self._title.setPlaceholderText(self.tr("Title"))
        self._caption = QPlainTextEdit()
        self._caption.setAccessibleName(self.tr("Caption"))
        self._caption.setPlaceholderText(self.tr("Caption"))
        self._caption.setTabChangesFocus(True)
        lines = self._caption.fontMetrics().lineSpacing() * _CAPTION_LINES
        self._caption.setFixedHeight(lines + 2 * theme.Gap.S)
        self._column.addWidget(self._title)
        self._column.addWidget(self._caption)
        self._finish()
        self._title.textChanged.connect(self._on_changed)
        self._caption.textChanged.connect(self._on_changed)

    def set_texts(self, title: str, caption: str) -> None:
        """Says what is known now, unless something else was typed meanwhile."""
        self._before = TextWish(title, caption)
        if not self._title.isModified():
            self._title.setText(title)
        if not self._caption.document().isModified():
            self._caption.setPlainText(caption)

    def clear(self) -> None:
        """Begins empty."""
        self._before = TextWish("", "")
        self._title.setText("")
        self._caption.setPlainText("")

    def wish(self) -> TextWish:
        """What was changed."""
        title, caption = self._title.text().strip(), self._caption.toPlainText().strip()
        return TextWish(
            None if title == self._before.title else title,
            None if caption == self._before.caption else caption,
        )

    def _first_field(self) -> QWidget:
        return self._title


class KindEditor(Editor):
    """What kind of picture it is: one of a list, or again what Photosort takes it for."""

    def __init__(self) -> None:
        super().__init__(self.tr("Change"))
        self._kinds = QComboBox()
        self._kinds.setAccessibleName(self.tr("Kind of picture"))
        for kind, name in formatting.kind_names().items():
            self._kinds.addItem(name, kind.value)
        self._kinds.addItem(self.tr("As recognised"), "")
        self._column.addWidget(self._kinds)
        self._finish()
        self._kinds.currentIndexChanged.connect(self._on_changed)

    def set_kind(self, kind: Kind | None) -> None:
        """Says what is known now; None where several photos differ."""
        self._kinds.setCurrentIndex(-1 if kind is None else self._kinds.findData(kind.value))

    def clear(self) -> None:
        """Begins without a kind."""
        self._kinds.setCurrentIndex(-1)

    def wish(self) -> Kind | None:
        """The kind; None for what Photosort takes it for."""
        chosen = self._kinds.currentData()
        return Kind(chosen) if chosen else None

    @property
    def is_chosen(self) -> bool:
        """Whether the list says anything."""
        return self._kinds.currentIndex() >= 0

    def _first_field(self) -> QWidget:
        return self._kinds
