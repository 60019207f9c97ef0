"""Change sets: what a mutation changed, so that views refresh only that."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What one mutation touched.

    Attributes:
        history_id: the entry in the history that takes it back, or None when nothing can be undone.
        action: what was done, in the user's words ("Confirmed 'dog' on 3 photos").
        photos: ids of the photos whose row, files or decisions changed.
        tags: keys of the tags whose use or definition changed.
        albums: ids of the albums that changed.
        files: ids of the files that went to the wastebasket, or are to come back from it.
        turned: ids of the files whose pictures are to be shown turned otherwise.
        everything: too much to name; refresh all.
        vocabulary: tags were added, described otherwise, switched or removed, so that other ones may be suggested.
        taken_back: by undo, or brought back by redo.
        shortfall: what an undo or a redo could not do, in the user's words, or "".
    """

    history_id: int | None = None
    action: str = ""
    photos: frozenset[int] = field(default=frozenset())
    tags: frozenset[str] = field(default=frozenset())
    albums: frozenset[int] = field(default=frozenset())
    files: frozenset[int] = field(default=frozenset())
    turned: frozenset[int] = field(default=frozenset())
    everything: bool = False
    vocabulary: bool = False
    taken_back: bool = False
    shortfall: str = ""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One entry of the history.

    Attributes:
        at: when, ISO 8601 in UTC.
        actor: "window", "command", or "automatic" for what nobody asked for.
        undone: True after it was taken back.
    """

    id: int
    at: str
    action: str
    actor: str
    undone: bool
