"""`photosort roots`."""

from __future__ import annotations

from photosort.cli.context import Context
from photosort.cli.exits import DONE
from photosort.cli.output import path_fields, shown
from photosort.usecases.photos import roots


def run(context: Context) -> int:
    """Shows the folders of the library, or removes one."""
    session, printer = context.session, context.printer
    removing = context.options.action == "remove"
    rows = [roots.find(session, context.options.folder)] if removing else roots.known(session)
    counts = roots.photo_counts(session)
    for root in rows:
        if removing:
            roots.remove(session, root.id)
        count = counts.get(root.id, 0)
        printer.row({**path_fields(root.path), "photos": count})
        if removing:
            printer.say(
                f"{shown(root.path)} and its {count:,} photos left the library; "
                "`photosort undo` brings them back. The files are as they were."
            )
    if not removing:
        table = [
            (shown(one.path), f"{counts.get(one.id, 0):,}", "" if one.online else "not connected")
            for one in rows
        ]
        printer.table(("folder", "photos", ""), table)
    return DONE
