"""Keys of the loupe and the comparison; single letters can be switched off."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

Key = Qt.Key | QKeyCombination


class Commands:
    """The commands of one widget and all in it.

    Actions and not key events, because Qt knows their letters on keyboards of other scripts too.

    Attributes:
        actions: all of them, with text and keys, for the sheet of shortcuts.
    """

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._letters: list[QAction] = []
        self.actions: list[QAction] = []

    def add(
        self,
        text: str,
        keys: Sequence[Key],
        do: Callable[[], object],
        *,
        letter: bool = False,
        repeats: bool = False,
    ) -> None:
        """Adds a command.

        Args:
            text: what it does, for the sheet of shortcuts.
            keys: any of them does it.
            do: what is done.
            letter: a letter or figure alone, to be switched off by who dictates or types by accident.
            repeats: it is done again and again while the key is held.
        """
        action = QAction(text, self._widget)
        action.setShortcuts([_sequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setAutoRepeat(repeats)

        def triggered(_checked: bool = False) -> None:  # noqa: FBT001, FBT002 (a slot of triggered)
            do()

        action.triggered.connect(triggered)
        self._widget.addAction(action)
        self.actions.append(action)
        if letter:
            self._letters.append(action)

    def set_single_letters(self, *, on: bool) -> None:
        """Switches the commands that are one letter or figure on or off."""
        for action in self._letters:
            action.setEnabled(on)


def _sequence(key: Key) -> QKeySequence:
    return QKeySequence(key)
