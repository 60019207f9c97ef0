import numpy as np
from PIL import Image, ImageFilter
from skimage import data

from photosort.likeness.quality import exposure, sharpness

CAT = Image.fromarray(data.chelsea()).convert("L")


def test_a_blurred_shot_is_less_sharp():
    blurred = CAT.filter(ImageFilter.GaussianBlur(2))
    assert sharpness(np.asarray(blurred)) < 0.5 * sharpness(np.asarray(CAT))


def test_a_blurred_background_costs_less_than_a_blurred_subject():
    picture = CAT.filter(ImageFilter.GaussianBlur(3))
    picture.paste(CAT.crop((150, 50, 350, 250)), (150, 50))
    assert sharpness(np.asarray(picture)) > 0.5 * sharpness(np.asarray(CAT))


def test_what_is_black_or_white_is_badly_exposed():
    grey = np.full((20, 20), 128, dtype=np.uint8)
    assert exposure(grey) == 1
    grey[:10] = 255
    assert exposure(grey) == 0.5
