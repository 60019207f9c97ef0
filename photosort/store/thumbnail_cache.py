"""The cache of thumbnails: a database of its own that can be deleted and made again."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterable
from pathlib import Path

from photosort.errors import EnvironmentProblem
from photosort.store.db.bulk_rows import in_blocks, marks
from photosort.store.db.derived_database import DerivedDatabase

_PREVIEW = 0  # in place of an edge: the file's own small picture, kept under its quick key
_SCHEMA = """
    CREATE TABLE thumbnails (
        id INTEGER PRIMARY KEY,
        key BLOB NOT NULL,
        edge_px INTEGER NOT NULL,
        size_bytes INTEGER NOT NULL,
        used_at INTEGER NOT NULL,
        kept INTEGER NOT NULL DEFAULT 0,
        UNIQUE (key, edge_px)
    );
    -- Apart, so that looking for what to evict does not read the pictures.
    CREATE TABLE pictures (id INTEGER PRIMARY KEY, data BLOB NOT NULL);
    CREATE TRIGGER thumbnail_gone AFTER DELETE ON thumbnails BEGIN
        DELETE FROM pictures WHERE id = old.id;
    END;
"""


class ThumbnailCache:
    """The thumbnails of a library, for any thread."""

    def __init__(self, path: Path) -> None:
        self._database = DerivedDatabase(path, _SCHEMA, version=1, page_bytes=8_192)
        self._used: set[int] = set()

    @classmethod
    def open(cls, path: Path) -> ThumbnailCache:
        """Opens the database; one of another format or a damaged one is begun again.

        Raises:
            EnvironmentProblem: it cannot be read or written.
        """
        thumbnails = cls(path)
        thumbnails._database.run(lambda connection: None)
        return thumbnails

    def put(self, rows: Iterable[tuple[bytes, int, bytes]]) -> None:
        """Stores thumbnails in one transaction, in place of those that are there.

        Args:
            rows: pixel hash, longest edge in pixels, JPEG bytes.

        Raises:
            EnvironmentProblem: the disk is full or cannot be written.
        """
        new = list(rows)
        self._database.write(lambda connection: self._put(connection, new))

    def put_previews(self, rows: Iterable[tuple[bytes, bytes]]) -> None:
        """Stores the small pictures that files carry in themselves: quick key, JPEG bytes."""
        self.put([(quick_key, _PREVIEW, jpeg) for quick_key, jpeg in rows])

    def get(self, pixel_hash: bytes, edge_px: int) -> bytes | None:
        """One thumbnail as JPEG, or None."""
        return self.get_many([pixel_hash], edge_px).get(pixel_hash)

    def get_many(self, pixel_hashes: Iterable[bytes], edge_px: int) -> dict[bytes, bytes]:
        """Pixel hash to JPEG, of those that are there."""
        keys = list(pixel_hashes)
        return self._database.run(lambda connection: self._get(connection, keys, edge_px))

    def previews(self, quick_keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Quick key to JPEG of the small pictures that files carry, of those that are there."""
        return self.get_many(quick_keys, _PREVIEW)

    def forget_previews(self, quick_keys: Iterable[bytes]) -> None:
        """Removes the small pictures that files carry in themselves: they are to be shown otherwise."""
        keys = [(key, _PREVIEW) for key in quick_keys]
        sql = "DELETE FROM thumbnails WHERE key = ? AND edge_px = ?"
        self._database.write(lambda connection: connection.executemany(sql, keys))

    def missing(self, pixel_hashes: Iterable[bytes], edge_px: int) -> set[bytes]:
        """Those of the pixel hashes that have no thumbnail of this edge."""
        keys = set(pixel_hashes)

        def work(connection: sqlite3.Connection) -> set[bytes]:
            return keys - {
                row[0]
                for block in in_blocks(list(keys))
                for row in connection.execute(
                    f"SELECT key FROM thumbnails WHERE edge_px = ? AND key IN ({marks(block)})",
                    [edge_px, *block],
                )
            }

        return self._database.run(work)

    def keep(self, keys: Iterable[bytes]) -> None:
        """Protects these from eviction, and no others: the pictures of files that are offline now."""
        kept = list(keys)

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("UPDATE thumbnails SET kept = 0 WHERE kept")
            connection.executemany(
                "UPDATE thumbnails SET kept = 1 WHERE key = ?", ((key,) for key in kept)
            )

        self._database.write(work)

    def size_bytes(self) -> int:
        """Bytes of all pictures."""
        sql = "SELECT coalesce(sum(size_bytes), 0) FROM thumbnails"
        return int(self._database.run(lambda connection: connection.execute(sql).fetchone()[0]))

    def evict(self, limit_bytes: int) -> int:
        """Removes what was not used for longest until the rest fits, and returns how many went.

        Previews go first; what `keep` named stays, even above the limit.
        """
        gone = self._database.write(lambda connection: self._evict(connection, limit_bytes))
        if gone:
            # `execute` steps a PRAGMA only once, which here would give back one page.
            vacuum = "PRAGMA incremental_vacuum"
            self._database.run(lambda connection: connection.executescript(vacuum))
        return gone

    def forget(self, keys: Iterable[bytes]) -> None:
        """Removes the pictures of these quick keys and pixel hashes, and leaves no trace of them in the file."""
        gone = [(key,) for key in keys]

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("PRAGMA secure_delete = ON")
            connection.executemany("DELETE FROM thumbnails WHERE key = ?", gone)

        self._database.run(work)
        compact = "PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE);"
        self._database.run(lambda connection: connection.executescript(compact))

    def check(self) -> str:
        """What SQLite found wrong, or "ok"; a damaged file is begun again by the next access."""
        return self._database.check()

    def rebuild(self) -> None:
        """Throws everything away."""
        self._database.rebuild()

    def close(self) -> None:
        """Ends all connections; call it when no other thread uses them any more."""
        if self._used:
            with contextlib.suppress(EnvironmentProblem):  # it matters for eviction only
                self._database.write(self._write_use)
        self._database.close()

    def _put(self, connection: sqlite3.Connection, rows: list[tuple[bytes, int, bytes]]) -> None:
        self._write_use(connection)
        now = int(time.time())
        for key, edge_px, jpeg in rows:
            (row_id,) = connection.execute(
                "INSERT INTO thumbnails (key, edge_px, size_bytes, used_at) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (key, edge_px) DO UPDATE"
                " SET size_bytes = excluded.size_bytes, used_at = excluded.used_at"
                " RETURNING id",
                [key, edge_px, len(jpeg), now],
            ).fetchone()
            connection.execute("REPLACE INTO pictures (id, data) VALUES (?, ?)", [row_id, jpeg])

    def _get(
        self, connection: sqlite3.Connection, keys: list[bytes], edge_px: int
    ) -> dict[bytes, bytes]:
        found: dict[bytes, bytes] = {}
        for block in in_blocks(keys):
            for row_id, key, jpeg in connection.execute(
                "SELECT thumbnails.id, key, data FROM thumbnails JOIN pictures USING (id)"
                f" WHERE edge_px = ? AND key IN ({marks(block)})",
                [edge_px, *block],
            ):
                found[key] = jpeg
                self._used.add(row_id)
        return found

    def _evict(self, connection: sqlite3.Connection, limit_bytes: int) -> int:
        self._write_use(connection)
        (size,) = connection.execute(
            "SELECT coalesce(sum(size_bytes), 0) FROM thumbnails"
        ).fetchone()
        gone = []
        for row_id, size_bytes in connection.execute(
            "SELECT id, size_bytes FROM thumbnails WHERE NOT kept"
            " ORDER BY edge_px != ?, used_at, id",
            [_PREVIEW],
        ):
            if size <= limit_bytes:
                break
            size -= size_bytes
            gone.append((row_id,))
        connection.executemany("DELETE FROM thumbnails WHERE id = ?", gone)
        return len(gone)

    def _write_use(self, connection: sqlite3.Connection) -> None:
        """Writes down what was looked at since the last writing, so that looking itself never writes."""
        used, self._used = self._used, set()
        now = int(time.time())
        connection.executemany(
            "UPDATE thumbnails SET used_at = ? WHERE id = ?",
            [(now, row_id) for row_id in list(used)],
        )
