"""A lock for one process at a time: it ends with the process and names its holder."""

from __future__ import annotations

import contextlib
import json
import os
import platform
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from photosort.errors import EnvironmentProblem
from photosort.safe_files import update
from photosort.sentences import Sentence, reason_of

# Windows locks the first byte for reading, too.
_NAME_AT = 1


@contextlib.contextmanager
def hold(path: Path, doing: Sentence) -> Iterator[None]:
    """Holds a lock while the block runs.

    The system gives it back when the process dies, however that happens.

    Args:
        path: the lock's file, which is made and may be left behind.
        doing: what the holder does, for those who come second ("indexing this library").

    Raises:
        EnvironmentProblem: another process, or another part of this one, has it; or there can be no such file.
    """
    # 0.07 s, needed only where a job of minutes begins.
    from filelock import FileLock, Timeout

    lock = FileLock(path, timeout=0, mode=0o600)
    try:
        lock.acquire()
    except Timeout as error:
        raise EnvironmentProblem(_is_held(path, doing), str(path)) from error
    except OSError as error:
        raise EnvironmentProblem(
            Sentence("{path} cannot be used: {reason}.", path=path, reason=reason_of(error)),
            repr(error),
        ) from error
    try:
        _write_name(path)
        yield
    finally:
        lock.release()


def _write_name(path: Path) -> None:
    name = {
        "pid": os.getpid(),
        "host": platform.node(),
        "since": datetime.now().astimezone().isoformat(timespec="minutes"),
    }
    # The lock holds without a name, so a full disk is for the job itself to report.
    with contextlib.suppress(OSError), update(path, os.O_WRONLY) as file:
        file.truncate(_NAME_AT)
        file.seek(_NAME_AT)
        file.write(json.dumps(name).encode())


def _is_held(path: Path, doing: Sentence) -> Sentence:
    """Why the lock cannot be had now; what an earlier holder wrote was overwritten by this one."""
    try:
        with path.open("rb", buffering=0) as file:
            file.seek(_NAME_AT)
            name = json.loads(file.read())
        pid, host = int(name["pid"]), str(name["host"])
        since = datetime.fromisoformat(name["since"]).astimezone().strftime("%H:%M")
    except (OSError, ValueError, KeyError, TypeError):
        return Sentence(
            "Another Photosort is {doing}. Wait for it to end, or stop it; nothing was changed.",
            doing=doing,
        )
    if host == platform.node():
        process = Sentence("process {pid}", pid=pid)
    else:
        process = Sentence("process {pid} on {host}", pid=pid, host=host)
    return Sentence(
        "Photosort ({process}, started {since}) is {doing}. Wait for it to end, or stop it; nothing was changed.",
        process=process,
        since=since,
        doing=doing,
    )
