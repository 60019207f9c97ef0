"""Pick and discard: two buttons, at most one of them down."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from photosort.domain.photos import Flag
from photosort.gui.base import icons, theme
from photosort.gui.widgets.basics import tool_button


class FlagButtons(QWidget):
    """The user's choice for the selected photos.

    Signals:
        flagged: the user chose a flag (Flag), or took it away (None).
    """

    flagged = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flag: Flag | None = None
        self._pick = tool_button("pick", self.tr("Pick (P)"), lambda: self._on(Flag.PICK))
        self._discard = tool_button(
            "discard", self.tr("Discard (X)"), lambda: self._on(Flag.DISCARD)
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.Gap.XS)
        for one in (self._pick, self._discard):
            one.setCheckable(True)
            row.addWidget(one)

    def set_flag(self, flag: Flag | None) -> None:
        """Shows a flag without telling anybody."""
        self._flag = flag
        self._pick.setChecked(flag is Flag.PICK)
        self._discard.setChecked(flag is Flag.DISCARD)
        icons.set_icon(self._pick, "pick-filled" if flag is Flag.PICK else "pick")

    def _on(self, flag: Flag) -> None:
        self.set_flag(None if self._flag is flag else flag)
        self.flagged.emit(self._flag)
