"""The information overlay of the loupe."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from photosort.gui.base import theme

WIDTH = 296
_BAR_PX = 16
_LONGEST_TEXT = 2000


class InformationOverlay(QFrame):
    """Rows of names and values on a dark plate; long ones wrap, very long ones scroll."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Information about the photo"))
        self.setFixedWidth(WIDTH)
        self._rows = QWidget()
        self._rows.setFixedWidth(WIDTH)
        theme.set_look(self._rows, "surface", "none")
        self._grid = QGridLayout(self._rows)
        # The scroll bar lies over this margin, so that its coming wraps no line.
        self._grid.setContentsMargins(theme.Gap.M, theme.Gap.M, _BAR_PX, theme.Gap.M)
        self._grid.setHorizontalSpacing(theme.Gap.M)
        self._grid.setVerticalSpacing(theme.Gap.XS + 2)
        self._grid.setColumnStretch(1, 1)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._rows)
        self._scroll.viewport().setAutoFillBackground(False)
        theme.set_look(self._scroll, "surface", "none")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)

    def set_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Shows names and values; a row without a name is a line of its own, the first of them a heading."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for place, (name, value) in enumerate(rows):
            shown = _label(value[:_LONGEST_TEXT], role="text")
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            if name:
                self._grid.addWidget(named := _label(name, role="second"), place, 0)
                self._grid.addWidget(shown, place, 1)
                named.show()
                shown.setAccessibleName(f"{name}: {value[:_LONGEST_TEXT]}")
            else:
                theme.set_text(shown, theme.Text.BODY, strong=place == 0)
                self._grid.addWidget(shown, place, 0, 1, 2)
            # Now, and not when the loop of events comes round: the height is asked for before.
            shown.show()
        self._grid.setRowStretch(len(rows), 1)

    def wanted_height(self, most: int) -> int:
        """Height of all rows, at most `most`."""
        self._grid.activate()
        return min(most, self._grid.heightForWidth(WIDTH))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A plate through which the photo can be guessed."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plate = QColor(theme.DARK.loupe)
        plate.setAlphaF(0.86)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(plate)
        painter.drawRoundedRect(QRectF(self.rect()), theme.CORNER_CONTROL, theme.CORNER_CONTROL)
        painter.end()


def _label(text: str, *, role: str) -> QLabel:
    label = QLabel()
    theme.set_text(label, theme.Text.BODY, role=role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
    label.setText(text)
    return label
