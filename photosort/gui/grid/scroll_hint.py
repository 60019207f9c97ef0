"""The label that names the section while the scroll bar is dragged."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from photosort.gui.base import theme


class ScrollHint(QLabel):
    """A text beside the scroll bar, while that is dragged."""

    def __init__(self, grid: QWidget) -> None:
        super().__init__(grid)
        self._grid = grid
        self.setProperty("surface", "card")
        self.setContentsMargins(theme.Gap.M, theme.Gap.XS, theme.Gap.M, theme.Gap.XS)
        self.hide()

    def show_text(self, text: str) -> None:
        """Shows a text; "" hides the plate."""
        self.setText(text)
        self.adjustSize()
        x = self._grid.width() - self.width() - theme.Gap.XL
        self.move(theme.Gap.XL if self.isRightToLeft() else x, self._grid.height() // 2)
        self.setVisible(bool(text))
