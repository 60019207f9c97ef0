import numpy as np
import pytest
import skimage.data
from PIL import Image, ImageFilter, ImageOps

from photosort.domain.looks import Look
from photosort.media.looks import looks


@pytest.fixture(params=["astronaut", "chelsea", "coffee"])
def photo(request):
    return getattr(skimage.data, request.param)()[::2, ::2]


def test_a_photo_in_colour_by_day_has_none_of_them(photo):
    assert max(looks(photo).values()) < 0.5


def test_black_and_white(photo):
    grey = np.array(Image.fromarray(photo).convert("L").convert("RGB"))
    assert looks(grey)[Look.BLACK_AND_WHITE] > 0.9
    assert looks(grey)[Look.SKETCH] < 0.5


def test_night(photo):
    lights = np.zeros(photo.shape[:2], bool)
    lights[20:26, 30:40] = True
    dark = np.where(lights[..., None], 240, photo * 0.18).astype(np.uint8)
    assert looks(dark)[Look.NIGHT] > 0.8


def test_a_sketch(photo):
    grey = Image.fromarray(photo).convert("L")
    blurred = ImageOps.invert(grey).filter(ImageFilter.GaussianBlur(6))
    ratio = np.asarray(grey, np.float32) / np.maximum(255.0 - np.asarray(blurred), 1)
    lines = np.where(ratio < 0.85, 40, 250).astype(np.uint8)
    assert looks(np.repeat(lines[..., None], 3, axis=2))[Look.SKETCH] > 0.5


def test_a_picture_of_one_pixel_is_measured():
    assert set(looks(np.zeros((1, 1, 3), np.uint8))) == set(Look)
