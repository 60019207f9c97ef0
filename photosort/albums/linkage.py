"""Average linkage over a neighbour graph: groups join while the mean cosine between their photos is high.

All pairs of groups that are each other's nearest join at once, round by round. Average linkage never makes a
group more similar to a third than its better part was, so the result is that of joining the nearest pair of all,
one at a time (reciprocal agglomerative clustering).
Source: Sumengen et al. 2021, Scaling hierarchical agglomerative clustering to billion-sized datasets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# So few groups are compared with all others; before, only along the neighbour graph.
_ALL_PAIRS = 1_500
_PRODUCT_ROWS = 50_000


def join(
    sums: NDArray[np.float32],
    counts: NDArray[np.int64],
    edges: tuple[NDArray[np.int64], NDArray[np.int64]] | None,
    least: float,
) -> NDArray[np.int64]:
    """Joins groups until no two of them have a mean cosine of at least `least`.

    Args:
        sums: shape (n, dim), the sum of each group's unit vectors.
        counts: shape (n,), photos of each group.
        edges: pairs of groups that may be similar; needed for more than `_ALL_PAIRS` groups.
        least: mean cosine between the photos of two groups from which they are one.

    Returns:
        shape (n,), the new group of each, counted from 0.
    """
    label = np.arange(len(sums))
    if len(sums) < 2:
        return label
    weights = counts.astype(np.float64)
    was_complete = len(sums) <= _ALL_PAIRS
    pairs = _complete(len(sums)) if was_complete or edges is None else _undirected(*edges)
    alike = _mean_cosines(sums, weights, pairs)
    while True:
        keep = alike >= least
        found = _reciprocal(len(sums), pairs[:, keep], alike[keep])
        if not found.size:
            if was_complete or len(sums) > _ALL_PAIRS:
                return label
            was_complete = True
            pairs = _complete(len(sums))
            alike = _mean_cosines(sums, weights, pairs)
            continue
        renamed, count = _renamed(len(sums), found)
        label = renamed[label]
        sums = _summed(sums, renamed, count)
        weights = np.bincount(renamed, weights, count).astype(np.float64)
        changed = np.zeros(count, dtype=np.bool_)
        changed[renamed[found[0]]] = True
        pairs, alike = _carried(renamed[pairs], alike, count)
        fresh = changed[pairs].any(axis=0)
        alike[fresh] = _mean_cosines(sums, weights, pairs[:, fresh])
        if not was_complete and count <= _ALL_PAIRS:
            was_complete = True
            pairs = _complete(count)
            alike = _mean_cosines(sums, weights, pairs)


def _complete(count: int) -> NDArray[np.int64]:
    return np.stack(np.triu_indices(count, 1))


def _undirected(here: NDArray[np.int64], there: NDArray[np.int64]) -> NDArray[np.int64]:
    low, high = np.minimum(here, there), np.maximum(here, there)
    size = int(high.max(initial=0)) + 1
    keys = np.unique(low[low != high] * size + high[low != high])
    return np.stack([keys // size, keys % size])


def _mean_cosines(
    sums: NDArray[np.float32], counts: NDArray[np.float64], pairs: NDArray[np.int64]
) -> NDArray[np.float32]:
    found = np.empty(pairs.shape[1], dtype=np.float32)
    for start in range(0, len(found), _PRODUCT_ROWS):
        here, there = pairs[:, start : start + _PRODUCT_ROWS]
        products = np.einsum("ij,ij->i", sums[here], sums[there])
        found[start : start + len(here)] = products / (counts[here] * counts[there])
    return found


def _reciprocal(
    count: int, pairs: NDArray[np.int64], alike: NDArray[np.float32]
) -> NDArray[np.int64]:
    """Pairs that are each other's nearest; shape (2, m)."""
    best = np.full(count, -np.inf, dtype=np.float32)
    for ends in pairs:
        np.maximum.at(best, ends, alike)
    # Of equally near ones each group takes the pair of the lowest number, which is drawn for pairs, not for groups: in a
    # thousand copies of one photo hundreds of pairs then find each other in a round, and at least one always does.
    drawn = _mixed(pairs[0] * count + pairs[1])
    lowest = np.full(count, np.iinfo(np.uint64).max, dtype=np.uint64)
    nearest = [alike == best[ends] for ends in pairs]
    for ends, near in zip(pairs, nearest, strict=True):
        np.minimum.at(lowest, ends[near], drawn[near])
    chosen = np.logical_and.reduce(
        [near & (drawn == lowest[ends]) for ends, near in zip(pairs, nearest, strict=True)]
    )
    return pairs[:, chosen]


def _mixed(numbers: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Numbers in another, well mixed order, each still once (the finaliser of SplitMix64, Steele et al. 2014)."""
    mixed = numbers.astype(np.uint64)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return np.asarray(mixed ^ (mixed >> np.uint64(31)))


def _renamed(count: int, found: NDArray[np.int64]) -> tuple[NDArray[np.int64], int]:
    target = np.arange(count)
    target[found[1]] = found[0]
    kept, renamed = np.unique(target, return_inverse=True)
    return renamed, len(kept)


def _summed(
    sums: NDArray[np.float32], renamed: NDArray[np.int64], count: int
) -> NDArray[np.float32]:
    order = np.argsort(renamed, kind="stable")
    starts = np.searchsorted(renamed[order], np.arange(count))
    return np.asarray(np.add.reduceat(sums[order], starts, axis=0), dtype=np.float32)


def _carried(
    pairs: NDArray[np.int64], alike: NDArray[np.float32], count: int
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Pairs after a renaming, each once."""
    low, high = np.minimum(*pairs), np.maximum(*pairs)
    apart = low != high
    keys, first = np.unique(low[apart] * count + high[apart], return_index=True)
    return np.stack([keys // count, keys % count]), alike[apart][first]
