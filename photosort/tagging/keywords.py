"""Cross-validates imported keywords: which of them can be suggested for other photos.

Files say what a photo shows and never what it does not: a photo without "dog" may well show one. Photos that have
other keywords are still the best witnesses there are, so a keyword passes only if it is right often enough with
every one of them counted against it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from photosort.tagging import learning

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEWEST = 6
_FOLDS = 5
_PRECISION = 0.8
_LEAST_RIGHT = 3


@dataclass(frozen=True, slots=True)
class Validation:
    """How a keyword fared on photos that it was not learned from.

    Attributes:
        right: photos with the keyword for which it would be suggested.
        wrong: photos with other keywords only for which it would be suggested, of as many as there are.
    """

    right: int
    wrong: float

    @property
    def precision(self) -> float:
        """Share that was right, with absence taken for a no; 0 where nothing would be suggested."""
        total = self.right + self.wrong
        return self.right / total if total else 0.0

    @property
    def passes(self) -> bool:
        """Whether the keyword may be suggested."""
        return self.right >= _LEAST_RIGHT and self.precision >= _PRECISION


def validate(
    shown: tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]],
    others: tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]],
    *,
    threshold: float,
    weight: float = 1.0,
) -> Validation:
    """Learns a keyword from four fifths of its photos and tries it on the rest, five times.

    Args:
        shown: the photos that have the keyword: visual rows (n, visual dim), semantic rows (n, semantic dim), and
            log-odds from the keyword's text alone (n,).
        others: the same of photos that have other keywords only.
        threshold: log-odds from which it would be suggested.
        weight: how many photos each of `others` stands for, where they are a sample.
    """
    visual, semantic, base = shown
    fold = np.arange(len(visual)) % _FOLDS
    fold_of_others = np.arange(len(others[0])) % _FOLDS
    nothing = np.zeros((0, visual.shape[1]), dtype=np.float32)
    right = wrong = 0
    for n in range(_FOLDS):
        kept, tried = fold != n, fold_of_others == n
        lesson = learning.learn(visual[kept], semantic[kept], nothing)
        mine = base[~kept] + lesson.of(visual[~kept], semantic[~kept])
        theirs = others[2][tried] + lesson.of(others[0][tried], others[1][tried])
        right += int(np.count_nonzero(mine >= threshold))
        wrong += int(np.count_nonzero(theirs >= threshold))
    return Validation(right, wrong * weight)
