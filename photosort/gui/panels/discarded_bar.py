"""The line above the photos while they are those marked as discarded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from photosort.gui.base import theme
from photosort.gui.panels import sources
from photosort.gui.widgets.basics import button, label

if TYPE_CHECKING:
    from photosort.gui.controllers.browser import Shown


class DiscardedBar(QFrame):
    """Says what being discarded means, and offers the wastebasket.

    Signals:
        trash_asked: all photos marked as discarded are to go to the wastebasket.
    """

    trash_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._holds_photos = False
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.Gap.L, theme.Gap.S, theme.Gap.L, theme.Gap.S)
        row.setSpacing(theme.Gap.M)
        said = self.tr("Marked as discarded. The files are where they were.")
        row.addWidget(label(said, role="second", wraps=True), 1)
        self.move_all = button(self.tr("Move all to wastebasket\u2026"), self.trash_asked.emit)
        row.addWidget(self.move_all)
        self.hide()

    def show_answer(self, shown: Shown) -> None:
        """Follows what is shown."""
        asked = shown.asked
        is_discarded = asked.example is None and asked.text.strip() == sources.DISCARDED
        self._holds_photos = is_discarded and len(shown.arrangement) > 0

    def place(self, *, on_page: bool) -> None:
        """Is seen while its photos are.

        Args:
            on_page: a page of its own stands before the photos.
        """
        self.setVisible(self._holds_photos and not on_page)
