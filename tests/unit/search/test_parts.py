import numpy as np
import pytest

from photosort.domain.encoders import Logistic
from photosort.search.cutoff import sigmoid, trace
from photosort.search.parts import shown, shown_unwanted

LOGISTIC = Logistic(standing_out=0.0, cosine=1.0, bias=-4.0)
# Log-odds above nothing, of the two parts of one photo.
NOTHING = np.zeros((2, 1), np.float32)
CORNER = np.array([[0.0], [6.0]], np.float32)


def test_the_whole_or_one_part_may_show_it():
    whole = np.array([0.9], np.float32)
    nothing = sigmoid(np.full(1, LOGISTIC.bias, np.float32))
    assert shown(nothing, NOTHING, LOGISTIC) == pytest.approx(nothing)
    assert shown(whole, NOTHING, LOGISTIC)[0] > 0.8
    assert shown(nothing, CORNER, LOGISTIC)[0] > 0.7
    assert shown(whole, CORNER, LOGISTIC) > shown(nothing, CORNER, LOGISTIC)


def test_certainty_stays_a_probability():
    sure = shown(np.ones(1, np.float32), 100 * CORNER, LOGISTIC)
    assert np.isfinite(sure).all()
    assert sure[0] <= 1


def test_one_part_is_enough_to_be_unwanted():
    assert trace(shown_unwanted(CORNER, [], LOGISTIC), LOGISTIC)[0] > 0.9
    assert trace(shown_unwanted(NOTHING, [], LOGISTIC), LOGISTIC)[0] < 0.3


def test_what_is_wanted_excuses_the_part_that_shows_it_and_no_other():
    here, elsewhere = CORNER, CORNER[::-1]
    alone = shown_unwanted(CORNER, [], LOGISTIC)
    assert shown_unwanted(CORNER, [here], LOGISTIC) < alone
    assert shown_unwanted(CORNER, [elsewhere], LOGISTIC) == alone
    assert shown_unwanted(CORNER, [elsewhere, here], LOGISTIC) < alone
    # What does not fit is no evidence for what is unwanted.
    assert shown_unwanted(CORNER, [-here], LOGISTIC) == alone
