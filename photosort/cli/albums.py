"""`photosort albums`."""

from __future__ import annotations

from photosort.cli import album_changes
from photosort.cli.context import Context
from photosort.cli.exits import DONE
from photosort.cli.output import counted, path_fields, paths_fields, shown
from photosort.errors import InputProblem
from photosort.usecases.albums.album_list import AlbumEntry, list_albums
from photosort.usecases.albums.automatic_albums import Grouped, group
from photosort.usecases.albums.english_names import reason_of_album
from photosort.usecases.compare_sets import of_sets


def run(context: Context) -> int:
    """Groups the library and shows its albums."""
    session, options, printer = context.session, context.options, context.printer
    if options.action is not None:
        return album_changes.run(context)
    if options.apart is not None:
        return _tell_apart(context)
    done = context.run_long(lambda: group(session, context.job, rebuild=options.rebuild))
    entries = [one for one in list_albums(session) if options.kind in {None, one.kind}]
    for entry in entries:
        printer.row(as_json(entry))
    printer.table(
        ("album", "kind", "photos", "why"),
        [
            (f"{'  ' * entry.depth}{entry.name}", entry.kind, f"{entry.size:,}", _first(entry))
            for entry in entries
        ],
    )
    printer.say(_said(len(entries), done))
    return DONE


def _tell_apart(context: Context) -> int:
    names = context.options.apart
    if len(names) > 2:
        raise InputProblem("Name one album or search, or two, each in quotes.")
    name, other = names[0], names[1] if len(names) == 2 else None
    found = context.run_long(lambda: of_sets(context.session, name, other, context.job))
    for one in found:
        context.printer.row(
            {"text": one.text, "of_these": round(one.of_these, 4), "of_rest": round(one.of_rest, 4)}
        )
    context.printer.table(
        ("word", "of these", "of the others"),
        [(one.text, f"{one.of_these:.0%}", f"{one.of_rest:.0%}") for one in found],
    )
    return DONE


def as_json(entry: AlbumEntry) -> dict[str, object]:
    """One album's row, every key present."""
    return {
        "id": entry.id,
        "name": entry.name,
        "kind": entry.kind,
        "parent": entry.parent,
        "size": entry.size,
        **path_fields(entry.cover, "cover"),
        "why": [{"text": reason_of_album(one), "weight": one.weight} for one in entry.why],
        "names": list(entry.others),
        **paths_fields(entry.photos, "photos"),
    }


def _first(entry: AlbumEntry) -> str:
    return shown(reason_of_album(entry.why[0])) if entry.why else ""


def _said(count: int, done: Grouped) -> str:
    said = f"{counted(count, 'album')}."
    if done.made or done.changed or done.removed:
        said += f" {done.made:,} made, {done.changed:,} changed, {done.removed:,} removed."
    if done.waiting:
        said += f" {done.waiting:,} suggestions wait: photosort albums suggestions"
    return said
