"""Leases: a long run of one process keeps the same run of another process away, and says who has it."""

from __future__ import annotations

import contextlib
import os
import platform
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from photosort.errors import EnvironmentProblem
from photosort.sentences import Sentence
from photosort.store.db.codec import now
from photosort.store.db.database import Store

# A process that is alive renews its lease this often; one that did not for so long was stopped or hangs.
HEARTBEAT_S = 5.0
_STALE_S = 60.0

_WORDS = {"index": Sentence("indexing this library")}


@contextlib.contextmanager
def hold(library: Path, name: str) -> Iterator[None]:
    """Holds a lease while the block runs, renewed by a thread of its own over a connection of its own.

    The lease of a process that has died is taken over at once.

    Args:
        library: the library file.
        name: what is held ("index").

    Raises:
        EnvironmentProblem: another process, or another run of this one, has it.
    """
    with Store.open(library) as store:
        _take(store, name)
    ended = threading.Event()
    beat = threading.Thread(
        target=_renew, args=(library, name, ended), name="photosort-lease", daemon=True
    )
    beat.start()
    try:
        yield
    finally:
        ended.set()
        beat.join()
        with Store.open(library) as store:
            store.execute("DELETE FROM leases WHERE name = ? AND pid = ?", [name, os.getpid()])


def _take(store: Store, name: str) -> None:
    with store.atomic():
        held = store.rows(
            "SELECT pid, process_started, host, taken_at, heartbeat FROM leases WHERE name = ?",
            [name],
        )
        if held and _is_alive(*held[0][:3], heartbeat=held[0][4]):
            pid, _, host, taken_at, _ = held[0]
            since = datetime.fromisoformat(taken_at).astimezone().strftime("%H:%M")
            here = host == platform.node()
            process = (
                Sentence("process {pid}", pid=pid)
                if here
                else Sentence("process {pid} on {host}", pid=pid, host=host)
            )
            raise EnvironmentProblem(
                Sentence(
                    "Photosort ({process}, started {since}) is {doing}. Wait for it to end, or stop it; nothing was changed.",
                    process=process,
                    since=since,
                    doing=_WORDS.get(name, name),
                )
            )
        store.execute(
            "INSERT OR REPLACE INTO leases (name, pid, process_started, host, taken_at, heartbeat)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            [name, os.getpid(), _started(os.getpid()), platform.node(), now(), time.time()],
        )


def _renew(library: Path, name: str, ended: threading.Event) -> None:
    with Store.open(library) as store:
        while not ended.wait(HEARTBEAT_S):
            # A busy or full disk at this moment is for the run itself to report.
            with contextlib.suppress(EnvironmentProblem):
                store.execute(
                    "UPDATE leases SET heartbeat = ? WHERE name = ? AND pid = ?",
                    [time.time(), name, os.getpid()],
                )


def _is_alive(pid: int, started: float, host: str, *, heartbeat: float) -> bool:
    """Whether the holder still works: its heartbeat is fresh and, on this machine, its process is there."""
    if time.time() - heartbeat > _STALE_S:
        return False
    if host != platform.node():
        return True
    if pid == os.getpid():
        return True
    return _exists(pid) and abs(_started(pid) - started) < 1.0


def _exists(pid: int) -> bool:
    if os.name == "nt":
        return True  # os.kill would end it; the heartbeat decides
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _started(pid: int) -> float:
    """When a process started, in clock ticks since boot; 0 where the system does not say."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("ascii", "replace")
    except OSError:
        return 0.0
    return float(stat.rpartition(")")[2].split()[19])
