"""Mouse on the grid: clicks, the rubber band, the start of a drag, hovering."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from photosort.gui.grid.selection import Select

if TYPE_CHECKING:
    from photosort.gui.grid.view import PhotoGrid

_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class GridPointer(QObject):
    """Turns mouse events into selection, as file managers do it.

    Attributes:
        band: the rubber band in the viewport, or None.
        hovered: row below the pointer, or -1.
    """

    def __init__(self, grid: PhotoGrid) -> None:
        super().__init__(grid)
        self._grid = grid
        self._press: _Press | None = None
        self._clicked_s = -math.inf
        self.band: QRect | None = None
        self.hovered = -1
        self._timer = QTimer(self, interval=16)
        self._timer.timeout.connect(self._on_timer)

    def press(self, event: QMouseEvent) -> None:
        """Begins a click, a drag or a rubber band; a right click prepares the menu."""
        point = event.position().toPoint()
        if event.button() == Qt.MouseButton.RightButton:
            self._prepare_menu(point)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        grid, keys = self._grid, event.modifiers()
        row = grid.row_at(point)
        press = self._press = _Press(row, point, keys)
        if row < 0 or grid.is_divider(row):
            return
        if grid.stack_contains(row, point) and not keys & (_CONTROL | _SHIFT):
            self._press = None
            grid.toggle_stack(row)
            return
        press.on_photo = grid.photo_rect(row).adjusted(-3, -3, 3, 3).contains(point)
        press.handled = True
        if grid.tick_contains(row, point) or (keys & _CONTROL and not keys & _SHIFT):
            grid.selection.go_to(row, Select.TOGGLE)
        elif keys & _SHIFT:
            grid.selection.extend_to(row, add=bool(keys & _CONTROL))
        elif not grid.selection.mask[row]:
            grid.selection.go_to(row)
        else:
            # Already selected: it may be the beginning of a drag of all, so the click counts on release.
            press.handled = False
            grid.selection.set_current(row)

    def move(self, event: QMouseEvent) -> None:
        """Hovers, drags photos or stretches the rubber band."""
        point, press = event.position().toPoint(), self._press
        if press is None or not event.buttons() & Qt.MouseButton.LeftButton:
            self.hover(point)
            return
        if self.band is None:
            if (point - press.point).manhattanLength() < QApplication.startDragDistance():
                return
            if press.on_photo:
                self._press = None
                self._grid.startDrag(Qt.DropAction.CopyAction)
                return
            self._begin_band(press)
        press.last = point
        self._stretch_band(press)

    def release(self, event: QMouseEvent) -> None:
        """Ends a click or the rubber band."""
        if event.button() != Qt.MouseButton.LeftButton or self._press is None:
            return
        press, self._press = self._press, None
        self._clicked_s = time.monotonic()
        grid = self._grid
        if self.band is not None:
            self._end_band()
        elif press.row < 0:
            if not press.modifiers & (_CONTROL | _SHIFT):
                grid.selection.clear()
        elif grid.is_divider(press.row):
            grid.selection.set_current(press.row)
            grid.divider_activated.emit()
        elif not press.handled:
            grid.selection.go_to(press.row)

    def double_click(self, event: QMouseEvent) -> None:
        """Opens a photo, unless the first of the two clicks was on what stood here before, as the cover of an album."""
        self._press = None
        longest_s = QApplication.doubleClickInterval() / 1000
        is_second = time.monotonic() - self._clicked_s <= longest_s
        self._clicked_s = -math.inf
        row = self._grid.row_at(event.position().toPoint())
        if is_second and row >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._grid.activate(row)

    def hover(self, point: QPoint) -> None:
        """Follows the pointer."""
        grid = self._grid
        row = grid.row_at(point)
        if row == self.hovered:
            return
        grid.update_row(self.hovered)
        grid.update_row(row)
        self.hovered = row
        hand = row >= 0 and grid.is_divider(row)
        shape = Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor
        grid.viewport().setCursor(shape)

    def forget(self) -> None:
        """Begins again, when the rows are other ones."""
        self._press = None
        self.band = None
        self.hovered = -1
        self._timer.stop()

    def _prepare_menu(self, point: QPoint) -> None:
        """A right click on a photo that is not selected selects it."""
        selection, row = self._grid.selection, self._grid.row_at(point)
        if row < 0:
            selection.clear()
        elif selection.mask[row]:
            selection.set_current(row)
        else:
            selection.go_to(row)

    def _begin_band(self, press: _Press) -> None:
        mask = self._grid.selection.mask
        press.before = mask.copy() if press.modifiers & _CONTROL else np.zeros_like(mask)
        press.origin_y = press.point.y() + self._grid.verticalOffset()
        self.band = QRect()
        self._timer.start()

    def _stretch_band(self, press: _Press) -> None:
        grid = self._grid
        start = QPoint(press.point.x(), press.origin_y - grid.verticalOffset())
        self.band = QRect(start, press.last).normalized()
        rows = grid.sight().rows_in(self.band) | press.before
        if not np.array_equal(rows, grid.selection.mask):
            grid.selection.select(rows)
        grid.viewport().update()

    def _on_timer(self) -> None:
        """Scrolls while the band is pulled over the edge."""
        press = self._press
        if press is None:
            return
        y, height = press.last.y(), self._grid.viewport().height()
        over = min(y, 0) + max(y - height, 0)
        if over:
            bar = self._grid.verticalScrollBar()
            bar.setValue(bar.value() + over // 2)
            self._stretch_band(press)

    def _end_band(self) -> None:
        self.band = None
        self._timer.stop()
        chosen = np.flatnonzero(self._grid.selection.mask)
        if chosen.size:
            self._grid.selection.anchor = int(chosen[0])
            self._grid.selection.set_current(int(chosen[0]))
        self._grid.viewport().update()


class _Press:
    """A mouse button that is held down."""

    def __init__(self, row: int, point: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        self.row = row
        self.point = point
        self.last = point
        self.modifiers = modifiers
        self.on_photo = False
        self.handled = False
        self.before = np.zeros(0, bool)
        self.origin_y = 0
