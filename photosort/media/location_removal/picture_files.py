"""Rewrites picture files with only their pixels, colour profile and the given metadata.

Whether a part stays depends on its purpose, never on its content: what is not on a list is left out. No pixel is
decoded, so a JPEG keeps its quality.
"""

from __future__ import annotations

import re
import struct
import zlib
from typing import TYPE_CHECKING

from photosort.media.location_removal.errors import CannotRemoveLocation
from photosort.media.location_removal.heif_avif_jxl import cleaned_heif, cleaned_jp2, cleaned_jxl
from photosort.media.location_removal.tiff import BadTiff, cleaned_tiff

if TYPE_CHECKING:
    from collections.abc import Iterator

    from photosort.media.location_removal.allowed_metadata import Kept

_EXIF_MARK, _XMP_MARK = b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0"
_LONGEST_SEGMENT = 0xFFFF - 2
# Frames, tables, scans; the markers without a length stand apart.
_JPEG_PIXELS = frozenset([*range(0xC0, 0xD0), 0xDA, 0xDB, 0xDC, 0xDD, 0xDE, 0xDF])
_JPEG_BEGINNINGS = {0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe\0"}
_JFIF = b"JFIF\0"
_JFIF_LENGTH = 14
# The first marker behind a scan: neither a stuffed zero nor a restart.
_AFTER_SCAN = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
_PNG_PIXELS = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT cICP mDCV cLLI pHYs bKGD acTL fcTL fdAT hIST".split()
)
_WEBP_PIXELS = frozenset([b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"])
_WEBP_FRAME = frozenset([b"VP8 ", b"VP8L", b"ALPH"])
_FLAG_EXIF, _FLAG_XMP, _FLAG_ALPHA = 0x08, 0x04, 0x10
_GIF_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


def rebuilt(data: bytes, name: str | None, kept: Kept) -> bytes:
    """The same picture in the same format, with this metadata and no other.

    Args:
        data: the file.
        name: its format, as `picture_format` says it.
        kept: what is written into it; GIF, BMP and JPEG 2000 get none.

    Raises:
        CannotRemoveLocation: no format whose parts are known, or damaged.
    """
    try:
        match name:
            case "JPEG":
                return _jpeg(data, kept)
            case "PNG":
                return _png(data, kept)
            case "WEBP":
                return _webp(data, kept)
            case "TIFF":
                return cleaned_tiff(data, kept.exif, kept.xmp)
            case "GIF":
                return _gif(data)
            case "BMP":
                return _bmp(data)
            case "HEIF" | "AVIF":
                return cleaned_heif(data, kept.exif, kept.xmp)
            case "JXL":
                return cleaned_jxl(data, kept.exif, kept.xmp)
            case "JPEG2000":
                return cleaned_jp2(data)
            case _:
                raise CannotRemoveLocation(f"{name} is unknown")
    except (struct.error, IndexError, ValueError, BadTiff) as error:
        raise CannotRemoveLocation(repr(error)) from error


def _jpeg(data: bytes, kept: Kept) -> bytes:
    first: list[bytes] = [b"\xff\xd8"]
    rest: list[bytes] = []
    for marker, segment, scan in _segments(data):
        body = segment[4:]
        if marker == 0xE0 and body.startswith(_JFIF) and len(body) >= _JFIF_LENGTH:
            # Without the thumbnail that may follow.
            first.append(b"\xff\xe0\0\x10" + body[: _JFIF_LENGTH - 2] + b"\0\0")
        elif marker in _JPEG_PIXELS or (
            marker in _JPEG_BEGINNINGS and body.startswith(_JPEG_BEGINNINGS[marker])
        ):
            rest += [segment, scan]
    for mark, block in ((_EXIF_MARK, kept.exif), (_XMP_MARK, kept.xmp)):
        if block is not None:
            length = len(mark) + len(block)
            if length > _LONGEST_SEGMENT:
                raise CannotRemoveLocation("more metadata than a JPEG segment holds")
            first.append(b"\xff\xe1" + struct.pack(">H", length + 2) + mark + block)
    return b"".join([*first, *rest, b"\xff\xd9"])


def _segments(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Marker, segment, and the scan behind it, of the first picture of a JPEG file."""
    at = 2
    while True:
        start = at
        while data[at : at + 1] == b"\xff":
            at += 1
        if at == start:
            raise CannotRemoveLocation("no JPEG marker")
        if at >= len(data):
            return
        marker = data[at]
        if marker == 0xD9:
            return
        if marker == 0x01 or 0xD0 <= marker <= 0xD8:
            at += 1
            continue
        (length,) = struct.unpack_from(">H", data, at + 1)
        end = at + 1 + length
        if length < 2 or end > len(data):
            raise CannotRemoveLocation("a JPEG segment is cut short")
        segment, scan = b"\xff" + data[at:end], b""
        at = end
        if marker == 0xDA:
            found = _AFTER_SCAN.search(data, at)
            at = found.start() if found else len(data)
            scan = data[end:at]
        yield marker, segment, scan
        if at >= len(data):
            return


def _png(data: bytes, kept: Kept) -> bytes:
    out, at, told = [_PNG_HEAD], len(_PNG_HEAD), False
    while True:
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data):
            raise CannotRemoveLocation("a PNG chunk is cut short")
        if kind == b"IDAT" and not told:
            told = True
            if kept.exif is not None:
                out.append(_chunk(b"eXIf", kept.exif))
            if kept.xmp is not None:
                out.append(_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + kept.xmp))
        if kind == b"iCCP":
            # Its name is for people, and anything may stand there.
            profile = data[data.index(0, at + 8, end) : end - 4]
            out.append(_chunk(kind, b"ICC" + profile))
        elif kind in _PNG_PIXELS:
            out.append(data[at:end])
        at = end
        if kind == b"IEND":
            return b"".join(out)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _webp(data: bytes, kept: Kept) -> bytes:
    (length,) = struct.unpack_from("<I", data, 4)
    chunks = [(k, b) for k, b in _riff(data[12 : 8 + length]) if k in _WEBP_PIXELS]
    flags = (_FLAG_EXIF if kept.exif else 0) | (_FLAG_XMP if kept.xmp else 0)
    kinds = [kind for kind, _ in chunks]
    if b"VP8X" not in kinds and flags:
        chunks.insert(0, (b"VP8X", _extended(chunks)))
    out = []
    for kind, body in chunks:
        if kind == b"VP8X":
            own = body[0] & ~(_FLAG_EXIF | _FLAG_XMP)
            out.append(_riff_chunk(kind, bytes([own | flags]) + body[1:10]))
        elif kind == b"ANMF":
            parts = [_riff_chunk(k, b) for k, b in _riff(body[16:]) if k in _WEBP_FRAME]
            out.append(_riff_chunk(kind, body[:16] + b"".join(parts)))
        else:
            out.append(_riff_chunk(kind, body))
    if kept.exif is not None:
        out.append(_riff_chunk(b"EXIF", kept.exif))
    if kept.xmp is not None:
        out.append(_riff_chunk(b"XMP ", kept.xmp))
    body = b"WEBP" + b"".join(out)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _riff(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(data):
        kind, length = struct.unpack_from("<4sI", data, at)
        if at + 8 + length > len(data):
            raise CannotRemoveLocation("a WebP chunk is cut short")
        yield kind, data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _riff_chunk(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def _extended(chunks: list[tuple[bytes, bytes]]) -> bytes:
    """The header of the extended format, of a simple file's single picture."""
    kind, body = chunks[0]
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", body, 1)
        width, height, alpha = bits & 0x3FFF, bits >> 14 & 0x3FFF, bits >> 28 & 1
    elif kind == b"VP8 ":
        width, height = (edge - 1 & 0x3FFF for edge in struct.unpack_from("<HH", body, 6))
        alpha = 0
    else:
        raise CannotRemoveLocation("a WebP without a picture")
    flags = bytes([_FLAG_ALPHA if alpha else 0, 0, 0, 0])
    return flags + struct.pack("<I", width)[:3] + struct.pack("<I", height)[:3]


def _gif(data: bytes) -> bytes:
    at = 13 + _table_length(data[10])
    out = [data[:at]]
    while True:
        start, kind = at, data[at]
        if kind == 0x3B:
            return b"".join([*out, b"\x3b"])
        if kind == 0x2C:
            at = _after_blocks(data, at + 11 + _table_length(data[at + 9]))
            out.append(data[start:at])
        elif kind == 0x21:
            at = _after_blocks(data, at + 2)
            is_loop = data[start + 1] == 0xFF and data[start + 3 : start + 14] in _GIF_LOOPS
            if data[start + 1] == 0xF9 or is_loop:
                out.append(data[start:at])
        else:
            raise CannotRemoveLocation("no GIF block")


def _table_length(flags: int) -> int:
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _after_blocks(data: bytes, at: int) -> int:
    while data[at]:
        at += 1 + data[at]
    return at + 1


def _bmp(data: bytes) -> bytes:
    """Only what has no room for anything else: uncompressed pixels right behind header and palette."""
    (start,) = struct.unpack_from("<I", data, 10)
    (header,) = struct.unpack_from("<I", data, 14)
    if header < 40:
        raise CannotRemoveLocation("an old kind of BMP")
    width, height, _, bits, compression = struct.unpack_from("<iiHHI", data, 18)
    (colours,) = struct.unpack_from("<I", data, 46)
    palette = 4 * (colours or (1 << bits if bits <= 8 else 0))
    masks = 12 if compression == 3 and header == 40 else 0
    end = start + (width * bits + 31) // 32 * 4 * abs(height)
    profile = header >= 124 and struct.unpack_from("<I", data, 70)[0] in {0x4C494E4B, 0x4D424544}
    if compression not in {0, 3} or profile or start != 14 + header + palette + masks:
        raise CannotRemoveLocation("a BMP with more than pixels")
    if end > len(data):
        raise CannotRemoveLocation("a BMP that is cut short")
    return data[:2] + struct.pack("<I", end) + bytes(4) + data[10:end]
