"""Asks before photos are forgotten for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from photosort.gui.dialogs.frame import Dialog
from photosort.gui.widgets.basics import button, label

if TYPE_CHECKING:
    from photosort.usecases.photos.forgetting import Outlook


class ForgetDialog(Dialog):
    """Says what goes, what stays, and that it cannot be undone.

    Signals:
        agreed: forget them.
    """

    agreed = Signal()

    def __init__(self, outlook: Outlook, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Forget photos"), width=520, parent=parent)
        texts = [
            self.tr("Forget %Ln photo(s) for good?", "", outlook.photos),
            self.tr(
                "Everything that Photosort knows of them goes: tags, stars, texts, thumbnails and history, in the "
                "backups, too. Their files stay. This cannot be undone."
            ),
        ]
        if outlook.still_there:
            texts.append(
                self.tr(
                    "Files of %Ln of them lie in folders of the library and would come back as new photos. Move them "
                    "away first, or name them in .photosortignore.",
                    "",
                    outlook.still_there,
                )
            )
        for text in texts:
            self.body.addWidget(label(text, wraps=True))
        cancel = button(self.tr("Cancel"), self.reject)
        agree = button(self.tr("Forget for good"), self._agree, kind="danger")
        self.add_buttons(agree, first=cancel)

    def _agree(self) -> None:
        self.agreed.emit()
        self.accept()
