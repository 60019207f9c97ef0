"""Takes photos out of a library for good: their rows, their history, and what SQLite would leave in free pages.

It works on bare connections, because copies of the library are as old as the versions that made them: which tables
there are, and what in them is about a photo, is read from the file.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from photosort.store.db import history

# Which of the rows that go a column means, where the library does not declare it.
_BY_NAME = {"photo_id": "photos", "file_id": "files", "content_id": "contents"}
_CORE = ("photos", "files", "contents")
_RECENT = "recent_searches"
_IGNORED = "ignored_problems"
# Noted until thumbnails and free pages are clean, too.
PENDING = "forgetting"


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was taken out.

    Attributes:
        photos: how many.
        keys: quick keys and pixel hashes of pictures that no other photo has.
    """

    photos: int
    keys: frozenset[bytes]


def forget(
    connection: sqlite3.Connection, photo_ids: Iterable[int], *, is_copy: bool = False
) -> Forgotten:
    """Takes photos out of a library or a copy of it, in one transaction. It cannot be undone.

    Folders, keywords and automatic albums that only these photos had go with them. What is left to do for a library,
    but not for a copy, stands in the setting `PENDING`.

    Args:
        connection: without a transaction.
        photo_ids: of this library; those that are not in it are noted all the same.
        is_copy: there are no thumbnails of it.
    """
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            found = _forget(connection, sorted(set(photo_ids)))
            if not is_copy:
                _note_pending(connection, found.keys)
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
    finally:
        connection.execute("PRAGMA foreign_keys = ON")
    return found


def forgotten(connection: sqlite3.Connection) -> set[int]:
    """The photos that a library or a copy of it has forgotten, by id."""
    if "forgotten" not in _tables(connection):
        return set()
    return {row[0] for row in connection.execute("SELECT photo_id FROM forgotten")}


def compact(connection: sqlite3.Connection) -> None:
    """Rewrites the whole file, without free pages.

    Raises:
        sqlite3.Error: there is no room for it.
    """
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("VACUUM")


def empty_log(connection: sqlite3.Connection) -> bool:
    """Moves all changes out of the write-ahead log, and empties it.

    Returns:
        False where another program reads the library, so that the log holds what was forgotten until that ends.
    """
    row = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not row[0]


def _forget(connection: sqlite3.Connection, photo_ids: Sequence[int]) -> Forgotten:
    run = connection.execute
    for table in _CORE:
        run(f"DROP TABLE IF EXISTS temp.gone_{table}")
        run(f"CREATE TEMP TABLE gone_{table} (id INTEGER PRIMARY KEY)")
    connection.executemany("INSERT INTO gone_photos VALUES (?)", [(one,) for one in photo_ids])
    run("CREATE TABLE IF NOT EXISTS forgotten (photo_id INTEGER PRIMARY KEY)")
    run("INSERT OR IGNORE INTO forgotten SELECT id FROM gone_photos")
    run(
        "INSERT INTO gone_files SELECT id FROM files WHERE photo_id IN (SELECT id FROM gone_photos)"
    )
    run(
        "INSERT INTO gone_contents SELECT DISTINCT content_id FROM files"
        " WHERE content_id IS NOT NULL AND id IN (SELECT id FROM gone_files)"
        " EXCEPT SELECT content_id FROM files WHERE id NOT IN (SELECT id FROM gone_files)"
    )
    names = {
        os.fsdecode(row[0])
        for row in run("SELECT name FROM files WHERE id IN (SELECT id FROM gone_files)")
    }
    keys = frozenset(
        key
        for row in run(
            "SELECT quick_key, pixel_hash FROM contents WHERE id IN (SELECT id FROM gone_contents)"
        )
        for key in row
        if key is not None
    )
    count = run("SELECT count(*) FROM photos WHERE id IN (SELECT id FROM gone_photos)").fetchone()
    was_tagged, was_in = _touched(connection)
    _forget_history(connection, names)
    for table in _tables(connection):
        _forget_rows(connection, table)
    for table in _CORE:
        run(f"DELETE FROM {table} WHERE id IN (SELECT id FROM gone_{table})")
    run("DELETE FROM folders WHERE id NOT IN (SELECT folder_id FROM files)")
    _forget_keywords(connection, was_tagged)
    _forget_albums(connection, was_in)
    _forget_settings(connection, names)
    _forget_words(connection)
    for table in _CORE:
        run(f"DROP TABLE temp.gone_{table}")
    return Forgotten(count[0], keys)


def _note_pending(connection: sqlite3.Connection, keys: Iterable[bytes]) -> None:
    row = connection.execute("SELECT value FROM settings WHERE key = ?", [PENDING]).fetchone()
    before = [] if row is None else json.loads(row[0]) or []
    noted = json.dumps(sorted({*before, *(key.hex() for key in keys)}))
    connection.execute("REPLACE INTO settings (key, value) VALUES (?, ?)", [PENDING, noted])


def _touched(connection: sqlite3.Connection) -> tuple[list[int], list[int]]:
    """Keywords of files, and automatic albums without a name of the user's, that any of the photos had."""
    tags = connection.execute(
        "SELECT DISTINCT tags.id FROM tags JOIN photo_tags ON tags.id = tag_id"
        " WHERE photo_id IN (SELECT id FROM gone_photos)"
        " AND tags.origin = 'imported' AND NOT tags.edited"
    ).fetchall()
    albums = connection.execute(
        "SELECT DISTINCT id FROM albums JOIN album_photos ON album_id = id"
        " WHERE photo_id IN (SELECT id FROM gone_photos)"
        " AND kind IN ('event', 'theme') AND NOT name_pinned"
    ).fetchall()
    return [row[0] for row in tags], [row[0] for row in albums]


def _tables(connection: sqlite3.Connection) -> list[str]:
    """Names of the tables that hold rows of their own."""
    names = connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")
    return [name for (name,) in names if not name.startswith(("sqlite_", "words"))]


def _forget_rows(connection: sqlite3.Connection, table: str) -> None:
    """Rows about what goes; a column that may be empty is emptied where the row is about something else."""
    if table in {*_CORE, "forgotten"}:
        return
    columns = {row[1]: row for row in connection.execute(f"PRAGMA table_info({table})")}
    about = {name: target for name, target in _BY_NAME.items() if name in columns}
    for row in connection.execute(f"PRAGMA foreign_key_list({table})"):
        if row[2] in _CORE:
            about[row[3]] = row[2]
    for column, target in about.items():
        goes = f"{column} IN (SELECT id FROM gone_{target})"
        is_about_it = columns[column][3] or columns[column][5]
        connection.execute(
            f"DELETE FROM {table} WHERE {goes}"
            if is_about_it
            else f"UPDATE {table} SET {column} = NULL WHERE {goes}"
        )


def _forget_history(connection: sqlite3.Connection, names: set[str]) -> None:
    gone = {
        table: {row[0] for row in connection.execute(f"SELECT id FROM gone_{table}")}
        for table in ("photos", "files")
    }
    history.forget(connection, gone, names)
    if "changes_to_follow" in _tables(connection):
        connection.execute(
            "DELETE FROM changes_to_follow WHERE history_id NOT IN (SELECT id FROM history)"
        )


def _forget_keywords(connection: sqlite3.Connection, tag_ids: Sequence[int]) -> None:
    connection.executemany(
        "DELETE FROM tags WHERE id = ? AND id NOT IN (SELECT tag_id FROM photo_tags)"
        " AND id NOT IN (SELECT parent_id FROM tags WHERE parent_id IS NOT NULL)",
        [(tag_id,) for tag_id in tag_ids],
    )


def _forget_albums(connection: sqlite3.Connection, album_ids: Sequence[int]) -> None:
    for album_id in album_ids:
        if connection.execute(
            "SELECT 1 FROM album_photos WHERE album_id = ?", [album_id]
        ).fetchone():
            continue
        connection.execute("UPDATE albums SET parent_id = NULL WHERE parent_id = ?", [album_id])
        connection.execute("DELETE FROM album_suggestions WHERE album_id = ?", [album_id])
        connection.execute("DELETE FROM albums WHERE id = ?", [album_id])
    gone = {row[0] for row in connection.execute("SELECT id FROM gone_photos")}
    for row_id, data in connection.execute("SELECT id, data FROM album_suggestions").fetchall():
        said = json.loads(data)
        if gone.intersection((*said.get("joins", ()), *said.get("leaves", ()))):
            connection.execute("DELETE FROM album_suggestions WHERE id = ?", [row_id])


def _forget_settings(connection: sqlite3.Connection, names: set[str]) -> None:
    """Searches for things like one of the files, and problems of theirs."""
    gone = {str(row[0]) for row in connection.execute("SELECT id FROM gone_files")}
    for key, value in connection.execute(
        "SELECT key, value FROM settings WHERE key IN (?, ?)", [_RECENT, _IGNORED]
    ).fetchall():
        kept = [
            text
            for text in json.loads(value)
            if (
                text.partition(":")[0] not in gone
                if key == _IGNORED
                else not any(name in text for name in names)
            )
        ]
        connection.execute("UPDATE settings SET value = ? WHERE key = ?", [json.dumps(kept), key])


def _forget_words(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM words WHERE rowid IN (SELECT id FROM gone_photos)")
    connection.execute("DELETE FROM words_stale WHERE photo_id IN (SELECT id FROM gone_photos)")
    # What was deleted stands in the index until its parts are put together.
    connection.execute("INSERT INTO words (words) VALUES ('optimize')")
