"""Calibrates an encoder's cosines by another encoder on the same photos, or by the user's answers.

Nobody measured most encoders on labelled photos. Until the user's own answers do, a tag shall be suggested on as
many photos as the encoder before it suggested it on: the meaning of the threshold then survives the change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from photosort.tagging.scoring import Scale, log_odds

if TYPE_CHECKING:
    from numpy.typing import NDArray

# As many photos of the library as are matched on, and answers from which on they are believed.
MOST_PHOTOS = 2_000
LEAST_ANSWERS = 50
# A slope is drawn towards that of the estimate, as if so many answers had agreed with it.
_PRIOR = 10.0


def matched(
    before: NDArray[np.float32], cosines: NDArray[np.float32], *, threshold: float
) -> Scale:
    """The scale with which another encoder suggests each tag on as many photos as the one before.

    Args:
        before: float32 array, shape (tags, n), log-odds of the encoder before, on some photos.
        cosines: float32 array, shape (tags, n), cosines of the new one on the same photos.
        threshold: the probability from which the user sees tags.

    Returns:
        One gain for all tags, which keeps the log-odds as widely spread as they were; the offsets keep the shares.
    """
    at = log_odds(threshold)
    spread = float(np.median(before.std(axis=1)) / max(np.median(cosines.std(axis=1)), 1e-6))
    count = cosines.shape[1]
    ordered = -np.sort(-cosines, axis=1)
    shown = np.count_nonzero(before >= at, axis=1)
    # Between the last photo that is shown and the first that is not; beyond either end by the gap next to it.
    padded = np.concatenate(
        [2 * ordered[:, :1] - ordered[:, 1:2], ordered, 2 * ordered[:, -1:] - ordered[:, -2:-1]],
        axis=1,
    )
    tags = np.arange(len(cosines))
    edge = (padded[tags, shown] + padded[tags, np.minimum(shown + 1, count + 1)]) / 2
    # None of these photos shows it: how far below the threshold the best of them lay is kept, too.
    below = np.where(shown == 0, np.maximum(at - before.max(axis=1), 0), 0)
    edge = np.where(shown == 0, ordered[:, 0] + below / spread, edge)
    gain = np.full(len(cosines), spread, dtype=np.float32)
    return Scale(gain, (at - spread * edge).astype(np.float32))


def from_answers(logits: NDArray[np.float32], shown: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and constant that turn estimated log-odds into those that the user's own answers bear out.

    Args:
        logits: float32 array, shape (n,), of photos and tags that the user answered, as if they had not been.
        shown: bool array, shape (n,): the user said yes.

    Returns:
        (1.0, 0.0), the estimate itself, below `LEAST_ANSWERS` answers.
    """
    if len(logits) < LEAST_ANSWERS:
        return 1.0, 0.0
    z, y = logits.astype(np.float64), shown.astype(np.float64)
    slope, constant = 1.0, 0.0
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(slope * z + constant, -30, 30)))
        w = p * (1 - p)
        gradient = np.array([np.sum((y - p) * z) - _PRIOR * (slope - 1), np.sum(y - p)])
        hessian = np.array(
            [[np.sum(w * z * z) + _PRIOR, np.sum(w * z)], [np.sum(w * z), np.sum(w) + 1e-3]]
        )
        step = np.clip(np.linalg.solve(hessian, gradient), -1, 1)
        slope, constant = max(slope + float(step[0]), 0.05), constant + float(step[1])
    return slope, constant
