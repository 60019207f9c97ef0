from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st

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
    Query,
    Sort,
    SortKey,
)
from photosort.search.query_language import LibraryNames

# No timing is asserted in tests; a busy machine would fail them.
settings.register_profile("photosort", deadline=None)
settings.load_profile("photosort")

# What the language gives a meaning to, and what breaks careless readers of it.
FRAGMENTS = [
    *' \t\n()-":<>=≥“”„«»\\',
    *"ORAND'*%_;?[]{}|^$.+ß",
    "OR",
    " OR ",
    " AND ",
    '""',
    "-(",
    '-"',
    "tag:",
    "tag:dog",
    "SORT:date",
    "sort:-size",
    "rating>=3",
    "rating < 2",
    "size",
    "size>5.5MB",
    "near:lisbon<20km",
    'near:"new york"<',
    "area:38.6,-9.3;38.8,-9.0",
    "on:2023-02-30",
    "on:2023-02",
    "before:9999-12-31",
    "kind:Screenshots",
    "like:/a b/c(1).jpg",
    "Meeting: ",
    "IMG_1401(1).jpg",
    "2019 - Lisbon",
    "'; DROP TABLE photos; --",
    "(?:.*)+$",
    "👩‍👩‍👧",
    "\u200f\u05db\u05dc\u05d1",
    "\u202e",
    "\x00",
    "²",
    "dog",
]


def typed_texts() -> st.SearchStrategy[str]:
    pieces = st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=4))
    return st.one_of(st.text(), st.lists(pieces, max_size=14).map("".join))


def _filters() -> st.SearchStrategy[Filter]:
    names = st.text(min_size=1).filter(lambda text: bool(text.strip()))
    named = [Field.TAG, Field.ALBUM, Field.FOLDER, Field.CAMERA, Field.LENS, Field.PLACE]
    dates = st.dates().flatmap(
        lambda d: st.sampled_from(
            [PartialDate(d.year), PartialDate(d.year, d.month), PartialDate(d.year, d.month, d.day)]
        )
    )
    return st.one_of(
        st.builds(Filter, st.sampled_from(named), st.just(Op.IS), names),
        st.builds(
            Filter, st.sampled_from([Field.ON, Field.AFTER, Field.BEFORE]), st.just(Op.IS), dates
        ),
        st.builds(Filter, st.just(Field.NEAR), st.just(Op.IS), _nearness()),
        st.builds(Filter, st.just(Field.AREA), st.just(Op.IS), _areas()),
        st.builds(Filter, st.just(Field.RATING), st.sampled_from(Op), st.integers(-1, 5)),
        st.builds(Filter, st.just(Field.SIZE), st.sampled_from(Op), st.integers(0, 10**18 - 1)),
        st.builds(Filter, st.just(Field.KIND), st.just(Op.IS), st.sampled_from(["photo", "video"])),
        st.builds(
            Filter,
            st.just(Field.FLAG),
            st.just(Op.IS),
            st.sampled_from(["pick", "none", "discard"]),
        ),
        st.builds(Filter, st.just(Field.TYPE), st.just(Op.IS), st.sampled_from(["raw", "jpeg"])),
    )


def _nearness() -> st.SearchStrategy[Near]:
    places = st.sampled_from(
        ["lisbon", "New York", "paris, france", "38.7,-9.1", 'a "b" (c)', "Köln"]
    )
    return st.builds(Near, places, st.integers(1, 10**8).map(lambda metres: metres / 1000))


def _areas() -> st.SearchStrategy[Area]:
    parts = st.tuples(st.integers(-9_000_000, 9_000_000), st.integers(-18_000_000, 18_000_000))
    points = parts.map(lambda point: (point[0] / 1e5, point[1] / 1e5))
    return st.lists(points, min_size=2, max_size=5).map(tuple).map(Area)


def queries() -> st.SearchStrategy[Query]:
    words = st.one_of(st.text(min_size=1), st.sampled_from(FRAGMENTS)).filter(
        lambda text: bool(text.strip())
    )
    descriptions = st.lists(words, min_size=1, max_size=4).map(tuple).map(Description)
    leaves = st.one_of(descriptions, _filters(), st.builds(Like, words))
    terms = st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds(Not, inner),
            st.builds(And, st.lists(inner, min_size=2, max_size=4).map(tuple)),
            st.builds(Or, st.lists(inner, min_size=2, max_size=4).map(tuple)),
        ),
        max_leaves=10,
    )
    sorts = st.builds(Sort, st.sampled_from(SortKey), st.booleans())
    return st.builds(Query, st.none() | terms, st.none() | sorts)


@pytest.fixture(scope="session")
def any_text() -> st.SearchStrategy[str]:
    return typed_texts()


@pytest.fixture(scope="session")
def any_query() -> st.SearchStrategy[Query]:
    return queries()


@pytest.fixture(scope="session")
def library() -> LibraryNames:
    return LibraryNames(
        tags=("dog", "beach", "black dog", "people"),
        albums=("Summer with Anna", "Dog days"),
        places=("Lisbon, Portugal", "New York, United States"),
        cameras=("NIKON D500", "Canon EOS R6"),
        lenses=("24-70mm f/2.8",),
        folders=("2023/July", "Phone"),
        aliases={"Hund": "dog"},
        years=(2023, 2022),
    )
