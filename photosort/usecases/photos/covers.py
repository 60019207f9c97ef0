"""Picks the sharpest of several photos as a cover."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from photosort.domain.pictures import THUMBNAIL_EDGES_PX
from photosort.likeness.quality import sharpness
from photosort.media.grey import grey_levels
from photosort.usecases.photos.thumbnails import stored

if TYPE_CHECKING:
    from photosort.usecases.session.session import Session

_EDGE_PX = 160
# One that is this much less sharp than the best is still good enough to be the more typical one.
_ENOUGH = 0.4


def sharpest(session: Session, photo_ids: Sequence[int]) -> int:
    """The first of some photos that is about as sharp as the sharpest; the first one where nothing is known."""
    known: dict[int, float] = {}
    for photo, picture in stored(session, photo_ids, THUMBNAIL_EDGES_PX[0]).items():
        grey = None if picture.jpeg is None else grey_levels(picture.jpeg, _EDGE_PX)
        if grey is not None:
            known[photo] = sharpness(grey)
    best = max(known.values(), default=0.0)
    good = (photo for photo in photo_ids if known.get(photo, -1.0) >= _ENOUGH * best)
    return next(good, photo_ids[0])
