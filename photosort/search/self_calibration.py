"""Calibrates an encoder's match probabilities on a library, where nobody measured the encoder.

Some texts are compared with the photos, and as many shuffled ones, which mean nothing: each takes its part in every
direction of the texts from another text. What shuffled texts score is chance. Real texts score the same on the photos
that have nothing to do with them, and more on those that they match; so where `n` times as many photos stand out so far
from real texts as from shuffled ones, one of `n` is there by chance. The model is a mixture: the density of how far
photos stand out from real texts is that of shuffled ones times `1 + exp(slope * z + bias)`, up to a constant, and then
`sigmoid(slope * z + bias)` is the probability of a match. Both numbers are those of the largest likelihood.

What is only like the thing that a text names stands out from real texts, too, so a constant is taken off: with the
starter, whose matches are known, the log-odds of standing out by more than chance lie so far above those of a match.

Sources: target and decoy in mass spectrometry (Elias and Gygi 2007); the local false discovery rate (Efron 2004).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from photosort.domain.encoders import Logistic

# Where the two are compared: below its median no photo stands out.
_BINS = 300
_SLOPES = np.geomspace(0.4, 6.0, 40)
_BIASES = np.linspace(-24.0, -1.0, 93)
# In three libraries of the starter: photos of other dogs than the text says, of other things beside them.
_ONLY_ALIKE = 1.6
# Texts that the encoder does not read stand out as little as shuffled ones do: what is gained in likelihood, in
# logarithms a text, has to be more than chance gives.
_LEAST_GAIN = 0.1


def shuffled(texts: NDArray[np.float32], seed: int = 0) -> NDArray[np.float32]:
    """Vectors that vary as texts do and mean nothing.

    Args:
        texts: float32 array, shape (n, dim), unit length, centred.
        seed: of the shuffling.

    Returns:
        float32 array of that shape, unit length.
    """
    left, lengths, axes = np.linalg.svd(texts, full_matrices=False)
    parts = np.random.default_rng(seed).permuted(left * lengths, axis=0)
    made = parts @ axes
    norms = np.linalg.norm(made, axis=1, keepdims=True)
    return np.asarray(made / np.maximum(norms, 1e-12), np.float32)


def self_calibrated(real: NDArray[np.float32], chance: NDArray[np.float32]) -> Logistic | None:
    """The logistic on how far photos stand out that says how probable a match is.

    Args:
        real: float32 array, shape (texts, photos), (score - background mean) / spread of real texts.
        chance: float32 array of that shape, of shuffled texts.

    Returns:
        None where real texts do not stand out beyond shuffled ones.
    """
    least = float(np.median(chance))
    most = float(max(real.max(), chance.max()))
    edges = np.append(np.linspace(least, most, _BINS), np.inf)
    middles = np.minimum((edges[:-1] + edges[1:]) / 2, most)
    of_real, of_chance = (
        np.histogram(one[one >= least], edges)[0] / one.size for one in (real, chance)
    )
    # log(1 + e^(slope z + bias)) for every slope, bias and bin.
    raised = np.logaddexp(0, _SLOPES[:, None, None] * middles + _BIASES[:, None])
    normal = np.log(np.exp(raised) @ of_chance + (1 - of_chance.sum()))
    log_ratio = raised - normal[..., None]
    # Of a photo at z: is its text real or shuffled? The likelihood of all answers, against none being told apart.
    gain = -(np.logaddexp(0, -log_ratio) @ of_real + np.logaddexp(0, log_ratio) @ of_chance)
    gain -= np.logaddexp(0, normal) * (1 - of_real.sum())
    gain -= np.logaddexp(0, -normal) * (1 - of_chance.sum())
    gain += 2 * np.log(2)
    slope, bias = np.unravel_index(int(gain.argmax()), gain.shape)
    if gain.max() * real.shape[1] < _LEAST_GAIN:
        return None
    return Logistic(
        standing_out=float(_SLOPES[slope]),
        cosine=0.0,
        bias=float(_BIASES[bias]) - _ONLY_ALIKE,
        estimated=True,
    )
