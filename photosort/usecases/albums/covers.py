"""Chooses the cover of an automatic album: a photo that is typical of the album, and sharp.

A cover that the user removes from its album is no longer shown: the first remaining photo takes its place
(`store/tables/albums.py`), and undoing that brings the cover back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from photosort.albums.themes import typical
from photosort.domain.pictures import THUMBNAIL_EDGES_PX
from photosort.likeness.quality import sharpness
from photosort.media.grey import grey_levels
from photosort.usecases.photos.thumbnails import stored

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from photosort.usecases.albums.album_input import AlbumInput
    from photosort.usecases.session.session import Session

# The most typical photos of an album, of which a sharp one is taken.
_CANDIDATES = 8
_EDGE_PX = 160
# A candidate with this share of the best one's sharpness is sharp enough; the most typical of those wins.
_SHARP_ENOUGH = 0.4


def choose_cover(session: Session, shots: AlbumInput, rows: NDArray[np.int64]) -> int | None:
    """The photo id of an album's cover; None for an empty album.

    Args:
        session: the open library.
        shots: the photos that albums are made of.
        rows: the album's photos, as rows of `shots.ids`, in display order. The first one is the cover where no
            photo has a vector.
    """
    seen = shots.row_of_seen[rows]
    seen = seen[seen >= 0]
    if not len(seen):
        return int(shots.ids[rows[0]]) if len(rows) else None
    candidates = shots.seen[typical(shots.visual, seen)[:_CANDIDATES]]
    return _first_sharp(session, shots.ids[candidates].tolist())


def _first_sharp(session: Session, photo_ids: Sequence[int]) -> int:
    """The first photo that is sharp enough; the first one where no thumbnail is stored."""
    known: dict[int, float] = {}
    for photo, picture in stored(session, photo_ids, THUMBNAIL_EDGES_PX[0]).items():
        grey = None if picture.jpeg is None else grey_levels(picture.jpeg, _EDGE_PX)
        if grey is not None:
            known[photo] = sharpness(grey)
    best = max(known.values(), default=0.0)
    sharp = (photo for photo in photo_ids if known.get(photo, -1.0) >= _SHARP_ENOUGH * best)
    return next(sharp, photo_ids[0])
