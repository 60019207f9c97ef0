import numpy as np
import pytest

from photosort.search import self_calibration
from photosort.search.self_calibration import self_calibrated, shuffled


def chance(rng, texts=200, photos=500):
    return rng.standard_normal((texts, photos)).astype(np.float32)


@pytest.mark.parametrize(("share", "away"), [(0.01, 5.0), (0.03, 4.0), (0.004, 5.5)])
def test_the_probability_follows_the_share_of_photos_that_stand_out_beyond_chance(share, away):
    rng = np.random.default_rng(3)
    real = chance(rng)
    matches = rng.random(real.shape) < share
    real[matches] += away
    found = self_calibrated(real, chance(rng))
    above_chance = found.standing_out * real + found.bias + self_calibration._ONLY_ALIKE
    probability = 1 / (1 + np.exp(-above_chance))
    for low, high in ((0.1, 0.4), (0.4, 0.7), (0.7, 0.95)):
        those = (probability >= low) & (probability < high)
        assert matches[those].mean() == pytest.approx(probability[those].mean(), abs=0.15)
    assert matches[probability >= 0.5].mean() > 0.8
    assert (probability[matches] >= 0.35).mean() > 0.8
    assert found.estimated


def test_texts_that_stand_out_no_more_than_shuffled_ones_say_nothing():
    rng = np.random.default_rng(4)
    assert self_calibrated(chance(rng), chance(rng)) is None


def test_shuffled_texts_vary_as_texts_do():
    rng = np.random.default_rng(5)
    texts = rng.standard_normal((300, 8)).astype(np.float32) * np.linspace(
        3, 0.5, 8, dtype=np.float32
    )
    texts /= np.linalg.norm(texts, axis=1, keepdims=True)
    made = shuffled(texts)
    assert made.shape == texts.shape
    assert np.linalg.norm(made, axis=1) == pytest.approx(np.ones(300), abs=1e-5)
    assert made.T @ made / 300 == pytest.approx(texts.T @ texts / 300, abs=0.05)
    assert (made * texts).sum(axis=1).max() < 0.999
