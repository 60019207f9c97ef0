from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photosort.search.query_language import LibraryNames, complete
from photosort.search.query_language.fields import HELP


def results(text: str, library: LibraryNames, cursor: int | None = None) -> list[str]:
    """The whole text after each completion was taken."""
    at = len(text) if cursor is None else cursor
    return [
        text[: c.replace_start] + c.text + text[c.replace_end :]
        for c in complete(text, at, library)
    ]


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("ta", ["tag:"]),
        ("dog ra", ["dog rating>="]),
        ("-be", ["-before:", "-tag:beach"]),
        ("tag:b", ["tag:beach", 'tag:"black dog"']),
        ("tag:do", ["tag:dog", 'tag:"black dog"']),
        ('tag:"black d', ['tag:"black dog"']),
        ("TAG:be", ["TAG:beach"]),
        ("(tag:a OR album:su", ['(tag:a OR album:"Summer with Anna"']),
        ("lisb", ['place:"Lisbon, Portugal"']),
        ("york", ['place:"New York, United States"']),
        ("camera:nik", ['camera:"NIKON D500"']),
        ("lens:", ['lens:"24-70mm f/2.8"']),
        ("folder:ph", ["folder:Phone"]),
        ("kind:scr", ["kind:screenshot"]),
        ("screen", ["kind:screenshot"]),
        ("rating>=", [f"rating>={stars}" for stars in range(1, 6)]),
        ("sort:n", ["sort:name"]),
        ("flag:", ["flag:pick", "flag:discard", "flag:none"]),
        ("on:", ["on:2023", "on:2022"]),
        ("on:2023-1", ["on:2023-10", "on:2023-11", "on:2023-12"]),
        ("after:2023-02-2", [f"after:2023-02-{day}" for day in range(20, 29)]),
        ("on:2023-13-", []),
        ("on:0000-1", []),
        ("unknown:b", []),
        ("like:b", []),
        ("zzz", []),
        ('"', []),
    ],
)
def test_offers_what_begins_so(text: str, taken: list[str], library: LibraryNames) -> None:
    assert results(text, library) == taken


def test_offers_the_fields_between_words(library: LibraryNames) -> None:
    offered = complete("dog ", 4, library, limit=100)
    assert [(c.text, c.kind) for c in offered] == [(h.prefix, "field") for h in HELP.values()]
    assert {(c.replace_start, c.replace_end) for c in offered} == {(4, 4)}


def test_every_field_can_be_completed_from_its_name(library: LibraryNames) -> None:
    for name, about in HELP.items():
        assert about.prefix in results(name[:-1], library)


def test_what_the_language_offers_is_valid(library: LibraryNames) -> None:
    from photosort.search.query_language import parse

    for about in HELP.values():
        for value in about.values:
            parse(about.prefix + value)


def test_replaces_the_whole_word_under_the_cursor(library: LibraryNames) -> None:
    assert results("dog bexyz cat", library, cursor=6) == [
        "dog before: cat",
        "dog tag:beach cat",
    ]
    assert results("tag:bexyz cat", library, cursor=6) == ["tag:beach cat"]


def test_changing_a_fields_name_keeps_its_value(library: LibraryNames) -> None:
    assert results("alb:dog", library, cursor=2) == ["album:dog"]


def test_says_what_each_is(library: LibraryNames) -> None:
    [first, second] = complete("be", 2, library)
    assert first.kind == "field"
    assert "taken" in first.label
    assert (second.label, second.kind) == ("beach", "tag")


def test_offers_no_more_than_asked(library: LibraryNames) -> None:
    many = LibraryNames(tags=tuple(f"dog {number}" for number in range(1000)))
    assert len(complete("tag:dog", 7, many, limit=5)) == 5
    assert len(complete("", 0, library)) == 12


@given(st.data())
def test_any_text_and_cursor(
    any_text: st.SearchStrategy[str], library: LibraryNames, data: st.DataObject
) -> None:
    text = data.draw(any_text)
    cursor = data.draw(st.integers(0, len(text)))
    for completion in complete(text, cursor, library):
        assert 0 <= completion.replace_start <= cursor <= completion.replace_end <= len(text)
