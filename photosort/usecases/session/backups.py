"""Copies of the open library: each day, when asked for, and before a change of many photos."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from photosort import log
from photosort.errors import EnvironmentProblem, LibraryDamaged
from photosort.sentences import Sentence
from photosort.store.db import backups, forgetting
from photosort.store.db.backups import Backup

if TYPE_CHECKING:
    from photosort.paths import LibraryPaths
    from photosort.settings import Settings
    from photosort.usecases.session.session import Session

_log = log.topic("library")

_DAILY = timedelta(hours=20)
# Fewer photos are few steps of undo.
MANY_PHOTOS = 50


def folder_of(places: LibraryPaths, chosen: Settings) -> Path:
    """Where copies of a library are kept: below the folder that the user chose, or beside the settings.

    Two libraries never share one.
    """
    above = (
        Path(chosen.backup_folder).expanduser() if chosen.backup_folder else places.home / "backups"
    )
    digest = hashlib.sha256(os.fsencode(places.library)).hexdigest()
    return above / f"{places.library.stem}-{digest[:8]}"


def list_all(session: Session) -> list[Backup]:
    """The copies of the library, the newest first.

    Raises:
        EnvironmentProblem: their folder is there and cannot be read.
    """
    return backups.list_all(folder_of(session.paths, session.settings))


def photos_in(backup: Backup) -> int | None:
    """How many photos a copy holds, or None where it is damaged."""
    try:
        return backups.holdings(backup.path).photos
    except EnvironmentProblem:
        return None


def make(session: Session, *, reason: str) -> Backup:
    """Copies the library as it is now and removes the copies that are older than they need be.

    Raises:
        EnvironmentProblem: there is no room, or the library is damaged; earlier copies stay.
    """
    session.write(lambda store: store.require_writable())
    folder = folder_of(session.paths, session.settings)
    made = backups.make(session.paths.library, folder, reason=reason)
    backups.thin_out(folder)
    forget(session)
    _log.info("the library was copied to %s", made.path)
    return made


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Which copies forgot what the library has forgotten.

    Attributes:
        copies: how many were changed.
        out_of_reach: files and folders that could not be; each is cleaned when it is next seen.
    """

    copies: int
    out_of_reach: tuple[Path, ...]


def forget(session: Session) -> Cleaned:
    """Lets all copies of the library that can be reached forget what it has forgotten for good."""
    gone = session.read(lambda store: forgetting.forgotten(store.connection))
    count, away = 0, list[Path]()
    for copy in _copies(session, away) if gone else ():
        try:
            count += backups.forget(copy, gone)
        except EnvironmentProblem as problem:
            _log.info("%s: %s", copy, problem.detail or problem.user_message)
            away.append(copy)
    return Cleaned(count, tuple(away))


def _copies(session: Session, away: list[Path]) -> Iterator[Path]:
    """Every copy of the library that Photosort ever makes, as far as it can be reached."""
    library, chosen = session.paths.library, session.settings
    folders = dict.fromkeys(
        folder_of(session.paths, settings)
        for settings in (chosen, replace(chosen, backup_folder=""))
    )
    for folder in folders:
        try:
            yield from (one.path for one in backups.list_all(folder))
        except EnvironmentProblem:
            away.append(folder)
    if chosen.backup_folder and not Path(chosen.backup_folder).expanduser().is_dir():
        away.append(Path(chosen.backup_folder).expanduser())
    yield from library.parent.glob(f"{library.stem}.before-*{library.suffix}")
    away += library.parent.glob(f"{library.stem}.damaged-*{library.suffix}")


def make_if_due(session: Session) -> Backup | None:
    """Makes the copy of the day; None where there is one already, or none can be made now."""
    try:
        newest = next(iter(list_all(session)), None)
        if newest is not None and datetime.now(UTC) - newest.at < _DAILY:
            return None
        if not session.read(lambda store: store.value("SELECT 1 FROM photos LIMIT 1")):
            return None
        return make(session, reason="daily")
    except EnvironmentProblem as problem:
        _log.info("no copy of the library today: %s", problem.detail or problem.user_message)
        return None


def make_before(session: Session, count: int) -> None:
    """Makes a copy before a change of so many photos, where they are many and a copy can be made.

    The change itself can be undone anyway: a full disk does not forbid it.
    """
    if count < MANY_PHOTOS:
        return
    try:
        make(session, reason="before")
    except EnvironmentProblem as problem:
        _log.info("no copy of the library before: %s", problem.detail or problem.user_message)


def refuse_lost(places: LibraryPaths, chosen: Settings) -> None:
    """Refuses to begin an empty library where there was one.

    Raises:
        LibraryDamaged: the file is gone or has no bytes, and a log of its changes or copies of it are there.
    """
    library = places.library
    log_of_changes = library.with_name(library.name + "-wal")
    with suppress(OSError):
        if library.is_file() and library.stat().st_size:
            return
        is_gone = not library.exists()
        was_there = log_of_changes.exists() and log_of_changes.stat().st_size > 0
        if not was_there and not backups.list_all(folder_of(places, chosen)):
            return
        sentence = (
            Sentence(
                "The library {library} is gone; `photosort check --repair` brings its newest copy back.",
                library=library,
            )
            if is_gone
            else Sentence(
                "The library {library} was emptied; `photosort check --repair` brings its newest copy back.",
                library=library,
            )
        )
        raise LibraryDamaged(sentence)
