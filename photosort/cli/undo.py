"""`photosort undo`."""

from __future__ import annotations

from photosort.cli.context import Context
from photosort.cli.exits import DONE
from photosort.usecases import undoing


def run(context: Context) -> int:
    """Takes back a change, or brings it back, or lists what there is."""
    options, printer, session = context.options, context.printer, context.session
    if options.listing:
        entries = undoing.entries(session)
    else:
        change = undoing.undo(session, options.id, redo=options.redo)
        entries = [undoing.entry_of(session, change)]
        context.follow(change)
        if change.shortfall:
            printer.remark(change.shortfall)
    for entry in entries:
        printer.row(
            {"id": entry.id, "at": entry.at, "action": entry.action, "undone": entry.undone}
        )
    if options.listing:
        printer.table(
            ("id", "at", "action", ""),
            [
                (str(entry.id), entry.at, entry.action, "undone" if entry.undone else "")
                for entry in entries
            ],
        )
    else:
        verb = "Redone" if options.redo else "Undone"
        printer.say(f"{verb}: {entries[0].action}.")
    return DONE
