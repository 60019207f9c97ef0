"""How much examples teach: `python -m benchmarks tags --part corrections`.

On `categories`, classes at odd places (the constants of `tagging/learning.py` were chosen on the others): mean
accuracy from the text alone and after 1, 2, 4 and 8 examples a class, against logistic regression on the same
examples in the better of both spaces, paired over draws. The 7 photos of a class that are never drawn are asked.

On `captioned`, where a photo shows many tags and most tags have no one look, average precision of each tag that at least
14 photos show, tags at odd places reported: what examples add to the text. The starter is fitted on one half of the
photos, and the other half is the library.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from benchmarks import data
from benchmarks.candidates import Shipped
from benchmarks.tag_labels import labels, shipped_prompting
from photosort.embed.starter import CALIBRATION
from photosort.tagging.learning import learn
from photosort.tagging.prompts import prototypes, texts_of
from photosort.tagging.vocabulary import load_vocabulary
from photosort.usecases.models.vocabulary_vectors import shipped_files

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SHOTS = (1, 2, 4, 8)
_DRAWS = 40
_TAG_DRAWS = 6
_LEAST_POSITIVES = 14
_NOBODY = np.zeros((0, 1), np.float32)


def measure(folder: Path) -> dict[str, float]:
    """The figures of both sets, by name; the folder holds the named sets."""
    half = json.loads((Path(__file__).parents[1] / "halves" / "categories.json").read_text("utf-8"))
    fitted = Shipped()
    known = data.labelled(folder / "categories")
    paths = [*data.captioned(folder / "captioned").paths, *known.paths]
    rows = slice(len(paths) - len(known.paths), None)
    semantic, visual = fitted.gallery(paths)[rows], fitted.visual(paths)[rows]
    texts = fitted.labels([label.replace("_", " ") for label in known.labels])
    tags = json.loads(CALIBRATION.read_text("utf-8"))["tags"]
    text_odds = tags["cosine"] * (semantic @ texts.T) + tags["bias"]
    truth = known.has.argmax(1)
    found: dict[str, float] = {}
    for part in ("tuning", "reported"):
        classes = np.array([i for i, label in enumerate(known.labels) if label in half[part]])
        found |= _categories(part, classes, truth, text_odds, semantic, visual)
    return found | _tags_of_captioned(folder, tags["cosine"])


def _categories(
    part: str,
    classes: NDArray[np.int64],
    truth: NDArray[np.int64],
    text_odds: NDArray[np.float32],
    semantic: NDArray[np.float32],
    visual: NDArray[np.float32],
) -> dict[str, float]:
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
    found = {f"{part}: text alone": float(np.mean(alone))}
    for n in _SHOTS:
        _, space = max((float(np.mean(theirs[one, n])), one) for one in ("semantic", "visual"))
        gain = np.array(ours[n]) - np.array(theirs[space, n])
        error = 1.96 * gain.std(ddof=1) / np.sqrt(_DRAWS)
        found[f"{part}: {n} examples"] = float(np.mean(ours[n]))
        found[f"{part}: {n} examples, above logistic regression"] = float(gain.mean())
        print(f"{part}, {n} examples: {gain.mean():+.3f} +- {error:.3f} above logistic ({space})")
    return found


def _tags_of_captioned(folder: Path, slope: float) -> dict[str, float]:
    vocabulary = load_vocabulary(shipped_files())
    known = labels(folder, vocabulary)
    texts = [texts_of(tag) for tag in vocabulary]
    wanted = list(dict.fromkeys(text for one in texts for text in one.all))
    order = np.random.default_rng(7).permutation(known.counts[0])
    # Of either half of the tags, what each number of examples adds to the text, a tag and draw each.
    gains: dict[str, dict[int, list[float]]] = {
        part: {n: [] for n in _SHOTS} for part in ("tuning", "reported")
    }
    for half in (0, 1):
        mine = np.sort(order[half::2])
        fitted = Shipped()
        vectors = dict(zip(wanted, fitted.texts(wanted), strict=True))
        paths = [known.paths[row] for row in mine]
        semantic, visual = fitted.gallery(paths), fitted.visual(paths)
        nowhere = np.zeros(semantic.shape[1], np.float32)
        odds = slope * (semantic @ prototypes(texts, vectors, nowhere, shipped_prompting()).T)
        for place, tag in enumerate(vocabulary):
            shows = known.shows[mine, place]
            if tag.is_group or np.count_nonzero(shows == 1) < _LEAST_POSITIVES:
                continue
            part = gains["reported" if place % 2 else "tuning"]
            for draw in range(_TAG_DRAWS):
                own = np.random.default_rng([draw, place]).permutation(np.flatnonzero(shows == 1))
                asked = np.setdiff1d(np.flatnonzero(~np.isnan(shows)), own[: max(_SHOTS)])
                alone = average_precision_score(shows[asked], odds[asked, place])
                for n in _SHOTS:
                    lesson = learn(
                        visual[own[:n]], semantic[own[:n]], _NOBODY.repeat(visual.shape[1], 1)
                    )
                    added = lesson.of(visual[asked], semantic[asked])
                    taught = average_precision_score(shows[asked], odds[asked, place] + added)
                    part[n].append(taught - alone)
    return {
        f"captioned, {title}: average precision added by {n} examples": float(np.mean(added))
        for title, part in gains.items()
        for n, added in part.items()
    }


def _accuracy(
    odds: NDArray[np.float32], classes: NDArray[np.int64], truth: NDArray[np.int64]
) -> float:
    return float(np.mean(classes[odds.argmax(1)] == truth))
