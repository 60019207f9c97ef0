"""Maps a text vector into another encoder's space when that encoder's own text model is gone.

Source: XBT (cross-modal backward-compatible training), reduced to its closed form: a ridge map fitted on sentences
that both towers have read. No photo is needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Shares of the mean eigenvalue that are tried as the ridge; the best on held-out sentences is kept.
_RIDGES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
_HELD_OUT = 5
# Fewer sentences than this say nothing of a space of hundreds of dimensions.
LEAST_SENTENCES = 100


@dataclass(frozen=True, slots=True)
class TextMap:
    """Carries text vectors over.

    Attributes:
        centre: float32 array, shape (from dim,), mean of the sentences in the space that they come from.
        weight: float32 array, shape (from dim, to dim).
        target: float32 array, shape (to dim,), mean of the sentences in the space that they go to.
        cosine: mean cosine of carried sentences with the tower's own, on sentences that were held out.
    """

    centre: NDArray[np.float32]
    weight: NDArray[np.float32]
    target: NDArray[np.float32]
    cosine: float

    def carry(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """Vectors in the other space: float32 array, shape (n, to dim), unit length."""
        carried = (rows - self.centre) @ self.weight + self.target
        return _unit(carried)


def fit_text_map(come: NDArray[np.float32], go: NDArray[np.float32]) -> TextMap:
    """Fits a map on sentences that both towers have read.

    Args:
        come: float32 array, shape (n, from dim), unit vectors of the tower that is there.
        go: float32 array, shape (n, to dim), unit vectors of the tower that is gone, same sentences.
    """
    held = np.arange(len(come)) % _HELD_OUT == 0
    best, best_cosine = _RIDGES[-1], -1.0
    for ridge in _RIDGES:
        centre, weight, target = _solve(come[~held], go[~held], ridge)
        carried = _unit((come[held] - centre) @ weight + target)
        cosine = float((carried * _unit(go[held])).sum(axis=1).mean())
        if cosine > best_cosine:
            best, best_cosine = ridge, cosine
    return TextMap(*_solve(come, go, best), cosine=best_cosine)


def _solve(
    come: NDArray[np.float32], go: NDArray[np.float32], ridge: float
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    centre, target = come.mean(axis=0), go.mean(axis=0)
    inputs = (come - centre).astype(np.float64)
    gram = inputs.T @ inputs
    gram[np.diag_indices(len(gram))] += ridge * np.trace(gram) / len(gram)
    weight = np.linalg.solve(gram, inputs.T @ (go - target))
    return centre, weight.astype(np.float32), target


def _unit(rows: NDArray[np.floating]) -> NDArray[np.float32]:
    norms = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.maximum(norms, 1e-12), dtype=np.float32)
