"""Scores of suggested tags: for each tag one column over all photos, beside the vector index.

Suggestions are derived, so they are no rows of the library: rewriting one frequent tag as rows takes 200 to
550 ms, a column of 100,000 float16 is 200 KB. The columns lie in a database of their own with pages of
64 KiB, memory-mapped, which gives whole writes, growth and several processes for nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from photosort.store.db.bulk_rows import in_blocks, marks
from photosort.store.db.derived_database import DerivedDatabase
from photosort.store.vectors.index_file import Rows
from photosort.store.vectors.products import widened

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Name of their file among what is derived.
SCORES = "scores.db"
_SCHEMA = """
    CREATE TABLE source (version TEXT NOT NULL, photo_ids BLOB NOT NULL, vector_ids BLOB NOT NULL);
    CREATE TABLE columns (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, fingerprint TEXT NOT NULL);
    CREATE TABLE scores (id INTEGER PRIMARY KEY, data BLOB NOT NULL);
    CREATE TRIGGER column_gone AFTER DELETE ON columns BEGIN
        DELETE FROM scores WHERE id = old.id;
    END;
"""
_MAPPED_BYTES = 4 << 30


class ScoreColumns:
    """The columns of one library, for any thread."""

    def __init__(self, path: Path) -> None:
        self._database = DerivedDatabase(path, _SCHEMA, version=1, page_bytes=65_536)

    @classmethod
    def open(cls, path: Path) -> ScoreColumns:
        """Opens the file; a damaged one is begun again.

        Raises:
            EnvironmentProblem: it cannot be read or written.
        """
        columns = cls(path)
        columns._database.run(lambda connection: None)
        return columns

    def align(self, rows: Rows, version: str) -> None:
        """Makes the columns fit an index: one place for each of its photos, in its order.

        Rows whose photo or picture is new are NaN until they are written; columns of another version are
        dropped.

        Args:
            rows: the photos of the index of the semantic space.
            version: changes with the encoder, the centre and the calibration.
        """

        def work(connection: sqlite3.Connection) -> None:
            found = connection.execute("SELECT * FROM source").fetchone()
            if found is None or found[0] != version:
                connection.execute("DELETE FROM columns")
            else:
                old = Rows(np.frombuffer(found[1], "<i8"), np.frombuffer(found[2], "<i8"))
                if _same(old, rows):
                    return
                if not _same(old, rows[: len(old)]):  # rows behind the end read as NaN anyway
                    _rearrange(connection, old, rows)
            connection.execute("DELETE FROM source")
            connection.execute(
                "INSERT INTO source VALUES (?, ?, ?)",
                [
                    version,
                    rows.photo_ids.astype("<i8").tobytes(),
                    rows.vector_ids.astype("<i8").tobytes(),
                ],
            )

        self._database.write(work)

    def fingerprints(self) -> dict[str, str]:
        """Tag key to the fingerprint that its column was written with."""
        return self._database.run(
            lambda connection: dict(connection.execute("SELECT key, fingerprint FROM columns"))
        )

    def read(self, keys: Collection[str], count: int) -> dict[str, NDArray[np.float32]]:
        """Columns by tag key, of those that are there.

        Args:
            keys: tag keys.
            count: rows of the index that `align` was given.

        Returns:
            float32 arrays, shape (count,); NaN where nothing was written.
        """

        def work(connection: sqlite3.Connection) -> dict[str, NDArray[np.float32]]:
            _map(connection)
            return {
                key: _padded(data, count)
                for block in in_blocks(list(keys))
                for key, data in connection.execute(
                    "SELECT key, data FROM columns JOIN scores ON scores.id = columns.id"
                    f" WHERE key IN ({marks(block)})",
                    block,
                )
            }

        return self._database.run(work)

    def write(self, columns: Mapping[str, tuple[str, NDArray[np.floating]]]) -> None:
        """Writes whole columns in one transaction: tag key to fingerprint and scores of all rows.

        Raises:
            EnvironmentProblem: the disk is full.
        """

        def work(connection: sqlite3.Connection) -> None:
            for key, (fingerprint, scores) in columns.items():
                (column_id,) = connection.execute(
                    "INSERT INTO columns (key, fingerprint) VALUES (?, ?) ON CONFLICT (key)"
                    " DO UPDATE SET fingerprint = excluded.fingerprint RETURNING id",
                    [key, fingerprint],
                ).fetchone()
                data = scores.astype("<f2").tobytes()
                connection.execute("REPLACE INTO scores VALUES (?, ?)", [column_id, data])

        self._database.write(work)

    def drop_stale(self, fingerprints: Mapping[str, str]) -> int:
        """Removes the columns of tags that are gone or have another fingerprint; returns how many."""
        stale = [key for key, one in self.fingerprints().items() if fingerprints.get(key) != one]
        self._database.write(
            lambda connection: connection.executemany(
                "DELETE FROM columns WHERE key = ?", ((key,) for key in stale)
            )
        )
        return len(stale)

    def rebuild(self) -> None:
        """Throws everything away."""
        self._database.rebuild()

    def close(self) -> None:
        """Ends all connections; call it when no other thread uses them any more."""
        self._database.close()


def _map(connection: sqlite3.Connection) -> None:
    connection.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")


def _same(some: Rows, others: Rows) -> bool:
    return np.array_equal(some.photo_ids, others.photo_ids) and np.array_equal(
        some.vector_ids, others.vector_ids
    )


def _rearrange(connection: sqlite3.Connection, old: Rows, new: Rows) -> None:
    """Moves every score to the place of its row."""
    order = np.argsort(old.vector_ids, kind="stable")
    places = np.searchsorted(old.vector_ids, new.vector_ids, sorter=order)
    sources = (
        order[np.minimum(places, len(order) - 1)] if len(order) else np.zeros(0, dtype=np.intp)
    )
    known = new.are_in(old)
    for (column_id,) in connection.execute("SELECT id FROM columns").fetchall():
        (data,) = connection.execute("SELECT data FROM scores WHERE id = ?", [column_id]).fetchone()
        before = _padded(data, len(old))
        after = np.full(len(new), np.nan, dtype="<f2")
        after[known] = before[sources[known]]
        connection.execute("UPDATE scores SET data = ? WHERE id = ?", [after.tobytes(), column_id])


def _padded(data: bytes, count: int) -> NDArray[np.float32]:
    written = widened(np.frombuffer(data, dtype="<f2")[:count])
    if len(written) == count:
        return written
    return np.concatenate([written, np.full(count - len(written), np.nan, dtype=np.float32)])
