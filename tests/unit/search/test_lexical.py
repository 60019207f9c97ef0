import numpy as np
import pytest

from photosort.search.cutoff import STRONG
from photosort.search.lexical import meaningful, says_something, sure_of_words


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a dog on the beach", "dog beach"),
        ("the of", "the of"),
        ("Hund auf dem Sofa", "Hund Sofa"),
        ("IMG_1401 ", "IMG_1401"),
        ("", ""),
    ],
)
def test_words_that_say_nothing_go_unless_nothing_else_is_left(text, kept):
    assert meaningful(text) == kept


def test_all_words_are_a_good_match_and_half_of_them_is_none():
    none, half, every = sure_of_words(np.array([0, 0.5, 1], np.float32))
    assert none == 0
    assert half < STRONG < every < 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", False),
        ("of the", False),
        ("The, of!", False),
        ("r", False),
        ("\u0416", False),
        ("?!", False),
        ("\U0001f1eb\U0001f1f7", False),
        ("\u732b", True),
        ("\U0001f415", True),
        ("5", True),
        ("r2", True),
        ("one dog", True),
    ],
)
def test_what_says_something(text, says):
    assert says_something(text) is says
