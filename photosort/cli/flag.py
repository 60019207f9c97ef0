"""`photosort flag`."""

from __future__ import annotations

from photosort.cli.context import Context
from photosort.cli.decided import tell
from photosort.domain.photos import Flag
from photosort.usecases.photos import decisions


def run(context: Context) -> int:
    """Marks photos as pick or discard, or takes the mark away."""
    photo_ids = context.photos(context.options.paths)
    flag = context.options.flag
    change = decisions.flag(context.session, photo_ids, None if flag == "none" else Flag(flag))
    return tell(context, photo_ids, change, lambda photo: {"flag": photo.flag})
