"""From scores to the few tags that are worth showing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.encoders import Logistic
    from photosort.domain.tags import Tag

MOST_A_PHOTO = 5

# Photos of one block; bounds the memory of a product with every tag (1,200 tags: 40 MB).
BLOCK_ROWS = 8192

# Log-odds that a tag gains or loses by how often personal photos show it (Tag.often 0..3); the step is what a
# logistic over 222 tags gave to it (benchmarks/fit_calibration.py).
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


def confidences(
    photos: NDArray[np.float32],
    prototypes: NDArray[np.float32],
    base: TagBackgrounds,
    often: NDArray[np.int64],
    logistic: Logistic,
) -> NDArray[np.float32]:
    """Probability of each tag on each photo.

    Args:
        photos: float32 array, shape (n, dim), unit length, centred.
        prototypes: float32 array, shape (tags, dim), unit length, centred.
        base: each tag's background.
        often: int array, shape (tags,), `Tag.often`.
        logistic: fitted for the encoder.

    Returns:
        float32 array, shape (n, tags).
    """
    cosines = photos @ prototypes.T
    logit = logistic.standing_out * (cosines - base.means) / base.spreads
    logit += logistic.cosine * cosines + logistic.bias
    logit += np.asarray(OFTEN_LOGIT, dtype=np.float32)[often]
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(logit, -30, 30))), dtype=np.float32)


def choose(
    row: NDArray[np.float32],
    tags: Sequence[Tag],
    parents: Mapping[int, Sequence[int]],
    *,
    threshold: float,
    limit: int = MOST_A_PHOTO,
) -> list[int]:
    """The tags of one photo that are worth showing, best first.

    Args:
        row: float32 array, shape (tags,), the photo's confidences.
        tags: the vocabulary in the order of `row`.
        parents: index of a tag to the indices of its ancestors.
        threshold: confidence from which a tag is shown.
        limit: most tags shown.

    Returns:
        Indices into `tags`. A tag's ancestors are left out when it is shown itself, since it implies them.
    """
    chosen: list[int] = []
    implied: set[int] = set()
    for index in np.argsort(-row, kind="stable"):
        if row[index] < threshold or len(chosen) == limit:
            break
        tag = int(index)
        if tags[tag].is_group or tags[tag].hand_only or tag in implied:
            continue
        ancestors = parents.get(tag, ())
        chosen = [other for other in chosen if other not in ancestors]
        implied.update(ancestors)
        chosen.append(tag)
    return chosen
