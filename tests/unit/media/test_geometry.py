from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from photosort.domain.pictures import InputSpec
from photosort.media.geometry import (
    draft_scale,
    fitted_size,
    stored_box,
    turn_upright,
    upright_size,
)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_box_carried_back_and_turned_is_the_box_on_the_upright_picture(orientation: int) -> None:
    stored = Image.fromarray(np.arange(70, dtype=np.uint8).reshape(7, 10))
    upright = turn_upright(stored, orientation)
    assert upright.size == upright_size(stored.size, orientation)
    box = (1, 2, 4, 7)
    left, top, right, bottom = (int(v) for v in stored_box(box, stored.size, orientation))
    part = turn_upright(stored.crop((left, top, right, bottom)), orientation)
    assert np.array_equal(np.asarray(part), np.asarray(upright.crop(box)))


@pytest.mark.parametrize(
    ("size", "spec", "longest_px", "scale"),
    [
        ((4000, 3000), InputSpec(224), 512, 4),
        ((4000, 3000), InputSpec(224), 0, 8),
        ((6000, 4000), InputSpec(224), 512, 8),
        ((6000, 4000), InputSpec(260), 512, 8),
        ((1280, 853), InputSpec(260), 512, 2),
        ((1000, 671), InputSpec(224), 0, 1),
        ((1000, 672), InputSpec(224), 0, 2),
        ((1000, 1000), InputSpec(224), 512, 1),
        ((1024, 1024), InputSpec(224), 512, 2),
        ((40_000, 3584), InputSpec(224), 512, 8),
        ((3600, 600), InputSpec(224, fit="pad"), 0, 8),
        ((3600, 600), InputSpec(224), 0, 1),
        ((4000, 3000), InputSpec(384, resize_px=384), 512, 4),
        ((100, 100), InputSpec(224), 512, 1),
    ],
)
def test_a_draft_leaves_half_as_much_again_as_the_encoder_needs(
    size: tuple[int, int], spec: InputSpec, longest_px: int, scale: int
) -> None:
    assert draft_scale(size, spec, longest_px=longest_px) == scale


def test_sizes_that_fit() -> None:
    assert fitted_size((4000, 3000), 512) == (512, 384)
    assert fitted_size((300, 200), 512) == (300, 200)
    assert fitted_size((9000, 1), 512) == (512, 1)
