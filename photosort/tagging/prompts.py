"""Texts of a tag for an encoder: its name in templates, sentences, descriptors.

Source: classification by description (Menon and Vondrick 2022) for the descriptors, CuPL (Pratt et al. 2022)
for the sentences.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from photosort.domain.encoders import Prompting
    from photosort.domain.tags import Tag

TEMPLATES = ("{}", "a photo of {}", "a picture of {} in everyday life")


@dataclass(frozen=True, slots=True)
class TagTexts:
    """The texts that stand for one tag.

    Attributes:
        names: the prompt in each template.
        sentences: captions of what photos of it show.
        descriptors: one text for each descriptor of the tag, in its order.
    """

    names: tuple[str, ...]
    sentences: tuple[str, ...]
    descriptors: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """Every text once, in a fixed order."""
        return self.names + self.sentences + self.descriptors


def texts_of(tag: Tag) -> TagTexts:
    """The texts of one tag. A tag of a plain list has its name only."""
    prompt = tag.prompt or tag.name
    return TagTexts(
        names=tuple(template.format(prompt) for template in TEMPLATES),
        sentences=tag.sentences,
        descriptors=tuple(f"{prompt}, which has {descriptor}" for descriptor in tag.descriptors),
    )


def prototypes(
    tags: Sequence[TagTexts],
    vectors: Mapping[str, NDArray[np.float32]],
    text_centre: NDArray[np.float32],
    prompting: Prompting,
) -> NDArray[np.float32]:
    """One vector a tag: the weighted mean of its kinds of text, centred.

    Args:
        tags: the texts of each tag.
        vectors: text to float32 array, shape (dim,), unit length, not centred.
        text_centre: float32 array, shape (dim,), the encoder's reference texts' mean.
        prompting: shares of the kinds of text, as they help the encoder.

    Returns:
        float32 array, shape (len(tags), dim), unit L2 norm.
    """
    rows = np.zeros((len(tags), len(text_centre)), dtype=np.float32)
    for i, texts in enumerate(tags):
        kinds = [
            (prompting.names, texts.names),
            (prompting.sentences, texts.sentences),
            (prompting.descriptors, texts.descriptors),
        ]
        some = [(share, kind) for share, kind in kinds if share and kind] or [(1.0, texts.names)]
        for share, kind in some:
            rows[i] += share * np.mean([vectors[text] for text in kind], axis=0)
        rows[i] /= sum(share for share, _ in some)
    rows -= text_centre
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12))
