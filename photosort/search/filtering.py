"""Which photos pass a query's filters, and how probable it is that each answers the whole query.

A filter is true or false, a description or a likeness a probability. A space multiplies, OR takes the
larger, a minus is 1 - p. Photos beside each other are one example, and an example beside a description is
weighed against it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from photosort.domain.photos import Flag, Kind
from photosort.domain.query import (
    And,
    Area,
    Description,
    Field,
    Filter,
    Like,
    Near,
    Not,
    Op,
    Or,
    PartialDate,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from photosort.domain.query import Query, Term

    Mask: TypeAlias = NDArray[np.bool_]
    Probabilities: TypeAlias = NDArray[np.float32]

# The value of `Columns.taken_ms` where no date is known. Before every date, so that only `before:` must ask.
UNDATED = int(np.iinfo(np.int64).min)

_KIND_CODES = {kind.value: code for code, kind in enumerate(Kind)}
_FLAG_CODES = {"none": 0} | {flag.value: code for code, flag in enumerate(Flag, start=1)}


@dataclass(frozen=True, slots=True)
class Columns:
    """What filters ask about a library's photos; all arrays have shape (n,) and the same order.

    Attributes:
        taken_ms: int64, wall-clock time in milliseconds since 1970 as if the clock showed UTC; `UNDATED`
            where it is not known.
        taken_last_ms: int64, the last millisecond that the date may mean; as `taken_ms` where it is exact.
        rating: int8, -1 (rejected) to 5, 0 where there is none.
        kinds: int8, position in `Kind`.
        flags: int8, 0 for none, else 1 + position in `Flag`.
        size_bytes: int64, of the photo's first file.
        has_gps: bool.
        named: the mask of what is not a column: tag, album, folder, camera, lens, place, type, state, is,
            and has (but for gps, date and rating), with its value as written in the query.
        located: the mask of what lies near a place or in an area.
    """

    taken_ms: NDArray[np.int64]
    taken_last_ms: NDArray[np.int64]
    rating: NDArray[np.int8]
    kinds: NDArray[np.int8]
    flags: NDArray[np.int8]
    size_bytes: NDArray[np.int64]
    has_gps: Mask
    named: Callable[[Field, str], Mask]
    located: Callable[[Near | Area], Mask]

    def __len__(self) -> int:
        return len(self.taken_ms)


def passing(query: Query, columns: Columns) -> Mask:
    """The photos that the filters leave, whatever the descriptions may say of them.

    `dog tag:pet` leaves photos with that tag, `dog OR tag:pet` leaves all. Photos that do not pass
    have the probability 0, so that only the others need be ranked.

    Returns:
        bool array, shape (n,).
    """
    return _Filters(columns).passing(query.root)


def evaluate(
    query: Query,
    columns: Columns,
    describe: Callable[[str, bool], Probabilities],
    like: Callable[[tuple[str, ...]], Probabilities],
    *,
    words_share: float = 0.5,
    edit: Callable[[tuple[str, ...], str], Probabilities | None] = lambda _paths, _text: None,
) -> tuple[Probabilities, Mask]:
    """The probability of each photo to answer the query, and the photos that its filters leave.

    Args:
        query: what is asked for; its order is the caller's.
        columns: the photos.
        describe: a description's text, and whether it is unwanted, to float32 array, shape (n,), between 0
            and 1; called once for each. Photos outside `passing` come out as 0 whatever it says of them, so
            it may skip them.
        like: the same for the paths of photos that are one example together.
        words_share: how much a description counts beside an example: 0 the example alone, 1 the words alone.
        edit: likeness to an example with what a description changes in it; None where it changes nothing, and
            the two are weighed against each other.

    Returns:
        float32 array, shape (n,), and the bool array of `passing`.
    """
    filters = _Filters(columns)
    evaluation = _Evaluation(filters, describe, like, words_share, edit)
    mask = filters.passing(query.root)
    if query.root is None:
        return np.ones(len(columns), dtype=np.float32), mask
    found = np.where(mask, evaluation.probability(query.root, unwanted=False), np.float32(0.0))
    return np.asarray(found, dtype=np.float32), mask


class _Evaluation:
    """Probabilities of terms, each leaf asked for once."""

    def __init__(
        self,
        filters: _Filters,
        describe: Callable[[str, bool], Probabilities],
        like: Callable[[tuple[str, ...]], Probabilities],
        words_share: float,
        edit: Callable[[tuple[str, ...], str], Probabilities | None],
    ) -> None:
        self._filters = filters
        self._describe = describe
        self._like = like
        self._words_share = words_share
        self._edit = edit
        self._known: dict[tuple[str, bool] | tuple[str, ...], Probabilities] = {}

    def probability(self, term: Term, *, unwanted: bool) -> Probabilities:
        if isinstance(term, Not):
            inner = self.probability(term.term, unwanted=not unwanted)
            return np.subtract(np.float32(1.0), inner, dtype=np.float32)
        if isinstance(term, And):
            return self._all(term, unwanted=unwanted)
        if isinstance(term, Or):
            each = (self.probability(one, unwanted=unwanted) for one in term.terms)
            return reduce(np.maximum, each)
        if isinstance(term, Filter):
            return self._filters.mask(term).astype(np.float32)
        if isinstance(term, Description):
            return self._described(term.text, unwanted=unwanted)
        return self._alike((term.target,))

    def _all(self, term: And, *, unwanted: bool) -> Probabilities:
        examples = tuple(one.target for one in term.terms if isinstance(one, Like))
        words = [one for one in term.terms if isinstance(one, Description)]
        others = [one for one in term.terms if not isinstance(one, Like | Description)]
        factors = [self.probability(one, unwanted=unwanted) for one in others]
        if examples and len(words) == 1:
            edited = self._edit(examples, words[0].text)
            if edited is not None:
                return reduce(np.multiply, [*factors, edited])
        described = [self._described(one.text, unwanted=unwanted) for one in words]
        if not examples:
            return reduce(np.multiply, factors + described)
        alike = self._alike(examples)
        if described:
            alike = composed(alike, reduce(np.multiply, described), self._words_share)
        return reduce(np.multiply, [*factors, alike])

    def _described(self, text: str, *, unwanted: bool) -> Probabilities:
        key = (text, unwanted)
        if key not in self._known:
            self._known[key] = self._describe(text, unwanted)
        return self._known[key]

    def _alike(self, targets: tuple[str, ...]) -> Probabilities:
        if targets not in self._known:
            self._known[targets] = self._like(targets)
        return self._known[targets]


def composed(alike: Probabilities, described: Probabilities, words_share: float) -> Probabilities:
    """Likeness to an example and a description together, weighed.

    Args:
        alike: float32 array, shape (n,), likeness to the example.
        described: the same for the words.
        words_share: 0 the example alone, 1 the words alone; half is their product.
    """
    weighed = alike ** min(1.0, 2 * (1 - words_share)) * described ** min(1.0, 2 * words_share)
    return np.asarray(weighed, dtype=np.float32)


class _Filters:
    """Filters over columns, each looked up once."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._masks: dict[Filter, Mask] = {}

    def passing(self, root: Term | None) -> Mask:
        if root is None:
            return np.ones(len(self._columns), dtype=np.bool_)
        return self._bound(root, unknown=True)

    def _bound(self, term: Term, *, unknown: bool) -> Mask:
        """Where the term can be true if `unknown`, else where it must be, whatever descriptions say."""
        if isinstance(term, Filter):
            return self.mask(term)
        if isinstance(term, Not):
            return ~self._bound(term.term, unknown=not unknown)
        if isinstance(term, And):
            return reduce(and_, (self._bound(each, unknown=unknown) for each in term.terms))
        if isinstance(term, Or):
            return reduce(or_, (self._bound(each, unknown=unknown) for each in term.terms))
        return np.full(len(self._columns), unknown)

    def mask(self, term: Filter) -> Mask:
        if term not in self._masks:
            self._masks[term] = self._look_up(term)
        return self._masks[term]

    def _look_up(self, term: Filter) -> Mask:
        columns = self._columns
        if isinstance(term.value, PartialDate):
            return _taken(columns, term.field, term.value)
        if isinstance(term.value, int):
            column = columns.rating if term.field is Field.RATING else columns.size_bytes
            return _compared(column, term.op, term.value)
        if isinstance(term.value, Near | Area):
            return columns.located(term.value)
        if term.field is Field.KIND:
            return np.equal(columns.kinds, _KIND_CODES[term.value])
        if term.field is Field.FLAG:
            return np.equal(columns.flags, _FLAG_CODES[term.value])
        if term.field is Field.HAS:
            return self._has(term.value)
        return columns.named(term.field, term.value)

    def _has(self, what: str) -> Mask:
        columns = self._columns
        if what == "gps":
            return columns.has_gps
        if what == "date":
            return np.not_equal(columns.taken_ms, UNDATED)
        if what == "rating":
            return np.not_equal(columns.rating, 0)
        return columns.named(Field.HAS, what)


def _taken(columns: Columns, field: Field, when: PartialDate) -> Mask:
    """Where the whole of a date lies in the time: of "1985" nobody knows whether it was in July."""
    starts_by = np.greater_equal(columns.taken_ms, when.start_ms)
    if field is Field.AFTER:
        return starts_by
    if field is Field.BEFORE:
        ended = np.less(columns.taken_last_ms, when.start_ms)
        return ended & np.not_equal(columns.taken_ms, UNDATED)
    return starts_by & np.less(columns.taken_last_ms, when.end_ms)


_COMPARISONS: dict[Op, np.ufunc] = {
    Op.IS: np.equal,
    Op.AT_LEAST: np.greater_equal,
    Op.MORE: np.greater,
    Op.AT_MOST: np.less_equal,
    Op.LESS: np.less,
}


def _compared(column: NDArray[np.int8] | NDArray[np.int64], op: Op, value: int) -> Mask:
    return np.asarray(_COMPARISONS[op](column, value), dtype=np.bool_)
