"""Inner products of very many stored rows with one query.

NumPy multiplies float16 by converting each number in software: 100,000 x 384 take 120 ms. NumKong, the
kernels inside usearch, has instructions for it: 10 to 16 ms on one core, without holding the interpreter
lock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numkong
import numpy as np

from photosort.threads.lanes import cores

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Below this many rows a second thread costs more than it brings.
_ROWS_A_THREAD = 50_000
_MOST_THREADS = 4


def half_products(matrix: NDArray[np.float16], query: NDArray[np.float32]) -> NDArray[np.float32]:
    """Inner products of the query with all rows.

    Args:
        matrix: float16 array, shape (n, dim), C order; may be memory-mapped.
        query: float32 array, shape (dim,), of any length; rounded to float16 on the way.

    Returns:
        float32 array, shape (n,); for unit vectors within 1e-4.
    """
    length = float(np.linalg.norm(query))
    if length == 0.0:
        return np.zeros(len(matrix), dtype=np.float32)
    return _products(matrix, (query / length).astype(np.float16)) * np.float32(length)


def part_products(codes: NDArray[np.int8], query: NDArray[np.float32]) -> NDArray[np.float32]:
    """Inner products of the query with the codes of each row's parts.

    Args:
        codes: int8 array, shape (n, parts, dim), C order; may be memory-mapped.
        query: float32 array, shape (dim,); rounded to int8 on the way.

    Returns:
        float32 array, shape (parts, n): the largest of each column is found twenty times as quickly as of each row.
    """
    count, parts, dim = codes.shape
    scale = np.float32(max(float(np.abs(query).max(initial=0.0)), 1e-12) / 127)
    products = _products(codes.reshape(count * parts, dim), np.rint(query / scale).astype(np.int8))
    products *= scale
    return np.ascontiguousarray(products.reshape(count, parts).T)


def widened(values: NDArray[np.float16]) -> NDArray[np.float32]:
    """The same numbers in float32; five times as quick as NumPy's `astype`."""
    if not values.size:
        return np.zeros(values.shape, dtype=np.float32)
    return np.asarray(numkong.astype(np.ascontiguousarray(values), "float32"), dtype=np.float32)


def largest(values: NDArray[np.float32], k: int) -> NDArray[np.intp]:
    """Places of the k largest values, in no order."""
    if k >= len(values):
        return np.arange(len(values), dtype=np.intp)
    return np.asarray(np.argpartition(values, len(values) - k)[len(values) - k :], dtype=np.intp)


def _products(matrix: NDArray[np.generic], query: NDArray[np.generic]) -> NDArray[np.float32]:
    if not len(matrix):
        return np.zeros(0, dtype=np.float32)
    threads = max(1, min(cores(), _MOST_THREADS, len(matrix) // _ROWS_A_THREAD))
    found = numkong.cdist(np.asarray(matrix), query[None], "dot", threads=threads)
    return np.asarray(found).ravel().astype(np.float32)
