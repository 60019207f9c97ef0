"""Words that distinguish one set of photos from another, with their evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from photosort.albums.naming import Name, set_apart
from photosort.errors import InputProblem
from photosort.sentences import Sentence
from photosort.store.tables import albums
from photosort.usecases.albums.name_vocabulary import name_vocabulary
from photosort.usecases.models.vector_indexes import open_index
from photosort.usecases.search.query_results import photos_of_query

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.progress import Job
    from photosort.usecases.session.session import Session

_MOST = 2_000


def compare_sets(
    session: Session, these: Sequence[int], those: Sequence[int] | None, job: Job
) -> list[Name]:
    """The words that fit some photos and not others, the most telling first.

    Args:
        session: the open library.
        these: ids of photos.
        those: ids of the others; None = all other photos of the library. Photos in both count for neither.
        job: progress and cancel.

    Raises:
        InputProblem: one of the two is empty.
        JobCancelled: while words were encoded.
    """
    index = open_index(session, "semantic").index
    first = np.array(sorted(set(these)), dtype=np.int64)
    second = index.photo_ids if those is None else np.array(sorted(set(those)), dtype=np.int64)
    both = np.intersect1d(first, second)
    if those is None:
        second = np.setdiff1d(second, first)
    else:
        first, second = np.setdiff1d(first, both), np.setdiff1d(second, both)
    here, there = index.rows_of(first), index.rows_of(second)
    if not len(here) or not len(there):
        raise InputProblem(Sentence("There must be photos on both sides to compare them."))
    bank = name_vocabulary(session, job)
    return set_apart(index.rows(_some(here)), index.rows(_some(there)), bank)


def of_sets(session: Session, name: str, other: str | None, job: Job) -> list[Name]:
    """The words that fit some photos and not others, or not the rest of the library.

    Args:
        session: the open library.
        name: an album's name, else a query, of which the good matches count.
        other: the same for the others, or None.
        job: progress and cancel.

    Raises:
        InputProblem: the query is not well formed, or one of the two is empty.
    """
    these = _photos_of(session, name)
    return compare_sets(session, these, None if other is None else _photos_of(session, other), job)


def _photos_of(session: Session, said: str) -> list[int]:
    wanted = said.strip().casefold()
    found = [one.id for one in session.read(albums.list_all) if one.name.casefold() == wanted]
    if found:
        return session.read(lambda store: albums.photos_of(store, found[0]))
    ids = photos_of_query(session, said)
    if not ids:
        raise InputProblem(
            Sentence("No album is called '{said}', and no photo answers it as a search.", said=said)
        )
    return ids


def _some(rows: NDArray[np.intp]) -> NDArray[np.intp]:
    return rows[:: max(1, len(rows) // _MOST)]
