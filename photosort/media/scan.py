"""Finds the pictures below a folder, a folder at a time, without ever holding the whole tree.

Runs over unchanged libraries of 100,000 files at every start, so the work per file is a few string
operations and one `stat`; no `pathlib` and no regular expression per file.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from photosort.errors import InputProblem
from photosort.media.formats import MEDIA_BY_EXTENSION, SIDECAR_EXTENSIONS, Media, extension_of
from photosort.media.ignore import (
    IGNORE_FILE,
    NO_MEDIA_FILE,
    IgnoreFile,
    ignored_by_default,
    is_ignored,
)
from photosort.media.sidecar_names import SidecarNames
from photosort.safe_files import is_made_up
from photosort.sentences import Sentence, reason_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_FILES_PER_CHECK = 512
_SIDECAR_ENDINGS = frozenset({".xmp", "json"})
# Elsewhere `st_ctime` is when the file was made.
_KEEPS_CHANGES = os.name == "posix"
_WINDOWS_HIDDEN = getattr(stat, "FILE_ATTRIBUTE_HIDDEN", 0) if os.name == "nt" else 0


class Sidecar(NamedTuple):
    """A file that says something about a picture beside it.

    Attributes:
        changed_ns: `last_change_ns`.
    """

    relative: str
    size_bytes: int
    changed_ns: int


class FoundFile(NamedTuple):
    """A file whose name promises a picture.

    Attributes:
        relative: path below the root with "/" between the parts, undecodable bytes as surrogate escapes.
        sidecars: XMP first, then Takeout JSON; the one that names the picture most exactly first.
        changed_ns: when the file system last changed anything about the file; None where it does not say.
    """

    relative: str
    size_bytes: int
    mtime_ns: int
    media: Media
    sidecars: tuple[Sidecar, ...] = ()
    changed_ns: int | None = None


class Skipped(NamedTuple):
    """Something that is no picture or that nobody wants to see; counted, never a problem.

    Attributes:
        why: "not a picture", "sidecar", "hidden", "ignored", "no media" or "link" (a link to what is scanned anyway).
    """

    relative: str
    why: str


class ScanProblem(NamedTuple):
    """Something that should have been a picture or a folder of them, and the reason in the user's words.

    Attributes:
        is_folder: what lies below could not be looked at, so nothing there may be called missing.
    """

    relative: str
    reason: str
    is_folder: bool = False


Found = FoundFile | Skipped | ScanProblem


def _no_check() -> None:
    """The default of `check`: nobody cancels."""


def scan(root: Path, below: str = "", *, check: Callable[[], None] = _no_check) -> Iterator[Found]:
    """Yields everything below a folder, sorted by name within each folder.

    Links to folders outside the root are followed, each real folder once; they come last.

    Args:
        root: the folder; all paths are relative to it.
        below: scan only this folder below the root ("2022/May"); "" = all of it. What the folders above it
            leave out (`.photosortignore`, `.nomedia`) is left out here, too.
        check: called for each folder and every 512 files; raises to cancel.

    Raises:
        InputProblem: the folder is none, or cannot be opened.
        JobCancelled: from `check`.
    """
    top = root / below
    if not top.is_dir():
        raise InputProblem(
            Sentence("{folder} is not a folder.", folder=top)
            if top.exists()
            else Sentence("The folder {folder} does not exist.", folder=top)
        )
    try:
        with os.scandir(top):
            pass
    except OSError as error:
        raise InputProblem(
            Sentence(
                "The folder {folder} cannot be opened: {reason}.",
                folder=top,
                reason=_reason(error),
            ),
            repr(error),
        ) from error
    yield from _Scan(root, check).run(below)


class _Folder(NamedTuple):
    path: str
    relative: str  # "" or ending in "/"
    name: str
    ignore_files: tuple[IgnoreFile, ...]

    @property
    def is_photos_library(self) -> bool:
        return ignored_by_default("-", is_folder=False, parent=self.name)


class _Scan:
    def __init__(self, root: Path, check: Callable[[], None]) -> None:
        self._root = root
        self._real_root = root.resolve()
        self._check = check
        self._seen: set[tuple[int, int]] = set()
        self._links: list[_Folder] = []

    def run(self, below: str) -> Iterator[Found]:
        folder = _Folder(os.fspath(self._root), "", self._root.name, ())
        for name in below.split("/") if below else ():
            child, why = self._child(folder, name)
            if why:
                yield Skipped(child.relative[:-1], why)
                return
            folder = child
        yield from self._tree(folder)
        while self._links:
            link = self._links.pop()
            if self._leads_back(link.path):
                yield Skipped(link.relative[:-1], "link")
            else:
                yield from self._tree(link)

    def _child(self, folder: _Folder, name: str) -> tuple[_Folder, str]:
        """A folder on the way down to where the scan begins, and why it is left out or ""."""
        if Path(folder.path, NO_MEDIA_FILE).exists():
            return folder, "no media"
        # A damaged list is a problem of the scan that begins in its folder.
        with suppress(OSError, ValueError):
            ignore_file = IgnoreFile.read(Path(folder.path, IGNORE_FILE), folder.relative)
            folder = folder._replace(ignore_files=(*folder.ignore_files, ignore_file))
        path = os.fspath(Path(folder.path, name))
        child = _Folder(path, f"{folder.relative}{name}/", name, folder.ignore_files)
        by_default = ignored_by_default(name, is_folder=True, parent=folder.name)
        if is_ignored(child.relative, by_default=by_default, files=folder.ignore_files):
            return child, "hidden" if name[0] == "." else "ignored"
        return child, ""

    def _leads_back(self, path: str) -> bool:
        """True when a link's target was visited, lies in the root or holds the root, or is none on any disk."""
        try:
            real = Path(path).resolve(strict=True)
            status = real.stat()
            seen = _identity(status) in self._seen or is_made_up(status)
        except (OSError, RuntimeError):
            return False  # scanning it will give the reason
        return seen or real.is_relative_to(self._real_root) or self._real_root.is_relative_to(real)

    def _tree(self, top: _Folder) -> Iterator[Found]:
        """Depth first with an explicit stack: folders may be nested deeper than Python's recursion limit."""
        stack = [top]
        while stack:
            below: list[_Folder] = []
            yield from self._folder(stack.pop(), below)
            below.reverse()
            stack += below

    def _folder(self, folder: _Folder, below: list[_Folder]) -> Iterator[Found]:
        try:
            self._seen.add(_identity(Path(folder.path).stat()))
            with os.scandir(folder.path) as listing:
                entries = sorted(listing, key=attrgetter("name"))
        except FileNotFoundError:
            return  # gone since its parent was read
        except OSError as error:
            reason = f"This folder cannot be opened: {_reason(error)}."
            yield ScanProblem(folder.relative[:-1], reason, is_folder=True)
            return
        names = {entry.name for entry in entries}
        if NO_MEDIA_FILE in names:
            yield Skipped(folder.relative[:-1], "no media")
            return
        if IGNORE_FILE in names:
            path = Path(folder.path, IGNORE_FILE)
            try:
                ignore_file = IgnoreFile.read(path, folder.relative)
                folder = folder._replace(ignore_files=(*folder.ignore_files, ignore_file))
            except (OSError, ValueError) as error:
                why = reason_of(error) if isinstance(error, OSError) else str(error)
                reason = Sentence("The list of what to ignore cannot be used: {why}.", why=why)
                yield ScanProblem(folder.relative + IGNORE_FILE, reason)
        sidecars = _Sidecars(folder, entries)
        plain = not folder.ignore_files and not folder.is_photos_library
        for count, entry in enumerate(entries):
            if not count % _FILES_PER_CHECK:
                self._check()
            name = entry.name
            media = MEDIA_BY_EXTENSION.get(name[name.rfind(".") :].lower())
            found: Found | None
            try:
                # Nearly every entry is a plain file with a picture's name; all else takes the longer way.
                if (
                    plain
                    and media is not None
                    and name[0] != "."
                    and entry.is_file(follow_symlinks=False)
                ):
                    found = _file(entry, folder, media, sidecars)
                else:
                    found = self._other(entry, folder, media, sidecars, below)
            except FileNotFoundError:
                continue  # gone since the folder was read
            except OSError as error:
                if media is None:
                    continue
                reason = f"This file cannot be looked at: {_reason(error)}."
                found = ScanProblem(folder.relative + name, reason)
            if found is not None:
                yield found

    def _other(
        self,
        entry: os.DirEntry[str],
        folder: _Folder,
        media: Media | None,
        sidecars: _Sidecars,
        below: list[_Folder],
    ) -> Found | None:
        """What an entry is; a folder to be scanned goes to `below` or among the links."""
        name = entry.name
        relative = folder.relative + name
        is_folder = entry.is_dir()
        by_default = ignored_by_default(name, is_folder=is_folder, parent=folder.name)
        asked = relative + "/" if is_folder else relative
        if is_ignored(asked, by_default=by_default, files=folder.ignore_files):
            return Skipped(relative, "hidden" if name[0] == "." else "ignored")
        if is_folder:
            child = _Folder(entry.path, relative + "/", name, folder.ignore_files)
            (self._links if entry.is_symlink() else below).append(child)
            if media is None:
                return None
            return ScanProblem(relative, "This is a folder, although it is named like a picture.")
        if media is None:
            is_sidecar = extension_of(name) in SIDECAR_EXTENSIONS
            return Skipped(relative, "sidecar" if is_sidecar else "not a picture")
        if entry.is_symlink():
            target = Path(entry.path)
            if not target.exists():
                return ScanProblem(relative, "This is a link whose target does not exist.")
            # A link to a photo of the same tree is no second copy: taking one of the two for a duplicate
            # would leave a link to nothing.
            if target.resolve().is_relative_to(self._real_root):
                return Skipped(relative, "link")
        if not entry.is_file() or is_made_up(entry.stat()):
            return ScanProblem(relative, "This is not an ordinary file.")
        return _file(entry, folder, media, sidecars)


def _file(
    entry: os.DirEntry[str], folder: _Folder, media: Media, sidecars: _Sidecars
) -> FoundFile | Skipped:
    status = entry.stat()
    relative = folder.relative + entry.name
    if _WINDOWS_HIDDEN and getattr(status, "st_file_attributes", 0) & _WINDOWS_HIDDEN:
        return Skipped(relative, "hidden")
    beside = sidecars.of(entry.name) if sidecars else ()
    changed_ns = status.st_ctime_ns if _KEEPS_CHANGES else None
    return FoundFile(relative, status.st_size, status.st_mtime_ns, media, beside, changed_ns)


class _Sidecars:
    """The sidecars of one folder; their sizes and times are asked for only when a picture has one."""

    def __init__(self, folder: _Folder, entries: list[os.DirEntry[str]]) -> None:
        self._entries = {
            entry.name: entry for entry in entries if entry.name[-4:].lower() in _SIDECAR_ENDINGS
        }
        # The other names are looked at only where there is a sidecar at all.
        self._names = SidecarNames(entry.name for entry in entries if self._entries)
        self._prefix = folder.relative

    def __bool__(self) -> bool:
        return bool(self._entries)

    def of(self, picture: str) -> tuple[Sidecar, ...]:
        found = []
        for name in self._names.of(picture):
            try:
                status = self._entries[name].stat()
            except OSError:
                continue
            found.append(Sidecar(self._prefix + name, status.st_size, last_change_ns(status)))
        return tuple(found)


def last_change_ns(status: os.stat_result) -> int:
    """When a file was changed last: programs put the modification time back, the file system's own they cannot."""
    return max(status.st_mtime_ns, status.st_ctime_ns) if _KEEPS_CHANGES else status.st_mtime_ns


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


def _reason(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return Sentence("you have no permission to read it")
    return reason_of(error)
