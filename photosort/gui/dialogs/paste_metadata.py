"""Asks what of the metadata that was copied is pasted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from photosort.gui.base import formatting
from photosort.gui.dialogs.frame import Dialog
from photosort.gui.widgets.basics import button, label

if TYPE_CHECKING:
    from photosort.usecases.photos.metadata_set import MetadataSet, Part

# Photos of one subject seldom have one moment or one album.
_UNASKED: frozenset[Part] = frozenset({"date", "albums"})
_LONGEST = 80


class PasteMetadataDialog(Dialog):
    """A box for each part that was copied.

    Signals:
        pasted: what is to be given (`MetadataSet`).
    """

    pasted = Signal(object)

    def __init__(self, what: MetadataSet, count: int, parent: QWidget | None = None) -> None:
        """Ticks what usually goes together.

        Args:
            what: what was copied, something at least.
            count: how many photos get it.
            parent: as usual in Qt.
        """
        super().__init__(self.tr("Paste metadata on %Ln photo(s)", "", count), parent=parent)
        self._what = what
        self._boxes: dict[Part, QCheckBox] = {}
        for part, said in what.parts().items():
            text = formatting.translate(said)
            box = QCheckBox(_shortened(text[:1].upper() + text[1:]).replace("&", "&&"))
            box.setToolTip(text)
            box.setChecked(part not in _UNASKED)
            box.toggled.connect(self._on_toggled)
            self._boxes[part] = box
            self.body.addWidget(box)
        about = self.tr(
            "Tags and albums are added; everything else takes the place of what is there."
        )
        self.body.addWidget(label(about, role="second", wraps=True))
        self._give = button(self.tr("Paste"), self.accept, kind="primary")
        self._give.setDefault(True)
        self.add_buttons(button(self.tr("Cancel"), self.reject), self._give)
        self.accepted.connect(lambda: self.pasted.emit(self._what.only(self._chosen())))
        self._on_toggled()

    def _chosen(self) -> list[Part]:
        return [part for part, box in self._boxes.items() if box.isChecked()]

    def _on_toggled(self) -> None:
        self._give.setEnabled(bool(self._chosen()))


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "\u2026"
