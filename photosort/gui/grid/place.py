"""What a grid keeps when its photos are swapped: selection, current photo, what is looked at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photosort.gui.grid.arrangement import Arrangement


@dataclass(frozen=True, slots=True, eq=False)
class Restored:
    """The same in the rows of the new arrangement; -1 for what is gone.

    Attributes:
        selected: bool array, shape (rows,).
        current: row of the current photo.
        anchor: row where a range begins.
        steady: a row and the height in the viewport at which it was and shall be, or None.
    """

    selected: NDArray[np.bool_]
    current: int
    anchor: int
    steady: tuple[int, int] | None


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """What was, by photo id.

    Attributes:
        selected: int64 array of ids.
        current: id of the current photo, or -1.
        anchor: id of the photo where a range begins, or -1.
        looked_at: ids and heights in the viewport, the one that matters most first; of these the first
            that is still there stays where it is.
    """

    selected: NDArray[np.int64]
    current: int
    anchor: int
    looked_at: list[tuple[int, int]]

    def restored(self, arrangement: Arrangement) -> Restored:
        """Finds everything again in other photos."""
        steady = None
        for photo_id, y in self.looked_at:
            row = arrangement.row_of(photo_id)
            if row >= 0:
                steady = (row, y)
                break
        return Restored(
            selected=np.isin(arrangement.ids, self.selected),
            current=arrangement.row_of(self.current),
            anchor=arrangement.row_of(self.anchor),
            steady=steady,
        )
