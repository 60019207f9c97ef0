"""Which photo of several stands for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from photosort.domain.pictures import THUMBNAIL_EDGES_PX
from photosort.library.thumbnails import stored
from photosort.media.sharpness import sharpness

if TYPE_CHECKING:
    from photosort.library.session import Session

# A photo that is this much less sharp than the best is still good enough to be the more typical one.
_ENOUGH = 0.6


def sharpest(session: Session, photo_ids: Sequence[int]) -> int:
    """The first of some photos that is about as sharp as the sharpest; the first one where nothing is known."""
    pictures = stored(session, photo_ids, THUMBNAIL_EDGES_PX[0])
    known = {
        photo: sharpness(picture.jpeg)
        for photo, picture in pictures.items()
        if picture.jpeg is not None
    }
    best = max(known.values(), default=0.0)
    return next(
        (photo for photo in photo_ids if photo in known and known[photo] >= _ENOUGH * best),
        photo_ids[0],
    )
