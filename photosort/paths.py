"""Where Photosort keeps its own files. Everything is readable by the user only."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from photosort.errors import EnvironmentProblem
from photosort.sentences import Sentence, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class LibraryPaths:
    """The files of one library and of the installation that opened it.

    Attributes:
        library: the SQLite file that holds the truth.
        home: folder of models, thumbnails, settings and derived files.
    """

    library: Path
    home: Path

    @property
    def thumbnails(self) -> Path:
        """The thumbnail database, beside the library so that offline photos keep their pictures."""
        return self.library.with_name(self.library.stem + ".thumbnails.db")

    @property
    def lock(self) -> Path:
        """What the index run holds."""
        return self.library.with_name(self.library.stem + ".lock")

    @property
    def derived(self) -> Path:
        """Folder of what can be rebuilt: vector files, score columns."""
        return self.library.with_name(self.library.stem + ".derived")

    @property
    def models(self) -> Path:
        """Folder of downloaded and imported encoders."""
        return self.home / "models"

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.home / "settings.json"

    def prepare(self) -> None:
        """Makes the folders, private to the user.

        A home that cannot be made stops nothing here: the code that saves a setting or a model there reports it.

        Raises:
            EnvironmentProblem: the folder of the library cannot be made.
        """
        for folder in (self.library.parent, self.derived):
            try:
                _make_private(folder)
            except OSError as error:
                raise EnvironmentProblem(
                    Sentence(
                        "Photosort cannot create its folder {folder}: {reason}.",
                        folder=folder,
                        reason=reason_of(error),
                    ),
                    repr(error),
                ) from error
        for folder in (self.home, self.models):
            with suppress(OSError):
                _make_private(folder)


def locate(library: Path | None = None, home: Path | None = None) -> LibraryPaths:
    """Settles the places: argument, then environment variable, then the user's data folder."""
    default_home = Path(platformdirs.user_data_dir("photosort", appauthor=False))
    home = home or _from_environment("PHOTOSORT_HOME") or default_home
    library = library or _from_environment("PHOTOSORT_LIBRARY") or home / "library.db"
    return LibraryPaths(library=library.expanduser().absolute(), home=home.expanduser().absolute())


def resources() -> Path:
    """The folder of vocabularies, descriptions, icons and style sheets."""
    installed = Path(__file__).parent / "resources"
    return installed if installed.is_dir() else Path(__file__).parent.parent / "resources"


def digest_of_files(files: Iterable[Path]) -> str:
    """Hex SHA-256 of shipped files, one after the other; hashed once in a process as long as size and time stay.

    Raises:
        OSError: one cannot be read.
    """
    stats = [(path, path.stat()) for path in files]
    return _digest(tuple((path, stat.st_size, stat.st_mtime_ns) for path, stat in stats))


# The weights take 10 ms and more, and index runs and decisions ask several times.
@lru_cache(maxsize=4)
def _digest(files: tuple[tuple[Path, int, int], ...]) -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path, *_ in files)).hexdigest()


def _make_private(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def _from_environment(name: str) -> Path | None:
    value = os.environ.get(name)
    return Path(value) if value else None
