"""The nearest photos of each photo: what the graph finds, beside products of all pairs, and what it costs."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.data import captioned
from benchmarks.search.million import jitter, rows_like
from benchmarks.search.scene import Library, Measured, photos
from photosort.albums.neighbours import nearest
from photosort.store.vectors import index_file, vectors
from photosort.store.vectors.index_file import Rows, Source
from photosort.store.vectors.stored_rows import BLOCK_ROWS, StoredRows
from photosort.store.vectors.vector_index import VectorIndex

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.encoders import Encoder

    Floats = NDArray[np.float32]

_COUNT = 100_000
# Photos that are looked at in both ways.
_ASKED = 4_096
_K = 30


def measure(encoder: Encoder, data: Path) -> dict[str, Measured]:
    """Recall and times in libraries of real vectors and of ever more that are like them."""
    sets = [captioned(data / name).paths for name in ("captioned", "captioned_more")]
    seen = np.concatenate([photos(encoder, paths, "visual") for paths in sets])
    real = Library(encoder, seen, "visual").rows
    figures: dict[str, Measured] = {}
    for count in (len(real), _COUNT):
        if count == len(real):
            rows = real
        else:
            rows = np.concatenate(list(rows_like(real, jitter(real, count), count)))
        figures |= _measure(rows)
    return figures


def _measure(rows: Floats) -> dict[str, Measured]:
    count, dim = rows.shape
    with tempfile.TemporaryDirectory() as work:
        folder, source = Path(work), Source("benchmark", "visual", vectors.WHOLE, dim)
        ids, base = np.arange(1, count + 1), np.zeros(dim, np.float32)
        blocks = (
            rows[at : at + BLOCK_ROWS].astype(np.float16) for at in range(0, count, BLOCK_ROWS)
        )
        started = time.perf_counter()
        file = index_file.write(folder, source, ids, blocks, base, graph=index_file.new_graph(dim))
        added_ms = 1e3 * (time.perf_counter() - started) / count
        index = VectorIndex(StoredRows(file, Rows(ids, ids), ids[:0], file.matrix[:0]), base)
        everything = np.arange(count)
        asked = everything[:: max(1, count // _ASKED)][:_ASKED]
        times: dict[str, list[float]] = {"graph": [], "products": []}
        recall = 0.0
        # In turns, so that another program on the machine disturbs both.
        for part in np.array_split(asked, 4):
            started = time.perf_counter()
            found, _ = index.neighbours(part, everything, _K)
            times["graph"].append(time.perf_counter() - started)
            queries, vectors_ = index.rows(part), index.rows(everything)
            started = time.perf_counter()
            # With the photo itself, which the graph leaves out.
            exact, _ = nearest(vectors_, _K + 1, queries=queries)
            times["products"].append(time.perf_counter() - started)
            for row, ours, theirs in zip(part.tolist(), found, exact, strict=True):
                recall += len(np.intersect1d(ours, theirs[theirs != row])) / min(_K, count)
    graph_ms, products_ms = (1e3 * sum(times[way]) / len(asked) for way in ("graph", "products"))
    note = f"{count:,} photos"
    return {
        f"neighbours recall@{_K}, {note}": Measured(recall / len(asked), 0.99),
        f"neighbours by the graph in ms, {note}": Measured(graph_ms),
        f"neighbours by products in ms, {note}": Measured(products_ms),
        f"neighbours added in ms, {note}": Measured(added_ms),
    }
