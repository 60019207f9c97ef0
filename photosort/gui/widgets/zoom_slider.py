"""The slider for the size of the photos in the grid."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from photosort.gui.base import theme
from photosort.gui.widgets.basics import tool_button

_STEPS = 100


class ZoomSlider(QWidget):
    """Smaller, a slider, larger. Each step multiplies, so that it feels even.

    Signals:
        edge_chosen: the user wants cells of this edge (int, device-independent pixels).
        stepped: the user wants the next smaller (-1) or larger (1) size.
    """

    edge_chosen = Signal(int)
    stepped = Signal(int)

    def __init__(self, smallest: int, largest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._smallest, self._ratio = smallest, math.log(largest / smallest)
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(0, _STEPS)
        self._slider.setPageStep(10)
        self._slider.setFixedWidth(120)
        self._slider.setAccessibleName(self.tr("Size of the photos"))
        self._slider.setToolTip(self.tr("Size of the photos (Ctrl and the mouse wheel)"))
        self._slider.valueChanged.connect(self._on_moved)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.Gap.XS)
        row.addWidget(
            tool_button("zoom-out", self.tr("Smaller"), lambda: self.stepped.emit(-1), dense=True)
        )
        row.addWidget(self._slider)
        row.addWidget(
            tool_button("zoom-in", self.tr("Larger"), lambda: self.stepped.emit(1), dense=True)
        )

    def set_edge(self, edge: int) -> None:
        """Follows the grid without telling it."""
        self._slider.blockSignals(True)
        self._slider.setValue(round(_STEPS * math.log(max(edge, 1) / self._smallest) / self._ratio))
        self._slider.blockSignals(False)

    def _on_moved(self, value: int) -> None:
        self.edge_chosen.emit(round(self._smallest * math.exp(self._ratio * value / _STEPS)))
