"""Keys of the grid: move, extend, select, open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

from photosort.gui.grid.selection import Select

if TYPE_CHECKING:
    from photosort.gui.grid.view import PhotoGrid

_Cursor = QAbstractItemView.CursorAction
_MOVES = {
    Qt.Key.Key_Left: _Cursor.MoveLeft,
    Qt.Key.Key_Right: _Cursor.MoveRight,
    Qt.Key.Key_Up: _Cursor.MoveUp,
    Qt.Key.Key_Down: _Cursor.MoveDown,
    Qt.Key.Key_Home: _Cursor.MoveHome,
    Qt.Key.Key_End: _Cursor.MoveEnd,
    Qt.Key.Key_PageUp: _Cursor.MovePageUp,
    Qt.Key.Key_PageDown: _Cursor.MovePageDown,
}
_LINEWISE = {_Cursor.MoveUp: -1, _Cursor.MoveDown: 1}
_PAGEWISE = {_Cursor.MovePageUp: -1, _Cursor.MovePageDown: 1}
_ENDS = {_Cursor.MoveHome, _Cursor.MoveEnd}
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_ZOOM = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}


class GridKeyboard:
    """Turns keys into movement and selection. Letters are left to the window's commands."""

    def __init__(self, grid: PhotoGrid) -> None:
        self._grid = grid
        # Where Up and Down aim at, also past lines that are too short.
        self._column_x: int | None = None

    def press(self, event: QKeyEvent) -> bool:
        """Does what a key says.

        Returns:
            False for keys that mean nothing here.
        """
        grid, keys, key = self._grid, event.modifiers(), Qt.Key(event.key())
        row = grid.selection.current()
        control = bool(keys & Qt.KeyboardModifier.ControlModifier)
        shift = bool(keys & Qt.KeyboardModifier.ShiftModifier)
        if key in _MOVES and not keys & Qt.KeyboardModifier.AltModifier:
            self._move(_MOVES[key], control=control, shift=shift)
        elif key in _ENTER and row >= 0 and not control:
            grid.activate(row)
        elif key == Qt.Key.Key_Space and row >= 0:
            self._space(row, control=control)
        elif key == Qt.Key.Key_A and control and not shift:
            grid.selection.select_all()
        elif key == Qt.Key.Key_Escape and grid.selection.count() > 1:
            grid.selection.clear()
        elif control and key in _ZOOM:
            grid.zoom(_ZOOM[key])
        else:
            return False
        return True

    def forget_column(self) -> None:
        """Up and Down begin at the current photo again."""
        self._column_x = None

    def row_after(self, action: QAbstractItemView.CursorAction) -> int:
        """Where a movement leads from the current row; -1 without rows."""
        grid, sight = self._grid, self._grid.sight()
        layout, row = sight.layout, grid.selection.current()
        if not layout.rows or row < 0:
            return sight.first_whole_row()
        x, _, width, _ = layout.cell(row)
        if self._column_x is None:
            self._column_x = x + width // 2
        if action in _LINEWISE:
            return layout.neighbour(row, _LINEWISE[action], self._column_x)
        if action in _PAGEWISE:
            page = sight.height - layout.line_step() // 2
            return layout.page(row, _PAGEWISE[action] * page, self._column_x)
        right = -1 if sight.mirrored else 1
        step = {
            _Cursor.MoveHome: -layout.rows,
            _Cursor.MoveEnd: layout.rows,
            _Cursor.MoveRight: right,
            _Cursor.MoveLeft: -right,
            _Cursor.MoveNext: 1,
            _Cursor.MovePrevious: -1,
        }[action]
        return min(max(row + step, 0), layout.rows - 1)

    def _move(self, action: QAbstractItemView.CursorAction, *, control: bool, shift: bool) -> None:
        row, selection = self.row_after(action), self._grid.selection
        if row < 0:
            return
        if action not in _LINEWISE and action not in _PAGEWISE:
            self.forget_column()
        if shift:
            selection.extend_to(row, add=control)
        elif control and action not in _ENDS:
            selection.set_current(row)
        else:
            selection.go_to(row)
        self._grid.scroll_to_row(row)

    def _space(self, row: int, *, control: bool) -> None:
        if self._grid.is_divider(row):
            self._grid.divider_activated.emit()
        elif control:
            self._grid.selection.go_to(row, Select.TOGGLE)
        else:
            self._grid.preview_asked.emit(self._grid.current_photo())
