"""`photosort models`."""

from __future__ import annotations

from pathlib import Path

from photosort.cli.context import Context
from photosort.cli.exits import DONE
from photosort.usecases.models import encoder_change, encoders, installation


def run(context: Context) -> int:
    """Lists the encoders, or brings, changes, measures or removes one."""
    options, printer, session = context.options, context.printer, context.session
    if options.action == "download":
        name = context.run_long(
            lambda: installation.download(session, options.name, job=context.job)
        )
        printer.remark(f"{name} is ready. Use it: photosort models use {name}")
    elif options.action == "import":
        name = context.run_long(
            lambda: installation.import_model(
                session, Path(options.file), architecture=options.architecture
            )
        )
        printer.remark(f"{name} is ready. Use it: photosort models use {name}")
    elif options.action == "use":
        context.run_long(lambda: encoder_change.use(session, options.name))
    elif options.action == "remove":
        removal = installation.remove(session, options.name)
        if removal.vectors_kept:
            printer.remark(
                f"What {removal.name} has seen is kept until all photos are upgraded; until then "
                "searches among those photos are approximate."
            )
    if options.bench:
        for one in context.run_long(lambda: installation.bench(session, job=context.job)):
            printer.remark(
                f"{one.name}: {one.photos_per_second:,.1f} photos/s by itself "
                f"({one.device}, {one.dtype}, {one.batch} at once)"
            )
    _list(context)
    return DONE


def _list(context: Context) -> None:
    printer, session = context.printer, context.session
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
                "rung": row.rung,
                "quality": row.quality,
                "commercial_use": row.commercial_use,
            }
        )
    printer.table(
        ("", "model", "for", "licence", "languages", "MB", "photos/s here"),
        [
            (
                "in use" if row.in_use else "here" if row.installed else "",
                row.name,
                row.rung,
                _licence(row),
                ", ".join(row.languages) if len(row.languages) < 4 else f"{len(row.languages)}",
                "" if row.size_mb is None else f"{row.size_mb:,.0f}",
                "" if row.photos_per_second is None else f"{row.photos_per_second:,.1f}",
            )
            for row in rows
        ],
    )
    printer.remark(encoders.device_sentence())
    change = encoder_change.upgrade(session)
    if not change.is_complete:
        printer.remark(
            f"{change.upgraded:,} of {change.seen:,} photos upgraded to {change.name}; the others are "
            "searched with the model before. To go on: photosort index"
        )


def _licence(row: encoders.EncoderRow) -> str:
    said = row.licence or ""
    return f"{said} (not for commercial use)" if row.commercial_use is False else said
