"""Whether a tag has earned to be offered: its precision on photos that its limit was not chosen on, and how sure that is.

A limit that was chosen because it looked good looks better than it is, and a dozen photos prove little. So a tag's limit
is fitted on four fifths of the photos and counted on the rest, five times, and the counts are drawn towards the mean of
all tags of the encoder: a tag is offered when its precision is surely (see `SURE`) high enough.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import beta

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from benchmarks.tag_labels import Judged

    Counts = tuple[NDArray[np.float64], NDArray[np.float64]]

EARNED = 0.8
# How probably the precision is high enough; docs/decisions/0022-what-is-offered.md has the trade.
SURE = 2 / 3
# As many photos of an average tag speak beside a tag's own.
_DRAWN = 4.0
_LEAST_SHOWN = 4
_FOLDS = 5


def held_out(judged: Judged, count: Callable[[Judged, Judged], Counts], *, seed: int = 0) -> Counts:
    """Photos that each tag would be shown on, and those of them that do show it, all held out.

    Args:
        judged: photos that may be used.
        count: fits on the first photos and counts on the second.
        seed: of the folds.

    Returns:
        Two arrays, shape (tags,).
    """
    fold = np.random.default_rng(100 + seed).permutation(len(judged.cosines)) % _FOLDS
    found = [count(judged.rows(fold != one), judged.rows(fold == one)) for one in range(_FOLDS)]
    shown, right = (np.sum(part, axis=0) for part in zip(*found, strict=True))
    return shown, right


def probably_earned(shown: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    """How probably each tag's precision is at least `EARNED`, 0 where it was hardly ever shown.

    The prior is a beta distribution about the precision of all that is shown: empirical Bayes, as in Efron and Morris
    1975.
    """
    mean = float(right.sum() / max(shown.sum(), 1))
    above = beta.sf(EARNED, right + _DRAWN * mean, shown - right + _DRAWN * (1 - mean))
    return np.where(shown >= _LEAST_SHOWN, above, 0.0)
