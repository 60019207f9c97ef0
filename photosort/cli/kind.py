"""`photosort kind`."""

from __future__ import annotations

from photosort.cli.context import Context
from photosort.cli.exits import DONE
from photosort.cli.output import path_fields, shown
from photosort.domain.photos import Kind
from photosort.usecases.details import details_of
from photosort.usecases.photos import decisions


def run(context: Context) -> int:
    """Corrects what kind of picture photos are, or goes back to what they are taken for."""
    options, session, printer = context.options, context.session, context.printer
    photo_ids = context.photos(options.paths)
    kind = None if options.kind == "none" else Kind(options.kind)
    decisions.correct_kind(session, photo_ids, kind)
    table = []
    for photo_id in photo_ids:
        found = details_of(session, photo_id)
        printer.row({**path_fields(found.path), "kind": found.photo.kind.value})
        table.append((shown(found.path), found.photo.kind.value))
    printer.table(("photo", "kind"), table)
    return DONE
