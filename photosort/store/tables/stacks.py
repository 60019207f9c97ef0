"""Stacks as the user decided them: photos that stand behind one of them, or that no search may stack."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from photosort.store.db import history

if TYPE_CHECKING:
    from photosort.domain.changes import ChangeSet
    from photosort.sentences import Sentence
    from photosort.store.db.database import Store

ALONE = 0


class Stacked(NamedTuple):
    """What the user decided of a photo.

    Attributes:
        stack: the stack that it belongs to; `ALONE` where it belongs to none, whatever a search says.
        place: its place among the others, where nothing makes one better.
        on_top: it is the one that is seen of its stack.
    """

    stack: int
    place: int = 0
    on_top: bool = False


def list_all(store: Store) -> dict[int, Stacked]:
    """What was decided, by photo id; the photos of a stack by their places."""
    return {
        row[0]: Stacked(row[1], row[2], bool(row[3]))
        for row in store.rows(
            "SELECT photo_id, stack, place, on_top FROM stacked_photos ORDER BY stack, place"
        )
    }


def put(store: Store, decided: Mapping[int, Stacked], *, action: Sentence, actor: str) -> ChangeSet:
    """Writes decisions about photos, as one entry of the history."""
    with history.recording(store, action, actor) as changes:
        changes.put(
            "stacked_photos",
            list(decided),
            {
                "stack": [one.stack for one in decided.values()],
                "place": [one.place for one in decided.values()],
                "on_top": [int(one.on_top) for one in decided.values()],
            },
        )
    return changes.result
