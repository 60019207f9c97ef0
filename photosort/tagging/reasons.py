"""Reasons for a tag: which of its descriptors speak for it in this photo, and which against."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from photosort.domain.tags import Reason

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST = 3


def reasons(
    photo: NDArray[np.float32],
    descriptors: Sequence[str],
    vectors: Sequence[NDArray[np.float32]],
    text_centre: NDArray[np.float32],
    *,
    limit: int = MOST,
) -> list[Reason]:
    """The descriptors that count most, for or against, strongest first.

    Args:
        photo: float32 array, shape (dim,), unit length, centred.
        descriptors: what to look for, in the user's words.
        vectors: one unit vector a descriptor, not centred.
        text_centre: float32 array, shape (dim,).
        limit: most reasons.

    Returns:
        Reasons whose weight is the cosine of photo and descriptor: above zero it speaks for the tag.

    Source: Menon and Vondrick 2022, section 2: the score of a class is the mean over its descriptors.
    """
    if not descriptors:
        return []
    rows = np.stack(list(vectors)) - text_centre
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
    weights = rows @ photo
    order = np.argsort(-np.abs(weights), kind="stable")[:limit]
    return [Reason(descriptors[i], float(weights[i])) for i in order]
