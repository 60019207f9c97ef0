"""How sharp and how well exposed a small picture is; for comparing shots of one scene with each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import ndimage

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BLACK, _WHITE = 3, 252
_TILES = 6
# Of the tiles, the sharpest: the subject is in focus, the background need not be.
_SHARPEST = 0.25


def sharpness(grey: NDArray[np.uint8]) -> float:
    """Strength of fine detail in the sharpest quarter of the picture; grows with focus, falls with shake.

    Source: variance of the Laplacian, Pertuz et al. 2013, LAPV.
    """
    detail = ndimage.laplace(grey.astype(np.float32))
    tiles = [
        float(tile.var())
        for band in np.array_split(detail, _TILES, axis=0)
        for tile in np.array_split(band, _TILES, axis=1)
        if tile.size
    ]
    best = sorted(tiles, reverse=True)[: max(1, round(len(tiles) * _SHARPEST))]
    return float(np.mean(best))


def exposure(grey: NDArray[np.uint8]) -> float:
    """Share of the picture that is neither pure black nor pure white."""
    return 1.0 - float(((grey < _BLACK) | (grey > _WHITE)).mean())
