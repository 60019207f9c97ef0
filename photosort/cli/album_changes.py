"""`photosort albums ACTION`: changes albums; each change is one entry of the history."""

from __future__ import annotations

from collections.abc import Callable

from photosort.cli.context import Context
from photosort.cli.exits import DONE
from photosort.cli.output import counted, paths_fields
from photosort.errors import InputProblem
from photosort.usecases.albums import automatic_albums, user_albums
from photosort.usecases.photos.photo_paths import display_paths, photos_below

_UNDO = "Take it back with: photosort undo"


def run(context: Context) -> int:
    """Carries out one action."""
    _ACTIONS[context.options.action](context)
    return DONE


def _make(context: Context) -> None:
    made, _ = user_albums.create(context.session, context.options.name, _given(context))
    _tell(context, made)


def _add(context: Context) -> None:
    album = user_albums.named(context.session, context.options.name)
    user_albums.add(context.session, album.name, _some(context))
    _tell(context, album.id)


def _take_out(context: Context) -> None:
    album = user_albums.named(context.session, context.options.name)
    automatic_albums.remove_photos(context.session, album.id, _some(context))
    _tell(context, album.id)


def _split(context: Context) -> None:
    album = user_albums.named(context.session, context.options.name)
    inside = set(user_albums.photos_of(context.session, album.id))
    chosen = _some(context)
    if not inside.issuperset(chosen):
        raise InputProblem(f"Not all of these photos are in '{album.name}'.")
    made, _ = automatic_albums.split(context.session, album.id, chosen, context.options.into)
    _tell(context, made)


def _merge(context: Context) -> None:
    source = user_albums.named(context.session, context.options.name)
    target = user_albums.named(context.session, context.options.into)
    automatic_albums.merge(context.session, source.id, target.id)
    _tell(context, target.id)


def _rename(context: Context) -> None:
    album = user_albums.named(context.session, context.options.name)
    user_albums.rename(context.session, album.name, context.options.into)
    _tell(context, album.id)


def _keep(context: Context) -> None:
    album = user_albums.named(context.session, context.options.name)
    automatic_albums.keep(context.session, album.id)
    _tell(context, album.id)


def _remove(context: Context) -> None:
    album = user_albums.named(context.session, context.options.name)
    user_albums.delete(context.session, album.name)
    context.printer.row({"id": album.id, "name": album.name, "kind": album.kind, "size": 0})
    context.printer.say(f"'{album.name}' is no more; its photos stay. {_UNDO}")


def _suggestions(context: Context) -> None:
    waiting = automatic_albums.suggestions(context.session)
    names = {one.id: one.name for one in user_albums.list_all(context.session)}
    paths = display_paths(context.session, {photo for row in waiting for photo in row.joins})
    lines = []
    for row in waiting:
        name = names.get(row.album_id or 0, "") if row.album is None else row.album.name
        joins = [paths[photo] for photo in row.joins if photo in paths]
        is_new = row.album is not None
        context.printer.row(
            {"id": row.id, "album": name, "new": is_new, **paths_fields(joins, "joins")}
        )
        lines.append((str(row.id), name, "would be made" if is_new else "", f"{len(joins):,}"))
    context.printer.table(("suggestion", "album", "", "photos"), lines)


def _answer(context: Context) -> None:
    yes = context.options.action == "apply"
    for suggestion in context.options.ids:
        (automatic_albums.apply if yes else automatic_albums.dismiss)(context.session, suggestion)
        context.printer.row({"id": suggestion, "applied": yes})
    context.printer.say(f"{len(context.options.ids):,} answered. {_UNDO}")


_ACTIONS: dict[str, Callable[[Context], None]] = {
    "make": _make,
    "add": _add,
    "take-out": _take_out,
    "split": _split,
    "merge": _merge,
    "rename": _rename,
    "keep": _keep,
    "remove": _remove,
    "suggestions": _suggestions,
    "apply": _answer,
    "dismiss": _answer,
}


def _given(context: Context) -> list[int]:
    session = context.session
    given = context.given(context.options.paths, lambda path: photos_below(session, [path]))
    return photos_below(session, given)


def _some(context: Context) -> list[int]:
    found = _given(context)
    if not found:
        raise InputProblem("Name the photos that this is about.")
    return found


def _tell(context: Context, album_id: int) -> None:
    (album,) = [one for one in user_albums.list_all(context.session) if one.id == album_id]
    context.printer.row(
        {"id": album.id, "name": album.name, "kind": album.kind, "size": album.size}
    )
    context.printer.say(f"'{album.name}' holds {counted(album.size, 'photo')}. {_UNDO}")
