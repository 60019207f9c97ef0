"""Compressed vectors of many words: four bits a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.fft import dct, idct

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LEVELS = 7
# Values beyond this many standard deviations are clipped: a finer step for all others reduces the total error.
_SPREADS = 2.6


def quantised(vectors: NDArray[np.float32]) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Vectors as codes, two to a byte, and the step of each row.

    Args:
        vectors: shape (n, dim), dim even; cosines to the originals are above 0.98.

    Returns:
        uint8 array, shape (n, dim / 2), and float32 array, shape (n,).
    """
    vectors = _turned(vectors)
    steps = np.maximum(vectors.std(axis=1) * _SPREADS / _LEVELS, 1e-12).astype(np.float32)
    codes = np.clip(np.rint(vectors / steps[:, None]), -_LEVELS, _LEVELS).astype(np.int8) + 8
    return (codes[:, ::2] | codes[:, 1::2] << 4).astype(np.uint8), steps


def restored(codes: NDArray[np.uint8], steps: NDArray[np.float32]) -> NDArray[np.float32]:
    """Decodes codes to vectors of unit length."""
    vectors = np.empty((len(codes), 2 * codes.shape[1]), dtype=np.float32)
    vectors[:, ::2] = (codes & 15).astype(np.float32) - 8
    vectors[:, 1::2] = (codes >> 4).astype(np.float32) - 8
    vectors *= steps[:, None]
    vectors = _turned_back(vectors)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)


def _turned(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rotates vectors so that no component dominates: four bits cannot hold one that is fifteen times the others."""
    for signs in _signs(vectors.shape[1]):
        vectors = dct(vectors * signs, axis=1, norm="ortho")
    return np.asarray(vectors, dtype=np.float32)


def _turned_back(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    for signs in reversed(_signs(vectors.shape[1])):
        vectors = idct(vectors, axis=1, norm="ortho") * signs
    return np.asarray(vectors, dtype=np.float32)


def _signs(dim: int) -> list[NDArray[np.float32]]:
    rng = np.random.default_rng(0)
    return [rng.choice(np.array([-1, 1], dtype=np.float32), dim) for _ in range(2)]
