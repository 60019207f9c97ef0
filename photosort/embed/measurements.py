"""Measurements of picture models on this machine (photos a second), stored beside the models."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from photosort.embed.packages import file_sha256
from photosort.log import topic
from photosort.safe_files import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILE = "measured.json"


class Notes:
    """A small store of strings; losing it costs time, never data."""

    def __init__(self, models_dir: Path) -> None:
        self._path = models_dir / FILE

    def remember(self, key: str, measure: Callable[[], str]) -> str:
        """The note of that key; measured and written down where there is none."""
        notes = self.all()
        if key not in notes:
            self.put(key, notes.setdefault(key, measure()))
        return notes[key]

    def put(self, key: str, value: str) -> None:
        """Writes a note down, in place of the one before."""
        self._write(self.all() | {key: value})

    def sha256(self, path: Path) -> str:
        """Hex SHA-256 of a file, computed again only when its size or time changed.

        Raises:
            ModelUnavailable: the file cannot be read.
        """
        try:
            stat = path.stat()
        except OSError:
            return file_sha256(path)
        key = f"sha256 {path.absolute()} {stat.st_size} {stat.st_mtime_ns}"
        return self.remember(key, lambda: file_sha256(path))

    def all(self) -> dict[str, str]:
        """Every note by its key."""
        try:
            notes = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        if not isinstance(notes, dict):
            return {}
        return {str(key): str(value) for key, value in notes.items()}

    def _write(self, notes: dict[str, str]) -> None:
        try:
            write_whole(self._path, json.dumps(notes, indent=1).encode(), mode=0o600)
        except OSError as error:
            topic("embed").info("cannot write %s: %s", self._path, error)
