"""How sharp a small picture is."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

_EDGE_PX = 160


def sharpness(jpeg: bytes) -> float:
    """The strength of a picture's finest detail against its contrast; 0 for one that cannot be read.

    Args:
        jpeg: a thumbnail. Full-size pictures are judged by what shows at a thumbnail's size.
    """
    try:
        with Image.open(io.BytesIO(jpeg)) as picture:
            picture.draft("L", (_EDGE_PX, _EDGE_PX))
            grey = picture.convert("L")
            grey.thumbnail((_EDGE_PX, _EDGE_PX))
            pixels = np.asarray(grey, dtype=np.float32)
    except (OSError, ValueError, SyntaxError):
        return 0.0
    if min(pixels.shape) < 3:
        return 0.0
    detail = (
        4 * pixels[1:-1, 1:-1]
        - pixels[:-2, 1:-1]
        - pixels[2:, 1:-1]
        - pixels[1:-1, :-2]
        - pixels[1:-1, 2:]
    )
    return float(detail.std() / (pixels.std() + 8.0))
