"""How much examples teach: `python -m benchmarks.corrections --data DIR`.

On `categories`, classes at odd places (the constants of `tagging/learning.py` were chosen on the others): mean
accuracy from the text alone and after 1, 2, 4 and 8 examples a class, against logistic regression on the same
examples in the better of both spaces, paired over draws. The 7 photos of a class that are never drawn are asked.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmarks import data
from benchmarks.candidates import Fitted
from benchmarks.fit_starter import examples
from photosort.embed.starter import CALIBRATION
from photosort.tagging.learning import learn

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SHOTS = (1, 2, 4, 8)
_DRAWS = 20
_NOBODY = np.zeros((0, 1), np.float32)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    folder: Path = parser.parse_args().data
    half = json.loads((Path(__file__).parent / "halves" / "categories.json").read_text("utf-8"))
    fitted = Fitted(examples(folder / "captioned") + examples(folder / "multilabel"))
    known = data.labelled(folder / "categories")
    paths = [*data.captioned(folder / "captioned").paths, *known.paths]
    rows = slice(len(paths) - len(known.paths), None)
    semantic, visual = fitted.gallery(paths)[rows], fitted.visual(paths)[rows]
    texts = fitted.labels([label.replace("_", " ") for label in known.labels])
    tags = json.loads(CALIBRATION.read_text("utf-8"))["tags"]
    text_odds = tags["cosine"] * (semantic @ texts.T) + tags["bias"]
    truth = known.has.argmax(1)
    for part in ("tuning", "reported"):
        classes = np.array([i for i, label in enumerate(known.labels) if label in half[part]])
        _measure(part, classes, truth, text_odds, semantic, visual)


def _measure(
    part: str,
    classes: NDArray[np.int64],
    truth: NDArray[np.int64],
    text_odds: NDArray[np.float32],
    semantic: NDArray[np.float32],
    visual: NDArray[np.float32],
) -> None:
    alone: list[float] = []
    ours: dict[int, list[float]] = {n: [] for n in _SHOTS}
    theirs: dict[tuple[str, int], list[float]] = {}
    for draw in range(_DRAWS):
        rng = np.random.default_rng(draw)
        shuffled = {c: rng.permutation(np.flatnonzero(truth == c)) for c in classes.tolist()}
        asked = np.concatenate([own[8:] for own in shuffled.values()])
        alone.append(_accuracy(text_odds[asked][:, classes], classes, truth[asked]))
        for n in _SHOTS:
            odds = np.stack(
                [
                    text_odds[asked, c]
                    + learn(
                        visual[own[:n]], semantic[own[:n]], _NOBODY.repeat(visual.shape[1], 1)
                    ).of(visual[asked], semantic[asked])
                    for c, own in shuffled.items()
                ],
                axis=1,
            )
            ours[n].append(_accuracy(odds, classes, truth[asked]))
            shown = np.concatenate([own[:n] for own in shuffled.values()])
            for space, vectors in (("semantic", semantic), ("visual", visual)):
                model = LogisticRegression(C=30, max_iter=500).fit(vectors[shown], truth[shown])
                right = float(np.mean(model.predict(vectors[asked]) == truth[asked]))
                theirs.setdefault((space, n), []).append(right)
    print(f"{part} half, {len(classes)} classes, {_DRAWS} draws; text alone {np.mean(alone):.3f}")
    for n in _SHOTS:
        space = max(("semantic", "visual"), key=lambda s, n=n: np.mean(theirs[s, n]))  # type: ignore[misc]
        gain = np.array(ours[n]) - np.array(theirs[space, n])
        error = gain.std(ddof=1) / np.sqrt(_DRAWS)
        print(
            f"{n} examples: {np.mean(ours[n]):.3f}, worse than the text alone in "
            f"{np.sum(np.array(ours[n]) < np.array(alone))} draws; logistic regression "
            f"{np.mean(theirs[space, n]):.3f} ({space}), ours {gain.mean():+.3f} +- {1.96 * error:.3f}"
        )


def _accuracy(
    odds: NDArray[np.float32], classes: NDArray[np.int64], truth: NDArray[np.int64]
) -> float:
    return float(np.mean(classes[odds.argmax(1)] == truth))


if __name__ == "__main__":
    main()
