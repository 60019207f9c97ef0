"""Converts cosines to log-odds that a photo shows a tag, and holds the threshold of suggestions."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.encoders import Logistic

# From this probability on a tag is shown.
SUGGESTION_THRESHOLD = 0.5

# Photos of one block; bounds the memory of a product with every tag (1,200 tags: 40 MB).
BLOCK_ROWS = 8192

# Log-odds that a tag gains or loses by how often personal photos show it (Tag.often 0..3); the step is what a
# logistic over 222 tags gave to it (tools/fit/calibration.py).
OFTEN_LOGIT = (-2.2, -1.1, 0.0, 1.1)


@dataclass(frozen=True, slots=True)
class TagBackgrounds:
    """What each tag scores on photos that have nothing to do with it.

    Attributes:
        means: float32 array, shape (tags,).
        spreads: float32 array, shape (tags,), above zero.
    """

    means: NDArray[np.float32]
    spreads: NDArray[np.float32]


def backgrounds(
    prototypes: NDArray[np.float32],
    sample: NDArray[np.float32],
    reference_covariance: NDArray[np.float32] | None,
    *,
    reference_weight: int = 200,
) -> TagBackgrounds:
    """Backgrounds of all tags, from a sample of the library shrunken towards the encoder's reference.

    Args:
        prototypes: float32 array, shape (tags, dim), unit length, centred.
        sample: float32 array, shape (n, dim), centred photo vectors; may be empty.
        reference_covariance: float32 array, shape (dim, dim), or None.
        reference_weight: photos that the reference counts for.
    """
    tags = len(prototypes)
    means = np.zeros(tags, dtype=np.float32)
    variances = np.full(tags, 0.01, dtype=np.float32)
    if len(sample):
        low, middle = np.percentile(sample @ prototypes.T, [15.87, 50.0], axis=0)
        means, variances = middle, (middle - low) ** 2
    if reference_covariance is not None:
        share = len(sample) / (len(sample) + reference_weight)
        expected = np.einsum("td,de,te->t", prototypes, reference_covariance, prototypes)
        variances = share * variances + (1 - share) * expected
        means = share * means
    spreads = np.sqrt(np.maximum(variances, 1e-6))
    return TagBackgrounds(means.astype(np.float32), spreads.astype(np.float32))


@dataclass(frozen=True, slots=True)
class Scale:
    """Turns the cosine of photo and tag into log-odds: gain x cosine + offset.

    Attributes:
        gain: float32 array, shape (tags,).
        offset: float32 array, shape (tags,).
    """

    gain: NDArray[np.float32]
    offset: NDArray[np.float32]


def scale(
    base: TagBackgrounds,
    often: NDArray[np.int64],
    logistic: Logistic,
    own: NDArray[np.float32],
) -> Scale:
    """The scale of all tags.

    Args:
        base: each tag's background.
        often: int array, shape (tags,), `Tag.often`.
        logistic: fitted for the encoder.
        own: float32 array, shape (tags,), what was measured of each tag itself, in log-odds.
    """
    gain = logistic.standing_out / base.spreads + logistic.cosine
    offset = logistic.bias - logistic.standing_out * base.means / base.spreads
    offset = offset + np.asarray(OFTEN_LOGIT, dtype=np.float32)[often] + own
    return Scale(gain.astype(np.float32), offset.astype(np.float32))


def logits(
    photos: NDArray[np.float32], prototypes: NDArray[np.float32], scale: Scale
) -> NDArray[np.float32]:
    """Log-odds of each tag on each photo.

    Args:
        photos: float32 array, shape (n, dim), unit length, centred.
        prototypes: float32 array, shape (tags, dim), unit length, centred.
        scale: of the tags.

    Returns:
        float32 array, shape (tags, n): a tag's photos lie side by side, as they are kept.
    """
    found = np.asarray((prototypes * scale.gain[:, None]) @ photos.T, dtype=np.float32)
    found += scale.offset[:, None]
    return found


def probability(logit: NDArray[np.float32]) -> NDArray[np.float32]:
    """Log-odds as a probability."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(logit, -30, 30))), dtype=np.float32)


def log_odds(probability: float) -> float:
    """A probability as log-odds; finite for 0 and 1."""
    inside = min(max(probability, 1e-9), 1 - 1e-9)
    return math.log(inside / (1 - inside))
