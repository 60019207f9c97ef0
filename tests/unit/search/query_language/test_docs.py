from __future__ import annotations

import re
from pathlib import Path

import pytest

from photosort.domain.query import Like
from photosort.search.query_language import parse
from photosort.search.query_language.fields import HELP, LIKE, SORT

PAGE = Path(__file__).parents[4] / "docs" / "query-language.md"
EXAMPLES = re.findall(r"^\| `([^`]+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_valid(example: str) -> None:
    parse(example)


def test_every_field_has_an_example() -> None:
    shown = set()
    for query in map(parse, EXAMPLES):
        shown |= {SORT} if query.sort else set()
        for leaf, _ in query.leaves():
            shown |= {LIKE} if isinstance(leaf, Like) else {getattr(leaf, "field", "")}
    assert set(HELP) <= shown


def test_every_value_of_the_language_is_named() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name in ("kind", "state", "has", "is", "flag", "sort"):
        [row] = re.findall(rf"^\| `{name}:.*$", text, re.MULTILINE)
        assert [value for value in HELP[name].values if value not in row] == []
