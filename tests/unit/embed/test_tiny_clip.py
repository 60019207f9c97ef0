"""The open_clip path end to end, with meaning."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import numpy as np

from tests.fixtures import tiny_clip

if TYPE_CHECKING:
    from photosort.domain.encoders import Encoder


def test_right_caption_comes_first_on_unseen_combinations(tiny: Encoder) -> None:
    seen, unseen = tiny_clip.scenes()
    rng = random.Random(1)
    pictures = np.stack([np.asarray(tiny_clip.draw(scene, rng)) for scene in unseen])
    photos = tiny.encode_images(pictures)["semantic"]
    texts = tiny.encode_texts([scene.caption for scene in unseen + seen])
    right = (photos @ texts.T).argmax(1) == np.arange(len(unseen))
    assert len(unseen) >= 30
    assert right.mean() >= 0.8


def test_each_word_of_the_caption_counts(tiny: Encoder) -> None:
    scene = tiny_clip.Scene(2, "red", "circle", "on the left")
    picture = np.asarray(tiny_clip.draw(scene, random.Random(2)))[None]
    photo = tiny.encode_images(picture)["semantic"][0]
    others = [
        "one red circle on the left",
        "two blue circles on the left",
        "two red crosses on the left",
        "two red circles at the top",
    ]
    scores = tiny.encode_texts([scene.caption, *others]) @ photo
    assert scores.argmax() == 0


def test_seen_and_unseen_do_not_overlap() -> None:
    seen, unseen = tiny_clip.scenes()
    assert not set(seen) & set(unseen)
    assert len({scene.caption for scene in seen + unseen}) == len(seen) + len(unseen)
