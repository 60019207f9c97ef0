"""Opens a library on read-only media from a temporary copy.

Even reading makes rows and files: SQLite's side files, the vector index, texts as vectors. On a drive that is mounted
for reading only all of it goes into a copy that ends with the command; what a person decides is refused there
(`Store.require_writable`), because it would be lost.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from photosort.paths import LibraryPaths
from photosort.store.db.failures import file_failures


@contextmanager
def open_readable(places: LibraryPaths, *, with_thumbnails: bool) -> Iterator[LibraryPaths]:
    """Where a library can be read: where it lies, or in a copy that ends with the block.

    Args:
        places: the library's files.
        with_thumbnails: copy the thumbnails too, which may be larger than all the rest.

    Raises:
        EnvironmentProblem: it cannot be read, or there is no room for the copy.
    """
    library = places.library
    if not library.is_file() or can_be_written(library):
        yield places
        return
    # The folder is the user's alone, and so is what is written into it.
    with tempfile.TemporaryDirectory(prefix="photosort-") as name:
        copy = LibraryPaths(library=Path(name) / library.name, home=places.home)
        with file_failures(library):
            _copy_database(library, copy.library)
            if with_thumbnails and places.thumbnails.is_file():
                _copy_database(places.thumbnails, copy.thumbnails)
            if places.derived.is_dir():
                shutil.copytree(places.derived, copy.derived, copy_function=shutil.copyfile)
        yield copy


@contextmanager
def no_library(places: LibraryPaths) -> Iterator[LibraryPaths]:
    """An empty library for commands that only read, where there is none yet: they leave nothing behind.

    Args:
        places: where the library would lie. Models and settings are read there as far as the home exists.
    """
    with tempfile.TemporaryDirectory(prefix="photosort-") as name:
        home = places.home if places.home.is_dir() else Path(name)
        yield LibraryPaths(library=Path(name) / places.library.name, home=home)


def can_be_written(library: Path) -> bool:
    """Whether decisions can be kept in a library."""
    return os.access(library, os.W_OK) and os.access(library.parent, os.W_OK)


def _copy_database(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    # What was not yet moved into the file itself; SQLite makes the third file again.
    log = source.with_name(source.name + "-wal")
    if log.is_file():
        shutil.copyfile(log, target.with_name(target.name + "-wal"))
