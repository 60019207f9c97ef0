"""Undo and redo."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from photosort.domain.photos import FileState
from photosort.sentences import Sentence
from photosort.store.db import history
from photosort.store.tables import files
from photosort.usecases.photos import rotation, trash
from photosort.usecases.photos.place_naming import name_places

if TYPE_CHECKING:
    from photosort.domain.changes import ChangeSet, HistoryEntry
    from photosort.store.db.database import Store
    from photosort.usecases.session.session import Session


def undo(session: Session, entry_id: int | None = None, *, redo: bool = False) -> ChangeSet:
    """Takes back the latest change not undone that somebody asked for, or that one; or brings it back.

    Raises:
        InputProblem: there is nothing to take back, or a later change touches the same rows.
        EnvironmentProblem: none of the files that the change moved can be moved back.
    """
    taken_back = session.write(lambda store: history.undo(store, entry_id, redo=redo))
    if taken_back.files:
        taken_back = _move_files(session, taken_back, redo=redo)
    rotation.follow(session, taken_back)
    if taken_back.photos or taken_back.everything:
        # The names of places are worked out, not recorded; they follow the coordinates that came back.
        name_places(session)
    return taken_back


def _move_files(session: Session, change: ChangeSet, *, redo: bool) -> ChangeSet:
    """Brings files to where the library has them now, and notes in it which ones did not follow.

    Raises:
        EnvironmentProblem: none did; the library has them where they were.
    """
    unmoved = trash.follow(session, change)
    left = unmoved.staying | unmoved.lost
    if not left:
        return change
    if left == change.files:
        session.write(lambda store: history.undo(store, change.history_id, redo=not redo))
        raise trash.cannot_go() if unmoved.staying else trash.cannot_return()

    def note(store: Store) -> None:
        with store.atomic():
            files.mark(store, unmoved.staying, FileState.PRESENT)
            files.mark(store, unmoved.lost, FileState.MISSING, files.TRASHED)

    session.write(note)
    if len(left) == 1:
        shortfall = Sentence("{count:,} file could not be moved; all others were.", count=1)
    else:
        shortfall = Sentence(
            "{count:,} files could not be moved; all others were.", count=len(left)
        )
    return replace(change, shortfall=shortfall)


def next_steps(session: Session) -> tuple[str, str]:
    """What undo would take back and what redo would bring back, in words; "" for nothing."""
    known = [entry for entry in session.read(history.entries) if entry.actor != history.BY_ITSELF]
    done = next((entry.action for entry in known if not entry.undone), "")
    # Redo goes in the opposite direction: what was taken back last is the oldest of those on top.
    undone = ""
    for entry in known:
        if not entry.undone:
            break
        undone = entry.action
    return done, undone


def entries(session: Session) -> list[HistoryEntry]:
    """The history, newest first."""
    return session.read(history.entries)


def entry_of(session: Session, change: ChangeSet) -> HistoryEntry:
    """The entry of the history that a change was recorded as."""
    (entry,) = session.read(lambda store: history.entries(store, entry_id=change.history_id))
    return entry
