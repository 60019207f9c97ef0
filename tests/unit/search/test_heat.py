import numpy as np
import pytest

from photosort.search.heat import Where, heat, where


@pytest.mark.parametrize(
    ("row", "column", "place"),
    [
        (0, 0, Where.UPPER_LEFT),
        (1, 8, Where.UPPER_RIGHT),
        (4, 4, Where.MIDDLE),
        (8, 4, Where.BOTTOM),
        (4, 0, Where.LEFT),
        (8, 8, Where.LOWER_RIGHT),
    ],
)
def test_the_place_of_the_best_part(row, column, place):
    scores = np.full((9, 9), 0.1, np.float32)
    scores[row, column] = 0.5
    hot = heat(scores)
    assert hot[row, column] == 1.0
    assert hot.sum() == 1.0
    assert where(hot) is place


def test_a_photo_that_matches_everywhere_has_no_one_place():
    assert where(heat(np.full((9, 9), 0.3, np.float32))) is Where.ALL_OVER
    scores = np.full((4, 4), 0.5, np.float32)
    scores[0] = 0.0
    assert where(np.clip(scores / 0.5, 0, 1)) is Where.ALL_OVER
