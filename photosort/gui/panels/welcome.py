"""What the window shows before the first folder is added."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from photosort.gui.widgets.empty import EmptyState


class WelcomePage(QWidget):
    """One sentence of what Photosort does, one of what it never does, and the button that begins.

    Signals:
        folder_asked: a folder is to be chosen.
        paths_dropped: folders were dropped (list of str).
    """

    folder_asked = Signal()
    paths_dropped = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.addWidget(
            EmptyState(
                "folder-add",
                self.tr("Find your photos by describing them"),
                self.tr(
                    "Add a folder, or drop one here. Nothing leaves this computer, "
                    "and your photos are never changed."
                ),
                action=(self.tr("Add folder..."), self.folder_asked.emit),
            )
        )
