"""Taking changes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from photosort.store.db import history
from photosort.usecases.keyword_files.sidecars import SidecarRun, follow

if TYPE_CHECKING:
    from photosort.domain.changes import ChangeSet, HistoryEntry
    from photosort.usecases.session.session import Session


@dataclass(frozen=True, slots=True)
class Undone:
    """A change that was taken back or brought back.

    Attributes:
        entry: the change, as the history has it now.
        sidecars: the keyword files that followed it.
    """

    entry: HistoryEntry
    sidecars: SidecarRun


def undo(session: Session, entry_id: int | None = None, *, redo: bool = False) -> Undone:
    """Takes back the latest change not undone, no matter who made it, or that one; or brings it back.

    Keyword files that Photosort wrote follow.

    Raises:
        InputProblem: there is nothing to take back, or a later change touches the same rows.
    """
    change = session.write(lambda store: history.undo(store, entry_id, redo=redo))
    (entry,) = [one for one in entries(session) if one.id == change.history_id]
    return Undone(entry, follow(session, change, taken_back=True))


def take_back(session: Session, *, redo: bool = False) -> ChangeSet:
    """As `undo` for the latest change, for views that refresh what it touched; keyword files are theirs to follow.

    Raises:
        InputProblem: there is nothing to take back, or a later change touches the same rows.
    """
    return session.write(lambda store: history.undo(store, redo=redo))


def next_steps(session: Session) -> tuple[str, str]:
    """What undo would take back and what redo would bring back, in words; "" for nothing."""
    known = session.read(history.entries)
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
