"""Fits directions for the tags that captions name often: "people", "child", "grass", "running".

`python -m tools.fit.tag_directions --data DIR` writes `resources/starter/tag_directions.npz`. A ridge regression on the photos and
captions that the starter was fitted on says for each tag in which direction of the semantic space the photos lie that show
it. Captioned photos all show scenes, so pictures of other kinds count as examples of what does not show a tag: the photos
of the tuning half of `categories`, and every second surface and drawing (`benchmarks.tag_labels.taught`). A tag gets its
direction if enough photos show it, and if out of fold the direction ranks them well and better than the texts of the tag do:
"orange" is a colour in captions and a fruit among the tags, and no direction ranks both.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from benchmarks.candidates import Shipped
from benchmarks.data import captioned, held_back
from benchmarks.tag_labels import from_captions, labels, text_prototypes
from photosort.embed.load import STARTER, load_encoder
from photosort.tagging.prompts import texts_of
from photosort.tagging.vocabulary import load_vocabulary
from photosort.threads.lanes import cores
from photosort.usecases.models.vocabulary_vectors import (
    SHIPPED_DIRECTIONS,
    shipped_files,
    texts_hash,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_LEAST_POSITIVES = 100
_LEAST_PRECISION = 0.65
_RIDGE = 10.0
# What a picture of another kind counts beside a captioned photo, of which there are many more.
_OTHER_KINDS = 3.0
_FOLDS = 5
# The slope that texts have (`tools/fit/calibration.py`); a direction's steepness is told beside it.
_SLOPE_OF_TEXTS = 12.7


def directions(vectors: Floats, shows: Floats, weights: Floats) -> Floats:
    """One direction a tag, by ridge regression.

    Args:
        vectors: shape (photos, dim).
        shows: shape (photos, tags): 1 shown, 0 not, 0.5 unknown.
        weights: shape (photos,).

    Returns:
        Shape (tags, dim), unit length.
    """
    inputs = np.c_[vectors, np.ones(len(vectors))]
    penalty = np.diag(np.r_[np.full(vectors.shape[1], _RIDGE), 0.0])
    weighted = weights[:, None] * inputs
    found = np.linalg.solve(inputs.T @ weighted + penalty, weighted.T @ shows)[:-1].T
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True))


def _out_of_fold(vectors: Floats, shows: Floats, weights: Floats) -> Floats:
    """Cosines of photos with directions that were fitted without them: shape (photos, tags)."""
    fold = np.random.default_rng(0).permutation(len(vectors)) % _FOLDS
    found = np.empty(shows.shape)
    for one in range(_FOLDS):
        rest = fold != one
        fitted = directions(vectors[rest], shows[rest], weights[rest])
        found[~rest] = vectors[~rest] @ fitted.T
    return found


def main() -> None:
    """Fits, prints and writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    data: Path = parser.parse_args().data
    vocabulary = load_vocabulary(shipped_files())
    with tempfile.TemporaryDirectory() as models:
        encoder = load_encoder(STARTER, models_dir=Path(models), threads=cores())
    everything = captioned(data / "captioned_more")
    photos = everything.of(np.setdiff1d(np.arange(len(everything.paths)), held_back(everything)))
    spoken: list[list[str]] = [[] for _ in photos.paths]
    for photo, caption in zip(photos.photo, photos.captions, strict=True):
        spoken[photo].append(caption.lower())
    others = labels(data, vocabulary)
    shipped = Shipped()
    vectors = np.concatenate(
        [shipped.gallery(photos.paths), shipped.gallery(others.paths)[others.taught]]
    ).astype(np.float64)
    shows = np.concatenate([from_captions(spoken, vocabulary), others.shows[others.taught]])
    weights = np.r_[np.ones(len(photos.paths)), np.full(others.taught.sum(), _OTHER_KINDS)]
    by_machine = [not tag.is_group and not tag.hand_only for tag in vocabulary]
    often = np.flatnonzero((np.sum(shows == 1, axis=0) >= _LEAST_POSITIVES) & by_machine)
    known = ~np.isnan(shows[:, often])
    targets = np.nan_to_num(shows[:, often], nan=0.5)
    by_direction = _out_of_fold(vectors, targets, weights)
    by_text = vectors @ text_prototypes(vocabulary)[often].T
    fitted = directions(vectors, targets, weights)
    rows, steepness = [], []
    for place, index in enumerate(often):
        use = known[:, place]
        right = targets[use, place] == 1
        better, text = (
            float(average_precision_score(right, scores[use, place]))
            for scores in (by_direction, by_text)
        )
        if better > max(text, _LEAST_PRECISION):
            model = LogisticRegression(C=100).fit(by_direction[use, place][:, None], right)
            rows.append(place)
            steepness.append(float(model.coef_[0, 0]) / _SLOPE_OF_TEXTS)
        print(f"{vocabulary.tags[index].name:24} {right.sum():5} {text:.3f} {better:.3f}")
    hashes = [texts_hash(texts_of(vocabulary.tags[often[place]])) for place in rows]
    np.savez_compressed(
        SHIPPED_DIRECTIONS,
        encoder=np.array(encoder.info.version),
        texts=np.frombuffer(b"".join(hashes), np.uint8).reshape(len(hashes), -1),
        directions=fitted[rows].astype(np.float16),
        steepness=np.array(steepness, np.float32),
    )
    print(f"{len(rows)} of {len(often)} tags -> {SHIPPED_DIRECTIONS}")


if __name__ == "__main__":
    main()
