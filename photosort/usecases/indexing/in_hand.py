"""Which files an index run is reading, so that one that takes the whole program down does so only once.

Decoders are native code: a file that crashes one ends the process, and would end it at every start. So each thread
writes the path of the file that it begins to read into its place in a small file, and wipes it out when it is done.
What still stands there at the next run was being read when the program died. Python's fault handler tells a crash,
and in which thread, from a kill or a power cut, after which the files are read once more.
"""

from __future__ import annotations

import faulthandler
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from photosort.media.errors import Unreadable
from photosort.safe_files import make_empty, update
from photosort.sentences import Sentence
from photosort.store.tables import settings

if TYPE_CHECKING:
    from photosort.usecases.session.session import Session

_KEY = "in_hand"
# Longer than any path that a file system has.
_SLOT_BYTES = 8 * 1024
_CRASHED_THREAD = re.compile(r"Fatal Python error.*?Current thread (0x[0-9a-f]+)", re.DOTALL)
TOOK_DOWN = Sentence(
    "Reading this file made Photosort crash, so it is left out until it changes, or until you choose Try again."
)


class InHand:
    """What the index run of a session reads; nothing outside a run."""

    def __init__(self) -> None:
        self._file: BinaryIO | None = None
        self._slots: dict[int, int] = {}
        self._lock = threading.Lock()
        self._took_down: frozenset[str] = frozenset()
        self._suspects: frozenset[str] = frozenset()
        self._alone = threading.Lock()

    @contextmanager
    def run(self, session: Session) -> Iterator[None]:
        """Keeps the journal while the block runs, which holds the lock of index runs.

        Where it is left by an error, what took the program down stays noted for the next run.
        """
        library = session.paths.library
        journal = library.with_name(library.stem + ".reading")
        crash = library.with_name(library.stem + ".crash")
        noted = session.read(lambda store: settings.get(store, _KEY)) or {"once": [], "down": []}
        left = _left(journal)
        down, once = set(noted["down"]), set(left.values())
        if (text := _read(crash)) and "Fatal Python error" in text:
            found = _CRASHED_THREAD.search(text)
            thread = int(found[1], 16) if found else 0
            down |= {left[thread]} if thread in left else once
        else:
            # It was killed, or ran out of memory: the second time one may be to blame.
            down |= once.intersection(noted["once"])
        if once or noted["once"]:
            kept = {"once": sorted(once), "down": sorted(down)}
            session.write(lambda store: settings.put(store, _KEY, kept))
        self._took_down, self._suspects, self._slots = frozenset(down), frozenset(once), {}
        for path in (journal, crash):
            path.unlink(missing_ok=True)
            make_empty(path)
        try:
            with update(journal) as self._file, _faults_told(crash):
                yield
        finally:
            self._file = None
        for path in (journal, crash):
            path.unlink(missing_ok=True)
        self._took_down = self._suspects = frozenset()
        if once or noted["once"] or down:
            session.write(lambda store: settings.put(store, _KEY, None))

    @contextmanager
    def reading(self, path: Path) -> Iterator[None]:
        """Says that this thread reads a file while the block runs.

        Raises:
            Unreadable: the file took the program down before.
        """
        name = os.fspath(path)
        if name in self._took_down:
            raise Unreadable(TOOK_DOWN)
        file = self._file
        if file is None:
            yield
            return
        thread = threading.get_ident()
        # One at a time, so that a second death shows which of them it was.
        with self._alone if name in self._suspects else nullcontext():
            self._note(file, thread, b"%d\0%s\0" % (thread, os.fsencode(name)))
            try:
                yield
            finally:
                self._note(file, thread, b"\0")

    def _note(self, file: BinaryIO, thread: int, text: bytes) -> None:
        # By seeking: Windows has no writing at a place.
        with self._lock, suppress(ValueError):  # closed: the run gave up on this file
            file.seek(_SLOT_BYTES * self._slots.setdefault(thread, len(self._slots)))
            file.write(text)
            file.flush()


def _left(journal: Path) -> dict[int, str]:
    """Thread to the file that it was reading when the program died."""
    left = {}
    data = _read_bytes(journal)
    for start in range(0, len(data), _SLOT_BYTES):
        thread, _, rest = data[start : start + _SLOT_BYTES].partition(b"\0")
        if thread.isdigit():
            left[int(thread)] = os.fsdecode(rest.partition(b"\0")[0])
    return left


def _read(path: Path) -> str:
    return _read_bytes(path).decode("utf-8", "replace")


def _read_bytes(path: Path) -> bytes:
    with suppress(OSError):
        return path.read_bytes()
    return b""


@contextmanager
def _faults_told(crash: Path) -> Iterator[None]:
    """Has a crash of native code leave its threads in a file; where somebody else has them told, that stays."""
    if faulthandler.is_enabled():
        yield
        return
    with update(crash) as file:
        faulthandler.enable(file)
        try:
            yield
        finally:
            faulthandler.disable()
