"""Learns a tag from the user's examples, in closed form.

Nothing is accumulated, so that an example taken back leaves no trace. A tag's examples speak twice: their mean
direction in the visual space, trusted as far as the examples resemble one another (those of "our garden" do,
those of "street" do not), and, a little, their mean direction in the space that texts share. What was rejected
only speaks of photos that are much like it.

The first is Gaussian discriminant analysis with one covariance for all tags (A Hard-to-Beat Baseline for
Training-Free CLIP-Based Adaptation, Wang et al. 2024), which the starter's visual space is whitened by; the
last is the cache of Tip-Adapter (Zhang et al. 2022) with a negative sign. Figures:
docs/decisions/0020-suggestions.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# All of these were chosen on the tuning half of `categories`, with and without texts, and on every other tag of
# `captioned` (benchmarks/tags/corrections.py; docs/notes/tags.md).
# How alike examples of a tag are before they say anything themselves, and how many examples that counts for.
_ALIKE = 0.3
_ALIKE_COUNTS = 2.0
_ALIKE_SEMANTIC = 0.375
# A single example stands further from the others than the mean of many does.
_FEW = 0.5
_LEAST_ALIKE = 0.02
# Log-odds for photos that are alike as examples of a thing usually are, and by which power they fall with that. Squared,
# tags of one look outweighed the others so far that two examples were worth less than a regression made of them.
_VISUAL = 20.0
_USUALLY_ALIKE = 0.6
_FALLS = 1.25
_SEMANTIC = 3.0
# Where a photo is as likely one as not, as a share of how alike the examples are.
_EVEN_VISUAL = 0.6
_EVEN_SEMANTIC = 0.7
# A photo this much like a rejected one begins to lose, and each step further costs this much.
# The text of a tag that only its name describes is trusted in full from this cosine with its examples on: a
# name such as "Rex" says nothing of what pictures show.
_NAME_SPEAKS = 0.2
_LIKE_REJECTED = 0.35
_REJECTED = 10.0
MOST_REJECTED = 32


@dataclass(frozen=True, slots=True)
class TagExamples:
    """What examples add to a tag's log-odds: `visual` and `semantic` products, a constant, and the rejected.

    Attributes:
        visual: float32 array, shape (visual dim,).
        semantic: float32 array, shape (semantic dim,).
        offset: constant part.
        rejected: float32 array, shape (m, visual dim), unit rows; at most `MOST_REJECTED`.
    """

    visual: NDArray[np.float32]
    semantic: NDArray[np.float32]
    offset: float
    rejected: NDArray[np.float32]

    def of(self, visual: NDArray[np.float32], semantic: NDArray[np.float32]) -> NDArray[np.float32]:
        """What is added on some photos.

        Args:
            visual: float32 array, shape (n, visual dim), unit length, centred.
            semantic: float32 array, shape (n, semantic dim), unit length, centred.

        Returns:
            float32 array, shape (n,).
        """
        added = visual @ self.visual + semantic @ self.semantic + self.offset
        if len(self.rejected):
            added -= against((visual @ self.rejected.T).max(axis=1))
        return np.asarray(added, dtype=np.float32)


def learn(
    shown: NDArray[np.float32],
    shown_semantic: NDArray[np.float32],
    rejected: NDArray[np.float32],
) -> TagExamples:
    """What examples teach.

    Args:
        shown: float32 array, shape (n, visual dim), unit length, centred: photos that show the tag.
        shown_semantic: the same photos in the semantic space.
        rejected: float32 array, shape (m, visual dim): photos that do not. Of more than `MOST_REJECTED` those
            at equal distances in the given order count.
    """
    step = max(1, -(-len(rejected) // MOST_REJECTED))
    visual, visual_even = _direction(shown, _ALIKE, _EVEN_VISUAL)
    semantic, semantic_even = _direction(shown_semantic, _ALIKE_SEMANTIC, _EVEN_SEMANTIC)
    count = len(shown)
    if not count:
        return TagExamples(visual, semantic, 0.0, rejected[::step])
    weight = _VISUAL * (visual_even / _EVEN_VISUAL / _USUALLY_ALIKE) ** _FALLS
    semantic_weight = _SEMANTIC * count / (count + 1)
    return TagExamples(
        visual=np.asarray(weight * visual, dtype=np.float32),
        semantic=np.asarray(semantic_weight * semantic, dtype=np.float32),
        offset=-weight * visual_even - semantic_weight * semantic_even,
        rejected=rejected[::step],
    )


def trust_in_name(cosines: NDArray[np.float32]) -> float:
    """How far the text of a tag is to be trusted that nothing but its name describes, 0 to 1.

    Args:
        cosines: float32 array, shape (n,), of the tag's text with its examples; empty = trusted.
    """
    if not len(cosines):
        return 1.0
    return float(np.clip(cosines.mean() / _NAME_SPEAKS, 0.0, 1.0))


def against(nearest: NDArray[np.float32]) -> NDArray[np.float32]:
    """What likeness to the nearest rejected photo takes away from the log-odds."""
    return np.asarray(_REJECTED * np.maximum(nearest - _LIKE_REJECTED, 0), dtype=np.float32)


def _direction(
    rows: NDArray[np.float32], usual: float, even: float
) -> tuple[NDArray[np.float32], float]:
    """The examples' mean direction, unit length, and the cosine with it at which a photo is even odds."""
    count = len(rows)
    if not count:
        return np.zeros(rows.shape[1], dtype=np.float32), 0.0
    total = rows.sum(axis=0)
    expected = usual * count / (count + _FEW)
    weight = _ALIKE_COUNTS
    if count > 1:
        others = total - rows
        lengths = np.maximum(np.linalg.norm(others, axis=1), 1e-12)
        left_out = np.einsum("nd,nd->n", rows, others) / lengths
        expected = weight * expected + float(np.maximum(left_out, 0).sum())
        expected /= weight + count
    direction = total / max(float(np.linalg.norm(total)), 1e-12)
    return np.asarray(direction, dtype=np.float32), even * max(expected, _LEAST_ALIKE)


def left_out(
    base: NDArray[np.float32],
    shown: NDArray[np.float32],
    shown_semantic: NDArray[np.float32],
    rejected: NDArray[np.float32],
    rejected_semantic: NDArray[np.float32],
) -> NDArray[np.float32]:
    """Log-odds of each example as if nobody had said anything of it.

    Args:
        base: float32 array, shape (n + m,), log-odds from the text alone, of those shown and then of those rejected.
        shown: float32 array, shape (n, visual dim).
        shown_semantic: float32 array, shape (n, semantic dim).
        rejected: float32 array, shape (m, visual dim).
        rejected_semantic: float32 array, shape (m, semantic dim).

    Returns:
        float32 array, shape (n + m,).
    """
    found = base.astype(np.float32).copy()
    for i in range(len(shown)):
        lesson = learn(np.delete(shown, i, 0), np.delete(shown_semantic, i, 0), rejected)
        found[i] += lesson.of(shown[i : i + 1], shown_semantic[i : i + 1])[0]
    for i in range(len(rejected)):
        lesson = learn(shown, shown_semantic, np.delete(rejected, i, 0))
        found[len(shown) + i] += lesson.of(rejected[i : i + 1], rejected_semantic[i : i + 1])[0]
    return found
