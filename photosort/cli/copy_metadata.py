"""`photosort copy-metadata`."""

from __future__ import annotations

import os

from photosort.cli.context import Context
from photosort.cli.duplicates import taken_fields
from photosort.cli.exits import DONE
from photosort.cli.output import path_fields, shown
from photosort.usecases.photos.metadata_set import copied, paste
from photosort.usecases.photos.photo_paths import display_paths, photo_at


def run(context: Context) -> int:
    """Gives photos the metadata of another one, or says what that would be."""
    options, session, printer = context.options, context.session, context.printer
    source = photo_at(session, options.source)
    photo_ids = [one for one in context.photos(options.paths) if one != source]
    what = copied(session, source)
    if options.only:
        what = what.only(options.only)
    if not options.dry_run and photo_ids:
        change = paste(session, photo_ids, what)
        context.follow(change, asked=photo_ids if options.write_sidecars else ())
    paths = display_paths(session, photo_ids)
    for photo_id in photo_ids:
        printer.row({**path_fields(os.fspath(paths[photo_id])), "given": taken_fields(what)})
    said = "; ".join(what.parts().values())
    printer.table(("photo", "given"), [(shown(paths[one]), said) for one in photo_ids])
    return DONE
