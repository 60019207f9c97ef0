"""Watches the library's folders while the window is open, and tells which parts of them changed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStorageInfo, QTimer, Signal

from photosort import log

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from photosort.gui.base.runner import Runner
    from photosort.media.folder_events import FolderEvents

_log = log.topic("gui")

# With the index run after it, a change is on screen within two seconds.
GATHER_MS = 400
# How often folders are checked that come and go with their drive.
DRIVES_MS = 5_000
# For what no event tells: network drives, changes behind links, events that the system dropped.
RESCAN_MS = 300_000
# The system does not report what other computers change there.
_NETWORK = frozenset(
    [
        "9p",
        "afpfs",
        "ceph",
        "cifs",
        "davfs",
        "fuse.davfs",
        "fuse.gvfsd-fuse",
        "fuse.rclone",
        "fuse.sshfs",
        "glusterfs",
        "ncpfs",
        "nfs",
        "nfs4",
        "smb3",
        "smbfs",
    ]
)

# Device and inode: another drive at the same path is another folder.
_Identity = tuple[int, int]


class FolderWatch(QObject):
    """Tells of changed folders soon where the system reports them, and every few minutes elsewhere.

    Signals:
        changed: folders to scan (list[str]).
        unwatchable: a folder that the system cannot watch (str).
    """

    changed = Signal(object)
    unwatchable = Signal(str)

    def __init__(self, runner: Runner, lane: Executor, parent: QObject | None = None) -> None:
        """Watches nothing until `set_folders`.

        Args:
            runner: brings answers to the window's thread.
            lane: where folders are opened, which takes seconds on a slow drive.
            parent: owns this.
        """
        super().__init__(parent)
        self._runner, self._lane = runner, lane
        self._folders: tuple[str, ...] = ()
        # What was there at the last look; None where nothing was.
        self._found: dict[str, _Identity | None] = {}
        self._watched: set[str] = set()
        # Made in the lane, ended here; the lock keeps one from being made after the end.
        self._lock = threading.Lock()
        self._is_closed = False
        self._events: FolderEvents | None = None
        self._rescan = self._timer(RESCAN_MS, lambda: self.changed.emit(list(self._folders)))
        self._timers = [
            self._timer(GATHER_MS, self._gather),
            self._timer(DRIVES_MS, self._look_at_drives),
            self._rescan,
        ]

    def set_folders(self, folders: Iterable[str]) -> None:
        """Watches these folders from now on, and no others."""
        wanted = tuple(folders)
        if wanted == self._folders:
            return
        self._folders = wanted
        for timer in self._timers:
            if wanted:
                timer.start()
            else:
                timer.stop()
        self._look_at_drives()

    def close(self) -> None:
        """Ends the threads."""
        for timer in self._timers:
            timer.stop()
        with self._lock:
            self._is_closed = True
            if self._events is not None:
                self._events.close()

    def _timer(self, interval_ms: int, act: Callable[[], object]) -> QTimer:
        timer = QTimer(self, interval=interval_ms)
        timer.timeout.connect(act)
        return timer

    def _gather(self) -> None:
        folders = self._events.take_changed() if self._events is not None else []
        if folders:
            self.changed.emit(folders)

    def _look_at_drives(self) -> None:
        folders = self._folders
        self._runner.latest(
            ("watched folders", id(self)),
            self._lane,
            lambda _job: {folder: _identity(folder) for folder in folders},
            self._on_drives,
            owner=self,
        )

    def _on_drives(self, found: dict[str, _Identity | None]) -> None:
        before, self._found = self._found, found
        for folder in before.keys() | found.keys():
            if before.get(folder) == found.get(folder):
                continue
            if folder in self._watched and self._events is not None:
                self._watched.discard(folder)
                self._events.unwatch(folder)
            if folder in before and folder in found:
                self.changed.emit([folder])
        new = [
            folder
            for folder, identity in found.items()
            if identity is not None and identity != before.get(folder)
        ]
        if new:
            self._runner.run(
                self._lane, lambda _job: self._watch(new), self._on_watched, owner=self
            )

    def _watch(self, folders: Sequence[str]) -> dict[str, bool]:
        """Called in the lane: which of the folders the system watches from now on."""
        # Not needed to show the window.
        from photosort.media.folder_events import FolderEvents

        with self._lock:
            if self._is_closed:
                return {}
            if self._events is None:
                self._events = FolderEvents()
            return {folder: _begin(self._events, folder) for folder in folders}

    def _on_watched(self, found: dict[str, bool]) -> None:
        for folder, is_watched in found.items():
            if is_watched:
                self._watched.add(folder)
            else:
                self.unwatchable.emit(folder)


def _begin(events: FolderEvents, folder: str) -> bool:
    kind = bytes(QStorageInfo(folder).fileSystemType().data()).decode()
    if kind in _NETWORK:
        _log.info("a folder on %s is not watched", kind)
        return False
    try:
        events.watch(folder)
    except OSError as error:
        _log.info("a folder cannot be watched: %r", error)
        return False
    return True


def _identity(folder: str) -> _Identity | None:
    try:
        found = Path(folder).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
