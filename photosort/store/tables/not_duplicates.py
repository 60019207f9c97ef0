"""Pairs of photos that the user marked as no duplicates."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import TYPE_CHECKING

from photosort.sentences import Sentence, counted_photos
from photosort.store.db import history

if TYPE_CHECKING:
    from photosort.domain.changes import ChangeSet
    from photosort.store.db.database import Store


def put(store: Store, photo_ids: Iterable[int], *, actor: str) -> ChangeSet:
    """Remembers that no two of these photos are duplicates, as one entry of the history."""
    ids = sorted(set(photo_ids))
    action = Sentence("Marked {photos} as no duplicates", photos=counted_photos(len(ids)))
    with history.recording(store, action, actor) as changes:
        known = pairs(store)
        fresh = [pair for pair in combinations(ids, 2) if pair not in known]
        changes.insert(
            "not_duplicates",
            {"one_id": [one for one, _ in fresh], "other_id": [other for _, other in fresh]},
        )
    return changes.result


def pairs(store: Store) -> set[tuple[int, int]]:
    """All pairs that are no duplicates, the smaller id first."""
    return {(one, other) for one, other in store.rows("SELECT * FROM not_duplicates")}
