import numpy as np
import pytest

from photosort.domain.encoders import Cut, Logistic, TextOffsets
from photosort.search.cutoff import (
    ABSENT,
    Background,
    background,
    background_of_strangers,
    matches,
    most_possible,
    offset_of,
    presence,
    probability,
    trace,
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


@pytest.mark.parametrize(
    ("photos", "most"), [(0, 10), (9, 10), (200, 10), (1_000, 50), (4_000, 200), (100_000, 200)]
)
def test_a_twentieth_of_the_library_is_possible(photos, most):
    assert most_possible(photos) == most


def test_a_trace_of_what_is_unwanted_is_enough():
    logistic = Logistic(standing_out=1.0, cosine=0.0, bias=-6.0)
    base = Background(0.0, 0.1)
    nothing, some, clear = trace(
        probability(np.array([0.0, 0.25, 0.6], np.float32), base, logistic), logistic
    )
    assert nothing < 0.2
    assert 0.8 < some < clear


def test_what_is_known_of_a_text_is_carried_to_its_neighbours_and_no_further():
    weights = np.array([3.0, -2.0], np.float32)
    known = TextOffsets(np.eye(3, dtype=np.float32)[:2], weights, 0.1, 0.0, 4.5, 0.5)
    assert offset_of(np.array([1, 0, 0], np.float32), 1, known) == pytest.approx(3.0, abs=0.01)
    # Of any length, as the mean of several clauses is.
    assert offset_of(np.array([0, 0.3, 0], np.float32), 1, known) == pytest.approx(-2.0, abs=0.01)
    assert 0.5 < offset_of(np.array([0.9, 0, 0.44], np.float32), 1, known) < 2
    assert offset_of(np.array([0, 0, 1], np.float32), 1, known) == pytest.approx(0.0, abs=0.01)
    assert offset_of(np.array([1, 0, 0], np.float32), 9, None) == 0.0


def test_a_sentence_gains_what_a_name_does_not():
    known = TextOffsets(np.eye(2, dtype=np.float32), np.zeros(2, np.float32), 0.1, 2.5, 4.5, 0.5)
    name, phrase, sentence = (offset_of(QUERY, words, known) for words in (1, 4.5, 9))
    assert name == pytest.approx(0.0, abs=0.01)
    assert phrase == pytest.approx(1.25)
    assert sentence == pytest.approx(2.5, abs=0.01)


def test_an_offset_moves_the_odds_and_not_the_order():
    scores = np.linspace(-0.5, 0.5, 20).astype(np.float32)
    base, logistic = Background(0.0, 0.1), Logistic(standing_out=0.3, cosine=8.0, bias=-6.0)
    before, after = (probability(scores, base, logistic, offset) for offset in (0.0, 3.0))
    assert (np.diff(after) > 0).all()
    odds = np.log(after / (1 - after)) - np.log(before / (1 - before))
    assert odds == pytest.approx(np.full(20, 3.0), abs=0.01)


# Of names and sentences: only the cosine counts, and what is three times as probable.
CUT = Cut(
    np.array([[0, 10, 0, 1, -5], [0, 10, 0, 1, -2]], np.float32),
    np.array([[1, 0, 0, 0, 0, 0, 0, 0, -6], [0, 0, 1, 0.5, 0, 0, 0, 0, -0.5]], np.float32),
    words=4.5,
    width=0.5,
)


def test_names_and_sentences_have_logistics_of_their_own():
    scores, base = np.array([0.5, 0.2, 0.3], np.float32), Background(0.0, 0.1)
    name, phrase, sentence = (matches(scores, base, 1.0, words, CUT) for words in (1, 4.5, 9))
    logit = np.log(np.stack([name, phrase, sentence]) / (1 - np.stack([name, phrase, sentence])))
    assert logit[:, 0] == pytest.approx([1.0, 2.5, 4.0], abs=0.01)
    assert logit[0] == pytest.approx([1.0, -2.0, -1.0], abs=0.01)


def test_presence_comes_from_the_best_photos_and_the_size_of_the_library():
    base = Background(0.0, 0.1)
    scores = np.full(1_000, -0.1, np.float32)
    assert presence(scores, base, 0.0, 1, CUT, 0.1) < ABSENT
    scores[7] = 0.6
    assert presence(scores, base, 0.0, 1, CUT, 0.1) == pytest.approx(0.5, abs=0.01)
    few = np.array([0.5], np.float32)
    assert presence(few, base, 0.0, 9, CUT, 0.1) == pytest.approx(0.031, abs=0.002)
    assert presence(np.empty(0, np.float32), base, 0.0, 9, CUT, 0.1) == 0.0
