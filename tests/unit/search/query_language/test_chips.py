from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photosort.domain.query import And, Description, Field, Filter, Op, Or, PartialDate, Query, Term
from photosort.errors import InputProblem
from photosort.search.query_language import (
    chips,
    conditions,
    exchange,
    parse,
    parse_leniently,
    with_term,
    without,
)

LISBON = Filter(Field.PLACE, Op.IS, "Lisbon")
YEAR = Filter(Field.ON, Op.IS, PartialDate(2022))


def shown(text: str) -> list[tuple[str, str, str, str, bool]]:
    return [(c.text, c.field, c.operator, c.value, c.negated) for c in chips(text)]


def test_shows_filters_orders_and_what_is_unwanted() -> None:
    text = 'dog tag:"black dog" -people -kind:screenshots rating>=3 -(a OR tag:b) size>1500KB sort:oldest'
    assert shown(text) == [
        ('tag:"black dog"', "tag", ":", "black dog", False),
        ("-people", "", "", "people", True),
        ("-kind:screenshots", "kind", ":", "screenshot", True),
        ("rating>=3", "rating", ">=", "3", False),
        ("-(a OR tag:b)", "", "", "a OR tag:b", True),
        ("size>1500KB", "size", ">", "1.5MB", False),
        ("sort:oldest", "sort", ":", "-date", False),
    ]
    assert all(text[chip.start : chip.end] == chip.text for chip in chips(text))


def test_shows_filters_within_parentheses_apart() -> None:
    assert [chip.text for chip in chips("(tag:a OR like:b.jpg) dog")] == ["tag:a", "like:b.jpg"]


def test_shows_no_chip_for_what_is_no_filter() -> None:
    assert chips("Meeting: on:2023-02-30 tag: 2019 - dog") == []


def test_shows_chips_of_unfinished_text() -> None:
    assert [chip.text for chip in chips('(dog -(tag:x OR "unclo')] == ['-(tag:x OR "unclo']


@pytest.mark.parametrize(
    ("text", "number", "left"),
    [
        ("dog tag:a cat", 0, "dog cat"),
        ("dog  tag:a", 0, "dog"),
        ("tag:a", 0, ""),
        ("tag:a OR tag:b", 0, "tag:b"),
        ("tag:a OR tag:b", 1, "tag:a"),
        ("tag:a OR tag:b OR tag:c", 1, "tag:a OR tag:c"),
        ("tag:a AND tag:b", 0, "tag:b"),
        ("dog (tag:a)", 0, "dog"),
        ("dog (tag:a OR tag:b)", 0, "dog (tag:b)"),
        ("dog -people cat", 0, "dog cat"),
        ("-(dog OR cat) tag:a", 0, "tag:a"),
        ("sort:date dog  ball tag:a on:20", 1, "sort:date dog  ball on:20"),
        ('tag:a "unclosed (', 0, '"unclosed ('),
        ("(tag:a dog", 0, "(dog"),
        ("sort:name dog sort:date", 0, "dog"),
    ],
)
def test_removes_a_chip(text: str, number: int, left: str) -> None:
    assert without(text, chips(text)[number]) == left


@given(st.data())
def test_every_chip_of_any_text_can_be_removed(
    any_text: st.SearchStrategy[str], data: st.DataObject
) -> None:
    text = data.draw(any_text)
    for chip in chips(text):
        assert text[chip.start : chip.end] == chip.text
        left = without(text, chip)
        assert len(left) <= len(text)
        assert len(chips(left)) <= len(chips(text)) - 1


@given(st.data())
def test_a_valid_query_stays_valid_without_a_chip(
    any_text: st.SearchStrategy[str], data: st.DataObject
) -> None:
    text = data.draw(any_text)
    try:
        parse(text)
    except InputProblem:
        return
    for chip in chips(text):
        parse(without(text, chip))


@pytest.mark.parametrize(
    ("text", "term", "longer"),
    [
        ("", LISBON, "place:Lisbon"),
        ("dog ", LISBON, "dog place:Lisbon"),
        ("dog place:Lisbon cat", LISBON, "dog place:Lisbon cat"),
        ("tag:a OR tag:b sort:date", LISBON, "(tag:a OR tag:b) place:Lisbon sort:date"),
        ("dog", Or((LISBON, YEAR)), "dog (place:Lisbon OR on:2022)"),
        ("place:Lisbon", And((LISBON, YEAR)), "place:Lisbon on:2022"),
        ("dog", Description(("cat",)), "dog (cat)"),
        ('dog "unclosed', LISBON, "dog unclosed place:Lisbon"),
        ("(dog OR", LISBON, "dog place:Lisbon"),
    ],
)
def test_adds_a_term(text: str, term: Term, longer: str) -> None:
    assert with_term(text, term) == longer


@given(st.data())
def test_any_term_can_be_added_to_any_text(
    any_text: st.SearchStrategy[str], any_query: st.SearchStrategy[Query], data: st.DataObject
) -> None:
    text = data.draw(any_text)
    term = data.draw(any_query).root
    if term is None:
        return
    before, _ = parse_leniently(text)
    after = parse(with_term(text, term))
    assert after.sort == before.sort
    wanted = _together(before.root) + [
        t for t in _together(term) if t not in _together(before.root)
    ]
    assert _together(after.root) == wanted


def _together(root: Term | None) -> list[Term]:
    if root is None:
        return []
    return list(root.terms) if isinstance(root, And) else [root]


def is_year(term: Term) -> bool:
    return isinstance(term, Filter) and term.field is Field.ON


@pytest.mark.parametrize(
    ("text", "new", "expected"),
    [
        ("", [YEAR], "on:2022"),
        ("dog", [YEAR], "dog on:2022"),
        ("on:2021 dog", [YEAR], "on:2022 dog"),
        ("dog on:2021 cat on:2020", [YEAR], "dog on:2022 cat"),
        ("dog on:2021", [], "dog"),
        ("on:2021", [], ""),
        ("dog OR on:2021", [YEAR], "(dog OR on:2021) on:2022"),
        ("-on:2021", [YEAR], "-on:2021 on:2022"),
        ('on:2021 "never closed', [YEAR], 'on:2022 "never closed"'),
        ("on:2021 sort:-date rating>=", [LISBON, YEAR], "place:Lisbon on:2022 sort:-date"),
    ],
)
def test_exchanges_conditions(text: str, new: list[Term], expected: str) -> None:
    assert exchange(text, is_year, new) == expected


@given(st.text(alphabet='ab:()-" onORtagdw20213', max_size=40))
def test_exchanges_in_any_text(text: str) -> None:
    changed = conditions(exchange(text, is_year, [YEAR]))
    others = [term for term in conditions(text) if not is_year(term)]
    assert [term for term in changed if not is_year(term)] == others
    assert [term for term in changed if is_year(term)] == [YEAR]
