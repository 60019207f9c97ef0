"""Splits long descriptions into parts: an encoder reads only the first dozen words well.

Source: Zhang et al. 2024 (Long-CLIP) measure that CLIP reads fewer than 20 tokens well.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

# A description of so many words or fewer is one, unless it is several sentences.
ONE_CLAUSE_WORDS = 12
# So many parts are compared one by one; what is longer still has longer parts.
MOST_CLAUSES = 16
# How much the worst-fitting parts count beside the mean of all, and how soft "worst" is, in cosines.
# Chosen on the fitting photos of the splits; flat between 0.1 and 0.3.
MINIMUM_SHARE = 0.2
SOFTNESS = 0.1

_SENTENCE = re.compile(r"(?<=[.!?;。！？；])\s+|(?<=[。！？；])|\n+|\s[.;](?=\s|$)")
_COMMA = re.compile(r"[,，、]\s+|\s+(?:and|while|und|während|et|y|mientras|e|mentre|enquanto)\s+")
# Scripts without spaces: two characters are about a word.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]{2}|[^\s\u3040-\u30ff\u3400-\u9fff]+")
_LEAST_WORDS = 2


def split(text: str) -> list[str]:
    """A description's clauses, in order; a short one is a single clause.

    Sentences are parted always, longer ones also at commas and "and".
    """
    sentences = _pieces(_SENTENCE, text)
    clauses = [
        clause
        for sentence in sentences
        for clause in (
            _pieces(_COMMA, sentence) if _words(sentence) > ONE_CLAUSE_WORDS else [sentence]
        )
    ]
    if len(clauses) <= MOST_CLAUSES:
        return clauses or [text.strip()]
    bounds = np.linspace(0, len(clauses), MOST_CLAUSES + 1).round().astype(int).tolist()
    return [" ".join(clauses[a:b]) for a, b in pairwise(bounds)]


def words_each(clauses: Sequence[str]) -> float:
    """Words of a clause, on average."""
    return sum(map(_words, clauses)) / len(clauses)


def combined(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """How well photos fit all clauses together: their mean, drawn towards the one that fits worst.

    Args:
        scores: float32 array, shape (clauses, n), cosines.

    Returns:
        float32 array, shape (n,).
    """
    if len(scores) == 1:
        return np.asarray(scores[0])
    lowest = scores.min(axis=0)
    soft = lowest - SOFTNESS * np.log(np.exp((lowest - scores) / SOFTNESS).mean(axis=0))
    mixed = (1 - MINIMUM_SHARE) * scores.mean(axis=0) + MINIMUM_SHARE * soft
    return np.asarray(mixed, dtype=np.float32)


def _pieces(pattern: re.Pattern[str], text: str) -> list[str]:
    """The parts between the matches; a part of one word goes with the one before it."""
    pieces: list[str] = []
    for piece in (part.strip(" .,;。；\n\t") for part in pattern.split(text)):
        if not piece:
            continue
        if pieces and (_words(piece) < _LEAST_WORDS or _words(pieces[-1]) < _LEAST_WORDS):
            pieces[-1] += f", {piece}"
        else:
            pieces.append(piece)
    return pieces


def _words(text: str) -> int:
    return len(_WORD.findall(text))
