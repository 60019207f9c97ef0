"""What Photosort wrote into the sidecar beside each file, and what library and sidecar disagree about."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from photosort.store.db.rows import in_blocks, marks

if TYPE_CHECKING:
    from photosort.store.db.database import Store

# The name under which `Written.conflicts` holds the stars.
RATING = "\0rating"


@dataclass(frozen=True, slots=True)
class Written:
    """What is ours in the sidecar beside one file.

    Attributes:
        keywords: paths that Photosort wrote and nobody else.
        rating: the stars that Photosort wrote, or None.
        made: there was no sidecar before.
        conflicts: case-folded words, or RATING, that were changed on both sides.
        facts: properties of date and place: the text that Photosort wrote, and the one that stood there before.
    """

    file_id: int
    keywords: tuple[str, ...] = ()
    rating: int | None = None
    made: bool = False
    conflicts: tuple[str, ...] = ()
    facts: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)


def of_photos(store: Store, photo_ids: Iterable[int]) -> dict[int, dict[int, Written]]:
    """Photo id to file id to what is ours there; photos without any are left out."""
    found: dict[int, dict[int, Written]] = {}
    for block in in_blocks(list(photo_ids)):
        for photo_id, *row in store.rows(
            "SELECT files.photo_id, file_id, keywords, rating, made, conflicts, facts FROM keyword_files"
            " JOIN files ON files.id = keyword_files.file_id"
            f" WHERE files.photo_id IN ({marks(block)})",
            block,
        ):
            found.setdefault(photo_id, {})[row[0]] = Written(
                row[0],
                tuple(json.loads(row[1])),
                row[2],
                bool(row[3]),
                tuple(json.loads(row[4])),
                {key: (ours, before) for key, (ours, before) in json.loads(row[5]).items()},
            )
    return found


def put(store: Store, written: Written) -> None:
    """Keeps what is ours in a sidecar."""
    store.db.table("keyword_files").insert(asdict(written), replace=True)


def forget(store: Store, file_id: int) -> None:
    """Nothing beside this file is ours any more."""
    store.db.table("keyword_files").delete_where("file_id = ?", [file_id])


def in_conflict(store: Store) -> list[int]:
    """The photos that have something in conflict, by id."""
    return [
        row[0]
        for row in store.rows(
            "SELECT DISTINCT files.photo_id FROM keyword_files"
            " JOIN files ON files.id = keyword_files.file_id"
            " WHERE conflicts != '[]' AND files.photo_id IS NOT NULL ORDER BY files.photo_id"
        )
    ]
