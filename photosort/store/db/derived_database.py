"""A database of derived data: shared by threads, started again when damaged."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from photosort import log
from photosort.safe_files import make_empty
from photosort.store.db.failures import failures, file_failures

_log = log.topic("store")
R = TypeVar("R")

_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class DerivedDatabase:
    """One such file. May be used from any thread; each has its own connection.

    Attributes:
        path: the database file.
    """

    def __init__(self, path: Path, schema: str, *, version: int, page_bytes: int) -> None:
        """Remembers what the file shall be; it is opened by the first `run`.

        Args:
            path: the database file.
            schema: statements that make its tables.
            version: changes with the schema; a file of another version is begun again.
            page_bytes: size of a page, a power of two from 512 to 65,536.
        """
        self.path = path.absolute()
        self._schema = schema
        self._version = version
        self._page_bytes = page_bytes
        self._local = threading.local()
        self._lock = threading.Lock()
        self._connections: set[sqlite3.Connection] = set()
        self._generation = 0

    def run(self, work: Callable[[sqlite3.Connection], R]) -> R:
        """Runs work over the calling thread's connection, once more where the file was damaged.

        Raises:
            EnvironmentProblem: the file cannot be read or written, or the disk is full.
        """
        with failures(self.path), file_failures(self.path):
            try:
                return work(self.connection())
            except sqlite3.DatabaseError as error:
                if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _DAMAGE:
                    raise
                _log.warning("%s was damaged and is begun again: %s", self.path.name, error)
            self.rebuild()
            return work(self.connection())

    def write(self, work: Callable[[sqlite3.Connection], R]) -> R:
        """Like `run`, in one transaction."""

        def in_transaction(connection: sqlite3.Connection) -> R:
            with _transaction(connection):
                return work(connection)

        return self.run(in_transaction)

    def connection(self) -> sqlite3.Connection:
        """The calling thread's connection."""
        held: tuple[int, sqlite3.Connection] | None = getattr(self._local, "held", None)
        with self._lock:
            if held is not None:
                if held[0] == self._generation:
                    return held[1]
                self._connections.discard(held[1])
                held[1].close()
            connection = self._open()
            self._connections.add(connection)
            self._local.held = (self._generation, connection)
        return connection

    def check(self) -> str:
        """What SQLite found wrong, or "ok"."""
        try:
            return str(self.connection().execute("PRAGMA quick_check(1)").fetchone()[0])
        except sqlite3.DatabaseError as error:
            return str(error)

    def rebuild(self) -> None:
        """Throws the file away; other threads notice at their next access."""
        with self._lock, file_failures(self.path):
            self._generation += 1
            for suffix in ("", "-wal", "-shm"):
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)

    def close(self) -> None:
        """Ends all connections; call it when no other thread uses them any more."""
        with self._lock:
            self._generation += 1
            for connection in self._connections:
                connection.close()
            self._connections.clear()

    def _open(self) -> sqlite3.Connection:
        if self.path.is_symlink():
            _log.warning("%s was a link; a file of its own takes its place", self.path.name)
            self.path.unlink(missing_ok=True)
        if not self.path.exists():
            with contextlib.suppress(FileExistsError):  # another process was quicker
                make_empty(self.path)
        connection = sqlite3.connect(
            self.path, timeout=10, isolation_level=None, check_same_thread=False
        )
        try:
            if not self._is_ready(connection):
                connection.execute(f"PRAGMA page_size = {self._page_bytes}")
                connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
                connection.execute("PRAGMA journal_mode = WAL")
                with _transaction(connection):
                    if not self._is_ready(connection):  # another one may have been quicker
                        self._make(connection)
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA recursive_triggers = ON")
        except BaseException:
            connection.close()
            raise
        return connection

    def _is_ready(self, connection: sqlite3.Connection) -> bool:
        return bool(connection.execute("PRAGMA user_version").fetchone()[0] == self._version)

    def _make(self, connection: sqlite3.Connection) -> None:
        from sqlite_utils import (
            Database,  # only for a new file: opening one needs no 0.1 s of import
        )

        db = Database(connection, execute_plugins=False)
        for table in db.tables:
            table.drop()
        db.executescript(self._schema)
        connection.execute(f"PRAGMA user_version = {self._version}")


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
