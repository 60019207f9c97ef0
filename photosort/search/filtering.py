"""Which photos pass a query's filters, and how probable it is that each answers the whole query.

A filter is true or false, a description or a likeness a probability. A space multiplies, OR takes the
larger, a minus is 1 - p.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from photosort.domain.photos import Flag, Kind
from photosort.domain.query import And, Description, Field, Filter, Not, Op, Or, PartialDate

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from photosort.domain.query import Leaf, Query, Term

    Mask: TypeAlias = NDArray[np.bool_]
    Probabilities: TypeAlias = NDArray[np.float32]

# The value of `Columns.taken_ms` where no date is known. Before every date, so that only `before:` must ask.
UNDATED = int(np.iinfo(np.int64).min)

_KIND_CODES = {kind.value: code for code, kind in enumerate(Kind)}
_FLAG_CODES = {"none": 0} | {flag.value: code for code, flag in enumerate(Flag, start=1)}


def kind_code(kind: Kind) -> int:
    """The code of a kind in `Columns.kinds`."""
    return _KIND_CODES[kind.value]


def flag_code(flag: Flag | None) -> int:
    """The code of a flag in `Columns.flags`, 0 for none."""
    return 0 if flag is None else _FLAG_CODES[flag.value]


@dataclass(frozen=True, slots=True)
class Columns:
    """What filters ask about a library's photos; all arrays have shape (n,) and the same order.

    Attributes:
        taken_ms: int64, wall-clock time in milliseconds since 1970 as if the clock showed UTC; `UNDATED`
            where it is not known.
        rating: int8, -1 (rejected) to 5, 0 where there is none.
        kinds: int8, `kind_code`.
        flags: int8, `flag_code`.
        size_bytes: int64, of the photo's first file.
        has_gps: bool.
        named: the mask of what is not a column: tag, album, folder, camera, lens, place, type, state, is,
            and has (but for gps, date and rating), with its value as written in the query.
    """

    taken_ms: NDArray[np.int64]
    rating: NDArray[np.int8]
    kinds: NDArray[np.int8]
    flags: NDArray[np.int8]
    size_bytes: NDArray[np.int64]
    has_gps: Mask
    named: Callable[[Field, str], Mask]

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
    describe: Callable[[str], Probabilities],
    like: Callable[[str], Probabilities],
) -> tuple[Probabilities, Mask]:
    """The probability of each photo to answer the query, and the photos that its filters leave.

    Args:
        query: what is asked for; its order is the caller's.
        columns: the photos.
        describe: a description's text to float32 array, shape (n,), between 0 and 1; called once for each
            text. Photos outside `passing` come out as 0 whatever it says of them, so it may skip them.
        like: the same for the path of a photo.

    Returns:
        float32 array, shape (n,), and the bool array of `passing`.
    """
    filters = _Filters(columns)
    known: dict[Leaf, Probabilities] = {}

    def leaf(term: Leaf) -> Probabilities:
        if isinstance(term, Filter):
            return filters.mask(term).astype(np.float32)
        if term not in known:
            known[term] = (
                describe(term.text) if isinstance(term, Description) else like(term.target)
            )
        return known[term]

    def probability(term: Term) -> Probabilities:
        if isinstance(term, Not):
            return np.subtract(np.float32(1.0), probability(term.term), dtype=np.float32)
        if isinstance(term, And):
            return reduce(np.multiply, (probability(each) for each in term.terms))
        if isinstance(term, Or):
            return reduce(np.maximum, (probability(each) for each in term.terms))
        return leaf(term)

    mask = filters.passing(query.root)
    if query.root is None:
        return np.ones(len(columns), dtype=np.float32), mask
    found = np.where(mask, probability(query.root), np.float32(0.0))
    return np.asarray(found, dtype=np.float32), mask


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
            return _taken(columns.taken_ms, term.field, term.value)
        if isinstance(term.value, int):
            column = columns.rating if term.field is Field.RATING else columns.size_bytes
            return _compared(column, term.op, term.value)
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


def _taken(taken_ms: NDArray[np.int64], field: Field, when: PartialDate) -> Mask:
    starts_by = np.greater_equal(taken_ms, when.start_ms)
    if field is Field.AFTER:
        return starts_by
    if field is Field.BEFORE:
        return ~starts_by & np.not_equal(taken_ms, UNDATED)
    return starts_by & np.less(taken_ms, when.end_ms)


_COMPARISONS: dict[Op, np.ufunc] = {
    Op.IS: np.equal,
    Op.AT_LEAST: np.greater_equal,
    Op.MORE: np.greater,
    Op.AT_MOST: np.less_equal,
    Op.LESS: np.less,
}


def _compared(column: NDArray[np.int8] | NDArray[np.int64], op: Op, value: int) -> Mask:
    return np.asarray(_COMPARISONS[op](column, value), dtype=np.bool_)
