"""The steps by which texts become a tag's score, each as a function of the same vectors.

What each is worth is measured by `benchmarks/steps.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.plain import unit
from photosort.tagging.prompts import TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from photosort.tagging.prompts import TagTexts

    Floats = NDArray[np.floating]

# Chosen on the tags at even places.
_ZPE_HEAT = 0.02
_CONTEXT_HEAT = 0.1
_TOWARDS_PARENT = 0.2
_CROPS_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Material:
    """What all steps work on.

    Attributes:
        photos: shape (n, dim), unit length, centred.
        vectors: text to its vector, shape (dim,), centred where the encoder's texts are.
        tags: the texts of each tag.
        parents: int array, shape (tags,), the place of each tag's parent, -1 at the top.
        contexts: what may be said of any photo ("indoors"); its texts are "{prompt}, {context}".
        crops: shape (n, k, dim), parts of the photos, or None where nobody cut any.
    """

    photos: Floats
    vectors: dict[str, Floats]
    tags: Sequence[TagTexts]
    parents: NDArray[np.int64]
    contexts: tuple[str, ...] = ()
    crops: Floats | None = None

    def mean(self, texts: Sequence[str]) -> Floats:
        """The mean vector of some texts, zero of none."""
        if not texts:
            return np.zeros(self.photos.shape[1], np.float32)
        return np.asarray(np.mean([self.vectors[text] for text in texts], axis=0))


def mixed(names: float, sentences: float, descriptors: float) -> Callable[[Material], Floats]:
    """Weighted mean of the kinds of text (CuPL; Menon and Vondrick); a tag without a kind does without it."""

    def scores(material: Material) -> Floats:
        return _cosines(material, prototypes(material, names, sentences, descriptors))

    return scores


def prototypes(material: Material, names: float, sentences: float, descriptors: float) -> Floats:
    """One vector a tag, shape (tags, dim), unit length."""
    rows = []
    for one in material.tags:
        parts = ((names, one.names), (sentences, one.sentences), (descriptors, one.descriptors))
        some = [(share, kind) for share, kind in parts if share and kind] or [(1.0, one.names)]
        rows.append(np.sum([share * material.mean(kind) for share, kind in some], axis=0))
    return unit(np.stack(rows))


def bare(material: Material) -> Floats:
    """The name alone, without a template."""
    return _cosines(
        material, unit(np.stack([material.mean(one.names[:1]) for one in material.tags]))
    )


def descriptors_alone(material: Material) -> Floats:
    """Mean cosine of a tag's descriptors, as Menon and Vondrick score."""
    return mixed(0.0, 0.0, 1.0)(material)


def weighted(material: Material) -> Floats:
    """Every text weighted by how confidently its kind scores, without labels.

    Source: Allingham et al. 2023 (ZPE), eq. 4: the mean over photos of the largest logit among the tags, after each
    tag's mean logit is taken off.
    """
    slots = _slots(material)
    confidence = []
    for rows in slots.values():
        has = np.linalg.norm(rows, axis=1) > 0
        logits = material.photos @ unit(rows[has]).T
        confidence.append((logits - logits.mean(0)).max(1).mean() if has.sum() > 1 else -np.inf)
    weights = np.exp((np.array(confidence) - max(confidence)) / _ZPE_HEAT)
    total = np.zeros_like(next(iter(slots.values())))
    for weight, rows in zip(weights, slots.values(), strict=True):
        total = total + weight * rows
    return _cosines(material, unit(total))


def towards_parent(base: Callable[[Material], Floats]) -> Callable[[Material], Floats]:
    """A tag's score leans on its parent's, and a parent scores what its best child does (tree back-off)."""

    def scores(material: Material) -> Floats:
        own = base(material)
        found = own.copy()
        for place, parent in enumerate(material.parents.tolist()):
            if parent >= 0:
                found[:, place] = (1 - _TOWARDS_PARENT) * own[:, place] + _TOWARDS_PARENT * own[
                    :, parent
                ]
        return found

    return scores


def from_children(base: Callable[[Material], Floats]) -> Callable[[Material], Floats]:
    """A parent is as likely as its likeliest child where that is likelier than itself."""

    def scores(material: Material) -> Floats:
        found = base(material).copy()
        # Children stand behind their parents in a vocabulary's order.
        for place in range(len(material.parents) - 1, -1, -1):
            parent = int(material.parents[place])
            if parent >= 0:
                found[:, parent] = np.maximum(found[:, parent], found[:, place])
        return found

    return scores


def in_context(material: Material) -> Floats:
    """Names read in each context, weighted by how likely the photo has it (PerceptionCLIP, An et al. 2024)."""
    where = unit(np.stack([material.vectors[f"a photo taken {one}"] for one in material.contexts]))
    odds = np.exp(material.photos @ where.T / _CONTEXT_HEAT)
    odds /= odds.sum(1, keepdims=True)
    found = np.zeros((len(material.photos), len(material.tags)))
    for place, context in enumerate(material.contexts):
        rows = [material.vectors[f"{one.names[0]}, {context}"] for one in material.tags]
        found += odds[:, place : place + 1] * (material.photos @ unit(np.stack(rows)).T)
    return 0.5 * found + 0.5 * mixed(1.0, 0.0, 0.0)(material)


def with_crops(base: Callable[[Material], Floats]) -> Callable[[Material], Floats]:
    """The whole photo and the best of its parts, half each."""

    def scores(material: Material) -> Floats:
        whole = base(material)
        if material.crops is None:
            return whole
        parts = [
            base(
                Material(
                    material.crops[:, part],
                    material.vectors,
                    material.tags,
                    material.parents,
                    material.contexts,
                )
            )
            for part in range(material.crops.shape[1])
        ]
        best = np.max(parts, axis=0)
        return np.asarray((1 - _CROPS_SHARE) * whole + _CROPS_SHARE * best)

    return scores


def context_texts(tags: Sequence[TagTexts], contexts: Sequence[str]) -> list[str]:
    """The texts that `in_context` reads."""
    said = [f"{one.names[0]}, {context}" for one in tags for context in contexts]
    return said + [f"a photo taken {one}" for one in contexts]


def _slots(material: Material) -> dict[str, Floats]:
    """The texts of one kind and number, of all tags: shape (tags, dim) each, zero where a tag has none."""
    most = max(len(one.sentences) for one in material.tags)
    more = max(len(one.descriptors) for one in material.tags)
    places = [("names", i) for i in range(len(TEMPLATES))]
    places += [("sentences", i) for i in range(most)] + [("descriptors", i) for i in range(more)]
    return {
        f"{kind} {i}": np.stack(
            [material.mean(getattr(one, kind)[i : i + 1]) for one in material.tags]
        )
        for kind, i in places
    }


def _cosines(material: Material, rows: Floats) -> Floats:
    return np.asarray(material.photos @ rows.T)
