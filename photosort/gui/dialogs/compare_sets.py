"""Words that distinguish photos from others, each with the number of photos of both it fits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from photosort.gui.base import album_names, formatting, theme
from photosort.gui.dialogs.frame import Dialog
from photosort.gui.widgets.basics import button, label

if TYPE_CHECKING:
    from photosort.albums.naming import Name


class CompareSetsDialog(Dialog):
    """A line for each word."""

    def __init__(
        self, heading: str, other: str, found: Sequence[Name], parent: QWidget | None = None
    ) -> None:
        """Prepares the dialog.

        Args:
            heading: the question as a title.
            other: what they are compared with; "" = all other photos.
            found: the words, the most telling first.
            parent: as usual in Qt.
        """
        super().__init__(heading, parent=parent)
        lines = QGridLayout()
        lines.setHorizontalSpacing(theme.Gap.L)
        lines.setVerticalSpacing(theme.Gap.S)
        lines.setColumnStretch(0, 1)
        heads = (self.tr("of these"), other or self.tr("of all others"))
        for column, text in enumerate(heads, start=1):
            lines.addWidget(label(text, role="second"), 0, column, Qt.AlignmentFlag.AlignTrailing)
        for row, one in enumerate(found, start=1):
            lines.addWidget(label(album_names.word(one.text)), row, 0)
            for column, share in enumerate((one.of_these, one.of_rest), start=1):
                percent = label(formatting.percent(share), role="text" if column == 1 else "second")
                lines.addWidget(percent, row, column, Qt.AlignmentFlag.AlignTrailing)
        if found:
            self.body.addLayout(lines)
        else:
            nothing = self.tr("No word fits one and not the other.")
            self.body.addWidget(label(nothing, role="second", wraps=True))
        close = button(self.tr("Close"), self.accept, kind="primary")
        close.setDefault(True)
        self.add_buttons(close)
