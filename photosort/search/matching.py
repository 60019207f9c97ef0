"""Rescales a new encoder's scores to mean what the previous one's meant, without labels.

Both have seen the same photos, and the share of photos above any probability shall be the same with both. So sorted
values are matched, not values photo by photo: a better encoder disagrees about single photos, and a fit to those
would only learn to be unsure. `matched` does it once for an encoder, over many descriptions; `exchanged` for one
query while only some of the photos have been seen by the new one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from photosort.domain.encoders import Logistic

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Of all pairs of a description and a photo, those that stand out: where matches end is what must agree.
_TOP = 0.1
LEAST_PHOTOS = 200
# Beyond these the fit came from too few or degenerate scores.
_SLOPES = (0.2, 8.0)
# Fewer photos that both have seen say nothing of a query.
LEAST_SHARED = 8


def matched(standing_out: NDArray[np.float32], logits: NDArray[np.float32]) -> Logistic | None:
    """The logistic on how far photos stand out whose probabilities are spread as the old ones are.

    Args:
        standing_out: float32 array, shape (texts, photos), (score - background mean) / spread, new encoder.
        logits: float32 array, shape (texts, photos), of the old encoder's probabilities.

    Returns:
        None where the two cannot be matched.
    """
    count = max(2, int(standing_out.size * _TOP))
    new = np.sort(standing_out, axis=None)[-count:].astype(np.float64)
    old = np.sort(logits, axis=None)[-count:].astype(np.float64)
    if np.ptp(new) < 1e-6:
        return None
    slope, bias = np.polyfit(new, old, 1)
    if not _SLOPES[0] <= slope <= _SLOPES[1]:
        return None
    return Logistic(standing_out=float(slope), cosine=0.0, bias=float(bias), estimated=True)


def exchanged(
    scores: NDArray[np.float32], shared: NDArray[np.intp], before: NDArray[np.float32]
) -> NDArray[np.float32]:
    """One query's scores of a new encoder as probabilities of the one before.

    The photos that both have seen keep, as a group, exactly the probabilities that the old encoder gave them;
    the new encoder only says which of them gets which. So photos that it has not seen keep their places, and the
    others change places among themselves: a change of encoder cannot push a right photo down unless the new
    encoder ranks worse.

    Args:
        scores: float32 array, shape (n,), cosines of all photos that the new encoder has seen.
        shared: places in `scores` of the photos that both have seen, shape (m,), m > 0.
        before: float32 array, shape (m,), their probabilities by the old encoder, in the order of `shared`.

    Returns:
        float32 array, shape (n,). A photo that only the new encoder has seen gets what lies between the
        probabilities of those that score like it.
    """
    found = np.interp(scores, np.sort(scores[shared]), np.sort(before)).astype(np.float32)
    order = np.argsort(scores[shared], kind="stable")
    # Equal scores get different probabilities all the same, so that none is handed out twice.
    found[shared[order]] = np.sort(before)
    return found
