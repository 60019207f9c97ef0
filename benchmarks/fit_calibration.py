"""Fits what turns the starter's cosines into probabilities, and which tags it has earned to offer.

`python -m benchmarks.fit_calibration --data DIR` writes `resources/starter/calibration.json`.

* Searches: one logistic over class names of `categories` (classes at even places), among the photos of `categories`
  and `captioned`.
* Tags: one logistic over every tag that at least three photos of `captioned`, `multilabel` and `categories` show. A
  photo shows a tag when two of its captions name it (or a child of it) or a label says so, and does not when no
  caption names it; in between nobody knows.
* A tag is offered when, from the confidence on at which tags are shown, at least four of five photos show it. The
  printed precision is that of tags chosen on one half of the photos, on the other half.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmarks import data, vectors
from photosort.embed.load import STARTER, load_encoder
from photosort.embed.starter import CALIBRATION
from photosort.lanes import cores
from photosort.library.searching import text_vector
from photosort.library.vocabulary import shipped_files, shipped_vectors
from photosort.search.centring import centred, photo_centre
from photosort.search.cutoff import background
from photosort.tagging.prompts import prototypes, texts_of
from photosort.tagging.scoring import OFTEN_LOGIT, SHOWN
from photosort.tagging.vocabulary import Vocabulary, load_vocabulary

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.encoders import Encoder

_EARNED = 0.8
_LEAST_SHOWN = 4
_LEAST_POSITIVES = 3
# A child tagged "monkey" is unforgivable: no measured precision excuses it.
NEVER_OFFERED = frozenset({"ape", "monkey", "pig", "wild boar", "guinea pig"})


@dataclass(frozen=True, slots=True)
class Judged:
    """Photos scored against tags, and what is known of them.

    Attributes:
        cosines: float array, shape (photos, tags).
        shows: float array of that shape: 1 shown, 0 not, NaN unknown.
        often: int array, shape (tags,).
    """

    cosines: NDArray[np.float64]
    shows: NDArray[np.float64]
    often: NDArray[np.int64]

    def rows(self, rows: NDArray[np.bool_]) -> Judged:
        """Some of the photos."""
        return Judged(self.cosines[rows], self.shows[rows], self.often)


def main() -> None:
    """Fits, prints and writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    folder = parser.parse_args().data
    with tempfile.TemporaryDirectory() as models:
        encoder = load_encoder(STARTER, models_dir=Path(models), threads=cores())
    search = _fit_search(encoder, folder)
    vocabulary = load_vocabulary(shipped_files())
    judged = _judge(encoder, folder, vocabulary)
    slope, bias = _fit_tags(judged)
    _print_halves(judged, vocabulary)
    offered = _offered(judged, vocabulary, slope, bias)
    print(f"{len(offered)} of {len(vocabulary)} tags are offered: {', '.join(offered)}")
    fitted = {
        "encoder": encoder.info.version,
        "search": search,
        "tags": {"standing_out": 0.0, "cosine": slope, "bias": bias},
        "offered": offered,
    }
    CALIBRATION.write_text(json.dumps(fitted, indent=1) + "\n")


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


def _judge(encoder: Encoder, folder: Path, vocabulary: Vocabulary) -> Judged:
    captioned, told = data.captioned(folder / "captioned"), data.captioned(folder / "multilabel")
    multilabel, categories = (
        data.labelled(folder / "multilabel"),
        data.labelled(folder / "categories"),
    )
    paths = [*captioned.paths, *multilabel.paths, *categories.paths]
    rows = vectors.encoded_photos(encoder, paths)["semantic"]
    centre = photo_centre(rows.mean(axis=0), len(rows), encoder.references.photos["semantic"])
    spoken: dict[Path, list[str]] = {path: [] for path in paths}
    for one in (captioned, told):
        for photo, caption in zip(one.photo, one.captions, strict=True):
            spoken[one.paths[photo]].append(caption.lower())
    shows = _from_captions([spoken[path] for path in paths], vocabulary)
    _add_labels(shows, len(captioned.paths), multilabel, vocabulary)
    _add_labels(shows, len(captioned.paths) + len(multilabel.paths), categories, vocabulary)
    texts = [texts_of(tag) for tag in vocabulary]
    wanted = list(dict.fromkeys(text for one in texts for text in one.all))
    known = shipped_vectors(encoder.info.version, wanted)
    missing = [text for text in wanted if text not in known]
    if missing:
        known |= dict(zip(missing, encoder.encode_texts(missing), strict=True))
    made = prototypes(texts, known, encoder.references.texts)
    often = np.array([tag.often for tag in vocabulary])
    return Judged((centred(rows, centre.vector) @ made.T).astype(np.float64), shows, often)


def _from_captions(spoken: list[list[str]], vocabulary: Vocabulary) -> NDArray[np.float64]:
    shows = np.full((len(spoken), len(vocabulary)), np.nan)
    below: dict[str, list[str]] = {}
    for tag in vocabulary:
        names = [name for name in (tag.name, tag.prompt, *tag.aliases) if name]
        for one in (tag, *vocabulary.ancestors(tag.key)):
            below.setdefault(one.key, []).extend(names)
    for place, tag in enumerate(vocabulary):
        either = "|".join(re.escape(name.lower()) for name in below[tag.key])
        pattern = re.compile(rf"\b(?:{either})(?:s|es)?\b")
        for photo, captions in enumerate(spoken):
            if captions:
                count = sum(1 for caption in captions if pattern.search(caption))
                shows[photo, place] = 0 if count == 0 else 1 if count >= 2 else np.nan
    return shows


def _add_labels(
    shows: NDArray[np.float64], start: int, labelled: data.Labelled, vocabulary: Vocabulary
) -> None:
    place = {tag.key: i for i, tag in enumerate(vocabulary)}
    rows = shows[start : start + len(labelled.paths)]
    found = [
        (i, vocabulary.find(label.replace("_", " "))) for i, label in enumerate(labelled.labels)
    ]
    for _, tag in found:
        if tag is not None:
            column = rows[:, place[tag.key]]
            column[np.isnan(column)] = 0
    for label, tag in found:
        if tag is not None:
            for one in (tag, *vocabulary.ancestors(tag.key)):
                rows[labelled.has[:, label], place[one.key]] = 1


def _fit_tags(judged: Judged) -> tuple[float, float]:
    """Slope and bias over the cosine; how often a tag is shown is taken as the scoring takes it."""
    use = np.nansum(judged.shows == 1, axis=0) >= _LEAST_POSITIVES
    known = ~np.isnan(judged.shows[:, use])
    cosines = judged.cosines[:, use][known]
    prior = np.broadcast_to(np.asarray(OFTEN_LOGIT)[judged.often[use]], known.shape)[known]
    shown = judged.shows[:, use][known] == 1
    slope, bias = 9.0, -4.0
    # Newton's method on two numbers, because the prior enters with a fixed weight of one.
    for _ in range(30):
        p = 1 / (1 + np.exp(-(slope * cosines + bias + prior)))
        gradient = np.array([np.sum((shown - p) * cosines), np.sum(shown - p)])
        w = p * (1 - p)
        hessian = np.array(
            [[np.sum(w * cosines**2), np.sum(w * cosines)], [np.sum(w * cosines), np.sum(w)]]
        )
        step = np.linalg.solve(hessian, gradient)
        slope, bias = slope + float(step[0]), bias + float(step[1])
    return round(slope, 3), round(bias, 3)


def _confidence(judged: Judged, slope: float, bias: float) -> NDArray[np.float64]:
    prior = np.asarray(OFTEN_LOGIT)[judged.often]
    confidence: NDArray[np.float64] = 1 / (1 + np.exp(-(slope * judged.cosines + bias + prior)))
    return confidence


def _offered(judged: Judged, vocabulary: Vocabulary, slope: float, bias: float) -> list[str]:
    shown = _confidence(judged, slope, bias) >= SHOWN
    offered = []
    for place, tag in enumerate(vocabulary):
        says = judged.shows[shown[:, place], place]
        says = says[~np.isnan(says)]
        may = not tag.is_group and not tag.hand_only and tag.key not in NEVER_OFFERED
        # Half a right and half a wrong one more: four of four prove less than forty of forty.
        if may and len(says) >= _LEAST_SHOWN and (says.sum() + 0.5) / (len(says) + 1) >= _EARNED:
            offered.append(tag.name)
    return offered


def _print_halves(judged: Judged, vocabulary: Vocabulary) -> None:
    half = np.random.default_rng(0).permutation(len(judged.cosines)) % 2 == 0
    for chosen_on, measured_on in ((half, ~half), (~half, half)):
        slope, bias = _fit_tags(judged.rows(chosen_on))
        names = set(_offered(judged.rows(chosen_on), vocabulary, slope, bias))
        columns = [i for i, tag in enumerate(vocabulary) if tag.name in names]
        other = judged.rows(measured_on)
        says = other.shows[:, columns]
        shown = (_confidence(other, slope, bias)[:, columns] >= SHOWN) & ~np.isnan(says)
        print(
            f"{len(names)} tags offered by one half: precision {says[shown].mean():.3f} on the other "
            f"({shown.sum()} tags on {len(other.cosines)} photos)"
        )


if __name__ == "__main__":
    main()
