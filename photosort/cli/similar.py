"""`photosort similar`."""

from __future__ import annotations

from photosort.cli.context import Context
from photosort.cli.exits import DONE
from photosort.cli.output import path_fields, shown
from photosort.usecases.search.similarity import similar


def run(context: Context) -> int:
    """Lists the photos most like one, which need not be in the library."""
    printer = context.printer
    hits = similar(context.session, context.options.photo, limit=context.options.limit)
    for hit in hits:
        printer.row(
            {**path_fields(hit.path), "score": round(hit.score, 4), "photo_id": hit.photo_id}
        )
    printer.table(("likeness", "photo"), [(f"{hit.score:.2f}", shown(hit.path)) for hit in hits])
    return DONE
