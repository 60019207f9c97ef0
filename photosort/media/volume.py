"""Tells whether a folder's drive is connected: photos on an unplugged drive are offline, not missing."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from photosort.domain.photos import Root

_MOUNTINFO = Path("/proc/self/mountinfo")
_BY_UUID = Path("/dev/disk/by-uuid")
_MAC_VOLUMES = Path("/Volumes")
_OCTAL = re.compile(r"\\([0-7]{3})")


class Mount(NamedTuple):
    """A line of the kernel's list of mounts."""

    point: str
    kind: str
    source: str


def volume_of(path: Path) -> tuple[str, str]:
    """Identity of the volume that a folder lies on, and a marker of the folder itself.

    Args:
        path: an existing folder.

    Returns:
        The volume's identity, which survives unplugging and another mount point ("" where none can be had), and
        device and inode of the folder, which tell an emptied folder from the empty mount point below it.

    Raises:
        OSError: the folder cannot be looked at.
    """
    status = path.stat()
    return _volume(path, status), f"{status.st_dev:x}:{status.st_ino:x}"


def is_online(root: Root) -> bool:
    """Whether a folder of the library can be looked at now, so that what is not in it may be called missing.

    False where the folder is not there, where it lies on no such volume and is empty (a mount point without its
    drive), or where it cannot be read.
    """
    path = Path(root.path)
    try:
        volume, marker = volume_of(path)
        if root.volume and volume == root.volume:
            return True
        if not root.volume and marker == root.marker:
            return True
        # Another volume in the same place: a library moved to a new drive, unless nothing is there at all.
        with os.scandir(path) as entries:
            return any(not entry.name.startswith(".") for entry in entries)
    except OSError:
        return False


def _volume(path: Path, status: os.stat_result) -> str:
    if sys.platform == "win32":
        return f"serial:{status.st_dev:x}"
    real = path.resolve()
    if sys.platform == "darwin":
        # Device numbers change with every mount; the name of a volume is what its owner knows it by.
        if real.is_relative_to(_MAC_VOLUMES) and real != _MAC_VOLUMES:
            return f"volume:{real.relative_to(_MAC_VOLUMES).parts[0]}"
        return "volume:/"
    try:
        text = _MOUNTINFO.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""
    mount = mount_of(os.fspath(real), text)
    if mount is None:
        return ""
    return f"uuid:{uuid}" if (uuid := _uuid(mount.source)) else f"{mount.kind}:{mount.source}"


def mount_of(path: str, mountinfo: str) -> Mount | None:
    """The mount that a path lies on.

    Args:
        path: absolute, without links.
        mountinfo: the text of /proc/self/mountinfo, later mounts last.
    """
    best: Mount | None = None
    for line in mountinfo.splitlines():
        before, _, after = line.partition(" - ")
        fields, rest = before.split(" "), after.split(" ")
        if len(fields) < 5 or len(rest) < 2:
            continue
        point = _unescaped(fields[4])
        inside = path == point or path.startswith(point.rstrip("/") + "/")
        # A later mount hides an earlier one at the same point.
        if inside and (best is None or len(point) >= len(best.point)):
            best = Mount(point, rest[0], _unescaped(rest[1]))
    return best


def _unescaped(text: str) -> str:
    return _OCTAL.sub(lambda match: chr(int(match[1], 8)), text)


def _uuid(source: str) -> str | None:
    if not source.startswith("/dev/"):
        return None
    try:
        device = Path(source).resolve()
        for link in _BY_UUID.iterdir():
            if link.resolve() == device:
                return link.name
    except OSError:
        return None
    return None
