"""A small picture as grey levels, for comparing pictures with each other."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photosort.media.geometry import fitted_size


def grey_levels(jpeg: bytes, longest_px: int) -> NDArray[np.uint8] | None:
    """A thumbnail as grey levels, shape (height, width), or None where it cannot be read.

    Args:
        jpeg: the thumbnail.
        longest_px: longest edge of the result; a smaller picture stays as it is.
    """
    try:
        with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as picture:
            picture.draft("L", (longest_px, longest_px))
            size = fitted_size(picture.size, longest_px)
            return np.array(picture.convert("L").resize(size, Image.Resampling.BOX))
    except (OSError, ValueError):
        return None
