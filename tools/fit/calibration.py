"""Fits what turns the starter's cosines into probabilities, and which tags it has earned to offer.

`python -m tools.fit.calibration --data DIR` writes `resources/starter/calibration.json`.

* Searches: one logistic over class names of `categories` (classes at even places), among the photos of `categories`
  and `captioned`.
* Tags: one slope and constant over all tags that at least three photos show, and for each tag an offset, drawn
  towards zero as if its log-odds were known to within one; `benchmarks/tag_labels.py` says from what.
* A tag is shown from its own limit on, where at least four of five photos surely show it, and is offered when that
  holds on photos that the limit was not chosen on (`tools/fit/earning.py`).

The printed figures are those of what was fitted and chosen on one half of the photos, on the other half.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import binom
from sklearn.linear_model import LogisticRegression

from benchmarks import data, vectors
from benchmarks.tag_labels import Judged, judge
from photosort.embed.load import STARTER, load_encoder
from photosort.embed.starter import CALIBRATION
from photosort.search.centring import centred, photo_centre
from photosort.search.cutoff import background
from photosort.tagging.choosing import kinship
from photosort.tagging.scoring import OFTEN_LOGIT, SUGGESTION_THRESHOLD, log_odds
from photosort.tagging.vocabulary import Vocabulary, load_vocabulary
from photosort.threads.lanes import cores
from photosort.usecases.models.vocabulary_vectors import shipped_files
from photosort.usecases.search.query_vectors import text_vector
from tools.fit.earning import earned, held_out, limits

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.encoders import Encoder
    from photosort.domain.tags import Tag

_LEAST_POSITIVES = 3
_SPREAD = 1.0  # of the tags' offsets, in log-odds
_CLOSE = 1e-4  # log-odds by which nothing moves any more
# No tag counts as more frequent than this: two captioned photos of three show people, of a user's own one in three.
_MOST_FREQUENT = 0.35
# An animal that is not there is worse than one that is overlooked: a lawn was "dog" at even odds and a little more.
_ANIMAL_CAUTION = 0.7
_NEGLIGIBLE = 0.05
_HALVES = 10
_ECE_FROM = 0.2
# A child tagged "monkey" is unforgivable: no measured precision excuses it.
NEVER_OFFERED = frozenset({"ape", "monkey", "pig", "wild boar", "guinea pig"})


@dataclass(frozen=True, slots=True)
class Fit:
    """Log-odds = slope x cosine + bias + the tag's offset + how often photos show it."""

    slope: float
    bias: float
    offsets: NDArray[np.float64]

    def log_odds(self, judged: Judged) -> NDArray[np.float64]:
        """Log-odds of each tag on each photo."""
        prior = np.asarray(OFTEN_LOGIT)[judged.often]
        found: NDArray[np.float64] = self.slope * judged.cosines + self.bias + self.offsets + prior
        return found

    def confidence(self, judged: Judged) -> NDArray[np.float64]:
        """Probability of each tag on each photo."""
        confidence: NDArray[np.float64] = 1 / (1 + np.exp(-self.log_odds(judged)))
        return confidence


def main() -> None:
    """Fits, prints and writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    folder = parser.parse_args().data
    with tempfile.TemporaryDirectory() as models:
        encoder = load_encoder(STARTER, models_dir=Path(models), threads=cores())
    search = _fit_search(encoder, folder)
    vocabulary = load_vocabulary(shipped_files())
    judged = judge(folder, vocabulary)
    print_halves(judged, vocabulary)
    fit, _ = made_strict(judged, vocabulary, fit_tags(judged))
    offered = offered_tags(judged, vocabulary)
    print(f"{len(offered)} of {len(vocabulary)} tags are offered: {', '.join(offered)}")
    offsets = {
        tag.name: round(float(offset), 2)
        for tag, offset in zip(vocabulary, fit.offsets, strict=True)
        if abs(offset) >= _NEGLIGIBLE
    }
    before = json.loads(CALIBRATION.read_text("utf-8"))
    fitted = {
        "encoder": encoder.info.version,
        "search": search,
        "prompting": before["prompting"],
        "tags": {"standing_out": 0.0, "cosine": round(fit.slope, 3), "bias": round(fit.bias, 3)},
        "offsets": offsets,
        "offered": offered,
        "reasons": before.get("reasons"),
    }
    CALIBRATION.write_text(json.dumps(fitted, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _fit_search(encoder: Encoder, folder: Path) -> dict[str, float]:
    categories, captioned = (
        data.labelled(folder / "categories"),
        data.captioned(folder / "captioned"),
    )
    rows = np.concatenate(
        [vectors.encoded_photos(encoder, one.paths)["semantic"] for one in (captioned, categories)]
    )
    centre = photo_centre(rows.mean(axis=0), len(rows), encoder.references.photos["semantic"])
    library = centred(rows, centre.vector)
    spoken = [""] * len(captioned.paths)
    for photo, caption in zip(captioned.photo, captioned.captions, strict=True):
        spoken[photo] += f" {caption.lower()}"
    features, shown = [], []
    for place in range(0, len(categories.labels), 2):
        name = categories.labels[place].replace("_", " ")
        query = text_vector(encoder, name)
        scores = library @ query
        base = background(scores, query, encoder.references.covariance)
        features.append(np.stack([(scores - base.mean) / base.spread, scores], axis=1))
        named = np.array([name.lower() in text for text in spoken])
        shown.append(np.concatenate([named, categories.has[:, place]]))
    fit = LogisticRegression(C=100, max_iter=1000).fit(
        np.concatenate(features), np.concatenate(shown)
    )
    return {
        "standing_out": round(float(fit.coef_[0, 0]), 3),
        "cosine": round(float(fit.coef_[0, 1]), 3),
        "bias": round(float(fit.intercept_[0]), 3),
    }


def weights_of(judged: Judged) -> NDArray[np.float64]:
    """How much each photo counts for each tag, shape (photos, tags): unknown 0, and too many positives less than 1.

    Where most photos show a tag, its precision is the base rate and says nothing of the tag: "people" was right on
    captioned photos and stood on bricks and coins too.
    """
    positives = np.sum(judged.shows == 1, axis=0)
    negatives = np.sum(judged.shows == 0, axis=0)
    odds = _MOST_FREQUENT / (1 - _MOST_FREQUENT)
    share = np.minimum(1.0, odds * negatives / np.maximum(positives, 1))
    return np.where(np.isnan(judged.shows), 0.0, np.where(judged.shows == 1, share, 1.0))


def fit_tags(judged: Judged) -> Fit:
    """Slope, constant and offsets; how often a tag is shown is taken as the scoring takes it.

    Where nothing speaks for a tag, at a cosine of zero, it is no likelier than `_MOST_FREQUENT`.
    """
    known = weights_of(judged)
    prior = np.asarray(OFTEN_LOGIT)[judged.often]
    shown = np.nan_to_num(judged.shows)
    use = np.count_nonzero(judged.shows == 1, axis=0) >= _LEAST_POSITIVES
    fit = Fit(9.0, -4.0, np.zeros(judged.shows.shape[1]))
    # Newton's method, in turn on the two numbers and on all offsets.
    for _ in range(30):
        p = fit.confidence(judged)
        wrong, weight = (shown - p) * known, p * (1 - p) * known
        c = judged.cosines[:, use]
        gradient = np.array([np.sum(wrong[:, use] * c), np.sum(wrong[:, use])])
        cross = np.sum(weight[:, use] * c)
        hessian = np.array(
            [[np.sum(weight[:, use] * c**2), cross], [cross, np.sum(weight[:, use])]]
        )
        step = np.linalg.solve(hessian, gradient)
        towards = wrong.sum(0) - fit.offsets / _SPREAD**2
        moved = np.clip(towards / (weight.sum(0) + 1 / _SPREAD**2), -1, 1)
        bias = fit.bias + float(step[1])
        most = log_odds(_MOST_FREQUENT) - bias - prior
        fit = Fit(fit.slope + float(step[0]), bias, np.minimum(fit.offsets + moved, most))
        if max(np.abs(step).max(), np.abs(moved[fit.offsets < most]).max(initial=0)) < _CLOSE:
            break
    return fit


def made_strict(judged: Judged, vocabulary: Vocabulary, fit: Fit) -> tuple[Fit, NDArray[np.bool_]]:
    """Lowers the offset of each tag by its limit, and says which tags have one; those without are not to be offered.

    "Beach" is right three times of four at even odds, and nine times of ten on the likeliest photos: better to be shown
    seldom than never. Its confidence is then too low by as much. Animals are held back a little, all of them.
    """
    offsets = fit.offsets.copy()
    offsets[kinship(vocabulary).animals] -= _ANIMAL_CAUTION
    held = Fit(fit.slope, fit.bias, offsets)
    found = limits(
        held.log_odds(judged) - log_odds(SUGGESTION_THRESHOLD), judged.shows, weights_of(judged)
    )
    has_limit = np.isfinite(found)
    return Fit(fit.slope, fit.bias, offsets - np.where(has_limit, found, 0)), has_limit


def offered_tags(judged: Judged, vocabulary: Vocabulary) -> list[str]:
    """Names of the tags that have earned it."""

    def count(fitted_on: Judged, others: Judged) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        fit, has_limit = made_strict(fitted_on, vocabulary, fit_tags(fitted_on))
        shown = (fit.confidence(others) >= SUGGESTION_THRESHOLD) * weights_of(others) * has_limit
        return shown.sum(0), (shown * (others.shows == 1)).sum(0)

    _, has_limit = made_strict(judged, vocabulary, fit_tags(judged))
    proved = has_limit & earned(*held_out(judged, count))
    return [
        tag.name
        for tag, good in zip(vocabulary, proved, strict=True)
        if good and _may_be_offered(tag)
    ]


def _may_be_offered(tag: Tag) -> bool:
    return not tag.is_group and not tag.hand_only and tag.key not in NEVER_OFFERED


def print_halves(judged: Judged, vocabulary: Vocabulary) -> None:
    """Figures of what one half of the photos fits and chooses, on the other; means over halves."""
    kin = kinship(vocabulary)
    figures = []
    for seed in range(_HALVES // 2):
        half = np.random.default_rng(seed).permutation(len(judged.cosines)) % 2 == 0
        for chosen_on in (half, ~half):
            fit = fit_tags(judged.rows(chosen_on))
            fit, _ = made_strict(judged.rows(chosen_on), vocabulary, fit)
            names = set(offered_tags(judged.rows(chosen_on), vocabulary))
            offered = np.array([tag.name in names for tag in vocabulary])
            figures.append(_figures(judged.rows(~chosen_on), fit, offered, kin.animals, kin.people))
    for name in figures[0]:
        print(f"{name:44} {np.nanmean([one[name] for one in figures]):8.3f}")


def _figures(
    judged: Judged,
    fit: Fit,
    offered: NDArray[np.bool_],
    animals: NDArray[np.bool_],
    people: NDArray[np.bool_],
) -> dict[str, float]:
    p = fit.confidence(judged)
    known, shows = ~np.isnan(judged.shows), np.nan_to_num(judged.shows)
    shown = (p >= SUGGESTION_THRESHOLD) & known & offered
    counts, right = shown.sum(0), (shown & (shows == 1)).sum(0)
    each = right[counts > 0] / counts[counts > 0]
    many = (shows.sum(0) >= 10) & (counts > 0)
    pairs = known & (p >= _ECE_FROM)
    sure, true = p[pairs], shows[pairs]
    bins = np.minimum((sure * 10).astype(int), 9)
    ece = sum(
        abs(sure[bins == b].mean() - true[bins == b].mean()) * np.mean(bins == b)
        for b in np.unique(bins)
    )
    base = (shows * known).sum(0) / np.maximum(known.sum(0), 1)
    rates = np.broadcast_to(base, p.shape)[pairs]
    told = judged.sets == "captioned"
    none = told & ~np.any((shows == 1) & animals | ~known & animals, axis=1)
    person = np.any((p >= SUGGESTION_THRESHOLD) & people, axis=1)
    given = np.any((p >= SUGGESTION_THRESHOLD) & offered & animals, axis=1) & ~person
    return {
        "tags offered": float(offered.sum()),
        "precision, mean over offered tags": float(each.mean()),
        "precision, all that is shown": float(right.sum() / max(counts.sum(), 1)),
        "photos that tags are rightly shown on": float(right.sum()),
        "tags with 10 positives": float(many.sum()),
        "lowest precision of one of them": float(
            (right[many] / counts[many]).min() if many.any() else np.nan
        ),
        "of them below 0.8": float(np.sum(right[many] / counts[many] < 0.8)),
        "of them surely below 0.8 (binomial, 5 %)": float(
            np.sum(binom.cdf(right[many], counts[many], 0.8) < 0.05)
        ),
        "pairs with a prediction of 0.2 or more": float(len(sure)),
        "expected calibration error among them": float(ece),
        "Brier skill over the tags' base rates": float(
            1 - np.mean((sure - true) ** 2) / np.mean((rates - true) ** 2)
        ),
        "animals offered where captions name none": float(np.mean(given[none])),
    }


if __name__ == "__main__":
    main()
