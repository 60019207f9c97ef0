"""The plain method that the starter is held against.

EfficientNet-Lite2 with its stock preprocessing and all-MiniLM-L6-v2. A photo's vector is a ridge map from
its features to the mean vector of its captions, plus half of ConSE: the mean of the class vectors,
weighted by the probabilities of logits divided by 2. Everything is centred and of unit length.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import numpy as np
import torch

from benchmarks.vectors import STOCK_INPUT, Seen, minilm_vectors, starter_features
from photosort.embed.torchvision_ops import make_importable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from benchmarks.data import Captioned

    Floats = NDArray[np.floating]

CONSE_SHARE = 0.5
SOFTENING = 2.0
# The strongest of 0.1 to 30 on the fitting photos.
RIDGE = 3.0


class Plain:
    """The plain method, fitted on captioned photos."""

    def __init__(self, train: Captioned, rows: NDArray[np.int64], *, glosses: bool) -> None:
        """Fits the map.

        Args:
            train: captioned photos.
            rows: those of them that may be used.
            glosses: describe the classes with WordNet's glosses, not with their names alone.
        """
        seen = self.see(train.paths).rows(rows)
        captions = minilm_vectors(train.captions)
        own = np.stack([unit(captions[train.photo == row].mean(0)) for row in rows])
        features = unit(seen.pooled)
        self._centre = features.mean(0)
        inputs = features - self._centre
        gram = inputs @ inputs.T
        ridge = RIDGE * np.trace(gram) / len(gram) * np.eye(len(gram))
        self._map = inputs.T @ np.linalg.solve(gram + ridge, own - own.mean(0))
        self._classes = class_vectors(glosses=glosses)
        self._conse_centre = self._conse(seen).mean(0)
        self._text_centre = captions[np.isin(train.photo, rows)].mean(0)

    @staticmethod
    def see(paths: Sequence[Path]) -> Seen:
        """Features of photos, of which one decode serves every split."""
        return starter_features(paths, STOCK_INPUT)

    def photos(self, seen: Seen) -> Floats:
        """Vectors of a gallery: shape (n, 384), unit length."""
        mapped = unit((unit(seen.pooled) - self._centre) @ self._map)
        return unit(mapped + CONSE_SHARE * unit(self._conse(seen) - self._conse_centre))

    def conse(self, seen: Seen) -> Floats:
        """Vectors of a gallery by ConSE alone, centred on the gallery: shape (n, 384), unit length."""
        vectors = self._conse(seen)
        return unit(vectors - vectors.mean(0))

    def texts(self, texts: Sequence[str]) -> Floats:
        """Vectors of texts: shape (n, 384), unit length."""
        return unit(minilm_vectors(texts) - self._text_centre)

    def _conse(self, seen: Seen) -> Floats:
        soft = torch.softmax(torch.from_numpy(seen.logits) / SOFTENING, dim=1).numpy()
        return np.asarray(soft @ self._classes)


@functools.cache
def class_vectors(*, glosses: bool) -> Floats:
    """Vectors of ImageNet's classes by their WordNet lemmas: shape (1000, 384)."""
    make_importable()
    from timm.data.imagenet_info import ImageNetInfo

    info = ImageNetInfo()
    lemmas = [info.index_to_description(i) for i in range(1000)]
    if not glosses:
        return minilm_vectors([lemma.split(",")[0] for lemma in lemmas])
    return minilm_vectors([info.index_to_description(i, detailed=True) for i in range(1000)])


def unit(rows: Floats) -> Floats:
    """Rows of unit length."""
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-12))
