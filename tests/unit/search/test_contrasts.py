import numpy as np
import pytest

from photosort.search.contrasts import edited, others


def test_the_words_that_exclude_one():
    found = others("a Red car")
    assert "a blue car" in found
    assert "a red car" not in [one.casefold() for one in found]
    assert others("a dog on the beach") == []
    assert others("a reddish car") == []


@pytest.mark.parametrize(("share", "expected"), [(0.0, [1, 0, 0]), (1.0, [0, 2**-0.5, -(2**-0.5)])])
def test_the_ends_of_the_slider(share, expected):
    photo, red, blue = np.eye(3, dtype=np.float32)
    found = edited(photo, red, blue[None], share)
    assert found == pytest.approx(np.array(expected), abs=1e-6)


def test_between_them_the_photo_gains_what_is_asked_and_loses_what_excludes_it():
    photo = np.array([0.8, 0.0, 0.6], np.float32)
    _, red, blue = np.eye(3, dtype=np.float32)
    found = edited(photo, red, blue[None], 0.5)
    assert found[1] > photo[1]
    assert found[2] < photo[2]
    assert found[0] > 0
