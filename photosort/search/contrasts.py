"""Pairs of words that exclude each other (red, blue): what "this photo, but red" removes from the photo.

Source: the difference of two texts as the direction of an edit, as in PDV (Tursun et al. 2025); which text to
start from is found among the words that exclude the one that is asked for.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SETS = tuple(
    tuple(words.split(", "))
    for words in (
        "red, orange, yellow, green, blue, purple, pink, brown, black, white, grey",
        "in the morning, at noon, in the evening, at sunset, at night",
        "spring, summer, autumn, winter",
        "sunny, cloudy, rainy, foggy, snowy, stormy",
        "indoors, outdoors",
        "one, two, three, four",
        "small, large",
        "young, old",
        "on the left, on the right, at the top, at the bottom",
        "in a city, in a forest, on a beach, in the mountains, in a desert, at home",
    )
)
# How much the edit counts beside the photo when both are asked for alike. Chosen on one seed of drawn pictures;
# flat from 1.5 to 3.
EDIT_WEIGHT = 2.0


def others(text: str) -> list[str]:
    """The description with each word that excludes one of its own: "a red car" gives "a blue car" and so on."""
    found: list[str] = []
    for pattern, word, words in _patterns():
        if pattern.search(text):
            found += [
                pattern.sub(other.replace("\\", r"\\"), text) for other in words if other != word
            ]
    return found


def edited(
    photo: NDArray[np.float32],
    text: NDArray[np.float32],
    other_texts: NDArray[np.float32],
    words_share: float,
) -> NDArray[np.float32]:
    """The vector of a photo with what the words ask for, in one space.

    Args:
        photo: float32 array, shape (dim,), centred, unit length.
        text: the same for the description.
        other_texts: float32 array, shape (n, dim), the same for `others`.
        words_share: 0 the photo alone, 1 the words alone.

    Returns:
        float32 array, shape (dim,), unit length.
    """
    direction = _unit(text - other_texts.mean(axis=0))
    return _unit((1 - words_share) * photo + words_share * EDIT_WEIGHT * direction)


@cache
def _patterns() -> list[tuple[re.Pattern[str], str, tuple[str, ...]]]:
    return [
        (re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE), word, words)
        for words in _SETS
        for word in words
    ]


def _unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-12), np.float32)
