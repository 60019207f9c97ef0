"""Asks which side is right where both the library and keyword files changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from photosort.gui.base import theme
from photosort.gui.dialogs.frame import Dialog
from photosort.gui.widgets.basics import button, label

if TYPE_CHECKING:
    from photosort.usecases.sidecars.sidecar_conflicts import Conflict

_MOST_ROWS = 500


class KeywordConflictsDialog(Dialog):
    """Lists the photos and offers both sides, or to leave everything as it is.

    Signals:
        settled: who is right: "library" or "file" (str).
    """

    settled = Signal(str)

    def __init__(self, conflicts: Sequence[Conflict], parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Keyword files were changed elsewhere"), width=520, parent=parent)
        text = self.tr(
            "Another program and you have both changed the same things. Nothing was overwritten. Which shall "
            "count?"
        )
        self.body.addWidget(label(text, wraps=True))
        listed = QListWidget()
        listed.setAccessibleName(self.tr("What was changed on both sides"))
        for conflict in conflicts[:_MOST_ROWS]:
            what = conflict.what or self.tr("stars")
            item = QListWidgetItem(f"{Path(conflict.path).name}  \u00b7  {what}", listed)
            item.setSizeHint(QSize(0, theme.CONTROL_HEIGHT))
        self.body.addWidget(listed, 1)
        later = button(self.tr("Decide later"), self.reject)
        theirs = button(self.tr("Take theirs"), lambda: self._settle("file"))
        mine = button(self.tr("Keep mine"), lambda: self._settle("library"), kind="primary")
        self.add_buttons(theirs, mine, first=later)

    def _settle(self, side: str) -> None:
        self.settled.emit(side)
        self.accept()
