"""Vectors of contents, as the encoder gave them: float16, unit length, never centred; and codes of their parts.

Codes of the parts of a picture are kept beside its vectors, under a view that says how many numbers they are and
which fit they were made with. They are int8, compressed, and nothing waits for them: a content without them is
whole.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from photosort.store.db.bulk_rows import delete_rows, in_blocks, marks
from photosort.store.db.codec import join, now, path_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.encoders import EncoderInfo, Space
    from photosort.store.db.database import Store

WHOLE = "whole"
_PARTS = "parts"
_BLOCK_ROWS = 4_096


@dataclass(frozen=True, slots=True)
class Pending:
    """A content that waits for vectors, with the file to read it from.

    Attributes:
        relative: path below the root.
        taken_sort: milliseconds of the wall clock since 1970, or None.
        is_decoded: only its vectors are wanted; thumbnails and metadata were made before.
        orientation: the EXIF orientation that its sidecar says, or None.
    """

    content_id: int
    photo_id: int
    file_id: int
    root_id: int
    folder_id: int
    relative: str
    taken_sort: int | None
    is_decoded: bool
    orientation: int | None = None


@dataclass(frozen=True, slots=True)
class Centre:
    """What the vectors of one space are centred with until the next version.

    Attributes:
        vector: float32 array, shape (dim,).
        count: how many vectors there were when it was made.
    """

    vector: NDArray[np.float32]
    version: str
    count: int


def known_encoder_id(store: Store, version: str) -> int | None:
    """The id of an encoder's version, or None where it is new."""
    known: int | None = store.value("SELECT id FROM encoders WHERE version = ?", [version])
    return known


def encoder_id(store: Store, info: EncoderInfo) -> int:
    """The id of an encoder's version, which is made where it is new."""
    known = known_encoder_id(store, info.version)
    if known is None:
        added = store.db.table("encoders").insert(
            {
                "version": info.version,
                "name": info.name,
                "dims": dict(info.dims),
                "stored_spaces": info.stored_spaces,
                "added_at": now(),
            }
        )
        known = added.last_rowid
    return int(known or 0)


@dataclass(frozen=True, slots=True)
class Known:
    """An encoder that the library has vectors of."""

    id: int
    version: str
    name: str
    dims: dict[Space, int]
    stored_spaces: tuple[Space, ...]


def known(store: Store) -> list[Known]:
    """The encoders that the library has vectors of, newest first."""
    return [
        Known(row[0], row[1], row[2], json.loads(row[3]), tuple(json.loads(row[4])))
        for row in store.rows(
            "SELECT id, version, name, dims, stored_spaces FROM encoders"
            " WHERE EXISTS (SELECT 1 FROM vectors WHERE encoder_id = encoders.id)"
            " ORDER BY id DESC"
        )
    ]


def remove(store: Store, encoder_id: int) -> None:
    """Forgets an encoder with its vectors, centres and texts."""
    with store.atomic():
        for table in ("vectors", "centres", "text_vectors"):
            store.db.table(table).delete_where("encoder_id = ?", [encoder_id])
        delete_rows(store, "encoders", [encoder_id])


def photos_with(store: Store, encoder_ids: Sequence[int]) -> int:
    """How many photos show a content that any of these encoders has seen."""
    if not encoder_ids:
        return 0
    return int(
        store.value(
            "SELECT count(*) FROM photos CROSS JOIN files ON files.id = photos.main_file_id"
            " WHERE EXISTS (SELECT 1 FROM vectors WHERE encoder_id IN"
            f" ({marks(encoder_ids)}) AND space = 'semantic' AND view = ?"
            " AND vectors.content_id = files.content_id)",
            [*encoder_ids, WHOLE],
        )
    )


def parts_view(codes: int, fit: str) -> str:
    """The view that codes of parts are kept under.

    Args:
        codes: how many numbers all parts of a picture have together.
        fit: what they were made with; codes of another fit say nothing beside these.
    """
    return f"{_PARTS} {codes} {fit}"


def codes_of(view: str) -> int | None:
    """How many int8 numbers a row of a view is; None where rows are vectors."""
    kind, _, rest = view.partition(" ")
    return int(rest.partition(" ")[0]) if kind == _PARTS else None


def put(
    store: Store,
    encoder_id: int,
    rows: Iterable[tuple[int, Mapping[Space, NDArray[np.floating]]]],
    *,
    view: str = WHOLE,
) -> None:
    """Stores vectors, in place of those that are there.

    Args:
        store: a writable store.
        encoder_id: from `encoder_id`.
        rows: content id and, for each stored space, an array of shape (dim,), unit length.
        view: "whole", or the name of a crop.
    """
    _put(
        store,
        (
            (content_id, encoder_id, space, view, vector.astype("<f2").tobytes())
            for content_id, spaces in rows
            for space, vector in spaces.items()
        ),
    )


def put_parts(
    store: Store, encoder_id: int, view: str, rows: Iterable[tuple[int, NDArray[np.int8]]]
) -> None:
    """Stores codes of parts, in place of those that are there.

    Args:
        store: a writable store.
        encoder_id: from `encoder_id`.
        view: from `parts_view`.
        rows: content id and codes of all its parts, int8.
    """
    # Most codes are small: compressed they take a third, and more rows than one fit a page.
    _put(
        store,
        (
            (content_id, encoder_id, "semantic", view, zlib.compress(codes.tobytes()))
            for content_id, codes in rows
        ),
    )


def _put(store: Store, rows: Iterable[tuple[int, int, str, str, bytes]]) -> None:
    store.executemany(
        "INSERT OR REPLACE INTO vectors (content_id, encoder_id, space, view, data)"
        " VALUES (?, ?, ?, ?, ?)",
        rows,
    )


def have(store: Store, encoder_id: int, content_ids: Iterable[int]) -> set[int]:
    """Those contents that have all stored spaces of the encoder."""
    spaces = _stored_spaces(store, encoder_id)
    return {
        row[0]
        for block in in_blocks(list(content_ids))
        for row in store.rows(
            "SELECT content_id FROM vectors WHERE encoder_id = ? AND view = ?"
            f" AND content_id IN ({marks(block)}) GROUP BY content_id HAVING count(*) >= ?",
            [encoder_id, WHOLE, *block, len(spaces)],
        )
    }


def copy(store: Store, from_content: int, to_content: int, *, view: str | None = None) -> None:
    """Gives a content all vectors, or those of one view, of another one that has the same pixels."""
    store.execute(
        "INSERT OR REPLACE INTO vectors (content_id, encoder_id, space, view, data)"
        " SELECT ?, encoder_id, space, view, data FROM vectors"
        " WHERE content_id = ? AND view = coalesce(?, view)",
        [to_content, from_content, view],
    )


def content_with_pixels(
    store: Store, encoder_id: int, pixel_hash: bytes, *, view: str = WHOLE
) -> int | None:
    """A content that shows these pixels and has what the encoder gives of a view, or None."""
    # CROSS JOIN keeps the order: the planner would rather go through all vectors of the encoder.
    found = store.value(
        "SELECT contents.id FROM contents CROSS JOIN vectors ON vectors.content_id = contents.id"
        " WHERE contents.pixel_hash = ? AND vectors.encoder_id = ? AND vectors.view = ? LIMIT 1",
        [pixel_hash, encoder_id, view],
    )
    return None if found is None else int(found)


def pending(store: Store, encoder_id: int, *, view: str = WHOLE) -> list[Pending]:
    """The contents that photos show and that lack what the encoder gives of a view, by content id.

    Only files that are there now; those of folders that were removed are left out.

    Args:
        store: any store.
        encoder_id: from `encoder_id`.
        view: "whole" for the vectors of all stored spaces, or a `parts_view`.
    """
    spaces = _stored_spaces(store, encoder_id) if view == WHOLE else ["semantic"]
    lacking = " OR ".join(
        "NOT EXISTS (SELECT 1 FROM vectors WHERE encoder_id = ? AND space = ? AND view = ?"
        " AND vectors.content_id = files.content_id)"
        for _ in spaces
    )
    rows = store.rows(
        f"""
        SELECT files.content_id, photos.id, files.id, folders.root_id, files.folder_id,
            folders.relative, files.name, photos.taken_sort, contents.decoded_at IS NOT NULL,
            coalesce(files.user_orientation, json_extract(files.sidecar_metadata, '$.orientation'))
        FROM photos CROSS JOIN files ON files.id = photos.main_file_id
        JOIN contents ON contents.id = files.content_id
        JOIN folders ON folders.id = files.folder_id
        JOIN roots ON roots.id = folders.root_id AND roots.removed_at IS NULL
        WHERE files.state = 'present' AND files.content_id IS NOT NULL AND ({lacking})
        GROUP BY files.content_id
        """,
        [value for space in spaces for value in (encoder_id, space, view)],
    )
    return [
        Pending(
            row[0],
            row[1],
            row[2],
            row[3],
            row[4],
            join(path_text(row[5]), path_text(row[6])),
            row[7],
            bool(row[8]),
            row[9],
        )
        for row in rows
    ]


def count(store: Store, encoder_id: int, space: Space) -> int:
    """How many contents have a vector in this space."""
    return int(
        store.value(
            "SELECT count(*) FROM vectors WHERE encoder_id = ? AND space = ? AND view = ?",
            [encoder_id, space, WHOLE],
        )
    )


def forget_contents(store: Store, content_ids: Iterable[int]) -> None:
    """Removes all that encoders gave of contents that are to be seen otherwise from now on."""
    store.executemany(
        "DELETE FROM vectors WHERE content_id = ?", ((content_id,) for content_id in content_ids)
    )


def forget_other_parts(store: Store, encoder_id: int, view: str) -> None:
    """Removes codes of parts that another fit made, which nothing reads any more."""
    store.db.table("vectors").delete_where(
        "encoder_id = ? AND space = 'semantic' AND view >= ? AND view < ? AND view <> ?",
        [encoder_id, f"{_PARTS} ", f"{_PARTS}!", view],
    )


def rows_of_photos(
    store: Store, encoder_id: int, space: Space, *, view: str = WHOLE
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Photo ids, ascending, and the row id of what is kept of a view of the content that each shows."""
    found = store.rows(
        """
        SELECT json_group_array(photos.id), json_group_array(vectors.id)
        FROM photos CROSS JOIN files ON files.id = photos.main_file_id
        CROSS JOIN vectors ON vectors.encoder_id = ? AND vectors.space = ? AND vectors.view = ?
            AND vectors.content_id = files.content_id
        """,
        [encoder_id, space, view],
    )
    photo_ids, vector_ids = (
        np.fromstring(array[1:-1], dtype=np.int64, sep=",") for array in found[0]
    )
    order = np.argsort(photo_ids, kind="stable")
    return photo_ids[order], vector_ids[order]


def load(store: Store, vector_ids: NDArray[np.int64], dim: int) -> NDArray[np.float16]:
    """Vectors by row id.

    Returns:
        float16 array, shape (n, dim), in the order of `vector_ids`. A row of another length, which only
        a damaged library has, is zero.
    """
    result = np.zeros((len(vector_ids), dim), dtype=np.float16)
    for place, data in _rows(store, vector_ids):
        if len(data) == 2 * dim:
            result[place] = np.frombuffer(data, dtype="<f2")
    return result


def load_codes(store: Store, vector_ids: NDArray[np.int64], count: int) -> NDArray[np.int8]:
    """Codes of parts by row id.

    Returns:
        int8 array, shape (n, count), in the order of `vector_ids`. A damaged row is zero.
    """
    result = np.zeros((len(vector_ids), count), dtype=np.int8)
    for place, data in _rows(store, vector_ids):
        codes = unpacked(data)
        if len(codes) == count:
            result[place] = codes
    return result


def unpacked(data: bytes) -> NDArray[np.int8]:
    """The codes of a row; none of a damaged one."""
    try:
        return np.frombuffer(zlib.decompress(data), dtype=np.int8)
    except zlib.error:
        return np.empty(0, dtype=np.int8)


def _rows(store: Store, vector_ids: NDArray[np.int64]) -> Iterator[tuple[int, bytes]]:
    places = {vector_id: place for place, vector_id in enumerate(vector_ids.tolist())}
    for block in in_blocks(list(places)):
        for vector_id, data in store.rows(
            f"SELECT id, data FROM vectors WHERE id IN ({marks(block)})", block
        ):
            yield places[vector_id], data


def stream(
    store: Store, encoder_id: int, space: Space, photo_ids: Sequence[int] | None = None
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float16]]]:
    """Photos with the vector of the content that each shows, a few thousand at a time, by photo id.

    Args:
        store: any store.
        encoder_id: from `encoder_id`.
        space: one of the encoder's stored spaces.
        photo_ids: only these photos; None = all. Photos without a vector are left out.

    Yields:
        int64 array of photo ids, shape (n,), and float16 array of vectors, shape (n, dim).
    """
    dim = _dims(store, encoder_id).get(space, 0)
    ids, vector_ids = rows_of_photos(store, encoder_id, space)
    if photo_ids is not None:
        wanted = np.isin(ids, np.asarray(photo_ids, dtype=np.int64))
        ids, vector_ids = ids[wanted], vector_ids[wanted]
    for start in range(0, len(ids), _BLOCK_ROWS):
        stop = start + _BLOCK_ROWS
        yield ids[start:stop], load(store, vector_ids[start:stop], dim)


def centre(store: Store, encoder_id: int, space: Space) -> Centre | None:
    """The centre that was set last, or None."""
    found = store.rows(
        "SELECT data, version, count FROM centres WHERE encoder_id = ? AND space = ?",
        [encoder_id, space],
    )
    if not found:
        return None
    data, version, count = found[0]
    return Centre(np.frombuffer(data, dtype="<f4").astype(np.float32), version, count)


def set_centre(
    store: Store,
    encoder_id: int,
    space: Space,
    vector: NDArray[np.float32],
    *,
    version: str,
    count: int,
) -> None:
    """Keeps the centre of a space in place of the one before."""
    centre = {
        "encoder_id": encoder_id,
        "space": space,
        "version": version,
        "count": count,
        "data": vector.astype("<f4").tobytes(),
    }
    store.db.table("centres").insert(centre, replace=True)


def stamp(store: Store) -> int:
    """A number that changes whenever a vector, or the content that a photo shows, changes."""
    return int(store.value("SELECT value FROM meta WHERE key = 'vectors_stamp'"))


def version(store: Store, encoder_id: int) -> str:
    """The version of an encoder."""
    return str(store.value("SELECT version FROM encoders WHERE id = ?", [encoder_id]))


def _dims(store: Store, encoder_id: int) -> dict[Space, int]:
    found = store.value("SELECT dims FROM encoders WHERE id = ?", [encoder_id])
    dims: dict[Space, int] = json.loads(found or "{}")
    return dims


def _stored_spaces(store: Store, encoder_id: int) -> list[Space]:
    found = store.value("SELECT stored_spaces FROM encoders WHERE id = ?", [encoder_id])
    spaces: list[Space] = json.loads(found or '["semantic"]')
    return spaces
