"""Gathers places into clusters, quickly enough for every frame of a zoom over 100,000 of them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Edge of a cluster's cell in pixels; centres nearer to each other than `APART_PX` become one.
CELL_PX, APART_PX = 80, 62
# Places of one bin go everywhere together. A bin is at most this wide on the screen.
_BIN_PX = 8
_DEEPEST = 26


@dataclass(frozen=True, slots=True)
class Cluster:
    """Photos that are so near each other on the screen that they share a cover.

    Attributes:
        row: of the photo on the cover, the first one of the cluster.
        count: how many photos.
        x: where it stands in the view.
        y: the same from above.
        cells: what it is made of, for `PlaceClusters.rows`.
    """

    row: int
    count: int
    x: float
    y: float
    cells: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Bins:
    """Places that are neighbours in one grid; arrays of shape (n,).

    Attributes:
        starts: where each bin begins among the ordered places.
        ends: where it ends.
        rows: the first row of each.
        counts: how many places.
        x: their middle on the plane.
        y: the same from above.
    """

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    rows: NDArray[np.int64]
    counts: NDArray[np.int64]
    x: NDArray[np.float64]
    y: NDArray[np.float64]


class PlaceClusters:
    """Places in the order of a curve that visits each square of the plane before the next one (Morton 1966).

    So the places of any square, however small, are neighbours, and bins for a zoom are found without sorting again.

    Attributes:
        places: on the plane, shape (n, 2), between 0 and 1.
    """

    def __init__(self, places: NDArray[np.floating]) -> None:
        """Orders places, which takes 20 ms for 100,000: better not in the window's thread."""
        self.places = places
        cells = np.clip((places * (1 << _DEEPEST)).astype(np.int64), 0, (1 << _DEEPEST) - 1)
        codes = _spread(cells[:, 0]) | _spread(cells[:, 1]) << 1
        self._rows = np.argsort(codes, kind="stable")
        self._codes = codes[self._rows]
        self._x, self._y = (places[self._rows, axis].astype(np.float64) for axis in (0, 1))
        self._bins: dict[int, _Bins] = {}
        self._ends: NDArray[np.int64] = np.zeros(0, np.int64)
        self._held = np.zeros(0, np.intp), self._binned(0)

    def rows(self, cluster: Cluster) -> NDArray[np.int64]:
        """The rows of the photos of a cluster that was found last, ascending."""
        seen, bins = self._held
        held = np.concatenate(
            [
                seen[(self._ends[cell - 1] if cell else 0) : self._ends[cell]]
                for cell in cluster.cells
            ]
        )
        ranges = zip(bins.starts[held].tolist(), bins.ends[held].tolist(), strict=True)
        return np.sort(np.concatenate([self._rows[start:end] for start, end in ranges]))

    def found(self, left: float, top: float, side: float, wide: int, high: int) -> list[Cluster]:
        """The clusters of a view, the largest first.

        Cells stand still on the plane, so that moving the view changes no cluster.

        Args:
            left: the view's left edge on the plane, in pixels.
            top: its upper edge.
            side: how wide and high the plane is.
            wide: width of the view.
            high: its height.
        """
        bins = self._binned(min(max(math.ceil(math.log2(side / _BIN_PX)), 0), _DEEPEST))
        first_column, first_row = math.floor(left / CELL_PX) - 1, math.floor(top / CELL_PX) - 1
        columns, rows = wide // CELL_PX + 4, high // CELL_PX + 4
        column = np.floor(bins.x * (side / CELL_PX)) - first_column
        row = np.floor(bins.y * (side / CELL_PX)) - first_row
        seen = np.flatnonzero((column >= 0) & (column < columns) & (row >= 0) & (row < rows))
        if not len(seen):
            return []
        cells = (row[seen] * columns + column[seen]).astype(np.int64)
        counts = bins.counts[seen]
        total = np.bincount(cells, counts)
        x = np.bincount(cells, counts * bins.x[seen]) * side
        y = np.bincount(cells, counts * bins.y[seen]) * side
        used = np.flatnonzero(total)
        used = used[np.argsort(-total[used], kind="stable")]
        middles = {
            cell: (across, down)
            for cell, across, down in zip(
                used.tolist(),
                (x[used] / total[used] - left).tolist(),
                (y[used] / total[used] - top).tolist(),
                strict=True,
            )
        }
        # The bins of each cell, next to each other.
        order = np.argsort(cells, kind="stable")
        self._ends = np.cumsum(np.bincount(cells, minlength=len(total)))
        self._held = seen[order], bins
        begins = np.flatnonzero(np.diff(cells[order], prepend=-1))
        covers = dict(
            zip(
                cells[order][begins].tolist(),
                np.minimum.reduceat(bins.rows[seen][order], begins).tolist(),
                strict=True,
            )
        )
        return [
            Cluster(
                min(covers[cell] for cell in held),
                int(sum(total[cell] for cell in held)),
                *middles[held[0]],
                tuple(held),
            )
            for held in _joined(middles, columns)
        ]

    def _binned(self, depth: int) -> _Bins:
        """The places in a grid of 2^depth by 2^depth bins."""
        bins = self._bins.get(depth)
        if bins is None:
            codes = self._codes >> 2 * (_DEEPEST - depth)
            starts = np.flatnonzero(np.diff(codes, prepend=-1))
            ends = np.append(starts[1:], len(codes))
            counts = ends - starts
            if len(starts):
                rows = np.minimum.reduceat(self._rows, starts)
                x, y = (np.add.reduceat(one, starts) / counts for one in (self._x, self._y))
            else:
                rows, x, y = self._rows, self._x, self._y
            bins = self._bins[depth] = _Bins(starts, ends, rows, counts, x, y)
        return bins


def _joined(middles: dict[int, tuple[float, float]], columns: int) -> list[list[int]]:
    """Cells in groups: each takes those beside it whose middle is too near, the first one the first."""
    around = [dy * columns + dx for dy in (-1, 0, 1) for dx in (-1, 0, 1) if dx or dy]
    free = dict(middles)
    groups = []
    for cell, (x, y) in middles.items():
        if free.pop(cell, None) is None:
            continue
        held = [cell]
        for step in around:
            beside = free.get(cell + step)
            if (
                beside is not None
                and abs(beside[0] - x) < APART_PX
                and abs(beside[1] - y) < APART_PX
            ):
                del free[cell + step]
                held.append(cell + step)
        groups.append(held)
    return groups


def _spread(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """The bits of numbers below 2^26 with a zero between any two."""
    for shift, mask in (
        (16, 0x0000FFFF0000FFFF),
        (8, 0x00FF00FF00FF00FF),
        (4, 0x0F0F0F0F0F0F0F0F),
        (2, 0x3333333333333333),
        (1, 0x5555555555555555),
    ):
        values = (values | values << shift) & mask
    return values
