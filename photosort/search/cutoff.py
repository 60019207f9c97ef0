"""The cut-off of good matches, computed from how a query's scores are spread.

A cosine means nothing by itself: "dog" and "an afternoon at the lake" have other ranges, and so has another
encoder. What is comparable is how far a photo stands out from what the query scores on photos that have
nothing to do with it (its background), together with the cosine itself. One logistic per encoder turns the
two into a probability.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from photosort.domain.encoders import Logistic

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.encoders import Cut, TextOffsets

# F1 of strong matches over class names held back from the fit: 0.52 at 0.5, 0.57 here; lower lets in too many
# photos for words that nothing in the library shows.
STRONG = 0.35

# A library whose best photo is less probable than this shows nothing of the kind
# (docs/decisions/0030-cutoff.md).
ABSENT = 0.05

# Photos that may match as well are shown below the good ones: a share of the library, within these bounds.
_POSSIBLE_SHARE = 0.05
_LEAST_POSSIBLE, _MOST_POSSIBLE = 10, 200

# A trace of what is unwanted is enough: how steeply, and from where above what a photo that has nothing to do
# with it scores (docs/decisions/0055-negation.md).
_TRACE_SLOPE = 1.5
_TRACE = 1.0
_SUREST = 0.9999

# For an encoder that nobody has measured: a match stands out by about three spreads.
ESTIMATED = Logistic(standing_out=2.0, cosine=0.0, bias=-6.5, estimated=True)

# Where two photos of three show people, bricks are called people otherwise.
_MOST_OFFSET = 2.0

# The reference speaks for as many photos in the background as it does in the centre.
_REFERENCE_WEIGHT = 200
_LOWER_SIGMA = 15.87  # percentile one standard deviation below a normal distribution's median


class Verdict(StrEnum):
    """How sure an answer is.

    Attributes:
        GOOD: there are good matches.
        UNSURE: no match is good, and the closest photos may be right all the same.
        ABSENT: nothing in the library looks like this.
    """

    GOOD = "good"
    UNSURE = "unsure"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Background:
    """What a query scores on photos that have nothing to do with it."""

    mean: float
    spread: float


def background(
    scores: NDArray[np.float32],
    query: NDArray[np.float32],
    reference_covariance: NDArray[np.float32] | None,
) -> Background:
    """Estimates a query's background from the library, shrunken towards the encoder's reference photos.

    Args:
        scores: float32 array, shape (n,), cosines of the query with the library or a sample of it.
        query: float32 array, shape (dim,), unit length, centred.
        reference_covariance: float32 array, shape (dim, dim), second moment of centred reference photos;
            None where the encoder ships no reference.

    Returns:
        The library's part is the median and the distance from it down to the 16th percentile: matches lie
        above, so up to half of the library may match without moving the background.
    """
    count = len(scores)
    if count == 0 and reference_covariance is None:
        return Background(0.0, 0.1)
    own_mean, own_variance = 0.0, 0.0
    if count:
        low, middle = np.percentile(scores, [_LOWER_SIGMA, 50.0])
        own_mean, own_variance = float(middle), float(middle - low) ** 2
    if reference_covariance is None:
        return Background(own_mean, max(own_variance**0.5, 1e-3))
    share = count / (count + _REFERENCE_WEIGHT)
    reference_variance = float(query @ reference_covariance @ query)
    variance = share * own_variance + (1 - share) * reference_variance
    return Background(share * own_mean, max(variance**0.5, 1e-3))


def background_of_strangers(
    scores: NDArray[np.float32],
    query: NDArray[np.float32],
    reference_covariance: NDArray[np.float32] | None,
) -> Background:
    """A query's background for what is unwanted: the encoder's reference photos alone, where it ships some.

    What is unwanted is often common in the very photos that it is to be kept out of: people on beaches. Half of the
    library's spread would then be its traces, and none would stand out.

    Args:
        scores: as for `background`; used where there is no reference.
        query: as for `background`.
        reference_covariance: as for `background`.
    """
    if reference_covariance is None:
        return background(scores, query, None)
    return background(np.empty(0, np.float32), query, reference_covariance)


def probability(
    scores: NDArray[np.float32], base: Background, logistic: Logistic, offset: float = 0.0
) -> NDArray[np.float32]:
    """Scores as probabilities that a person would call the photo a match.

    Args:
        scores: float32 array, shape (n,), cosines with the query.
        base: the query's background.
        logistic: fitted for the encoder.
        offset: of this query, see `offset_of`.

    Returns:
        float32 array, shape (n,), between 0 and 1, in the order of `scores`.
    """
    return sigmoid(evidence(scores, base, logistic) + logistic.bias + offset)


def evidence(
    scores: NDArray[np.float32], base: Background, logistic: Logistic
) -> NDArray[np.float32]:
    """How far scores raise the log-odds of a match above those of a photo that has nothing to do with the query.

    Args:
        scores: float32 array of any shape, cosines with the query.
        base: the query's background.
        logistic: fitted for the encoder.
    """
    standing_out = (scores - base.mean) / base.spread
    return np.asarray(logistic.standing_out * standing_out + logistic.cosine * scores)


def sigmoid(log_odds: NDArray[np.float32]) -> NDArray[np.float32]:
    """Log-odds as float32 probabilities."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(log_odds, -30, 30))), dtype=np.float32)


def offset_of(query: NDArray[np.float32], words: float, known: TextOffsets | None) -> float:
    """What a query's log-odds gain, from texts of which it is known how well the photos fit that show them.

    Args:
        query: float32 array, shape (dim,), centred, of any length.
        words: of the query, of each of its clauses on average.
        known: the encoder's; None where it has none.

    Returns:
        The mean of a Gaussian process over texts (squared exponential on the sphere), which is 0 far from every known
        text, and what sentences gain.
    """
    if known is None:
        return 0.0
    cosines = known.vectors @ query / max(float(np.linalg.norm(query)), 1e-12)
    carried = float(np.exp((cosines - 1.0) / known.length) @ known.weights)
    return carried + known.sentence / (1.0 + float(np.exp((known.words - words) / known.width)))


def match_terms(
    scores: NDArray[np.float32], base: Background, offset: float
) -> tuple[NDArray[np.float32] | float, ...]:
    """What the log-odds of a match are weighed from, in the order of `Cut.match`.

    Args:
        scores: float32 array, shape (n,), cosines with the query.
        base: the query's background.
        offset: of this query, see `offset_of`.

    Returns:
        How far each photo stands out, its cosine, how far it lies below the best, the query's offset up to a limit, one.
    """
    standing_out = (scores - base.mean) / base.spread
    gap = standing_out - standing_out.max(initial=-np.inf)
    return standing_out, scores, gap, min(offset, _MOST_OFFSET), 1.0


def presence_terms(
    scores: NDArray[np.float32], base: Background, offset: float, reference_spread: float
) -> tuple[float, ...]:
    """What the log-odds that a library shows something are weighed from, in the order of `Cut.presence`.

    Args:
        scores: as for `match_terms`, at least one.
        base: the query's background.
        offset: of this query.
        reference_spread: of the query's cosines with the encoder's reference photos.
    """
    top = np.sort(scores[np.argpartition(scores, -min(5, len(scores)))[-5:]])
    best, few = float(top[-1]), float(top.mean())
    size = float(np.log(len(scores) / 1000))
    standing_out = (best - base.mean) / base.spread
    return (standing_out, best, few, size, offset, base.spread, reference_spread, base.mean, 1.0)


def sentence_share(words: float, cut: Cut) -> float:
    """How much of a sentence a text of so many words is, 0 to 1."""
    return float(1.0 / (1.0 + np.exp((cut.words - words) / cut.width)))


def matches(
    scores: NDArray[np.float32], base: Background, offset: float, words: float, cut: Cut
) -> NDArray[np.float32]:
    """Probabilities of matches where good ones end at `STRONG`: float32 array, shape (n,); see `match_terms`."""
    share = sentence_share(words, cut)
    weights = (1 - share) * cut.match[0] + share * cut.match[1]
    terms = match_terms(scores, base, offset)
    return sigmoid(np.asarray(sum(w * t for w, t in zip(weights, terms, strict=True))))


def presence(
    scores: NDArray[np.float32],
    base: Background,
    offset: float,
    words: float,
    cut: Cut,
    reference_spread: float,
) -> float:
    """How probably a library shows what a query says; `ABSENT` is where one present thing in 40 was denied."""
    if not len(scores):
        return 0.0
    share = sentence_share(words, cut)
    weights = (1 - share) * cut.presence[0] + share * cut.presence[1]
    terms = presence_terms(scores, base, offset, reference_spread)
    found = sigmoid(np.asarray(weights @ np.array(terms, np.float32), np.float32))
    shown: float = found.item()
    return shown


def spread_over_reference(
    query: NDArray[np.float32], reference_covariance: NDArray[np.float32] | None
) -> float:
    """Spread of a query's cosines with the encoder's reference photos; 0 where it ships none."""
    if reference_covariance is None:
        return 0.0
    return float(np.sqrt(query @ reference_covariance @ query))


def most_possible(photos: int) -> int:
    """How many photos are shown as possible matches at most, in a library of so many."""
    return min(max(round(photos * _POSSIBLE_SHARE), _LEAST_POSSIBLE), _MOST_POSSIBLE)


def trace(probabilities: NDArray[np.float32], logistic: Logistic) -> NDArray[np.float32]:
    """How probably a photo shows so much of something unwanted that it should go.

    Args:
        probabilities: float32 array, shape (n,), that the photo shows it, from `probability`.
        logistic: that they were made with.

    Returns:
        float32 array, shape (n,), between 0 and 1, in the order of `probabilities`.
    """
    kept = np.clip(probabilities, 1e-9, 1 - 1e-9)
    above = np.log(kept / (1 - kept)) - logistic.bias
    found = 1.0 / (1.0 + np.exp(-_TRACE_SLOPE * (above - _TRACE)))
    # Never so sure that the photo could not be shown at the end of the list.
    return np.asarray(np.minimum(found, _SUREST), dtype=np.float32)
