"""Scores photos by words in names, tags, captions and metadata."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# A word in a name or a tag is nearly always what was meant, whatever the picture shows.
SURE_OF_WORDS = 0.9
# How quickly less than all of the words says less. Chosen on captions of the fitting photos.
PARTLY = 2.0

# What carries no meaning by itself, in the languages that most photos are named in. Words that also are
# something to be seen or a name ("may", "die", "sur") are left out.
_EMPTY = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "for",
        "from",
        "has",
        "have",
        "he",
        "her",
        "his",
        "in",
        "into",
        "is",
        "it",
        "its",
        "of",
        "on",
        "one",
        "onto",
        "or",
        "she",
        "some",
        "that",
        "the",
        "their",
        "them",
        "there",
        "they",
        "this",
        "to",
        "two",
        "up",
        "while",
        "who",
        "with",
        "his",
        "him",
        "being",
        "over",
        "out",
        "near",
        "next",
        "der",
        "den",
        "dem",
        "des",
        "das",
        "ein",
        "eine",
        "einen",
        "einem",
        "einer",
        "und",
        "oder",
        "ist",
        "sind",
        "im",
        "in",
        "am",
        "auf",
        "an",
        "mit",
        "von",
        "zu",
        "bei",
        "für",
        "aus",
        "le",
        "la",
        "les",
        "un",
        "une",
        "des",
        "du",
        "de",
        "et",
        "ou",
        "est",
        "sont",
        "dans",
        "en",
        "au",
        "aux",
        "avec",
        "pour",
        "par",
        "el",
        "los",
        "las",
        "unos",
        "unas",
        "y",
        "o",
        "es",
        "son",
        "del",
        "al",
        "con",
        "por",
        "para",
        "il",
        "lo",
        "gli",
        "i",
        "uno",
        "di",
        "da",
        "nel",
        "nella",
        "con",
        "e",
    ]
)


def meaningful(text: str) -> str:
    """A description without the words that say nothing by themselves; all of it when nothing else is left."""
    words = text.split()
    kept = [word for word in words if word.casefold().strip(".,;:!?") not in _EMPTY]
    return " ".join(kept or words)


def says_something(text: str) -> bool:
    """Whether a text holds a word that means something by itself, or a sign: more than "of the", one letter or "?!"."""
    words = ("".join(filter(_is_sign, word)).casefold() for word in text.split())
    return any(word and word not in _EMPTY and not _is_one_letter(word) for word in words)


def _is_sign(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LN" or (
        category == "So" and not "\U0001f1e6" <= character <= "\U0001f1ff"
    )


def _is_one_letter(word: str) -> bool:
    # Alphabets have two cases; a single sign of other scripts may be a word.
    return len(word) == 1 and word.upper() != word


def sure_of_words(share: NDArray[np.float32]) -> NDArray[np.float32]:
    """How probably a photo is what was meant when its words hold a share of the query's.

    Args:
        share: float32 array, 0 to 1; rare words count more in it.
    """
    return np.asarray(SURE_OF_WORDS * share**PARTLY, dtype=np.float32)
