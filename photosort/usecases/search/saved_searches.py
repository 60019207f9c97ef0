"""Saved searches: smart albums that fill by themselves as photos arrive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from photosort.errors import InputProblem
from photosort.search.cutoff import STRONG
from photosort.search.query_language import parse
from photosort.sentences import Sentence
from photosort.store.tables import saved_searches
from photosort.usecases.photos import photo_table
from photosort.usecases.search import query_results

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.albums import SavedSearch
    from photosort.domain.changes import ChangeSet
    from photosort.usecases.photos.photo_table import Catalog
    from photosort.usecases.search.filter_columns import Suggested
    from photosort.usecases.session.session import Session


@dataclass(frozen=True, slots=True)
class SmartAlbum:
    """A saved search with the photos that answer it now.

    Attributes:
        photo_ids: int64 array, best first.
        problem: why it cannot be answered at present, as a sentence; "" when it can.
    """

    search: SavedSearch
    photo_ids: NDArray[np.int64]
    problem: str = ""


def list_all(session: Session) -> list[SavedSearch]:
    """All saved searches, by name."""
    return session.read(saved_searches.list_all)


def save(
    session: Session, name: str, query: str, *, cutoff: float | None = None
) -> tuple[int, ChangeSet]:
    """Saves a query, in place of one of the same name.

    Args:
        session: the open library.
        name: what the user calls it.
        query: text in the query language.
        cutoff: probability from which a photo belongs to it; None = where good matches end today. It is kept
            as a probability because a score means something else with every encoder.

    Returns:
        Its id and what changed.

    Raises:
        InputProblem: the name or the query is empty, or the query is not well formed.
    """
    if not query.strip():
        raise InputProblem(Sentence("There is nothing to save: the search is empty."), position=0)
    parse(query)
    kept = STRONG if cutoff is None else cutoff
    return session.write(
        lambda store: saved_searches.save(store, name, query, cutoff=kept, actor=session.actor)
    )


def rename(session: Session, saved_id: int, name: str) -> ChangeSet:
    """Gives a saved search another name.

    Raises:
        InputProblem: the name is empty or taken, or there is no such search.
    """
    return session.write(
        lambda store: saved_searches.rename(store, saved_id, name, actor=session.actor)
    )


def delete(session: Session, saved_id: int) -> ChangeSet:
    """Forgets a saved search; its photos stay.

    Raises:
        InputProblem: there is no such search.
    """
    return session.write(lambda store: saved_searches.delete(store, saved_id, actor=session.actor))


def evaluate(
    session: Session,
    search: SavedSearch,
    catalog: Catalog | None = None,
    *,
    by_sight: bool = True,
    suggested: Suggested | None = None,
) -> SmartAlbum:
    """The photos that answer a saved search now.

    Args:
        session: the open library.
        search: the saved search.
        catalog: the photos to look at; None = all, read again.
        by_sight: as for `querying.answer`; False does not wait for the encoder.
        suggested: as for `querying.answer`; None = made ready when the search asks for it.

    Raises:
        ModelUnavailable: the encoder cannot be loaded.
    """
    catalog = photo_table.load(session) if catalog is None else catalog
    try:
        found = query_results.answer(
            session,
            parse(search.query),
            catalog,
            by_sight=by_sight,
            suggested=suggested or query_results.suggested_by(session),
            cutoff=STRONG if search.cutoff is None else search.cutoff,
        )
    except (
        InputProblem
    ) as problem:  # a `like:` file that is gone, a field that an older version knew
        return SmartAlbum(search, np.empty(0, np.int64), problem.user_message)
    return SmartAlbum(search, found.ids[: found.strong])


def smart_albums(
    session: Session, *, by_sight: bool = True, suggested: Suggested | None = None
) -> list[SmartAlbum]:
    """All saved searches with their photos, by name; see `evaluate`."""
    searches = list_all(session)
    if not searches:
        return []
    catalog = photo_table.load(session)
    return [
        evaluate(session, search, catalog, by_sight=by_sight, suggested=suggested)
        for search in searches
    ]
