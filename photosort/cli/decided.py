"""What the commands that decide about photos share: keyword files follow, and the result is printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from photosort.cli.context import Context
from photosort.cli.exits import DONE
from photosort.cli.output import path_fields, shown
from photosort.usecases.details import details_of

if TYPE_CHECKING:
    from photosort.domain.changes import ChangeSet
    from photosort.domain.photos import Photo


def tell(
    context: Context,
    photo_ids: Sequence[int],
    change: ChangeSet,
    fields: Callable[[Photo], dict[str, str | int | None]],
) -> int:
    """Says what photos show after a decision about them.

    Args:
        context: of the command.
        photo_ids: the photos, in the order in which they were named.
        change: what was decided.
        fields: what to say of each.
    """
    context.follow(change, asked=photo_ids if context.options.write_sidecars else ())
    table: list[tuple[str, ...]] = []
    names: tuple[str, ...] = ("photo",)
    for photo_id in photo_ids:
        found = details_of(context.session, photo_id)
        known = fields(found.photo)
        context.printer.row({**path_fields(found.path), **known})
        names = ("photo", *known)
        said = ("" if value is None else str(value) for value in known.values())
        table.append((shown(found.path), *said))
    context.printer.table(names, table)
    return DONE
