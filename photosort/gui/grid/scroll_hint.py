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

    def show_text(self, text: str, *, at: int | None = None, beside: int = 0) -> None:
        """Shows a text; "" hides the plate.

        Args:
            text: what it says.
            at: the height of its middle in the grid; None: in the middle.
            beside: how much room at the end of the line it leaves besides the scroll bar.
        """
        self.setText(text)
        self.adjustSize()
        inset = theme.Gap.XL + beside
        x = inset if self.isRightToLeft() else self._grid.width() - self.width() - inset
        middle = self._grid.height() // 2 if at is None else at
        y = min(max(0, middle - self.height() // 2), self._grid.height() - self.height())
        self.move(x, y)
        self.raise_()
        self.setVisible(bool(text))
