from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from photosort.domain.query import (
    And,
    Description,
    Field,
    Filter,
    Not,
    Op,
    Or,
    PartialDate,
    Query,
    Sort,
    SortKey,
)
from photosort.search.query_language import parse, unparse


@given(st.data())
def test_every_query_goes_round(any_query: st.SearchStrategy[Query], data: st.DataObject) -> None:
    query = data.draw(any_query)
    assert parse(unparse(query)) == query


@pytest.mark.parametrize(
    "text",
    [
        "",
        "dog on the beach",
        "2019 - Lisbon",
        'beach -people -"two words"',
        '-tag:dog album:"Summer with Anna"',
        "rating>=3 size>5.5MB after:2023-05 before:2024 on:2023-07-14",
        "-(dog ball) (tag:a OR tag:b -tag:c) beach sort:-date",
        "like:C:\\photos\\dog.jpg at night",
    ],
)
def test_writes_as_people_do(text: str) -> None:
    assert unparse(parse(text)) == text


@pytest.mark.parametrize(
    ("query", "text"),
    [
        (Query(Description(("OR", "-x", "tag:y"))), '"OR" "-x" "tag:y"'),
        (Query(Description(("size", ">", "5"))), 'size ">" 5'),
        (Query(Description(("size", "=", "5MB"))), 'size "=" 5MB'),
        (Query(Description(('say "hi"',))), '"say ""hi"""'),
        (Query(Not(Description(("-",)))), '-"-"'),
        (Query(Filter(Field.TAG, Op.IS, ">x")), 'tag:">x"'),
        (Query(Filter(Field.TAG, Op.IS, "(x)")), 'tag:"(x)"'),
        (Query(Filter(Field.SIZE, Op.MORE, 0)), "size>0B"),
        (Query(Filter(Field.SIZE, Op.MORE, 1_234_567)), "size>1.234567MB"),
        (Query(And((Description(("a",)), Description(("b",))))), "a (b)"),
        (Query(None, Sort(SortKey.NAME)), "sort:name"),
    ],
)
def test_quotes_what_would_be_read_otherwise(query: Query, text: str) -> None:
    assert unparse(query) == text


@given(st.dates())
@example(date.max)
def test_a_day_lies_in_its_month_and_year(day: date) -> None:
    whole, month = PartialDate(day.year), PartialDate(day.year, day.month)
    exact = PartialDate(day.year, day.month, day.day)
    assert whole.start_ms <= month.start_ms <= exact.start_ms
    assert exact.end_ms <= month.end_ms <= whole.end_ms
    assert exact.end_ms - exact.start_ms == 86_400_000


def test_dates_are_counted_from_1970() -> None:
    assert PartialDate(1970).start_ms == 0
    assert PartialDate(1970, 1, 2).start_ms == 86_400_000
    assert PartialDate(2024, 2).end_ms == PartialDate(2024, 3, 1).start_ms
    assert PartialDate(2023).end_ms == PartialDate(2024).start_ms


@pytest.mark.parametrize("parts", [(2023, 2, 29), (2023, 0), (2023, None, 5), (0,)])
def test_impossible_dates_cannot_be_made(parts: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"day|month|year"):
        PartialDate(*parts)


@pytest.mark.parametrize("parts", [(), (" ",), ("dog", "")])
def test_descriptions_have_words(parts: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="words"):
        Description(parts)


@pytest.mark.parametrize("join", [And, Or])
def test_joins_have_two_terms(join: type[And] | type[Or]) -> None:
    with pytest.raises(ValueError, match="two"):
        join((Description(("dog",)),))


def test_leaves_know_whether_they_are_unwanted() -> None:
    query = parse('dog "red ball" -(tag:cat -like:x.jpg)')
    leaves = [(type(leaf).__name__, unwanted) for leaf, unwanted in query.leaves()]
    assert leaves == [("Description", False), ("Filter", True), ("Like", False)]
    assert not query.is_filter_only
    assert parse("-tag:cat rating>3").is_filter_only
    assert parse("").is_filter_only


def test_a_description_gives_text_and_phrases() -> None:
    description = Description(("dog", "red ball"))
    assert description.text == "dog red ball"
    assert description.phrases == ("red ball",)
