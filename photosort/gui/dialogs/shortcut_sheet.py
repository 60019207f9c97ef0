"""Sheet of all keyboard shortcuts, read from the commands themselves."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from photosort.gui.base import theme
from photosort.gui.dialogs.frame import Dialog
from photosort.gui.widgets.basics import button, label

_HEIGHT = 540
_COLUMNS = 2

Section = tuple[str, Sequence[QAction]]


class ShortcutSheet(Dialog):
    """Commands by the part of the window in which they work."""

    def __init__(self, sections: Sequence[Section], parent: QWidget | None = None) -> None:
        """Prepares the sheet.

        Args:
            sections: name of a part of the window, and its commands; those without a key are passed over,
                those of one text are one line.
            parent: as usual in Qt.
        """
        super().__init__(self.tr("Keyboard shortcuts"), width=760, parent=parent)
        columns = [QVBoxLayout() for _ in range(_COLUMNS)]
        heights = [0] * _COLUMNS
        for title, actions in sections:
            rows = keys_of(actions)
            if rows:
                shortest = heights.index(min(heights))
                columns[shortest].addLayout(_section(title, rows))
                heights[shortest] += len(rows) + 2
        sheet = QWidget()
        theme.set_look(sheet, "surface", "none")
        line = QHBoxLayout(sheet)
        line.setContentsMargins(0, 0, theme.Gap.L, 0)
        line.setSpacing(2 * theme.Gap.XL)
        for column in columns:
            column.setSpacing(theme.Gap.XL)
            column.addStretch(1)
            line.addLayout(column, 1)
        scroll = QScrollArea()
        scroll.setAccessibleName(self.tr("Keyboard shortcuts"))
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setMinimumHeight(_HEIGHT)
        scroll.setAccessibleName(self.tr("Keyboard shortcuts"))
        scroll.setWidget(sheet)
        self.body.addWidget(scroll, 1)
        close = button(self.tr("Close"), self.accept, kind="primary")
        close.setDefault(True)
        self.add_buttons(close)


def keys_of(actions: Sequence[QAction]) -> list[tuple[str, str]]:
    """Text and keys of each command that has keys, as people write them."""
    found: dict[str, dict[str, None]] = {}
    for action in actions:
        for sequence in action.shortcuts():
            written = sequence.toString(QKeySequence.SequenceFormat.NativeText)
            text = action.iconText().removesuffix("...").removesuffix("\u2026").strip()
            if written:
                found.setdefault(text, {})[written] = None
    return [(text, "  ".join(keys)) for text, keys in found.items()]


def _section(title: str, rows: Sequence[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.Gap.L)
    grid.setVerticalSpacing(theme.Gap.XS + 2)
    grid.setColumnStretch(0, 1)
    grid.addWidget(label(title, strong=True), 0, 0, 1, 2)
    for place, (text, keys) in enumerate(rows, start=1):
        grid.addWidget(label(text, wraps=True), place, 0)
        pressed = label(keys, role="second")
        pressed.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(pressed, place, 1)
    return grid
