"""Whether a tag has earned to be offered: its precision on photos that its limit was not chosen on, and how sure that is.

A tag's limit is the lowest from which on it is surely right; what is likely below it is not shown, so that "beach" is
shown on the few photos where it is sure. A limit that was chosen because it looked good looks better than it is, and a
dozen photos prove little. So it is chosen on four fifths of the photos and counted on the rest, in several foldings,
because which photos fall together decides of tags near the edge; the counts are drawn towards the mean of all tags.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import beta

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from benchmarks.tag_labels import Judged

    Floats = NDArray[np.float64]
    Counts = tuple[Floats, Floats]

EARNED = 0.8
# How probably the precision is high enough: above a limit where that is chosen, and then on photos it was not chosen
# on; docs/notes/tags.md has the trade-off.
_SURE_LIMIT = 0.9
_SURE = 0.6
# What is taken for granted of a tag, as if of four photos this share had been right. Four more, all right, just suffice.
_USUALLY_RIGHT = 0.85
_USUALLY = 4.0
_LEAST_ABOVE = 4
# As many photos of an average tag speak beside a tag's own, where limits are held out.
_DRAWN = 8.0
_LEAST_SHOWN = 2
_FOLDS = 5
_FOLDINGS = 3


def limits(odds: Floats, shows: Floats, weights: Floats) -> Floats:
    """The lowest log-odds from which on each tag is surely right.

    Args:
        odds: float array, shape (photos, tags), log-odds, 0 at the threshold from which tags are shown.
        shows: float array of that shape: 1 shown, 0 not, NaN unknown.
        weights: float array of that shape, how much each photo counts; unknown 0.

    Returns:
        float array, shape (tags,): 0 where all that is above the threshold may be shown, infinite where nothing may.
    """
    found = np.full(odds.shape[1], np.inf)
    for place in range(odds.shape[1]):
        likely = np.flatnonzero((weights[:, place] > 0) & (odds[:, place] >= 0))
        order = likely[np.argsort(-odds[likely, place], kind="stable")]
        count = np.cumsum(weights[order, place])
        right = np.cumsum(weights[order, place] * shows[order, place])
        sure = _above(count, right, _USUALLY_RIGHT, _USUALLY)
        good = np.flatnonzero((sure >= _SURE_LIMIT) & (count >= _LEAST_ABOVE))
        if len(good):
            # Half way to the next photo, which would be one too many.
            below = odds[order[good[-1] + 1], place] if good[-1] + 1 < len(order) else None
            found[place] = 0.0 if below is None else (odds[order[good[-1]], place] + below) / 2
    return found


def held_out(judged: Judged, count: Callable[[Judged, Judged], Counts]) -> Counts:
    """Photos that each tag would be shown on, and those of them that do show it, all held out.

    Args:
        judged: photos that may be used.
        count: fits on the first photos and counts on the second.

    Returns:
        Two arrays, shape (tags,), means over several foldings.
    """
    found = []
    for seed in range(_FOLDINGS):
        fold = np.random.default_rng(100 + seed).permutation(len(judged.cosines)) % _FOLDS
        found += [
            count(judged.rows(fold != one), judged.rows(fold == one)) for one in range(_FOLDS)
        ]
    shown, right = (np.sum(part, axis=0) / _FOLDINGS for part in zip(*found, strict=True))
    return shown, right


def earned(shown: Floats, right: Floats) -> NDArray[np.bool_]:
    """Which tags' precision is at least `EARNED`, surely enough; not those that were hardly ever shown.

    The prior is a beta distribution about the precision of all that is shown: empirical Bayes, as in Efron and Morris
    1975.
    """
    mean = float(right.sum() / max(shown.sum(), 1))
    return (_above(shown, right, mean, _DRAWN) >= _SURE) & (shown >= _LEAST_SHOWN)


def _above(shown: Floats, right: Floats, mean: float, drawn: float) -> Floats:
    """How probably a precision is at least `EARNED`, its prior as strong as so many photos of that mean."""
    found: Floats = beta.sf(EARNED, right + drawn * mean, shown - right + drawn * (1 - mean))
    return found
