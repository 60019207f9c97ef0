"""Decodes a picture for the screen: in its size and colours, within a memory limit.

Called in the decode lane while an index run decodes there too, so one large picture at a time.
"""

from __future__ import annotations

import io
import math
import os
import threading
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from photosort.media.color import color_space_of, flatten, to_srgb, workable
from photosort.media.errors import DAMAGED, TRUNCATED, NoDecoder, Unreadable, unreadable_file
from photosort.media.formats import media_of
from photosort.media.geometry import fitted_size, stored_box, turn_upright, upright_size
from photosort.media.open_picture import open_picture, refuse_large
from photosort.media.orientation import orientation_to_apply
from photosort.media.raw import orientation_of_raw, raw_preview
from photosort.safe_files import PlainReader
from photosort.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from photosort.media.geometry import Box, Size
    from photosort.media.orientation import Orientation
    from photosort.media.raw import RawPreview

# What a decode may hold: at Pillow's four bytes a pixel 400 MB, which leaves room for the result and the rest.
MOST_DECODED_PX = 100_000_000
# What a result may hold; a larger picture is looked at in parts.
MOST_SHOWN_PX = 40_000_000
_LARGE_PX = 40_000_000
# Transparent parts in the loupe's own grey: white would glare.
_FILL = 20
_REDUCING_GAP = 2.0
_STRIP_PX = 4_000_000
# Larger files are read by the decoder itself, piece by piece.
_WHOLE_FILE_BYTES = 192 * 1024 * 1024
# Modes that are converted to one of more bytes, where a part can be converted as the whole would be.
_SPLITTABLE = frozenset({"RGBA", "LA", "P", "PA"})
_large_pictures = threading.Lock()


@dataclass(frozen=True, slots=True, eq=False)
class Displayed:
    """A picture, or a part of it, ready for the screen.

    Attributes:
        pixels: uint8 array, shape (height, width, 3), RGB in sRGB, upright.
        size: width and height of the whole picture as displayed, in its own pixels.
        region: left, top, right, bottom of what `pixels` show, in pixels of the whole picture.
        finest: the part of its own resolution that the picture can be shown at, 1.0 = pixel for pixel; less
            where a full decode would need too much memory.
    """

    pixels: NDArray[np.uint8]
    size: Size
    region: Box
    finest: float = 1.0


@dataclass(frozen=True, slots=True)
class _Wish:
    max_px: int
    most_px: int
    region: Box | None
    fill: int
    beside: int | None


def decode_for_screen(
    path: Path,
    max_px: int,
    *,
    region: Box | None = None,
    beside: int | None = None,
    most_px: int | None = None,
    fill: int = _FILL,
) -> Displayed:
    """Decodes a picture for the screen; the file is only read.

    Args:
        path: a photo; of a raw file the preview that the camera made is shown.
        max_px: longest edge of the result; it is never larger than the picture or `MOST_SHOWN_PX` pixels.
        region: left, top, right, bottom in pixels of the upright picture; None = all of it.
        beside: the EXIF orientation that a keyword file says, or None.
        most_px: another limit in place of `MOST_SHOWN_PX`.
        fill: grey level of transparent parts.

    Raises:
        Unreadable: the file is gone, damaged, no picture, or too large; the message is for the user.
        NoDecoder: the file is a video.
    """
    wish = _Wish(max_px, most_px or MOST_SHOWN_PX, region, fill, beside)
    media = media_of(path.name)
    if media == "video":
        raise NoDecoder(Sentence("Videos open in the system's own player."))
    try:
        if media == "raw":
            preview = raw_preview(path)
            return _shown(preview.picture, wish, raw=preview)
        with io.BufferedReader(PlainReader(path)) as file:
            small = os.fstat(file.fileno()).st_size < _WHOLE_FILE_BYTES
            stream = io.BytesIO(file.read()) if small else file
            return _shown(open_picture(stream), wish)
    except OSError as error:
        raise unreadable_file(error) from error
    except MemoryError as error:
        raise Unreadable(DAMAGED, repr(error)) from error


def _shown(picture: Image.Image, wish: _Wish, *, raw: RawPreview | None = None) -> Displayed:
    if picture.format != "JPEG":
        refuse_large(picture)
    size = picture.size
    lies, space = _lies(picture), color_space_of(picture)
    if raw is not None:
        lies = orientation_of_raw(raw, lies.left)
    orientation = lies.turned(wish.beside).left
    whole = upright_size(size, orientation)
    box = _inside(wish.region, whole)
    scale = _draft_scale(picture, wish.max_px, box)
    if picture.format == "JPEG":
        refuse_large(picture, scale=scale)
    if scale > 1:
        picture.draft(None, (size[0] // scale, size[1] // scale))
    large = size[0] * size[1] / scale**2 > _LARGE_PX
    with _large_pictures if large else nullcontext():
        _load(picture)
        if scale == 1 and picture.size != size:  # TIFF turns its pixels itself while it loads
            size = picture.size
            whole = upright_size(size, orientation)
            box = _inside(wish.region, whole)
        stored = stored_box(box, size, orientation)
        target = _target((round(box[2] - box[0]), round(box[3] - box[1])), wish)
        small = _resized(picture, size, stored, upright_size(target, orientation))
    upright = turn_upright(to_srgb(flatten(small, wish.fill), space), orientation)
    return Displayed(np.asarray(upright), whole, box, 1.0 / _memory_scale(picture, size))


def _target(size: Size, wish: _Wish) -> Size:
    most = max(size) * math.sqrt(wish.most_px / max(1, size[0] * size[1]))
    return fitted_size(size, min(wish.max_px, int(most)))


def _draft_scale(picture: Image.Image, max_px: int, box: Box) -> int:
    """By how much a JPEG is shrunk while it is decoded: as far as the result allows, further if memory demands."""
    if picture.format != "JPEG":
        return 1
    longest = max(box[2] - box[0], box[3] - box[1])
    scale = _memory_scale(picture, picture.size)
    for wished in (8, 4, 2):
        if longest / wished >= max_px:
            return max(wished, scale)
    return scale


def _memory_scale(picture: Image.Image, size: Size) -> int:
    """The smallest scale at which a JPEG fits into memory; 1 for other formats, which are refused instead."""
    scale = 1
    while picture.format == "JPEG" and scale < 8 and size[0] * size[1] > MOST_DECODED_PX * scale**2:
        scale *= 2
    return scale


def _inside(region: Box | None, whole: Size) -> Box:
    """The part of a region that lies on the picture, at least one pixel; all of it where there is none."""
    everything = (0.0, 0.0, float(whole[0]), float(whole[1]))
    if region is None:
        return everything
    left, top = max(0.0, region[0]), max(0.0, region[1])
    right, bottom = min(everything[2], region[2]), min(everything[3], region[3])
    if right - left < 1 or bottom - top < 1:
        return everything
    return left, top, right, bottom


def _lies(picture: Image.Image) -> Orientation:
    with _damage_told(picture):
        return orientation_to_apply(picture)


def _load(picture: Image.Image) -> None:
    with _damage_told(picture):
        picture.load()


@contextmanager
def _damage_told(picture: Image.Image) -> Iterator[None]:
    try:
        yield
    except MemoryError:
        raise
    except Exception as error:  # decoders raise whatever a damaged file leads them to
        message = TRUNCATED if "truncated" in str(error).lower() else DAMAGED
        raise Unreadable(message, f"{picture.format}: {error!r}") from error


def _resized(picture: Image.Image, frame: Size, box: Box, size: Size) -> Image.Image:
    """A part of the stored picture at another size, in a mode that `to_srgb` takes.

    Args:
        picture: decoded, perhaps smaller than its frame.
        frame: width and height before a draft.
        box: the part, in pixels of the frame.
        size: width and height of the result, as stored.
    """
    scale = frame[0] / picture.width
    width, height = picture.size
    part = (
        max(0.0, box[0] / scale),
        max(0.0, box[1] / scale),
        min(float(width), box[2] / scale),
        min(float(height), box[3] / scale),
    )
    pixels = (part[2] - part[0]) * (part[3] - part[1])
    if picture.mode in _SPLITTABLE and pixels > _STRIP_PX:
        picture, part = _halved(picture, part, size)
    else:
        picture = workable(picture)
    size = (
        min(size[0], max(1, round(part[2] - part[0]))),
        min(size[1], max(1, round(part[3] - part[1]))),
    )
    return picture.resize(size, Image.Resampling.HAMMING, box=part, reducing_gap=_REDUCING_GAP)


def _halved(picture: Image.Image, part: Box, size: Size) -> tuple[Image.Image, Box]:
    """A part in a workable mode and reduced by a whole number, strip by strip.

    Turning a picture with an alpha channel as a whole into a workable mode takes its memory a second time.
    """
    left, top, right, bottom = int(part[0]), int(part[1]), round(part[2]), round(part[3])
    factor = max(1, min((right - left) // size[0], (bottom - top) // size[1]) // 2)
    step = max(factor, _STRIP_PX // max(1, right - left) // factor * factor)
    strips = [
        workable(picture.crop((left, y, right, min(bottom, y + step)))).reduce(factor)
        for y in range(top, bottom, step)
    ]
    mode = "RGBa" if any(strip.mode == "RGBa" for strip in strips) else strips[0].mode
    made = Image.new(mode, (strips[0].width, sum(strip.height for strip in strips)))
    y = 0
    for strip in strips:
        same = strip if strip.mode == mode else strip.convert("RGBA").convert(mode)
        made.paste(same, (0, y))
        y += strip.height
    return made, (0.0, 0.0, float(made.width), float(made.height))
