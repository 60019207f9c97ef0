"""Which photos of a grid are selected: a mask of rows here, row ranges in Qt, ids for everyone else."""

from __future__ import annotations

from enum import Enum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, QObject, Signal

from photosort.gui.grid.arrangement import DIVIDER_ID, ranges
from photosort.gui.grid.model import PhotoListModel

_MOST_RANGES = 256
_REACH = 200
_Command = QItemSelectionModel.SelectionFlag


class Select(Enum):
    """What happens to the selection."""

    ONLY = "only"
    ADD = "add"
    TOGGLE = "toggle"


class GridSelection(QObject):
    """The selection and the current photo of one grid.

    The mask is the truth: Qt compares old and new ranges pair by pair, which took 105 s from "all" to
    "every other" of 100,000 rows. Qt's selection model is kept in step for screen readers: entirely while
    there are few ranges, else around the current photo; what a screen reader selects there comes back.

    Signals:
        changed: other photos are selected.

    Attributes:
        mask: bool array, shape (rows,); read only.
        anchor: row where a range begins, or -1.
    """

    changed = Signal()

    def __init__(self, photos: PhotoListModel, of_qt: QItemSelectionModel, parent: QObject) -> None:
        super().__init__(parent)
        self._photos = photos
        self._qt = of_qt
        self.mask: NDArray[np.bool_] = np.zeros(0, bool)
        self.anchor = -1
        self._is_mirroring = False
        of_qt.selectionChanged.connect(self._on_selection_changed)

    def ids(self) -> NDArray[np.int64]:
        """Ids of the selected photos in the order of the grid; int64 array."""
        return np.asarray(self._photos.arrangement.ids[self.mask], np.int64)

    def count(self) -> int:
        """How many photos are selected."""
        return int(np.count_nonzero(self.mask))

    def current(self) -> int:
        """The current row, or -1."""
        return self._qt.currentIndex().row()

    def set_current(self, row: int) -> None:
        """Moves the current row without selecting."""
        self._qt.setCurrentIndex(self._photos.index(row), _Command.NoUpdate)

    def select(self, rows: NDArray[np.bool_], how: Select = Select.ONLY) -> None:
        """Selects rows; dividers are left out.

        Args:
            rows: bool array, shape (rows,).
            how: instead of what is selected, beside it, or the other way round for each.
        """
        rows = rows & (self._photos.arrangement.ids != DIVIDER_ID)
        if how is Select.ADD:
            rows |= self.mask
        elif how is Select.TOGGLE:
            rows ^= self.mask
        if not np.array_equal(rows, self.mask):
            self.mask = rows
            self._mirror()
            self.changed.emit()

    def go_to(self, row: int, how: Select = Select.ONLY) -> None:
        """Makes a row current and the beginning of ranges, and selects it."""
        self.anchor = row
        self.set_current(row)
        self.select(self._between(row, row), how)

    def extend_to(self, row: int, *, add: bool) -> None:
        """Selects from the anchor to a row, beside what is selected or instead of it."""
        if self.anchor < 0:
            self.anchor = max(0, self.current())
        self.set_current(row)
        self.select(self._between(self.anchor, row), Select.ADD if add else Select.ONLY)

    def select_all(self) -> None:
        """Selects every photo."""
        self.select(np.ones(self.mask.size, bool))

    def invert(self) -> None:
        """Selects what is not selected, and the other way round."""
        self.select(~self.mask)

    def clear(self) -> None:
        """Selects nothing."""
        self.select(np.zeros(self.mask.size, bool))

    def forget(self) -> None:
        """Begins again with other rows, after the model was reset (which clears Qt's own)."""
        had = bool(self.mask.any())
        self.mask = np.zeros(len(self._photos.arrangement), bool)
        self.anchor = -1
        if had:
            self.changed.emit()

    def _between(self, one: int, other: int) -> NDArray[np.bool_]:
        rows = np.zeros(self.mask.size, bool)
        rows[min(one, other) : max(one, other) + 1] = True
        return rows

    def _mirror(self) -> None:
        edges = int(np.count_nonzero(self.mask[1:] != self.mask[:-1]))
        first, end = 0, self.mask.size
        if edges > 2 * _MOST_RANGES:
            first = max(0, self.current() - _REACH)
            end = first + 2 * _REACH
        chosen = QItemSelection()
        for top, bottom in ranges(self.mask[first:end]):
            above, below = self._photos.index(first + top), self._photos.index(first + bottom)
            chosen.append(QItemSelectionRange(above, below))
        self._is_mirroring = True
        self._qt.clearSelection()
        self._qt.select(chosen, _Command.Select)
        self._is_mirroring = False

    def _on_selection_changed(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        if self._is_mirroring:
            return
        rows = self.mask.copy()
        for value, parts in ((False, deselected), (True, selected)):
            for i in range(parts.count()):
                part = parts.at(i)
                rows[part.top() : part.bottom() + 1] = value
        self.mask = rows & (self._photos.arrangement.ids != DIVIDER_ID)
        self.changed.emit()
