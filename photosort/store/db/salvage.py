"""Takes what can still be read out of a damaged library, row by row."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from photosort import log

_log = log.topic("store")

# Made again from the others, or worth nothing without their process.
_PASSED_OVER = ("sqlite_", "words", "_sqlite")
# So many ids without a row end the search between the last good row from below and from above.
_MOST_MISSED = 5_000
_RECOVER_LIMIT_S = 600

_Row = tuple[Any, ...]
# Python cannot read SQLite's message where it quotes damaged bytes.
_DAMAGE = (sqlite3.Error, UnicodeDecodeError)


def salvage(damaged: Path, into: sqlite3.Connection) -> int:
    """Copies rows into a library that may hold older ones, and leaves it sound.

    A table that could be read whole replaces what is there; of another one the rows that were read do.

    Args:
        damaged: the file.
        into: an open library without a transaction, its tables made.

    Returns:
        Rows that were read.
    """
    into.execute("PRAGMA foreign_keys = OFF")
    recovered = damaged.with_name(damaged.name + ".recovered")
    try:
        sources = [damaged, recovered] if _recover(damaged, recovered) else [damaged]
        into.execute("BEGIN IMMEDIATE")
        try:
            count = sum(_copy_table(sources, into, table) for table in _tables(into))
            _mend_references(into)
            into.execute("INSERT INTO words (words) VALUES ('rebuild')")
            into.execute("INSERT OR IGNORE INTO words_stale SELECT id FROM photos")
            # What was derived before the damage holds other rows.
            sql = "UPDATE meta SET value = value + 1000000 WHERE key = 'vectors_stamp'"
            into.execute(sql)
            into.execute("COMMIT")
        except BaseException:
            into.execute("ROLLBACK")
            raise
    finally:
        recovered.unlink(missing_ok=True)
        into.execute("PRAGMA foreign_keys = ON")
    return count


def _recover(damaged: Path, target: Path) -> bool:
    """Runs SQLite's own recovery where its shell is installed; it finds rows that no index leads to any more."""
    shell = shutil.which("sqlite3")
    if shell is None:
        return False
    target.unlink(missing_ok=True)
    try:
        found = subprocess.run(
            [shell, "-batch", f"file:{damaged.absolute().as_uri()[5:]}?mode=ro", ".recover"],
            capture_output=True,
            check=True,
            timeout=_RECOVER_LIMIT_S,
        )
        with closing(sqlite3.connect(target, isolation_level=None)) as made:
            made.executescript(found.stdout.decode("utf-8", "replace"))
            rows = made.execute("SELECT count(*) FROM photos").fetchone()[0]
    except (OSError, subprocess.SubprocessError, sqlite3.Error) as error:
        _log.info("SQLite's recovery gave nothing: %r", error)
        return False
    return bool(rows)


def _tables(connection: sqlite3.Connection) -> list[str]:
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")
    return [name for (name,) in names if not name.startswith(_PASSED_OVER)]


def _copy_table(sources: Sequence[Path], into: sqlite3.Connection, table: str) -> int:
    info = list(into.execute(f"PRAGMA table_info({table})"))
    columns = [row[1] for row in info]
    keys = [row[1] for row in sorted(info, key=lambda row: row[5]) if row[5]] or ["rowid"]
    reader = _Reader(sources[0], table, columns, keys)
    rows = list(reader.rows())
    if reader.is_whole:
        into.execute(f"DELETE FROM {table}")
    else:
        # The rows that were read from the file itself win.
        more = [
            row for source in sources[1:] for row in _Reader(source, table, columns, keys).rows()
        ]
        rows = more + rows
    marks = ", ".join("?" * len(columns))
    sql = f"INSERT OR REPLACE INTO {table} ({', '.join(columns)}) VALUES ({marks})"
    count = 0
    for row in rows:
        # A damaged row may break a rule of its table.
        with suppress(sqlite3.Error):
            into.execute(sql, row)
            count += 1
    return count


class _Reader:
    """Reads a table around what is damaged in it.

    Attributes:
        is_whole: nothing was in the way.
    """

    def __init__(
        self, source: Path, table: str, columns: Sequence[str], keys: Sequence[str]
    ) -> None:
        self._uri = f"{source.absolute().as_uri()}?mode=ro"
        self._keys = len(keys)
        self._select = f"SELECT {', '.join((*keys, *columns))} FROM {table}"
        self._by = keys
        self.is_whole = True

    def rows(self) -> Iterator[_Row]:
        """Each row once: upwards until the first damage, downwards until the last, then what lies between."""
        try:
            with closing(sqlite3.connect(self._uri, uri=True)) as connection:
                connection.text_factory = lambda text: text.decode("utf-8", "replace")
                found = self._found(connection)
                yield from found.values()
        except _DAMAGE:
            self.is_whole = False

    def _found(self, connection: sqlite3.Connection) -> dict[_Row, _Row]:
        upwards = self._read(connection, f"ORDER BY {', '.join(self._by)}")
        if self.is_whole:
            return upwards
        order = ", ".join(f"{key} DESC" for key in self._by)
        downwards = self._read(connection, f"ORDER BY {order}")
        found = upwards | downwards
        low, high = list(upwards)[-1:], list(downwards)[-1:]
        # Where not even the ends can be read, no single row can.
        first = low[0][0] if low else 1
        last = high[0][0] if high else first + _MOST_MISSED
        if found and isinstance(first, int) and isinstance(last, int):
            missed = 0
            for number in range(first, last + 1):
                one = self._read(connection, f"WHERE {self._by[0]} = {number}")
                missed = 0 if one else missed + 1
                if missed > _MOST_MISSED:
                    break
                found |= one
        return found

    def _read(self, connection: sqlite3.Connection, rest: str) -> dict[_Row, _Row]:
        """Key to row of what can be read before the first damage."""
        found: dict[_Row, _Row] = {}
        try:
            for row in connection.execute(f"{self._select} {rest}"):
                found[row[: self._keys]] = row[self._keys :]
        except _DAMAGE as error:
            self.is_whole = False
            _log.debug("salvaging: %r", error)
        return found


def _mend_references(connection: sqlite3.Connection) -> None:
    """Takes out what points at rows that are lost: the reference where it may be empty, else the row."""
    for _ in range(20):
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        if not broken:
            return
        for table, rowid, _, number in broken:
            column = next(
                row[3]
                for row in connection.execute(f"PRAGMA foreign_key_list({table})")
                if row[0] == number
            )
            if rowid is None:  # a table without row ids
                _remove_orphans(connection, table)
                continue
            may_be_empty = any(
                row[1] == column and not row[3] and not row[5]
                for row in connection.execute(f"PRAGMA table_info({table})")
            )
            if may_be_empty:
                connection.execute(f"UPDATE {table} SET {column} = NULL WHERE rowid = ?", [rowid])
            else:
                connection.execute(f"DELETE FROM {table} WHERE rowid = ?", [rowid])


def _remove_orphans(connection: sqlite3.Connection, table: str) -> None:
    for row in connection.execute(f"PRAGMA foreign_key_list({table})").fetchall():
        target, column, to = row[2], row[3], row[4]
        connection.execute(
            f"DELETE FROM {table} WHERE {column} IS NOT NULL"
            f" AND {column} NOT IN (SELECT {to or 'id'} FROM {target})"
        )
