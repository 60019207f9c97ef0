"""The space that the starter's two halves share: what `benchmarks/fit_starter.py` fitted, applied.

A semantic vector has two parts of unit length, side by side.

* The *scene*: a ridge map from the picture's features to the vectors of captions, plus half of ConSE (the
  mean of the class descriptions, weighted by the softened probabilities of the classes). Both, and texts,
  live in a space in which the caption's part that no picture tells is damped, because what no map can
  predict only adds noise to a cosine.
* The *evidence*: the classifier's softened probabilities themselves, classes that it can hardly tell apart
  added up. A text has evidence if it is short enough to be a name: the classes whose names are near it. A
  name needs this because ConSE alone finds a thing only through what else is called alike; a sentence has
  none, because there the scene alone ranks better.

Source: ridge map and softened, centred ConSE after Norouzi et al. 2014; the damping is the whitening of
linear discriminant analysis, with the residuals of the map as the covariance within a photo.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import torch
from torch.nn.functional import normalize

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from torch import Tensor

    from photosort.embed.efficientnet_lite import Features

CONSE_TEMPERATURE = 2.0
CONSE_SHARE = 0.5
EVIDENCE_TEMPERATURE = 3.0

# How near a class's text must be to a name to count: the kernel's width, what a sentence about the class
# counts more than its name, and the weight that the evidence of a clear name has beside the scene.
NEARNESS_WIDTH = 0.07
SENTENCE_BONUS = 0.1
EVIDENCE_WEIGHT = 2.0
# The evidence fades out around these: a name unlike any class's, a text too long to be a name.
NEAREST, NEAREST_WIDTH = 0.55, 0.04
WORDS, WORDS_WIDTH = 4.5, 0.5
# Less than this is none at all, so that stored vectors of sentences are half zeros, which pack well.
NEGLIGIBLE = 0.01

# What a prompt puts around a name without saying more.
_PROMPT = re.compile(
    r"^(?:(?:a|an|the)\s+)?(?:photo|photograph|picture|image|snapshot)\s+of\s+(?:(?:a|an|the|some)\s+)?",
    re.IGNORECASE,
)
_PROMPT_END = re.compile(r"\s+in\s+(?:everyday\s+life|the\s+picture)\s*\.?$", re.IGNORECASE)


class StarterSpace:
    """Applies the fitted maps. All vectors are rows."""

    def __init__(self, fitted: Mapping[str, Tensor]) -> None:
        """Takes the tensors of `starter.safetensors`.

        Args:
            fitted: name to tensor, floats as float32; see `benchmarks/fit_starter.py` for their shapes.
        """
        self._fitted = fitted
        self._group = fitted["evidence.group"].long()
        counts = torch.bincount(self._group).to(fitted["evidence.centre"])
        # The root of the count keeps a sum over a group as long as a single class of the same probability.
        self._group_scale = counts.rsqrt()
        self._name_rows = fitted["names.row"].long()
        self._name_classes = fitted["names.class"].long()

    @property
    def semantic_dim(self) -> int:
        """Dimension of a semantic vector."""
        return self._fitted["map.bias"].shape[0] + self._fitted["evidence.centre"].shape[0]

    @property
    def visual_dim(self) -> int:
        """Dimension of a visual vector."""
        return self._fitted["visual.basis"].shape[1]

    def semantic(self, seen: Features) -> Tensor:
        """Semantic vectors of pictures: float32 tensor, shape (n, semantic_dim), unit length."""
        fitted = self._fitted
        mapped = map_input(seen) @ fitted["map.weight"] + fitted["map.bias"]
        soft = torch.softmax(seen.logits / CONSE_TEMPERATURE, dim=1)
        conse = soft @ fitted["conse.weight"] + fitted["conse.bias"]
        scene = normalize(normalize(mapped, dim=1) + CONSE_SHARE * normalize(conse, dim=1), dim=1)
        softer = torch.softmax(seen.logits / EVIDENCE_TEMPERATURE, dim=1)
        evidence = normalize(self._grouped(softer) - fitted["evidence.centre"], dim=1)
        return torch.cat([scene, evidence], dim=1) / 2**0.5

    def visual(self, seen: Features) -> Tensor:
        """Visual vectors of pictures: float32 tensor, shape (n, visual_dim), unit length."""
        centred = visual_input(seen) - self._fitted["visual.mean"]
        return normalize(centred @ self._fitted["visual.basis"], dim=1)

    def texts(self, vectors: Tensor, name_vectors: Tensor, words: Sequence[int]) -> Tensor:
        """Semantic vectors of texts.

        Args:
            vectors: float32 tensor, shape (n, 384), of the text model.
            name_vectors: the same of the texts' `bare_name`.
            words: words of each `bare_name`.

        Returns:
            float32 tensor, shape (n, semantic_dim), unit length.
        """
        fitted = self._fitted
        scene = normalize((vectors - fitted["text.centre"]) @ fitted["text.weight"], dim=1)
        nearness = self._nearness(normalize(name_vectors - fitted["text.centre"], dim=1))
        nearest = nearness.amax(1, keepdim=True)
        kernel = torch.exp((nearness - nearest) / NEARNESS_WIDTH)
        evidence = self._grouped(torch.threshold(kernel, NEGLIGIBLE, 0.0))
        lengths = torch.tensor(words, dtype=torch.float32, device=vectors.device)[:, None]
        weight = (
            EVIDENCE_WEIGHT
            * torch.sigmoid((nearest - NEAREST) / NEAREST_WIDTH)
            * torch.sigmoid((WORDS - lengths) / WORDS_WIDTH)
        )
        weight = torch.threshold(weight, NEGLIGIBLE, 0.0)
        return normalize(torch.cat([scene, weight * normalize(evidence, dim=1)], dim=1), dim=1)

    def _nearness(self, texts: Tensor) -> Tensor:
        """How near each text is to each class's names and sentences, shape (n, 1000)."""
        fitted = self._fitted
        nearness = texts @ fitted["sentences.vectors"].T + SENTENCE_BONUS
        to_names = (texts @ fitted["names.vectors"].T)[:, self._name_rows] - fitted["names.penalty"]
        classes = self._name_classes.expand(len(texts), -1)
        return nearness.scatter_reduce(1, classes, to_names, reduce="amax")

    def _grouped(self, per_class: Tensor) -> Tensor:
        sums = per_class.new_zeros(len(per_class), len(self._group_scale))
        return sums.index_add_(1, self._group, per_class) * self._group_scale


def map_input(seen: Features) -> Tensor:
    """What the ridge map reads, shape (n, 1696).

    The root evens out the few features that are large in any one picture.
    """
    return torch.cat([normalize(seen.pooled.sqrt(), dim=1), seen.middle], dim=1)


def visual_input(seen: Features) -> Tensor:
    """What the visual space is made of, shape (n, 1280)."""
    return normalize(seen.pooled.sqrt(), dim=1)


def bare_name(text: str) -> str:
    """A text without what a prompt puts around a name: "a photo of a dog" is "dog"."""
    return _PROMPT_END.sub("", _PROMPT.sub("", text.strip())) or text


def count_words(text: str) -> int:
    """Words of a text."""
    return len(text.split())
