"""A new encoder's probabilities made to mean what the one before meant, without labels.

Both have seen the same photos. For many descriptions, the share of photos above any probability shall be the same
with both. So the sorted logits are matched, not the logits photo by photo: a better encoder disagrees about
single photos, and a fit to those would only learn to be unsure.
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
