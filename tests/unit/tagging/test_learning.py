import numpy as np
import pytest

from photosort.tagging.learning import MOST_REJECTED, learn, left_out
from tests.unit.tagging.clouds import cloud, unit

NOBODY = np.zeros((0, 32), np.float32)


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def around(rng, centre, count, spread=0.6):
    return unit(centre + spread * cloud(rng, count, 32))


def test_examples_raise_what_is_like_them_and_leave_the_rest(rng):
    thing = cloud(rng, 1, 32)[0]
    lesson = learn(around(rng, thing, 4), NOBODY[:0], NOBODY)
    others = cloud(rng, 200, 32)
    assert lesson.of(around(rng, thing, 20), np.zeros((20, 32), np.float32)).min() > 1
    assert np.mean(lesson.of(others, np.zeros((200, 32), np.float32)) < 0) > 0.95


def test_examples_that_resemble_nothing_say_little(rng):
    photos = cloud(rng, 50, 32)
    alike = learn(around(rng, photos[0], 6), NOBODY, NOBODY)
    unlike = learn(cloud(rng, 6, 32), NOBODY, NOBODY)
    assert np.linalg.norm(unlike.visual) < np.linalg.norm(alike.visual) / 4


def test_more_examples_of_one_thing_speak_louder(rng):
    thing = cloud(rng, 1, 32)[0]
    examples = around(rng, thing, 8)
    spoken = [np.linalg.norm(learn(examples[:n], NOBODY, NOBODY).visual) for n in (1, 2, 8)]
    assert spoken == sorted(spoken)


def test_a_rejected_photo_takes_what_is_like_it_and_no_other(rng):
    rejected, others = cloud(rng, 1, 32), cloud(rng, 200, 32)
    lesson = learn(NOBODY, NOBODY, rejected)
    nothing = np.zeros((1, 32), np.float32)
    assert lesson.of(rejected, nothing)[0] < -5
    far = others[others @ rejected[0] < 0.3]
    assert np.all(lesson.of(far, np.zeros((len(far), 32), np.float32)) == 0)


def test_many_rejections_are_bounded(rng):
    assert len(learn(NOBODY, NOBODY, cloud(rng, 1000, 32)).rejected) <= MOST_REJECTED


def test_the_same_photo_confirmed_and_rejected_is_finite(rng):
    photo = cloud(rng, 1, 32)
    assert np.isfinite(learn(photo, photo, photo).of(photo, photo)).all()


def test_left_out_is_what_a_lesson_without_it_says(rng):
    shown, rejected = around(rng, cloud(rng, 1, 32)[0], 3), cloud(rng, 2, 32)
    found = left_out(np.zeros(5, np.float32), shown, shown, rejected, rejected)
    first = learn(shown[1:], shown[1:], rejected).of(shown[:1], shown[:1])
    last = learn(shown, shown, rejected[:1]).of(rejected[1:], rejected[1:])
    np.testing.assert_allclose(found[[0, 4]], [first[0], last[0]], rtol=1e-5)
