"""`photosort export`."""

from __future__ import annotations

from pathlib import Path

from photosort.cli.context import Context
from photosort.cli.exits import CANCELLED, DONE, SOME_FILES_FAILED
from photosort.cli.output import path_fields, shown
from photosort.errors import InputProblem
from photosort.usecases.exporting import ExportOptions, ExportRun, export
from photosort.usecases.photos import roots
from photosort.usecases.photos.photo_paths import photos_below
from photosort.usecases.search.query_results import photos_of_query


def run(context: Context) -> int:
    """Copies the photos of a query or a list to a folder."""
    wanted = context.options
    removes = True if wanted.no_location else False if wanted.keep_location else None
    options = ExportOptions(
        to=Path(wanted.to).expanduser().absolute(),
        by=wanted.by,
        link=wanted.link,
        size_px=wanted.size,
        as_jpeg=wanted.jpeg,
        remove_location=removes,
        embed_metadata=wanted.embed_metadata,
    )
    options.check()
    inside = roots.locate(context.session, str(options.to))
    if inside is not None and not wanted.yes:
        raise InputProblem(
            f"{options.to} lies in {inside[0].path}, a folder of the library, which would take the copies in as "
            "photos. Add --yes to export there all the same."
        )
    photo_ids = _photos(context)
    done = context.run_long(lambda: export(context.session, photo_ids, options, job=context.job))
    _print(context, done)
    if done.cancelled:
        return CANCELLED
    return SOME_FILES_FAILED if done.problems else DONE


def _photos(context: Context) -> list[int]:
    session = context.session
    query, files_from = " ".join(context.options.query), context.options.files_from
    if bool(query) == bool(files_from):
        raise InputProblem("Give either a query or --files-from FILE.")
    if files_from:
        return photos_below(session, context.given([], lambda path: photos_below(session, [path])))
    return photos_of_query(session, query)


def _print(context: Context, done: ExportRun) -> None:
    printer = context.printer
    for one in done.files:
        printer.row({**path_fields(one.source, "from"), **path_fields(one.target, "to")})
    printer.table(("from", "to"), [(shown(one.source), shown(one.target)) for one in done.files])
    for path, reason in (*done.problems, *done.notes):
        printer.remark(f"{shown(path)}: {reason}")
    if not done.files and not done.problems:
        printer.remark("No photos to export.")
