"""Chooses searches that find something, for the first-steps card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from photosort.search.query_language import parse
from photosort.store.tables import settings
from photosort.usecases.search import query_results

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.progress import Job
    from photosort.usecases.photos.photo_table import Catalog
    from photosort.usecases.session.session import Session

_KEY = "first_card"
# Fewer photos are looked through by eye.
FEWEST_PHOTOS = 30
_FEWEST_MATCHES = 3
# A search that finds half of the library shows nothing.
_LARGEST_SHARE = 0.3
_SHARED = 0.3


@dataclass(frozen=True, slots=True)
class SuggestedSearch:
    """A search worth trying.

    Attributes:
        query: what to search for.
        matches: how many photos match well.
    """

    query: str
    matches: int


def is_due(session: Session) -> bool:
    """Whether nobody was shown the first steps in this library yet."""
    return not session.read(lambda store: settings.get(store, _KEY, False))


def done(session: Session) -> None:
    """They were shown; once is enough."""
    session.write(lambda store: settings.put(store, _KEY, True))


def suggest_searches(
    session: Session, catalog: Catalog, wanted: Sequence[str], *, job: Job, count: int = 3
) -> list[SuggestedSearch]:
    """Of some searches those that find most surely different photos of this library, the surest first.

    Args:
        session: the open library.
        catalog: its photos.
        wanted: descriptions to choose from.
        job: checked before each.
        count: most searches returned; fewer where fewer find something.
    """
    found: list[tuple[float, str, NDArray[np.int64]]] = []
    for query in wanted:
        job.check()
        answer = query_results.answer(session, parse(query), catalog)
        enough = (
            _FEWEST_MATCHES
            <= answer.strong
            <= max(_FEWEST_MATCHES, round(_LARGEST_SHARE * len(catalog)))
        )
        if enough and answer.probabilities is not None:
            sure = float(answer.probabilities[: min(answer.strong, 10)].mean())
            found.append((sure, query, answer.ids[: answer.strong]))
    chosen: list[SuggestedSearch] = []
    seen = np.empty(0, np.int64)
    for _, query, ids in sorted(found, key=lambda one: -one[0]):
        if np.isin(ids, seen).mean() > _SHARED:
            continue
        seen = np.union1d(seen, ids)
        chosen.append(SuggestedSearch(query, len(ids)))
        if len(chosen) == count:
            break
    return chosen
