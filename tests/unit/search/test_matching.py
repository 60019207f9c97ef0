import numpy as np
import pytest

from photosort.search.carrying import fit_text_map
from photosort.search.matching import exchanged, matched


def unit(rows):
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def test_probabilities_are_handed_out_anew_among_the_shared_photos():
    scores = np.array([0.1, 0.9, 0.5, 0.7, 0.3], np.float32)
    shared = np.array([0, 1, 2])
    before = np.array([0.8, 0.2, 0.4], np.float32)
    found = exchanged(scores, shared, before)
    assert found[shared] == pytest.approx([0.2, 0.8, 0.4])
    assert found[3] == pytest.approx(0.6)  # halfway between 0.5 and 0.9
    assert found[4] == pytest.approx(0.3)


def test_equal_scores_do_not_lose_a_probability():
    before = np.array([0.9, 0.1, 0.5], np.float32)
    found = exchanged(np.zeros(3, np.float32), np.arange(3), before)
    assert sorted(found.tolist()) == pytest.approx([0.1, 0.5, 0.9])


def test_an_encoder_that_ranks_alike_changes_nothing():
    rng = np.random.default_rng(0)
    before = rng.random(50).astype(np.float32)
    assert exchanged(before * 3 - 1, np.arange(50), before) == pytest.approx(before)


def test_the_matched_logistic_gives_as_many_matches_as_before():
    rng = np.random.default_rng(1)
    spread = rng.standard_normal((40, 500)).astype(np.float32)
    spread[:, :25] += 4
    logits = 1.5 * spread - 4
    other = rng.permuted(spread, axis=1) * 0.7 + 0.3  # another ranking, another scale
    found = matched(other, logits)
    assert found is not None
    before = (logits > 0).mean()
    after = (found.standing_out * other + found.bias > 0).mean()
    assert after == pytest.approx(before, rel=0.05)
    assert found.estimated


def test_scores_without_spread_are_not_matched():
    assert matched(np.zeros((4, 50), np.float32), np.zeros((4, 50), np.float32)) is None


def test_a_text_map_carries_what_both_towers_read():
    rng = np.random.default_rng(2)
    meaning = rng.standard_normal((600, 12))
    come = unit(meaning @ rng.standard_normal((12, 40)) + 0.05 * rng.standard_normal((600, 40)))
    go = unit(meaning @ rng.standard_normal((12, 24)) + 0.5)
    carried = fit_text_map(come[:500], go[:500])
    assert carried.cosine > 0.9
    found = carried.carry(come[500:])
    assert float((found * go[500:]).sum(1).mean()) > 0.9
    assert np.linalg.norm(found, axis=1) == pytest.approx(np.ones(100), abs=1e-5)
