"""Ranks, precision, clusters, and how sure a difference is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment
from sklearn.cluster import KMeans
from sklearn.metrics import normalized_mutual_info_score

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.floating]
    Ints = NDArray[np.int64]

RESAMPLES = 2000
KMEANS_SEEDS = 4


@dataclass(frozen=True, slots=True)
class Difference:
    """A paired difference with its 95 % interval, photos resampled; None where there is no interval."""

    value: float
    low: float | None = None
    high: float | None = None

    def __str__(self) -> str:
        if self.low is None:
            return f"{self.value:+.3f}"
        return f"{self.value:+.3f} [{self.low:+.3f}, {self.high:+.3f}]"


def ranks(scores: Floats, right: Ints) -> Ints:
    """Rank of the right column in each row, 1 = first; ties count against it."""
    own = scores[np.arange(len(scores)), right]
    return np.asarray((scores >= own[:, None]).sum(1))


def difference(new: Floats, plain: Floats, photo: Ints) -> Difference:
    """Mean difference of two figures of the same queries.

    Args:
        new: shape (queries,).
        plain: shape (queries,).
        photo: the photo of each query; all queries of a photo are drawn together.
    """
    photos, own = np.unique(photo, return_inverse=True)
    sums = np.bincount(own, new - plain)
    counts = np.bincount(own)
    draws = _draws(len(photos))
    means = sums[draws].sum(1) / counts[draws].sum(1)
    return Difference(float(sums.sum() / counts.sum()), *_interval(means))


def resampled(figure: Callable[[Ints], float], photos: int) -> Difference:
    """A difference that is no mean over photos: `figure` takes the rows of the photos drawn."""
    values = np.array([figure(draw) for draw in _draws(photos)])
    return Difference(figure(np.arange(photos)), *_interval(values))


def mean_average_precision(scores: Floats, has: NDArray[np.bool_]) -> float:
    """Mean over the labels that at least one photo has.

    Args:
        scores: shape (photos, labels).
        has: shape (photos, labels).
    """
    order = np.argsort(-scores, axis=0, kind="stable")
    hits = np.take_along_axis(has, order, axis=0)
    found = hits.cumsum(0)
    precision = found / np.arange(1, len(hits) + 1)[:, None]
    positives = hits.sum(0)
    some = positives > 0
    return float(((precision * hits).sum(0)[some] / positives[some]).mean())


def clusters(vectors: Floats, truth: Ints) -> tuple[float, float]:
    """k-means with the true number of clusters: (NMI, accuracy), mean over a few seeds."""
    count = int(truth.max()) + 1
    figures = []
    for seed in range(KMEANS_SEEDS):
        found = KMeans(count, n_init=3, random_state=seed).fit_predict(vectors)
        table = np.zeros((count, count), np.int64)
        np.add.at(table, (truth, found), 1)
        matched = table[linear_sum_assignment(-table)].sum()
        figures.append((normalized_mutual_info_score(truth, found), matched / len(truth)))
    nmi, accuracy = np.mean(figures, axis=0)
    return float(nmi), float(accuracy)


def _draws(photos: int) -> Ints:
    return np.random.default_rng(0).integers(0, photos, (RESAMPLES, photos))


def _interval(values: Floats) -> tuple[float, float]:
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)
