"""`photosort models`."""

from __future__ import annotations

from photosort.cli.context import Context
from photosort.cli.exits import DONE
from photosort.library import encoders


def run(context: Context) -> int:
    """Lists the encoders and the device, or changes the encoder in use."""
    options, printer, session = context.options, context.printer, context.session
    if options.action == "use":
        encoders.use(session, options.name)
    rows = encoders.catalogue(session)
    for row in rows:
        printer.row(
            {
                "name": row.name,
                "licence": row.licence,
                "dim": row.dim,
                "size_mb": row.size_mb,
                "languages": list(row.languages),
                "installed": row.installed,
                "in_use": row.in_use,
                "photos_per_second": row.photos_per_second,
            }
        )
    printer.table(
        ("", "model", "licence", "languages", "MB", "photos/s here"),
        [
            (
                "in use" if row.in_use else "",
                row.name,
                row.licence or "",
                ", ".join(row.languages),
                "" if row.size_mb is None else f"{row.size_mb:,.0f}",
                "" if row.photos_per_second is None else f"{row.photos_per_second:,.1f}",
            )
            for row in rows
        ],
    )
    printer.remark(encoders.device_sentence())
    return DONE
