"""Scores the quarters of a picture, because the vector of the whole loses a thing in a corner.

Read only where a query names something unwanted, which is often such a thing. Elsewhere the whole picture was measured
to do as well (docs/decisions/0055-negation.md), and its probabilities and cut-offs stay what they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from photosort.search.cutoff import sigmoid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from photosort.domain.encoders import Logistic

# A part that shows what is wanted is believed this much less to show what is not: a dog is a little like a cat.
# Less finds more of what is unwanted in mosaics and takes more single photos for it, more the other way round.
_EXCUSED = 0.3


def shown(
    whole: NDArray[np.float32], parts: NDArray[np.float32], logistic: Logistic
) -> NDArray[np.float32]:
    """How probably photos show what is wanted, by the whole picture or by its best part: the mean of both odds.

    Args:
        whole: float32 array, shape (n,), probabilities of the whole pictures.
        parts: float32 array, shape (parts, n), `cutoff.evidence` of the parts, and the query's offset.
        logistic: that both were made with.

    Returns:
        float32 array, shape (n,).
    """
    odds = whole / np.maximum(1 - whole, 1e-9)
    best = np.exp(np.clip(parts.max(axis=0) + logistic.bias, -30, 30))
    mean = (odds + best) / 2
    return np.asarray(mean / (1 + mean), dtype=np.float32)


def shown_unwanted(
    parts: NDArray[np.float32], wanted: Sequence[NDArray[np.float32]], logistic: Logistic
) -> NDArray[np.float32]:
    """How probably photos show what is unwanted in one of their parts, for `cutoff.trace`.

    Args:
        parts: float32 array, shape (parts, n), `cutoff.evidence` of the parts for what is unwanted.
        wanted: the same for each thing that is wanted.
        logistic: that all were made with.

    Returns:
        float32 array, shape (n,).
    """
    excuse = np.maximum.reduce([np.zeros_like(parts), *wanted])
    return sigmoid((parts - _EXCUSED * excuse).max(axis=0) + logistic.bias)
