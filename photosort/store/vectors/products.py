"""Inner products of very many stored rows with one query.

NumPy multiplies float16 by converting each number in software: 100,000 x 384 take 120 ms. NumKong, the
kernels inside usearch, has instructions for it: 10 to 16 ms on one core, without holding the interpreter
lock. int8 is four times as quick again, at an error of a cosine of about 6e-4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numkong
import numpy as np

from photosort.threads.lanes import cores

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BLOCK_ROWS = 8_192
# Below this many rows a second thread costs more than it brings.
_ROWS_A_THREAD = 50_000
_MOST_THREADS = 4


def half_products(
    matrix: NDArray[np.float16], query: NDArray[np.float32], rows: NDArray[np.intp] | None = None
) -> NDArray[np.float32]:
    """Inner products of the query with all rows, or with some, in their order.

    Args:
        matrix: float16 array, shape (n, dim), C order; may be memory-mapped.
        query: float32 array, shape (dim,); rounded to float16 on the way.
        rows: int array, shape (m,); None = all.

    Returns:
        float32 array, shape (n,) or (m,); for unit vectors within 1e-4.
    """
    return _products(matrix, query.astype(np.float16), rows)


def quantised(rows: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Rows as int8 codes and the scale that turns each row's codes back into numbers.

    Args:
        rows: float32 array, shape (n, dim).

    Returns:
        int8 array, shape (n, dim), and float32 array, shape (n,). A scale a row, so that rows with a few
        large numbers are not clipped.
    """
    scales = np.maximum(np.abs(rows).max(axis=1, initial=0.0), 1e-12) / 127
    return np.rint(rows / scales[:, None]).astype(np.int8), scales.astype(np.float32)


def code_products(
    codes: NDArray[np.int8],
    scales: NDArray[np.float32],
    query: NDArray[np.float32],
    rows: NDArray[np.intp] | None = None,
) -> NDArray[np.float32]:
    """Inner products of the query with quantised rows, or with some of them, in their order.

    Args:
        codes: int8 array, shape (n, dim), C order; may be memory-mapped.
        scales: float32 array, shape (n,).
        query: float32 array, shape (dim,); quantised on the way.
        rows: int array, shape (m,); None = all.

    Returns:
        float32 array, shape (n,) or (m,); for unit vectors of 512 numbers within 3e-3.
    """
    (code,), (scale,) = quantised(query[None])
    products = _products(codes, code, rows)
    products *= (scales if rows is None else scales[rows]) * scale
    return products


def part_products(codes: NDArray[np.int8], query: NDArray[np.float32]) -> NDArray[np.float32]:
    """Inner products of the query with the codes of each row's parts.

    Args:
        codes: int8 array, shape (n, parts, dim), C order; may be memory-mapped.
        query: float32 array, shape (dim,); quantised on the way.

    Returns:
        float32 array, shape (parts, n): the largest of each column is found twenty times as quickly as of each row.
    """
    count, parts, dim = codes.shape
    (code,), (scale,) = quantised(query[None])
    products = _products(codes.reshape(count * parts, dim), code, None)
    products *= scale
    return np.ascontiguousarray(products.reshape(count, parts).T)


def exact_products(
    matrix: NDArray[np.float16], query: NDArray[np.float32], rows: NDArray[np.intp]
) -> NDArray[np.float32]:
    """Inner products with a few rows in float32 arithmetic, in their order."""
    return np.asarray(widened(matrix[rows]) @ query)


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


def _products(
    matrix: NDArray[np.generic], query: NDArray[np.generic], rows: NDArray[np.intp] | None
) -> NDArray[np.float32]:
    query = np.ascontiguousarray(query[None])
    if rows is None:
        threads = max(1, min(cores(), _MOST_THREADS, len(matrix) // _ROWS_A_THREAD))
        return _dot(np.asarray(matrix), query, threads)
    result = np.empty(len(rows), dtype=np.float32)
    for start in range(0, len(rows), _BLOCK_ROWS):
        block = rows[start : start + _BLOCK_ROWS]
        result[start : start + len(block)] = _dot(np.asarray(matrix[block]), query, 1)
    return result


def _dot(
    matrix: NDArray[np.generic], query: NDArray[np.generic], threads: int
) -> NDArray[np.float32]:
    if not len(matrix):
        return np.zeros(0, dtype=np.float32)
    return (
        np.asarray(numkong.cdist(matrix, query, "dot", threads=threads)).ravel().astype(np.float32)
    )
