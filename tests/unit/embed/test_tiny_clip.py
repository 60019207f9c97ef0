"""The open_clip path end to end, with meaning."""

from __future__ import annotations

import json
import random
import shutil
from dataclasses import asdict
from typing import TYPE_CHECKING

import numpy as np

from photosort.embed.load import load_encoder
from photosort.embed.model_folder import ABOUT_FILE, About
from tests.fixtures import tiny_clip

if TYPE_CHECKING:
    from pathlib import Path

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


def test_what_is_known_of_a_model_says_which_languages_it_reads(
    tiny: Encoder, tiny_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "many"
    shutil.copytree(tiny_folder, folder)
    about = About(languages=("en", "de"))
    (folder / ABOUT_FILE).write_text(json.dumps(asdict(about)), "utf-8")
    loaded = load_encoder(str(folder), models_dir=tmp_path, device="cpu", dtype="float32")
    assert loaded.info.languages == ("en", "de")
    assert tiny.info.languages == ("en",)
