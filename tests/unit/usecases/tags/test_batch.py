from __future__ import annotations

import numpy as np
import pytest

from photosort.domain.tags import TagOnPhoto, TagState
from photosort.progress import Job
from photosort.usecases import undoing
from photosort.usecases.tags import batch, tagging
from photosort.usecases.tags.batch import Batch
from photosort.usecases.tags.scorer import Scorer

PREPARED = Batch(
    ("cat", "dog"),
    np.array([1, 0, 1, 1]),
    np.array([1, 2, 2, 3]),
    np.array([0.95, 0.9, 0.8, 0.6], dtype=np.float32),
)


def test_counts_follow_the_threshold():
    assert PREPARED.counts(0.5) == [("dog", 3), ("cat", 1)]
    assert PREPARED.counts(0.9) == [("cat", 1), ("dog", 1)]
    assert PREPARED.counts(0.99) == []


def test_samples_go_from_the_surest_to_the_least_sure():
    assert PREPARED.samples("dog", 0.5, 2) == [1, 3]
    assert PREPARED.samples("dog", 0.5, 9) == [1, 2, 3]
    assert PREPARED.samples("dog", 0.99, 9) == []


@pytest.fixture
def three(session, add, monkeypatch):
    """Three photos of which the model says what `PREPARED` says."""
    add("red", "a.jpg", "b.jpg", "c.jpg")
    found = {
        1: [TagOnPhoto("dog", 0.95, TagState.SUGGESTED)],
        2: [
            TagOnPhoto("cat", 0.9, TagState.SUGGESTED),
            TagOnPhoto("dog", 0.8, TagState.SUGGESTED),
        ],
        3: [TagOnPhoto("dog", 0.6, TagState.SUGGESTED)],
    }
    monkeypatch.setattr(
        Scorer,
        "suggest",
        lambda self, rows, **_: {
            int(i): found[int(i)] for i in self.photo_ids[rows] if int(i) in found
        },
    )
    return session


def confirmed(session) -> dict[int, list[str]]:
    return {
        photo_id: [tag.name for tag in found if tag.state is TagState.CONFIRMED]
        for photo_id, found in tagging.tags_of(session, [1, 2, 3]).items()
    }


def test_a_batch_is_prepared_accepted_and_taken_back_as_one_step(three):
    prepared = batch.prepare(three, None, job=Job())
    assert prepared.photos(0.5) == PREPARED.photos(0.5)
    assert confirmed(three) == {1: [], 2: [], 3: []}
    change = batch.accept(three, prepared, 0.7, without={"cat"})
    assert change.photos == {1, 2}
    assert confirmed(three) == {1: ["dog"], 2: ["dog"], 3: []}
    undoing.undo(three)
    assert confirmed(three) == {1: [], 2: [], 3: []}


def test_what_was_said_is_left_alone_also_when_it_was_said_meanwhile(three):
    tagging.set_tag_state(three, "dog", [1], TagState.REJECTED)
    prepared = batch.prepare(three, [1, 2, 3], job=Job())
    assert prepared.photos(0.5)["dog"] == [2, 3]
    tagging.set_tag_state(three, "dog", [3], TagState.REJECTED)
    batch.accept(three, prepared, 0.5)
    assert confirmed(three) == {1: [], 2: ["cat", "dog"], 3: []}
