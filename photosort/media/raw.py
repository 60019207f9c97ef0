"""Raw files: the camera's embedded preview, developed only where there is none. `header.py` has the quick first preview."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from photosort.media.errors import DAMAGED, NO_PREVIEW, Unreadable, unreadable_file
from photosort.media.geometry import is_sideways, upright_size
from photosort.media.open_picture import HEAD_BYTES, open_picture, picture_format
from photosort.media.orientation import Orientation
from photosort.safe_files import PlainReader

if TYPE_CHECKING:
    from pathlib import Path

# LibRaw's flip to EXIF's orientation: bit 0 mirrors left and right, bit 1 top and bottom, bit 2 swaps the axes last.
# Measured with LibRaw 0.22.2 (rawpy 0.28.0) on DNGs of all eight.
_EXIF_ORIENTATION = {0: 1, 1: 2, 3: 3, 2: 4, 4: 5, 6: 6, 7: 7, 5: 8}
# Share of white that the brightest sample of any photo is assumed to reach, by sensor noise alone. Half floats from
# 0 to 1 without a white level come back as 0 or 1 of 16383 (LibRaw 0.22.2).
_NOTHING_BELOW = 1 / 4096
_CHUNK_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class RawPreview:
    """The picture that represents a raw file.

    Attributes:
        picture: opened, not decoded, or developed.
        data: the preview's bytes where it is a JPEG.
        orientation: EXIF orientation to apply when the preview says nothing itself.
        size: width and height of the raw picture as stored.
        is_embedded: the camera made it; False where it was developed here.
    """

    picture: Image.Image
    data: bytes | None
    orientation: int
    size: tuple[int, int]
    is_embedded: bool = True


def is_raw(path: Path) -> bool:
    """Whether a file may be what its name says: raw files are TIFF or formats of their own, never JPEG or PNG.

    Raises:
        Unreadable: it cannot be opened.
    """
    try:
        with PlainReader(path) as file:
            return picture_format(file.read(HEAD_BYTES)) in {None, "TIFF"}
    except OSError as error:
        raise unreadable_file(error) from error


def raw_preview(path: Path) -> RawPreview:
    """Opens a raw file's largest preview.

    Raises:
        Unreadable: LibRaw does not know the file, or it is damaged.
    """
    import rawpy

    try:
        # LibRaw reads only the preview's part of a file that it opens itself, but it takes only UTF-8 names.
        with (
            io.BufferedReader(PlainReader(path)) as file,
            rawpy.imread(str(path) if _is_utf8(path) else file) as raw,
        ):
            size = (int(raw.sizes.width), int(raw.sizes.height))
            orientation = _EXIF_ORIENTATION.get(int(raw.sizes.flip), 1)
            try:
                preview = raw.extract_thumb()
            except (rawpy.LibRawNoThumbnailError, rawpy.LibRawUnsupportedThumbnailError):
                upright = upright_size(size, orientation)
                return RawPreview(_developed(raw), None, 1, upright, is_embedded=False)
            if preview.format == rawpy.ThumbFormat.JPEG:
                data = bytes(preview.data)
                return RawPreview(open_picture(io.BytesIO(data)), data, orientation, size)
            return RawPreview(Image.fromarray(np.asarray(preview.data)), None, orientation, size)
    except OSError as error:
        raise unreadable_file(error) from error
    except MemoryError as error:
        raise Unreadable(DAMAGED, repr(error)) from error
    except rawpy.LibRawError as error:
        _read_through(path)
        raise Unreadable(DAMAGED, f"LibRaw: {error!r}") from error


def _read_through(path: Path) -> None:
    """Tells a drive that fails from a file that is damaged, for LibRaw's errors do not.

    Raises:
        NotGiven: the system does not give the whole file.
    """
    try:
        with PlainReader(path) as file:
            while file.read(_CHUNK_BYTES):
                pass
    except OSError as error:
        raise unreadable_file(error) from error


def orientation_of_raw(preview: RawPreview, own: int) -> Orientation:
    """How a raw file's preview lies.

    Args:
        preview: opened.
        own: what the preview itself says, 1 where nothing.
    """
    left = own if own != 1 or _is_upright(preview) else preview.orientation
    return Orientation(preview.orientation, preview.orientation, left)


def _is_upright(preview: RawPreview) -> bool:
    """Whether the camera had turned the preview already: it stands where the raw picture lies."""
    if not is_sideways(preview.orientation):
        return False
    width, height = preview.picture.size
    return (width > height) != (preview.size[0] > preview.size[1])


def _is_utf8(path: Path) -> bool:
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def _developed(raw: Any) -> Image.Image:
    """Half size is enough for every thumbnail and encoder and takes a quarter of the time; LibRaw turns it.

    Raises:
        Unreadable: LibRaw cannot develop it, or has lost its samples.
    """
    import rawpy

    try:
        pixels = raw.postprocess(half_size=True, use_camera_wb=True, output_bps=8)
    except rawpy.LibRawError as error:
        raise Unreadable(NO_PREVIEW, f"LibRaw: {error!r}") from error
    if _is_lost(raw):
        raise Unreadable(NO_PREVIEW, "LibRaw: all samples are next to nothing")
    if pixels.shape[2] == 1:  # of a monochrome sensor (rawpy 0.28.0), which Pillow refuses
        pixels = np.repeat(pixels, 3, axis=2)
    return Image.fromarray(pixels)


def _is_lost(raw: Any) -> bool:
    """Whether LibRaw (0.22.2) took 16-bit floats without a WhiteLevel, 0 to 1, for parts of 65535."""
    samples = raw.raw_image
    return samples is not None and float(samples.max()) <= raw.white_level * _NOTHING_BELOW
