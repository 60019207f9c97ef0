"""The moments at which a process may die: before it opens, writes, renames or removes a file, or commits a change."""

from __future__ import annotations

import builtins
import io
import os
import signal
import sqlite3
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import photosort
from photosort import safe_files
from photosort.usecases.session.session import Session

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_FILE_EVENTS = frozenset(
    ["os.remove", "os.rename", "os.link", "os.symlink", "os.mkdir", "os.rmdir", "os.truncate"]
)
_STATEMENTS = (
    "BEGIN",
    "COMMIT",
    "INSERT",
    "UPDATE",
    "DELETE",
    "REPLACE",
    "CREATE",
    "DROP",
    "VACUUM",
    "PRAGMA WAL",
)
_USE_CASES = os.fspath(Path(photosort.__file__).parent / "usecases")


class Moments:
    """Counts moments, and kills the process before one of them.

    Attributes:
        count: how many there were.
        seen: (module, function or method) of the use cases that were at work in one.
    """

    def __init__(self, below: Path, kill_at: int | None = None) -> None:
        """Begins to count.

        Args:
            below: files elsewhere do not count.
            kill_at: the process dies before this one, counted from 1.
        """
        self.count = 0
        self.seen: set[tuple[str, str]] = set()
        self._below = os.fspath(below)
        self._kill_at = kill_at
        self._lock = threading.Lock()
        self._is_on = False

    def watch(self) -> None:
        """Has everything that the process does from now on count; once for a process, and for good."""
        sys.addaudithook(self._on_event)
        os.fsync = self._before("fsync", os.fsync)
        connect, commit = sqlite3.connect, self._on_statement

        class Watched(sqlite3.Connection):
            def __init__(self, *given: Any, **named: Any) -> None:
                super().__init__(*given, **named)
                self.set_trace_callback(commit)

        def watched(*given: Any, **named: Any) -> sqlite3.Connection:
            return connect(*given, **{"factory": Watched} | named)

        sqlite3.connect = watched
        happened = self.happened

        class Halved(io.BufferedWriter):
            """Dies in the middle of what it writes."""

            def write(self, data: Any) -> int:
                happened("write", lambda: (io.BufferedWriter.write(self, half), self.flush()))
                return super().write(data)

        def opened(path: Any, mode: str = "r", **named: Any) -> Any:
            if mode != "wb":
                return open_as_ever(path, mode, **named)
            return Halved(io.FileIO(path, "w", **named))

        half, open_as_ever = b"half", builtins.open
        safe_files.open = opened  # type: ignore[attr-defined]
        soon = Session.write_soon

        def write_soon(session: Session, work: Any) -> Any:
            self._note(sys._getframe(1))
            return soon(session, work)

        Session.write_soon = write_soon  # type: ignore[method-assign]

    def on(self) -> None:
        """Counts from now on."""
        self._is_on = True

    def off(self) -> None:
        """Counts no more."""
        self._is_on = False

    def happened(self, what: str, last: Callable[[], object] | None = None) -> None:
        """One moment; `last` is done before death."""
        del what
        if not self._is_on:
            return
        self._note(sys._getframe(1))
        with self._lock:
            self.count += 1
            if self.count == self._kill_at:
                if last is not None:
                    last()
                os.kill(os.getpid(), signal.SIGKILL)

    def _before(self, what: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            self.happened(what)
            return function(*given, **named)

        return call

    def _on_event(self, event: str, given: tuple[Any, ...]) -> None:
        if not self._is_on:
            return
        if event == "open":
            path, _, flags = given
            is_writing = bool(flags & _WRITING) if isinstance(flags, int) else False
            if is_writing and not isinstance(path, int) and self._is_ours(path):
                self.happened("open")
        elif event in _FILE_EVENTS and self._is_ours(given[0]):
            self.happened(event)

    def _is_ours(self, path: Any) -> bool:
        text = os.fsdecode(path)
        # Within an open folder a name stands alone.
        return not text.startswith("/") or text.startswith(self._below)

    def _on_statement(self, sql: str) -> None:
        if sql.lstrip().upper().startswith(_STATEMENTS):
            self.happened("statement")

    def _note(self, frame: FrameType | None) -> None:
        if self._kill_at is not None:
            return
        while frame is not None:
            code = frame.f_code
            if code.co_filename.startswith(_USE_CASES):
                module = os.path.relpath(code.co_filename, _USE_CASES)
                self.seen.add((module, code.co_qualname.partition(".<locals>")[0]))
            frame = frame.f_back
