"""Boxes and sizes: which part of a picture an encoder sees, in stored coordinates.

The picture is never turned before it is small: a box is worked out on the upright picture, carried back to
the stored one, and only the result is turned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from photosort.domain.pictures import InputSpec

Box = tuple[float, float, float, float]
Size = tuple[int, int]

# How much longer than the encoder's input a shrunken picture must be.
_LEAST_TIMES = 1.5
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def is_sideways(orientation: int) -> bool:
    """True where EXIF orientation swaps width and height."""
    return orientation >= 5


def upright_size(stored: Size, orientation: int) -> Size:
    """Width and height as displayed."""
    return (stored[1], stored[0]) if is_sideways(orientation) else stored


def turn_upright(picture: Image.Image, orientation: int) -> Image.Image:
    """The picture as displayed."""
    turn = _TURNS.get(orientation)
    return picture if turn is None else picture.transpose(turn)


def stored_box(box: Box, stored: Size, orientation: int) -> Box:
    """Carries a box from the upright picture back to the stored one.

    Args:
        box: left, top, right, bottom in pixels of the upright picture.
        stored: width and height as stored.
        orientation: EXIF orientation, 1 to 8.
    """
    w, h = stored
    x0, y0, x1, y1 = box
    match orientation:
        case 2:
            return w - x1, y0, w - x0, y1
        case 3:
            return w - x1, h - y1, w - x0, h - y0
        case 4:
            return x0, h - y1, x1, h - y0
        case 5:
            return y0, x0, y1, x1
        case 6:
            return y0, h - x1, y1, h - x0
        case 7:
            return w - y1, h - x1, w - y0, h - x0
        case 8:
            return w - y1, x0, w - y0, x1
        case _:
            return box


def crop_box(size: Size, spec: InputSpec) -> Box:
    """What remains after the shorter edge became `resize_px` and the centre was cut out.

    Rounds as torchvision's Resize and CenterCrop do, so that the encoder sees the pixels it was trained to.
    """
    w, h = size
    short = min(w, h)
    resized_w = spec.resize_px if w <= h else int(spec.resize_px * w / h)
    resized_h = spec.resize_px if h <= w else int(spec.resize_px * h / w)
    left = round((resized_w - spec.edge_px) / 2.0)
    top = round((resized_h - spec.edge_px) / 2.0)
    scale_x, scale_y = w / resized_w, h / resized_h
    box = (
        left * scale_x,
        top * scale_y,
        (left + spec.edge_px) * scale_x,
        (top + spec.edge_px) * scale_y,
    )
    return box if short else (0.0, 0.0, float(w), float(h))


def fitted_size(size: Size, longest_px: int) -> Size:
    """The size with the longer edge at most `longest_px`, never larger than before, at least one pixel."""
    scale = min(1.0, longest_px / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def draft_scale(size: Size, spec: InputSpec, *, longest_px: int) -> int:
    """The largest of 8, 4, 2 and 1 by which a JPEG may be shrunk while it is decoded.

    The edge that the encoder's resize starts from stays at least one and a half times as long as its result: there
    the input differs from that of a full decode by at most 2/255 RMS, from twice on by 1.3, at once by 5. Half the
    decode of a photo of one megapixel is saved (docs/decisions/0004-one-decode.md).

    Args:
        size: stored width and height.
        spec: what the encoder wants.
        longest_px: the longest edge of the largest thumbnail, 0 for none.
    """
    result = spec.edge_px if spec.fit != "crop" else max(spec.resize_px, spec.edge_px)
    needed = _LEAST_TIMES * result
    edge = max(size) if spec.fit == "pad" else min(size)
    for scale in (8, 4, 2):
        if edge // scale >= needed and max(size) // scale >= longest_px:
            return scale
    return 1
