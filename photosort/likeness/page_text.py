"""Whether two pages say the same: compared at a size at which their text can be read."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from scipy import ndimage

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Longest edge at which a page is compared, and the least at which its text can be read.
READING_PX = 1_600
_LEAST_PX = 600
# About the height of a letter.
_TILE_PX = 16
# Grey levels by which a tile with ink in it varies.
_INK = 14.0
# Of the ink, what may differ: none of 19 pages differs from its copy of half the size or of JPEG quality 40 by more,
# and all do where one digit is another.
_MOST_DIFFERENT = 0.55
# Share of a page that is of one brightness, give or take: receipts from 0.52, photos in one of eight from 0.45 on.
_ONE_TONE = 0.45
_TONE_LEVELS = 12
_PAPER_LEVEL = 170


def tone(grey: NDArray[np.uint8]) -> int | None:
    """The brightness of what a page or a screen is written on; None for what is no page.

    Args:
        grey: a small picture, shape (height, width).
    """
    counts = np.bincount(grey.ravel(), minlength=256) / max(1, grey.size)
    around = np.convolve(counts, np.ones(2 * _TONE_LEVELS + 1), "same")
    level = int(around.argmax())
    return level if around[level] >= _ONE_TONE else None


def is_paper(grey: NDArray[np.uint8]) -> bool:
    """Whether it is a page that is mostly bright, as documents, receipts and most drawings are."""
    level = tone(grey)
    return level is not None and level >= _PAPER_LEVEL


def have_same_text(first: NDArray[np.uint8], second: NDArray[np.uint8]) -> bool:
    """Whether everything that is written in one page stands in the other at the same place.

    Args:
        first: grey picture, shape (height, width), of `READING_PX` at most.
        second: another one of the same shape.

    Returns:
        True too where both are too small to be read.
    """
    if max(first.shape) < _LEAST_PX:
        return True
    one, other = (ndimage.gaussian_filter(page.astype(np.float32), 1.0) for page in (first, second))
    # Twice, so that a letter on the rim of one tile lies in the middle of another.
    return all(_agree(one[start:, start:], other[start:, start:]) for start in (0, _TILE_PX // 2))


def _agree(one: NDArray[np.float32], other: NDArray[np.float32]) -> bool:
    ink = np.maximum(_varies(one), _varies(other))
    differs = np.full(ink.shape, np.inf, np.float32)
    for shift in product((-1, 0, 1), repeat=2):
        differs = np.minimum(differs, _varies(one - np.roll(other, shift, (0, 1))))
    written = ink > _INK
    return not bool((differs[written] > _MOST_DIFFERENT * ink[written]).any())


def _varies(page: NDArray[np.float32]) -> NDArray[np.float32]:
    """Standard deviation of each tile."""
    height, width = (edge // _TILE_PX for edge in page.shape)
    tiles = page[: height * _TILE_PX, : width * _TILE_PX]
    tiles = tiles.reshape(height, _TILE_PX, width, _TILE_PX)
    return np.asarray(tiles.std(axis=(1, 3)), np.float32)
