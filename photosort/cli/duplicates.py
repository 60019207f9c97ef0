"""`photosort duplicates`."""

from __future__ import annotations

from collections.abc import Sequence

from photosort.cli.context import Context
from photosort.cli.exits import DONE
from photosort.cli.output import path_fields, shown
from photosort.errors import InputProblem
from photosort.usecases.duplicates.detection import DuplicateGroup, find_duplicates
from photosort.usecases.duplicates.review import mark_not_duplicates
from photosort.usecases.photos.photo_paths import photo_at

_FEWEST = 2
_LANES = {"exact": "same bytes", "near": "same picture", "burst": "one moment"}


def run(context: Context) -> int:
    """Lists groups of photos of which one may be enough, or remembers what is none."""
    if context.options.apart:
        return _tell_apart(context, context.options.apart)
    printer = context.printer
    groups = context.run_long(lambda: find_duplicates(context.session, job=context.job))
    for group in groups:
        printer.row(_fields(group))
    printer.table(
        ("why", "best", "others"),
        [
            (
                _LANES[group.lane] + "".join(f"; {one.text}" for one in group.why[1:]),
                shown(group.best),
                "\n".join(shown(path) for path in group.paths[1:]),
            )
            for group in groups
        ],
    )
    if not groups:
        printer.remark("No duplicates.")
    return DONE


def _tell_apart(context: Context, paths: Sequence[str]) -> int:
    ids = {photo_at(context.session, path) for path in paths}
    if len(ids) < _FEWEST:
        raise InputProblem("Name at least two photos that are no duplicates of each other.")
    change = mark_not_duplicates(context.session, ids)
    context.printer.row({"apart": sorted(ids), "history_id": change.history_id})
    context.printer.say(f"{change.action}.")
    return DONE


def _fields(group: DuplicateGroup) -> dict[str, object]:
    return {
        "lane": group.lane,
        "best": path_fields(group.best)["path"],
        "why": [{"text": one.text, "weight": round(one.weight, 3)} for one in group.why],
        "photos": [path_fields(path)["path"] for path in group.paths],
        "photo_ids": list(group.photo_ids),
    }
