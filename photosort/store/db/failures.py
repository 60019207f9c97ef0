"""Puts failures of SQLite and of the file system into sentences; errors of the program pass unchanged."""

from __future__ import annotations

import contextlib
import errno
import sqlite3
from typing import TYPE_CHECKING

from photosort.errors import EnvironmentProblem, LibraryDamaged
from photosort.sentences import Sentence, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FULL_ERRNOS = (errno.ENOSPC, errno.EDQUOT)


@contextlib.contextmanager
def failures(path: Path) -> Iterator[None]:
    """Puts failures of the surroundings into words; errors of the program pass unchanged.

    Raises:
        EnvironmentProblem: locked, read-only, damaged, the disk is full or failed.
    """
    try:
        yield
    except sqlite3.Error as error:
        sentence = _sentence(path, error)
        if sentence is None:
            raise
        kind = LibraryDamaged if _code(error) in _DAMAGED else EnvironmentProblem
        raise kind(sentence, detail_of(error)) from error


@contextlib.contextmanager
def file_failures(path: Path) -> Iterator[None]:
    """Puts failures of the file system into words.

    Raises:
        EnvironmentProblem: the disk is full, or a file cannot be used.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _FULL_ERRNOS:
            sentence = _full(path)
        else:
            sentence = Sentence(
                "{path} cannot be used: {reason}.", path=path, reason=reason_of(error)
            )
        raise EnvironmentProblem(sentence, repr(error)) from error


def _full(path: Path) -> Sentence:
    return Sentence(
        "The disk that holds {path} is full; everything saved before is kept. Free some space and try again.",
        path=path,
    )


def _busy(path: Path) -> Sentence:
    return Sentence(
        "Another program is using {path}; nothing was changed. Close it or try again in a moment.",
        path=path,
    )


def not_writable(path: Path) -> Sentence:
    """The sentence for a library that cannot be written."""
    return Sentence(
        "{path} cannot be written; nothing was changed. Check its permissions and those of its folder.",
        path=path,
    )


def _cannot_open(path: Path) -> Sentence:
    return Sentence(
        "{path} cannot be opened. Check that its folder exists and that you may use it.", path=path
    )


def damaged(path: Path) -> Sentence:
    """The sentence for a library that is damaged."""
    return Sentence(
        "{path} is damaged; your photos are not touched. `photosort check --repair` puts it aside and brings back what can be read of it, together with its newest copy.",
        path=path,
    )


def _disk_failed(path: Path) -> Sentence:
    return Sentence(
        "The disk failed while {path} was in use; everything saved before is kept.", path=path
    )


# The low byte of SQLite's result codes, for those that are the world's fault. Every other one (wrong
# SQL, a broken constraint, use from another thread) is a bug and stays a sqlite3 error.
_WORLD = {
    sqlite3.SQLITE_BUSY: _busy,
    sqlite3.SQLITE_LOCKED: _busy,
    sqlite3.SQLITE_PROTOCOL: _busy,
    sqlite3.SQLITE_READONLY: not_writable,
    sqlite3.SQLITE_PERM: not_writable,
    sqlite3.SQLITE_AUTH: not_writable,
    sqlite3.SQLITE_CANTOPEN: _cannot_open,
    sqlite3.SQLITE_CORRUPT: damaged,
    sqlite3.SQLITE_NOTADB: damaged,
    sqlite3.SQLITE_FULL: _full,
    sqlite3.SQLITE_IOERR: _disk_failed,
    sqlite3.SQLITE_NOLFS: _full,
}


_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


# What SQLite says, under the code of wrong SQL, of a header whose number of the format makes no sense.
_NO_FORMAT = "unsupported file format"


def _code(error: sqlite3.Error) -> int | None:
    if str(error) == _NO_FORMAT:
        return sqlite3.SQLITE_NOTADB
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def _sentence(path: Path, error: sqlite3.Error) -> Sentence | None:
    sentence = _WORLD.get(_code(error) or 0)
    return None if sentence is None else sentence(path)


def detail_of(error: sqlite3.Error) -> str:
    """SQLite's name of an error, and its message."""
    return f"{getattr(error, 'sqlite_errorname', type(error).__name__)}: {error}"
