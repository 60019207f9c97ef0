"""Folders whose photos changed on disk, as the operating system reports it."""

from __future__ import annotations

import os
import time
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

from watchdog import events
from watchdog.observers import Observer

from photosort.media.formats import MEDIA_BY_EXTENSION, SIDECAR_EXTENSIONS, extension_of
from photosort.media.ignore import IGNORE_FILE, NO_MEDIA_FILE

if TYPE_CHECKING:
    from watchdog.observers.api import ObservedWatch

# A file that was not closed after writing (a hard link, a change of its times) is whole after so long without events.
QUIET_S = 1.0
# More changed folders than this are read as their common parent.
_MOST_FOLDERS = 16
# Without "opened" and "closed without writing", which reading thousands of photos makes by the thousand.
# Changes of times and permissions want both FileAttribEvent and FileModifiedEvent: alone, neither brings them (7.1.0).
_REPORTED: list[type[events.FileSystemEvent]] = [
    events.FileCreatedEvent,
    events.FileModifiedEvent,
    events.FileAttribEvent,
    events.FileClosedEvent,
    events.FileMovedEvent,
    events.FileDeletedEvent,
    events.DirCreatedEvent,
    events.DirMovedEvent,
    events.DirDeletedEvent,
]
_MORE_MAY_FOLLOW = (events.FileCreatedEvent, events.FileModifiedEvent, events.FileAttribEvent)


class FolderEvents(events.FileSystemEventHandler):
    """Gathers events of folders and all below them; not of what links in them lead to.

    The system may drop events (more at once than its queue holds, more folders than it may watch), so the folders want
    to be scanned from time to time, too.
    """

    def __init__(self) -> None:
        """Starts the observer's threads; `close` ends them."""
        super().__init__()
        self._observer = Observer()
        self._observer.start()
        self._watches: dict[str, ObservedWatch] = {}
        # Filled by the observer's thread.
        self._arrived: deque[tuple[str, bool, float]] = deque()
        # Path to whether it is whole, and when it was last written to.
        self._waiting: dict[str, tuple[bool, float]] = {}

    def watch(self, folder: str) -> None:
        """Watches a folder and all below it.

        Raises:
            OSError: the folder cannot be watched.
        """
        self._watches[folder] = self._observer.schedule(
            self, folder, recursive=True, event_filter=_REPORTED
        )

    def unwatch(self, folder: str) -> None:
        """Ends `watch`, also of a folder that is gone."""
        self._observer.unschedule(self._watches.pop(folder))

    def close(self) -> None:
        """Ends the threads."""
        self._observer.stop()
        self._observer.join()

    def on_any_event(self, event: events.FileSystemEvent) -> None:
        """Called by the observer's thread."""
        is_whole = not isinstance(event, _MORE_MAY_FOLLOW)
        for path in (os.fsdecode(event.src_path), os.fsdecode(event.dest_path)):
            if path and (event.is_directory or _matters(path)):
                self._arrived.append((path, is_whole, time.monotonic()))

    def take_changed(self) -> list[str]:
        """The folders to be scanned again, none below another. A file still being written stays for a later call."""
        while self._arrived:
            path, is_whole, at = self._arrived.popleft()
            self._waiting[path] = is_whole, at
        until = time.monotonic() - QUIET_S
        ready = [path for path, (whole, at) in self._waiting.items() if whole or at <= until]
        for path in ready:
            del self._waiting[path]
        return _topmost({self._folder_of(path) for path in ready})

    def _folder_of(self, path: str) -> str:
        """The nearest folder of a path that is there, never above the watched one."""
        top = max((root for root in self._watches if _is_below(path, root)), key=len, default=path)
        folder = Path(path)
        while not folder.is_dir() and folder != Path(top):
            folder = folder.parent
        return os.fspath(folder)


def _matters(path: str) -> bool:
    name = path.rpartition(os.sep)[2]
    extension = extension_of(name)
    if name in {IGNORE_FILE, NO_MEDIA_FILE}:
        return True
    return name[0] != "." and (extension in MEDIA_BY_EXTENSION or extension in SIDECAR_EXTENSIONS)


def _topmost(folders: set[str]) -> list[str]:
    found: list[str] = []
    for folder in sorted(folders):
        if not found or not _is_below(folder, found[-1]):
            found.append(folder)
    return found if len(found) <= _MOST_FOLDERS else [os.path.commonpath(found)]


def _is_below(path: str, folder: str) -> bool:
    return Path(path).is_relative_to(folder)
