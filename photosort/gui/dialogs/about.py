"""The About dialog: version, picture model, credits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from photosort.gui.base import icons, theme
from photosort.gui.dialogs.frame import Dialog
from photosort.gui.widgets.basics import button, hairline, label

if TYPE_CHECKING:
    from photosort.usecases.session.about import Installation

_ICON_EDGE = 64
_LICENCES_HEIGHT = 160


class AboutDialog(Dialog):
    """Version, picture model and licences.

    Signals:
        file_asked: this folder is to be shown (str).
    """

    file_asked = Signal(str)

    def __init__(
        self,
        installation: Installation,
        *,
        model: str,
        model_licence: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Prepares the dialog.

        Args:
            installation: what is installed.
            model: name of the picture model in use.
            model_licence: its licence, or "".
            parent: as usual in Qt.
        """
        super().__init__(self.tr("About Photosort"), parent=parent)
        self.heading.hide()
        picture = QLabel()
        picture.setPixmap(icons.app_icon().pixmap(_ICON_EDGE, _ICON_EDGE))
        picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(theme.Gap.XS)
        words.addWidget(label("Photosort", theme.Text.TITLE))
        version = self.tr("Version {version}").format(version=installation.version)
        if installation.build:
            version += f" ({installation.build})"
        words.addWidget(label(version, role="second"))
        promise = self.tr(
            "Finds photos by what they show, on this computer alone. Nothing leaves it, and originals are "
            "never changed."
        )
        words.addSpacing(theme.Gap.S)
        words.addWidget(label(promise, wraps=True))
        top = QHBoxLayout()
        top.setSpacing(theme.Gap.L)
        top.addWidget(picture)
        top.addLayout(words, 1)
        self.body.addLayout(top)
        self.body.addWidget(hairline())
        shown = f"{model} ({model_licence})" if model_licence else model
        self.body.addWidget(label(self.tr("Picture model: {name}").format(name=shown), wraps=True))
        if installation.hint:
            self.body.addWidget(label(installation.hint, wraps=True))
        free = self.tr("Free software under the GNU General Public License, version 3 or later.")
        self.body.addWidget(label(free, wraps=True))
        if installation.components:
            said = (f"{name}: {licence}" for name, licence in installation.components)
            listed = QPlainTextEdit("\n".join(said))
            listed.setReadOnly(True)
            listed.setFixedHeight(_LICENCES_HEIGHT)
            listed.setAccessibleName(self.tr("What Photosort is built of, with licences"))
            self.body.addWidget(listed)
        close = button(self.tr("Close"), self.accept, kind="primary")
        close.setDefault(True)
        texts = None
        if installation.notices is not None:
            folder = str(installation.notices)
            texts = button(self.tr("Licence texts"), lambda: self.file_asked.emit(folder))
        self.add_buttons(close, first=texts)
