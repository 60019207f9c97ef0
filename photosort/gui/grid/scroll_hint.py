"""The label that names the section while the scroll bar is dragged."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractScrollArea, QLabel

from photosort.gui.base import theme


class ScrollHint(QLabel):
    """A text beside the scroll bar, while that is dragged."""

    def __init__(self, grid: QAbstractScrollArea) -> None:
        super().__init__(grid)
        self._grid = grid
        self.setProperty("surface", "card")
        self.setContentsMargins(theme.Gap.M, theme.Gap.XS, theme.Gap.M, theme.Gap.XS)
        self.hide()

    def show_text(self, text: str, *, at: int | None = None) -> None:
        """Shows a text; "" hides the plate.

        Args:
            text: what it says.
            at: the height of its middle in the grid; None: in the middle.
        """
        self.setText(text)
        self.adjustSize()
        photos = self._grid.viewport().geometry()
        x = photos.right() - self.width() - theme.Gap.S
        middle = photos.center().y() if at is None else at
        y = min(max(photos.top(), middle - self.height() // 2), photos.bottom() - self.height())
        self.move(photos.left() + theme.Gap.S if self.isRightToLeft() else x, y)
        self.raise_()
        self.setVisible(bool(text))
