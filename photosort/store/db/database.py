"""One connection to a library: opened, migrated, private to the user."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import weakref
from typing import TYPE_CHECKING, Any

from photosort import log
from photosort.errors import EnvironmentProblem, InputProblem
from photosort.safe_files import make_empty
from photosort.sentences import Sentence
from photosort.store.db import migrations
from photosort.store.db.failures import detail_of, failures, file_failures, not_writable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from photosort.store.db.writer import Writer

_log = log.topic("store")

APPLICATION_ID = 0x50_48_53_54  # "PHST", written into the header of every library
BUSY_TIMEOUT_S = 10.0
# Other programs that read at the moment are waited for so long before a library is closed.
_LAST_WAIT_S = 1.0
_FETCH_ROWS = 2_000


class Store:
    """One open library file.

    It belongs to the thread that opened it; another thread opens its own. Only `close` may be called
    from elsewhere, once that thread is done.

    Attributes:
        path: the library file.
        read_only: nothing can be written through this connection.
        original: the library that this one is a passing copy of, or None.
    """

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        *,
        read_only: bool,
        original: Path | None = None,
    ) -> None:
        self.path = path
        self._connection = connection
        self.read_only = read_only
        self.original = original
        self._is_spoilt = False
        self._writer: Writer | None = None
        self._thread = threading.get_ident()
        self._streams: weakref.WeakSet[sqlite3.Cursor] = weakref.WeakSet()

    @classmethod
    def open(cls, library: Path, *, read_only: bool = False, original: Path | None = None) -> Store:
        """Opens a library; a writable one is made where there is none, and brought up to date.

        Before an existing library is migrated a copy is kept beside it.

        Args:
            library: the file.
            read_only: write nothing through this connection.
            original: the library that this file is a passing copy of.

        Raises:
            LibraryTooNew: a newer version of Photosort wrote it.
            EnvironmentProblem: it cannot be read or written, is locked, damaged or the disk is full.
            InputProblem: the file is a database of another program.
        """
        library = library.absolute()
        with failures(library), file_failures(library):
            if read_only:
                connection = _connect_to_read(library)
            else:
                _make_private(library)
                connection = _connect(f"{library.as_uri()}?mode=rw")
            store = cls(library, connection, read_only=read_only, original=original)
            try:
                store._prepare()
            except BaseException:
                store.close()
                raise
        return store

    def close(self) -> None:
        """Ends the connection, and what was being read through it."""
        # SQLite keeps a connection, and what it sees, until its last statement is done.
        for cursor in list(self._streams):
            cursor.close()
        self._connection.close()

    def gather(self) -> bool:
        """Moves all changes from the write-ahead log into the library file, so that a copy of the file alone is whole.

        Readers of this process must be closed before; what other programs are in the middle of may prevent it.

        Returns:
            Whether the file is whole now. If it is not, nothing is lost: the log beside it has the rest.
        """
        wait_ms = round(_LAST_WAIT_S * 1000)
        try:
            self.connection.execute(f"PRAGMA busy_timeout = {wait_ms}")
            row = self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.Error as error:
            _log.warning(
                "%s lacks the latest changes, which are safe in %s-wal beside it: "
                "copy both, or open and close Photosort again before copying the library (%s)",
                self.path,
                self.path.name,
                detail_of(error),
            )
            return False
        is_busy, in_log, moved = row
        if is_busy and in_log != moved:
            # The rule, not the exception, beside an open window; the last program to close moves the rest.
            _log.info("another program is using %s; the latest changes stay in its log", self.path)
            return False
        return True

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def connection(self) -> sqlite3.Connection:
        """The bare connection, for statements in hot loops inside `atomic`."""
        if threading.get_ident() != self._thread:
            raise RuntimeError("a Store belongs to the thread that opened it")
        return self._connection

    @property
    def db(self) -> Writer:
        """Tables by name, as sqlite-utils has them, for all writing outside hot loops.

        Made when first needed: reading commands and the window's start do without the 0.1 s of its import.
        """
        if self._writer is None:
            from photosort.store.db.writer import Writer

            self._writer = Writer(self)
        return self._writer

    @contextlib.contextmanager
    def atomic(self) -> Iterator[None]:
        """One transaction that takes the write lock at once; an inner one joins the outer.

        BEGIN IMMEDIATE, because a transaction that reads first and then wants to write fails at once,
        without waiting, when another process wrote in between. An error inside an inner one takes the
        outer one back too, also when it is caught in between: with savepoints, which could take back the
        inner alone, 100,000 updates took 14 s instead of 1 s.

        Raises:
            EnvironmentProblem: locked for too long, read-only, damaged or the disk is full.
        """
        with failures(self.path):
            if self._is_in_transaction():
                try:
                    yield
                except BaseException:
                    self._is_spoilt = True
                    raise
                return
            self.connection.execute("BEGIN IMMEDIATE")
            self._is_spoilt = False
            try:
                yield
                if self._is_spoilt:
                    raise RuntimeError(
                        "an error inside this transaction was caught and passed over"
                    )
                self.connection.execute("COMMIT")
            except BaseException:
                if self._is_in_transaction():
                    self.connection.execute("ROLLBACK")
                raise

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """Several reads that see the library at one moment."""
        with failures(self.path):
            if self._is_in_transaction():
                yield
                return
            self.connection.execute("BEGIN")
            try:
                yield
            finally:
                if self._is_in_transaction():
                    self.connection.execute("ROLLBACK")

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> sqlite3.Cursor:
        """Runs one statement."""
        with failures(self.path):
            return self.connection.execute(sql, parameters)

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> int:
        """Runs one statement for each row, in one transaction, and returns the number of rows touched."""
        with self.atomic():
            return self.connection.executemany(sql, rows).rowcount

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with failures(self.path):
            return self.connection.execute(sql, parameters).fetchall()

    def value(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """The first column of the first row, or None when there is no row."""
        with failures(self.path):
            row = self.connection.execute(sql, parameters).fetchone()
        return None if row is None else row[0]

    def stream(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, a few thousand in memory at a time."""
        with failures(self.path):
            cursor = self.connection.execute(sql, parameters)
        self._streams.add(cursor)
        try:
            while True:
                with failures(self.path):
                    block = cursor.fetchmany(_FETCH_ROWS)
                if not block:
                    return
                yield from block
        finally:
            with contextlib.suppress(sqlite3.ProgrammingError):  # the store was closed meanwhile
                cursor.close()

    def require_writable(self) -> None:
        """Refuses what a person decides where it would be gone with a passing copy.

        Raises:
            EnvironmentProblem: this is one.
        """
        if self.original is not None:
            raise EnvironmentProblem(not_writable(self.original))

    def data_version(self) -> int:
        """A number that changes when another connection changed the library."""
        return int(self.value("PRAGMA data_version"))

    def _is_in_transaction(self) -> bool:
        return self.connection.in_transaction

    def _prepare(self) -> None:
        connection = self.connection
        # As sqlite-utils has it: a REPLACE fires the triggers of what it deletes.
        connection.execute("PRAGMA recursive_triggers = ON")
        connection.execute(f"PRAGMA busy_timeout = {round(BUSY_TIMEOUT_S * 1000)}")
        # The window reads through three connections; with 16 MB each its scans of 100,000 photos were not
        # quicker than with 4.
        cache_kib = 4096 if self.read_only else 16384
        connection.execute(f"PRAGMA cache_size = -{cache_kib}")
        self._check_owner()
        if self.read_only:
            migrations.check_current(connection, self.path)
            return
        connection.execute("PRAGMA journal_mode = WAL")
        # In WAL mode NORMAL survives the death of the process at any moment; a power cut can lose the
        # last transactions but never damages the file.
        connection.execute("PRAGMA synchronous = NORMAL")
        self._migrate()
        connection.execute("PRAGMA foreign_keys = ON")

    def _check_owner(self) -> None:
        owner = self.value("PRAGMA application_id")
        if owner == APPLICATION_ID:
            return
        if owner != 0 or self.value("SELECT count(*) FROM sqlite_master"):
            raise InputProblem(
                Sentence(
                    "{library} is a database of another program, not a Photosort library; it was left as it is.",
                    library=self.path,
                ),
                f"application_id {owner:#x}",
            )
        if self.read_only:
            raise EnvironmentProblem(
                Sentence("{library} is empty; index a folder first.", library=self.path)
            )

    def _migrate(self) -> None:
        if not migrations.pending(self.connection, self.path):
            return
        # Foreign keys are off while tables are rebuilt (as SQLite's own guide asks) and checked after.
        self.connection.execute("PRAGMA foreign_keys = OFF")
        with self.atomic():
            waiting = migrations.pending(
                self.connection, self.path
            )  # another process may have been quicker
            if not waiting:
                return
            if self.value("PRAGMA application_id") == APPLICATION_ID:
                _keep_copy(self.path, waiting[0])
            self.connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            migrations.apply(self.db, waiting)
            broken = self.rows("PRAGMA foreign_key_check")
            if broken:
                raise sqlite3.IntegrityError(f"migration left broken references: {broken[:5]}")
        _log.info("library brought up to date: %s", ", ".join(waiting))


def _connect(uri: str) -> sqlite3.Connection:
    return sqlite3.connect(
        uri, uri=True, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
    )


def _connect_to_read(library: Path) -> sqlite3.Connection:
    if not library.exists():
        raise EnvironmentProblem(
            Sentence("There is no library at {library}; index a folder first.", library=library)
        )
    uri = library.as_uri()
    if os.access(library.parent, os.W_OK):
        return _connect(f"{uri}?mode=ro")
    # WAL needs its two side files even to read. Where they cannot be made, and none holds unsaved
    # pages, the file cannot change either and is read as it is.
    wal = library.with_name(library.name + "-wal")
    if wal.exists() and wal.stat().st_size:
        return _connect(f"{uri}?mode=ro")
    return _connect(f"{uri}?immutable=1")


def _make_private(library: Path) -> None:
    """Makes the file if there is none; SQLite gives its side files the permissions of the main file."""
    library.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if library.is_dir():
        raise EnvironmentProblem(
            Sentence("{library} is a folder, not a library file.", library=library)
        )
    if not library.exists():
        with contextlib.suppress(
            FileExistsError
        ):  # another process was quicker, or a link leads nowhere
            make_empty(library)
    elif os.name == "posix" and library.stat().st_mode & 0o077:
        with contextlib.suppress(OSError):  # somebody else's file: using it makes nothing worse
            library.chmod(0o600)
    if not (os.access(library, os.W_OK) and os.access(library.parent, os.W_OK)):
        raise EnvironmentProblem(not_writable(library))


def _keep_copy(library: Path, first_migration: str) -> None:
    """Copies the library as it is before its first pending migration, whole or not at all."""
    copy = library.with_name(f"{library.stem}.before-{first_migration}{library.suffix}")
    unfinished = copy.with_name(copy.name + ".part")
    unfinished.unlink(missing_ok=True)
    make_empty(unfinished)
    # A second connection: SQLite refuses to back up through the one that holds the write lock.
    source, target = _connect(f"{library.as_uri()}?mode=ro"), _connect(unfinished.as_uri())
    try:
        source.backup(target)
    except BaseException:
        target.close()
        unfinished.unlink(missing_ok=True)
        raise
    finally:
        source.close()
        target.close()
    unfinished.replace(copy)
    _log.info("kept a copy of the library before migrating it: %s", copy)
