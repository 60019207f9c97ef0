"""The system's wastebasket: files move there, and come back where the system writes down where they lay.

Send2Trash moves them, and does not say where to. On systems that follow freedesktop.org's Trash specification 1.0 each
file in a wastebasket has a `.trashinfo` beside it, which names the path that it came from; elsewhere only the system's
own file manager brings files back.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote_to_bytes

from photosort.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CAN_PUT_BACK = sys.platform not in {"win32", "darwin"}

# File systems whose files another machine keeps, as the kernels call them: deleting there is for good on most.
_NETWORK = frozenset(
    {
        "9p", "afpfs", "afs", "ceph", "cifs", "davfs", "fuse.ceph-fuse", "fuse.davfs2", "fuse.glusterfs",
        "fuse.gvfsd-fuse", "fuse.rclone", "fuse.s3fs", "fuse.smbnetfs", "fuse.sshfs", "glusterfs", "lustre", "ncpfs",
        "nfs", "nfs3", "nfs4", "smb2", "smb3", "smbfs", "webdav",
    }
)  # fmt: skip
_SUFFIX = ".trashinfo"


class Trashed(NamedTuple):
    """A file in a wastebasket.

    Attributes:
        original: where it lay.
        path: where it lies now.
        info: the file that says so.
        deleted_at: when it was moved, ISO 8601 on the machine's clock; "" where nobody wrote it down.
    """

    original: Path
    path: Path
    info: Path
    deleted_at: str


def refusal(folder: Path) -> Sentence | None:
    """Why files of a folder cannot be moved to a wastebasket, or None where they can, as far as one can know before."""
    import psutil

    real = folder.resolve()
    if sys.platform == "win32" and os.fspath(real).startswith("\\\\"):
        return _on_a_share()
    best: tuple[int, str, str] | None = None
    for volume in psutil.disk_partitions(all=True):
        point = Path(volume.mountpoint)
        # A later volume hides an earlier one at the same point.
        if real.is_relative_to(point) and (best is None or len(point.parts) >= best[0]):
            best = (len(point.parts), volume.fstype, volume.opts)
    if best is None:
        return None
    _, kind, options = best
    if kind.lower() in _NETWORK or "remote" in options.split(","):
        return _on_a_share()
    if sys.platform == "win32" and "fixed" not in options.split(","):
        # Windows has a wastebasket on disks only, and deletes elsewhere without a word.
        return Sentence("It lies on a drive without a wastebasket.")
    return None


def discard(path: Path) -> None:
    """Moves a file to the wastebasket.

    Raises:
        OSError: there is no wastebasket, or the file may not be moved. It lies where it lay.
    """
    from send2trash import send2trash

    # A link on the way would be written down as part of the path, and a link itself moves, not what it points to.
    real = path.parent.resolve() / path.name
    if not os.access(real.parent, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), os.fspath(path))
    send2trash(os.fspath(real))
    if os.path.lexists(real):
        raise OSError(errno.EIO, os.strerror(errno.EIO), os.fspath(path))


def held_from(folders: Iterable[Path]) -> dict[Path, list[Trashed]]:
    """What the wastebaskets hold of some folders, by where it lay; what was moved last comes first.

    Args:
        folders: absolute paths without links; they need not exist any more.
    """
    wanted = set(folders)
    found: dict[Path, list[Trashed]] = {}
    for basket, base in _baskets(wanted):
        for one in _held(basket, base):
            if one.original.parent in wanted:
                found.setdefault(one.original, []).append(one)
    for held in found.values():
        held.sort(key=lambda one: one.deleted_at, reverse=True)
    return found


def put_back(trashed: Trashed) -> None:
    """Moves a file from the wastebasket back to where it lay.

    Raises:
        FileExistsError: another file lies there now.
        OSError: the file cannot be moved. It lies where it lay, in the wastebasket.
    """
    path = trashed.original
    path.parent.mkdir(parents=True, exist_ok=True)
    if os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), os.fspath(path))
    try:
        trashed.path.rename(path)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        # Hidden until it is whole, so that no scan takes it for a picture.
        part = path.with_name(f".{path.name}.part")
        try:
            shutil.copy2(trashed.path, part)
            part.rename(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        trashed.path.unlink()
    trashed.info.unlink(missing_ok=True)


def _on_a_share() -> Sentence:
    return Sentence("It lies on a network share, where deleting is for good.")


def _baskets(folders: Iterable[Path]) -> Iterator[tuple[Path, Path]]:
    """The wastebaskets that files of some folders may lie in, and the folder that relative paths in each begin at."""
    data = Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share").expanduser()
    yield data / "Trash", data
    if sys.platform == "win32":
        return
    user = os.getuid()
    for top in {_mount_point(folder) for folder in folders}:
        yield top / ".Trash" / str(user), top
        yield top / f".Trash-{user}", top


def _mount_point(folder: Path) -> Path:
    return next(one for one in (folder, *folder.parents) if one.is_mount() or one == one.parent)


def _held(basket: Path, base: Path) -> Iterator[Trashed]:
    try:
        infos = [one for one in (basket / "info").iterdir() if one.name.endswith(_SUFFIX)]
    except OSError:
        return
    for info in infos:
        path = basket / "files" / info.name.removesuffix(_SUFFIX)
        try:
            lines = info.read_bytes().splitlines()
        except OSError:
            continue
        said = dict(line.partition(b"=")[::2] for line in lines if b"=" in line)
        if b"Path" in said and os.path.lexists(path):
            original = base / os.fsdecode(unquote_to_bytes(said[b"Path"]))
            deleted_at = said.get(b"DeletionDate", b"").decode("ascii", "replace")
            yield Trashed(Path(os.path.normpath(original)), path, info, deleted_at)
