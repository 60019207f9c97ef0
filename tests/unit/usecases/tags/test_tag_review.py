import numpy as np
import pytest

from photosort.domain.tags import TagState
from photosort.errors import InputProblem
from photosort.tagging.asking import ask
from photosort.usecases.tags import tag_review
from tests.unit.tagging.clouds import cloud
from tests.unit.usecases.tags.test_suggestions import ids, library  # noqa: F401


def everything(walls):
    return [*walls.likely, *walls.unsure, *walls.unlikely]


def test_nothing_is_asked_twice(library, named):  # noqa: F811
    first = everything(tag_review.walls(library, "red"))
    assert {"r1.jpg", "r2.jpg", "r3.jpg"} <= set(named(first))
    tag_review.answer(library, "red", ids(library, "r1.jpg"), TagState.CONFIRMED)
    assert set(first) - set(everything(tag_review.walls(library, "red"))) == set(
        ids(library, "r1.jpg")
    )


def test_an_answer_tells_what_it_changed(library, named):  # noqa: F811
    assert [tag.name for tag in tag_review.review_tags(library)] == ["red"]
    done = tag_review.answer(library, "red", ids(library, "r1.jpg"), TagState.REJECTED)
    assert sorted(named(done.effect.lost)) == ["r2.jpg", "r3.jpg"]
    assert done.effect.gained.size == 0
    assert done.change.history_id is not None
    (tag,) = tag_review.review_tags(library)
    assert (tag.suggested, tag.answered) == (0, 1)


@pytest.mark.parametrize("name", ["Rex", "nothing of the kind"])
def test_who_and_what_cannot_be_asked_about(library, name):  # noqa: F811
    with pytest.raises(InputProblem):
        tag_review.walls(library, name)


def test_a_burst_is_asked_about_once():
    rng = np.random.default_rng(0)
    burst, others = np.repeat(cloud(rng, 1, 16), 20, axis=0), cloud(rng, 20, 16)
    chosen = ask(np.zeros(40, np.float32), np.concatenate([burst, others]), near=0.0, count=5)
    assert len(set(chosen.tolist())) == 5
    assert np.count_nonzero(chosen < 20) == 1


def test_the_nearest_come_first():
    logits = np.array([3.0, -0.1, 0.9], np.float32)
    assert ask(logits, np.eye(3, dtype=np.float32), near=0.0, count=1).tolist() == [1]
    assert ask(logits[:0], np.eye(3, dtype=np.float32)[:0], near=0.0, count=4).size == 0
