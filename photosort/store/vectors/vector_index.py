"""The vector index: centred vectors, or codes of parts, in one memory-mapped file, searched exactly.

It is derived from the library and can be deleted at any time. Its header says what it was made from; that
is checked at each opening. It is continued where photos were added, and written again where more changed.

Every search looks at every row: 100,000 x 512 take 10 to 20 ms on one core, where building an approximate
(HNSW) index takes 36 s and loses recall on vectors that form no clusters. From `index_file.CODES_FROM` rows
on an int8 copy is scanned first and its best are ranked again.
"""

from __future__ import annotations

import contextlib
import mmap
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias, TypeVar

import numpy as np

from photosort import log
from photosort.store.db.failures import file_failures
from photosort.store.vectors import index_file, vectors
from photosort.store.vectors.index_file import Header, Rows
from photosort.store.vectors.products import (
    code_products,
    exact_products,
    half_products,
    largest,
    part_products,
    widened,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.encoders import Space
    from photosort.store.db.database import Store

    Block: TypeAlias = NDArray[np.generic]

T = TypeVar("T")

_log = log.topic("store")

# Rounding the query to float16 moves a cosine by up to 5e-5: that many more than asked for are looked at.
_MARGIN = 32
# With int8 codes the error is about 6e-4.
_LEAST_CANDIDATES = 1_000
_REFINED = 4_096
_SPARE = 1.25  # room for growth before the file must be written again
_NO_ROWS = Rows(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))


class VectorIndex:
    """The centred vectors of all photos in one space, by the content that each photo shows.

    Attributes:
        photo_ids: int64 array, shape (n,), row order; the last rows were added last.
        vector_ids: int64 array, shape (n,), ids of the stored vectors that the rows were made from; a photo
            whose picture changed has another one.
        matrix: float16 array, shape (n, dim), centred, unit length, memory-mapped; do not write to it.
    """

    def __init__(
        self,
        rows: Rows,
        matrix: NDArray[np.float16],
        codes: NDArray[np.int8] | None = None,
        scales: NDArray[np.float32] | None = None,
    ) -> None:
        self.photo_ids = rows.photo_ids
        self.vector_ids = rows.vector_ids
        self.matrix = matrix
        self._codes = codes
        self._scales = scales
        self._order: NDArray[np.intp] | None = None

    @classmethod
    def open(
        cls,
        store: Store,
        folder: Path,
        *,
        encoder_id: int,
        space: Space,
        centre: NDArray[np.float32],
        centre_version: str,
    ) -> VectorIndex:
        """Opens the index of a space, brought up to date with the library.

        Args:
            store: any store of the calling thread.
            folder: where derived files lie.
            encoder_id: from `vectors.encoder_id`.
            space: one of the encoder's stored spaces.
            centre: float32 array, shape (dim,); is subtracted before the vectors are made unit length.
            centre_version: changes whenever `centre` does.

        Raises:
            EnvironmentProblem: the disk is full, or another process holds the index for too long.
        """
        version = vectors.version(store, encoder_id)
        return _opened(
            store,
            folder,
            Header(version, space, centre_version, len(centre), vectors.stamp(store)),
            cls.mapped,
            lambda: Rows(*vectors.rows_of_photos(store, encoder_id, space)),
            lambda vector_ids: _centred(store, vector_ids, centre),
        )

    @classmethod
    def mapped(cls, file: BinaryIO, header: Header) -> VectorIndex:
        """The index that an open file holds."""
        rows, matrix = _mapped(file, header)
        if not header.has_codes or not header.count:
            return cls(rows, matrix)
        codes = np.memmap(file, np.int8, "r", header.codes_at, matrix.shape)
        scales = np.memmap(file, "<f4", "r", header.scales_at, (header.count,))
        return cls(rows, matrix, codes, np.array(scales))

    def __len__(self) -> int:
        return len(self.photo_ids)

    def release_pages(self) -> None:
        """Gives the mapped pages back to the system; what is asked next brings them in again.

        They stay in the system's cache of files, from which a scan of 100,000 x 768 takes 12 ms instead of 8. Each
        open index maps its file for itself, so one that rests would count 150 MB for nothing.
        """
        _release_pages(self.matrix)
        _release_pages(self._codes)

    def search(
        self, query: NDArray[np.float32], k: int, rows: NDArray[np.intp] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The photos whose vectors are nearest.

        Args:
            query: float32 array, shape (dim,), centred, unit length.
            k: how many, at most.
            rows: only these rows, from `rows_of`; None = all.

        Returns:
            Photo ids and cosines in float32, best first, each of shape (at most k,).
        """
        rough = self._rough(query, rows)
        wanted = k + _MARGIN if self._codes is None else max(_LEAST_CANDIDATES, 10 * k)
        places = largest(rough, wanted)
        candidates = places if rows is None else rows[places]
        cosines = exact_products(self.matrix, query, candidates)
        order = np.argsort(-cosines, kind="stable")[: max(k, 0)]
        return self.photo_ids[candidates[order]], cosines[order]

    def scores(
        self, query: NDArray[np.float32], rows: NDArray[np.intp] | None = None
    ) -> NDArray[np.float32]:
        """Cosines of all photos, in row order, or of those in `rows`, in their order.

        Within 1e-4. From `index_file.CODES_FROM` rows on only the best few thousand are; the rest, which
        only the distribution of the scores needs, are within 3e-3.
        """
        rough = self._rough(query, rows)
        if self._codes is not None:
            places = largest(rough, _REFINED)
            candidates = places if rows is None else rows[places]
            rough[places] = exact_products(self.matrix, query, candidates)
        return rough

    def _rough(
        self, query: NDArray[np.float32], rows: NDArray[np.intp] | None
    ) -> NDArray[np.float32]:
        # Picking rows out of the file costs more than multiplying all of them in their order.
        if rows is not None and len(rows) > len(self) / 5:
            return self._rough(query, None)[rows]
        if self._codes is None or self._scales is None:
            return half_products(self.matrix, query, rows)
        return code_products(self._codes, self._scales, query, rows)

    def rows_of(self, photo_ids: NDArray[np.int64]) -> NDArray[np.intp]:
        """The rows of these photos, in their order; photos without a vector are left out."""
        if not len(self):
            return np.zeros(0, dtype=np.intp)
        if self._order is None:
            self._order = np.argsort(self.photo_ids, kind="stable")
        places = np.searchsorted(self.photo_ids, photo_ids, sorter=self._order)
        rows = self._order[np.minimum(places, len(self) - 1)]
        return np.asarray(rows[self.photo_ids[rows] == photo_ids], dtype=np.intp)

    def rows(self, rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """Vectors by row, float32, shape (n, dim)."""
        return widened(self.matrix[rows])

    def vector(self, photo_id: int) -> NDArray[np.float32] | None:
        """The vector of a photo, float32, shape (dim,), or None."""
        rows = self.rows_of(np.array([photo_id], dtype=np.int64))
        return self.rows(rows)[0] if len(rows) else None


class RegionIndex:
    """The codes of the parts of photos, by the content that each photo shows; photos without them have no row.

    Attributes:
        photo_ids: int64 array, shape (n,), row order.
    """

    def __init__(self, photo_ids: NDArray[np.int64], codes: NDArray[np.int8], parts: int) -> None:
        """Takes int8 codes of shape (n, parts x dim)."""
        self.photo_ids = photo_ids
        self._codes = codes
        self._parts = parts

    @classmethod
    def open(
        cls, store: Store, folder: Path, *, encoder_id: int, view: str, parts: int
    ) -> RegionIndex:
        """Opens the index of the parts, brought up to date with the library.

        Args:
            store: any store of the calling thread.
            folder: where derived files lie.
            encoder_id: from `vectors.encoder_id`.
            view: from `vectors.parts_view`.
            parts: of a picture.

        Raises:
            EnvironmentProblem: the disk is full, or another process holds the index for too long.
        """
        version, dim = vectors.version(store, encoder_id), vectors.codes_of(view) or 0

        def read(file: BinaryIO, header: Header) -> RegionIndex:
            rows, codes = _mapped(file, header)
            return cls(rows.photo_ids, codes, parts)

        return _opened(
            store,
            folder,
            Header(version, index_file.PARTS, view, dim, vectors.stamp(store)),
            read,
            lambda: Rows(*vectors.rows_of_photos(store, encoder_id, "semantic", view=view)),
            lambda vector_ids: _codes(store, vector_ids, dim),
        )

    def __len__(self) -> int:
        return len(self.photo_ids)

    def products(self, query: NDArray[np.float32]) -> NDArray[np.float32]:
        """The products of the query with the codes of each part: float32 array, shape (parts, n), in row order.

        Args:
            query: float32 array, shape (dim of a part,).
        """
        return part_products(self._codes.reshape(len(self), self._parts, len(query)), query)

    def release_pages(self) -> None:
        """Gives the mapped pages back to the system; see `VectorIndex.release_pages`."""
        _release_pages(self._codes)


def _release_pages(matrix: NDArray[np.generic] | None) -> None:
    mapped = getattr(matrix, "base", None)
    if isinstance(mapped, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        mapped.madvise(mmap.MADV_DONTNEED)


def _opened(
    store: Store,
    folder: Path,
    wanted: Header,
    read: Callable[[BinaryIO, Header], T],
    rows_now: Callable[[], Rows],
    made: Callable[[NDArray[np.int64]], Iterator[Block]],
) -> T:
    """Maps a derived file, brought up to date with the library.

    Args:
        store: any store of the calling thread.
        folder: where derived files lie.
        wanted: what the file must have been made from.
        read: maps what a file with that header holds.
        rows_now: the rows that the library asks for.
        made: what stands in the rows made from some stored vectors, in blocks.
    """
    found = in_newest(folder, wanted, read)
    while found is None:
        with index_file.locked(folder):
            wanted = _bring_up_to_date(store, folder, wanted, rows_now, made)
        found = in_newest(folder, wanted, read)  # None when a newer one has just taken its place
    return found


def in_newest(folder: Path, wanted: Header, read: Callable[[BinaryIO, Header], T]) -> T | None:
    """What the newest file holds, or None where it was made from something else or is out of date."""
    path = index_file.newest(folder, wanted)
    if path is None:
        return None
    with contextlib.suppress(FileNotFoundError), path.open("rb") as file:
        header = index_file.read_header(file)
        if header is None or header.source != wanted.source or header.stamp < wanted.stamp:
            return None
        return read(file, header)
    return None


def _mapped(file: BinaryIO, header: Header) -> tuple[Rows, NDArray[Any]]:
    """The rows of a file and what stands in them."""
    shape = (header.count, header.dim)
    if not header.count:
        return index_file.rows_of(file, header), np.zeros(shape, header.dtype)
    return (
        index_file.rows_of(file, header),
        np.memmap(file, header.dtype, "r", header.vectors_at, shape),
    )


def _bring_up_to_date(
    store: Store,
    folder: Path,
    wanted: Header,
    rows_now: Callable[[], Rows],
    made: Callable[[NDArray[np.int64]], Iterator[Block]],
) -> Header:
    """Makes or continues the file; returns what is wanted of it now."""
    path = index_file.newest(folder, wanted)
    with store.snapshot(), file_failures(folder):
        wanted = replace(wanted, stamp=vectors.stamp(store))
        found = None if path is None else index_file.read_rows(path)
        header, old = (wanted, _NO_ROWS) if found is None else found
        if header.source != wanted.source:
            header, old = wanted, _NO_ROWS
        elif found is not None and header.stamp >= wanted.stamp:
            return wanted  # another process was quicker
        now = rows_now()
        kept, known = old.are_in(now), now.are_in(old)
        fresh = now[~known]
        blocks = made(fresh.vector_ids)
        count = int(kept.sum()) + len(fresh)
        if path is not None and kept.all() and len(old) and count <= header.capacity:
            capacity = header.capacity
            index_file.append(path, replace(wanted, count=count, capacity=capacity), fresh, blocks)
        else:
            rows = Rows(
                np.concatenate([old.photo_ids[kept], fresh.photo_ids]),
                np.concatenate([old.vector_ids[kept], fresh.vector_ids]),
            )
            if path is not None and len(old):
                blocks = chain(index_file.read_vectors(path, header, kept), blocks)
            capacity = int(count * _SPARE) + 64
            index_file.write(folder, replace(wanted, count=count, capacity=capacity), rows, blocks)
    _log.info("vector index %s: %d rows kept, %d added", wanted.stem, kept.sum(), len(fresh))
    return wanted


def _centred(
    store: Store, vector_ids: NDArray[np.int64], centre: NDArray[np.float32]
) -> Iterator[NDArray[np.float16]]:
    for start in range(0, len(vector_ids), index_file.BLOCK_ROWS):
        ids = vector_ids[start : start + index_file.BLOCK_ROWS]
        rows = widened(vectors.load(store, ids, len(centre))) - centre
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        yield (rows / np.maximum(lengths, 1e-12)).astype(np.float16)


def _codes(store: Store, vector_ids: NDArray[np.int64], dim: int) -> Iterator[NDArray[np.int8]]:
    for start in range(0, len(vector_ids), index_file.BLOCK_ROWS):
        yield vectors.load_codes(store, vector_ids[start : start + index_file.BLOCK_ROWS], dim)
