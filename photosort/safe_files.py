"""Reads and replaces ordinary files only: replaced whole or not at all, never through a link.

A name in a folder of the user's may be a link to a photo. Opened for writing it would empty the photo; so the new
file gets a name of its own beside the old one and takes its place by renaming, which never follows a link. On POSIX
all of that happens within the folder as it was opened, wherever its path leads meanwhile.
"""

from __future__ import annotations

import errno
import io
import os
import re
import secrets
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import BinaryIO

from photosort.sentences import Sentence

# Of what is being written; scans pass over names that begin with a full stop.
PART_PREFIX = ".photosort-"
PART_SUFFIX = ".part"
_PART = re.compile(re.escape(PART_PREFIX) + "[0-9a-f]{16}" + re.escape(PART_SUFFIX))
# What the kernel makes up while it is read: endless, blocking, or with effects of its own.
_MADE_UP = frozenset(
    [
        "proc",
        "sysfs",
        "devtmpfs",
        "devpts",
        "cgroup",
        "cgroup2",
        "debugfs",
        "tracefs",
        "securityfs",
        "configfs",
        "mqueue",
        "bpf",
        "binfmt_misc",
        "pstore",
        "efivarfs",
        "fusectl",
        "rpc_pipefs",
        "selinuxfs",
    ]
)
_MOUNTS = Path("/proc/self/mountinfo")

# Without O_NONBLOCK a pipe would keep the opening waiting for a writer.
_PLAIN = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"))
_FOLDER = sum(
    getattr(os, name, 0) for name in ("O_RDONLY", "O_DIRECTORY", "O_NOFOLLOW", "O_CLOEXEC")
)
_TO_READ = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NONBLOCK", "O_CLOEXEC", "O_BINARY", "O_NOCTTY")
)
_HAS_FOLDERS = os.open in os.supports_dir_fd
_NO_HARD_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


@dataclass(frozen=True, slots=True)
class Seen:
    """An ordinary file as it was read from its open descriptor.

    Attributes:
        data: its bytes.
        status: of the same descriptor.
    """

    data: bytes
    status: os.stat_result


class Folder:
    """An open folder whose files are read and replaced; used as a context manager.

    Every method raises `OSError`, with a reason that can stand within a sentence where the file is a link or
    otherwise not ordinary.
    """

    def __init__(self, path: Path, *, inside: Path | None = None) -> None:
        """Opens a folder.

        Args:
            path: the folder; it may be a link itself.
            inside: a folder in which it must lie once all links are followed.

        Raises:
            OSError: it is not there, or lies elsewhere.
        """
        real = Path(os.path.realpath(path))
        self.path = real
        self._handle: int | None = None
        start = real
        if inside is not None:
            start = Path(os.path.realpath(inside))
            if not real.is_relative_to(start):
                raise OSError(
                    errno.EXDEV,
                    Sentence("its folder lies outside {folder}", folder=inside),
                    os.fspath(path),
                )
        if not _HAS_FOLDERS:
            return
        self._handle = os.open(start, _FOLDER)
        # Step by step, so that no folder on the way can become a link meanwhile.
        for name in real.relative_to(start).parts:
            outer = self._handle
            try:
                self._handle = os.open(name, _FOLDER, dir_fd=outer)
            finally:
                os.close(outer)

    def __enter__(self) -> Folder:
        return self

    def __exit__(self, *_: object) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def read(self, name: str, *, limit_bytes: int) -> Seen | None:
        """The bytes of a file, or None where there is none.

        Args:
            name: the file.
            limit_bytes: larger ones are refused.
        """
        try:
            handle = self._open(name, os.O_RDONLY)
        except FileNotFoundError:
            return None
        with os.fdopen(handle, "rb") as file:
            status = os.fstat(file.fileno())
            return Seen(_read_within(file, limit_bytes, name), status)

    def update(self, name: str, flags: int = os.O_RDWR) -> BinaryIO:
        """Opens an ordinary file that is there to be changed in place.

        Args:
            name: the file.
            flags: as for `os.open`.
        """
        handle = self._open(name, flags)
        return os.fdopen(handle, "r+b" if flags & os.O_RDWR else "wb")

    @contextmanager
    def replacing(self, name: str, *, mode: int = 0o666) -> Iterator[BinaryIO]:
        """A file that takes a name once the block is done and its bytes are on the disk.

        Until then it lies in the same folder; its own `name` says where.

        Args:
            name: free, or of an ordinary file.
            mode: permissions, less the process's mask.
        """
        self._must_be_plain(name)
        part = f"{PART_PREFIX}{secrets.token_hex(8)}{PART_SUFFIX}"
        with self._made(part, mode) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
            file.close()
            self._must_be_plain(name)
            self._rename(part, name)
        self._sync()

    @contextmanager
    def creating(self, name: str, *, mode: int = 0o666) -> Iterator[BinaryIO]:
        """A file that takes a free name once the block is done and its bytes are on the disk.

        Args:
            name: nothing may have it at the end, be it a link to nothing.
            mode: permissions, less the process's mask.

        Raises:
            FileExistsError: the name is taken.
        """
        part = f"{PART_PREFIX}{secrets.token_hex(8)}{PART_SUFFIX}"
        with self._made(part, mode) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
            file.close()
            if not self._rename_to_free(part, name):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), name)
        self._sync()

    def sweep(self) -> None:
        """Removes what a killed program left of files that it was writing here."""
        with (
            suppress(OSError),
            os.scandir(self.path if self._handle is None else self._handle) as entries,
        ):
            for name in [entry.name for entry in entries if is_part(entry.name)]:
                self.sweep_part(name)

    def sweep_part(self, name: str) -> None:
        """Removes one such file, unless it is being written."""
        with suppress(OSError):
            handle = self._open(name, os.O_RDWR)
            try:
                if _lock(handle):
                    os.unlink(self._at(name), dir_fd=self._handle)
            finally:
                os.close(handle)

    def swap(self, name: str, data: bytes | None, seen: Seen | None) -> bool:
        """Gives a file other bytes, or removes it, unless it changed since it was read.

        Args:
            name: the file.
            data: its new bytes, or None to remove it.
            seen: what `read` gave.

        Returns:
            Whether it was done.
        """
        if data is None:
            if not self._is_still(name, seen):
                return False
            with suppress(FileNotFoundError):
                os.unlink(self._at(name), dir_fd=self._handle)
            return True
        part = f"{PART_PREFIX}{secrets.token_hex(8)}{PART_SUFFIX}"
        with self._made(part, 0o666) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            file.close()
            if seen is not None:
                mode = stat.S_IMODE(seen.status.st_mode)
                os.chmod(self._at(part), mode, dir_fd=self._handle)
            if not self._is_still(name, seen):
                return False
            if seen is not None:
                self._rename(part, name)
            elif not self._rename_to_free(part, name):
                return False
        self._sync()
        return True

    def _at(self, name: str) -> str:
        return name if self._handle is not None else os.fspath(self.path / name)

    def _open(self, name: str, flags: int) -> int:
        try:
            self._must_be_plain(name)
            handle = os.open(self._at(name), flags | _PLAIN, dir_fd=self._handle)
        except OSError as error:
            if error.errno == errno.ELOOP and not isinstance(error.strerror, Sentence):
                raise _is_a_link(name) from error
            raise
        try:
            _must_be_plain(os.fstat(handle), name)
        except BaseException:
            os.close(handle)
            raise
        return handle

    @contextmanager
    def _made(self, name: str, mode: int) -> Iterator[BinaryIO]:
        """A new file, closed at the end; it goes where the block does not give it another name."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _PLAIN
        handle = os.open(self._at(name), flags, mode, dir_fd=self._handle)
        with _locked(handle):
            try:
                with open(self.path / name, "wb", opener=lambda *_: handle) as file:
                    yield file
            finally:
                with suppress(FileNotFoundError):
                    os.unlink(self._at(name), dir_fd=self._handle)

    def _status(self, name: str) -> os.stat_result | None:
        try:
            return os.stat(self._at(name), follow_symlinks=False, dir_fd=self._handle)
        except FileNotFoundError:
            return None

    def _must_be_plain(self, name: str) -> None:
        status = self._status(name)
        if status is not None:
            _must_be_plain(status, name)

    def _is_still(self, name: str, seen: Seen | None) -> bool:
        now = self._status(name)
        if now is None or seen is None:
            return now is None and seen is None
        return _identity(now) == _identity(seen.status)

    def _rename(self, old: str, new: str) -> None:
        os.replace(self._at(old), self._at(new), src_dir_fd=self._handle, dst_dir_fd=self._handle)

    def _rename_to_free(self, old: str, new: str) -> bool:
        """Renames without replacing; where the file system has no hard links, a moment is left in between."""
        try:
            os.link(
                self._at(old),
                self._at(new),
                follow_symlinks=False,
                src_dir_fd=self._handle,
                dst_dir_fd=self._handle,
            )
        except FileExistsError:
            return False
        except (OSError, NotImplementedError) as error:
            if isinstance(error, OSError) and error.errno not in _NO_HARD_LINKS:
                raise
            if self._status(new) is not None:
                return False
            self._rename(old, new)
        return True

    def _sync(self) -> None:
        """Makes the new name last through a power cut, where the system can."""
        if self._handle is not None:
            with suppress(OSError):
                os.fsync(self._handle)


class PlainReader(io.FileIO):
    """An ordinary file, unbuffered; a link is followed to one.

    Raises:
        OSError: it cannot be opened, or is a pipe, a device, or something that the kernel makes up.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, "rb", opener=lambda name, _: _open_plain(name))


def read_whole(path: Path, *, limit_bytes: int) -> bytes:
    """The bytes of an ordinary file, or of that to which a link leads.

    Args:
        path: the file.
        limit_bytes: larger ones are refused.

    Raises:
        OSError: as `PlainReader`; or it is larger.
    """
    with io.BufferedReader(PlainReader(path)) as file:
        return _read_within(file, limit_bytes, path.name)


def is_made_up(status: os.stat_result) -> bool:
    """Whether a file or folder is none on any disk but something of the kernel's, as in /proc."""
    return status.st_dev in _made_up_devices()


def is_part(name: str) -> bool:
    """Whether a name is one that files have while they are written."""
    return _PART.fullmatch(name) is not None


@contextmanager
def replacing(path: Path, *, mode: int = 0o666) -> Iterator[BinaryIO]:
    """A file that takes a name once the block is done; see `Folder.replacing`.

    Raises:
        OSError: the name is that of a link or of something else that is no ordinary file, or it cannot be written.
    """
    with Folder(path.parent) as folder, folder.replacing(path.name, mode=mode) as file:
        yield file


def write_whole(path: Path, data: bytes, *, mode: int = 0o666) -> None:
    """Writes a file whole or not at all, in place of an ordinary one.

    Raises:
        OSError: as `replacing`.
    """
    with replacing(path, mode=mode) as file:
        file.write(data)


def update(path: Path, flags: int = os.O_RDWR) -> BinaryIO:
    """Opens an ordinary file to be changed in place; see `Folder.update`.

    Raises:
        OSError: it is not there, a link, or no ordinary file.
    """
    with Folder(path.parent) as folder:
        return folder.update(path.name, flags)


def make_empty(path: Path, *, mode: int = 0o600) -> None:
    """Makes an empty file of a name that must be free.

    Raises:
        FileExistsError: it is taken, be it by a link to nothing.
        OSError: it cannot be made.
    """
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _PLAIN, mode))


def _open_plain(path: str) -> int:
    handle = os.open(path, _TO_READ)
    try:
        status = os.fstat(handle)
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
        _must_be_plain(status, path)
        if is_made_up(status):
            raise OSError(errno.EINVAL, Sentence("it is not an ordinary file"), path)
    except BaseException:
        os.close(handle)
        raise
    return handle


def _read_within(file: BinaryIO, limit_bytes: int, name: str) -> bytes:
    data = file.read(limit_bytes + 1)
    if len(data) > limit_bytes:
        limit = limit_bytes // (1024 * 1024)
        raise OSError(errno.EFBIG, Sentence("it is larger than {limit} MB", limit=limit), name)
    return data


@cache
def _made_up_devices() -> frozenset[int]:
    """Device numbers of the kernel's own file systems."""
    try:
        text = _MOUNTS.read_text("utf-8", "surrogateescape")
    except OSError:  # not on Linux
        return frozenset()
    found = set()
    for line in text.splitlines():
        before, _, after = line.partition(" - ")
        if after.partition(" ")[0] in _MADE_UP:
            major, _, minor = before.split(" ")[2].partition(":")
            found.add(os.makedev(int(major), int(minor)))
    return frozenset(found)


@contextmanager
def _locked(handle: int) -> Iterator[None]:
    """Marks a file as being written, also once its handle is closed; the death of the process ends it."""
    if sys.platform == "win32":  # where nobody can remove an open file
        yield
        return
    second = os.dup(handle)
    try:
        _lock(second)
        yield
    finally:
        os.close(second)


def _lock(handle: int) -> bool:
    """Whether nobody else is writing this file; False also where the file system has no locks."""
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _identity(status: os.stat_result) -> tuple[int, ...]:
    return (status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size)


def _is_a_link(name: str) -> OSError:
    return OSError(errno.ELOOP, Sentence("it is a link, and links are left as they are"), name)


def _must_be_plain(status: os.stat_result, name: str) -> None:
    if stat.S_ISLNK(status.st_mode):
        raise _is_a_link(name)
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, Sentence("it is not an ordinary file"), name)
