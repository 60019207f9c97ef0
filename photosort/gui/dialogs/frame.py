"""What all dialogs share: margins, a heading, a row of buttons at the end."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from photosort.gui.base import theme
from photosort.gui.dialogs.guide_reader import show_guide
from photosort.gui.widgets.basics import label


class Dialog(QDialog):
    """A dialog with a heading; what it is about goes into `body`, its buttons go below.

    Attributes:
        body: the column between heading and buttons.
    """

    def __init__(self, title: str, *, width: int = 460, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, on=False)
        self.setMinimumWidth(width)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.Gap.XL, theme.Gap.XL, theme.Gap.XL, theme.Gap.L)
        whole.setSpacing(theme.Gap.L)
        self.heading = label(title, theme.Text.TITLE, wraps=True)
        whole.addWidget(self.heading)
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.Gap.M)
        whole.addLayout(self.body, 1)
        # The window's own key does not reach a dialog that stands above it.
        asked = QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), self)
        asked.activated.connect(lambda: show_guide(self, [self]))
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(theme.Gap.S)
        whole.addLayout(self._buttons)

    def add_buttons(self, *buttons: QPushButton, first: QPushButton | None = None) -> None:
        """Puts buttons at the end of the line, the primary one last; `first` stands at its beginning."""
        if first is not None:
            self._buttons.addWidget(first)
        self._buttons.addStretch(1)
        for button in buttons:
            self._buttons.addWidget(button)
            if button.isDefault():
                button.setFocus()
