import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from photosort.search.clauses import MOST_CLAUSES, combined, split


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("dog on the beach", ["dog on the beach"]),
        ("dog, cat", ["dog, cat"]),
        ("A dog runs. A child laughs.", ["A dog runs", "A child laughs"]),
        ("two dogs play ; a man watches", ["two dogs play", "a man watches"]),
        ("犬が走る。子供が笑う。", ["犬が走る", "子供が笑う"]),
        (
            "a dog runs along the beach at sunset, a child in a red coat laughs and an old man waits",
            [
                "a dog runs along the beach at sunset",
                "a child in a red coat laughs",
                "an old man waits",
            ],
        ),
        ("Paris. A tower by the river at dawn.", ["Paris, A tower by the river at dawn"]),
        ("IMG_1401.jpg", ["IMG_1401.jpg"]),
        ("...", ["..."]),
    ],
)
def test_clauses(text, clauses):
    assert split(text) == clauses


@given(st.text(max_size=400))
def test_no_letter_is_lost(text):
    kept = sorted(c for c in "".join(split(text)) if c.isalnum())
    wanted = sorted(c for c in text if c.isalnum())
    # "and" and its like, which join clauses, may go.
    assert len(kept) <= len(wanted)
    assert not set(kept) - set(wanted)
    assert len(split(text)) <= MOST_CLAUSES


def test_a_very_long_text_has_few_clauses_and_all_of_its_words():
    text = " ".join(f"word{number} here." for number in range(800))
    clauses = split(text)
    assert len(clauses) == MOST_CLAUSES
    assert all(f"word{number}" in " ".join(clauses) for number in range(800))


def test_all_clauses_count_and_the_worst_counts_more():
    even, torn, bad = combined(np.array([[0.3, 0.6, 0.0], [0.3, 0.0, 0.0]], np.float32))
    assert even > torn > bad


def test_one_clause_is_left_as_it_is():
    scores = np.array([[0.1, 0.5]], np.float32)
    assert combined(scores).tolist() == scores[0].tolist()
