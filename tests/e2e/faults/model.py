"""What a person decided, as plain facts that are read from the library with SQL alone."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

Facts = frozenset[tuple[object, ...]]

_USER_COLUMNS = (
    "flag",
    "user_kind",
    "user_taken_at",
    "user_offset_min",
    "user_latitude",
    "user_longitude",
    "user_rating",
    "user_label",
    "user_title",
    "user_caption",
)
# The rest of the settings is noted by the machine for itself.
_SETTINGS = frozenset(
    [
        "encoder",
        "vocabulary_packs_off",
        "own_keywords",
        "ignored_problems",
        "recent_searches",
        "first_card",
    ]
)


def facts(library: Path) -> Facts:
    """Everything that was decided, with photos by the names of their files; nothing where there is no library."""
    if not library.exists() or not library.stat().st_size:
        return frozenset()
    uri = f"{library.as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        names = _names(connection)

        def rows(sql: str) -> Iterable[tuple[object, ...]]:
            return connection.execute(sql).fetchall()

        found: set[tuple[object, ...]] = set()
        for photo_id, *values in rows(f"SELECT id, {', '.join(_USER_COLUMNS)} FROM photos"):
            found |= {
                ("photo", names.get(photo_id), column, value)
                for column, value in zip(_USER_COLUMNS, values, strict=True)
                if value is not None
            }
        found |= {
            ("tag", names.get(photo_id), key, state)
            for photo_id, key, state in rows(
                "SELECT photo_id, key, state FROM photo_tags JOIN tags ON tags.id = tag_id"
                " WHERE state != 'imported'"
            )
        }
        found |= {
            ("file", os.fsdecode(bytes(folder) + b"/" + bytes(name)), state)
            for folder, name, state in connection.execute(
                "SELECT folders.relative, files.name, state FROM files"
                " JOIN folders ON folders.id = folder_id WHERE photo_id IS NOT NULL"
            )
        }
        found |= {("album", *row) for row in rows("SELECT name, kind FROM albums")}
        found |= {
            ("in album", album, names.get(photo_id))
            for album, photo_id in rows(
                "SELECT name, photo_id FROM album_photos JOIN albums ON albums.id = album_id"
            )
        }
        found |= {("search", *row) for row in rows("SELECT name, query FROM saved_searches")}
        found |= {
            ("root", path, removed is None)
            for path, removed in rows("SELECT path, removed_at FROM roots")
        }
        found |= {
            ("apart", names.get(one), names.get(other))
            for one, other in rows("SELECT one_id, other_id FROM not_duplicates")
        }
        found |= {
            ("vocabulary", *row)
            for row in rows("SELECT key, enabled FROM tags WHERE edited OR NOT enabled")
        }
        found |= {
            ("setting", key, value)
            for key, value in rows("SELECT key, value FROM settings")
            if key in _SETTINGS
        }
    return frozenset(found)


def _names(connection: sqlite3.Connection) -> dict[object, str]:
    names: dict[object, str] = {}
    for photo_id, folder, name in connection.execute(
        "SELECT photo_id, folders.relative, files.name FROM files"
        " JOIN folders ON folders.id = folder_id ORDER BY files.id DESC"
    ):
        names[photo_id] = os.fsdecode(bytes(folder) + b"/" + bytes(name))
    return names


def plain(found: Facts) -> list[str]:
    """For a report."""
    return sorted(json.dumps(fact, default=repr) for fact in found)
