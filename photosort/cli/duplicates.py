"""`photosort duplicates`."""

from __future__ import annotations

from collections.abc import Sequence

from photosort.cli.context import Context
from photosort.cli.exits import DONE
from photosort.cli.output import counted, path_fields, paths_fields, shown
from photosort.errors import InputProblem
from photosort.usecases.duplicates.detection import DuplicateGroup, find_duplicates
from photosort.usecases.duplicates.duplicate_review import discard, mark_not_duplicates, surplus
from photosort.usecases.photos.metadata_set import MetadataSet
from photosort.usecases.photos.photo_paths import photo_at

_FEWEST = 2
_LANES = {"exact": "same bytes", "near": "same picture", "burst": "one moment"}


def run(context: Context) -> int:
    """Lists groups of photos of which one may be enough, or remembers what is none."""
    if context.options.apart:
        return _tell_apart(context, context.options.apart)
    printer, options = context.printer, context.options
    acts = options.keep is not None or options.flag is not None
    if acts and (options.keep is None or options.flag is None):
        raise InputProblem("--keep best and --flag discard belong together.")
    if not acts and (options.all or options.dry_run):
        raise InputProblem("--all and --dry-run belong to --keep best --flag discard.")
    groups = context.run_long(lambda: find_duplicates(context.session, job=context.job))
    if acts:
        return _act(context, groups)
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


def _act(context: Context, groups: Sequence[DuplicateGroup]) -> int:
    """Discards all but the best of each sure group, or of all groups, as one entry of the history."""
    options, printer = context.options, context.printer
    chosen = [group for group in groups if group.is_sure or options.all]
    found = dict(zip(map(id, chosen), surplus(context.session, chosen), strict=True))
    acting = [(one.keeper, one.others) for one in found.values() if one.others]
    discarded = sorted({one for _, others in acting for one in others})
    if acting and not options.dry_run:
        context.follow(discard(context.session, acting))
    table = []
    for group in groups:
        one = found.get(id(group))
        going = one.others if one is not None else ()
        printer.row(
            {
                **_fields(group),
                "action": "discard" if going else None,
                "discarded": list(going),
                "taken": taken_fields(one.taken) if one is not None and going else None,
            }
        )
        paths = dict(zip(group.photo_ids, group.paths, strict=True))
        said = "; ".join(one.taken.parts().values()) if one is not None else ""
        table += [(shown(group.best), shown(paths[photo]), said) for photo in going]
    printer.table(("kept", "discarded", "the one that is kept takes over"), table)
    unsure = sum(group.lane != "exact" for group in groups) - sum(
        group.lane != "exact" for group in chosen
    )
    if unsure:
        printer.remark(
            f"{unsure:,} groups are not sure and were left as they are; --all takes them in."
        )
    did = (
        "would be discarded" if options.dry_run else "discarded. Take it back with: photosort undo"
    )
    printer.say(f"{counted(len(discarded), 'photo')} {did}")
    return DONE


def _tell_apart(context: Context, paths: Sequence[str]) -> int:
    ids = {photo_at(context.session, path) for path in paths}
    if len(ids) < _FEWEST:
        raise InputProblem("Name at least two photos that are no duplicates of each other.")
    change = mark_not_duplicates(context.session, ids)
    context.printer.row({"apart": sorted(ids), "history_id": change.history_id})
    context.printer.say(f"{change.action}.")
    return DONE


def taken_fields(taken: MetadataSet) -> dict[str, object]:
    """What photos are given, every key present."""
    return {
        "tags": list(taken.tags),
        "albums": [name for _, name in taken.albums],
        "rating": taken.rating,
        "title": taken.title,
        "caption": taken.caption,
        "taken_at": taken.date[0] if taken.date else None,
        "latitude": taken.place[0] if taken.place else None,
        "longitude": taken.place[1] if taken.place else None,
    }


def _fields(group: DuplicateGroup) -> dict[str, object]:
    return {
        "lane": group.lane,
        **path_fields(group.best, "best"),
        "why": [{"text": one.text, "weight": round(one.weight, 3)} for one in group.why],
        **paths_fields(group.paths, "photos"),
        "photo_ids": list(group.photo_ids),
        "files": [
            {**path_fields(path), "photo_id": photo_id}
            for path, photo_id in zip(group.paths, group.photo_ids, strict=True)
        ],
    }
