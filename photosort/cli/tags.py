"""`photosort tags`."""

from __future__ import annotations

from photosort.cli.context import Context
from photosort.cli.exits import DONE
from photosort.library.tagging import tag_counts


def run(context: Context) -> int:
    """Shows the vocabulary in use with its counts."""
    printer = context.printer
    rows = tag_counts(context.session)
    for row in rows:
        printer.row(
            {
                "name": row.name,
                "parent": row.parent,
                "suggested": row.suggested,
                "confirmed": row.confirmed,
                "rejected": row.rejected,
            }
        )
    used = [row for row in rows if row.suggested or row.confirmed or row.rejected]
    printer.table(
        ("tag", "in", "suggested", "confirmed", "rejected"),
        [
            (
                row.name,
                row.parent or "",
                f"{row.suggested:,}",
                f"{row.confirmed:,}",
                f"{row.rejected:,}",
            )
            for row in used
        ],
    )
    printer.say(f"{len(rows):,} tags in the vocabulary, {len(used):,} in use.")
    return DONE
