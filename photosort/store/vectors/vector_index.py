"""The vector index: all photos of a library by their vectors, or by the codes of their parts.

It is derived from the library and can be deleted at any time. A memory-mapped file holds the rows (`index_file`); what
was added to the library since it was written is read from there into memory, so that no search waits for a graph. Every
text looks at every row: 100,000 x 512 take 10 to 20 ms on one core. Only the neighbours of very many photos are found
through usearch's graph (HNSW) and ranked again exactly.

The file holds vectors less the encoder's own mean, which stays, so that a new centre of the library changes no file:
what it moves is taken off where rows are compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from photosort.store.vectors import vectors
from photosort.store.vectors.index_file import Rows, Source
from photosort.store.vectors.products import half_products, largest, part_products, widened
from photosort.store.vectors.stored_rows import BLOCK_ROWS, StoredRows, open_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from usearch.index import Index

    from photosort.domain.encoders import Space
    from photosort.store.db.database import Store

    Floats = NDArray[np.float32]

# Rounding the query to float16 moves a cosine by up to 1e-4: that many more than asked for are looked at.
_MARGIN = 32
# Rows of the graph that are compared exactly for each neighbour, and at least.
_CANDIDATES, _LEAST_CANDIDATES = 2, 48
_ASKED_AT_ONCE = 512


class VectorIndex:
    """The centred vectors of all photos in one space, by the content that each photo shows.

    Attributes:
        photo_ids: int64 array, shape (n,), row order; the last rows were added last.
        shown: the same with the stored vectors that they are compared by; a photo whose picture changed has another one.
    """

    def __init__(self, stored: StoredRows, centre: Floats) -> None:
        """Takes the rows, and what is subtracted from the vectors before they are made unit length."""
        self.shown = stored.rows
        self.photo_ids = stored.rows.photo_ids
        self._stored = stored
        self._centre = centre
        self._shift = np.asarray(centre - stored.file.base, dtype=np.float32)
        self._order: NDArray[np.intp] | None = None
        self._graph: Index | None = None

    def __len__(self) -> int:
        return len(self.photo_ids)

    @cached_property
    def _per_length(self) -> Floats:
        """One by the length of each vector less the centre, from one product: as the encoder gave it, it has length 1."""
        base = self._stored.file.base
        products = self._stored.each(lambda matrix: half_products(matrix, self._centre))
        squared = 1 - base @ base + self._shift @ self._shift - 2 * products
        return np.asarray(1 / np.sqrt(np.maximum(squared, 1e-12)), dtype=np.float32)

    def release_pages(self) -> None:
        """Gives the mapped pages back to the system; what is asked next brings them in again.

        They stay in the system's cache of files, from which a scan of 100,000 x 768 takes 12 ms instead of 8. Each
        open index maps its file for itself, so one that rests would count 150 MB for nothing.
        """
        self._graph = None
        self._stored.release_pages()

    def search(
        self, query: Floats, k: int, rows: NDArray[np.intp] | None = None
    ) -> tuple[NDArray[np.int64], Floats]:
        """The photos whose vectors are nearest.

        Args:
            query: float32 array, shape (dim,), centred, unit length.
            k: how many, at most.
            rows: only these rows, from `rows_of`; None = all.

        Returns:
            Photo ids and cosines in float32, best first, each of shape (at most k,).
        """
        places = largest(self.scores(query, rows), k + _MARGIN)
        candidates = places if rows is None else rows[places]
        cosines = self.rows(candidates) @ query
        order = np.argsort(-cosines, kind="stable")[: max(k, 0)]
        return self.photo_ids[candidates[order]], cosines[order]

    def scores(self, query: Floats, rows: NDArray[np.intp] | None = None) -> Floats:
        """Inner products of a vector with all photos, in row order, or with those in `rows`, in their order.

        Args:
            query: float32 array, shape (dim,), of any length.
            rows: int array, shape (m,); None = all.

        Returns:
            float32 array; for a query of unit length within 2e-4.
        """
        if rows is None:
            products = self._stored.each(lambda matrix: half_products(matrix, query))
            return np.asarray((products - self._shift @ query) * self._per_length, np.float32)
        # Picking rows out of the file costs more than multiplying all of them in their order.
        if len(rows) > len(self) / 5:
            return self.scores(query)[rows]
        products = np.empty(len(rows), dtype=np.float32)
        for start in range(0, len(rows), BLOCK_ROWS):
            block = self._stored.take(rows[start : start + BLOCK_ROWS])
            products[start : start + len(block)] = half_products(block, query)
        return np.asarray((products - self._shift @ query) * self._per_length[rows], np.float32)

    def rows_of(self, photo_ids: NDArray[np.int64]) -> NDArray[np.intp]:
        """The rows of these photos, in their order; photos without a vector are left out."""
        if not len(self):
            return np.zeros(0, dtype=np.intp)
        if self._order is None:
            self._order = np.argsort(self.photo_ids, kind="stable")
        places = np.searchsorted(self.photo_ids, photo_ids, sorter=self._order)
        rows = self._order[np.minimum(places, len(self) - 1)]
        return np.asarray(rows[self.photo_ids[rows] == photo_ids], dtype=np.intp)

    def rows(self, rows: NDArray[np.intp]) -> Floats:
        """Vectors by row, float32, shape (n, dim)."""
        found = widened(self._stored.take(rows)) - self._shift
        found /= np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-12)
        return found

    def vector(self, photo_id: int) -> Floats | None:
        """The vector of a photo, float32, shape (dim,), or None."""
        rows = self.rows_of(np.array([photo_id], dtype=np.int64))
        return self.rows(rows)[0] if len(rows) else None

    @property
    def has_graph(self) -> bool:
        """`neighbours` can be asked."""
        return self._stored.file.has_graph

    def neighbours(
        self,
        asked: NDArray[np.intp],
        among: NDArray[np.intp],
        k: int,
        done: Callable[[int, int], object] = lambda _done, _of: None,
    ) -> tuple[NDArray[np.int32], Floats]:
        """The nearest of some rows, for each of others: candidates by the graph, ranked by their exact cosines.

        Args:
            asked: rows, none of which is a neighbour of its own.
            among: rows, most of the index, or few are found through the graph.
            k: how many, fewer than there are in `among`.
            done: told how many are finished, of how many; may raise to stop.

        Returns:
            Places in `among`, int32, and cosines float32, each of shape (len(asked), k), in no order.
        """
        places = np.empty((len(asked), k), dtype=np.int32)
        cosines = np.empty((len(asked), k), dtype=np.float32)
        place_of = np.full(len(self), -1, dtype=np.int32)
        place_of[among] = np.arange(len(among))
        for start in range(0, len(asked), _ASKED_AT_ONCE):
            done(start, len(asked))
            block = asked[start : start + _ASKED_AT_ONCE]
            stop = start + len(block)
            candidates = self._candidates(block, max(_CANDIDATES * k, _LEAST_CANDIDATES))
            is_none = (candidates < 0) | (candidates == block[:, None])
            near = np.where(is_none, -1, place_of[candidates])
            if near.shape[1] < k:
                near = np.pad(near, ((0, 0), (0, k - near.shape[1])), constant_values=-1)
            rows = self.rows(among[near.ravel()]).reshape(*near.shape, -1)
            exact = np.einsum("ad,acd->ac", self.rows(block), rows)
            exact[near < 0] = -np.inf
            best = np.argpartition(-exact, k - 1, axis=1)[:, :k]
            places[start:stop] = np.take_along_axis(near, best, axis=1)
            cosines[start:stop] = np.take_along_axis(exact, best, axis=1)
        for at in np.flatnonzero((cosines == -np.inf).any(axis=1)).tolist():
            scores = self.scores(self.rows(asked[at : at + 1])[0])[among]
            scores[among == asked[at]] = -np.inf
            places[at] = largest(scores, k)
            cosines[at] = scores[places[at]]
        return places, cosines

    def _candidates(self, asked: NDArray[np.intp], count: int) -> NDArray[np.intp]:
        """Rows that may be near each of some, with them: shape (len(asked), about count), -1 where there are fewer."""
        stored, graph = self._stored, self._graph
        if graph is None:
            graph = self._graph = stored.file.graph()
        count = min(count, len(stored.file.vector_ids))
        found = graph.search(stored.take(asked), count, threads=0)
        keys = np.asarray(found.keys).reshape(len(asked), count).astype(np.int64)
        order, ids = stored.by_vector_id, self.shown.vector_ids
        rows = order[np.minimum(np.searchsorted(ids, keys, sorter=order), len(self) - 1)]
        rows[ids[rows] != keys] = -1  # no photo shows it any more, or nothing was found
        if not len(stored.newer):
            return rows
        newer = np.flatnonzero(stored.places >= len(stored.file.matrix))
        near = self.rows(asked) @ self.rows(newer).T
        best = np.argpartition(-near, min(count, near.shape[1]) - 1, axis=1)[:, :count]
        return np.concatenate([rows, newer[best]], axis=1)


class RegionIndex:
    """The codes of the parts of photos, by the content that each photo shows; photos without them have no row.

    Attributes:
        photo_ids: int64 array, shape (n,), row order.
    """

    def __init__(self, stored: StoredRows, parts: int) -> None:
        """Takes int8 codes of shape (n, parts x dim)."""
        self.photo_ids = stored.rows.photo_ids
        self._stored = stored
        self._parts = parts

    def __len__(self) -> int:
        return len(self.photo_ids)

    def products(self, query: Floats) -> Floats:
        """The products of the query with the codes of each part: float32 array, shape (parts, n), in row order.

        Args:
            query: float32 array, shape (dim of a part,).
        """
        shape = (-1, self._parts, len(query))
        return self._stored.each(lambda codes: part_products(codes.reshape(shape), query))

    def release_pages(self) -> None:
        """Gives the mapped pages back to the system; see `VectorIndex.release_pages`."""
        self._stored.release_pages()


def open_vectors(
    store: Store, folder: Path, *, encoder_id: int, space: Space, base: Floats, graph: bool = False
) -> StoredRows:
    """The rows of a space, brought up to date with the library.

    Args:
        store: any store of the calling thread.
        folder: where derived files lie.
        encoder_id: from `vectors.encoder_id`.
        space: one of the encoder's stored spaces.
        base: the encoder's own mean, float32 array, shape (dim,); a new file holds vectors less it.
        graph: the neighbours of very many photos will be asked for; this may take a while.
    """

    def shown() -> Rows:
        return Rows(*vectors.rows_of_photos(store, encoder_id, space))

    def made(vector_ids: NDArray[np.int64], base: Floats) -> Iterator[NDArray[np.float16]]:
        for ids in _blocks(vector_ids):
            yield (widened(vectors.load(store, ids, len(base))) - base).astype(np.float16)

    source = Source(vectors.version(store, encoder_id), space, vectors.WHOLE, len(base))
    return open_rows(store, folder, source, base, shown, made, graph=graph)


def open_parts(store: Store, folder: Path, *, encoder_id: int, view: str) -> StoredRows:
    """The codes of the parts of photos, brought up to date with the library.

    Args:
        store: any store of the calling thread.
        folder: where derived files lie.
        encoder_id: from `vectors.encoder_id`.
        view: from `vectors.parts_view`.
    """
    dim = vectors.codes_of(view) or 0

    def shown() -> Rows:
        return Rows(*vectors.rows_of_photos(store, encoder_id, "semantic", view=view))

    def made(vector_ids: NDArray[np.int64], _base: Floats) -> Iterator[NDArray[np.int8]]:
        for ids in _blocks(vector_ids):
            yield vectors.load_codes(store, ids, dim)

    source = Source(vectors.version(store, encoder_id), "semantic", view, dim)
    base = np.zeros(0, dtype=np.float32)
    return open_rows(store, folder, source, base, shown, made, graph=False)


def _blocks(values: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    for start in range(0, len(values), BLOCK_ROWS):
        yield values[start : start + BLOCK_ROWS]
