import numpy as np
import pytest

from photosort.tagging.calibration import LEAST_ANSWERS, from_answers, matched
from photosort.tagging.scoring import log_odds


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def encoders(rng, tags=30, photos=2000):
    """What photos really show, and two encoders that see it in their own ways: log-odds and cosines."""
    truth = rng.random((tags, photos)) < rng.uniform(0.02, 0.2, (tags, 1))
    first = 6 * truth - 4.5 + rng.normal(0, 1.2, truth.shape)
    wide, shift = rng.uniform(0.8, 1.2, (tags, 1)), rng.uniform(-0.05, 0.1, (tags, 1))
    second = 0.03 * wide * (6 * truth + rng.normal(0, 1.2, truth.shape)) + shift
    return truth, first.astype(np.float32), second.astype(np.float32)


@pytest.mark.parametrize("threshold", [0.3, 0.5, 0.8])
def test_each_tag_keeps_its_share_and_its_precision(rng, threshold):
    truth, before, cosines = encoders(rng)
    scale = matched(before, cosines, threshold=threshold)
    after = scale.gain[:, None] * cosines + scale.offset[:, None]
    at = log_odds(threshold)
    np.testing.assert_array_equal((after >= at).sum(1), (before >= at).sum(1))
    assert abs(truth[after >= at].mean() - truth[before >= at].mean()) <= 0.05


def test_a_tag_that_no_photo_shows_stays_away(rng):
    _, before, cosines = encoders(rng, tags=2, photos=50)
    before[0] = -6
    scale = matched(before, cosines, threshold=0.5)
    assert (scale.gain[0] * cosines[0] + scale.offset[0]).max() < -5


def test_a_tag_on_every_photo(rng):
    _, before, cosines = encoders(rng, tags=1, photos=50)
    scale = matched(before + 20, cosines, threshold=0.5)
    assert np.all(scale.gain * cosines[0] + scale.offset >= 0)


def test_answers_correct_an_estimate_that_is_too_sure(rng):
    logits = rng.normal(0, 4, 4000).astype(np.float32)
    shown = rng.random(4000) < 1 / (1 + np.exp(-(0.5 * logits - 1)))
    slope, constant = from_answers(logits, shown)
    assert slope == pytest.approx(0.5, abs=0.05)
    assert constant == pytest.approx(-1, abs=0.15)


def test_few_answers_are_not_believed_and_all_yes_is_finite():
    few = np.zeros(LEAST_ANSWERS - 1, np.float32)
    assert from_answers(few, few > 1) == (1.0, 0.0)
    same = np.ones(LEAST_ANSWERS, np.float32)
    assert np.isfinite(from_answers(same, same > 0)).all()
