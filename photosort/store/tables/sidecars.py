"""What Photosort wrote into the sidecar beside each file, what it is about to write, and what the two disagree about."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from photosort.store.db.bulk_rows import in_blocks, marks

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


@dataclass(frozen=True, slots=True)
class Wish:
    """How the keyword files of a photo are to be brought up to date.

    Attributes:
        also: names of suggested tags that are written too.
        folders: only files below these, as absolute paths; none = wherever they lie.
        gives_back: keywords of other programs that a "no" had taken out are written again, as theirs.
    """

    also: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    gives_back: bool = False


@dataclass(frozen=True, slots=True)
class Begun:
    """A keyword file that was about to change.

    Attributes:
        name: of the keyword file, in the folder of the photo's file.
        written: what is ours in it if it did change.
    """

    file_id: int
    photo_id: int
    name: str
    written: Written


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
            found.setdefault(photo_id, {})[row[0]] = _written(
                row[0],
                {
                    "keywords": json.loads(row[1]),
                    "rating": row[2],
                    "made": row[3],
                    "conflicts": json.loads(row[4]),
                    "facts": json.loads(row[5]),
                },
            )
    return found


def put(store: Store, written: Written) -> None:
    """Keeps what is ours in a sidecar."""
    store.db.table("keyword_files").insert(asdict(written), replace=True)


def forget(store: Store, file_id: int) -> None:
    """Nothing beside this file is ours any more."""
    store.db.table("keyword_files").delete_where("file_id = ?", [file_id])


def photo_ids(store: Store) -> list[int]:
    """The photos beside which something of ours stands, by id."""
    return [
        row[0]
        for row in store.rows(
            "SELECT DISTINCT files.photo_id FROM keyword_files"
            " JOIN files ON files.id = keyword_files.file_id"
            " WHERE files.photo_id IS NOT NULL ORDER BY files.photo_id"
        )
    ]


def is_unfinished(store: Store) -> bool:
    """Whether somebody is writing keyword files, or was killed while doing so."""
    return bool(
        store.value(
            "SELECT EXISTS (SELECT 1 FROM changes_to_follow)"
            " OR EXISTS (SELECT 1 FROM keyword_files_due)"
            " OR EXISTS (SELECT 1 FROM keyword_files_begun)"
        )
    )


def require(store: Store, wishes: Mapping[int, Wish]) -> None:
    """Notes that the keyword files of photos are to be brought up to date, by photo id."""
    # In SQL, like the history: a command that decides something does without the import of sqlite-utils.
    store.executemany(
        "INSERT OR REPLACE INTO keyword_files_due (photo_id, wish) VALUES (?, ?)",
        [(photo_id, json.dumps(asdict(wish))) for photo_id, wish in wishes.items()],
    )


def required(store: Store) -> dict[int, Wish]:
    """What `require` noted and `cross_out` has not crossed out."""
    found = {}
    for photo_id, wish in store.rows("SELECT photo_id, wish FROM keyword_files_due ORDER BY 1"):
        read = json.loads(wish)
        found[photo_id] = Wish(tuple(read["also"]), tuple(read["folders"]), read["gives_back"])
    return found


def cross_out(store: Store, photo_ids: Iterable[int]) -> None:
    """Their keyword files are as they shall be."""
    store.executemany(
        "DELETE FROM keyword_files_due WHERE photo_id = ?", [(one,) for one in photo_ids]
    )


def begin(store: Store, name: str, written: Written) -> None:
    """Notes that a keyword file is about to change, and what will be ours in it."""
    store.execute(
        "INSERT OR REPLACE INTO keyword_files_begun (file_id, name, written) VALUES (?, ?, ?)",
        [written.file_id, os.fsencode(name), json.dumps(asdict(written))],
    )


def begun(store: Store) -> list[Begun]:
    """What `begin` noted and `end` has not crossed out."""
    return [
        Begun(file_id, photo_id, os.fsdecode(name), _written(file_id, json.loads(written)))
        for file_id, photo_id, name, written in store.rows(
            "SELECT file_id, files.photo_id, keyword_files_begun.name, written"
            " FROM keyword_files_begun JOIN files ON files.id = file_id"
            " WHERE files.photo_id IS NOT NULL"
        )
    ]


def end(store: Store, file_id: int) -> None:
    """The library knows what stands in the keyword file beside this file."""
    store.execute("DELETE FROM keyword_files_begun WHERE file_id = ?", [file_id])


def _written(file_id: int, read: Mapping[str, Any]) -> Written:
    return Written(
        file_id,
        tuple(read["keywords"]),
        read["rating"],
        bool(read["made"]),
        tuple(read["conflicts"]),
        {key: (ours, before) for key, (ours, before) in read["facts"].items()},
    )


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
