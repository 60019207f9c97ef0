"""What a search can be narrowed to by clicking, with the number of photos that each choice leaves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import accumulate, islice
from typing import TYPE_CHECKING

import numpy as np

from photosort.domain.photos import Flag, Kind
from photosort.domain.query import And, Field, Filter, Not, Op, PartialDate, Query
from photosort.domain.tags import TagState
from photosort.domain.texts import folded
from photosort.search.filtering import UNDATED, passing
from photosort.search.query_language import conditions
from photosort.store.tables import filters, fulltext, place_names
from photosort.usecases.photos import photo_table
from photosort.usecases.search import query_results
from photosort.usecases.search.filter_columns import columns_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from photosort.domain.query import Term
    from photosort.search.filtering import Columns
    from photosort.store.db.database import Store
    from photosort.usecases.photos.photo_table import Catalog
    from photosort.usecases.search.filter_columns import Suggested
    from photosort.usecases.search.query_results import Example
    from photosort.usecases.session.session import Session

    Mask = NDArray[np.bool_]
    Rows = NDArray[np.intp]

MOST_STARS = 5
# More names than these are typed more quickly than they are found in a list.
_MOST_NAMES = 60


class Aspect(StrEnum):
    """What photos are narrowed by."""

    STARS = "stars"
    FLAG = "flag"
    KIND = "kind"
    CAMERA = "camera"
    LENS = "lens"
    DATE = "date"
    PLACE = "place"
    TAGS = "tags"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that a search can be narrowed to.

    Attributes:
        term: what the query says of it.
        count: photos that the search would leave with it, in place of what is chosen of the same aspect now.
        is_chosen: the query asks for it.
    """

    term: Term
    count: int
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything that a search can be narrowed to.

    Attributes:
        of: the choices of each aspect; those that the query asks for and no list has come first.
        unlisted: how many more cameras, lenses or places there are than are listed.
        days: the first and the last day of the library's photos, or None where none has a date.
    """

    of: Mapping[Aspect, tuple[Choice, ...]]
    unlisted: Mapping[Aspect, int] = field(default_factory=dict)
    days: tuple[date, date] | None = None

    def chosen(self, aspect: Aspect) -> list[Term]:
        """What the query asks for of an aspect."""
        return [choice.term for choice in self.of[aspect] if choice.is_chosen]


def _is(of: Field, value: str | int | PartialDate) -> Filter:
    return Filter(of, Op.IS, value)


_UNDATED, _UNPLACED = Not(_is(Field.HAS, "date")), Not(_is(Field.HAS, "gps"))
_SUGGESTED = _is(Field.STATE, TagState.SUGGESTED)
_FIXED: Mapping[Aspect, tuple[Term, ...]] = {
    Aspect.STARS: (
        *(Filter(Field.RATING, Op.AT_LEAST, stars) for stars in range(MOST_STARS, 0, -1)),
        _is(Field.RATING, 0),
    ),
    Aspect.FLAG: tuple(_is(Field.FLAG, flag) for flag in (*Flag, "none")),
    Aspect.KIND: tuple(_is(Field.KIND, kind) for kind in Kind),
    Aspect.DATE: (_UNDATED,),
    Aspect.PLACE: (_UNPLACED,),
    Aspect.TAGS: (
        _is(Field.STATE, TagState.CONFIRMED),
        _is(Field.STATE, TagState.IMPORTED),
        _SUGGESTED,
        _is(Field.STATE, TagState.REJECTED),
        _is(Field.IS, "unreviewed"),
        Not(_is(Field.HAS, "tag")),
    ),
}
_FIELDS: Mapping[Aspect, frozenset[Field]] = {
    Aspect.STARS: frozenset({Field.RATING}),
    Aspect.FLAG: frozenset({Field.FLAG}),
    Aspect.KIND: frozenset({Field.KIND}),
    Aspect.CAMERA: frozenset({Field.CAMERA}),
    Aspect.LENS: frozenset({Field.LENS}),
    Aspect.DATE: frozenset({Field.ON, Field.AFTER, Field.BEFORE}),
    Aspect.PLACE: frozenset({Field.PLACE}),
    Aspect.TAGS: frozenset({Field.STATE}),
}


def aspect_of(term: Term) -> Aspect | None:
    """The aspect by which a condition of a query narrows it, or None."""
    for aspect in Aspect:
        is_of_field = isinstance(term, Filter) and term.field in _FIELDS[aspect]
        if is_of_field or term in _FIXED.get(aspect, ()):
            return aspect
    return None


def is_same(one: Term, other: Term) -> bool:
    """Whether two conditions are one, whatever the case of the names in them."""
    return _folded(one) == _folded(other)


def load_choices(
    session: Session,
    catalog: Catalog,
    text: str,
    shown: NDArray[np.int64],
    *,
    suggested: Suggested | None = None,
    example: Example | None = None,
) -> Choices:
    """What a search can be narrowed to.

    Args:
        session: the open library.
        catalog: its photos.
        text: the search, in the query language; what is not valid in it is repaired.
        shown: int64 array, the photos that answer it.
        suggested: tags that a machine suggests.
        example: a photo that the others are to be like, besides.

    Raises:
        InputProblem: `like:` or the example names a file that is no picture.
        ModelUnavailable: the encoder cannot be loaded.
    """
    columns = columns_of(session, catalog, suggested)
    listed = _listed(session, catalog, columns)
    terms = conditions(text)
    present = np.zeros(len(catalog), np.bool_)
    present[catalog.rows(shown)] = True
    counts = listed.counts(present)
    of: dict[Aspect, tuple[Choice, ...]] = {}
    for aspect in Aspect:
        asked = [term for term in terms if aspect_of(term) is aspect]
        base, counted = present, counts
        if asked:
            rest = tuple(term for term in terms if term not in asked)
            base = _answer(session, catalog, columns, rest, suggested, example)
            counted = listed.counts(base)
        found = {term: int(counted[place]) for place, term in listed.of(aspect)}
        if aspect is Aspect.TAGS:
            found[_SUGGESTED] = _count(_SUGGESTED, base, columns)
        known = {_folded(term) for term in asked}
        extra = [term for term in asked if _folded(term) not in set(map(_folded, found))]
        of[aspect] = (
            *(Choice(term, _count(term, base, columns), is_chosen=True) for term in extra),
            *(Choice(term, count, _folded(term) in known) for term, count in found.items()),
        )
    return Choices(of, listed.unlisted, _days(columns))


def _folded(term: Term) -> Term:
    """What two spellings of a name share."""
    if isinstance(term, Filter) and isinstance(term.value, str):
        return Filter(term.field, term.op, folded(term.value))
    return term


def _count(term: Term, base: Mask, columns: Columns) -> int:
    return int(np.count_nonzero(base & passing(Query(term), columns)))


def _answer(
    session: Session,
    catalog: Catalog,
    columns: Columns,
    terms: tuple[Term, ...],
    suggested: Suggested | None,
    example: Example | None,
) -> Mask:
    """The photos that a search with these conditions would show as good matches, or as the closest ones."""
    query = Query(And(terms) if len(terms) > 1 else next(iter(terms), None))
    if query.is_filter_only and example is None:
        return passing(query, columns)
    found = query_results.answer(
        session,
        query,
        catalog,
        by_sight=example is not None or session.encoders.is_loaded,
        suggested=suggested,
        example=example,
    )
    mask = np.zeros(len(catalog), np.bool_)
    mask[catalog.rows(found.ids[: found.strong or found.possible])] = True
    return mask


@dataclass(frozen=True, slots=True, eq=False)
class _Listed:
    """The choices of a library, whatever is searched for.

    Attributes:
        terms: each aspect's choices, one aspect after the other.
        aspects: the aspect of each.
        rows: rows of the catalog that the choices leave, those of one choice after those of the other.
        ends: where each choice's rows end, behind a 0; shape (choices + 1,).
        unlisted: how many more names there are.
    """

    terms: tuple[Term, ...]
    aspects: tuple[Aspect, ...]
    rows: Rows
    ends: Rows
    unlisted: Mapping[Aspect, int]

    def of(self, aspect: Aspect) -> Iterator[tuple[int, Term]]:
        """The choices of an aspect, with their places."""
        for place, term in enumerate(self.terms):
            if self.aspects[place] is aspect:
                yield place, term

    def counts(self, base: Mask) -> NDArray[np.int64]:
        """How many photos of a mask each choice leaves, in one pass. Shape (choices,)."""
        held = np.concatenate(([0], np.cumsum(base[self.rows], dtype=np.int64)))
        return np.diff(held[self.ends])


class _HeldChoices:
    """The choices of the catalog that was asked about last: reading them takes longer than counting."""

    def __init__(self) -> None:
        self.of: Catalog | None = None
        self.listed: _Listed | None = None


def _listed(session: Session, catalog: Catalog, columns: Columns) -> _Listed:
    held = session.holder(_HeldChoices)
    listed = held.listed
    if listed is None or held.of is not catalog:
        listed = _read(session.reader(), catalog, columns)
        held.of, held.listed = catalog, listed
    return listed


def _read(store: Store, catalog: Catalog, columns: Columns) -> _Listed:
    unlisted: dict[Aspect, int] = {}
    names = {Aspect.CAMERA: Field.CAMERA, Aspect.LENS: Field.LENS}
    found: dict[Aspect, list[tuple[Term, Rows]]] = {}
    for aspect in Aspect:
        here = found[aspect] = []
        if aspect in names:
            texts = filters.photos_by_text(store, names[aspect])
            unlisted[aspect] = max(0, len(texts) - _MOST_NAMES)
            for name in islice(texts, _MOST_NAMES):
                ids = _within(name, texts)
                here.append((_is(names[aspect], name), catalog.rows(ids)))
        if aspect is Aspect.PLACE:
            places = place_names.names(store)
            unlisted[aspect] = max(0, len(places) - _MOST_NAMES)
            for name in places[:_MOST_NAMES]:
                rows = catalog.rows(fulltext.photos_with(store, name))
                here.append((_is(Field.PLACE, name), rows))
        if aspect is Aspect.DATE:
            for year in photo_table.years(catalog):
                taken = _is(Field.ON, PartialDate(int(year.name)))
                here.append((taken, np.flatnonzero(passing(Query(taken), columns))))
        for term in _FIXED.get(aspect, ()):
            # What is suggested changes while the photos stay: it is counted at each search.
            mask = np.zeros(0, np.bool_) if term == _SUGGESTED else passing(Query(term), columns)
            here.append((term, np.flatnonzero(mask)))
    pairs = [(aspect, *one) for aspect, of_aspect in found.items() for one in of_aspect]
    ends = [0, *accumulate(len(rows) for _, _, rows in pairs)]
    return _Listed(
        tuple(term for _, term, _ in pairs),
        tuple(aspect for aspect, _, _ in pairs),
        np.concatenate([np.empty(0, np.intp), *(rows for _, _, rows in pairs)]),
        np.array(ends, np.intp),
        {aspect: count for aspect, count in unlisted.items() if count},
    )


def _within(name: str, texts: Mapping[str, NDArray[np.int64]]) -> NDArray[np.int64]:
    """The photos whose camera or lens has a name within its own, as the filter finds them."""
    wanted = folded(name)
    ids = [of for text, of in texts.items() if wanted in folded(text)]
    return np.concatenate(ids)


def _days(columns: Columns) -> tuple[date, date] | None:
    taken = columns.taken_ms[columns.taken_ms != UNDATED]
    if not len(taken):
        return None
    first, last = np.array([taken.min(), taken.max()], "datetime64[ms]").astype("datetime64[D]")
    return first.item(), last.item()
