"""A million vectors: how long a search takes, and whether it finds what brute force finds."""

from __future__ import annotations

import gc
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.data import captioned, labelled
from benchmarks.search.scene import Library, Measured, photos
from photosort.store.vectors import index_file, vectors
from photosort.store.vectors.index_file import Rows, Source
from photosort.store.vectors.stored_rows import BLOCK_ROWS, StoredRows
from photosort.store.vectors.vector_index import VectorIndex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from photosort.domain.encoders import Encoder

    Floats = NDArray[np.float32]

_DIM = 512
_SOURCE = Source("benchmark", "semantic", vectors.WHOLE, _DIM)
_QUERIES = 60
_K = 50
_BLOCK = BLOCK_ROWS
# Cosine to the 10th neighbour, as share of variance that a jittered copy keeps; found by halving.
_HALVINGS = 12
_SAMPLE = 4_000


def measure(encoder: Encoder, data: Path, *, count: int, work: Path) -> dict[str, Measured]:
    """Times, recall and memory with vectors like real ones, and recall and time with unclustered ones."""
    real = _real(encoder, data)
    spread = jitter(real, count)
    figures: dict[str, Measured] = {}
    for name, source, noise in (("", real, spread), (", unclustered", None, 0.0)):
        with tempfile.TemporaryDirectory(dir=work) as folder:
            _write(Path(folder), source, noise, count)
            figures |= _measure(Path(folder), count, source, noise, name)
    return figures


def _real(encoder: Encoder, data: Path) -> Floats:
    """The starter's vectors of real photos, in 512 dimensions by a random rotation."""
    both = (captioned(data / "captioned").paths, labelled(data / "categories").paths)
    rows = Library(encoder, np.concatenate([photos(encoder, paths) for paths in both])).rows
    rotation = np.random.default_rng(3).normal(size=(rows.shape[1], _DIM)).astype(np.float32)
    return _unit(rows @ rotation)


def jitter(real: Floats, count: int) -> float:
    """The noise with which the 10th neighbour among all copies is as near as it is among the real photos."""
    cosines = real @ real.T
    np.fill_diagonal(cosines, -1)
    target = float(np.median(np.sort(cosines, axis=1)[:, -10]))
    rng = np.random.default_rng(4)
    # One more than are looked at, since each is compared with the others.
    copies = max(11, count // len(real))
    low, high = 0.0, 4.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        noise = rng.normal(size=(64, copies, real.shape[1])).astype(np.float32)
        noise /= real.shape[1] ** 0.5
        near = _unit(real[:64, None] + middle * noise)
        tenth = np.sort(np.einsum("id,ijd->ij", near[:, 0], near[:, 1:]), axis=1)[:, -10]
        if float(np.median(tenth)) > target:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def rows_like(source: Floats | None, spread: float, count: int) -> Iterator[Floats]:
    """Vectors like others, in blocks, the same at each call; of the benchmark's dimensions where there are no others."""
    rng = np.random.default_rng(5)
    dim = _DIM if source is None else source.shape[1]
    for start in range(0, count, _BLOCK):
        size = min(_BLOCK, count - start)
        noise = rng.normal(size=(size, dim)).astype(np.float32)
        if source is None:
            yield _unit(noise)
        else:
            picked = source[rng.integers(len(source), size=size)]
            yield _unit(picked + spread * noise / np.float32(dim**0.5))


def _write(folder: Path, source: Floats | None, spread: float, count: int) -> None:
    ids = np.arange(1, count + 1, dtype=np.int64)
    blocks = (rows.astype(np.float16) for rows in rows_like(source, spread, count))
    file = index_file.write(folder, _SOURCE, ids, blocks, np.zeros(_DIM, np.float32))
    file = replace(file, shown=Rows(ids, ids), stamp=1)
    index_file.publish(folder, _SOURCE, file)


def _measure(
    folder: Path, count: int, source: Floats | None, spread: float, name: str
) -> dict[str, Measured]:
    gc.collect()
    before = _private_bytes()
    started = time.perf_counter()
    file = index_file.read(folder, _SOURCE)
    if file is None:
        raise RuntimeError("the index was not found")
    nothing = file.vector_ids[:0], file.matrix[:0]
    index = VectorIndex(StoredRows(file, file.shown, *nothing), np.zeros(_DIM, np.float32))
    open_s = time.perf_counter() - started
    rng = np.random.default_rng(6)
    queries = _queries(source, spread, rng)
    best = _exact(queries, source, spread, count)
    index.search(queries[0], _K)  # the first search brings the file into memory
    figures: dict[str, Measured] = {}
    recall = 0.0
    for share, most in ((1.0, 0.12), (0.5, 0.12), (0.05, 0.06), (0.005, 0.06)):
        rows = None
        if share < 1:
            rows = np.flatnonzero(rng.random(count) < share)
        times, found = [], []
        for query in queries:
            started = time.perf_counter()
            ids, _ = index.search(query, _K, rows)
            times.append(time.perf_counter() - started)
            found.append(ids)
        p95 = float(np.percentile(times, 95))
        asked = most if not name else None
        figures[f"million p95 in ms, {share:.1%} pass{name}"] = Measured(
            1e3 * p95, most=None if asked is None else 1e3 * asked
        )
        if rows is None:
            recall = float(
                np.mean([len(np.intersect1d(a, b)) / _K for a, b in zip(found, best, strict=True)])
            )
    figures[f"million recall@50{name}"] = Measured(recall, 0.99)
    if not name:
        figures["million opened in s"] = Measured(open_s, most=1.5)
        private = (_private_bytes() - before) / 1e9
        figures["million private memory in GB"] = Measured(private, most=1.0)
    return figures


def _queries(source: Floats | None, spread: float, rng: np.random.Generator) -> Floats:
    noise = rng.normal(size=(_QUERIES, _DIM)).astype(np.float32)
    if source is None:
        return _unit(noise)
    return _unit(source[rng.integers(len(source), size=_QUERIES)] + spread * noise / _DIM**0.5)


def _exact(
    queries: Floats, source: Floats | None, spread: float, count: int
) -> list[NDArray[np.int64]]:
    """Ids of the nearest in float32 by brute force, a block at a time."""
    scores = np.full((len(queries), 0), 0, np.float32)
    ids = np.full((len(queries), 0), 0, np.int64)
    start = 1
    for rows in rows_like(source, spread, count):
        fresh = queries @ rows.T
        both = np.concatenate([scores, fresh], axis=1)
        named = np.concatenate(
            [ids, np.broadcast_to(np.arange(start, start + len(rows)), fresh.shape)], axis=1
        )
        kept = np.argpartition(-both, min(_K, both.shape[1]) - 1, axis=1)[:, :_K]
        scores, ids = np.take_along_axis(both, kept, 1), np.take_along_axis(named, kept, 1)
        start += len(rows)
    return list(ids)


def _private_bytes() -> int:
    """Memory of this process that no file backs (Linux)."""
    for line in Path("/proc/self/smaps_rollup").read_text().splitlines():
        if line.startswith("Anonymous:"):
            return int(line.split()[1]) * 1024
    return 0


def _unit(rows: Floats) -> Floats:
    return np.asarray(rows / np.linalg.norm(rows, axis=-1, keepdims=True), np.float32)
