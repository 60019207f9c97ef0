"""A part of a picture as an encoder's input."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from photosort.media.decode import decode

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from photosort.domain.pictures import Box, InputSpec
    from photosort.media.formats import Media

# A box of less than a tenth of an edge is looked at in a picture no sharper than this.
_MOST_TIMES = 8


def decode_part(
    path: Path, spec: InputSpec, media: Media, box: Box, *, beside: int | None = None
) -> NDArray[np.uint8]:
    """The pixels in a box of a photo.

    Args:
        path: the file.
        spec: what the encoder wants.
        media: what the file is.
        box: the part, upright; it is not empty.
        beside: the EXIF orientation that a keyword file says, or None.

    Returns:
        uint8 array, shape (edge_px, edge_px, 3), RGB.

    Raises:
        InputProblem: the file cannot be read.
    """
    times = min(_MOST_TIMES, math.ceil(1 / min(box.width, box.height)))
    edge = spec.edge_px * times
    whole = replace(spec, edge_px=edge, resize_px=edge, fit="squash")
    pixels = decode(
        path, whole, media=media, thumbnails=False, read_metadata=False, beside=beside
    ).pixels
    bounds = [box.left * edge, box.top * edge, box.right * edge, box.bottom * edge]
    left, top, right, bottom = (min(float(edge), max(0.0, bound)) for bound in bounds)
    size = (spec.edge_px, spec.edge_px)
    part = Image.fromarray(pixels).resize(
        size, Image.Resampling.BICUBIC, box=(left, top, right, bottom)
    )
    return np.array(part)
