"""Pairs of similar photos, from the nearest others of each, and the groups that pairs make."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from numpy.typing import NDArray


def near_pairs(
    places: NDArray[np.integer], cosines: NDArray[np.float32], *, least: float
) -> NDArray[np.intp]:
    """Pairs of rows of which one is among the nearest of the other.

    Args:
        places: shape (n, k), the rows of the nearest others of each row.
        cosines: shape (n, k), with them.
        least: the least cosine of a pair.

    Returns:
        int array, shape (pairs, 2), the smaller row first; the nearest pairs first.
    """
    here, column = np.nonzero(cosines >= least)
    pairs = np.sort(np.stack([here, places[here, column]], axis=1), axis=1)
    pairs, first = np.unique(pairs, axis=0, return_index=True)
    order = np.argsort(-cosines[here, column][first], kind="stable")
    return np.asarray(pairs[order], dtype=np.intp)


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
