"""`photosort describe`."""

from __future__ import annotations

from photosort.cli.context import Context
from photosort.cli.decided import tell
from photosort.domain.photos import Photo
from photosort.errors import InputProblem
from photosort.usecases.photos import decisions


def run(context: Context) -> int:
    """Sets the title, the caption or both of photos."""
    options = context.options
    if options.title is None and options.caption is None:
        raise InputProblem("Say what is to be set: --title, --caption or both.")
    photo_ids = context.photos(options.paths)
    texts: decisions.Texts = {}
    if options.title is not None:
        texts["title"] = options.title
    if options.caption is not None:
        texts["caption"] = options.caption
    return tell(context, photo_ids, decisions.describe(context.session, photo_ids, texts), _texts)


def _texts(photo: Photo) -> dict[str, str | int | None]:
    return {"title": photo.effective.title, "caption": photo.effective.caption}
