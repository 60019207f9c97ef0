"""Brings a library back: from a copy, or from what can still be read of a damaged one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from photosort import log
from photosort.errors import EnvironmentProblem, LibraryDamaged, PhotosortError
from photosort.file_lock import hold
from photosort.sentences import Sentence
from photosort.store.db import backups
from photosort.store.db.backups import Backup, Holdings
from photosort.store.db.database import Store
from photosort.store.db.failures import damaged, file_failures
from photosort.store.db.salvage import salvage
from photosort.usecases.session.backups import folder_of

if TYPE_CHECKING:
    from photosort.paths import LibraryPaths
    from photosort.settings import Settings

_log = log.topic("library")

_SIDE_FILES = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What putting a copy back would change.

    Attributes:
        backup: what the copy holds.
        now: what the library holds, or None where it cannot be read.
    """

    backup: Holdings
    now: Holdings | None


@dataclass(frozen=True, slots=True)
class Recovered:
    """How a library was brought back.

    Attributes:
        aside: where the damaged file lies now, or None where there was none.
        backup: the copy that completed it, or None.
        rows: how many rows could be read of the damaged file.
        photos: how many photos the library has now.
    """

    aside: Path | None
    backup: Backup | None
    rows: int
    photos: int


def find(places: LibraryPaths, chosen: Settings, given: str) -> Backup:
    """The copy with an id, or that in a file.

    Raises:
        InputProblem: there is none, or the file is no library.
    """
    return backups.find(folder_of(places, chosen), given)


def compare(places: LibraryPaths, copy: Path) -> Comparison:
    """What a copy holds beside what the library holds now.

    Raises:
        EnvironmentProblem: the copy is damaged.
    """
    return Comparison(backups.holdings(copy), _present(places.library))


def restore(places: LibraryPaths, chosen: Settings, copy: Path) -> Path | None:
    """Puts a copy back in place of the library, whose present state is kept aside.

    Args:
        places: the library's files.
        chosen: the user's settings, which say where copies are kept.
        copy: a copy, as `backups.find` gives it.

    Returns:
        Where the present state lies now; None where there was none.

    Raises:
        EnvironmentProblem: the copy is damaged, an index run is going on, there is no room; nothing was changed.
    """
    backups.holdings(copy)
    places.prepare()
    if _present(places.library) is None:
        with failing_whole(places), _beside(places.library) as made:
            _fill(made, copy)
            aside = _take_place(made, places.library)
        forget_derived(places)
        return aside
    with hold(places.lock, Sentence("restoring this library")):
        kept = backups.make(places.library, folder_of(places, chosen), reason="before")
        _put_into(places, copy)
    return kept.path


def recover(places: LibraryPaths, chosen: Settings) -> Recovered:
    """Puts a damaged library aside and makes one of what can be read of it, on top of its newest good copy.

    The next index run adds what keyword files and photos say.

    Raises:
        EnvironmentProblem: there is no room, or another program uses the library; everything is as it was.
    """
    places.prepare()
    newest = _newest_good(folder_of(places, chosen))
    library = places.library
    # Made beside it, so that a recovery that is killed leaves what was there, and no empty library in its place.
    with failing_whole(places), _beside(library) as made:
        if newest is not None:
            _fill(made, newest.path)
        with Store.open(made) as store:
            rows = salvage(library, store.connection) if library.exists() else 0
            photos = int(store.value("SELECT count(*) FROM photos"))
            store.gather()
        aside = _take_place(made, library)
    forget_derived(places)
    _log.info("recovered %d rows; the damaged library is %s", rows, aside)
    return Recovered(aside, newest, rows, photos)


def raise_if_damaged(library: Path) -> None:
    """Checks a library for damage, after a failure that should not happen.

    Raises:
        LibraryDamaged: it is.
    """
    if not library.is_file() or not library.stat().st_size:
        return
    try:
        with Store.open(library, read_only=True) as store:
            wrong = store.value("PRAGMA quick_check(1)")
    except LibraryDamaged:
        raise
    except PhotosortError:  # of another program or version: the command that opens it says so
        return
    except Exception as error:  # SQLite's own messages may be damaged text
        raise LibraryDamaged(damaged(library), repr(error)) from error
    if wrong != "ok":
        raise LibraryDamaged(damaged(library), str(wrong))


@contextmanager
def failing_whole(places: LibraryPaths) -> Iterator[None]:
    """Puts the library's files back as they were where the block fails."""
    library = places.library
    before = {path.name for path in library.parent.iterdir()}
    try:
        with file_failures(library):
            yield
    except BaseException:
        aside = [
            path
            for path in library.parent.glob(f"{library.stem}.damaged-*{library.suffix}")
            if path.name not in before
        ]
        for path in aside:
            for end in _SIDE_FILES:
                there = path.with_name(path.name + end)
                if there.exists():
                    there.replace(library.with_name(library.name + end))
        raise


def _present(library: Path) -> Holdings | None:
    """What a library holds that is there and sound."""
    if not library.is_file():
        return None
    try:
        with Store.open(library, read_only=True) as store:
            if store.value("PRAGMA quick_check(1)") != "ok":
                return None
            return backups.count(store.connection)
    except Exception:  # damage has many faces, and none of them may stand in the way of a copy
        return None


def _newest_good(folder: Path) -> Backup | None:
    """The newest copy that can be read."""
    for one in backups.list_all(folder):
        with suppress(EnvironmentProblem):
            backups.holdings(one.path)
            return one
    return None


@contextmanager
def _beside(library: Path) -> Iterator[Path]:
    """Where a library can be made before it takes the place of another; what is left there goes."""
    made = library.with_name(f"{library.stem}.recovering{library.suffix}")

    def clear() -> None:
        for end in _SIDE_FILES:
            made.with_name(made.name + end).unlink(missing_ok=True)

    clear()
    try:
        yield made
    finally:
        clear()


def _take_place(made: Path, library: Path) -> Path | None:
    """Puts a library that is whole in the place of another, and says what that one is called now.

    At no moment is there none: the old one gets a second name, and the new one replaces the first.
    """
    if not any(library.with_name(library.name + end).exists() for end in _SIDE_FILES):
        made.replace(library)
        return None
    number = 1
    while (aside := library.with_name(f"{library.stem}.damaged-{number}{library.suffix}")).exists():
        number += 1
    if library.exists():
        try:
            os.link(library, aside)
        except OSError:  # a file system without second names
            library.replace(aside)
    for end in _SIDE_FILES[1:]:
        there = library.with_name(library.name + end)
        if there.exists():
            there.replace(aside.with_name(aside.name + end))
    made.replace(library)
    return aside


def _fill(library: Path, copy: Path) -> None:
    """Gives a library the contents of a copy; one that an older version made is brought up to date."""
    with file_failures(library), Store.open(library) as store:
        backups.put_back(copy, store.connection)
    with Store.open(library) as store:
        store.gather()


def _put_into(places: LibraryPaths, copy: Path) -> None:
    """Gives the library the contents of a copy."""
    _fill(places.library, copy)
    forget_derived(places)


def forget_derived(places: LibraryPaths) -> None:
    """Removes what was made from the library as it was; a window that has it open makes it again."""
    for path in places.derived.iterdir() if places.derived.is_dir() else ():
        with suppress(OSError):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
