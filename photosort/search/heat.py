"""Turns scores of parts into a heat map: where in a photo a query matched."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# A part whose score lies this share of the way to the best one is part of the match.
_HOT = 0.6
# When so much of the photo is, there is no one place to name.
_ALL_OVER = 0.5


class Where(StrEnum):
    """A place in a photo, in words."""

    UPPER_LEFT = "upper left"
    TOP = "top"
    UPPER_RIGHT = "upper right"
    LEFT = "left"
    MIDDLE = "middle"
    RIGHT = "right"
    LOWER_LEFT = "lower left"
    BOTTOM = "bottom"
    LOWER_RIGHT = "lower right"
    ALL_OVER = "all over"


def heat(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scores of parts as heat.

    Args:
        scores: float32 array, shape (rows, columns), cosines with the query.

    Returns:
        float32 array of that shape, 0 to 1: 1 where the query fits best, 0 where it fits as little as in half
        of the parts. All 0 where all parts are alike.
    """
    low, high = float(np.median(scores)), float(scores.max(initial=-np.inf))
    if not high > low:
        return np.zeros(scores.shape, np.float32)
    return np.asarray(np.clip((scores - low) / (high - low), 0.0, 1.0), np.float32)


def where(hot: NDArray[np.float32]) -> Where:
    """The place of the match.

    Args:
        hot: as `heat` gives it.
    """
    matched = hot >= _HOT
    if not matched.any() or matched.mean() > _ALL_OVER:
        return Where.ALL_OVER
    rows, columns = hot.shape
    # The best part speaks for the place; others that match elsewhere are seen on the map.
    row, column = np.unravel_index(int(hot.argmax()), hot.shape)
    names = list(Where)[:9]
    return names[3 * _third(row, rows) + _third(column, columns)]


def _third(place: int | np.integer, count: int) -> int:
    return min(2, int((int(place) + 0.5) / count * 3))
