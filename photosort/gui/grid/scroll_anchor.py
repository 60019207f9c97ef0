"""Keeps selection, current photo and scroll position when the grid's photos are swapped."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photosort.gui.grid.arrangement import Arrangement
from photosort.gui.grid.model import PhotoListModel
from photosort.gui.grid.selection import GridSelection
from photosort.gui.grid.viewport_layout import ViewportLayout


@dataclass(frozen=True, slots=True, eq=False)
class GridState:
    """What was, by photo id.

    Attributes:
        selected: int64 array of ids.
        current: id of the current photo, or -1.
        anchor: id of the photo where a range begins, or -1.
        looked_at: ids and heights in the viewport, the one that matters most first; of these the first
            that is still there stays where it is.
        begins_at_top: the keyboard is at the photo that comes first, whichever that is.
    """

    selected: NDArray[np.int64]
    current: int
    anchor: int
    looked_at: list[tuple[int, int]]
    begins_at_top: bool = False

    def restore(self, arrangement: Arrangement, selection: GridSelection) -> tuple[int, int] | None:
        """Selects in other photos what was selected.

        Args:
            arrangement: the other photos.
            selection: of their rows; it has nothing yet.

        Returns:
            A row, and the height in the viewport at which it was and shall be; None where nothing that was
            looked at is still there.
        """
        selection.select(np.isin(arrangement.ids, self.selected))
        selection.anchor = arrangement.row_of(self.anchor)
        current = arrangement.row_of(self.current)
        if current >= 0:
            selection.set_current(current)
        for photo_id, y in self.looked_at:
            row = arrangement.row_of(photo_id)
            if row >= 0:
                return row, y
        return None


def capture_state(
    sight: ViewportLayout, photos: PhotoListModel, selection: GridSelection
) -> GridState:
    """What there is to keep, before the photos are swapped."""
    ids, current, visible = photos.arrangement.ids, selection.current(), sight.rows()
    rows = [current, *visible] if current in visible else [*visible]
    # Who is at the top and chose no photo there wants to see what comes first, not what came first; the keyboard
    # alone is no choice, for it begins at whatever photo was there when the grid got it.
    is_at_top = sight.offset <= 0 and not (current in visible and selection.count())
    fits = sight.layout.height <= sight.height
    return GridState(
        selected=selection.ids(),
        current=-1 if is_at_top else photos.photo_id(current),
        anchor=photos.photo_id(selection.anchor),
        looked_at=[]
        if fits or is_at_top
        else [(int(ids[row]), sight.cell(row).y()) for row in rows],
        begins_at_top=is_at_top and current >= 0,
    )
