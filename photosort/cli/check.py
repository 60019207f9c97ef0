"""`photosort check`."""

from __future__ import annotations

from photosort.cli.context import Context
from photosort.cli.exits import DONE, SOME_FILES_FAILED
from photosort.usecases.checking import check


def run(context: Context) -> int:
    """Verifies library, index, thumbnails, keyword files and originals."""
    printer = context.printer
    findings = context.run_long(
        lambda: check(context.session, repair=context.options.repair, job=context.job)
    )
    for finding in findings:
        printer.row({"part": finding.part, "ok": finding.ok, "detail": finding.detail})
    printer.table(
        ("part", "", "detail"),
        [(f.part, "fine" if f.ok else "damaged", f.detail) for f in findings],
    )
    return DONE if all(finding.ok for finding in findings) else SOME_FILES_FAILED
