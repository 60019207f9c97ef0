"""Forgets photos for good: nothing of them is left in any file of Photosort's. Their own files stay where they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from photosort.domain.photos import FileState
from photosort.file_lock import hold
from photosort.sentences import Sentence
from photosort.store.db import forgetting
from photosort.store.db.failures import failures
from photosort.store.tables import files, settings
from photosort.usecases.session import backups
from photosort.usecases.session.recovery import forget_derived

if TYPE_CHECKING:
    from photosort.store.db.database import Store
    from photosort.usecases.session.backups import Cleaned
    from photosort.usecases.session.session import Session


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would be forgotten.

    Attributes:
        photos: how many.
        still_there: how many of them have a file in a folder of the library, from where they would come back as new
            photos.
    """

    photos: int
    still_there: int


@dataclass(frozen=True, slots=True)
class ForgetRun:
    """What was forgotten.

    Attributes:
        photos: how many.
        backups: how many copies of the library forgot them, too.
        out_of_reach: copies, or folders of copies, that could not; each is cleaned when it is next seen.
        is_traceless: False where another program was reading the library: its log holds them until that program ends.
    """

    photos: int
    backups: int
    out_of_reach: tuple[Path, ...]
    is_traceless: bool


def outlook(session: Session, photo_ids: Sequence[int]) -> Outlook:
    """What forgetting these photos would mean."""
    held = session.read(lambda store: files.of_photos(store, photo_ids))
    there = sum(any(one.state is FileState.PRESENT for one in found) for found in held.values())
    return Outlook(len(set(photo_ids)), there)


def forget(session: Session, photo_ids: Sequence[int]) -> ForgetRun:
    """Forgets photos: rows, vectors, thumbnails, texts, history, and what copies of the library hold of them.

    It cannot be undone.

    Args:
        session: the open library.
        photo_ids: photos, with all their files.

    Raises:
        EnvironmentProblem: an index run is going on, there is no room, or the library cannot be written. Where that
            happens after the library itself forgot them, the next start does the rest.
    """
    session.write(lambda store: store.require_writable())
    with hold(session.paths.lock, Sentence("forgetting photos")):
        gone = session.write(lambda store: _forget_rows(store, photo_ids))
        cleaned, is_traceless = _clean(session)
    return ForgetRun(gone.photos, cleaned.copies, cleaned.out_of_reach, is_traceless)


def finish(session: Session) -> None:
    """Does what is left of a `forget` that was killed."""
    if session.read(lambda store: settings.get(store, forgetting.PENDING)) is not None:
        _clean(session)


def _forget_rows(store: Store, photo_ids: Sequence[int]) -> forgetting.Forgotten:
    with failures(store.path):
        return forgetting.forget(store.connection, photo_ids)


def _clean(session: Session) -> tuple[Cleaned, bool]:
    """Thumbnails, what was derived, copies, and free pages; noted as pending until all of it is done."""
    keys = session.read(lambda store: settings.get(store, forgetting.PENDING, []))
    session.thumbnails.forget(bytes.fromhex(key) for key in keys)
    forget_derived(session.paths)
    session.scores.rebuild()
    cleaned = backups.forget(session)

    def work(store: Store) -> bool:
        with failures(store.path):
            forgetting.compact(store.connection)
            settings.put(store, forgetting.PENDING, None)
            return forgetting.empty_log(store.connection)

    return cleaned, session.write(work)
