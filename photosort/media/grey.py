"""A small picture as grey levels, for comparing pictures with each other."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photosort.media.geometry import fitted_size
from photosort.media.screen_decoding import decode_for_screen

if TYPE_CHECKING:
    from pathlib import Path

    from photosort.media.geometry import Size


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


def grey_page(path: Path, size: Size, *, beside: int | None = None) -> NDArray[np.uint8]:
    """A picture from its file as grey levels, shape (height, width), stretched to a size.

    Args:
        path: the file.
        size: width and height of the result.
        beside: the EXIF orientation that a keyword file says, or None.

    Raises:
        Unreadable: it cannot be decoded.
        NoDecoder: it is a video.
    """
    shown = decode_for_screen(path, 2 * max(size), beside=beside)
    return np.array(Image.fromarray(shown.pixels).convert("L").resize(size, Image.Resampling.BOX))
