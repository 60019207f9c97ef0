"""What went wrong, in one sentence; the rest behind a button."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from photosort.errors import PhotosortError
from photosort.gui.base import formatting
from photosort.gui.dialogs.frame import Dialog
from photosort.gui.widgets.basics import button, label

_DETAILS_HEIGHT = 140


class ErrorDialog(Dialog):
    """An expected failure: what happened, what was kept, what to do."""

    def __init__(self, error: PhotosortError, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("That did not work"), parent=parent)
        message = label(formatting.translate(error.user_message), wraps=True)
        self.body.addWidget(message)
        self._details = QPlainTextEdit(error.detail)
        self._details.setReadOnly(True)
        self._details.setFixedHeight(_DETAILS_HEIGHT)
        self._details.setAccessibleName(self.tr("Details"))
        self._details.hide()
        self.body.addWidget(self._details)
        self._more = button(self.tr("Details"), self._show_details, kind="quiet")
        self._more.setVisible(bool(error.detail))
        close = button(self.tr("Close"), self.accept, kind="primary")
        close.setDefault(True)
        self.add_buttons(close, first=self._more)
        self.setAccessibleDescription(formatting.translate(error.user_message))

    def _show_details(self) -> None:
        if self._details.isHidden():
            self._details.show()
            self._more.setText(self.tr("Copy details"))
            self.adjustSize()
        else:
            QGuiApplication.clipboard().setText(self._details.toPlainText())
