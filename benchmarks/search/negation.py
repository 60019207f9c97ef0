"""`beach -people`: two photos side by side, of which one is wanted and the other perhaps not."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np
from sklearn.metrics import average_precision_score

from benchmarks.data import labelled
from benchmarks.search import mosaics
from benchmarks.search.scene import Library, Measured, encoded, photos, texts
from photosort.search.cutoff import ESTIMATED, trace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from photosort.domain.encoders import Encoder

    Floats = NDArray[np.float32]

_LEAST_PHOTOS = 3
_LITERAL = "{} without {}"
_WAYS = ("shipped", "1 - p", "subtraction", "literal", "words alone")


def measure(encoder: Encoder, data: Path) -> dict[str, Measured]:
    """Mean average precision of each way, on mosaics and on `multilabel`."""
    found = {way: np.array(values) for way, values in _on_mosaics(encoder, data).items()}
    of_labels = _on_multilabel(encoder, data)
    goal = (float(found["subtraction"].mean()) + 1) / 2  # the oracle's precision is 1
    figures = {
        "negation mosaics, shipped": Measured(
            float(found["shipped"].mean()), goal, "half of the way from subtraction to an oracle"
        ),
        "negation mosaics, shipped above literal": Measured(
            float((found["shipped"] - found["literal"]).mean()), 0.0
        ),
    }
    for way in _WAYS[1:]:
        figures[f"negation mosaics, {way}"] = Measured(float(found[way].mean()))
    for way in _WAYS:
        figures[f"negation multilabel, {way}"] = Measured(float(np.mean(of_labels[way])))
    return figures


def _on_mosaics(encoder: Encoder, data: Path) -> dict[str, list[float]]:
    test = labelled(data / "categories")
    pairs = mosaics.pairs(test)
    edge = encoder.info.input.edge_px

    def images() -> Iterator[NDArray[np.uint8]]:
        for pair in pairs:
            yield from mosaics.batches(mosaics.side_by_side(test.paths, pair.halves, edge))

    vectors = encoded(encoder, "pairs", images)["semantic"]
    names = [label.replace("_", " ") for label in test.labels]
    literal = [_LITERAL.format(names[pair.wanted], names[pair.unwanted]) for pair in pairs]
    asked, whole = texts(encoder, names), texts(encoder, literal)
    wanted = np.repeat([False, True, False], mosaics.EACH)
    result: dict[str, list[float]] = {way: [] for way in _WAYS}
    for place, pair in enumerate(pairs):
        count = len(pair.halves)
        library = Library(encoder, vectors[place * count : (place + 1) * count])
        _add(result, library, asked[pair.wanted], asked[pair.unwanted], whole[place], wanted)
    return result


def _on_multilabel(encoder: Encoder, data: Path) -> dict[str, list[float]]:
    test = labelled(data / "multilabel")
    library = Library(encoder, photos(encoder, test.paths))
    asked = texts(encoder, test.labels)
    pairs = []
    for a, b in permutations(range(len(test.labels)), 2):
        both, alone = test.has[:, a] & test.has[:, b], test.has[:, a] & ~test.has[:, b]
        if min(both.sum(), alone.sum()) >= _LEAST_PHOTOS:
            pairs.append((a, b, alone))
    literal = texts(encoder, [_LITERAL.format(test.labels[a], test.labels[b]) for a, b, _ in pairs])
    result: dict[str, list[float]] = {way: [] for way in _WAYS}
    for (a, b, alone), whole in zip(pairs, literal, strict=True):
        _add(result, library, asked[a], asked[b], whole, alone)
    return result


def _add(
    result: dict[str, list[float]],
    library: Library,
    wanted: Floats,
    unwanted: Floats,
    literal: Floats,
    right: NDArray[np.bool_],
) -> None:
    shows, bad = library.probabilities(wanted), library.probabilities(unwanted)
    logistic = library.encoder.references.search or ESTIMATED
    traces = trace(library.probabilities(unwanted, unwanted=True), logistic)
    ranked = {
        "shipped": shows * (1 - traces),
        "1 - p": shows * (1 - bad),
        "subtraction": library.scores(wanted - unwanted),
        "literal": library.scores(literal),
        "words alone": shows,
    }
    for way, scores in ranked.items():
        result[way].append(float(average_precision_score(right, scores)))
