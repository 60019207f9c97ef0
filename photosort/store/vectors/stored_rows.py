"""The rows of an index: those of its file, and behind them those that were stored since it was written."""

from __future__ import annotations

import mmap
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from photosort import log
from photosort.errors import EnvironmentProblem
from photosort.file_lock import hold
from photosort.sentences import Sentence
from photosort.store.db.failures import file_failures
from photosort.store.vectors import index_file, vectors
from photosort.store.vectors.index_file import IndexFile, Rows, Source

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.store.db.database import Store

    Made = Callable[[NDArray[np.int64], NDArray[np.float32]], Iterator[NDArray[Any]]]

_log = log.topic("store")

# Neighbours of fewer photos are found sooner by products of all rows, and all of them (docs/decisions/0056-usearch.md).
GRAPH_FROM = 200_000
BLOCK_ROWS = 4_096
# Rows that may be read from the library at each opening before a file is written again: so many, and a share of it. A
# graph is kept for longer than plain rows, which are written at once; where neighbours are asked for, a shorter time.
_FEW, _SHARE, _SHARE_BESIDE_GRAPH, _SHARE_FOR_NEIGHBOURS = 256, 0.125, 1.0, 0.015
# Of the rows of a file.
_LEAST_IN_USE = 2 / 3


class StoredRows:
    """The rows of an index, in their order: of its file, then newer ones; each for as many photos as show it.

    Attributes:
        file: the file.
        newer: rows that are not in the file, in memory.
        rows: the photos.
        places: int array, shape (n,), the row of `file`, or behind it of `newer`, that each photo is compared by.
    """

    def __init__(
        self, file: IndexFile, shown: Rows, newer_ids: NDArray[np.int64], newer: NDArray[Any]
    ) -> None:
        """Takes the file, the photos in any order, and the rows that the file lacks."""
        self.file = file
        self.newer = newer
        ids = np.concatenate([file.vector_ids, newer_ids])
        self.rows, self.places = shown, np.arange(len(ids), dtype=np.intp)
        self._is_plain = np.array_equal(shown.vector_ids, ids)
        if not self._is_plain:
            order = np.argsort(ids)
            places = order[np.searchsorted(ids, shown.vector_ids, sorter=order)]
            by_place = np.lexsort((shown.photo_ids, places))
            self.rows, self.places = shown[by_place], places[by_place]

    @cached_property
    def by_vector_id(self) -> NDArray[np.intp]:
        """The order of the rows by their vectors' ids."""
        return np.argsort(self.rows.vector_ids, kind="stable")

    def each(self, compared: Callable[[NDArray[Any]], NDArray[np.float32]]) -> NDArray[np.float32]:
        """What is computed of each row, in their order; the rows are the last axis of it.

        Args:
            compared: computes it of a matrix of them.
        """
        found = compared(self.file.matrix)
        if len(self.newer):
            found = np.concatenate([found, compared(self.newer)], axis=-1)
        return found if self._is_plain else found[..., self.places]

    def take(self, rows: NDArray[np.intp]) -> NDArray[Any]:
        """Some rows."""
        places, count = self.places[rows], len(self.file.matrix)
        if not len(self.newer):
            return np.asarray(self.file.matrix[places])
        found = np.empty((len(rows), self.newer.shape[1]), self.newer.dtype)
        is_newer = places >= count
        found[is_newer] = self.newer[places[is_newer] - count]
        found[~is_newer] = self.file.matrix[places[~is_newer]]
        return found

    def release_pages(self) -> None:
        """Gives the mapped pages back to the system."""
        mapped = getattr(self.file.matrix, "base", None)
        if isinstance(mapped, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
            mapped.madvise(mmap.MADV_DONTNEED)


def open_rows(
    store: Store,
    folder: Path,
    source: Source,
    base: NDArray[np.float32],
    shown_now: Callable[[], Rows],
    made: Made,
    *,
    graph: bool,
) -> StoredRows:
    """Maps the file of a source; what the library has beside it is read into memory, or written where that is much.

    Args:
        store: any store of the calling thread.
        folder: where derived files lie.
        source: what the rows are.
        base: what a new file's vectors are stored without.
        shown_now: the photos that the library shows.
        made: the rows made from some stored vectors and a base, in blocks.
        graph: the graph of neighbours is wanted, too, where the library is large enough.
    """
    file = index_file.read(folder, source) or IndexFile.empty(source, base)
    shown = file.shown
    lacks_graph = graph and len(shown) >= GRAPH_FROM and not file.has_graph
    if file.stamp != vectors.stamp(store) or lacks_graph:
        with store.snapshot():
            shown, stamp = shown_now(), vectors.stamp(store)
            # In the order of most files, so that those need no sorting when they are opened.
            shown = shown[np.lexsort((shown.photo_ids, shown.vector_ids))]
            file = _brought_up_to_date(folder, source, file, shown, stamp, made, graph=graph)
    newer_ids = file.vector_ids[:0]
    if not np.array_equal(shown.vector_ids, file.vector_ids):
        newer_ids = np.setdiff1d(shown.vector_ids, file.vector_ids)
    nothing = np.zeros((0, source.dim), source.dtype)
    return StoredRows(
        file, shown, newer_ids, np.concatenate([nothing, *made(newer_ids, file.base)])
    )


def _brought_up_to_date(
    folder: Path,
    source: Source,
    file: IndexFile,
    shown: Rows,
    stamp: int,
    made: Made,
    *,
    graph: bool,
) -> IndexFile:
    """The file, written again where much is missing; while somebody else writes it, or nobody can, as it is."""
    try:
        with file_failures(folder):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with hold(folder / f"{source.stem}.lock", Sentence("indexing this library")):
            file = index_file.read(folder, source) or file
            if file.stamp <= stamp:  # otherwise of a newer state than this connection sees
                wants_graph = graph and len(shown) >= GRAPH_FROM
                file = _with_most(folder, source, file, shown, made, graph=wants_graph)
                file = replace(file, shown=shown, stamp=stamp)
                index_file.publish(folder, source, file)
    except EnvironmentProblem as problem:
        # Searches need no file, and who writes to a full disk on purpose will hear of it.
        _log.info("%s stays as it is: %s", source.stem, problem.detail)
    return file


def _with_most(
    folder: Path, source: Source, file: IndexFile, shown: Rows, made: Made, *, graph: bool
) -> IndexFile:
    """The file, or a new one where it lacks too many of the rows that are shown, or has too many others."""
    in_use = np.isin(file.vector_ids, shown.vector_ids)
    newer = np.setdiff1d(shown.vector_ids, file.vector_ids)
    share = _SHARE_BESIDE_GRAPH if file.has_graph else _SHARE
    if graph and file.has_graph:
        share = _SHARE_FOR_NEIGHBOURS
    is_dense = in_use.sum() >= _LEAST_IN_USE * len(in_use)
    has_most = file.path is not None and len(newer) <= _FEW + share * len(in_use)
    if is_dense and has_most and (file.has_graph or not graph):
        return file
    blocks = made(newer, file.base)
    _log.info("%s is written with %d rows more", source.stem, len(newer))
    if graph and file.has_graph and is_dense:
        ids = np.concatenate([file.vector_ids, newer])
        return index_file.write(
            folder, source, ids, blocks, file.base, graph=file.graph(growing=True)
        )
    kept = np.flatnonzero(in_use)
    ids = np.concatenate([file.vector_ids[kept], newer])
    held = (file.matrix[kept[at : at + BLOCK_ROWS]] for at in range(0, len(kept), BLOCK_ROWS))
    fresh = index_file.new_graph(source.dim) if graph else None
    return index_file.write(folder, source, ids, chain(held, blocks), file.base, graph=fresh)
