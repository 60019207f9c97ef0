"""One row for each distinct file content, shared by identical files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict

import numpy as np

from photosort.domain.looks import Look
from photosort.domain.photos import Metadata
from photosort.store.db.bulk_rows import in_blocks, update_rows
from photosort.store.db.codec import dump_metadata, load_metadata

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.store.db.database import Store

_NOTHING_SAID = Metadata()
_LOOKS = tuple(Look)
_COLUMNS = "id, quick_key, size_bytes, sha256, pixel_hash, metadata, from_preview, decoded_at"


@dataclass(frozen=True, slots=True)
class NewContent:
    """Bytes that the library has not met before.

    Attributes:
        quick_key: hash of the size and of the first, middle and last 64 KiB.
        sha256: hash of all bytes, or None until somebody had the time to read them all.
        pixel_hash: `Decoded.pixel_hash`, or None before decoding.
        decoded_at: when the pixels were decoded, ISO 8601, or None.
    """

    quick_key: bytes
    size_bytes: int
    sha256: bytes | None = None
    pixel_hash: bytes | None = None
    metadata: Metadata = _NOTHING_SAID
    from_preview: bool = False
    decoded_at: str | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """One row of `contents`; the fields are those of `NewContent`."""

    id: int
    quick_key: bytes
    size_bytes: int
    sha256: bytes | None
    pixel_hash: bytes | None
    metadata: Metadata
    from_preview: bool
    decoded_at: str | None


class ContentChange(TypedDict, total=False):
    """Columns of one content that changed."""

    quick_key: bytes
    sha256: bytes | None
    pixel_hash: bytes | None
    metadata: Metadata
    from_preview: bool
    decoded_at: str | None
    looks: Mapping[Look, float]


def insert(store: Store, contents: Sequence[NewContent]) -> list[int]:
    """Adds contents and returns their ids in input order."""
    sql = (
        "INSERT INTO contents (quick_key, size_bytes, sha256, pixel_hash, metadata, from_preview,"
        " decoded_at) VALUES (?, ?, ?, ?, ?, ?, ?)"
    )
    ids = []
    with store.atomic():
        for one in contents:
            cursor = store.connection.execute(
                sql,
                [
                    one.quick_key,
                    one.size_bytes,
                    one.sha256,
                    one.pixel_hash,
                    dump_metadata(one.metadata),
                    one.from_preview,
                    one.decoded_at,
                ],
            )
            ids.append(int(cursor.lastrowid or 0))
    return ids


def update(store: Store, changes: Mapping[int, ContentChange]) -> None:
    """Changes contents, by id."""
    rows: dict[int, dict[str, Any]] = {}
    for content_id, change in changes.items():
        values: dict[str, Any] = dict(change)
        if "metadata" in change:
            values["metadata"] = dump_metadata(change["metadata"])
        if "looks" in change:
            values["looks"] = _packed(change["looks"])
        rows[content_id] = values
    update_rows(store, "contents", rows)


def get(store: Store, ids: Iterable[int]) -> dict[int, Content]:
    """Contents by id."""
    return {one.id: one for one in _where(store, "id", list(ids))}


def find(
    store: Store,
    *,
    quick_keys: Iterable[bytes] = (),
    sha256s: Iterable[bytes] = (),
    pixel_hashes: Iterable[bytes] = (),
) -> list[Content]:
    """The contents that have one of these keys.

    Several may share a quick key or a pixel hash; only equal SHA-256 means equal bytes.
    """
    found: dict[int, Content] = {}
    for column, keys in (
        ("quick_key", quick_keys),
        ("sha256", sha256s),
        ("pixel_hash", pixel_hashes),
    ):
        for one in _where(store, column, list(keys)):
            found[one.id] = one
    return list(found.values())


def having_look(store: Store, look: Look) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """How probably each photo has a look, by its shown file; photos that nobody measured are left out.

    Returns:
        Photo ids, ascending, and probabilities, both of shape (n,).
    """
    place = _LOOKS.index(look)
    rows = store.rows(
        "SELECT photos.id, contents.looks FROM photos JOIN files ON files.id = photos.main_file_id"
        " JOIN contents ON contents.id = files.content_id WHERE contents.looks IS NOT NULL"
        " ORDER BY photos.id"
    )
    known = [(photo_id, packed[place]) for photo_id, packed in rows if len(packed) == len(_LOOKS)]
    ids = np.array([row[0] for row in known], dtype=np.int64)
    shares = np.array([row[1] for row in known], dtype=np.float32) / np.float32(255)
    return ids, shares


def _packed(looks: Mapping[Look, float]) -> bytes | None:
    """A byte a look, in their order; None where one was not measured."""
    if not all(look in looks for look in _LOOKS):
        return None
    return bytes(round(255 * min(1.0, max(0.0, looks[look]))) for look in _LOOKS)


def prove(store: Store, hashes: Mapping[int, bytes | None]) -> None:
    """Writes full hashes, by content id; a content proven to be another's bytes is joined with that one.

    The files of both keep their photos: whether two photos are one is not for a hash to decide.
    """
    with store.atomic():
        for content_id, sha256 in hashes.items():
            if sha256 is None:
                continue
            same = store.value("SELECT id FROM contents WHERE sha256 = ?", [sha256])
            if same is None or same == content_id:
                store.execute("UPDATE contents SET sha256 = ? WHERE id = ?", [sha256, content_id])
            else:
                store.execute(
                    "UPDATE files SET content_id = ? WHERE content_id = ?", [same, content_id]
                )
                store.execute("DELETE FROM contents WHERE id = ?", [content_id])


def hashed(store: Store) -> dict[int, bytes]:
    """Content id to full hash, of all that have one."""
    rows = store.rows("SELECT id, sha256 FROM contents WHERE sha256 IS NOT NULL")
    return {row[0]: row[1] for row in rows}


def without_sha256(store: Store) -> list[tuple[int, int]]:
    """Contents without full hash that could be copies, because another one has their size.

    Returns:
        (content id, id of a present file that holds it).
    """
    rows = store.rows(
        """
        SELECT contents.id, min(files.id) FROM contents
        JOIN files ON files.content_id = contents.id AND files.state = 'present'
        WHERE contents.sha256 IS NULL AND contents.size_bytes IN (
            SELECT size_bytes FROM contents GROUP BY size_bytes HAVING count(*) > 1
        )
        GROUP BY contents.id
        """
    )
    return [(row[0], row[1]) for row in rows]


def _where(store: Store, column: str, keys: Sequence[object]) -> list[Content]:
    return [
        _content(row)
        for block in in_blocks(keys)
        for row in store.rows(
            f"SELECT {_COLUMNS} FROM contents WHERE {column} IN ({','.join('?' * len(block))})",
            block,
        )
    ]


def _content(row: tuple[Any, ...]) -> Content:
    return Content(
        row[0], row[1], row[2], row[3], row[4], load_metadata(row[5]), bool(row[6]), row[7]
    )


def offline_keys(store: Store) -> set[bytes]:
    """Quick keys and pixel hashes of what files hold that are offline."""
    rows = store.rows(
        "SELECT quick_key, pixel_hash FROM contents WHERE id IN"
        " (SELECT content_id FROM files WHERE state = 'offline')"
    )
    return {key for row in rows for key in row if key is not None}
