"""Layout of the likeness map: a position on the plane for each photo, similar photos close together.

Neighbours attract, photos drawn by chance repel each other, as in UMAP; in NumPy, all photos of an epoch at once.
Source: McInnes et al. 2018, UMAP; Boehm et al. 2022, Attraction-repulsion spectrum in neighbor embeddings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Done = Callable[[int, int], object]

# The most similar photos of each that `laid_out` and `beside_neighbours` want to know.
NEIGHBOURS = 12
NEIGHBOURS_OF_NEW = 5
_EPOCHS = 120
_PULL, _PUSH = 0.2, 4.0
_REPELLERS = 4
_FURTHEST_STEP = 4.0
_SPREAD = 10.0
# Photos at one position are moved apart by this much; otherwise a thousand copies repel each other forever.
_EPSILON = 1e-2
_EVENNESS = 0.75


def _nobody(_done: int, _of: int) -> None:
    return None


def laid_out(
    vectors: NDArray[np.float32], around: NDArray[np.int32], done: Done = _nobody
) -> NDArray[np.float32]:
    """A position for each photo.

    Args:
        vectors: shape (n, dim), centred, unit length.
        around: shape (n, k), the rows of the most similar others of each.
        done: told how far it is, of how much; may raise to stop.

    Returns:
        float32 array, shape (n, 2), between 0 and 1.
    """
    count = len(vectors)
    if count < 3:
        return np.linspace(0.3, 0.7, count, dtype=np.float32)[:, None].repeat(2, axis=1)
    rng = np.random.default_rng(0)
    here = np.repeat(np.arange(count), around.shape[1])
    there = around.ravel().astype(np.int64)
    positions = _begin(vectors, rng)
    for epoch in range(_EPOCHS):
        done(count * epoch // _EPOCHS, count)
        pace = 1.0 - epoch / _EPOCHS
        step = _pulls(positions, here, there)
        for _ in range(_REPELLERS):
            step += _pushes(positions, rng.permutation(count))
        lengths = np.linalg.norm(step, axis=1, keepdims=True)
        positions += pace * step * np.minimum(1, _FURTHEST_STEP / np.maximum(lengths, 1e-9))
    return _framed(positions)


def beside_neighbours(
    around: NDArray[np.int32], positions: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Places for photos that arrived: in the middle of those that look most like them.

    Args:
        around: shape (m, k), for each new photo the most similar ones that have positions.
        positions: shape (n, 2).
    """
    return np.asarray(np.median(positions[around], axis=1), dtype=np.float32)


def _begin(vectors: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
    """The two directions in which the photos differ most, so that similar photos start together."""
    sample = vectors[:: max(1, len(vectors) // 5_000)]
    _, directions = np.linalg.eigh(np.cov(sample.T))
    flat = vectors @ directions[:, -2:].astype(np.float32)
    flat = _SPREAD * flat / np.maximum(flat.std(axis=0), 1e-6)
    return np.asarray(flat + rng.normal(0, 0.1, flat.shape), dtype=np.float32)


def _pulls(
    positions: NDArray[np.float32], here: NDArray[np.int64], there: NDArray[np.int64]
) -> NDArray[np.float32]:
    apart = positions[there] - positions[here]
    strength = _PULL / (1 + (apart**2).sum(axis=1, keepdims=True))
    return _summed(apart * strength, here, len(positions)) - _summed(
        apart * strength, there, len(positions)
    )


def _pushes(positions: NDArray[np.float32], others: NDArray[np.int64]) -> NDArray[np.float32]:
    apart = positions - positions[others]
    squared = (apart**2).sum(axis=1, keepdims=True)
    return np.asarray(apart * _PUSH / ((_EPSILON + squared) * (1 + squared)), dtype=np.float32)


def _summed(steps: NDArray[np.float32], rows: NDArray[np.int64], count: int) -> NDArray[np.float32]:
    return np.stack([np.bincount(rows, steps[:, axis], count) for axis in (0, 1)], axis=1).astype(
        np.float32
    )


def _framed(positions: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scales positions to between 0 and 1, evenly enough that no part of the plane is empty or too dense to see."""
    low, high = np.percentile(positions, [0.5, 99.5], axis=0)
    scaled = np.clip((positions - low) / np.maximum(high - low, 1e-6), 0, 1)
    ranks = positions.argsort(axis=0).argsort(axis=0) / len(positions)
    return np.asarray(
        0.02 + 0.96 * (_EVENNESS * ranks + (1 - _EVENNESS) * scaled), dtype=np.float32
    )
