from pathlib import Path

import numpy as np
import pytest
import skimage
from PIL import Image, ImageEnhance

from photosort.likeness.alignment import EDGE_PX, compare

SHIPPED = Path(skimage.__file__).parent / "data"


def grey(picture):
    small = picture.convert("L")
    small.thumbnail((EDGE_PX, EDGE_PX))
    return np.asarray(small)


@pytest.fixture(scope="module")
def photo():
    return Image.open(SHIPPED / "coffee.png").convert("RGB")


@pytest.fixture(scope="module")
def cat():
    return Image.open(SHIPPED / "chelsea.png").convert("RGB")


def cut(picture, left, top, share):
    width, height = picture.size
    box = (left * width, top * height, (left + share) * width, (top + share) * height)
    return picture.crop(tuple(round(edge) for edge in box))


EDITS = {
    "smaller": lambda p: p.resize((150, 100)),
    "brighter": lambda p: ImageEnhance.Brightness(p).enhance(1.4),
    "cut": lambda p: cut(p, 0.15, 0.05, 0.8),
    "cut and enlarged": lambda p: cut(p, 0.25, 0.3, 0.7).resize(p.size),
    "turned a little": lambda p: cut(p.rotate(4, Image.Resampling.BICUBIC), 0.08, 0.08, 0.84),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_an_edited_copy_agrees_both_ways_round(photo, edit):
    first, second = grey(photo), grey(edit(photo))
    assert compare(first, second).share > 0.9
    assert compare(second, first).share > 0.9


def test_a_copy_lies_exactly_on_top_and_a_cut_does_not(photo):
    assert compare(grey(photo), grey(photo.resize((300, 200)))).moved < 0.004
    assert compare(grey(photo), grey(EDITS["cut"](photo))).moved > 0.05


def test_a_mirrored_copy_is_found_and_said_to_be_one(photo):
    mirrored = photo.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    agreement = compare(grey(photo), grey(mirrored))
    assert agreement.share > 0.9
    assert agreement.mirrored


def test_another_picture_agrees_nowhere(photo, cat):
    assert compare(grey(photo), grey(cat)).share < 0.3


def test_a_scene_in_which_something_moved_agrees_less_than_a_copy(photo, cat):
    moved = photo.copy()
    width, height = photo.size
    part = cat.resize((width * 2 // 3, height * 2 // 3))
    moved.paste(part, (width // 6, height // 6))
    assert compare(grey(photo), grey(moved)).share < 0.75


def test_flat_pictures_are_never_the_same():
    """Sky, walls and black pictures agree with any other."""
    sky = np.full((96, 128), 180, dtype=np.uint8)
    slope = np.linspace(100, 160, 128, dtype=np.uint8)[None, :].repeat(96, axis=0)
    assert compare(sky, sky).share == 0
    assert compare(slope, slope).share == 0


def test_tiny_and_narrow_pictures_are_compared_without_an_error(photo):
    narrow = np.asarray(photo.convert("L").resize((128, 9)))
    assert compare(narrow, grey(photo)).share < 0.5
    assert compare(grey(photo)[:8, :8], grey(photo)).share < 0.5
