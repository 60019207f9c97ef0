"""The line of the loupe in which a tag is typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from photosort.gui.base import theme
from photosort.gui.widgets.completing import CompletingField, Completion

_WIDTH = 320


class TagEntry(QFrame):
    """Lies over the photo until it is left, with room below it for completions; it stays open for the next tag.

    Signals:
        submitted: a tag (name: str) was typed.
        left: nothing more is typed.
        completions_asked: what was typed so far (str); answer with `set_completions`.
    """

    submitted = Signal(str)
    left = Signal()
    completions_asked = Signal(str)

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setProperty("surface", "card")
        self._line = CompletingField(self.tr("Name of a tag"))
        self._line.setPlaceholderText(self.tr("Add tag"))
        self._line.submitted.connect(self._on_submitted)
        self._line.left.connect(self._on_left)
        self._line.completions_asked.connect(self.completions_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.Gap.S, theme.Gap.S, theme.Gap.S, theme.Gap.S)
        row.addWidget(self._line)
        self.hide()

    def begin(self) -> None:
        """Comes up, with the keyboard."""
        self.place()
        self.show()
        self.raise_()
        self._line.setFocus()

    def place(self) -> None:
        """Stays in the middle, in the upper third."""
        over = self._over
        width = min(_WIDTH, over.width() - 2 * theme.Gap.L)
        height = self.sizeHint().height()
        self.setGeometry((over.width() - width) // 2, over.height() // 3, width, height)

    def set_completions(self, completions: Sequence[Completion]) -> None:
        """Offers completions for what is typed now."""
        self._line.set_completions(completions)

    def _on_submitted(self, text: str) -> None:
        name = " ".join(text.split())
        self._line.clear()
        if name:
            self.submitted.emit(name)

    def _on_left(self) -> None:
        # Not `isVisible`: the loupe may have gone before.
        if not self.isHidden():
            self._line.clear()
            self.hide()
            self.left.emit()
