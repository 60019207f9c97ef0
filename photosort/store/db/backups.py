"""Copies of a library in a folder: made while it is in use, listed, thinned out, put back."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable, Collection, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from photosort.errors import EnvironmentProblem, InputProblem
from photosort.safe_files import Folder
from photosort.sentences import Sentence
from photosort.store.db import forgetting
from photosort.store.db.database import APPLICATION_ID, BUSY_TIMEOUT_S
from photosort.store.db.failures import failures, file_failures

# How many days, weeks and months keep their newest copy, and how many of the newest are kept anyway.
KEPT_DAYS, KEPT_WEEKS, KEPT_MONTHS, KEPT_NEWEST = 7, 4, 6, 5
_NAME = re.compile(r"(\d{8}-\d{6})-([a-z]+)\.db")
_TIME = "%Y%m%d-%H%M%S"
# Room that stays free for everything else on that disk.
_LEFT_FREE_BYTES = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of a library.

    Attributes:
        path: the file.
        at: when it was made, UTC.
        reason: "daily", "asked" or "before" (a change of many photos, or a restoration).
        size_bytes: of the file.
    """

    path: Path
    at: datetime
    reason: str
    size_bytes: int

    @property
    def id(self) -> str:
        """What `restore` calls it."""
        return self.at.strftime(_TIME)


@dataclass(frozen=True, slots=True)
class Holdings:
    """How much a library or a copy of it holds.

    Attributes:
        tags: answers about tags of photos.
        rated: photos with stars, a mark, or texts of the user's.
        last_change: id of the latest entry of its history, 0 without any.
    """

    photos: int
    files: int
    tags: int
    rated: int
    albums: int
    last_change: int


def list_all(folder: Path) -> list[Backup]:
    """The copies in a folder, the newest first.

    Raises:
        EnvironmentProblem: the folder is there and cannot be read.
    """
    found = []
    with file_failures(folder):
        for path in folder.iterdir() if folder.is_dir() else ():
            match = _NAME.fullmatch(path.name)
            if match and path.is_file():
                at = datetime.strptime(match[1], _TIME).replace(tzinfo=UTC)
                found.append(Backup(path, at, match[2], path.stat().st_size))
    return sorted(found, key=lambda one: one.at, reverse=True)


def make(library: Path, folder: Path, *, reason: str) -> Backup:
    """Copies a library as it is at this moment, whole and verified; others may go on writing meanwhile.

    Args:
        library: the file.
        folder: where the copy goes; it is made, for the user alone.
        reason: as `Backup.reason`.

    Raises:
        EnvironmentProblem: no room, no permission, or the library is damaged; earlier copies stay.
    """
    with file_failures(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        log = library.with_name(library.name + "-wal")
        needed = library.stat().st_size + (log.stat().st_size if log.exists() else 0)
        if shutil.disk_usage(folder).free < needed + _LEFT_FREE_BYTES:
            raise EnvironmentProblem(
                Sentence(
                    "There is not enough room for a copy of the library in {folder}.", folder=folder
                )
            )
        taken = {one.id for one in list_all(folder)}
        at = datetime.now(UTC).replace(microsecond=0)
        while at.strftime(_TIME) in taken:
            at += timedelta(seconds=1)
        name = f"{at.strftime(_TIME)}-{reason}.db"
        with Folder(folder) as opened:
            opened.sweep()
            with opened.creating(name, mode=0o600) as part, failures(library):
                _copy(library, Path(part.name))
    path = folder / name
    return Backup(path, at, reason, path.stat().st_size)


def forget(copy: Path, photo_ids: Collection[int]) -> bool:
    """Takes photos out of a copy, as `forgetting.forget` does; it is replaced as a whole.

    Returns:
        False where it had forgotten them before.

    Raises:
        EnvironmentProblem: it is damaged, or cannot be written; it is as it was.
    """
    with file_failures(copy), failures(copy), closing(_connect_to_copy(copy)) as source:
        if forgetting.forgotten(source).issuperset(photo_ids):
            return False
        with (
            Folder(copy.parent) as folder,
            folder.replacing(copy.name, mode=0o600) as part,
            closing(sqlite3.connect(part.name, isolation_level=None)) as made,
        ):
            made.execute("PRAGMA journal_mode = OFF")
            made.execute("PRAGMA synchronous = OFF")
            source.backup(made)
            made.execute("PRAGMA journal_mode = MEMORY")
            forgetting.forget(made, photo_ids, is_copy=True)
            forgetting.compact(made)
            made.execute("PRAGMA journal_mode = DELETE")
    return True


def thin_out(folder: Path) -> list[Backup]:
    """Removes what `to_keep` leaves out, and returns it."""
    found = list_all(folder)
    kept = to_keep(found)
    with file_failures(folder):
        gone = [one for one in found if one not in kept]
        for one in gone:
            one.path.unlink(missing_ok=True)
    return gone


def to_keep(backups: Iterable[Backup]) -> set[Backup]:
    """The newest copy of each of the last days, weeks and months that have one, and the newest few.

    Days on which the library was not used count for nothing: a year without Photosort loses no copy.
    """
    newest_first = sorted(backups, key=lambda one: one.at, reverse=True)
    periods: tuple[tuple[Callable[[datetime], object], int], ...] = (
        (lambda at: at.date(), KEPT_DAYS),
        (lambda at: at.isocalendar()[:2], KEPT_WEEKS),
        (lambda at: (at.year, at.month), KEPT_MONTHS),
    )
    kept = set(newest_first[:KEPT_NEWEST])
    for period, count in periods:
        first: dict[object, Backup] = {}
        for one in newest_first:
            first.setdefault(period(one.at.astimezone()), one)
        kept.update(list(first.values())[:count])
    return kept


def find(folder: Path, given: str) -> Backup:
    """The copy with an id, or the file at a path.

    Raises:
        InputProblem: there is none, or the file is no library.
    """
    for one in list_all(folder):
        if one.id == given:
            return one
    path = Path(given).expanduser()
    if not path.is_file():
        raise InputProblem(
            Sentence("There is no copy {given}; see: photosort backup list", given=given)
        )
    try:
        with closing(_connect_to_copy(path)) as connection:
            owner = connection.execute("PRAGMA application_id").fetchone()[0]
    except sqlite3.Error:
        owner = None
    if owner != APPLICATION_ID:
        raise InputProblem(Sentence("{file} is no copy of a library.", file=given))
    status = path.stat()
    at = datetime.fromtimestamp(status.st_mtime, UTC).replace(microsecond=0)
    return Backup(path, at, "asked", status.st_size)


def holdings(path: Path) -> Holdings:
    """How much a copy holds.

    Raises:
        EnvironmentProblem: it is damaged.
    """
    with failures(path), closing(_connect_to_copy(path)) as connection:
        return count(connection)


def count(connection: sqlite3.Connection) -> Holdings:
    """How much a library holds."""
    row = connection.execute(
        """
        SELECT (SELECT count(*) FROM photos), (SELECT count(*) FROM files),
            (SELECT count(*) FROM photo_tags WHERE state != 'imported'),
            (SELECT count(*) FROM photos WHERE user_rating IS NOT NULL OR flag IS NOT NULL
                OR user_title IS NOT NULL OR user_caption IS NOT NULL),
            (SELECT count(*) FROM albums), (SELECT coalesce(max(id), 0) FROM history)
        """
    ).fetchone()
    return Holdings(*row)


def put_back(backup: Path, connection: sqlite3.Connection) -> None:
    """Gives an open library the contents of a copy, in one transaction; other programs may be reading it.

    Ids that were given since stay unused, what was forgotten for good stays forgotten, and what was derived is made
    again.

    Args:
        backup: the copy.
        connection: the library's, outside a transaction.
    """
    before, forgotten = _numbers(connection), forgetting.forgotten(connection)
    with closing(_connect_to_copy(backup)) as source:
        source.backup(connection)
    if not forgetting.forgotten(connection).issuperset(forgotten):
        forgetting.forget(connection, forgotten)
    connection.execute("BEGIN IMMEDIATE")
    for table, number in before.items():
        if table == "":
            sql = "UPDATE meta SET value = max(value, ?) + 1 WHERE key = 'vectors_stamp'"
            connection.execute(sql, [number])
        else:
            sql = "UPDATE sqlite_sequence SET seq = ? WHERE name = ? AND seq < ?"
            connection.execute(sql, [number, table, number])
    connection.execute("COMMIT")


def _numbers(connection: sqlite3.Connection) -> dict[str, int]:
    """The last id of each table, and under "" the stamp of what is derived."""
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone() is None:
        return {}
    numbers = dict(connection.execute("SELECT name, seq FROM sqlite_sequence"))
    for (stamp,) in connection.execute("SELECT value FROM meta WHERE key = 'vectors_stamp'"):
        numbers[""] = stamp
    return numbers


def _copy(library: Path, target: Path) -> None:
    uri = f"{library.absolute().as_uri()}?mode=ro"
    with (
        closing(sqlite3.connect(uri, uri=True, timeout=BUSY_TIMEOUT_S)) as source,
        closing(sqlite3.connect(target, isolation_level=None)) as copy,
    ):
        # A copy that is not finished is thrown away: nothing has to be undone in it.
        copy.execute("PRAGMA journal_mode = OFF")
        copy.execute("PRAGMA synchronous = OFF")
        source.backup(copy)
        # One file that is whole alone, and can be read where nothing can be written.
        copy.execute("PRAGMA journal_mode = DELETE")
        wrong = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
        if wrong != "ok":
            raise EnvironmentProblem(
                Sentence("The library is damaged, so no copy of it was made."), wrong
            )


def _connect_to_copy(path: Path) -> sqlite3.Connection:
    # Immutable: nothing is written beside it, wherever it lies.
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(uri, uri=True, isolation_level=None)
