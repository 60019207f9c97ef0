"""Finds pairs of similar photos by inner products, in blocks of bounded memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BLOCK_ROWS = 2_048


def near_pairs(
    matrix: NDArray[np.float16],
    *,
    least: float,
    most: int,
    check: Callable[[float], None] = lambda done: None,
) -> NDArray[np.intp]:
    """Pairs of rows whose inner product is at least `least`.

    Args:
        matrix: float16 array, shape (n, dim), unit rows; may be memory-mapped.
        least: the least inner product.
        most: partners that one row keeps within a block of others, the nearest first: a thousand black
            pictures must not make half a million pairs.
        check: told the share that is done, from time to time; may raise.

    Returns:
        int array, shape (pairs, 2), the smaller row first; the nearest pairs first.
    """
    found, nearness = [], []
    starts = range(0, len(matrix), _BLOCK_ROWS)
    total = len(starts) * (len(starts) + 1) / 2
    done = 0
    for first in starts:
        rows = np.asarray(matrix[first : first + _BLOCK_ROWS], dtype=np.float32)
        for second in starts[first // _BLOCK_ROWS :]:
            check(done / total)
            others = rows
            if second != first:
                others = np.asarray(matrix[second : second + _BLOCK_ROWS], dtype=np.float32)
            products = rows @ others.T
            if second == first:
                products[np.tril_indices(len(rows))] = -1.0
            places = _best(products, least, most)
            found.append(places + np.array([first, second]))
            nearness.append(products[places[:, 0], places[:, 1]])
            done += 1
    if not found:
        return np.empty((0, 2), dtype=np.intp)
    order = np.argsort(-np.concatenate(nearness), kind="stable")
    return np.concatenate(found)[order]


def _best(products: NDArray[np.float32], least: float, most: int) -> NDArray[np.intp]:
    """Row and column of the products that are high enough, at most `most` a row."""
    high = products >= least
    for row in np.flatnonzero(high.sum(axis=1) > most):
        kept = np.argpartition(-products[row], most)[:most]
        high[row] = False
        high[row, kept] = True
    return np.argwhere(high)


class Joining:
    """Groups that grow pair by pair, to know whether two rows are in one already."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}

    def join(self, one: int, other: int) -> None:
        """Puts two rows, and all that were joined with either, into one group."""
        self._above[self._top(one)] = self._top(other)

    def are_joined(self, one: int, other: int) -> bool:
        """Whether two rows are in one group."""
        return self._top(one) == self._top(other)

    def _top(self, row: int) -> int:
        while (above := self._above.get(row, row)) != row:
            # Halves the way for the next one who asks.
            self._above[row] = self._above.get(above, above)
            row = above
        return row


def joined(pairs: NDArray[np.integer], count: int) -> list[NDArray[np.intp]]:
    """The groups that pairs join: arrays of rows, ascending, each of at least two.

    Args:
        pairs: int array, shape (pairs, 2).
        count: rows in all.
    """
    if not len(pairs):
        return []
    ones = np.ones(len(pairs), dtype=np.int8)
    graph = coo_array((ones, (pairs[:, 0], pairs[:, 1])), shape=(count, count))
    _, group_of = connected_components(graph, directed=False)
    members = np.unique(pairs)
    order = members[np.argsort(group_of[members], kind="stable")]
    cuts = np.flatnonzero(np.diff(group_of[order])) + 1
    return sorted((np.sort(part) for part in np.split(order, cuts)), key=lambda part: int(part[0]))
