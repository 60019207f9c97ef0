"""Queries of a script gone wrong are refused in a sentence, and cut short in the window."""

import pytest

from photosort.errors import InputProblem
from photosort.search.query_language.lenient_parser import parse_leniently
from photosort.search.query_language.parser import MAX_TOKENS, TOO_LONG, parse

LONG = {
    "ors": " OR ".join(f"word{n}" for n in range(5_000)),
    "words": " ".join(f"word{n}" for n in range(20_000)),
    "fields": " ".join("tag:dog" for _ in range(2_000)),
    "parentheses": "(" * 10_000 + "dog" + ")" * 10_000,
    "one word": "x" * 1_000_000,
    "one quote": '"' + "dog " * 100_000 + '"',
}


@pytest.mark.parametrize("name", LONG)
def test_a_query_that_is_too_long_is_refused(name):
    with pytest.raises(InputProblem) as refused:
        parse(LONG[name])
    assert refused.value.user_message == TOO_LONG
    assert refused.value.position is not None
    assert refused.value.position < 25_000


@pytest.mark.parametrize("name", LONG)
def test_the_window_reads_the_beginning_of_it(name):
    query, hints = parse_leniently(LONG[name])
    assert query is not None
    assert hints or name in {"one word", "one quote"}


def test_the_longest_query_is_read():
    words = " OR ".join(["dog"] * (MAX_TOKENS // 2))
    assert parse(words).root is not None
    _, hints = parse_leniently(" OR ".join(["dog"] * 150))
    assert not hints
