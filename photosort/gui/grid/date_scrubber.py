"""The years beside the scroll bar: where they begin, and a way there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from photosort.gui.base import theme
from photosort.gui.grid.scroll_hint import ScrollHint

if TYPE_CHECKING:
    from photosort.gui.grid.layout import Layout
    from photosort.gui.grid.view import PhotoGrid

# Marks are years.
_WIDEST_MARK = "0000"
_LABEL_STEP = 20


class DateScrubber(QWidget):
    """A strip with a label for each year; a click or drag scrolls there, and a hint beside it names the date.

    It has no keyboard: it does what the scroll bar does, whose keys are those of the grid.
    """

    def __init__(self, grid: PhotoGrid, hint: ScrollHint) -> None:
        super().__init__(grid)
        self._grid = grid
        self._hint = hint
        self._layout: Layout | None = None
        self.setAccessibleName(self.tr("Years"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        grid.verticalScrollBar().valueChanged.connect(self.update)
        self.hide()

    def wanted_width(self) -> int:
        """How wide the strip is where there is one."""
        metrics = QFontMetrics(theme.font(theme.Text.SMALL))
        return metrics.horizontalAdvance(_WIDEST_MARK) + theme.Gap.S

    def set_layout(self, layout: Layout) -> None:
        """Follows another layout of the photos."""
        self._layout = layout
        self.update()

    def labels(self) -> list[tuple[int, str]]:
        """Heights and texts of the labels, as many as there is room for."""
        shown: list[tuple[int, str]] = []
        if self._layout is None:
            return shown
        for mark, section in self._layout.marks:
            y = self._height_of(self._layout.header(section)[0])
            if not shown or y - shown[-1][0] >= _LABEL_STEP:
                shown.append((y, mark))
        return shown

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the labels and a line at what is seen now."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.colour("window"))
        painter.setFont(theme.font(theme.Text.SMALL))
        painter.setPen(theme.colour("text_second"))
        for y, mark in self.labels():
            area = self.rect()
            area.setTop(min(y, self.height() - _LABEL_STEP))
            area.setHeight(_LABEL_STEP)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, mark)
        y = self._height_of(self._grid.verticalOffset())
        painter.fillRect(0, min(y, self.height() - 2), self.width(), 2, theme.colour("accent"))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Scrolls there."""
        self._go_to(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Says what is there; scrolls while the button is held."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go_to(event)
        self._say(event.position().toPoint())

    def leaveEvent(self, event: QEvent) -> None:
        """Says nothing more."""
        super().leaveEvent(event)
        self._hint.hide()

    def _go_to(self, event: QMouseEvent) -> None:
        if self._layout is not None and event.buttons() & Qt.MouseButton.LeftButton:
            share = event.position().y() / max(1, self.height())
            self._grid.verticalScrollBar().setValue(round(share * self._layout.height))

    def _say(self, point: QPoint) -> None:
        if self._layout is not None:
            y = round(point.y() / max(1, self.height()) * self._layout.height)
            self._hint.show_text(self._grid.title_at(y), at=point.y())

    def _height_of(self, offset: int) -> int:
        whole = 1 if self._layout is None else max(1, self._layout.height)
        return round(offset / whole * self.height())
