"""Which file system a folder lies on, so that an unplugged drive is never taken for deleted photos."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from photosort.domain.photos import Root

_MOUNTS = Path("/proc/self/mountinfo")
_BY_UUID = Path("/dev/disk/by-uuid")


def volume_of(path: Path) -> tuple[str, str]:
    """The identity of the file system a folder lies on, and of the folder in it.

    Args:
        path: an existing folder.

    Returns:
        (volume, marker): the volume is the UUID of its disk where the system tells it ("uuid:..."), else the
        source and type of the mount ("mount:..."), else "". The marker is "inode" of the folder: an empty
        mount point has another one than the folder that is mounted over it.
    """
    return _volume(path), str(path.stat().st_ino)


def is_online(root: Root) -> bool:
    """Whether a root's volume is there now.

    A folder that is gone while its volume is there counts as online: then its files really are missing. On
    Linux a folder whose volume was unplugged still exists as an empty mount point, on another file system.
    """
    path = Path(root.path)
    try:
        is_folder = path.is_dir()
    except OSError:
        return False
    if not is_folder:
        return _nearest_volume(path) == root.volume if root.volume else path.parent.is_dir()
    if not root.volume:
        return True
    if _volume(path) == root.volume:
        return True
    # Restored to another disk or mounted under another name: a folder with something in it is no empty
    # mount point, whatever it is called.
    return _has_content(path)


def _nearest_volume(path: Path) -> str:
    """The volume of the nearest folder above that exists."""
    for parent in path.parents:
        if parent.is_dir():
            return _volume(parent)
    return ""


def _has_content(path: Path) -> bool:
    try:
        with os.scandir(path) as entries:
            return any(True for _ in entries)
    except OSError:
        return False


def _volume(path: Path) -> str:
    if os.name == "nt":
        return f"drive:{path.drive}:{path.stat().st_dev:x}"
    device = path.stat().st_dev
    if _MOUNTS.exists():
        return _linux_volume(device)
    return f"device:{device:x}"


def _linux_volume(device: int) -> str:
    """The disk's UUID, else what is mounted; device numbers themselves change with every plugging in."""
    wanted = f"{os.major(device)}:{os.minor(device)}"
    for uuid in _listed(_BY_UUID):
        try:
            if uuid.stat().st_rdev == device:
                return f"uuid:{uuid.name}"
        except OSError:
            continue
    for line in _MOUNTS.read_text("utf-8", "replace").splitlines():
        fields = line.split()
        if len(fields) > 6 and fields[2] == wanted and "-" in fields:
            kind, source = fields[fields.index("-") + 1 : fields.index("-") + 3]
            return f"mount:{kind}:{source}"
    return ""


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []
