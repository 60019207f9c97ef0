"""The user's own answers, photo by photo; without imported tags and those confirmed in a batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from photosort.domain.tags import TagState

if TYPE_CHECKING:
    from photosort.store.db.database import Store

_BY_PEOPLE = "photo_tags.origin = 'user' AND photo_tags.state IN ('confirmed', 'rejected')"


def count(store: Store) -> int:
    """How many answers there are."""
    found: int = store.value(f"SELECT count(*) FROM photo_tags WHERE {_BY_PEOPLE}")
    return found


def user_labels(store: Store) -> dict[str, tuple[list[int], list[int]]]:
    """Tag key to the ids of its confirmed photos and of its rejected ones."""
    found: dict[str, tuple[list[int], list[int]]] = {}
    for key, state, photo_id in store.rows(
        "SELECT tags.key, photo_tags.state, photo_tags.photo_id FROM photo_tags"
        f" JOIN tags ON tags.id = photo_tags.tag_id WHERE {_BY_PEOPLE}"
        " ORDER BY photo_tags.tag_id, photo_tags.photo_id"
    ):
        yes, no = found.setdefault(key, ([], []))
        (no if state == TagState.REJECTED else yes).append(photo_id)
    return found
