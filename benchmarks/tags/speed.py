"""What suggestions cost at 100,000 photos: `python -m benchmarks tags --part speed`.

Vectors are generated, of the starter's dimensions; the columns lie in a real file. Scoring all photos against 1,200
tags is held against a bare float32 matrix product of the same size in the same run. Last comes what an edited descriptor costs
at 10,000 photos, with the starter reading it.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from photosort.embed.load import STARTER, load_encoder
from photosort.store.vectors.index_file import IndexFile, Rows
from photosort.store.vectors.score_columns import ScoreColumns
from photosort.store.vectors.stored_rows import StoredRows
from photosort.store.vectors.vector_index import VectorIndex
from photosort.tagging.learning import learn
from photosort.tagging.scoring import BLOCK_ROWS, Scale, logits
from photosort.threads.lanes import cores

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.encoders import Encoder

_SEMANTIC, _VISUAL, _TAGS = 768, 256, 1_200
_EDITED = 10_000


def measure(count: int) -> dict[str, float]:
    """The figures for that many photos, by name."""
    rng = np.random.default_rng(0)
    semantic, visual = _photos(rng, count, _SEMANTIC), _photos(rng, count, _VISUAL)
    tags = _photos(rng, _TAGS, _SEMANTIC).rows(np.arange(_TAGS))
    scale = Scale(np.full(_TAGS, 9, np.float32), np.full(_TAGS, -3.6, np.float32))
    bare_s = min(_timed(lambda: _bare(semantic, tags)) for _ in range(3))
    scored_s = min(_timed(lambda: _score(semantic, tags, scale)) for _ in range(3))
    found = {"photos": count, "scored_s": scored_s, "of_bare_product": bare_s / scored_s}
    with tempfile.TemporaryDirectory() as folder:
        columns = ScoreColumns.open(Path(folder) / "scores.db")
        columns.align(semantic.shown, "1")
        for examples, rejected in ((1, 1), (8, 8), (200, 200)):
            work = partial(_correct, rng, semantic, visual, tags, columns, examples, rejected)
            times = [_timed(work) for _ in range(7)]
            found[f"correction_with_{examples}_examples_ms"] = float(np.median(times)) * 1e3
        few = _photos(rng, _EDITED, _SEMANTIC)
        columns.align(few.shown, "2")
        with tempfile.TemporaryDirectory() as models:
            encoder = load_encoder(STARTER, models_dir=Path(models), threads=cores())
        encoder.encode_texts(["a first text"])
        times = [_timed(partial(_edit, encoder, few, columns, number)) for number in range(15)]
        found["descriptor_edited_ms"] = float(np.median(times)) * 1e3
        columns.close()
    return found


def _edit(encoder: Encoder, photos: VectorIndex, columns: ScoreColumns, number: int) -> None:
    """The new text read, the tag's vector made and scaled, its column written, the photos ranked."""
    read = encoder.encode_texts([f"dog, which has a wet nose and {number} whiskers"])
    tag = read.mean(axis=0)
    found = 9 * photos.scores(tag / np.linalg.norm(tag)) - 3.6
    columns.write({"dog": (str(number), found)})
    np.argsort(-found, kind="stable")


def _photos(rng: np.random.Generator, count: int, dim: int) -> VectorIndex:
    rows = rng.standard_normal((count, dim), dtype=np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    ids = np.arange(count, dtype=np.int64)
    centre = np.zeros(dim, dtype=np.float32)
    file = IndexFile(None, ids, centre, rows.astype(np.float16))
    return VectorIndex(StoredRows(file, Rows(ids, ids), ids[:0], file.matrix[:0]), centre)


def _bare(index: VectorIndex, tags: NDArray[np.float32]) -> None:
    for start in range(0, len(index), BLOCK_ROWS):
        block = np.ones((min(BLOCK_ROWS, len(index) - start), tags.shape[1]), np.float32)
        _ = tags @ block.T


def _score(index: VectorIndex, tags: NDArray[np.float32], scale: Scale) -> None:
    for start in range(0, len(index), BLOCK_ROWS):
        rows = np.arange(start, min(start + BLOCK_ROWS, len(index)), dtype=np.intp)
        logits(index.rows(rows), tags, scale)


def _correct(
    rng: np.random.Generator,
    semantic: VectorIndex,
    visual: VectorIndex,
    tags: NDArray[np.float32],
    columns: ScoreColumns,
    examples: int,
    rejected: int,
) -> None:
    shown = rng.integers(0, len(semantic), examples).astype(np.intp)
    not_shown = rng.integers(0, len(semantic), rejected).astype(np.intp)
    lesson = learn(visual.rows(shown), semantic.rows(shown), visual.rows(not_shown))
    found = 9 * semantic.scores(tags[0]) - 3.6
    found += semantic.scores(lesson.semantic) + lesson.offset
    found += visual.scores(lesson.visual)
    for start in range(0, len(visual), BLOCK_ROWS):
        rows = np.arange(start, min(start + BLOCK_ROWS, len(visual)), dtype=np.intp)
        found[rows] -= (visual.rows(rows) @ lesson.rejected.T).max(axis=1)
    columns.write({"dog": (str(found[0]), found)})


def _timed(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
