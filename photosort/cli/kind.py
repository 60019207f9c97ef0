"""`photosort kind`."""

from __future__ import annotations

from photosort.cli.context import Context
from photosort.cli.decided import tell
from photosort.domain.photos import Kind
from photosort.usecases.photos import decisions


def run(context: Context) -> int:
    """Corrects what kind of picture photos are, or goes back to what they are taken for."""
    photo_ids = context.photos(context.options.paths)
    kind = context.options.kind
    change = decisions.correct_kind(
        context.session, photo_ids, None if kind == "none" else Kind(kind)
    )
    return tell(context, photo_ids, change, lambda photo: {"kind": photo.kind.value})
