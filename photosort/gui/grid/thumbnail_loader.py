"""Requests thumbnails for the grid: visible ones first, then those just beyond."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from photosort.gui.grid.arrangement import DIVIDER_ID

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.gui.grid.model import PhotoListModel
    from photosort.gui.grid.view import PhotoGrid

_LINES_AHEAD = 3
# While cells change their size, what they pass is not made.
_SETTLE_MS = 120


class ThumbnailLoader(QObject):
    """Asks the grid's thumbnails for what it shows.

    Signals:
        visible_changed: other photos are on screen (int64 array of ids).
    """

    visible_changed = Signal(object)

    def __init__(self, grid: PhotoGrid, photos: PhotoListModel) -> None:
        super().__init__(grid)
        self._grid = grid
        self._photos = photos
        self._shown: NDArray[np.int64] = np.empty(0, np.int64)
        self._now = QTimer(self, singleShot=True, interval=0)
        self._settled = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        for timer in (self._now, self._settled):
            timer.timeout.connect(self._ask)
        photos.photos_updated.connect(self._on_photos_updated)
        grid.thumbnails.arrived.connect(self._on_arrived)

    def ask(self) -> None:
        """Asks as soon as the events that wait are done with."""
        self._now.start()

    def ask_when_settled(self) -> None:
        """Asks once sizes have not changed for a moment."""
        self._settled.start()

    def _ask(self) -> None:
        grid = self._grid
        sight, scale = grid.sight(), grid.viewport().devicePixelRatioF()
        layout = sight.layout
        visible = sight.rows()
        near = sight.rows(beyond=_LINES_AHEAD * layout.line_step())
        needed: list[tuple[int, int]] = []
        for part in (visible, range(visible.stop, near.stop), range(near.start, visible.start)):
            photos = self._photos.arrangement.ids[part.start : part.stop].tolist()
            for photo, (_, _, width, height) in zip(photos, layout.cells(part), strict=True):
                if photo != DIVIDER_ID:
                    needed.append((photo, round(max(width, height) * scale)))
        grid.thumbnails.want(needed, scale=scale)
        shown = grid.visible_photos()
        if not np.array_equal(shown, self._shown):
            self._shown = shown
            self.visible_changed.emit(shown)

    def _on_arrived(self, photo: int) -> None:
        rows = self._grid.sight().rows()
        found = np.flatnonzero(self._photos.arrangement.ids[rows.start : rows.stop] == photo)
        if found.size:
            self._grid.update_row(rows.start + int(found[0]))

    def _on_photos_updated(self, photo_ids: set[int]) -> None:
        self._grid.thumbnails.forget(photo_ids)
        self.ask()
