"""Rewrites HEIF, AVIF, JPEG XL and JPEG 2000 with only their pixels and the given metadata.

HEIF and AVIF refer to items by their offsets, so the file keeps its length: removed items are overwritten, and
a removed box becomes "free".
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from photosort.media.location_removal.errors import CannotRemoveLocation

_FREE = b"free"
_TOP = frozenset([b"ftyp", b"meta", b"mdat", b"free", b"skip", b"wide"])
_META = frozenset([b"hdlr", b"pitm", b"iloc", b"iinf", b"iprp", b"iref", b"idat", b"grpl", b"dinf"])
_IPRP = frozenset([b"ipco", b"ipma"])
_PROPERTIES = frozenset(
    b"hvcC av1C lhvC avcC vvcC jpgC ispe colr pixi irot imir clap pasp auxC clli mdcv cclv amve reve ndwt a1op a1lx "
    b"lsel rloc iscl tols oinf".split()
)
# Coded pictures, and those that are put together from them.
_PICTURES = frozenset(
    b"hvc1 lhv1 av01 avc1 vvc1 jpeg j2k1 grid iden iovl tmap hvt1 unci mski".split()
)
_XMP_TYPE = b"application/rdf+xml"
_NOTHING_KNOWN = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'
_JXL_HEAD = b"\0\0\0\x0cJXL \r\n\x87\n"
_JXL_FTYP = b"\0\0\0\x14ftypjxl \0\0\0\0jxl "
_JXL_PIXELS = frozenset([b"JXL ", b"ftyp", b"jxll", b"jxlc", b"jxlp"])
_JP2 = frozenset([b"jP  ", b"ftyp", b"rreq", b"jp2h", b"jp2c", b"jpch", b"jplh", b"free"])
_JP2_HEADER = frozenset(
    [b"ihdr", b"bpcc", b"colr", b"pclr", b"cmap", b"cdef", b"res ", b"resc", b"resd"]
)
_JP2_PARENTS = frozenset([b"jp2h", b"jpch", b"jplh", b"res "])


@dataclass(frozen=True, slots=True)
class Box:
    """A box of an ISO file.

    Attributes:
        kind: four characters.
        start: where its size stands.
        body: where its content begins.
        end: where the next one begins.
    """

    kind: bytes
    start: int
    body: int
    end: int


@dataclass(slots=True)
class _Item:
    kind: bytes
    content_type: bytes = b""
    extents: list[tuple[int, int]] = field(default_factory=list)


def boxes(data: bytes | bytearray, at: int, end: int) -> Iterator[Box]:
    """The boxes between two places.

    Raises:
        CannotRemoveLocation: a box reaches out of its parent.
    """
    while at < end:
        if at + 8 > end:
            raise CannotRemoveLocation("bytes behind the last box")
        size, kind = struct.unpack_from(">I4s", data, at)
        body = at + 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, body)
            body += 8
        elif size == 0:
            size = end - at
        if size < body - at or at + size > end:
            raise CannotRemoveLocation("a box reaches out of its parent")
        yield Box(kind, at, body, at + size)
        at += size


def make_free(out: bytearray, box: Box) -> None:
    """Turns a box into empty room of the same size."""
    out[box.start + 4 : box.start + 8] = _FREE
    out[box.body : box.end] = bytes(box.end - box.body)


def cleaned_heif(data: bytes, exif: bytes | None, xmp: bytes | None) -> bytes:
    """A HEIF or AVIF of the same length, with this metadata where it had some, and no other.

    Raises:
        CannotRemoveLocation: it is not known what every part is for.
    """
    out = bytearray(data)
    metas: list[Box] = []
    media: list[Box] = []
    for box in boxes(data, 0, len(data)):
        if box.kind in {b"moov", b"moof"}:
            raise CannotRemoveLocation("a HEIF with moving pictures")
        if box.kind not in _TOP or box.kind in {b"free", b"skip", b"wide"}:
            make_free(out, box)
        elif box.kind == b"meta":
            metas.append(box)
        elif box.kind == b"mdat":
            media.append(box)
    if len(metas) != 1:
        raise CannotRemoveLocation("no single description")
    items, stores = _described(out, metas[0])
    pictures = [span for item in items.values() if item.kind in _PICTURES for span in item.extents]
    for box in (*media, *stores):
        _blank_outside(out, box, pictures)
    told = [False, False]
    for item in items.values():
        if item.kind in _PICTURES:
            continue
        room = sum(end - start for start, end in item.extents)
        if any(s < e and a < b and s < b and a < e for s, e in item.extents for a, b in pictures):
            raise CannotRemoveLocation("metadata and pixels overlap")
        content = b""
        if item.kind == b"Exif" and exif is not None and not told[0]:
            block = b"\0\0\0\0" + exif
            if len(block) <= room:
                content, told[0] = block, True
        elif item.content_type == _XMP_TYPE:
            if xmp is not None and not told[1] and len(xmp) <= room:
                content, told[1] = xmp, True
            elif len(_NOTHING_KNOWN) <= room:
                content = _NOTHING_KNOWN
            content = content.ljust(room, b" ")
        _write_over(out, item.extents, content.ljust(room, b"\0"))
    return bytes(out)


def _described(out: bytearray, meta: Box) -> tuple[dict[int, _Item], list[Box]]:
    """The items that the description names, and its own store of bytes; what else it holds is blanked."""
    children = list(boxes(out, meta.body + 4, meta.end))
    items: dict[int, _Item] = {}
    stores = [box for box in children if box.kind == b"idat"]
    for box in children:
        if box.kind not in _META:
            make_free(out, box)
        elif box.kind == b"iinf":
            _read_items(out, box, items)
        elif box.kind == b"iprp":
            _clean_properties(out, box)
        elif box.kind == b"hdlr":
            # Version, flags, zero, handler, three zeros; then a name that anybody may have chosen.
            out[box.body + 12 : box.end] = bytes(max(0, box.end - box.body - 12))
    for box in children:
        if box.kind == b"iloc":
            _read_places(out, box, items, stores[0] if stores else None)
    return items, stores


def _read_items(out: bytearray, iinf: Box, items: dict[int, _Item]) -> None:
    at = iinf.body + (6 if out[iinf.body] == 0 else 8)
    for box in boxes(out, at, iinf.end):
        version = out[box.body]
        if box.kind != b"infe" or version not in {2, 3}:
            raise CannotRemoveLocation("an item of an unknown sort")
        at = box.body + 4
        number = int.from_bytes(out[at : at + (2 if version == 2 else 4)], "big")
        at += (2 if version == 2 else 4) + 2
        kind = bytes(out[at : at + 4])
        name_end = out.index(0, at + 4, box.end)
        content_type = b""
        if kind == b"mime":
            content_type = bytes(out[name_end + 1 : out.index(0, name_end + 1, box.end)])
        # The name is for people.
        out[at + 4 : name_end] = b"-" * (name_end - at - 4)
        items[number] = _Item(kind, content_type)


def _clean_properties(out: bytearray, iprp: Box) -> None:
    for box in boxes(out, iprp.body, iprp.end):
        if box.kind not in _IPRP:
            make_free(out, box)
        elif box.kind == b"ipco":
            for one in boxes(out, box.body, box.end):
                # They are counted: one that goes leaves its number behind.
                if one.kind not in _PROPERTIES:
                    make_free(out, one)


def _read_places(out: bytearray, iloc: Box, items: dict[int, _Item], store: Box | None) -> None:
    version, at = out[iloc.body], iloc.body + 4
    if version > 2:
        raise CannotRemoveLocation("places of items of an unknown sort")
    sizes = out[at], out[at + 1]
    offset_size, length_size, base_size = sizes[0] >> 4, sizes[0] & 15, sizes[1] >> 4
    index_size = sizes[1] & 15 if version else 0
    at += 2

    def number(size: int) -> int:
        nonlocal at
        at += size
        return int.from_bytes(out[at - size : at], "big")

    for _ in range(number(4 if version == 2 else 2)):
        item = items.get(number(4 if version == 2 else 2))
        method = number(2) & 15 if version else 0
        reference, base = number(2), number(base_size)
        for _ in range(number(2)):
            number(index_size)
            start, length = base + number(offset_size), number(length_size)
            if item is None:
                raise CannotRemoveLocation("a place without an item")
            if method == 1:
                if store is None:
                    raise CannotRemoveLocation("no store")
                start += store.body
            if method > 1 or reference:
                raise CannotRemoveLocation("an item within another, or in another file")
            if at > iloc.end or start + length > len(out) or length == 0:
                raise CannotRemoveLocation("an item outside the file")
            item.extents.append((start, start + length))


def _blank_outside(out: bytearray, box: Box, kept: list[tuple[int, int]]) -> None:
    """Zeros everything of a box that no picture uses."""
    at = box.body
    for start, end in sorted(kept):
        if start >= box.end:
            break
        if start > at:
            out[at:start] = bytes(start - at)
        at = max(at, min(end, box.end))
    out[at : box.end] = bytes(max(0, box.end - at))


def _write_over(out: bytearray, extents: list[tuple[int, int]], content: bytes) -> None:
    at = 0
    for start, end in extents:
        out[start:end] = content[at : at + end - start]
        at += end - start


def cleaned_jxl(data: bytes, exif: bytes | None, xmp: bytes | None) -> bytes:
    """A JPEG XL of the same codestream, with this metadata and no other.

    Raises:
        CannotRemoveLocation: damaged.
    """
    if data.startswith(_JXL_HEAD):
        # Each with a size of its own, as boxes may follow the one that reached to the end.
        parts = [
            _box(box.kind, data[box.body : box.end])
            for box in boxes(data, 0, len(data))
            if box.kind in _JXL_PIXELS
        ]
    elif exif is None and xmp is None:
        return data
    else:
        parts = [_JXL_HEAD, _JXL_FTYP, _box(b"jxlc", data)]
    if exif is not None:
        parts.append(_box(b"Exif", b"\0\0\0\0" + exif))
    if xmp is not None:
        parts.append(_box(b"xml ", xmp))
    return b"".join(parts)


def _box(kind: bytes, body: bytes) -> bytes:
    if len(body) + 8 > 0xFFFFFFFF:
        raise CannotRemoveLocation("a box of more than 4 GB")
    return struct.pack(">I", len(body) + 8) + kind + body


def cleaned_jp2(data: bytes) -> bytes:
    """A JPEG 2000 of the same length without metadata.

    Raises:
        CannotRemoveLocation: damaged.
    """
    out = bytearray(data)
    if data.startswith(b"\xff\x4f"):
        _blank_comments(out, 0, len(out))
    else:
        _clean_jp2_boxes(out, 0, len(out), _JP2)
    return bytes(out)


def _clean_jp2_boxes(out: bytearray, at: int, end: int, allowed: frozenset[bytes]) -> None:
    for box in boxes(out, at, end):
        if box.kind not in allowed or box.kind == _FREE:
            make_free(out, box)
        elif box.kind == b"jp2c":
            _blank_comments(out, box.body, box.end)
        elif box.kind in _JP2_PARENTS:
            _clean_jp2_boxes(out, box.body, box.end, _JP2_HEADER)


def _blank_comments(out: bytearray, at: int, end: int) -> None:
    """Blanks the comments in the main header of a codestream."""
    at += 2
    while at + 4 <= end and out[at] == 0xFF and out[at + 1] != 0x90:
        (length,) = struct.unpack_from(">H", out, at + 2)
        if out[at + 1] == 0x64:
            out[at + 6 : at + 2 + length] = b" " * max(0, length - 4)
        at += 2 + length
    finish = out.rfind(b"\xff\xd9", at, end)
    if finish < 0:
        raise CannotRemoveLocation("a JPEG 2000 that is cut short")
    out[finish + 2 : end] = bytes(end - finish - 2)
