"""Taking changes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from photosort.store import history

if TYPE_CHECKING:
    from photosort.domain.changes import HistoryEntry
    from photosort.library.session import Session


def undo(session: Session, entry_id: int | None = None, *, redo: bool = False) -> HistoryEntry:
    """Takes back the latest change not undone, whoever made it, or that one; or brings it back.

    Raises:
        InputProblem: there is nothing to take back, or a later change touches the same rows.
    """
    change = session.write(lambda store: history.undo(store, entry_id, redo=redo))
    (entry,) = [one for one in session.write(history.entries) if one.id == change.history_id]
    return entry


def entries(session: Session) -> list[HistoryEntry]:
    """The history, newest first."""
    return session.write(history.entries)
