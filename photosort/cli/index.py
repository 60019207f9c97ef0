"""`photosort index`."""

from __future__ import annotations

from dataclasses import asdict

from photosort.cli.context import Context
from photosort.cli.exits import CANCELLED, DONE, SOME_FILES_FAILED
from photosort.cli.output import Printer, counted, duration, report_conflicts
from photosort.usecases.indexing.index_run import index
from photosort.usecases.indexing.summary import IndexSummary
from photosort.usecases.photos import roots
from photosort.usecases.session import backups
from photosort.usecases.sidecars.sidecar_conflicts import conflicts


def run(context: Context) -> int:
    """Indexes the folders, or all known ones when none is given."""
    options = context.options
    folders = context.given(options.folders, roots.require_folder)
    summary = context.run_long(
        lambda: index(
            context.session,
            folders,
            job=context.job,
            model=options.model,
            reread=options.reread,
        )
    )
    backups.make_if_due(context.session)
    context.printer.row(asdict(summary))
    describe(context.printer, summary)
    report_conflicts(context.printer, conflicts(context.session))
    if summary.cancelled:
        return CANCELLED
    asked_for = options.strict or options.reread
    failed = summary.unreadable if asked_for else summary.new_problems
    return SOME_FILES_FAILED if failed else DONE


def describe(printer: Printer, summary: IndexSummary) -> None:
    """The summary of a run, for people."""
    counts = (
        (summary.new, "new"),
        (summary.changed, "changed"),
        (summary.moved, "moved"),
        (summary.missing, "missing"),
        (summary.offline, "on drives that are not connected"),
        (summary.unreadable, "could not be used (see: photosort problems)"),
    )
    news = ", ".join(f"{count:,} {word}" for count, word in counts if count) or "nothing new"
    printer.say(f"{counted(summary.photos, 'photo')} in {counted(summary.files, 'file')}: {news}.")
    if summary.embedded:
        rate = f"{summary.photos_per_second:,.1f} photos/s"
        printer.say(f"{summary.embedded:,} read in {duration(summary.seconds)}, {rate}.")
    if summary.notice:
        printer.remark(summary.notice)
