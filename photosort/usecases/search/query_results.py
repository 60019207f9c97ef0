"""Answers queries: filters from the library's columns, descriptions by pictures and by words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from photosort.domain.query import And, Like, Query, Sort, SortKey
from photosort.errors import InputProblem
from photosort.progress import Job
from photosort.search.cutoff import STRONG, Verdict, most_possible
from photosort.search.filtering import evaluate
from photosort.search.query_language import parse
from photosort.sentences import Sentence
from photosort.usecases.photos import photo_table
from photosort.usecases.photos.photo_paths import display_paths, photos_below
from photosort.usecases.search.description_scores import DescriptionScores
from photosort.usecases.search.filter_columns import columns_of, ordered, update_fulltext
from photosort.usecases.search.groups import grouped
from photosort.usecases.search.query_translation import Note
from photosort.usecases.search.unknown_names import unknown_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from photosort.domain.query import Term
    from photosort.usecases.photos.photo_table import Catalog
    from photosort.usecases.search.filter_columns import Suggested
    from photosort.usecases.search.groups import Group
    from photosort.usecases.search.similarity import SearchResult, TextScores
    from photosort.usecases.session.session import Session

    Mask = NDArray[np.bool_]
    Probabilities = NDArray[np.float32]

# Before so many of the photos could be compared, nothing is known to be absent; some files never can be.
NEARLY_ALL = 0.9

# More than any library has photos.
_ALL = 10_000_000


@dataclass(frozen=True, slots=True)
class Example:
    """Photos that are searched by, as one example.

    Attributes:
        paths: photos in or outside the library, or parts of them, as `like:` takes them.
        words_share: how much the words of the query count beside it, 0 to 1.
    """

    paths: tuple[str, ...]
    words_share: float = 0.5


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found.

    Attributes:
        ids: int64 array of photos: good matches, possible ones, the rest; within each in the order asked for.
        probabilities: float32 array of the shape of `ids`; None when the query only filters.
        verdict: how sure the answer is.
        strong: how many of `ids` are good matches; all of them when the query only filters.
        possible: how many of `ids` after those are possible matches.
        by_sight: descriptions were compared with the pictures, not only with names, tags and captions.
        searchable: photos of the library that have vectors; all of them when the query only filters.
        notes: descriptions that were read otherwise than they were typed, or could not be read.
        groups: the good matches by what found them, where the query wants one description; () for other queries.
    """

    ids: NDArray[np.int64]
    probabilities: Probabilities | None
    verdict: Verdict
    strong: int
    possible: int
    by_sight: bool
    searchable: int
    notes: tuple[Note, ...] = ()
    groups: tuple[Group, ...] = ()


def search(
    session: Session,
    text: str,
    *,
    limit: int,
    folder: str | None = None,
    include_weak: bool = False,
    closest: int = 0,
) -> SearchResult:
    """Photos that answer a query, best first, as far as good matches go.

    Args:
        session: the open library.
        text: a query in the query language.
        limit: most photos returned.
        folder: only photos below this folder; never moves the cut-off.
        include_weak: go on beyond the good matches.
        closest: how many of the most probable photos to return where none is a good match.

    Raises:
        InputProblem: the query is empty or not well formed (with a position), or the folder is not in the
            library.
        ModelUnavailable: the encoder cannot be loaded.
    """
    from photosort.usecases.search.similarity import Asked, Hit, SearchResult, TextScores

    if not text.strip():
        raise InputProblem(Sentence("Say what the photos should show."), position=0)
    query = parse(text)
    allowed = None if folder is None else photos_below(session, [folder])
    asked = Asked(query, photo_table.load(session), suggested_by(session), TextScores(session))
    update_fulltext(session)
    found = answer(
        session,
        query,
        asked.catalog,
        allowed=allowed,
        suggested=asked.suggested,
        scores=asked.scores,
    )
    if found.strong or include_weak or found.probabilities is None:
        shown = np.arange(len(found.ids) if include_weak else found.strong)
    else:
        # The most probable ones, in the order asked for.
        shown = np.sort(np.argsort(-found.probabilities, kind="stable")[:closest])
    shown = shown[:limit]
    ids = found.ids[shown].tolist()
    paths = display_paths(session, ids)
    scores = (
        [None] * len(ids) if found.probabilities is None else found.probabilities[shown].tolist()
    )
    found_by = {one: group.found_by for group in found.groups for one in group.ids.tolist()}
    return SearchResult(
        tuple(
            Hit(
                photo_id,
                paths[photo_id],
                score,
                "strong" if place < found.strong else "weak",
                found_by.get(photo_id),
            )
            for place, (photo_id, score) in enumerate(zip(ids, scores, strict=True))
            if photo_id in paths
        ),
        verdict=found.verdict,
        strong=found.strong,
        possible=found.possible,
        searchable=found.searchable,
        total=len(asked.catalog),
        asked=asked,
        notes=found.notes,
    )


def suggested_by(session: Session) -> Suggested:
    """What a machine suggests, made ready when a query first asks for it."""

    def photos(keys: set[str]) -> NDArray[np.int64]:
        from photosort.usecases.tags.suggestions import open_suggestions, ready_suggestions

        return (ready_suggestions(session) or open_suggestions(session, Job())).photos(keys)

    return photos


def answer(
    session: Session,
    query: Query,
    catalog: Catalog,
    *,
    allowed: Sequence[int] | None = None,
    by_sight: bool = True,
    suggested: Suggested | None = None,
    example: Example | None = None,
    cutoff: float = STRONG,
    scores: TextScores | None = None,
) -> Answer:
    """The photos that answer a query.

    Args:
        session: the open library.
        query: what is asked for.
        catalog: the photos to look at.
        allowed: only these photos; never moves the cut-off.
        by_sight: compare descriptions with the pictures, for which the encoder is loaded if it is not yet;
            False answers at once from names, tags, captions and metadata.
        suggested: tags that a machine suggests: for `tag:` and `state:suggested`, and as evidence for a description that is
            the word of a tag.
        example: a photo that the others are to be like, besides.
        cutoff: the probability from which a photo is a good match.
        scores: collects the scores of descriptions, for the explanation of the answer.

    Raises:
        InputProblem: `like:` or the example names a file that is no picture.
        ModelUnavailable: the encoder cannot be loaded.
    """
    share = 0.5
    if example is not None:
        query, share = with_example(query, example), example.words_share
    looking = DescriptionScores(
        session, catalog, query, by_sight=by_sight, suggested=suggested, scores=scores
    )
    columns = columns_of(session, catalog, suggested)
    # A photo that nobody has looked at yet may or may not show something: what counts is what is sure.
    bounds = [
        evaluate(
            query,
            columns,
            looking.describe(unknown),
            looking.like(unknown),
            words_share=share,
            edit=looking.edit(unknown, share),
        )
        for unknown in (0.0, 1.0)
    ]
    passes = bounds[0][1]
    probabilities = np.minimum(bounds[0][0], bounds[1][0])
    keep = passes & (probabilities > 0)
    if allowed is not None:
        keep &= np.isin(catalog.ids, np.asarray(allowed, dtype=np.int64))
    rows = np.flatnonzero(keep)
    unknown = unknown_names(session.reader(), query)
    if query.is_filter_only:
        rows = rows[ordered(catalog, rows, query.sort or Sort(SortKey.DATE))]
        return Answer(
            catalog.ids[rows],
            None,
            Verdict.GOOD,
            len(rows),
            0,
            by_sight=False,
            searchable=len(catalog),
            notes=unknown,
        )
    rows = best_first(probabilities, rows)
    strong = int(np.count_nonzero(probabilities[rows] >= cutoff))
    possible = min(len(rows) - strong, most_possible(looking.searchable))
    if query.sort is not None and query.sort.key is not SortKey.RELEVANCE:
        # What is a possible match is up to how probable it is, whatever the order they are shown in.
        parts = np.split(rows, [strong, strong + possible])
        rows = np.concatenate([part[ordered(catalog, part, query.sort)] for part in parts])
    absent = (
        query.root is not None
        and looking.searchable >= NEARLY_ALL * len(catalog)
        and looking.is_absent(query.root)
    )
    wanted = query.descriptions(unwanted=False)
    return Answer(
        catalog.ids[rows],
        probabilities[rows],
        Verdict.GOOD if strong else Verdict.ABSENT if absent else Verdict.UNSURE,
        strong,
        possible,
        by_sight,
        looking.searchable,
        (*unknown, *looking.notes),
        grouped(catalog.ids[rows[:strong]], looking.groups(wanted[0])) if len(wanted) == 1 else (),
    )


def best_first(probabilities: NDArray[np.float32], rows: NDArray[np.intp]) -> NDArray[np.int64]:
    """Rows by falling probability, equal ones in their order; a third of the time of a stable sort of the numbers.

    Args:
        probabilities: float32, not negative.
        rows: ascending indices into it, shape (n,).

    Returns:
        The same rows, int64, shape (n,).
    """
    # Bits of floats that are not negative ascend as the floats do; with the row below them no two are equal.
    bits = (probabilities[rows] + np.float32(0)).view(np.uint32)
    keys = (np.uint64(2**32 - 1) - bits.astype(np.uint64)) << np.uint64(32) | rows.astype(np.uint64)
    keys.sort()
    return (keys & np.uint64(2**32 - 1)).astype(np.int64)


def with_example(query: Query, example: Example) -> Query:
    """The query with the example beside all else that it asks for."""
    likes = tuple(Like(path) for path in example.paths)
    if query.root is None:
        root: Term = likes[0] if len(likes) == 1 else And(likes)
    elif isinstance(query.root, And):
        root = And((*query.root.terms, *likes))
    else:
        root = And((query.root, *likes))
    return replace(query, root=root)


def photos_of_query(session: Session, query: str) -> list[int]:
    """The photos that answer a query as far as good matches go, best first.

    Raises:
        InputProblem: the query is empty or not well formed.
        ModelUnavailable: the encoder cannot be loaded.
    """
    return [hit.photo_id for hit in search(session, query, limit=_ALL).hits]
