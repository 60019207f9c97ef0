"""Chooses the photos that are most useful to ask about: near the threshold, and different from each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Of this many photos for each question the most unlike are taken.
_CANDIDATES_A_QUESTION = 8
# How much a step of log-odds away from what is looked for weighs against a step of unlikeness.
_NEARNESS = 0.15


def ask(
    logits: NDArray[np.float32], visual: NDArray[np.float32], *, near: float, count: int
) -> NDArray[np.intp]:
    """Photos whose answers teach most about one level of sureness.

    Args:
        logits: float32 array, shape (n,), log-odds of the tag.
        visual: float32 array, shape (n, dim), unit length.
        near: the log-odds that are looked for.
        count: most photos returned.

    Returns:
        Places in `logits`, the most useful first: the nearest to `near`, then, one by one, the photo that is
        near and least like those taken before. A burst is asked about once.
    """
    distance = np.abs(logits - near)
    candidates = np.argsort(distance, kind="stable")[: count * _CANDIDATES_A_QUESTION]
    if not len(candidates):
        return candidates
    rows, cost = visual[candidates], _NEARNESS * distance[candidates]
    taken = [0]
    nearest = rows @ rows[0]
    while len(taken) < min(count, len(candidates)):
        gain = -nearest - cost
        gain[taken] = -np.inf
        best = int(np.argmax(gain))
        taken.append(best)
        nearest = np.maximum(nearest, rows @ rows[best])
    return np.asarray(candidates[np.array(taken)])
