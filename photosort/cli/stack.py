"""`photosort stack`."""

from __future__ import annotations

from collections.abc import Sequence

from photosort.cli.context import Context
from photosort.cli.exits import DONE
from photosort.cli.output import path_fields, shown
from photosort.usecases.duplicates import stacks
from photosort.usecases.photos import photo_paths, photo_table


def run(context: Context) -> int:
    """Stacks photos, or puts one on top of its stack."""
    session, photo_ids = context.session, context.photos(context.options.paths)
    if context.options.top:
        for photo_id in photo_ids:
            stacks.put_on_top(session, photo_id)
    else:
        stacks.join(session, photo_ids)
    return tell(context, photo_ids)


def tell(context: Context, photo_ids: Sequence[int]) -> int:
    """Says of photos in which stacks they are."""
    session, printer = context.session, context.printer
    found = stacks.load_stacks(session, photo_table.load(session))
    paths = photo_paths.display_paths(session, photo_ids)
    table = []
    for photo_id in photo_ids:
        members = found.with_photo(photo_id)
        is_stacked = len(members) > 1
        printer.row(
            {
                **path_fields(paths[photo_id]),
                "photo_id": photo_id,
                "stack": list(members) if is_stacked else [],
                "on_top": is_stacked and members[0] == photo_id,
            }
        )
        said = f"{len(members)} photos" if is_stacked else "none"
        table.append(
            (shown(paths[photo_id]), said, "yes" if is_stacked and members[0] == photo_id else "")
        )
    printer.table(("photo", "stack", "on top"), table)
    return DONE
