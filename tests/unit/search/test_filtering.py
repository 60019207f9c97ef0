from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from photosort.domain.photos import Flag, Kind
from photosort.domain.query import Area, Field, Near, PartialDate
from photosort.search.filtering import UNDATED, Columns, evaluate, passing
from photosort.search.query_language import parse

# Six photos: the last millisecond of 2022, the first of 2023, May, June, the last of 2023, no date.
TAKEN = [
    PartialDate(2023).start_ms - 1,
    PartialDate(2023).start_ms,
    PartialDate(2023, 5).start_ms,
    PartialDate(2023, 5).end_ms,
    PartialDate(2023).end_ms - 1,
    UNDATED,
]
TAGS = {"dog": [1, 1, 0, 0, 0, 0], "cat": [0, 1, 1, 0, 0, 0]}
SEEN = {
    "beach": [0.9, 0.5, 0.1, 0.8, 0.0, 1.0],
    "night": [0.1, 0.5, 0.9, 0.25, 0.0, 1.0],
}


def named(field: Field, value: str) -> NDArray[np.bool_]:
    if field is Field.TAG:
        return np.array(TAGS[value], dtype=np.bool_)
    return np.array([f"{field}:{value}" == "camera:nikon"] * 6)


def located(where: Near | Area) -> NDArray[np.bool_]:
    return np.array([isinstance(where, Near), 0, 0, isinstance(where, Area), 0, 0], np.bool_)


def columns() -> Columns:
    kinds = [Kind.PHOTO, Kind.PHOTO, Kind.VIDEO, Kind.SCREENSHOT, Kind.PHOTO, Kind.PHOTO]
    flags = [Flag.PICK, None, Flag.DISCARD, None, None, None]
    return Columns(
        taken_ms=np.array(TAKEN, dtype=np.int64),
        taken_last_ms=np.array(TAKEN, dtype=np.int64),
        rating=np.array([5, 3, 0, -1, 2, 4], dtype=np.int8),
        kinds=np.array([[*Kind].index(kind) for kind in kinds], dtype=np.int8),
        flags=np.array([(None, *Flag).index(flag) for flag in flags], dtype=np.int8),
        size_bytes=np.array([10, 10**6, 5 * 10**6, 5 * 10**6 + 1, 10**9, 0], dtype=np.int64),
        has_gps=np.array([1, 0, 0, 1, 0, 0], dtype=np.bool_),
        named=named,
        located=located,
    )


def describe(text: str, unwanted: bool = False) -> NDArray[np.float32]:
    return np.array(SEEN[text], dtype=np.float32)


def like(targets: tuple[str, ...]) -> NDArray[np.float32]:
    return np.full(6, 0.25 if targets == ("x.jpg",) else 0.0, dtype=np.float32)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", [0, 1, 2, 3, 4, 5]),
        ("on:2023", [1, 2, 3, 4]),
        ("on:2023-05", [2]),
        ("on:2023-05-01", [2]),
        ("after:2023-05", [2, 3, 4]),
        ("after:2023", [1, 2, 3, 4]),
        ("before:2024", [0, 1, 2, 3, 4]),
        ("before:2023", [0]),
        ("before:2023-06", [0, 1, 2]),
        ("-on:2023", [0, 5]),
        ("rating>=3", [0, 1, 5]),
        ("rating>3", [0, 5]),
        ("rating<=2", [2, 3, 4]),
        ("rating<0", [3]),
        ("rating:0", [2]),
        ("size>5MB", [3, 4]),
        ("size>=5MB", [2, 3, 4]),
        ("size<1KB", [0, 5]),
        ("kind:photo", [0, 1, 4, 5]),
        ("kind:screenshots", [3]),
        ("flag:pick", [0]),
        ("flag:discard", [2]),
        ("flag:none", [1, 3, 4, 5]),
        ("has:gps", [0, 3]),
        ("has:date", [0, 1, 2, 3, 4]),
        ("has:rating", [0, 1, 3, 4, 5]),
        ("has:caption", []),
        ("tag:dog", [0, 1]),
        ("tag:dog tag:cat", [1]),
        ("tag:dog OR tag:cat", [0, 1, 2]),
        ("-(tag:dog OR tag:cat)", [3, 4, 5]),
        ("-(tag:dog tag:cat)", [0, 2, 3, 4, 5]),
        ("camera:nikon", [0, 1, 2, 3, 4, 5]),
        ("lens:nikon", []),
    ],
)
def test_filters(text: str, rows: list[int]) -> None:
    found, mask = evaluate(parse(text), columns(), describe, like)
    assert np.flatnonzero(mask).tolist() == rows
    assert np.flatnonzero(passing(parse(text), columns())).tolist() == rows
    assert found.dtype == np.float32
    assert found.tolist() == mask.astype(float).tolist()


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("beach", [0, 1, 2, 3, 4, 5]),
        ("-beach", [0, 1, 2, 3, 4, 5]),
        ("beach tag:dog", [0, 1]),
        ("-beach tag:dog", [0, 1]),
        ("beach OR tag:dog", [0, 1, 2, 3, 4, 5]),
        ("-(beach OR tag:dog)", [2, 3, 4, 5]),
        ("-(beach tag:dog)", [0, 1, 2, 3, 4, 5]),
        ("-(-(beach tag:dog))", [0, 1]),
        ("like:x.jpg -tag:dog", [2, 3, 4, 5]),
    ],
)
def test_descriptions_never_hide_a_photo(text: str, rows: list[int]) -> None:
    assert np.flatnonzero(passing(parse(text), columns())).tolist() == rows


@pytest.mark.parametrize(
    ("text", "probabilities"),
    [
        ("beach", [0.9, 0.5, 0.1, 0.8, 0.0, 1.0]),
        ("-beach", [0.1, 0.5, 0.9, 0.2, 1.0, 0.0]),
        ("beach (night)", [0.09, 0.25, 0.09, 0.2, 0.0, 1.0]),
        ("beach OR night", [0.9, 0.5, 0.9, 0.8, 0.0, 1.0]),
        ("beach -night", [0.81, 0.25, 0.01, 0.6, 0.0, 0.0]),
        ("beach tag:dog", [0.9, 0.5, 0.0, 0.0, 0.0, 0.0]),
        ("night OR tag:dog", [1.0, 1.0, 0.9, 0.25, 0.0, 1.0]),
        ("-(beach OR tag:dog)", [0.0, 0.0, 0.9, 0.2, 1.0, 0.0]),
        ("beach like:x.jpg", [0.225, 0.125, 0.025, 0.2, 0.0, 0.25]),
        ("beach OR like:x.jpg", [0.9, 0.5, 0.25, 0.8, 0.25, 1.0]),
    ],
)
def test_probabilities(text: str, probabilities: list[float]) -> None:
    found, _ = evaluate(parse(text), columns(), describe, like)
    assert found == pytest.approx(probabilities, abs=1e-6)


def test_asks_for_each_text_and_filter_once() -> None:
    asked: list[str] = []

    def counted(text: str, unwanted: bool) -> NDArray[np.float32]:
        asked.append(("-" if unwanted else "") + text)
        return describe(text)

    def looked_up(field: Field, value: str) -> NDArray[np.bool_]:
        asked.append(value)
        return named(field, value)

    base = columns()
    counting = Columns(
        base.taken_ms,
        base.taken_last_ms,
        base.rating,
        base.kinds,
        base.flags,
        base.size_bytes,
        base.has_gps,
        looked_up,
        located,
    )
    evaluate(parse("beach tag:dog OR -(beach tag:dog)"), counting, counted, like)
    assert sorted(asked) == ["-beach", "beach", "dog"]


def test_photos_beside_each_other_are_one_example() -> None:
    asked: list[tuple[str, ...]] = []

    def counted(targets: tuple[str, ...]) -> NDArray[np.float32]:
        asked.append(targets)
        return like(targets)

    evaluate(parse("like:a.jpg beach like:b.jpg OR like:c.jpg"), columns(), describe, counted)
    assert sorted(asked) == [("a.jpg", "b.jpg"), ("c.jpg",)]


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0.0, 0.25), (0.25, 0.25 * 0.9**0.5), (0.5, 0.25 * 0.9), (0.75, 0.25**0.5 * 0.9), (1.0, 0.9)],
)
def test_an_example_is_weighed_against_the_words(share: float, expected: float) -> None:
    found, _ = evaluate(parse("beach like:x.jpg"), columns(), describe, like, words_share=share)
    assert found[0] == pytest.approx(expected, abs=1e-6)


def test_photos_that_do_not_pass_need_no_description() -> None:
    def only_passing(text: str, unwanted: bool) -> NDArray[np.float32]:
        return np.where(mask, describe(text), np.float32(np.nan))

    query = parse("-beach tag:dog -(night OR tag:cat)")
    mask = passing(query, columns())
    skipped, _ = evaluate(query, columns(), only_passing, like)
    full, _ = evaluate(query, columns(), describe, like)
    assert skipped.tolist() == full.tolist()
    assert full[0] == pytest.approx(0.09, abs=1e-6)


_PIECES = st.sampled_from(["beach", "(night)", "tag:dog", "tag:cat", "rating>2", "like:x.jpg"])
_QUERIES = st.recursive(
    _PIECES,
    lambda inner: st.one_of(
        inner.map(lambda t: f"-({t})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]}) ({pair[1]})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]}) OR ({pair[1]})"),
    ),
    max_leaves=8,
)


@given(_QUERIES)
def test_what_does_not_pass_is_impossible_and_the_rest_is_a_probability(text: str) -> None:
    found, mask = evaluate(parse(text), columns(), describe, like)
    assert not found[~mask].any()
    assert ((found >= 0) & (found <= 1)).all()


@given(_QUERIES)
def test_twice_negated_is_not_negated(text: str) -> None:
    once, mask = evaluate(parse(text), columns(), describe, like)
    twice, same = evaluate(parse(f"-(-({text}))"), columns(), describe, like)
    assert twice == pytest.approx(once, abs=1e-6)
    assert mask.tolist() == same.tolist()


def test_an_empty_library() -> None:
    none = np.zeros(0)
    empty = Columns(
        none.astype(np.int64),
        none.astype(np.int64),
        none.astype(np.int8),
        none.astype(np.int8),
        none.astype(np.int8),
        none.astype(np.int64),
        none.astype(np.bool_),
        lambda _field, _value: none.astype(np.bool_),
        lambda _where: none.astype(np.bool_),
    )
    found, mask = evaluate(
        parse("beach tag:dog on:2023 rating>2 OR -kind:photo"),
        empty,
        lambda _text, _unwanted: none.astype(np.float32),
        like,
    )
    assert len(found) == len(mask) == 0


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("on:1985", [0, 1, 2]),
        ("on:1985-07", [1, 2]),
        ("on:1985-07-04", [2]),
        ("on:1985-01", []),
        ("before:1990", [0, 1, 2]),
        ("before:1985-08", [1, 2]),
        ("before:1985-07", []),
        ("after:1985", [0, 1, 2]),
        ("after:1985-02", [1, 2]),
        ("after:1985-07-02", [2]),
    ],
)
def test_a_year_lies_in_a_time_only_as_a_whole(query: str, rows: list[int]) -> None:
    dates = [PartialDate(1985), PartialDate(1985, 7), PartialDate(1985, 7, 4)]
    first = columns()
    found = replace(
        first,
        taken_ms=np.array([date.start_ms for date in dates] + 3 * [UNDATED], dtype=np.int64),
        taken_last_ms=np.array([date.end_ms - 1 for date in dates] + 3 * [UNDATED], dtype=np.int64),
    )
    assert np.flatnonzero(passing(parse(query), found)).tolist() == rows
