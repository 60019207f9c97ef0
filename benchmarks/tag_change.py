"""Tags after a change of encoder on a real library: `python -m benchmarks.tag_change [--out FILE.json]`.

Two tiny CLIPs, trained here on drawn scenes. The old one's confidence is fitted on labelled pictures (what a catalogue
row brings); nobody measured the new one, so that the library matches it to the old one on its own photos, without a
label. Precision of what passes the user's threshold is measured with both on the same photos, which neither fit has
seen labelled.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmarks.change import PAIRS
from benchmarks.tiny_scenes import scene_shows, scene_tags
from photosort.domain.encoders import Logistic
from photosort.domain.tags import Tag
from photosort.paths import LibraryPaths
from photosort.progress import Job
from photosort.settings import Settings
from photosort.store.tables import files
from photosort.tagging.scoring import log_odds
from photosort.tagging.vocabulary import Vocabulary
from photosort.usecases.indexing.index_run import index
from photosort.usecases.models import encoders
from photosort.usecases.session.session import Session
from photosort.usecases.tags.calibration import open_scorer
from photosort.usecases.tags.score_scales import kept_scale
from photosort.usecases.tags.scorer import Scorer
from tests.fixtures import tiny_clip

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tests.fixtures.tiny_clip import Scene

THRESHOLDS = (0.3, 0.5, 0.7)
# The precision at the user's threshold may move by so much.
MOST = 0.05
_PICTURES_A_SCENE = 3


def main() -> int:
    """Measures, prints, and returns 1 where a precision moved by more than five points."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tag_change", description=__doc__)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    seen, unseen = tiny_clip.scenes()
    scenes = [scene for scene in seen + unseen for _ in range(_PICTURES_A_SCENE)]
    results = {}
    with tempfile.TemporaryDirectory() as work:
        photos = Path(work) / "drawn"
        photos.mkdir()
        rng = random.Random(11)
        for number, scene in enumerate(scenes):
            tiny_clip.draw(scene, rng).save(photos / f"{number:04}.png")
        for place, (title, models) in enumerate(PAIRS.items()):
            home = Path(work) / f"home-{place}"
            results[title] = _pair(home, photos, scenes, models)
    print(json.dumps(results, indent=1))
    if arguments.out is not None:
        arguments.out.write_text(json.dumps(results, indent=1) + "\n")
    figures = [one for found in results.values() for one in found["thresholds"].values()]
    if not any(one["before"]["shown"] for one in figures):
        print("The old model shows nothing: there is nothing to compare.")
        return 1
    moved = [abs(one["moved"]) for one in figures]
    return 1 if max(moved) > MOST else 0


def _pair(
    home: Path,
    photos: Path,
    scenes: list[Scene],
    models: tuple[tuple[int, int, int], tuple[int, int, int]],
) -> dict[str, Any]:
    words = Vocabulary(tuple(Tag(name, often=2) for name, _ in scene_tags()))
    truth = scene_shows(scenes)
    session = Session(
        LibraryPaths(library=home / "library.db", home=home),
        actor="command",
        chosen=Settings(threads=1),
    )
    try:
        for name, (dim, seed, steps) in zip(("old", "new"), models, strict=True):
            trained = tiny_clip.cached(dim=dim, seed=seed, steps=steps)
            shutil.copytree(trained, session.paths.models / name)
        encoders.use(session, "old")
        index(session, [str(photos)], job=Job())
        # A tenth of the pictures are labelled; they are not reported.
        labelled = np.arange(len(scenes)) % 10 == 0
        _measure_old(session, words, truth, labelled)
        before, at = _odds(open_scorer(session, words, Job()), session)
        encoders.use(session, "new")
        index(session, [], job=Job())
        unmatched, _ = _odds(Scorer(session, words, Job()), session)
        after, same = _odds(open_scorer(session, words, Job()), session)
        matched_on = kept_scale(session, session.encoders.current).photos
    finally:
        session.close()
    if not np.array_equal(at, same):
        raise RuntimeError("The two encoders have seen other photos.")
    rest = ~labelled[at]
    figures = {}
    for threshold in THRESHOLDS:
        found = {
            name: _precision(odds[:, rest], truth[at[rest]].T, threshold)
            for name, odds in (("before", before), ("after", after), ("not matched", unmatched))
        }
        moved = round(found["after"]["precision"] - found["before"]["precision"], 3)
        figures[str(threshold)] = {**found, "moved": moved}
    return {"photos": int(rest.sum()), "matched_on": matched_on, "thresholds": figures}


def _measure_old(
    session: Session, words: Vocabulary, truth: NDArray[np.bool_], labelled: NDArray[np.bool_]
) -> None:
    """Gives the old encoder what a catalogue row would bring: one logistic over all tags, and that it was measured."""
    encoder = session.encoders.current
    scorer = Scorer(session, words, Job())
    at = _scenes(scorer, session)
    rows = np.flatnonzero(labelled[at])
    cosines = scorer.cosines(rows, np.arange(len(words.tags)))
    fit = LogisticRegression(C=1e4, max_iter=1000).fit(
        cosines.reshape(-1, 1), truth[at[rows]].T.ravel()
    )
    logistic = Logistic(0.0, float(fit.coef_[0, 0]), float(fit.intercept_[0]))
    known = replace(
        encoder.references, tags=logistic, offered=frozenset(tag.name for tag in words), version="1"
    )
    object.__setattr__(encoder, "references", known)


def _odds(scorer: Scorer, session: Session) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Log-odds of every tag on every photo, and the number of each photo's scene."""
    rows = np.arange(len(scorer.photo_ids), dtype=np.intp)
    return scorer.scores(rows, np.arange(len(scorer.vocabulary.tags))), _scenes(scorer, session)


def _scenes(scorer: Scorer, session: Session) -> NDArray[np.int64]:
    held = session.read(lambda store: files.get(store, list(range(1, len(scorer.photo_ids) + 1))))
    number = {file.photo_id: int(Path(file.relative).stem) for file in held.values()}
    return np.array([number[photo_id] for photo_id in scorer.photo_ids.tolist()])


def _precision(
    odds: NDArray[np.float32], truth: NDArray[np.bool_], threshold: float
) -> dict[str, float]:
    shown = odds >= log_odds(threshold)
    return {
        "shown": int(shown.sum()),
        "precision": round(float(truth[shown].mean()), 3) if shown.any() else 0.0,
        "recall": round(float(shown[truth].mean()), 3),
    }


if __name__ == "__main__":
    sys.exit(main())
