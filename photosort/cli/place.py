"""`photosort place`."""

from __future__ import annotations

from photosort.cli.context import Context
from photosort.cli.date import held, row
from photosort.cli.exits import DONE
from photosort.usecases.photos import place_changes
from photosort.usecases.photos.photo_paths import photo_at


def run(context: Context) -> int:
    """Sets or removes the place of photos."""
    options, session = context.options, context.session
    photo_ids = context.photos(options.paths)
    if options.at is not None:
        place = place_changes.parse_place(options.at)
    elif options.town is not None:
        place = place_changes.place_of_town(options.town)
    elif options.like is not None:
        place = place_changes.place_of_photo(session, photo_at(session, options.like))
    else:
        place = None
    if not options.dry_run:
        change = place_changes.set_place(session, photo_ids, place)
        context.follow(change, asked=photo_ids if options.write_sidecars else ())
    for photo_id in photo_ids:
        row(context, photo_id, held(context, photo_id)[0], place)
    return DONE
