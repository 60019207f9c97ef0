"""A search query as values: what `photosort.search.query_language` reads from text and writes back to it."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

# Latitude and longitude, in degrees.
Point: TypeAlias = tuple[float, float]

_DAY_MS = 86_400_000
_EPOCH = date(1970, 1, 1).toordinal()


class Field(StrEnum):
    """What a filter looks at; the value is the word before the colon."""

    TAG = "tag"
    ALBUM = "album"
    FOLDER = "folder"
    CAMERA = "camera"
    LENS = "lens"
    PLACE = "place"
    NEAR = "near"
    AREA = "area"
    KIND = "kind"
    TYPE = "type"
    STATE = "state"
    HAS = "has"
    IS = "is"
    FLAG = "flag"
    RATING = "rating"
    SIZE = "size"
    AFTER = "after"
    BEFORE = "before"
    ON = "on"


class Op(StrEnum):
    """How a filter compares. All fields but rating and size know `IS` only."""

    IS = ":"
    AT_LEAST = ">="
    MORE = ">"
    AT_MOST = "<="
    LESS = "<"


class SortKey(StrEnum):
    """The order of the results, each in its natural direction."""

    RELEVANCE = "relevance"
    DATE = "date"
    NAME = "name"
    RATING = "rating"
    SIZE = "size"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month or a day of the calendar on the photographer's wall.

    Attributes:
        year: 1 to 9999.
        month: 1 to 12, or None for the whole year.
        day: day of the month, or None for the whole month.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.month is None and self.day is not None:
            raise ValueError("a day needs a month")
        date(
            self.year,
            1 if self.month is None else self.month,
            1 if self.day is None else self.day,
        )

    @property
    def start_ms(self) -> int:
        """Its first millisecond, counted from 1970 as if the wall clock showed UTC."""
        first = date(self.year, self.month or 1, self.day or 1)
        return (first.toordinal() - _EPOCH) * _DAY_MS

    @property
    def end_ms(self) -> int:
        """The first millisecond after it, counted as `start_ms` is."""
        month = self.month or 12
        day = self.day or calendar.monthrange(self.year, month)[1]
        # Ordinals, because the day after 9999-12-31 is not a date.
        return (date(self.year, month, day).toordinal() + 1 - _EPOCH) * _DAY_MS

    def __str__(self) -> str:
        text = f"{self.year:04d}"
        if self.month is not None:
            text += f"-{self.month:02d}"
        if self.day is not None:
            text += f"-{self.day:02d}"
        return text


@dataclass(frozen=True, slots=True)
class Near:
    """Less than a distance from a place.

    Attributes:
        place: a town's name ("Lisbon", "Paris, France"), or latitude and longitude ("38.72,-9.14").
        km: more than 0.
    """

    place: str
    km: float

    def __post_init__(self) -> None:
        if not self.place.strip() or self.km <= 0:
            raise ValueError("nearness needs a place and a distance")

    def __str__(self) -> str:
        return f"{self.place}<{_plain(self.km)}km"


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the earth.

    Attributes:
        corners: of a rectangle the south-western and the north-eastern one, else of a polygon.
    """

    corners: tuple[Point, ...]

    def __post_init__(self) -> None:
        if len(self.corners) < 2:
            raise ValueError("an area has two corners or more")

    def __str__(self) -> str:
        return ";".join(f"{_plain(north)},{_plain(east)}" for north, east in self.corners)


def _plain(value: float) -> str:
    """A number as it reads back, without an exponent."""
    return format(Decimal(repr(value)).normalize(), "f")


@dataclass(frozen=True, slots=True)
class Description:
    """What the picture shows, in words: a probability for each photo.

    Attributes:
        parts: words, and phrases that quotes kept together, in order; none is blank.
    """

    parts: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.parts or not all(part.strip() for part in self.parts):
            raise ValueError("a description needs words")

    @property
    def text(self) -> str:
        """The words as one text for the encoder."""
        return " ".join(self.parts)

    @property
    def phrases(self) -> tuple[str, ...]:
        """The parts of several words, which belong together when names and captions are searched."""
        return tuple(part for part in self.parts if len(part.split()) > 1)


@dataclass(frozen=True, slots=True)
class Filter:
    """True or false for each photo.

    Attributes:
        value: `PartialDate` for after, before and on; stars (-1 to 5) for rating; bytes for size; `Near` and `Area`
            for the fields of these names; text for the others.
    """

    field: Field
    op: Op
    value: str | int | PartialDate | Near | Area


@dataclass(frozen=True, slots=True)
class Like:
    """Likeness to one photo: a probability for each photo.

    Attributes:
        target: the path of a photo, inside or outside the library.
    """

    target: str


@dataclass(frozen=True, slots=True)
class Not:
    """The complement: 1 - p."""

    term: Term


@dataclass(frozen=True, slots=True)
class And:
    """All of two or more terms: probabilities multiply."""

    terms: tuple[Term, ...]

    def __post_init__(self) -> None:
        if len(self.terms) < 2:
            raise ValueError("And joins two or more terms")


@dataclass(frozen=True, slots=True)
class Or:
    """Any of two or more terms: the largest probability."""

    terms: tuple[Term, ...]

    def __post_init__(self) -> None:
        if len(self.terms) < 2:
            raise ValueError("Or joins two or more terms")


Leaf: TypeAlias = Description | Filter | Like
Term: TypeAlias = Leaf | Not | And | Or


@dataclass(frozen=True, slots=True)
class Sort:
    """An order other than by relevance.

    Attributes:
        backwards: against the natural direction, which is newest, best rated and largest first, names from A.
    """

    key: SortKey
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A whole query.

    Attributes:
        root: what photos must be, or None for every photo.
        sort: the order asked for, or None for the best first.
    """

    root: Term | None = None
    sort: Sort | None = None

    def leaves(self) -> Iterator[tuple[Leaf, bool]]:
        """Every description, filter and likeness from left to right, and whether it is unwanted."""
        if self.root is not None:
            yield from _leaves(self.root, unwanted=False)

    def descriptions(self, *, unwanted: bool) -> list[str]:
        """The texts of what photos must show, or must not show, from left to right."""
        return [
            leaf.text
            for leaf, is_unwanted in self.leaves()
            if isinstance(leaf, Description) and is_unwanted is unwanted
        ]

    @property
    def is_filter_only(self) -> bool:
        """Whether photos only pass or fail, so that there is nothing to rank by."""
        return all(isinstance(leaf, Filter) for leaf, _ in self.leaves())


def _leaves(term: Term, *, unwanted: bool) -> Iterator[tuple[Leaf, bool]]:
    if isinstance(term, Not):
        yield from _leaves(term.term, unwanted=not unwanted)
    elif isinstance(term, And | Or):
        for each in term.terms:
            yield from _leaves(each, unwanted=unwanted)
    else:
        yield term, unwanted
