"""Lookups of photo ids by tag, album, camera and more, for the window and the filters of a query."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from photosort.domain.photos import FileState
from photosort.domain.query import Field
from photosort.domain.texts import folded
from photosort.store.db.bulk_rows import in_blocks, marks, numbers
from photosort.store.db.codec import path_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.store.db.database import Store

_CAMERA = "trim(coalesce(camera_make, '') || ' ' || coalesce(camera_model, ''))"


@dataclass(frozen=True, slots=True)
class Faces:
    """How photos look and what they are called; all of one length, by ascending id.

    Attributes:
        ids: int64.
        aspects: float32, width / height as displayed; 0 where unknown.
        names: file names as objects, undecodable bytes as surrogate escapes.
    """

    ids: NDArray[np.int64]
    aspects: NDArray[np.float32]
    names: NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class PictureKey:
    """Where the picture of a photo is found.

    Attributes:
        pixel_hash: what its thumbnails are kept under, or None before it was decoded.
        quick_key: what its embedded preview is kept under, or None.
        relative: path below its root.
        orientation: the EXIF orientation that the user or its sidecar says, or None.
    """

    pixel_hash: bytes | None
    quick_key: bytes | None
    root_id: int
    relative: str
    state: FileState
    orientation: int | None


def faces(store: Store, photo_ids: Sequence[int] | None = None) -> Faces:
    """How all photos look, or those of `photo_ids`.

    SQLite gathers each column into one text, as for `photos.listing`. "/" parts the names: no file is
    called that.
    """
    sql = """
        SELECT json_group_array(photos.id), json_group_array(coalesce(photos.width, 0)),
            json_group_array(coalesce(photos.height, 0)),
            CAST(group_concat(CAST(files.name AS TEXT), '/') AS BLOB)
        FROM photos CROSS JOIN files ON files.id = photos.main_file_id
    """
    if photo_ids is None:
        blocks = [store.rows(sql)[0]]
    else:
        blocks = [
            store.rows(f"{sql} WHERE photos.id IN ({marks(block)})", block)[0]
            for block in in_blocks(list(photo_ids))
        ]
    columns = [
        np.concatenate([np.empty(0, np.int64), *(numbers(block[place]) for block in blocks)])
        for place in range(3)
    ]
    # Decoded as one text: a call for each of 100,000 names keeps every other thread waiting.
    found = [name for block in blocks for name in path_text(block[3] or b"").split("/") if name]
    names = np.empty(len(found), np.object_)
    names[:] = found
    ids, width, height = columns
    order = np.argsort(ids, kind="stable")
    aspects = np.where(height > 0, width / np.maximum(height, 1), 0).astype(np.float32)
    return Faces(ids[order], aspects[order], names[order])


def picture_keys(store: Store, photo_ids: Iterable[int]) -> dict[int, PictureKey]:
    """Where the pictures of photos are found."""
    return {
        row[0]: PictureKey(
            row[1],
            row[2],
            row[3],
            "/".join(filter(None, (path_text(row[4]), path_text(row[5])))),
            FileState(row[6]),
            row[7],
        )
        for block in in_blocks(list(photo_ids))
        for row in store.rows(
            "SELECT photos.id, contents.pixel_hash, contents.quick_key, folders.root_id,"
            " folders.relative, files.name, files.state,"
            " coalesce(files.user_orientation, json_extract(files.sidecar_metadata, '$.orientation'))"
            " FROM photos JOIN files ON files.id = photos.main_file_id"
            " JOIN folders ON folders.id = files.folder_id"
            " LEFT JOIN contents ON contents.id = files.content_id"
            f" WHERE photos.id IN ({marks(block)})",
            block,
        )
    }


def decided(store: Store) -> NDArray[np.int64]:
    """Photos with a tag state set by the user or imported from the file; sorted int64 array of ids."""
    return np.sort(_ids(store, "SELECT DISTINCT photo_id FROM photo_tags", []))


def copied(store: Store) -> NDArray[np.int64]:
    """Photos of which there is a further file with the same bytes; sorted int64 array of ids."""
    found = _ids(
        store,
        """
        SELECT DISTINCT photo_id FROM files WHERE photo_id IS NOT NULL AND state != 'missing'
            AND content_id IN (
                SELECT content_id FROM files WHERE content_id IS NOT NULL AND state != 'missing'
                GROUP BY content_id HAVING count(*) > 1
            )
        """,
        [],
    )
    return np.sort(found)


def with_tag(store: Store, name: str, states: Sequence[str]) -> NDArray[np.int64]:
    """Photos with a tag (by name or alias) or a tag below it in one of these states; int64 array of ids."""
    named = _tags_named(store, name)
    return _ids(
        store,
        f"""
        WITH RECURSIVE wanted (id) AS (
            SELECT id FROM tags WHERE id IN ({marks(named)})
            UNION SELECT tags.id FROM tags JOIN wanted ON tags.parent_id = wanted.id
        )
        SELECT DISTINCT photo_id FROM photo_tags
        WHERE tag_id IN (SELECT id FROM wanted) AND state IN ({marks(states)})
        """,
        [*named, *states],
    )


def with_any_tag(store: Store, states: Sequence[str]) -> NDArray[np.int64]:
    """Photos with any tag in one of these states; int64 array of ids."""
    sql = f"SELECT DISTINCT photo_id FROM photo_tags WHERE state IN ({marks(states)})"
    return _ids(store, sql, states)


def tags_at_or_below(store: Store, name: str) -> set[str]:
    """Keys of a tag (by name or alias) and of all tags below it; empty when there is none."""
    named = _tags_named(store, name)
    rows = store.rows(
        f"""
        WITH RECURSIVE wanted (id, key) AS (
            SELECT id, key FROM tags WHERE id IN ({marks(named)})
            UNION SELECT tags.id, tags.key FROM tags JOIN wanted ON tags.parent_id = wanted.id
        )
        SELECT key FROM wanted
        """,
        named,
    )
    return {row[0] for row in rows}


def is_tag(store: Store, name: str) -> bool:
    """Whether there is a tag with this name or alias."""
    return bool(_tags_named(store, name))


def _tags_named(store: Store, name: str) -> list[int]:
    """Tags with a name or an alias, whatever its case and however its letters are composed."""
    wanted = folded(name)
    rows = store.rows("SELECT id, key, aliases FROM tags")
    return [tag_id for tag_id, key, aliases in rows if wanted in _words_of(key, aliases)]


# Asked at every letter of a search, of all tags.
@lru_cache(maxsize=50_000)
def _words_of(key: str, aliases: str) -> frozenset[str]:
    return frozenset(map(folded, (key, *json.loads(aliases))))


def tag_words(store: Store) -> list[str]:
    """Names and aliases of all tags."""
    rows = store.rows("SELECT name, aliases FROM tags")
    return [word for name, aliases in rows for word in (name, *json.loads(aliases))]


def album_names(store: Store) -> list[str]:
    """Names of the albums that are not hidden."""
    return [name for (name,) in store.rows("SELECT name FROM albums WHERE NOT hidden")]


def in_album(store: Store, name: str) -> NDArray[np.int64]:
    """Photos of the albums with a name, whatever its case; int64 array of ids."""
    album_ids = _albums_named(store, name)
    return _ids(
        store,
        f"SELECT photo_id FROM album_photos WHERE album_id IN ({marks(album_ids)}) AND NOT excluded",
        album_ids,
    )


def is_album(store: Store, name: str) -> bool:
    """Whether an album that is not hidden has a name, whatever its case."""
    return bool(_albums_named(store, name))


def _albums_named(store: Store, name: str) -> list[int]:
    wanted = folded(name)
    return [
        album_id
        for album_id, album in store.rows("SELECT id, name FROM albums WHERE NOT hidden")
        if folded(album) == wanted
    ]


def with_text(store: Store, field: Field, text: str) -> NDArray[np.int64]:
    """Photos whose camera or lens has a text in its name; int64 array of ids."""
    column = _CAMERA if field is Field.CAMERA else "lens"
    return _ids(store, f"SELECT id FROM photos WHERE instr(lower({column}), ?)", [folded(text)])


def added_since(store: Store, at: str) -> NDArray[np.int64]:
    """Photos that came into the library at a moment (ISO 8601, UTC) or later; int64 array of ids."""
    return _ids(store, "SELECT id FROM photos WHERE added_at >= ?", [at])


def with_caption(store: Store) -> NDArray[np.int64]:
    """Photos that have a caption or a title; int64 array of ids."""
    return _ids(
        store,
        "SELECT id FROM photos WHERE coalesce(caption, '') != '' OR coalesce(title, '') != ''",
        [],
    )


def captions(store: Store) -> list[str]:
    """Descriptions of photos, each text once: captions, and titles where there is no caption."""
    sql = (
        "SELECT DISTINCT coalesce(nullif(caption, ''), title) AS said FROM photos"
        " WHERE coalesce(said, '') != '' ORDER BY id"
    )
    return [row[0] for row in store.rows(sql)]


def with_more(store: Store, name: str) -> NDArray[np.int64]:
    """Photos whose rarer metadata say something of a field ("people", "has_motion"); int64 array of ids."""
    return _ids(
        store, "SELECT id FROM photos WHERE json_extract(more, '$.' || ?) IS NOT NULL", [name]
    )


def with_role(store: Store, role: str) -> NDArray[np.int64]:
    """Photos that have a file of a role; int64 array of ids."""
    sql = "SELECT DISTINCT photo_id FROM files WHERE role = ? AND photo_id IS NOT NULL"
    return _ids(store, sql, [role])


def photos_by_text(store: Store, field: Field) -> dict[str, NDArray[np.int64]]:
    """The cameras or lenses, the most used first, each with its photos: int64 arrays of ids."""
    column = _CAMERA if field is Field.CAMERA else "lens"
    sql = (
        f"SELECT {column} AS text, json_group_array(id) FROM photos WHERE text != ''"
        " GROUP BY 1 ORDER BY count(*) DESC, text"
    )
    return {text: numbers(ids) for text, ids in store.rows(sql)}


def cameras(store: Store) -> list[str]:
    """Maker and model of the cameras, the most used first."""
    sql = f"SELECT {_CAMERA} AS camera FROM photos WHERE camera != '' GROUP BY camera ORDER BY count(*) DESC"
    return [row[0] for row in store.rows(sql)]


def lenses(store: Store) -> list[str]:
    """The lenses, the most used first."""
    sql = "SELECT lens FROM photos WHERE lens != '' GROUP BY lens ORDER BY count(*) DESC"
    return [row[0] for row in store.rows(sql)]


def _ids(store: Store, sql: str, parameters: Sequence[object]) -> NDArray[np.int64]:
    return np.array([row[0] for row in store.rows(sql, parameters)], dtype=np.int64)
