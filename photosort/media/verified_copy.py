"""Writes copies that are whole or not there: hashed while they are written, read back, and given their name last."""

from __future__ import annotations

import errno
import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from photosort.errors import EnvironmentProblem, InputProblem
from photosort.media.identify import content_hash
from photosort.safe_files import Folder
from photosort.sentences import Sentence, reason_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# What a folder says that takes no files: no other file would fare better.
DISK_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM})


def make_target(folder: Path) -> None:
    """Makes the folder that copies go to.

    Raises:
        InputProblem: a file of that name is there.
        EnvironmentProblem: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise _is_a_file(folder, error) from error
    except OSError as error:
        raise EnvironmentProblem(
            Sentence(
                "The folder {folder} cannot be made: {reason}.",
                folder=folder,
                reason=reason_of(error),
            ),
            repr(error),
        ) from error


def make_subfolder(folder: Path) -> None:
    """Makes a folder below the target, and clears away what a program that was killed left in it.

    Raises:
        InputProblem: a file of that name is there.
        OSError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise _is_a_file(folder, error) from error
    with Folder(folder) as opened:
        opened.sweep()


def write_verified(
    target: Path,
    chunks: Iterable[bytes],
    *,
    times_of: Path,
    check: Callable[[], None],
    prove: Callable[[Path], None] | None = None,
) -> bytes:
    """Writes beside the target, reads it back, and only then gives it its name.

    Args:
        target: a free name.
        chunks: the bytes.
        times_of: the file whose times the copy gets.
        check: called for each chunk; raises to cancel.
        prove: gets what was written before it gets its name; raises where it may not stay.

    Returns:
        SHA-256 of the bytes.

    Raises:
        FileExistsError: the name is taken.
        OSError: it could not be written, or came back changed; nothing is left behind.
        JobCancelled: from `check`; nothing is left behind.
    """
    digest = hashlib.sha256()
    with Folder(target.parent) as folder, folder.creating(target.name) as out:
        for chunk in chunks:
            check()
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
        _drop_cached(out.fileno())
        if content_hash(Path(out.name), check=check) != digest.digest():
            raise OSError(errno.EIO, Sentence("the copy came back changed"), os.fspath(target))
        if prove is not None:
            prove(Path(out.name))
        with suppress(OSError, NotImplementedError):  # some file systems keep no times
            status = times_of.stat()
            os.utime(out.fileno(), ns=(status.st_atime_ns, status.st_mtime_ns))
    return digest.digest()


def _drop_cached(handle: int) -> None:
    """Has what is read next come from the disk, where the system can; memory would only say what was meant."""
    if hasattr(os, "posix_fadvise"):
        with suppress(OSError):
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)


def _is_a_file(folder: Path, error: OSError) -> InputProblem:
    return InputProblem(Sentence("{folder} is a file, not a folder.", folder=folder), repr(error))
