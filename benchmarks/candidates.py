"""What quality is measured of: an encoder as the product uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np
import torch

from benchmarks.vectors import (
    Seen,
    encoded_photos,
    minilm_vectors,
    shipped_space,
    starter_features,
    starter_quarters,
)
from photosort.embed.starter_space import bare_name, count_words
from photosort.search.centring import centred, photo_centre
from photosort.tagging.prompts import TEMPLATES
from photosort.usecases.search.query_vectors import QUERY_TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from photosort.domain.encoders import Encoder

    Floats = NDArray[np.floating]
    Ints = NDArray[np.int64]


class Candidate(Protocol):
    """Vectors of photos and texts, centred as a library's are."""

    def gallery(self, paths: Sequence[Path]) -> Floats:
        """Semantic vectors of photos that make up one library: shape (n, dim), unit length."""
        ...

    def visual(self, paths: Sequence[Path]) -> Floats:
        """Visual vectors of the same."""
        ...

    def queries(self, texts: Sequence[str]) -> Floats:
        """Vectors of searches: shape (n, dim), unit length."""
        ...

    def labels(self, labels: Sequence[str]) -> Floats:
        """Vectors of tags of which only the name is known: shape (n, dim), unit length."""
        ...


class Shipped:
    """The shipped starter, which was fitted on none of the photos of `captioned`, `multilabel` and `categories`.

    It is applied to features that are kept, which is why it is quicker than the encoder itself.

    Attributes:
        covariance: float32 array, shape (dim, dim), second moment of the photos it was fitted on.
    """

    def __init__(self) -> None:
        """Reads it."""
        self._space, references = shipped_space()
        self._photo_reference = references["semantic"]
        self._visual_reference = references["visual"]
        self.covariance = references["covariance"]

    def gallery(self, paths: Sequence[Path]) -> Floats:
        """See `Candidate`."""
        seen = starter_features(paths).tensors()
        return _as_library(self._space.semantic(seen).numpy(), self._photo_reference)

    def visual(self, paths: Sequence[Path]) -> Floats:
        """See `Candidate`."""
        seen = starter_features(paths).tensors()
        return _as_library(self._space.visual(seen).numpy(), self._visual_reference)

    def quarters(self, paths: Sequence[Path]) -> Floats:
        """Semantic vectors of the four quarters of each photo: shape (n, 4, dim), unit length."""
        seen = starter_quarters(paths)
        count, quarters = seen.pooled.shape[:2]
        flat = Seen(*(part.reshape(count * quarters, -1) for part in seen)).tensors()
        # Centred on other quarters: a part of a picture lies elsewhere than whole ones do.
        vectors = self._space.semantic(flat).numpy()
        return _as_library(vectors, vectors.mean(0)).reshape(count, quarters, -1)

    def queries(self, texts: Sequence[str], templates: Sequence[str] = QUERY_TEMPLATES) -> Floats:
        """See `Candidate`; other prompts only to compare them."""
        return _prompted(self.texts, texts, templates)

    def labels(self, labels: Sequence[str]) -> Floats:
        """See `Candidate`."""
        return _prompted(self.texts, labels, TEMPLATES)

    def texts(self, texts: Sequence[str]) -> Floats:
        """Vectors of texts as they are, not centred: shape (n, dim), unit length."""
        names = [bare_name(text) for text in texts]
        vectors = self._space.texts(
            torch.from_numpy(minilm_vectors(texts)),
            torch.from_numpy(minilm_vectors(names)),
            [count_words(name) for name in names],
        )
        return np.asarray(vectors.numpy())


class Given:
    """An encoder as it is, for photos that it was not fitted on."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def gallery(self, paths: Sequence[Path]) -> Floats:
        """See `Candidate`."""
        vectors = encoded_photos(self._encoder, paths)["semantic"]
        return _as_library(vectors, self._encoder.references.photos["semantic"])

    def visual(self, paths: Sequence[Path]) -> Floats:
        """See `Candidate`."""
        vectors = encoded_photos(self._encoder, paths)["visual"]
        return _as_library(vectors, self._encoder.references.photos["visual"])

    def queries(self, texts: Sequence[str]) -> Floats:
        """See `Candidate`."""
        return _prompted(self._encode, texts, QUERY_TEMPLATES)

    def labels(self, labels: Sequence[str]) -> Floats:
        """See `Candidate`."""
        return _prompted(self._encode, labels, TEMPLATES)

    def _encode(self, texts: Sequence[str]) -> Floats:
        rows = [self._encoder.encode_texts(texts[i : i + 256]) for i in range(0, len(texts), 256)]
        return centred(np.concatenate(rows), self._encoder.references.texts)


def _as_library(vectors: Floats, reference: Floats) -> Floats:
    rows = vectors.astype(np.float32)
    centre = photo_centre(rows.mean(0), len(rows), reference.astype(np.float32))
    return centred(rows, centre.vector)


def _prompted(
    encode: Callable[[Sequence[str]], Floats], texts: Sequence[str], templates: Sequence[str]
) -> Floats:
    filled = [template.format(text) for template in templates for text in texts]
    mean = encode(filled).reshape(len(templates), len(texts), -1).mean(0)
    return centred(mean.astype(np.float32), np.zeros(mean.shape[1], np.float32))
