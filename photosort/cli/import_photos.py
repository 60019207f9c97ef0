"""`photosort import`."""

from __future__ import annotations

import os
from pathlib import Path

from photosort.cli.context import Context
from photosort.cli.exits import CANCELLED, DONE, SOME_FILES_FAILED
from photosort.cli.output import counted, path_fields, shown
from photosort.progress import Job
from photosort.sentences import counted_photos
from photosort.usecases.importing import template
from photosort.usecases.importing.copying import ImportRun, check_apart, copy
from photosort.usecases.importing.known_contents import KnownContents
from photosort.usecases.importing.registering import register
from photosort.usecases.importing.source import Source, look
from photosort.usecases.indexing.index_run import index
from photosort.usecases.photos import roots
from photosort.usecases.session import backups


def run(context: Context) -> int:
    """Copies what is new on a card, a phone or in a folder into a folder of the library."""
    options, session, job = context.options, context.session, context.job
    places = template.parse(options.template)
    to = Path(options.to).expanduser().resolve()
    check_apart(roots.require_folder(options.source).resolve(), to)

    def work() -> tuple[Source, ImportRun]:
        found = look(options.source, KnownContents(session, to, check=job.check), job=job)
        return found, copy(session, found, to, places, job=job, dry_run=options.dry_run)

    found, done = context.run_long(work)
    is_cancelled, unusable = done.cancelled, 0
    if not options.dry_run:
        # With a job of its own: what was copied before a cancel is registered as well.
        unusable = context.run_long(lambda: register(session, done, job=Job())).new_problems
        if done.stopped is not None:
            raise done.stopped
        if done.brings_files and not is_cancelled:
            summary = context.run_long(lambda: index(session, [os.fspath(to)], job=job))
            backups.make_if_due(session)
            is_cancelled = summary.cancelled
            unusable += summary.new_problems
    _print(context, found, done)
    if unusable:
        files = counted(unusable, "file")
        context.printer.remark(f"{files} could not be used (see: photosort problems)")
    if is_cancelled:
        return CANCELLED
    return SOME_FILES_FAILED if done.problems or unusable else DONE


def _print(context: Context, found: Source, done: ImportRun) -> None:
    printer, is_dry = context.printer, context.options.dry_run
    for file in done.files:
        source, target = os.fspath(file.source), os.fspath(file.target)
        row = {**path_fields(source, "from"), **path_fields(target, "to"), "skipped": file.skipped}
        printer.row(row)
    copied = [file for file in done.files if file.skipped is None]
    table = [(shown(os.fspath(one.source)), shown(os.fspath(one.target))) for one in copied]
    printer.table(("from", "to"), table)
    for path, reason in done.problems:
        printer.remark(f"{shown(path)}: {reason}")
    if found.other_files:
        others = counted(found.other_files, "other file")
        printer.remark(f"{others} in {shown(os.fspath(found.folder))} are no photos; not imported.")
    said = f"{counted_photos(done.photos)} {'would be imported' if is_dry else 'imported'}"
    printer.say(f"{said}, {done.skipped:,} there already.")
    if done.is_complete and not is_dry:
        printer.say(
            f"Everything in {shown(os.fspath(found.folder))} is in the library; it can be removed."
        )
