"""`photosort problems`."""

from __future__ import annotations

from photosort.cli.context import Context
from photosort.cli.exits import DONE
from photosort.cli.output import path_fields, shown
from photosort.usecases.photos import problems


def run(context: Context) -> int:
    """Lists the files that could not be used."""
    printer = context.printer
    rows = problems.list_all(context.session)
    for one in rows:
        printer.row({**path_fields(one.path), "reason": one.reason})
    printer.table(("file", "reason"), [(shown(one.path), one.reason) for one in rows])
    if not rows:
        printer.remark("No problems: every file of the library can be used.")
    return DONE
