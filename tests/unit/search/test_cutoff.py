import numpy as np
import pytest

from photosort.domain.encoders import Logistic
from photosort.search.cutoff import (
    STRONG,
    Background,
    background,
    background_of_strangers,
    probability,
    trace,
    unless_absent,
)

QUERY = np.array([1.0, 0.0], np.float32)
COVARIANCE = np.diag([0.04, 0.01]).astype(np.float32)


def test_matches_do_not_move_the_background():
    rng = np.random.default_rng(0)
    nothing = rng.normal(0.0, 0.1, 2000).astype(np.float32)
    with_matches = np.concatenate([nothing, np.full(400, 0.8, np.float32)])
    plain, crowded = (background(s, QUERY, None) for s in (nothing, with_matches))
    assert crowded.mean == pytest.approx(plain.mean, abs=0.03)
    assert crowded.spread == pytest.approx(plain.spread, abs=0.03)


def test_what_is_common_in_the_library_stands_out_all_the_same_where_it_is_unwanted():
    # Two photos of three show some of it, so that the library's own background lies among them.
    shows, rest = np.full(600, 0.5, np.float32), np.zeros(300, np.float32)
    scores = np.concatenate([shows, rest])
    own = background(scores, QUERY, COVARIANCE)
    strangers = background_of_strangers(scores, QUERY, COVARIANCE)
    assert (0.5 - own.mean) / own.spread < 1
    assert (0.5 - strangers.mean) / strangers.spread > 2
    assert background_of_strangers(scores, QUERY, None) == background(scores, QUERY, None)


def test_without_photos_the_reference_speaks():
    base = background(np.empty(0, np.float32), QUERY, COVARIANCE)
    assert base.mean == 0
    assert base.spread == pytest.approx(0.2)


def test_in_a_small_library_of_one_kind_the_reference_keeps_matches_apart():
    alike = np.full(15, 0.7, np.float32)
    base = background(alike, QUERY, COVARIANCE)
    assert base.mean < 0.1
    assert base.spread > 0.15


def test_without_library_and_reference_there_is_still_an_answer():
    assert background(np.empty(0, np.float32), QUERY, None).spread > 0


def test_probability_rises_with_the_score_and_stays_within_bounds():
    scores = np.linspace(-1, 1, 50).astype(np.float32)
    base = background(scores, QUERY, COVARIANCE)
    p = probability(scores, base, Logistic(standing_out=2.0, cosine=5.0, bias=-6.0))
    assert (np.diff(p) >= 0).all()
    assert p.min() >= 0
    assert p.max() <= 1


def test_when_nothing_is_sure_nothing_is_a_good_match():
    found = unless_absent(np.array([0.1, 0.5, 0.4], np.float32))
    assert found.argsort().tolist() == [0, 2, 1]
    assert found.max() < STRONG
    sure = np.array([0.1, 0.7, 0.4], np.float32)
    assert unless_absent(sure).tolist() == sure.tolist()
    weak = np.array([0.1, 0.2], np.float32)
    assert unless_absent(weak).tolist() == weak.tolist()
    assert unless_absent(np.zeros(0, np.float32)).size == 0


def test_a_trace_of_what_is_unwanted_is_enough():
    logistic = Logistic(standing_out=1.0, cosine=0.0, bias=-6.0)
    base = Background(0.0, 0.1)
    nothing, some, clear = trace(
        probability(np.array([0.0, 0.25, 0.6], np.float32), base, logistic), logistic
    )
    assert nothing < 0.2
    assert 0.8 < some < clear
