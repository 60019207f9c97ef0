"""`photosort rate`."""

from __future__ import annotations

from photosort.cli.context import Context
from photosort.cli.decided import tell
from photosort.usecases.photos import decisions


def run(context: Context) -> int:
    """Gives photos stars, or goes back to what their files say."""
    photo_ids = context.photos(context.options.paths)
    stars = context.options.stars
    change = decisions.rate(context.session, photo_ids, None if stars == "none" else int(stars))
    return tell(context, photo_ids, change, lambda photo: {"rating": photo.effective.rating})
