"""`photosort export`."""

from __future__ import annotations

from pathlib import Path

from photosort.cli.context import Context, gather_paths
from photosort.cli.exits import CANCELLED, DONE, SOME_FILES_FAILED
from photosort.cli.output import path_fields, shown
from photosort.errors import InputProblem
from photosort.usecases.exporting import ExportOptions, ExportRun, export
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
    photo_ids = _photos(context)
    done = context.run_long(lambda: export(context.session, photo_ids, options, job=context.job))
    _print(context, done)
    if done.cancelled:
        return CANCELLED
    return SOME_FILES_FAILED if done.problems else DONE


def _photos(context: Context) -> list[int]:
    query, files_from = " ".join(context.options.query), context.options.files_from
    if bool(query) == bool(files_from):
        raise InputProblem("Give either a query or --files-from FILE.")
    if files_from:
        return photos_below(context.session, gather_paths([], files_from))
    return photos_of_query(context.session, query)


def _print(context: Context, done: ExportRun) -> None:
    printer = context.printer
    for one in done.files:
        printer.row({**_named("from", one.source), **_named("to", one.target)})
    printer.table(("from", "to"), [(shown(one.source), shown(one.target)) for one in done.files])
    for path, reason in (*done.problems, *done.notes):
        printer.remark(f"{shown(path)}: {reason}")
    if not done.files and not done.problems:
        printer.remark("No photos to export.")


def _named(name: str, path: str) -> dict[str, str | None]:
    return {key.replace("path", name): value for key, value in path_fields(path).items()}
