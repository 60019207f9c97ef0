"""`photosort unstack`."""

from __future__ import annotations

from photosort.cli.context import Context
from photosort.cli.stack import tell
from photosort.usecases.duplicates import stacks


def run(context: Context) -> int:
    """Takes photos out of their stacks."""
    photo_ids = context.photos(context.options.paths)
    stacks.split(context.session, photo_ids)
    return tell(context, photo_ids)
