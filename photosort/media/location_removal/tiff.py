"""Rewrites TIFF files with only their pixels and a list of fields."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

# Bytes of one value by TIFF's number of its type.
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
# The width that is swapped between byte orders: of rationals each half.
_WORDS = {3: 2, 4: 4, 5: 4, 8: 2, 9: 4, 10: 4, 11: 4, 12: 8, 13: 4}
# How pixels are stored, shown and printed.
_PIXELS = frozenset(
    [
        *(254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283, 284),
        *(290, 291, 292, 293, 296, 297, 301, 317, 318, 319, 320, 321, 322, 323, 324, 325, 332, 334, 336, 338, 339),
        *(340, 341, 342, 347, 529, 530, 531, 532, 34675),
    ]
)  # fmt: skip
_DATA = ((273, 279), (324, 325))
_EXIF_IFD, _XMP, _SUB_IFDS, _COMPRESSION, _SUBFILE = 34665, 700, 330, 259, 254
_OLD_JPEG = 6
_MOST_PAGES = 1000
_LONG = 4
_BYTE = 1


class BadTiff(Exception):
    """Damaged, or of a sort that cannot be written from its parts."""


@dataclass(slots=True)
class _Entry:
    kind: int
    count: int
    value: bytes


@dataclass(slots=True)
class _Page:
    entries: dict[int, _Entry]
    chunks: list[bytes] = field(default_factory=list)
    offsets_tag: int = 0


def cleaned_tiff(data: bytes, exif: bytes | None, xmp: bytes | None) -> bytes:
    """The pages of a TIFF, with this metadata and no other.

    Args:
        data: the file.
        exif: a TIFF structure, as in an EXIF block, or None.
        xmp: a packet, or None.

    Raises:
        BadTiff: damaged, BigTIFF, or old JPEG compression.
    """
    try:
        order = _order(data)
        pages = _pages(data, order)
        first = pages[0].entries
        sub: dict[int, _Entry] = {}
        if exif is not None:
            theirs = _order(exif)
            own = _entries(exif, struct.unpack_from(theirs + "I", exif, 4)[0], theirs)[0]
            if _EXIF_IFD in own:
                at = struct.unpack(theirs + "I", own.pop(_EXIF_IFD).value[:4])[0]
                sub = _entries(exif, at, theirs)[0]
            for tag, entry in own.items():
                first.setdefault(tag, _swapped(entry, theirs, order))
            sub = {tag: _swapped(entry, theirs, order) for tag, entry in sub.items()}
        if xmp is not None:
            first[_XMP] = _Entry(_BYTE, len(xmp), xmp)
        return _written(pages, sub, order)
    except (struct.error, IndexError, OverflowError, MemoryError) as error:
        raise BadTiff(repr(error)) from error


def _order(data: bytes) -> str:
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(data[:4])
    if order is None:
        raise BadTiff("no classic TIFF")
    return order


def _pages(data: bytes, order: str) -> list[_Page]:
    pages: list[_Page] = []
    seen: set[int] = set()
    at = struct.unpack_from(order + "I", data, 4)[0]
    while at:
        if at in seen or len(pages) == _MOST_PAGES:
            raise BadTiff("pages in a circle")
        seen.add(at)
        entries, at = _entries(data, at, order)
        pages.append(_page(data, entries, order))
    if not pages:
        raise BadTiff("no page")
    return pages


def _page(data: bytes, entries: dict[int, _Entry], order: str) -> _Page:
    if _number(entries.get(_COMPRESSION), order) == _OLD_JPEG:
        raise BadTiff("old JPEG compression")
    if _SUB_IFDS in entries and _number(entries.get(_SUBFILE), order) & 1:
        raise BadTiff("the picture is not on the page")
    page = _Page({tag: entry for tag, entry in entries.items() if tag in _PIXELS})
    for offsets, counts in _DATA:
        if offsets in entries and counts in entries:
            places, sizes = _numbers(entries[offsets], order), _numbers(entries[counts], order)
            if len(places) != len(sizes) or any(
                place + size > len(data) for place, size in zip(places, sizes, strict=False)
            ):
                raise BadTiff("strips outside the file")
            page.chunks = [data[p : p + s] for p, s in zip(places, sizes, strict=True)]
            page.offsets_tag = offsets
            break
    else:
        raise BadTiff("no pixels")
    return page


def _entries(data: bytes, at: int, order: str) -> tuple[dict[int, _Entry], int]:
    """The fields of a directory, and where the next one lies."""
    (count,) = struct.unpack_from(order + "H", data, at)
    found: dict[int, _Entry] = {}
    for number in range(count):
        place = at + 2 + 12 * number
        tag, kind, values = struct.unpack_from(order + "HHI", data, place)
        size = _SIZES.get(kind, 0) * values
        start = place + 8 if size <= 4 else struct.unpack_from(order + "I", data, place + 8)[0]
        if kind not in _SIZES or start + size > len(data):
            continue
        found[tag] = _Entry(kind, values, data[start : start + size])
    (following,) = struct.unpack_from(order + "I", data, at + 2 + 12 * count)
    return found, following


def _numbers(entry: _Entry, order: str) -> list[int]:
    code = {3: "H", 4: "I"}.get(entry.kind)
    if code is None:
        raise BadTiff("offsets of an odd type")
    return list(struct.unpack(f"{order}{entry.count}{code}", entry.value))


def _number(entry: _Entry | None, order: str) -> int:
    return _numbers(entry, order)[0] if entry is not None and entry.kind in {3, 4} else 0


def _swapped(entry: _Entry, theirs: str, order: str) -> _Entry:
    width = _WORDS.get(entry.kind)
    if theirs == order or width is None:
        return entry
    value = b"".join(entry.value[at : at + width][::-1] for at in range(0, len(entry.value), width))
    return _Entry(entry.kind, entry.count, value)


def _written(pages: list[_Page], sub: dict[int, _Entry], order: str) -> bytes:
    out = bytearray((b"II*\0" if order == "<" else b"MM\0*") + bytes(4))
    for page in pages:
        places = [_append(out, chunk) for chunk in page.chunks]
        page.entries[page.offsets_tag] = _Entry(
            _LONG, len(places), struct.pack(f"{order}{len(places)}I", *places)
        )
    if sub:
        at = _append(out, b"")
        _write_entries(out, sub, order)
        pages[0].entries[_EXIF_IFD] = _Entry(_LONG, 1, struct.pack(order + "I", at))
    link = 4
    for page in pages:
        at = _append(out, b"")
        struct.pack_into(order + "I", out, link, at)
        link = _write_entries(out, page.entries, order)
    return bytes(out)


def _append(out: bytearray, chunk: bytes) -> int:
    """Puts bytes at an even place and returns it."""
    if len(out) % 2:
        out.append(0)
    at = len(out)
    out += chunk
    return at


def _write_entries(out: bytearray, entries: dict[int, _Entry], order: str) -> int:
    """Appends a directory and its values, and returns where the link to the next one stands."""
    start = len(out)
    out += struct.pack(order + "H", len(entries)) + bytes(12 * len(entries) + 4)
    for number, (tag, entry) in enumerate(sorted(entries.items())):
        place = start + 2 + 12 * number
        struct.pack_into(order + "HHI", out, place, tag, entry.kind, entry.count)
        if len(entry.value) <= 4:
            out[place + 8 : place + 8 + len(entry.value)] = entry.value
        else:
            struct.pack_into(order + "I", out, place + 8, _append(out, entry.value))
    return start + 2 + 12 * len(entries)
