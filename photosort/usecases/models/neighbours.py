"""The photos that are most like each of many."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from photosort.albums.neighbours import nearest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from photosort.store.vectors.vector_index import VectorIndex


def nearest_photos(
    index: VectorIndex,
    among: NDArray[np.intp],
    k: int,
    *,
    asked: NDArray[np.intp] | None = None,
    done: Callable[[int, int], object] = lambda _done, _of: None,
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """The nearest of some photos, for each of them or for others.

    Through the index's graph where it has one, from products of all pairs in a library that is too small for it.

    Args:
        index: opened with its graph.
        among: rows.
        k: how many; fewer come back where there are fewer.
        asked: rows; None = those `among`, each without itself.
        done: told how many are finished, of how many; may raise to stop.

    Returns:
        Places in `among`, int32, and cosines float32, each of shape (n, at most k), in no order.
    """
    # Few of what a graph finds would be among them.
    if index.has_graph and 2 * len(among) > len(index) and len(among) > k:
        return index.neighbours(among if asked is None else asked, among, k, done)
    queries = None if asked is None else index.rows(asked)
    return nearest(index.rows(among), k, queries=queries, done=done)
