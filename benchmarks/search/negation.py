"""`beach -people`: two photos side by side, of which one is wanted and the other perhaps not."""

from __future__ import annotations

from collections import defaultdict
from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np
from sklearn.metrics import average_precision_score

from benchmarks.data import labelled
from benchmarks.quality_stats import difference
from benchmarks.search import mosaics
from benchmarks.search.scene import Library, Measured, encoded_with_parts, texts
from benchmarks.vectors import pixels_of
from photosort.search.cutoff import ESTIMATED, trace
from photosort.search.parts import shown, shown_unwanted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from photosort.domain.encoders import Encoder

    Floats = NDArray[np.float32]

_LEAST_PHOTOS = 3
_LITERAL = "{} without {}"
# "whole pictures" is what photos get whose parts nobody has seen, and what other encoders do.
_WAYS = ("shipped", "whole pictures", "1 - p", "subtraction", "literal", "words alone")


class _Found:
    """Average precision of each way for each pair of one set, in the order of the pairs."""

    def __init__(self) -> None:
        self.of_way: dict[str, list[float]] = defaultdict(list)
        self.wanted: list[int] = []

    def add(
        self,
        library: Library,
        pair: tuple[int, int],
        asked: Floats,
        literal: Floats,
        right: NDArray[np.bool_],
    ) -> None:
        """Ranks a library for one thing without another one.

        Args:
            library: the photos.
            pair: the rows of `asked` that are wanted and not.
            asked: vectors of the names.
            literal: the vector of "x without y".
            right: the photos that show the one alone.
        """
        wanted, unwanted = asked[list(pair)]
        logistic = library.encoder.references.search or ESTIMATED
        whole, bad = library.probabilities(wanted), library.probabilities(unwanted)
        parts, bad_parts = library.part_evidence(wanted), library.part_evidence(unwanted)
        of_whole = trace(library.probabilities(unwanted, unwanted=True), logistic)
        of_parts = trace(shown_unwanted(bad_parts, [parts], logistic), logistic)
        ranked = {
            "shipped": shown(whole, parts + library.offset(wanted), logistic) * (1 - of_parts),
            "whole pictures": whole * (1 - of_whole),
            "1 - p": whole * (1 - bad),
            "subtraction": library.scores(wanted - unwanted),
            "literal": library.scores(literal),
            "words alone": whole,
        }
        for way, scores in ranked.items():
            self.of_way[way].append(float(average_precision_score(right, scores)))
        self.wanted.append(pair[0])

    def mean(self, way: str, rows: slice = slice(None)) -> float:
        """Mean average precision over pairs."""
        return float(np.mean(self.of_way[way][rows]))

    def above(self, way: str, rows: slice = slice(None)) -> str:
        """How far what is shipped is above another way, things that are wanted resampled."""
        new, old = (np.array(self.of_way[one][rows]) for one in ("shipped", way))
        return str(difference(new, old, np.array(self.wanted[rows])))


def measure(encoder: Encoder, data: Path) -> dict[str, Measured]:
    """Mean average precision of each way, on mosaics, on `multilabel` and on photos of one thing each.

    What there is to choose was chosen on the pairs at even places; those at odd places are reported apart.
    """
    found = {
        "mosaics": _on_mosaics(encoder, data),
        "multilabel": _on_multilabel(encoder, data),
        "single photos": _on_single_photos(encoder, data),
    }
    on_mosaics = found["mosaics"]
    goal = (on_mosaics.mean("subtraction") + 1) / 2  # the oracle's precision is 1
    figures = {
        "negation mosaics, shipped": Measured(
            on_mosaics.mean("shipped"), goal, "half of the way from subtraction to an oracle"
        ),
        "negation mosaics, shipped above literal": Measured(
            on_mosaics.mean("shipped") - on_mosaics.mean("literal"), 0.0
        ),
    }
    odd = slice(1, None, 2)
    for name, of_set in found.items():
        figures[f"negation {name}, shipped, odd pairs"] = Measured(of_set.mean("shipped", odd))
        for way in _WAYS:
            note = "" if way == "shipped" else f"shipped {of_set.above(way)}"
            if way == "whole pictures":
                note += f", odd pairs {of_set.above(way, odd)}"
            figures.setdefault(f"negation {name}, {way}", Measured(of_set.mean(way), note=note))
    return figures


def _literal(encoder: Encoder, names: Sequence[str], pairs: Sequence[tuple[int, int]]) -> Floats:
    return texts(encoder, [_LITERAL.format(names[a], names[b]) for a, b in pairs])


def _on_mosaics(encoder: Encoder, data: Path) -> _Found:
    test = labelled(data / "categories")
    pairs = mosaics.pairs(test)
    edge = encoder.info.input.edge_px

    def images() -> Iterator[NDArray[np.uint8]]:
        for pair in pairs:
            yield from mosaics.batches(mosaics.side_by_side(test.paths, pair.halves, edge))

    vectors, codes = encoded_with_parts(encoder, "pairs", images)
    names, asked_for = _names(test.labels), [(pair.wanted, pair.unwanted) for pair in pairs]
    asked, literal = texts(encoder, names), _literal(encoder, names, asked_for)
    right = np.repeat([False, True, False], mosaics.EACH)
    result = _Found()
    for place, pair in enumerate(asked_for):
        rows = slice(place * len(right), (place + 1) * len(right))
        library = Library(encoder, vectors[rows], codes=codes[rows])
        result.add(library, pair, asked, literal[place], right)
    return result


def _on_multilabel(encoder: Encoder, data: Path) -> _Found:
    test = labelled(data / "multilabel")
    library = _library(encoder, test.paths)
    pairs, alone = [], []
    for a, b in permutations(range(len(test.labels)), 2):
        both, only = test.has[:, a] & test.has[:, b], test.has[:, a] & ~test.has[:, b]
        if min(both.sum(), only.sum()) >= _LEAST_PHOTOS:
            pairs.append((a, b))
            alone.append(only)
    asked, literal = texts(encoder, test.labels), _literal(encoder, test.labels, pairs)
    result = _Found()
    for place, pair in enumerate(pairs):
        result.add(library, pair, asked, literal[place], alone[place])
    return result


def _on_single_photos(encoder: Encoder, data: Path) -> _Found:
    """Each class among all photos but those of one class, which is unwanted: nothing is to go."""
    test = labelled(data / "categories")
    truth = test.has.argmax(1)
    names = _names(test.labels)
    pairs = [(pair.wanted, pair.unwanted) for pair in mosaics.pairs(test)]
    vectors, codes = _seen(encoder, test.paths)
    asked, literal = texts(encoder, names), _literal(encoder, names, pairs)
    result = _Found()
    for place, pair in enumerate(pairs):
        rows = truth != pair[1]
        library = Library(encoder, vectors[rows], codes=codes[rows])
        result.add(library, pair, asked, literal[place], truth[rows] == pair[0])
    return result


def _names(labels: Sequence[str]) -> list[str]:
    return [label.replace("_", " ") for label in labels]


def _seen(encoder: Encoder, paths: list[Path]) -> tuple[Floats, NDArray[np.int8]]:
    return encoded_with_parts(
        encoder, str(paths[0].parent), lambda: pixels_of(paths, encoder.info.input)
    )


def _library(encoder: Encoder, paths: list[Path]) -> Library:
    vectors, codes = _seen(encoder, paths)
    return Library(encoder, vectors, codes=codes)
