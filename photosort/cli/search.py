"""`photosort search`."""

from __future__ import annotations

from photosort.cli.context import Context
from photosort.cli.exits import DONE
from photosort.cli.output import path_fields, shown
from photosort.library.querying import search


def run(context: Context) -> int:
    """Searches with the query language; without `--all` stops where good matches end."""
    options, printer = context.options, context.printer
    result = search(
        context.session,
        " ".join(options.query),
        limit=options.limit,
        folder=options.folder,
        include_weak=options.all,
    )
    for hit in result.hits:
        printer.row(
            {
                **path_fields(hit.path),
                "score": hit.score if hit.score is None else round(hit.score, 4),
                "match": hit.match,
                "photo_id": hit.photo_id,
            }
        )
    printer.table(
        ("match", "score", "photo"),
        [
            (h.match, "" if h.score is None else f"{h.score:.2f}", shown(h.path))
            for h in result.hits
        ],
    )
    if result.searchable < result.total:
        printer.remark(f"{result.searchable:,} of {result.total:,} photos are searchable so far.")
    if not result.hits and not result.total:
        printer.remark("The library is empty. Add photos with: photosort index FOLDER")
    elif not result.strong:
        printer.remark("Nothing in your library is like this.")
    if result.weak and not options.all:
        printer.remark(f"{result.weak:,} weaker matches; add --all to see them.")
    return DONE
