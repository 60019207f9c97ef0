"""`photosort rotate`."""

from __future__ import annotations

from photosort.cli.context import Context
from photosort.cli.exits import DONE
from photosort.cli.output import path_fields, shown
from photosort.usecases.details import details_of
from photosort.usecases.photos import rotation


def run(context: Context) -> int:
    """Rotates photos, or shows them as their files say again."""
    options, session = context.options, context.session
    photo_ids = context.photos(options.paths)
    change = rotation.rotate(session, photo_ids, options.way)
    context.follow(change, asked=photo_ids if options.write_sidecars else ())
    table = []
    for photo_id in photo_ids:
        found = details_of(session, photo_id)
        known = found.photo.effective
        fields = {
            "orientation": found.photo.files[0].user_orientation,
            "width": known.width,
            "height": known.height,
        }
        context.printer.row({**path_fields(found.path), **fields})
        table.append((shown(found.path), f"{known.width} x {known.height}"))
    context.printer.table(("photo", "size as shown"), table)
    return DONE
