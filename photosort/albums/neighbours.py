"""Each photo's nearest others, exactly, by products of blocks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# A block of products is 512 x n float32: 200 MB at 100,000 photos.
_BLOCK_ROWS = 512
# The k largest of a row are in the k groups with the largest maxima, so only those groups are sorted. A maximum
# is ten times as quick as a partition.
_GROUP = 64


def nearest(
    vectors: NDArray[np.float32],
    k: int,
    *,
    queries: NDArray[np.float32] | None = None,
    done: Callable[[int, int], object] = lambda _done, _of: None,
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """The k rows of `vectors` with the largest inner products, for every row or for other queries.

    Args:
        vectors: shape (n, dim), unit length.
        k: how many; fewer come back where there are fewer.
        queries: shape (m, dim); None = the rows themselves, each without itself.
        done: told how many rows are finished, of how many; may raise to stop.

    Returns:
        Places int32 and cosines float32, each of shape (m, at most k), in no order.
    """
    is_own = queries is None
    asked = vectors if queries is None else queries
    count = len(vectors)
    k = max(0, min(k, count - 1 if is_own else count))
    places = np.empty((len(asked), k), dtype=np.int32)
    cosines = np.empty((len(asked), k), dtype=np.float32)
    if not k:
        return places, cosines
    groups = -(-count // _GROUP)
    padded = np.full((_BLOCK_ROWS, groups * _GROUP), -np.inf, dtype=np.float32)
    for start in range(0, len(asked), _BLOCK_ROWS):
        done(start, len(asked))
        block = asked[start : start + _BLOCK_ROWS]
        products = padded[: len(block)]
        np.matmul(block, vectors.T, out=products[:, :count])
        if is_own:
            products[np.arange(len(block)), np.arange(start, start + len(block))] = -np.inf
        found = _largest(products, k)
        places[start : start + len(block)] = found
        cosines[start : start + len(block)] = np.take_along_axis(products, found, axis=1)
    return places, cosines


def _largest(products: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    rows, width = products.shape
    groups = width // _GROUP
    if groups <= k:
        return np.asarray(np.argpartition(products, width - k, axis=1)[:, width - k :])
    grouped = products.reshape(rows, groups, _GROUP)
    best = np.argpartition(grouped.max(axis=2), groups - k, axis=1)[:, groups - k :]
    within = np.take_along_axis(grouped, best[:, :, None], axis=1).reshape(rows, k * _GROUP)
    chosen = np.argpartition(within, within.shape[1] - k, axis=1)[:, within.shape[1] - k :]
    return np.asarray(np.take_along_axis(best, chosen // _GROUP, axis=1) * _GROUP + chosen % _GROUP)
