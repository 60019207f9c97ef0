"""What a large library costs: to confirm it unchanged, to rename in it, to search it."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from benchmarks.against import Figures, finish
from benchmarks.generated import clustered, fill
from photosort.paths import LibraryPaths
from photosort.progress import Job
from photosort.search.query_language import parse
from photosort.usecases.indexing.index_run import index
from photosort.usecases.models.vector_indexes import open_index
from photosort.usecases.photos import photo_table
from photosort.usecases.search import query_results
from photosort.usecases.search.query_vectors import text_vector
from photosort.usecases.session.session import Session

BASELINE = Path(__file__).parent / "baseline" / "scale.json"
_QUERIES = 50
_K = 50


@dataclass(frozen=True, slots=True)
class ScaleFigures:
    """Figures of one library.

    Attributes:
        walk_s: a bare walk with stat over the same files, best of three.
        unchanged_s: an index run that finds nothing to do, best of three.
        against_walk: unchanged_s / walk_s.
        rename_embedded: photos encoded again after a folder was renamed.
        search_ms: median of the nearest 50 of all vectors, text encoded before.
        rank_ms: median of a whole search without the encoding of its text: probabilities of all photos, words.
        recall_at_50: share of float32's exact nearest 50 that were found.
    """

    photos: int
    walk_s: float
    unchanged_s: float
    against_walk: float
    rename_embedded: int
    rename_moved: int
    search_ms: float
    rank_ms: float
    recall_at_50: float


def measure(count: int, work: Path) -> ScaleFigures:
    """Makes a library of `count` photos below `work` and measures it."""
    folder = work / f"photos-{count}"
    with tempfile.TemporaryDirectory(dir=work) as home:
        session = Session(
            LibraryPaths(library=Path(home) / "library.db", home=Path(home)), actor="command"
        )
        try:
            fill(session, folder, count)
            walk_s = min(_timed(lambda: _walk(folder)) for _ in range(3))
            unchanged_s = min(_timed(lambda: index(session, [], job=Job())) for _ in range(3))
            search_ms, rank_ms, recall = _search(session)
            embedded, moved = _rename(session, folder)
        finally:
            session.close()
    return ScaleFigures(
        photos=count,
        walk_s=round(walk_s, 3),
        unchanged_s=round(unchanged_s, 3),
        against_walk=round(unchanged_s / walk_s, 2),
        rename_embedded=embedded,
        rename_moved=moved,
        search_ms=round(search_ms, 2),
        rank_ms=round(rank_ms, 2),
        recall_at_50=round(recall, 4),
    )


def _walk(folder: Path) -> None:
    stack = [os.fspath(folder)]
    while stack:
        with os.scandir(stack.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    stack.append(entry.path)
                else:
                    entry.stat()


def _rename(session: Session, folder: Path) -> tuple[int, int]:
    year = folder / "2010"
    renamed = folder / "two thousand and ten"
    year.rename(renamed)
    try:
        summary = index(session, [], job=Job())
    finally:
        renamed.rename(year)
    return summary.embedded, summary.moved


def _search(session: Session) -> tuple[float, float, float]:
    opened = open_index(session, "semantic")
    exact = opened.index.rows(np.arange(len(opened.index)))
    rng = np.random.default_rng(1)
    queries = clustered(rng, _QUERIES, exact.shape[1])
    times, recalls = [], []
    for query in queries:
        started = time.perf_counter()
        found, _ = opened.index.search(query, _K)
        times.append(time.perf_counter() - started)
        nearest = opened.index.photo_ids[np.argpartition(-(exact @ query), _K)[:_K]]
        recalls.append(len(np.intersect1d(found, nearest)) / _K)
    whole = []
    catalog = photo_table.load(session)
    for number in range(10):
        text = f"a dog on beach number {number}"
        text_s = _timed(lambda t=text: text_vector(session.encoders.current, t))  # type: ignore[misc]
        query = parse(text)
        answer_s = _timed(lambda q=query: query_results.answer(session, q, catalog))  # type: ignore[misc]
        whole.append(answer_s - text_s)
    return float(np.median(times)) * 1e3, float(np.median(whole)) * 1e3, float(np.mean(recalls))


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def run(*, work: Path, count: int, save_baseline: bool) -> int:
    """Measures, prints and compares with the baseline; returns the exit status."""
    figures = asdict(measure(count, work))

    def worse(before: Figures) -> list[str]:
        good = {
            "against_walk": figures["against_walk"] <= before["against_walk"] * 1.25,
            "rename_embedded": figures["rename_embedded"] == 0,
            "recall_at_50": figures["recall_at_50"] >= before["recall_at_50"] - 0.005,
        }
        return [name for name, is_good in good.items() if not is_good]

    return finish(figures, BASELINE, save=save_baseline, worse=worse)
