"""`photosort restore`, and what `check --repair` does to a damaged library."""

from __future__ import annotations

import argparse

from photosort import paths, settings
from photosort.cli.exits import DONE
from photosort.cli.output import Printer, counted, shown
from photosort.usecases.session import recovery


def run(options: argparse.Namespace, printer: Printer) -> int:
    """Puts a copy of the library back, or says what that would change."""
    places = paths.locate(options.library, options.home)
    chosen = settings.load(places.settings).settings
    copy = recovery.find(places, chosen, options.id)
    found = recovery.compare(places, copy.path)
    at = copy.at.isoformat()
    printer.row({"id": copy.id, "at": at, "size": copy.size_bytes, "photos": found.backup.photos})
    now = found.now
    rows = [
        (name, f"{value:,}" if now is not None else "-", f"{getattr(found.backup, field):,}")
        for name, field in (
            ("photos", "photos"),
            ("files", "files"),
            ("answers about tags", "tags"),
            ("photos with stars, marks or texts", "rated"),
            ("albums", "albums"),
        )
        for value in [getattr(now, field) if now is not None else 0]
    ]
    printer.table(("", "now", "in the copy"), rows)
    if now is not None and now.last_change > found.backup.last_change:
        printer.say(
            f"{now.last_change - found.backup.last_change:,} changes are younger than the copy."
        )
    if options.dry_run:
        return DONE
    aside = recovery.restore(places, chosen, copy.path)
    printer.say(f"The library of {at} is back.")
    if aside is not None:
        printer.remark(f"What was there before is kept as {shown(str(aside))}")
    return DONE


def recover(options: argparse.Namespace, printer: Printer) -> None:
    """Brings back what can be of a damaged library."""
    places = paths.locate(options.library, options.home)
    made = recovery.recover(places, settings.load(places.settings).settings)
    sources = [f"{made.rows:,} rows of the damaged file"] if made.aside else []
    if made.backup is not None:
        sources.append(f"the copy of {made.backup.at.isoformat()}")
    printer.remark(
        f"A library of {counted(made.photos, 'photo')} was made of {' and '.join(sources) or 'nothing'}; "
        "index your folders once, which adds what their keyword files say."
    )
    if made.aside is not None:
        printer.remark(f"The damaged library is kept as {shown(str(made.aside))}")
