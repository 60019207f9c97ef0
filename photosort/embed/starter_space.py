"""The space that the starter's two halves share: what `tools/fit/starter.py` fitted, applied.

A semantic vector has two parts of unit length, side by side.

* The *scene* joins two ways to compare a photo with a text. A pair of small networks, a *head* for photos and one for
  texts, was trained so that photos and their captions meet. Beside it stands a ridge map from the picture's
  features to the vectors of captions, plus half of ConSE (the mean of the class descriptions, weighted by the
  softened probabilities of the classes); it lives in a space in which the caption's part that no picture tells is
  damped, because what no map can predict only adds noise to a cosine. The head reads sentences better, the map
  names of things that captions seldom say, so a name relies on the head less. One projection for both sides
  keeps the products of both in few dimensions.
* The *evidence*: the classifier's softened probabilities themselves, classes that it can hardly tell apart
  added up. A text has evidence if it is short enough to be a name: the classes whose names are near it. A
  name needs this because ConSE alone finds a thing only through what else is called alike; a sentence has
  none, because there the scene alone ranks better.

Source: ridge map and softened, centred ConSE after Norouzi et al. 2014; the damping is the whitening of
linear discriminant analysis, with the residuals of the map as the covariance within a photo; a head on frozen
networks after Zhai et al. 2022 (LiT).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import torch
from torch.nn.functional import gelu, layer_norm, normalize

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
# What the head weighs beside the map, for a sentence and for a clear name.
HEAD_OF_SENTENCES, HEAD_OF_NAMES = 1.0, 0.25
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
            fitted: name to tensor, floats as float32; see `tools/fit/starter.py` for their shapes.
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
        return self._fitted["join.basis"].shape[1] + self._fitted["evidence.centre"].shape[0]

    @property
    def visual_dim(self) -> int:
        """Dimension of a visual vector."""
        return self._fitted["visual.basis"].shape[1]

    def semantic(self, seen: Features) -> Tensor:
        """Semantic vectors of pictures: float32 tensor, shape (n, semantic_dim), unit length."""
        fitted = self._fitted
        ways = even_ways(self.photo_ways(seen), fitted["join.centre"])
        scene = normalize(ways @ fitted["join.basis"], dim=1)
        softer = torch.softmax(seen.logits / EVIDENCE_TEMPERATURE, dim=1)
        evidence = normalize(self._grouped(softer) - fitted["evidence.centre"], dim=1)
        return torch.cat([scene, evidence], dim=1) / 2**0.5

    def photo_ways(self, seen: Features) -> tuple[Tensor, Tensor]:
        """What the scene of pictures is joined from: unit vectors of the head and of the map."""
        fitted = self._fitted
        inputs = map_input(seen)
        mapped = inputs @ fitted["map.weight"] + fitted["map.bias"]
        soft = torch.softmax(seen.logits / CONSE_TEMPERATURE, dim=1)
        conse = soft @ fitted["conse.weight"] + fitted["conse.bias"]
        scene = normalize(normalize(mapped, dim=1) + CONSE_SHARE * normalize(conse, dim=1), dim=1)
        return head(fitted, "photo", inputs), scene

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
        nearness = self._nearness(normalize(name_vectors - fitted["text.centre"], dim=1))
        nearest = nearness.amax(1, keepdim=True)
        kernel = torch.exp((nearness - nearest) / NEARNESS_WIDTH)
        evidence = self._grouped(torch.threshold(kernel, NEGLIGIBLE, 0.0))
        lengths = torch.tensor(words, dtype=torch.float32, device=vectors.device)[:, None]
        clear = torch.sigmoid((nearest - NEAREST) / NEAREST_WIDTH) * torch.sigmoid(
            (WORDS - lengths) / WORDS_WIDTH
        )
        of_head, mapped = self.text_ways(vectors)
        share = HEAD_OF_SENTENCES + (HEAD_OF_NAMES - HEAD_OF_SENTENCES) * clear
        scene = normalize(torch.cat([share * of_head, mapped], dim=1) @ fitted["join.basis"], dim=1)
        weight = torch.threshold(EVIDENCE_WEIGHT * clear, NEGLIGIBLE, 0.0)
        return normalize(torch.cat([scene, weight * normalize(evidence, dim=1)], dim=1), dim=1)

    def text_ways(self, vectors: Tensor) -> tuple[Tensor, Tensor]:
        """What the scene of texts is joined from, as `photo_ways` has it of pictures."""
        fitted = self._fitted
        mapped = normalize((vectors - fitted["text.centre"]) @ fitted["text.weight"], dim=1)
        return head(fitted, "text", vectors), mapped

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


def even_ways(ways: tuple[Tensor, Tensor], centre: Tensor) -> Tensor:
    """Both ways of pictures side by side, each centred and of unit length.

    Args:
        ways: as `StarterSpace.photo_ways` gives them.
        centre: float32 tensor, the mean of both side by side.
    """
    first = ways[0].shape[1]
    pairs = zip(ways, (centre[:first], centre[first:]), strict=True)
    return torch.cat([normalize(way - mean, dim=1) for way, mean in pairs], dim=1)


def head(fitted: Mapping[str, Tensor], side: str, inputs: Tensor) -> Tensor:
    """What the head of one side makes of its inputs.

    Args:
        fitted: name to tensor.
        side: "photo" or "text".
        inputs: float32 tensor, shape (n, inputs).

    Returns:
        float32 tensor, shape (n, dim), unit length.
    """
    first, up, down, skip = (
        fitted[f"{side}.{name}.weight"] for name in ("first", "up", "down", "skip")
    )
    x = inputs @ first + fitted[f"{side}.first.bias"]
    x = layer_norm(x, x.shape[-1:])
    inner = gelu(x @ up + fitted[f"{side}.up.bias"])
    return normalize(inner @ down + x @ skip + fitted[f"{side}.down.bias"], dim=1)


def map_input(seen: Features) -> Tensor:
    """What the ridge map and the head read, shape (n, 1696).

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
