"""Themes on mixtures: some classes of `categories` in sizes of a Zipf law, and photos of other sets that fit nowhere.

`python -m benchmarks albums` reports on the classes of the reported half, with seeds that were not tuned on
(`_SEEDS`; those from 100 on tuned `albums/themes.py`, on the other half).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment
from sklearn.cluster import HDBSCAN, KMeans
from sklearn.metrics import normalized_mutual_info_score

from benchmarks.candidates import Given
from benchmarks.data import captioned, labelled
from photosort.albums.themes import Level, find_themes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.encoders import Encoder

    Ints = NDArray[np.int64]

_HALVES = Path(__file__).parent / "halves" / "categories.json"
_SEEDS = range(20)
_FEWEST_CLASSES = 8
_LARGEST, _SMALLEST = 15, 3
_STRANGERS = 0.2
_RESAMPLES = 10_000
_NEEDED_ERROR = 0.25


@dataclass(frozen=True, slots=True)
class Mixture:
    """One library.

    Attributes:
        paths: its photos.
        truth: the class of each, -1 for those of other sets.
        classes: how many classes there are.
    """

    paths: list[Path]
    truth: Ints
    classes: int


@dataclass(frozen=True, slots=True)
class Found:
    """How well one way grouped one mixture; photos of other sets are right only where they stay out."""

    nmi: float
    accuracy: float
    number: int


def mixture(data: Path, seed: int, half: str) -> Mixture:
    """Draws one.

    Args:
        data: the folder of named sets.
        seed: of classes, sizes and strangers.
        half: "tuning" or "reported", the half of the classes.
    """
    rng = np.random.default_rng(seed)
    test = labelled(data / "categories")
    names = json.loads(_HALVES.read_text("utf-8"))[half]
    classes = int(rng.integers(_FEWEST_CLASSES, len(names) + 1))
    exponent = rng.uniform(0.3, 1.0)
    own = test.has.argmax(1)
    rows: list[int] = []
    truth: list[int] = []
    for rank, name in enumerate(rng.permutation(names)[:classes].tolist()):
        size = max(_SMALLEST, round(_LARGEST / (rank + 1) ** exponent))
        held = np.flatnonzero(own == test.labels.index(name))
        rows += rng.permutation(held)[:size].tolist()
        truth += [rank] * size
    strangers = [*captioned(data / "captioned").paths, *labelled(data / "multilabel").paths]
    count = round(len(rows) * _STRANGERS / (1 - _STRANGERS))
    picked = rng.permutation(len(strangers))[:count].tolist()
    paths = [test.paths[row] for row in rows] + [strangers[place] for place in picked]
    return Mixture(paths, np.array(truth + [-1] * count), classes)


def measure(data: Path, encoder: Encoder, half: str, seeds: range) -> dict[str, list[Found]]:
    """Every way on every mixture."""
    given = Given(encoder)
    found: dict[str, list[Found]] = {}
    for seed in seeds:
        drawn = mixture(data, seed, half)
        visual, semantic = given.visual(drawn.paths), given.gallery(drawn.paths)
        ways = {
            "themes": _themes(visual, semantic),
            "HDBSCAN, smallest 3": HDBSCAN(min_cluster_size=3, copy=True).fit_predict(visual),
            "HDBSCAN, smallest 5": HDBSCAN(min_cluster_size=5, copy=True).fit_predict(visual),
            "k-means, true number": KMeans(drawn.classes, n_init=5, random_state=0).fit_predict(
                visual
            ),
            "k-means, true number + 1": KMeans(
                drawn.classes + 1, n_init=5, random_state=0
            ).fit_predict(visual),
        }
        for name, labels in ways.items():
            found.setdefault(name, []).append(_judged(drawn.truth, labels))
    return found


def report(
    data: Path, encoder: Encoder, *, half: str = "reported", seeds: range = _SEEDS
) -> dict[str, float]:
    """Measures, prints beside the other ways, and returns the figures of the themes."""
    found = measure(data, encoder, half, seeds)
    true = np.array([mixture(data, seed, half).classes for seed in seeds])
    own = found.pop("themes")
    error = float((np.abs(np.array([one.number for one in own]) - true) / true).mean())
    print(f"{len(seeds)} mixtures of the {half} half, {true.min()} to {true.max()} classes")
    print(
        f"  {'themes':26} NMI {_mean(own, 'nmi'):.3f}  accuracy {_mean(own, 'accuracy'):.3f}"
        f"  error of the number {error:.1%} (needs {_NEEDED_ERROR:.0%})"
    )
    is_good = error <= _NEEDED_ERROR
    for name, other in found.items():
        line = f"  {name:26}"
        for measured in ("nmi", "accuracy"):
            gain = np.array(
                [
                    getattr(a, measured) - getattr(b, measured)
                    for a, b in zip(own, other, strict=True)
                ]
            )
            low, high = _interval(gain)
            line += f" {measured} {_mean(other, measured):.3f} ({gain.mean():+.3f}, 95 % {low:+.3f} to {high:+.3f})"
            is_good &= low > 0
        print(line)
    print(f"  surely better than each, and the number found: {'yes' if is_good else 'NO'}")
    return {
        "mixtures_nmi": round(_mean(own, "nmi"), 4),
        "mixtures_accuracy": round(_mean(own, "accuracy"), 4),
        "mixtures_number_error": round(error, 4),
    }


def _themes(visual: NDArray[np.floating], semantic: NDArray[np.floating]) -> Ints:
    """The group of each photo at the middle level, -1 outside."""
    labels = np.full(len(visual), -1)
    themes = find_themes(visual.astype(np.float32), semantic.astype(np.float32))
    for place, theme in enumerate(themes):
        if theme.level is Level.THEME:
            labels[theme.rows] = place
    return labels


def _judged(truth: Ints, labels: Ints) -> Found:
    right = int(((truth < 0) & (labels < 0)).sum())
    numbers = np.unique(labels[labels >= 0])
    table = np.array(
        [[((truth == a) & (labels == b)).sum() for b in numbers] for a in range(truth.max() + 1)]
    )
    if table.size:
        right += int(table[linear_sum_assignment(-table)].sum())
    return Found(
        float(normalized_mutual_info_score(truth, labels)), right / len(truth), len(numbers)
    )


def _mean(found: list[Found], name: str) -> float:
    return float(np.mean([getattr(one, name) for one in found]))


def _interval(gains: NDArray[np.floating]) -> tuple[float, float]:
    draws = np.random.default_rng(0).integers(0, len(gains), (_RESAMPLES, len(gains)))
    low, high = np.percentile(gains[draws].mean(1), [2.5, 97.5])
    return float(low), float(high)
