"""Saved searches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from photosort.domain.albums import SavedSearch
from photosort.errors import InputProblem
from photosort.sentences import Sentence, quoted
from photosort.store.db import history
from photosort.store.db.codec import clean_text, now

if TYPE_CHECKING:
    from photosort.domain.changes import ChangeSet
    from photosort.store.db.database import Store


def list_all(store: Store) -> list[SavedSearch]:
    """All saved searches, by name."""
    sql = "SELECT id, name, query, cutoff FROM saved_searches ORDER BY name COLLATE NOCASE, id"
    return [SavedSearch(*row) for row in store.rows(sql)]


def save(
    store: Store, name: str, query: str, *, cutoff: float | None = None, actor: str
) -> tuple[int, ChangeSet]:
    """Saves a search, in place of one of the same name; returns its id and what changed.

    Raises:
        InputProblem: the name is empty.
    """
    name = (clean_text(name) or "").strip()
    if not name:
        raise InputProblem(Sentence("A saved search needs a name."))
    values: dict[str, history.Value] = {"query": clean_text(query) or "", "cutoff": cutoff}
    with history.recording(
        store, Sentence("Saved the search {name}", name=quoted(name)), actor
    ) as changes:
        known = store.value("SELECT id FROM saved_searches WHERE name = ?", [name])
        if known is not None:
            changes.update("saved_searches", [known], values)
        else:
            (known,) = changes.insert(
                "saved_searches", {"name": [name], "created_at": now(), **values}
            )
    return int(known), changes.result


def rename(store: Store, saved_id: int, name: str, *, actor: str) -> ChangeSet:
    """Gives a saved search another name.

    Raises:
        InputProblem: the name is empty or taken, or there is no such search.
    """
    name = (clean_text(name) or "").strip()
    before = _existing(store, saved_id)
    if not name:
        raise InputProblem(Sentence("A saved search needs a name."))
    if store.value("SELECT 1 FROM saved_searches WHERE name = ? AND id != ?", [name, saved_id]):
        raise InputProblem(Sentence("There is a saved search '{name}' already.", name=name))
    with history.recording(
        store, Sentence("Renamed {old} to {new}", old=quoted(before), new=quoted(name)), actor
    ) as changes:
        changes.update("saved_searches", [saved_id], {"name": name})
    return changes.result


def delete(store: Store, saved_id: int, *, actor: str) -> ChangeSet:
    """Forgets a saved search.

    Raises:
        InputProblem: there is no such search.
    """
    name = _existing(store, saved_id)
    with history.recording(
        store, Sentence("Deleted the search {name}", name=quoted(name)), actor
    ) as changes:
        changes.delete("saved_searches", [saved_id])
    return changes.result


def _existing(store: Store, saved_id: int) -> str:
    name = store.value("SELECT name FROM saved_searches WHERE id = ?", [saved_id])
    if name is None:
        raise InputProblem(
            Sentence("This saved search is not there any more."), f"search {saved_id}"
        )
    return str(name)
