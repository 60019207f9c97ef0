from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photosort.search.query_language import LibraryNames, ghosts, parse

TODAY = date(2026, 3, 1)


def seen(text: str, library: LibraryNames) -> dict[str, str]:
    return {text[g.start : g.end]: g.replacement for g in ghosts(text, library, TODAY)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("beach 2022", {"beach": "tag:beach", "2022": "on:2022"}),
        ("May 2022", {"May 2022": "on:2022-05"}),
        ("sept 2022", {"sept 2022": "on:2022-09"}),
        ("14 May 2022", {"14 May 2022": "on:2022-05-14"}),
        ("May 14th, 2022", {"May 14th, 2022": "on:2022-05-14"}),
        ("31 June 2022", {"June 2022": "on:2022-06"}),
        ("2022-05 x 2022-05-14", {"2022-05": "on:2022-05", "2022-05-14": "on:2022-05-14"}),
        ("14.05.2022", {"14.05.2022": "on:2022-05-14"}),
        ("2022-02-30 30.02.2022", {}),
        ("july", {"july": "on:2025-07"}),
        ("March", {"March": "on:2026-03"}),
        ("they may march", {}),
        ("1066 1825 9999", {}),
        ("1826 2027", {"1826": "on:1826", "2027": "on:2027"}),
        ("yesterday", {"yesterday": "on:2026-02-28"}),
        ("today", {"today": "on:2026-03-01"}),
        ("last year", {"last year": "on:2025"}),
        ("this year", {"this year": "on:2026"}),
        ("last month", {"last month": "on:2026-02"}),
        ("this month", {"this month": "on:2026-03"}),
        ("lisbon", {"lisbon": "place:Lisbon"}),
        ("in portugal", {"portugal": "place:Portugal"}),
        ("new york at night", {"new york": 'place:"New York"'}),
        ("nikon", {"nikon": "camera:NIKON"}),
        ("canon eos r6", {"canon eos r6": 'camera:"Canon EOS R6"'}),
        ("summer with anna", {"summer with anna": 'album:"Summer with Anna"'}),
        ("screenshots", {"screenshots": "kind:screenshot"}),
        ("photos of dogs", {"dogs": "tag:dog"}),
        ("black dog", {"black dog": 'tag:"black dog"'}),
        ("hund", {"hund": "tag:dog"}),
        ("-screenshots", {"screenshots": "kind:screenshot"}),
        ("-new york", {}),
        ("beach without people", {"beach": "tag:beach", "without people": "-people"}),
        ("beach NOT cars", {"beach": "tag:beach", "NOT cars": "-cars"}),
        ("not cars", {}),
        ("without", {}),
        ('"lisbon" tag:beach', {}),
        ("new sort:date york", {}),
        ("", {}),
    ],
)
def test_sees_what_words_name(text: str, expected: dict[str, str], library: LibraryNames) -> None:
    assert seen(text, library) == expected


def test_needs_no_library() -> None:
    assert [g.label for g in ghosts("lisbon 2022", LibraryNames(), TODAY)] == ["on:2022"]


def test_a_place_comes_before_an_album_and_a_tag() -> None:
    library = LibraryNames(tags=("Lisbon",), albums=("Lisbon",), places=("Lisbon",))
    assert seen("lisbon", library) == {"lisbon": "place:Lisbon"}


def test_names_with_blank_parts_do_no_harm() -> None:
    assert seen("a b", LibraryNames(places=(", ", ""), cameras=("", "  "), tags=("",))) == {}


@given(st.data())
def test_any_text(
    any_text: st.SearchStrategy[str], library: LibraryNames, data: st.DataObject
) -> None:
    text = data.draw(any_text)
    end = 0
    for ghost in ghosts(text, library, TODAY):
        assert end <= ghost.start < ghost.end <= len(text)
        end = ghost.end
        parse(ghost.replacement)
