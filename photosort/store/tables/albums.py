"""Albums: named sets of photos, made by the user or by the machine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from photosort.errors import InputProblem
from photosort.sentences import Sentence, counted_photos, quoted
from photosort.store.db import history
from photosort.store.db.bulk_rows import in_blocks, marks
from photosort.store.db.codec import clean_text, now

if TYPE_CHECKING:
    from photosort.domain.changes import ChangeSet
    from photosort.store.db.database import Store

AlbumKind = Literal["event", "theme", "manual", "smart"]


@dataclass(frozen=True, slots=True)
class AlbumRow:
    """One album as the library keeps it.

    Attributes:
        name_pinned: the user gave the name; no machine changes it.
        query: the saved query of a smart album, else None.
        cover_photo_id: the photo that stands for it, or None for the first.
        size: how many photos it holds.
    """

    id: int
    kind: AlbumKind
    name: str
    name_pinned: bool
    parent_id: int | None
    query: str | None
    cover_photo_id: int | None
    size: int


def list_all(store: Store) -> list[AlbumRow]:
    """All albums that are shown, by name."""
    rows = store.rows(
        """
        SELECT id, kind, name, name_pinned, parent_id, query,
            -- A photo that was removed from the album is its cover no more, and again once that is undone.
            CASE WHEN EXISTS (
                SELECT 1 FROM album_photos
                WHERE album_id = albums.id AND photo_id = cover_photo_id AND excluded
            ) THEN NULL ELSE cover_photo_id END,
            (SELECT count(*) FROM album_photos WHERE album_id = albums.id AND NOT excluded)
        FROM albums WHERE NOT hidden ORDER BY name COLLATE NOCASE, id
        """
    )
    return [_row(row) for row in rows]


def photos_of(store: Store, album_id: int) -> list[int]:
    """The photos of an album, in its order."""
    rows = store.rows(
        "SELECT photo_id FROM album_photos WHERE album_id = ? AND NOT excluded"
        " ORDER BY position, photo_id",
        [album_id],
    )
    return [row[0] for row in rows]


def names_of(store: Store, photo_id: int) -> list[str]:
    """The names of the albums that hold a photo."""
    rows = store.rows(
        "SELECT albums.name FROM albums JOIN album_photos ON album_photos.album_id = albums.id"
        " WHERE album_photos.photo_id = ? AND NOT album_photos.excluded AND NOT albums.hidden"
        " ORDER BY albums.name",
        [photo_id],
    )
    return [row[0] for row in rows]


def put_by_hand(store: Store, photo_ids: Iterable[int]) -> dict[int, list[tuple[int, str]]]:
    """The albums that a person put photos into: ids and names, by photo id; photos in none are left out."""
    found: dict[int, list[tuple[int, str]]] = {}
    for block in in_blocks(list(photo_ids)):
        for photo_id, album_id, name in store.rows(
            "SELECT album_photos.photo_id, albums.id, albums.name FROM album_photos"
            " JOIN albums ON albums.id = album_photos.album_id AND NOT albums.hidden"
            " WHERE album_photos.added_by = 'user' AND NOT album_photos.excluded"
            f" AND album_photos.photo_id IN ({marks(block)}) ORDER BY albums.name",
            block,
        ):
            found.setdefault(photo_id, []).append((album_id, name))
    return found


def create(
    store: Store, name: str, photo_ids: Sequence[int] = (), *, actor: str
) -> tuple[int, ChangeSet]:
    """Makes an album of the user's own; returns its id and what changed.

    Raises:
        InputProblem: the name is empty.
    """
    name = _name(name)
    with history.recording(
        store, Sentence("Created the album {name}", name=quoted(name)), actor
    ) as changes:
        (album_id,) = changes.insert(
            "albums", {"name": [name], "kind": "manual", "name_pinned": 1, "created_at": now()}
        )
        _put(changes, album_id, photo_ids, excluded=0)
    return album_id, changes.result


def rename(store: Store, album_id: int, name: str, *, actor: str) -> ChangeSet:
    """Gives an album a name, which survives every new grouping.

    Raises:
        InputProblem: the name is empty, or there is no such album.
    """
    name = _name(name)
    before = _existing(store, album_id)
    with history.recording(
        store, Sentence("Renamed {old} to {new}", old=quoted(before), new=quoted(name)), actor
    ) as changes:
        changes.update("albums", [album_id], {"name": name, "name_pinned": 1})
    return changes.result


def add(store: Store, album_id: int, photo_ids: Sequence[int], *, actor: str) -> ChangeSet:
    """Puts photos into an album for good.

    Raises:
        InputProblem: there is no such album.
    """
    action = Sentence(
        "Added {photos} to {name}",
        photos=counted_photos(len(photo_ids)),
        name=quoted(_existing(store, album_id)),
    )
    with history.recording(store, action, actor) as changes:
        _put(changes, album_id, photo_ids, excluded=0)
    return changes.result


def remove_photos(
    store: Store, album_id: int, photo_ids: Sequence[int], *, actor: str
) -> ChangeSet:
    """Takes photos out of an album; an automatic one will not take them in again.

    Raises:
        InputProblem: there is no such album.
    """
    action = Sentence(
        "Removed {photos} from {name}",
        photos=counted_photos(len(photo_ids)),
        name=quoted(_existing(store, album_id)),
    )
    is_manual = _kind(store, album_id) == "manual"
    with history.recording(store, action, actor) as changes:
        if is_manual:
            changes.delete("album_photos", [(album_id, photo_id) for photo_id in photo_ids])
        else:
            _put(changes, album_id, photo_ids, excluded=1)
    return changes.result


def delete(store: Store, album_id: int, *, actor: str) -> ChangeSet:
    """Removes an album; its photos stay in the library, albums inside it move up.

    An automatic one is only hidden, with its photos, so that no new grouping makes it again.

    Raises:
        InputProblem: there is no such album.
    """
    name = _existing(store, album_id)
    is_automatic = _kind(store, album_id) in {"event", "theme"}
    with history.recording(
        store, Sentence("Deleted the album {name}", name=quoted(name)), actor
    ) as changes:
        inside = store.rows("SELECT id FROM albums WHERE parent_id = ?", [album_id])
        above = store.value("SELECT parent_id FROM albums WHERE id = ?", [album_id])
        changes.update("albums", [row[0] for row in inside], {"parent_id": above})
        if is_automatic:
            changes.update("albums", [album_id], {"hidden": 1})
        else:
            held = store.rows("SELECT photo_id FROM album_photos WHERE album_id = ?", [album_id])
            changes.delete("album_photos", [(album_id, row[0]) for row in held])
            changes.delete("albums", [album_id])
    return changes.result


def _put(
    changes: history.Recorder, album_id: int, photo_ids: Iterable[int], *, excluded: int
) -> None:
    keys = [(album_id, photo_id) for photo_id in photo_ids]
    changes.put("album_photos", keys, {"added_by": "user", "pinned": 1, "excluded": excluded})


def _existing(store: Store, album_id: int) -> str:
    name = store.value("SELECT name FROM albums WHERE id = ?", [album_id])
    if name is None:
        raise InputProblem(Sentence("This album is not there any more."), f"album {album_id}")
    return str(name)


def _kind(store: Store, album_id: int) -> str:
    return str(store.value("SELECT kind FROM albums WHERE id = ?", [album_id]))


def _name(name: str) -> str:
    name = (clean_text(name) or "").strip()
    if not name:
        raise InputProblem(Sentence("An album needs a name."))
    return name


def _row(row: tuple[Any, ...]) -> AlbumRow:
    return AlbumRow(row[0], row[1], row[2], bool(row[3]), row[4], row[5], row[6], row[7])
