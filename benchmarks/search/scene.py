"""The starter and its photos as the search uses them, for every part of this benchmark."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.vectors import cached, encoded_photos
from photosort.domain.encoders import KeepsParts
from photosort.embed.load import STARTER, load_encoder
from photosort.search.centring import centred, photo_centre
from photosort.search.cutoff import (
    ESTIMATED,
    background,
    background_of_strangers,
    evidence,
    matches,
    offset_of,
    presence,
    probability,
    spread_over_reference,
)
from photosort.store.vectors.products import part_products
from photosort.usecases.search.query_vectors import clause_vectors

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

    def __init__(
        self,
        encoder: Encoder,
        vectors: Floats,
        space: Space = "semantic",
        codes: NDArray[np.int8] | None = None,
    ) -> None:
        """Takes raw vectors, and the codes of the photos' parts where they are kept."""
        self.encoder = encoder
        self._codes = codes
        self.centre = photo_centre(
            vectors.mean(axis=0), len(vectors), encoder.references.photos[space]
        ).vector
        self.rows = centred(vectors, self.centre)

    def scores(self, vector: Floats) -> Floats:
        """Cosines of all photos with a text."""
        return np.asarray(self.rows @ vector)

    def probabilities(
        self, vector: Floats, *, words: float = 1.0, unwanted: bool = False
    ) -> Floats:
        """The same as probabilities, of a text of some words; of what is unwanted as `trace` takes them."""
        references = self.encoder.references
        scores = self.scores(vector)
        of = background_of_strangers if unwanted else background
        base = of(scores, vector, references.covariance)
        offset = 0.0 if unwanted else self.offset(vector, words)
        return probability(scores, base, references.search or ESTIMATED, offset)

    def answer(self, vector: Floats, words: float) -> tuple[Floats, float]:
        """Probabilities as the search gives them, and how probable it is that anything of the kind is there."""
        references = self.encoder.references
        if references.cut is None:
            raise ValueError("The cut-off was not fitted for this encoder: run tools.fit.cutoff.")
        scores, offset = self.scores(vector), self.offset(vector, words)
        base = background(scores, vector, references.covariance)
        spread = spread_over_reference(vector, references.covariance)
        shown = presence(scores, base, offset, words, references.cut, spread)
        return matches(scores, base, offset, words, references.cut), shown

    def offset(self, vector: Floats, words: float = 1.0) -> float:
        """What the log-odds of a text of some words gain."""
        return offset_of(vector, words, self.encoder.references.search_offsets)

    def part_evidence(self, vector: Floats) -> Floats:
        """What the parts of all photos say of a text: shape (parts, n)."""
        references = self.encoder.references
        parts = references.parts
        if self._codes is None or parts is None:
            raise ValueError("No parts of these photos are kept.")
        codes = self._codes.reshape(len(self._codes), parts.count, -1)
        scores = part_products(codes, vector / np.float32(parts.scale))
        base = background_of_strangers(np.empty(0, np.float32), vector, parts.covariance)
        return evidence(scores, base, references.search or ESTIMATED)


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


def encoded_with_parts(
    encoder: Encoder, name: str, images: Callable[[], Iterator[NDArray[np.uint8]]]
) -> tuple[Floats, NDArray[np.int8]]:
    """Raw semantic vectors of pictures and the codes of their parts, kept for the next run; else as `encoded`."""
    parts = encoder.references.parts
    if parts is None or not isinstance(encoder, KeepsParts):
        raise ValueError(f"{encoder.info.name} keeps no parts.")

    def compute() -> dict[str, NDArray[np.generic]]:
        seen = [encoder.encode_with_parts(part) for part in images()]
        return {
            "semantic": np.concatenate([vectors["semantic"] for vectors, _ in seen]),
            "parts": np.concatenate([codes for _, codes in seen]),
        }

    found = cached(["parts", name, encoder.info.version, encoder.info.dtype, parts.fit], compute)
    return found["semantic"], found["parts"]
