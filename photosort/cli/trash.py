"""`photosort trash`."""

from __future__ import annotations

import os

from photosort.cli.context import Context
from photosort.cli.exits import CANCELLED, DONE, SOME_FILES_FAILED
from photosort.cli.output import path_fields, shown
from photosort.errors import InputProblem
from photosort.sentences import counted_photos
from photosort.usecases.photos import trash


def run(context: Context) -> int:
    """Moves photos to the wastebasket, or says what would go."""
    options, printer, session = context.options, context.printer, context.session
    named = options.paths or options.files_from is not None
    if bool(named) is options.discarded:
        raise InputProblem("Name photos, or --discarded for all that are marked so.")
    photo_ids = context.photos(options.paths) if named else trash.discarded(session)
    wanted = trash.plan(session, photo_ids)
    going = [path for one in wanted.photos for path in one.paths]
    staying, cancelled = wanted.staying, False
    if options.yes and wanted.photos:
        made = context.run_long(lambda: trash.trash(session, wanted, job=context.job))
        going, staying, cancelled = list(made.gone), made.staying, made.cancelled
    for moved in going:
        row = {"gone": options.yes, "reason": None}
        printer.row({**path_fields(os.fspath(moved)), **row})
    for path, reason in staying:
        printer.row({**path_fields(path), "gone": False, "reason": reason})
    printer.table(("file",), [(shown(os.fspath(path)),) for path in going])
    printer.table(("stays", "why"), [(shown(path), reason) for path, reason in staying])
    if options.yes:
        printer.say(f"{len(going):,} files are in the wastebasket. Bring them back: photosort undo")
    else:
        along = "".join(f", {one}" for one in wanted.going_along())
        photos = counted_photos(len(wanted.photos))
        printer.say(f"{photos}{along} would go to the wastebasket. Move them: --yes")
    if cancelled:
        return CANCELLED
    return SOME_FILES_FAILED if staying else DONE
