from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photosort.errors import InputProblem
from photosort.search.query_language import parse, parse_leniently, unparse


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Meeting: notes", '"Meeting:" notes'),
        ("-foo:bar dog", '-"foo:bar" dog'),
        ('foo:"a b"', '"foo:a b"'),
        ("dog tag:", "dog"),
        ("dog -tag: cat", "dog cat"),
        ("dog on:20", "dog"),
        ("dog on:2023-02-30", "dog"),
        ("dog tag>x", "dog"),
        ('tag:"black d', 'tag:"black d"'),
        ('-"two wo', '-"two wo"'),
        ("dog OR", "dog"),
        ("OR dog AND", "dog"),
        ("dog OR OR cat", "dog OR cat"),
        ("dog OR tag: OR cat", "dog OR cat"),
        ("(dog OR (cat", "dog OR cat"),
        ("dog) cat", "dog cat"),
        ("dog -() cat", "dog cat"),
        ("dog -(tag: OR) cat", "dog cat"),
        ("party :)", "party :"),
        ('dog ""', "dog"),
        ("-sort:date dog", "dog"),
        ("(dog sort:date) cat", "dog (cat)"),
        ("sort:name dog sort:date", "dog sort:date"),
        ("sort:date dog sort:colour", "dog sort:date"),
        ("2019 - Lisbon", "2019 - Lisbon"),
        ("-(" * 60 + "dog", "-(" * 49 + "-dog" + ")" * 49),
        ("", ""),
    ],
)
def test_repairs(typed: str, read: str) -> None:
    query, _ = parse_leniently(typed)
    assert unparse(query) == read


@pytest.mark.parametrize(
    ("typed", "concerned"),
    [
        ("Meeting: notes", ["Meeting:"]),
        ("dog on:2023-02-30", ["on:2023-02-30"]),
        ('dog "two', ['"two']),
        ('tag:"two', ['"two']),
        ("(dog", ["("]),
        ("dog)", [")"]),
        ("dog) foo:1 tag:", [")", "foo:1", "tag:"]),
        ("sort:name sort:date", ["sort:date"]),
        ("dog OR", []),
        ("2019 - Lisbon", []),
    ],
)
def test_says_what_it_repaired(typed: str, concerned: list[str]) -> None:
    _, hints = parse_leniently(typed)
    assert [typed[hint.start : hint.end] for hint in hints] == concerned
    assert all(hint.message.endswith((".", "?")) for hint in hints)


def test_offers_the_field_that_was_meant() -> None:
    typed = "dog date:2022"
    _, [hint] = parse_leniently(typed)
    assert hint.replacement is not None
    mended = typed[: hint.start] + hint.replacement + typed[hint.end :]
    assert mended == "dog on:2022"


@given(st.data())
def test_any_text_reads(any_text: st.SearchStrategy[str], data: st.DataObject) -> None:
    text = data.draw(any_text)
    query, hints = parse_leniently(text)
    assert parse(unparse(query)) == query
    assert all(0 <= hint.start <= hint.end <= len(text) for hint in hints)


@given(st.data())
def test_valid_text_reads_as_it_does_strictly(
    any_text: st.SearchStrategy[str], data: st.DataObject
) -> None:
    text = data.draw(any_text)
    try:
        strict = parse(text)
    except InputProblem:
        return
    assert parse_leniently(text) == (strict, [])
