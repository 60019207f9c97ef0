"""Opens bytes as a Pillow image without decoding it, or gives the reason why not.

What a file is, is told by its first bytes alone: names lie, and Pillow's own list of formats holds many that
are no photos, hang, or call other programs.
"""

from __future__ import annotations

import re
import warnings
from functools import cache
from typing import BinaryIO

from PIL import Image, JpegImagePlugin

from photosort.media.errors import (
    DAMAGED,
    EMPTY,
    NOT_A_PICTURE,
    OTHER_HEIF,
    TOO_COMPLEX,
    Unreadable,
    too_large,
)
from photosort.media.hdr import code_points

# Bytes that decoding one picture may take at most, and what one pixel takes by format: Pillow's own four,
# another four where it is converted, and what the format's library holds besides.
_DECODE_BYTES = 1_250_000_000
_BYTES_A_PIXEL = {"PNG": 8, "TIFF": 8, "BMP": 8, "GIF": 8, "JPEG": 8}
_BYTES_A_PIXEL_OTHERS = 16
# A progressive JPEG keeps all its coefficients, two bytes each, however small it is decoded.
_COEFFICIENT_BYTES = 2
# Cameras write about ten scans; thousands of them over a large picture are made to occupy the decoder.
_MOST_SCANS = 200
HEAD_BYTES = 64
_WITH_CODE_POINTS = frozenset({"PNG", "HEIF", "AVIF"})

# ISO/IEC 23008-12:2022/Amd 1, with all boxes in one.
_COMPACT = b"mif3"
_OTHER_ITEMS = re.compile(rb"infe.{8,10}?(jpeg|j2k1|vvc1|avc1|evc1|unci)", re.DOTALL)
_META_BYTES = 16 * 1024
_FTYP_AVIF = {b"avif", b"avis"}
_FTYP_HEIF = {
    b"heic",
    b"heix",
    b"heim",
    b"heis",
    b"hevc",
    b"hevx",
    b"mif1",
    b"msf1",
    b"heif",
    _COMPACT,
}


def picture_format(head: bytes) -> str | None:
    """Pillow's name of the format that these first bytes begin, or None for what is not a picture."""
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head.startswith((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")):
        return "TIFF"
    if head.startswith(b"BM"):
        return "BMP"
    if head.startswith((b"\xff\x0a", b"\0\0\0\x0cJXL \r\n\x87\n")):
        return "JXL"
    if head.startswith((b"\xff\x4f\xff\x51", b"\0\0\0\x0cjP  \r\n\x87\n")):
        return "JPEG2000"
    if head[4:8] == b"ftyp":
        brands = {head[8:12]} | {head[at : at + 4] for at in range(16, min(len(head), 48), 4)}
        if brands & _FTYP_AVIF:
            return "AVIF"
        if brands & _FTYP_HEIF:
            return "HEIF"
    return None


def open_picture(stream: BinaryIO) -> Image.Image:
    """A Pillow image whose header was read and whose size is known; nothing is decoded yet.

    Args:
        stream: the file, or its bytes in memory; stays open, and must stay so until the picture is decoded.

    Raises:
        Unreadable: it is empty, no picture, or damaged in its header.
        OSError: the file cannot be read.
    """
    head = stream.read(HEAD_BYTES)
    stream.seek(0)
    if not head:
        raise Unreadable(EMPTY)
    name = picture_format(head)
    if name is None:
        raise Unreadable(NOT_A_PICTURE)
    if name == "JXL":
        _refuse_large_jxl(stream.read())
        stream.seek(0)
    _prepare(name)
    try:
        if name == "JPEG":
            # Without the detour over Image.open, which limits pixels before `draft` has its say, tells
            # panoramas from motion photos and warns of some of them.
            return JpegImagePlugin.JpegImageFile(stream)
        picture = Image.open(stream, formats=[name])
        if name in _WITH_CODE_POINTS:
            # Pillow (13.0.0) and its plugins pass over them, wholly or beside a profile.
            picture.info["cicp"] = code_points(stream, name)
        return picture
    except MemoryError as error:
        raise Unreadable(TOO_COMPLEX, repr(error)) from error
    except Exception as error:  # plugins raise whatever a damaged header leads them to
        message = OTHER_HEIF if name == "HEIF" and _is_other_heif(stream) else DAMAGED
        raise Unreadable(message, f"{name}: {error!r}") from error


def _is_other_heif(stream: BinaryIO) -> bool:
    """Whether it is compact, or its items are of a codec that libheif's wheels (1.8.1 of pillow-heif) lack."""
    stream.seek(0)
    head = stream.read(_META_BYTES)
    return head[8:12] == _COMPACT or _OTHER_ITEMS.search(head) is not None


def refuse_large(picture: Image.Image, *, scale: int = 1, data: bytes | None = None) -> None:
    """Refuses what would not fit into memory or would keep a thread busy for minutes.

    Args:
        picture: opened, with its full size.
        scale: by how much it is shrunk while it is decoded.
        data: the file's bytes, where they are in memory.

    Raises:
        Unreadable: too many pixels or too many scans.
    """
    width, height = picture.size
    pixels = width * height
    bytes_a_pixel = _BYTES_A_PIXEL.get(picture.format or "", _BYTES_A_PIXEL_OTHERS)
    limit = _DECODE_BYTES / bytes_a_pixel
    if pixels / scale**2 > limit:
        raise too_large(width, height, limit)
    if "progressive" in picture.info:
        limit = _DECODE_BYTES / (_COEFFICIENT_BYTES * max(1, len(picture.getbands())))
        if pixels > limit:
            raise too_large(width, height, limit)
        if data is not None and data.count(b"\xff\xda") > _MOST_SCANS:
            raise Unreadable(TOO_COMPLEX, "too many scans")


@cache
def _prepare(name: str) -> None:
    """Loads a format's plugin when the first such file is met: `--help` must not wait for libheif."""
    # Pillow warns of odd metadata and of large pictures; both are dealt with here, file by file.
    warnings.filterwarnings("ignore", module=r"PIL\b")
    Image.MAX_IMAGE_PIXELS = None
    if name == "HEIF":
        import pillow_heif

        # One thread a picture: the decode lane already uses the cores it may.
        pillow_heif.register_heif_opener(decode_threads=1, aux_images=False, depth_images=False)
    elif name == "JXL":
        from pillow_jxl import JpegXLImagePlugin

        JpegXLImagePlugin.DECODE_THREADS = 0
    elif name == "TIFF":
        from photosort.media.silence_libtiff import silence

        silence()


def _refuse_large_jxl(data: bytes) -> None:
    """Pillow's plugin for JPEG XL decodes while it opens, so the size is read before."""
    from photosort.media.jxl_size import jxl_size

    size = jxl_size(data)
    limit = _DECODE_BYTES / _BYTES_A_PIXEL_OTHERS
    if size is None:
        raise Unreadable(DAMAGED, "JXL: no codestream")
    if size[0] * size[1] > limit:
        raise too_large(*size, limit)
