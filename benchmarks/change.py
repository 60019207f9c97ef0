"""A change of encoder on a real library: R@10 while the photos are seen again, and by the map alone.

    python -m benchmarks change

Two tiny CLIPs, trained here on drawn scenes, the second otherwise and with another dimension; once the old one has
learnt little, once it is as good as the new one and every loss would show. Every scene is drawn once and asked for
by its caption. What a paired difference may be by chance is its 95 % interval over the captions.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.against import Figures, finish
from photosort.paths import LibraryPaths
from photosort.progress import Job
from photosort.search.carrying import fit_text_map
from photosort.settings import Settings
from photosort.store.tables import files
from photosort.usecases.indexing.index_run import index
from photosort.usecases.indexing.photo_reading import UPGRADING
from photosort.usecases.models import encoder_change
from photosort.usecases.search import similarity
from photosort.usecases.session.session import Session
from tests.fixtures import tiny_clip

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tests.fixtures.tiny_clip import Scene

BASELINE = Path(__file__).parent / "baseline" / "change.json"
# The models are trained in each run, and training differs between machines.
_TOLERANCE = 0.05
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
AMONG = 10
# Dimension, seed and training steps of the old and of the new model.
PAIRS = {
    "weak to better": ((64, 0, 40), (96, 1, 70)),
    "good to as good": ((96, 1, 70), (64, 0, tiny_clip.STEPS)),
}


@dataclass(frozen=True, slots=True)
class Step:
    """How search does at one moment of the change.

    Attributes:
        upgraded: share of the photos that the new encoder has seen.
        recall: captions whose photo is among the first ten.
        change: paired difference to the old encoder, with its 95 % interval.
    """

    upgraded: float
    recall: float
    change: float
    low: float
    high: float


class _Until(Job):
    """Ends an index run when so many photos are upgraded."""

    def __init__(self, count: float) -> None:
        super().__init__()
        self._count = count

    def check(self) -> None:
        if self.progress.phase == UPGRADING and self.progress.done >= self._count:
            self.cancel()
        super().check()


def measure(
    session: Session, photos: Path, scenes: list[Scene]
) -> tuple[list[Step], dict[str, float]]:
    """The steps of the change, and R@10 in the old space by its own text tower and by the map alone."""
    encoder_change.use(session, "old")
    index(session, [str(photos)], job=Job())
    before = _hits(session, scenes)
    mapped = _mapped_recall(session, scenes)
    encoder_change.use(session, "new")
    steps = []
    for share in SHARES:
        if share:
            index(session, [], job=_Until(share * len(scenes)) if share < 1 else Job())
        state = encoder_change.upgrade(session)
        steps.append(_step(state.upgraded / len(scenes), before, _hits(session, scenes)))
    return steps, mapped


def _hits(session: Session, scenes: list[Scene]) -> NDArray[np.bool_]:
    held = session.read(lambda store: files.get(store, list(range(1, len(scenes) + 1))))
    number_of = {file.photo_id: int(Path(file.relative).stem) for file in held.values()}
    hits = []
    for number, scene in enumerate(scenes):
        found = similarity.TextScores(session).described(scene.caption)
        first = found.ids[np.argsort(-found.probabilities, kind="stable")][:AMONG].tolist()
        hits.append(number in {number_of[photo_id] for photo_id in first})
    return np.array(hits)


def _step(upgraded: float, before: NDArray[np.bool_], after: NDArray[np.bool_]) -> Step:
    change = after.astype(float) - before
    error = 1.96 * change.std(ddof=1) / np.sqrt(len(change))
    numbers = (upgraded, after.mean(), change.mean(), change.mean() - error, change.mean() + error)
    return Step(*(round(float(number), 3) for number in numbers))


def _mapped_recall(session: Session, scenes: list[Scene]) -> dict[str, float]:
    """R@10 in the old space with the new tower's captions, by a map fitted on the other captions (five folds)."""
    old, new = session.encoders.current, session.encoders.named("new")
    captions = [scene.caption for scene in scenes]
    go, come = old.encode_texts(captions), new.encode_texts(captions)
    rng = random.Random(7)
    pictures = np.stack([np.asarray(tiny_clip.draw(scene, rng)) for scene in scenes])
    photos = old.encode_images(pictures)["semantic"]
    every = np.arange(len(scenes))
    own = (np.argsort(-(go @ photos.T), axis=1)[:, :AMONG] == every[:, None]).any(axis=1)
    fold = every % 5
    hits = np.zeros(len(scenes), dtype=np.bool_)
    for held in range(5):
        carried = fit_text_map(come[fold != held], go[fold != held]).carry(come[fold == held])
        order = np.argsort(-(carried @ photos.T), axis=1)[:, :AMONG]
        hits[fold == held] = (order == np.flatnonzero(fold == held)[:, None]).any(axis=1)
    return {"own_tower": round(float(own.mean()), 3), "map": round(float(hits.mean()), 3)}


def run(*, save_baseline: bool) -> int:
    """Measures, prints beside the baseline, and returns the exit status: 1 where search got worse beyond chance."""
    seen, unseen = tiny_clip.scenes()
    scenes = seen + unseen
    with tempfile.TemporaryDirectory() as work:
        photos = Path(work) / "drawn"
        photos.mkdir()
        rng = random.Random(7)
        for number, scene in enumerate(scenes):
            tiny_clip.draw(scene, rng).save(photos / f"{number:04}.png")
        results = {
            title: _pair(Path(work) / f"home-{place}", photos, scenes, models)
            for place, (title, models) in enumerate(PAIRS.items())
        }

    def worse(before: Figures) -> list[str]:
        return [
            f"{title} at {was['upgraded']}"
            for title, found in results.items()
            for one, was in zip(found["steps"], before[title]["steps"], strict=True)
            if one["high"] < 0 or one["recall"] < was["recall"] - _TOLERANCE
        ]

    return finish(results, BASELINE, save=save_baseline, worse=worse)


def _pair(
    home: Path,
    photos: Path,
    scenes: list[Scene],
    models: tuple[tuple[int, int, int], tuple[int, int, int]],
) -> dict[str, Any]:
    session = Session(
        LibraryPaths(library=home / "library.db", home=home),
        actor="command",
        chosen=Settings(threads=1),
    )
    try:
        for name, (dim, seed, steps) in zip(("old", "new"), models, strict=True):
            trained = tiny_clip.cached(dim=dim, seed=seed, steps=steps)
            shutil.copytree(trained, session.paths.models / name)
        found, old_space = measure(session, photos, scenes)
    finally:
        session.close()
    return {
        "captions": len(scenes),
        "steps": [asdict(step) for step in found],
        "recall_in_old_space": old_space,
    }
