"""Automatic albums and what a new grouping would change in them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from photosort.domain.albums import (
    AlbumDescription,
    AlbumSuggestion,
    Evidence,
    HeldAlbum,
    PlannedAlbum,
    Title,
)
from photosort.store.db.codec import now

if TYPE_CHECKING:
    from photosort.store.db.database import Store
    from photosort.store.db.history import Recorder

# What can make another grouping find what the last one did not: photos, vectors, and what a person said or took back.
_WHAT_IS_GROUPED = """
    SELECT coalesce((SELECT max(id) FROM photos), 0) || ' ' || coalesce((SELECT max(id) FROM vectors), 0)
        || ' ' || coalesce((SELECT max(id) FROM history), 0) || ' ' || (SELECT count(undone_at) FROM history)
"""


def held(store: Store) -> list[HeldAlbum]:
    """All automatic albums, removed ones included."""
    members: dict[int, tuple[set[int], set[int], set[int]]] = {}
    for album_id, photo_id, pinned, excluded in store.rows(
        "SELECT album_id, photo_id, pinned, excluded FROM album_photos JOIN albums"
        " ON albums.id = album_id WHERE kind IN ('event', 'theme')"
    ):
        place = 2 if excluded else 1 if pinned else 0
        members.setdefault(album_id, (set(), set(), set()))[place].add(photo_id)
    nobody: tuple[set[int], set[int], set[int]] = (set(), set(), set())
    return [
        HeldAlbum(
            row[0], row[1], row[2], row[3], bool(row[4]), bool(row[5]),
            *map(frozenset, members.get(row[0], nobody)),
        )
        for row in store.rows(
            "SELECT id, kind, parent_id, name, name_pinned, hidden FROM albums"
            " WHERE kind IN ('event', 'theme') ORDER BY id"
        )
    ]  # fmt: skip


def user_albums(store: Store) -> list[frozenset[int]]:
    """The photos of each album that a person made."""
    members: dict[int, set[int]] = {}
    for album_id, photo_id in store.rows(
        "SELECT album_id, photo_id FROM album_photos JOIN albums ON albums.id = album_id"
        " WHERE kind = 'manual' AND NOT excluded"
    ):
        members.setdefault(album_id, set()).add(photo_id)
    return [frozenset(held) for held in members.values()]


def is_grouped(store: Store) -> bool:
    """Whether a grouping was ever made."""
    return bool(
        store.value("SELECT EXISTS (SELECT 1 FROM albums WHERE kind IN ('event', 'theme'))")
    )


def found_nothing(store: Store) -> bool:
    """Whether a grouping made no album, and nothing has changed since that it could see."""
    kept = store.value("SELECT value FROM meta WHERE key = 'grouped_nothing_of'")
    return kept is not None and kept == store.value(_WHAT_IS_GROUPED)


def set_found_nothing(store: Store) -> None:
    """Says that a grouping of all that is there made no album."""
    _set_meta(store, "grouped_nothing_of", _WHAT_IS_GROUPED)


def newest_grouped(store: Store) -> int:
    """The highest photo id that a grouping has seen; photos above it arrived since."""
    return int(store.value("SELECT value FROM meta WHERE key = 'newest_grouped'") or 0)


def set_newest_grouped(store: Store) -> None:
    """Says that a grouping has seen all photos that are there."""
    _set_meta(store, "newest_grouped", "SELECT coalesce(max(id), 0) FROM photos")


def _set_meta(store: Store, key: str, query: str) -> None:
    with store.atomic():
        store.db.table("meta").insert({"key": key, "value": store.value(query)}, replace=True)


def has_arrivals(store: Store) -> bool:
    """Whether photos arrived since the last grouping."""
    sql = "SELECT EXISTS (SELECT 1 FROM photos WHERE id > ? AND main_file_id IS NOT NULL)"
    return bool(store.value(sql, [newest_grouped(store)]))


def facts(store: Store) -> dict[int, tuple[int | None, int | None, int]]:
    """When the first and the last photo of each album were taken (milliseconds since 1970), and its first photo."""
    rows = store.rows(
        "SELECT album_id, min(taken_sort), max(taken_sort), min(photo_id) FROM album_photos"
        " JOIN photos ON photos.id = photo_id WHERE NOT excluded GROUP BY album_id"
    )
    return {row[0]: (row[1], row[2], row[3]) for row in rows}


def count_outside(store: Store, kinds: Sequence[str]) -> int:
    """How many photos are of none of these kinds."""
    marks = ",".join("?" * len(kinds))
    sql = f"SELECT count(*) FROM photos WHERE main_file_id IS NOT NULL AND kind NOT IN ({marks})"
    return int(store.value(sql, kinds))


def reasons(
    store: Store, album_ids: Iterable[int]
) -> dict[int, tuple[list[Evidence], list[Title]]]:
    """Why albums are what they are, and other names for them, by id."""
    wanted = set(album_ids)
    return {
        row[0]: (_evidence(json.loads(row[1])), _titles(json.loads(row[2])))
        for row in store.rows("SELECT id, why, names FROM albums")
        if row[0] in wanted
    }


def titles(store: Store) -> dict[int, Title]:
    """What albums are called, in parts, by id; without those that a person or an older version named."""
    rows = store.rows(
        "SELECT id, title FROM albums WHERE title IS NOT NULL AND NOT name_pinned AND NOT hidden"
    )
    return {row[0]: Title(**json.loads(row[1])) for row in rows}


def add(
    changes: Recorder,
    albums: Sequence[PlannedAlbum],
    photos: Sequence[Sequence[int]],
    parents: Sequence[int | None],
    places: Mapping[int, int],
) -> list[int]:
    """Makes automatic albums; returns their ids.

    Args:
        changes: the recording that they belong to.
        albums: parents before what they hold.
        photos: the photos of each.
        parents: for each the id of an album that is there and holds it, or None.
        places: place in the whole plan to place in `albums`, for parents among them.
    """
    ids: list[int] = []
    for album, above in zip(albums, parents, strict=True):
        if above is None and album.parent is not None and album.parent in places:
            above = ids[places[album.parent]]  # noqa: PLW2901
        ids += changes.insert(
            "albums",
            {
                "name": [album.name],
                "kind": album.kind,
                "parent_id": above,
                "cover_photo_id": album.cover,
                "title": None if album.title is None else json.dumps(asdict(album.title)),
                "why": json.dumps([asdict(one) for one in album.why]),
                "names": json.dumps([asdict(one) for one in album.others]),
                "created_at": now(),
            },
        )
    keys = [(album_id, photo) for album_id, held in zip(ids, photos, strict=True) for photo in held]
    positions = [float(place) for held in photos for place in range(len(held))]
    changes.put(
        "album_photos",
        keys,
        {"added_by": "machine", "pinned": 0, "excluded": 0, "position": positions},
    )
    return ids


def change(
    changes: Recorder, album_id: int, joins: Collection[int], leaves: Collection[int]
) -> None:
    """Puts photos into an automatic album and takes others out, as the machine's doing."""
    there = {
        row[0]
        for row in changes.rows("SELECT photo_id FROM album_photos WHERE album_id = ?", [album_id])
    }
    fresh = [(album_id, photo) for photo in joins if photo not in there]
    changes.put("album_photos", fresh, {"added_by": "machine", "pinned": 0, "excluded": 0})
    pinned = {
        row[0]
        for row in changes.rows(
            "SELECT photo_id FROM album_photos WHERE album_id = ? AND (pinned OR excluded)",
            [album_id],
        )
    }
    changes.delete("album_photos", [(album_id, photo) for photo in leaves if photo not in pinned])


def remove(changes: Recorder, album_ids: Collection[int]) -> None:
    """Removes automatic albums that nobody touched; what they hold moves up."""
    for album_id in album_ids:
        rows = changes.rows("SELECT photo_id FROM album_photos WHERE album_id = ?", [album_id])
        changes.delete("album_photos", [(album_id, row[0]) for row in rows])
        inside = changes.rows("SELECT id FROM albums WHERE parent_id = ?", [album_id])
        above = changes.rows("SELECT parent_id FROM albums WHERE id = ?", [album_id])
        changes.update(
            "albums", [row[0] for row in inside], {"parent_id": above[0][0] if above else None}
        )
        waiting = changes.rows("SELECT id FROM album_suggestions WHERE album_id = ?", [album_id])
        changes.delete("album_suggestions", [row[0] for row in waiting])
        changes.delete("albums", [album_id])


def make_own(changes: Recorder, album_id: int, photo_ids: Sequence[int]) -> None:
    """Turns an automatic album into one of the user's own.

    What it was stays known, as a hidden album with these photos, or the next grouping would make it again.
    """
    ((kind, name, title, why, names, cover, created),) = changes.rows(
        "SELECT kind, name, title, why, names, cover_photo_id, created_at FROM albums WHERE id = ?",
        [album_id],
    )
    (twin,) = changes.insert(
        "albums",
        {
            "kind": [kind], "name": name, "name_pinned": 1, "hidden": 1, "title": title, "why": why,
            "names": names, "cover_photo_id": cover, "created_at": created,
        },
    )  # fmt: skip
    keys = [(twin, photo) for photo in photo_ids]
    changes.put("album_photos", keys, {"added_by": "machine", "pinned": 0, "excluded": 0})
    changes.update("albums", [album_id], {"kind": "manual", "parent_id": None, "name_pinned": 1})


def describe(changes: Recorder, album_id: int, name: str, described: AlbumDescription) -> None:
    """Says again what an automatic album is called and why; a name that a person gave stays."""
    changes.update(
        "albums", [album_id], {"why": json.dumps([asdict(one) for one in described.why])}
    )
    ((is_pinned,),) = changes.rows("SELECT name_pinned FROM albums WHERE id = ?", [album_id])
    if described.title is not None and not is_pinned:
        title = json.dumps(asdict(described.title))
        changes.update("albums", [album_id], {"name": name, "title": title})


def suggest(store: Store, rows: Sequence[AlbumSuggestion]) -> None:
    """Replaces what waits for an answer; ids are given again. Not a decision, so not in the history."""
    with store.atomic():
        waiting = store.db.table("album_suggestions")
        waiting.delete_where("state = 'open'")
        waiting.insert_all(
            {
                "album_id": row.album_id,
                "kind": "new" if row.album else "change",
                "data": _packed(row),
                "made_at": now(),
            }
            for row in rows
        )


def suggestions(store: Store, state: str = "open") -> list[AlbumSuggestion]:
    """The suggestions in a state, oldest first."""
    return [
        _unpacked(*row)
        for row in store.rows(
            "SELECT id, album_id, data FROM album_suggestions WHERE state = ? ORDER BY id", [state]
        )
    ]


def answer(changes: Recorder, suggestion_id: int, state: str) -> None:
    """Says that a suggestion was applied or dismissed."""
    changes.update("album_suggestions", [suggestion_id], {"state": state})


def _packed(row: AlbumSuggestion) -> str:
    album = None if row.album is None else asdict(row.album)
    described = None if row.described is None else asdict(row.described)
    return json.dumps(
        {
            "joins": row.joins,
            "leaves": row.leaves,
            "album": album,
            "parent": row.parent_id,
            "described": described,
        }
    )


def _unpacked(row_id: int, album_id: int | None, data: str) -> AlbumSuggestion:
    read: dict[str, Any] = json.loads(data)
    album = read["album"]
    if album is not None:
        album = PlannedAlbum(
            album["kind"],
            tuple(album["photos"]),
            album["parent"],
            album["name"],
            None if album.get("title") is None else Title(**album["title"]),
            tuple(_titles(album["others"])),
            tuple(_evidence(album["why"])),
            album["cover"],
        )
    said = read.get("described")
    if said is not None:
        title = None if said["title"] is None else Title(**said["title"])
        said = AlbumDescription(title, tuple(_evidence(said["why"])))
    return AlbumSuggestion(
        row_id, album_id, tuple(read["joins"]), tuple(read["leaves"]), album, read["parent"], said
    )


def _evidence(read: Sequence[dict[str, Any]]) -> list[Evidence]:
    """Older versions kept sentences."""
    return [
        Evidence(**one) if "kind" in one else Evidence("said", one["weight"], one["text"])
        for one in read
    ]


def _titles(read: Sequence[dict[str, Any] | str]) -> list[Title]:
    """Older versions kept names as they were shown."""
    return [Title(one) if isinstance(one, str) else Title(**one) for one in read]
