"""Thumbnails, in a database of their own that can be thrown away and made again."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from photosort import log
from photosort.store.database import failures, file_failures
from photosort.store.rows import in_blocks, marks

_log = log.topic("store")
R = TypeVar("R")

_FORMAT = 1
_PREVIEW = 0  # in place of an edge: the file's own small picture, kept under its quick key
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
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


class Thumbnails:
    """The thumbnail database. May be used from any thread; each gets a connection of its own.

    A damaged file is replaced by an empty one, as everything in it can be made again.

    Attributes:
        path: the database file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._lock = threading.Lock()
        self._connections: list[sqlite3.Connection] = []
        self._generation = 0
        self._used: set[int] = set()

    @classmethod
    def open(cls, path: Path) -> Thumbnails:
        """Opens the database; one of another format or a damaged one is begun anew.

        Raises:
            EnvironmentProblem: it cannot be read or written.
        """
        thumbnails = cls(path.absolute())
        thumbnails._run(lambda connection: connection.execute("SELECT 1 FROM thumbnails LIMIT 1"))
        return thumbnails

    def put(self, rows: Iterable[tuple[bytes, int, bytes]]) -> None:
        """Stores thumbnails in one transaction, in place of those that are there.

        Args:
            rows: pixel hash, longest edge in pixels, JPEG bytes.

        Raises:
            EnvironmentProblem: the disk is full or cannot be written.
        """
        new = list(rows)
        self._run(lambda connection: self._put(connection, new))

    def put_previews(self, rows: Iterable[tuple[bytes, bytes]]) -> None:
        """Stores the small pictures that files carry in themselves: quick key, JPEG bytes."""
        self.put([(quick_key, _PREVIEW, jpeg) for quick_key, jpeg in rows])

    def get(self, pixel_hash: bytes, edge_px: int) -> bytes | None:
        """One thumbnail as JPEG, or None."""
        return self.get_many([pixel_hash], edge_px).get(pixel_hash)

    def get_many(self, pixel_hashes: Iterable[bytes], edge_px: int) -> dict[bytes, bytes]:
        """Pixel hash to JPEG, of those that are there."""
        keys = list(pixel_hashes)
        return self._run(lambda connection: self._get(connection, keys, edge_px))

    def previews(self, quick_keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Quick key to JPEG of the small pictures that files carry, of those that are there."""
        return self.get_many(quick_keys, _PREVIEW)

    def drop_previews(self, quick_keys: Iterable[bytes]) -> None:
        """Forgets previews, once real thumbnails have taken their place."""
        keys = list(quick_keys)

        def work(connection: sqlite3.Connection) -> None:
            with _transaction(connection):
                connection.executemany(
                    "DELETE FROM thumbnails WHERE key = ? AND edge_px = ?",
                    ((key, _PREVIEW) for key in keys),
                )

        self._run(work)

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

        return self._run(work)

    def keep(self, keys: Iterable[bytes]) -> None:
        """Protects these from eviction, and no others: the pictures of files that are offline now."""
        kept = list(keys)

        def work(connection: sqlite3.Connection) -> None:
            with _transaction(connection):
                connection.execute("UPDATE thumbnails SET kept = 0 WHERE kept")
                connection.executemany(
                    "UPDATE thumbnails SET kept = 1 WHERE key = ?", ((key,) for key in kept)
                )

        self._run(work)

    def size_bytes(self) -> int:
        """Bytes of all pictures."""
        sql = "SELECT coalesce(sum(size_bytes), 0) FROM thumbnails"
        return int(self._run(lambda connection: connection.execute(sql).fetchone()[0]))

    def evict(self, limit_bytes: int) -> int:
        """Removes what was not used for longest until the rest fits, and returns how many went.

        Previews go first; what `keep` named stays, even above the limit.
        """
        return self._run(lambda connection: self._evict(connection, limit_bytes))

    def check(self) -> str:
        """What SQLite found wrong, or "ok"; a damaged file is begun anew by the next access."""
        connection = self._connection()
        try:
            return str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
        except sqlite3.DatabaseError as error:
            return str(error)

    def begin_anew(self) -> None:
        """Throws everything away."""
        with self._lock:
            self._close_all()
            with failures(self.path), file_failures(self.path):
                for suffix in ("", "-wal", "-shm"):
                    self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)

    def close(self) -> None:
        """Ends all connections; call it when no other thread uses them any more."""
        with contextlib.suppress(sqlite3.Error):
            self._run(self._note_use)
        with self._lock:
            self._close_all()

    def _close_all(self) -> None:
        self._generation += 1
        for connection in self._connections:
            connection.close()
        self._connections.clear()

    def _run(self, work: Callable[[sqlite3.Connection], R]) -> R:
        with failures(self.path), file_failures(self.path):
            try:
                return work(self._connection())
            except sqlite3.DatabaseError as error:
                if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _DAMAGE:
                    raise
                _log.warning("the thumbnail database was damaged and is begun anew: %s", error)
            self.begin_anew()
            return work(self._connection())

    def _connection(self) -> sqlite3.Connection:
        held: tuple[int, sqlite3.Connection] | None = getattr(self._local, "held", None)
        if held is not None and held[0] == self._generation:
            return held[1]
        with self._lock:
            connection = _open(self.path)
            self._connections.append(connection)
            self._local.held = (self._generation, connection)
        return connection

    def _put(self, connection: sqlite3.Connection, rows: list[tuple[bytes, int, bytes]]) -> None:
        now = int(time.time())
        with _transaction(connection):
            self._write_use(connection, now)
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
        with _transaction(connection):
            self._write_use(connection, int(time.time()))
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
        if gone:
            # `execute` steps a PRAGMA only once, which here would give back one page.
            connection.executescript("PRAGMA incremental_vacuum")
        return len(gone)

    def _note_use(self, connection: sqlite3.Connection) -> None:
        with _transaction(connection):
            self._write_use(connection, int(time.time()))

    def _write_use(self, connection: sqlite3.Connection, now: int) -> None:
        """Writes down what was looked at since the last writing, so that looking itself never writes."""
        used, self._used = self._used, set()
        connection.executemany(
            "UPDATE thumbnails SET used_at = ? WHERE id = ?", ((now, row_id) for row_id in used)
        )


def _open(path: Path) -> sqlite3.Connection:
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    connection = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)
    try:
        if not _is_ready(connection):
            connection.execute("PRAGMA page_size = 8192")
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            connection.execute("PRAGMA journal_mode = WAL")
            with _transaction(connection):
                if not _is_ready(connection):  # another thread or process may have been quicker
                    _make(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")  # a power cut costs thumbnails, not photos
        connection.execute("PRAGMA recursive_triggers = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _is_ready(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("PRAGMA user_version").fetchone()[0] == _FORMAT)


def _make(connection: sqlite3.Connection) -> None:
    connection.execute("DROP TABLE IF EXISTS thumbnails")
    connection.execute("DROP TABLE IF EXISTS pictures")
    statement = ""
    for line in _SCHEMA.splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""
    connection.execute(f"PRAGMA user_version = {_FORMAT}")


@contextlib.contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
