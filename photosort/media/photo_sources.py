"""Finds where photos may be imported from: camera cards and drives that hold DCIM, and phones that the desktop mounted."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# The folder of every camera's pictures: JEITA CP-3461, Design rule for Camera File system, 2.2.
_DCIM = "dcim"
# What GVfs mounts phones and cameras with (MTP, PTP, Apple's own).
_PHONES = ("mtp:", "gphoto2:", "afc:")


class PhotoSource(NamedTuple):
    """Something that photos can be imported from.

    Attributes:
        name: what a person calls it: the label of a card, the model of a phone.
        path: the folder to look through.
        is_phone: a phone or camera at a cable, not a card.
    """

    name: str
    path: Path
    is_phone: bool


def find_sources(
    *, mounts: Iterable[Path] | None = None, runtime: Path | None = None
) -> list[PhotoSource]:
    """The cards, drives, phones and cameras that are connected now and hold DCIM.

    Args:
        mounts: where volumes are mounted; None = as the system says.
        runtime: the user's runtime folder, in which GVfs mounts; None = as the system says.
    """
    found = [*_drives(_mounted() if mounts is None else mounts), *_phones(runtime or _runtime())]
    return list({one.path: one for one in found}.values())


def _mounted() -> list[Path]:
    import psutil

    return [Path(volume.mountpoint) for volume in psutil.disk_partitions(all=False)]


def _runtime() -> Path | None:
    if sys.platform in {"win32", "darwin"}:
        return None
    return Path(os.environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}")


def _drives(mounts: Iterable[Path]) -> Iterator[PhotoSource]:
    for mount in mounts:
        # All of it: cameras keep their films beside DCIM (PRIVATE/AVCHD).
        if _holds_pictures(mount):
            yield PhotoSource(mount.name or str(mount), mount, is_phone=False)


def _phones(runtime: Path | None) -> Iterator[PhotoSource]:
    if runtime is None:
        return
    for device in _folders(runtime / "gvfs"):
        if not device.name.startswith(_PHONES):
            continue
        name = _name_of_device(device.name)
        # A phone has a folder for each storage; all beside DCIM is for its programs.
        for storage in (device, *_folders(device)):
            for folder in _folders(storage):
                if folder.name.lower() == _DCIM:
                    shown = name if storage == device else f"{name}, {storage.name}"
                    yield PhotoSource(shown, folder, is_phone=True)


def _name_of_device(mount: str) -> str:
    """The model, of "mtp:host=Google_Pixel_6_1A2B3C" or "gphoto2:host=%5Busb%3A001%2C004%5D"."""
    said = unquote(mount.partition("host=")[2]) or mount
    return said.replace("_", " ")


def _holds_pictures(folder: Path) -> bool:
    return any(one.name.lower() == _DCIM for one in _folders(folder))


def _folders(folder: Path) -> list[Path]:
    """The folders in a folder; none where it cannot be looked into, as a phone that is locked."""
    try:
        with os.scandir(folder) as entries:
            return sorted(Path(entry.path) for entry in entries if entry.is_dir())
    except OSError:
        return []
