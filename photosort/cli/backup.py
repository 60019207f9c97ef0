"""`photosort backup`."""

from __future__ import annotations

from dataclasses import replace

from photosort import settings
from photosort.cli.context import Context
from photosort.cli.exits import DONE
from photosort.cli.output import shown
from photosort.usecases.session import backups


def run(context: Context) -> int:
    """Copies the library, or lists its copies."""
    session, printer = context.session, context.printer
    if context.options.action == "list":
        rows = backups.list_all(session)
    else:
        if context.options.to is not None:
            folder = str(context.options.to.expanduser().absolute())
            session.settings = replace(session.settings, backup_folder=folder)
            settings.save(session.paths.settings, session.settings)
        rows = [context.run_long(lambda: backups.make(session, reason="asked"))]
    table = []
    for one in rows:
        photos = backups.photos_in(one)
        at = one.at.isoformat()
        printer.row({"id": one.id, "at": at, "size": one.size_bytes, "photos": photos})
        held = "damaged" if photos is None else f"{photos:,}"
        table.append((one.id, at, one.reason, f"{one.size_bytes / 1e6:,.1f} MB", held))
    printer.table(("id", "at (UTC)", "reason", "size", "photos"), table)
    folder_now = backups.folder_of(session.paths, session.settings)
    total = sum(one.size_bytes for one in backups.list_all(session))
    printer.remark(f"{total / 1e6:,.1f} MB of copies in {shown(str(folder_now))}")
    if not session.settings.backup_folder:
        printer.remark("Keep them on another disk with: photosort backup --to DIR")
    return DONE
