"""How reliable tags are: `python -m benchmarks tags --part labels`.

* The 80 labels of `multilabel`, calibrated on half of its photos (slope, constant, an offset a label), reported on
  the other half, 20 halves; by the plain method, by name alone, and by the tag's sentences and descriptors too.
* "None of these": on `categories`, half of the classes are the tags; photos of the others are to score lower. AUROC
  of the largest cosine, of the plain method's, and of the share that the tags have beside far words (NegLabel,
  Jiang et al. 2024), over 30 draws of classes; its two constants come from ten other draws.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import logsumexp
from sklearn.metrics import roc_auc_score

from benchmarks import data
from benchmarks.candidates import Shipped
from benchmarks.plain import Plain
from benchmarks.tag_labels import shipped_prompting
from photosort.tagging.prompts import prototypes, texts_of
from photosort.tagging.vocabulary import load_vocabulary
from photosort.usecases.models.vocabulary_vectors import shipped_files

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Floats = NDArray[np.floating]

_HALVES = 20
_FIGURES = ("precision at recall 0.15", "precision at recall 0.25", "recall at precision 0.8")
_TUNING, _REPORTED = range(10), range(10, 40)


def measure(folder: Path) -> dict[str, float]:
    """The figures of both, by name; the folder holds the named sets."""
    captioned = data.captioned(folder / "captioned")
    plain = Plain(captioned, np.arange(len(captioned.paths)), glosses=False)
    return _labels(folder, plain) | _none_of_these(folder, plain)


def _labels(folder: Path, plain: Plain) -> dict[str, float]:
    test = data.labelled(folder / "multilabel")
    labels = [label.replace("_", " ") for label in test.labels]
    fitted = Shipped()
    photos = fitted.gallery(test.paths)
    names = photos @ fitted.labels(labels).T
    described = names.copy()
    vocabulary = load_vocabulary(shipped_files())
    known = [(i, vocabulary.find(label)) for i, label in enumerate(labels)]
    texts = [texts_of(tag) for _, tag in known if tag is not None]
    wanted = list(dict.fromkeys(text for one in texts for text in one.all))
    vectors = dict(zip(wanted, fitted.texts(wanted), strict=True))
    made = prototypes(texts, vectors, np.zeros(photos.shape[1], np.float32), shipped_prompting())
    described[:, [i for i, tag in known if tag is not None]] = photos @ made.T
    seen = Plain.see(test.paths)
    rows = {
        "plain": plain.conse(seen) @ plain.texts(labels).T,
        "names": names,
        "names, sentences, descriptors": described,
    }
    found: dict[str, float] = {}
    for name, cosines in rows.items():
        for own in (False, True):
            figures = np.mean(
                [_half(cosines, test.has, seed, offsets_too=own) for seed in range(_HALVES)], 0
            )
            title = f"{name}, an offset a label" if own else name
            for what, value in zip(_FIGURES, figures.tolist(), strict=True):
                found[f"{title}: {what}"] = value
    return found


def _half(
    cosines: Floats,
    has: NDArray[np.bool_],
    seed: int,
    *,
    offsets_too: bool,
) -> tuple[float, float, float]:
    fit = np.random.default_rng(seed).permutation(len(has)) % 2 == 0
    slope, bias, offsets = 9.0, -4.0, np.zeros(has.shape[1])
    c, y = cosines[fit], has[fit].astype(float)
    for _ in range(40):
        p = 1 / (1 + np.exp(-(slope * c + bias + offsets)))
        w, wrong = p * (1 - p), y - p
        hessian = np.array([[np.sum(w * c * c), np.sum(w * c)], [np.sum(w * c), np.sum(w)]])
        step = np.linalg.solve(hessian, [np.sum(wrong * c), np.sum(wrong)])
        slope, bias = slope + step[0], bias + step[1]
        if offsets_too:
            offsets += np.clip((wrong.sum(0) - offsets) / (w.sum(0) + 1), -1, 1)
    odds = slope * cosines[~fit] + offsets
    hits = has[~fit].ravel()[np.argsort(-odds.ravel(), kind="stable")]
    right = hits.cumsum()
    precision, recall = right / np.arange(1, len(hits) + 1), right / hits.sum()
    at = np.searchsorted(recall, (0.15, 0.25))
    good = np.flatnonzero(precision >= 0.8)
    return (
        float(precision[at[0]]),
        float(precision[at[1]]),
        float(recall[good[-1]]) if len(good) else 0.0,
    )


def _none_of_these(folder: Path, plain: Plain) -> dict[str, float]:
    test = data.labelled(folder / "categories")
    names = [label.replace("_", " ") for label in test.labels]
    fitted = Shipped()
    photos, truth = fitted.gallery(test.paths), test.has.argmax(1)
    texts = fitted.labels(names)
    words = fitted.labels([tag.name for tag in load_vocabulary(shipped_files())])
    cosines, others, near = photos @ texts.T, photos @ words.T, words @ texts.T
    seen = Plain.see(test.paths)
    forms = [plain.photos(seen) @ plain.texts(names).T, plain.conse(seen) @ plain.texts(names).T]

    def largest(scores: Floats, draws: Iterable[int]) -> Floats:
        return np.array(
            [
                roc_auc_score(np.isin(truth, tags), scores[:, tags].max(1))
                for tags in map(_drawn, draws)
            ]
        )

    def negative(far: float, heat: float, draws: Iterable[int]) -> Floats:
        found = []
        for tags in map(_drawn, draws):
            away = near[:, tags].max(1) < far
            share = logsumexp(cosines[:, tags] / heat, 1) - logsumexp(others[:, away] / heat, 1)
            found.append(roc_auc_score(np.isin(truth, tags), share))
        return np.array(found)

    _, far, heat = max(
        (negative(far, heat, _TUNING).mean(), far, heat)
        for far in (0.2, 0.4, 0.6)
        for heat in (0.03, 0.06, 0.1)
    )
    held = max((largest(form, _REPORTED) for form in forms), key=lambda found: found.mean())
    return {
        "none of these, AUROC: plain": float(held.mean()),
        "none of these, AUROC: largest cosine": float(largest(cosines, _REPORTED).mean()),
        "none of these, AUROC: far words as negatives": float(
            negative(far, heat, _REPORTED).mean()
        ),
    }


def _drawn(seed: int) -> NDArray[np.int64]:
    return np.random.default_rng(seed).permutation(40)[:20]
