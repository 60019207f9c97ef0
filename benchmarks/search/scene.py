"""The starter and its photos as the search uses them, for every part of this benchmark."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.vectors import cached, encoded_photos
from photosort.embed.load import STARTER, load_encoder
from photosort.library.searching import clause_vectors
from photosort.search.centring import centred, photo_centre
from photosort.search.cutoff import (
    ESTIMATED,
    background,
    background_of_strangers,
    probability,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from photosort.domain.encoders import Encoder, Space

    Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure and what is asked of it.

    Attributes:
        value: the figure.
        least: what it must reach, or None where it is only reported.
        note: what it is compared with.
        most: what it must not exceed, or None.
    """

    value: float
    least: float | None = None
    note: str = ""
    most: float | None = None

    @property
    def is_reached(self) -> bool:
        """Whether it is as good as asked."""
        above = self.least is None or self.value >= self.least
        return above and (self.most is None or self.value <= self.most)


class Library:
    """Photos that one library holds, centred as a library's are."""

    def __init__(self, encoder: Encoder, vectors: Floats, space: Space = "semantic") -> None:
        self.encoder = encoder
        self.centre = photo_centre(
            vectors.mean(axis=0), len(vectors), encoder.references.photos[space]
        ).vector
        self.rows = centred(vectors, self.centre)

    def scores(self, vector: Floats) -> Floats:
        """Cosines of all photos with a text."""
        return np.asarray(self.rows @ vector)

    def probabilities(self, vector: Floats, *, unwanted: bool = False) -> Floats:
        """The same as probabilities; of what is unwanted as `trace` takes them."""
        references = self.encoder.references
        scores = self.scores(vector)
        of = background_of_strangers if unwanted else background
        base = of(scores, vector, references.covariance)
        return probability(scores, base, references.search or ESTIMATED)


def starter() -> Encoder:
    """The encoder that comes with Photosort."""
    with tempfile.TemporaryDirectory() as models:
        return load_encoder(STARTER, models_dir=Path(models), threads=2)


def photos(encoder: Encoder, paths: Sequence[Path], space: Space = "semantic") -> Floats:
    """Raw vectors of photos."""
    return encoded_photos(encoder, paths)[space]


def texts(encoder: Encoder, spoken: Sequence[str]) -> Floats:
    """Vectors of descriptions as the search makes them."""
    return clause_vectors(encoder, spoken)


def encoded(
    encoder: Encoder, name: str, images: Callable[[], Iterator[NDArray[np.uint8]]]
) -> dict[str, Floats]:
    """Raw vectors of pictures that the benchmark makes, kept for the next run.

    Args:
        encoder: sees them.
        name: says which pictures.
        images: makes them, in parts.
    """

    def compute() -> dict[str, Floats]:
        parts = [encoder.encode_images(part) for part in images()]
        return {space: np.concatenate([part[space] for part in parts]) for space in parts[0]}

    return cached(["made", name, encoder.info.version], compute)
