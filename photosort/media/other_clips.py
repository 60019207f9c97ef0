"""Reads date, size and length of AVI and Matroska clips from their heads."""

from __future__ import annotations

import re
import struct
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from photosort.domain.photos import Metadata, Source
from photosort.media.dates import iso_date, parse_moment
from photosort.media.texts import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_PARTS = 512
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
# Canon and Nikon: "MON JUL 05 10:20:30 2004"; Casio: "2001/ 1/27  1:42PM".
_CTIME = re.compile(r"^[a-z]{3}\s+([a-z]{3})\s+(\d{1,2})\s+(\d\d):(\d\d):(\d\d)\s+(\d{4})", re.I)
_CASIO = re.compile(
    r"^(\d{4})/\s*(\d{1,2})/\s*(\d{1,2})/?\s+(\d{1,2}):\s*(\d{1,2})\s*([AP]M)?", re.I
)
_EBML = b"\x1a\x45\xdf\xa3"
_SEGMENT, _INFO, _TRACKS, _TRACK, _VIDEO = 0x18538067, 0x1549A966, 0x1654AE6B, 0xAE, 0xE0
_SCALE, _LENGTH, _DATE, _TITLE, _WIDTH, _HEIGHT = 0x2AD7B1, 0x4489, 0x4461, 0x7BA9, 0xB0, 0xBA
_PARENTS = frozenset([_SEGMENT, _INFO, _TRACKS, _TRACK, _VIDEO])
_EPOCH = datetime.fromisoformat("2001-01-01")  # UTC


def read_other_clip(head: bytes) -> Metadata | None:
    """What the first bytes of a clip say, or None for other containers.

    The date of an AVI is the camera's own clock. That of Matroska is when the file was made, in UTC.

    Args:
        head: the first 64 KiB or more.
    """
    try:
        if head.startswith(b"RIFF") and head[8:12] == b"AVI ":
            return _of_avi(head[12:])
        if head.startswith(_EBML):
            return _of_matroska(head)
    except (struct.error, ValueError, OverflowError):
        return Metadata()
    return None


def _of_avi(data: bytes) -> Metadata:
    parts: dict[bytes, bytes] = {}
    for name, body in _chunks(data):
        parts.setdefault(name, body)
    width = height = 0
    duration_s = None
    if len(header := parts.get(b"avih", b"")) >= 40:
        frame_us, frames = struct.unpack_from("<I12xI", header)
        width, height = struct.unpack_from("<2I", header, 32)
        duration_s = frame_us * frames / 1e6 or None
    texts = {
        name: parts.get(name, b"").decode("latin-1").strip("\0 \r\n")
        for name in (b"IDIT", b"ICRD", b"INAM", b"ISFT")
    }
    taken_at = _avi_date(texts[b"IDIT"]) or _avi_date(texts[b"ICRD"])
    return Metadata(
        width=width or None,
        height=height or None,
        taken_at=taken_at,
        taken_source=Source.EXIF if taken_at else None,
        title=clean(texts[b"INAM"]) or None,
        software=clean(texts[b"ISFT"]) or None,
        duration_s=duration_s,
    )


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """All chunks before the pictures, those inside lists in their place."""
    waiting = [data]
    for _ in range(_MOST_PARTS):
        if not waiting:
            return
        rest = waiting.pop()
        name, size = rest[:4], int.from_bytes(rest[4:8], "little")
        body, rest = rest[8 : 8 + size], rest[8 + size + size % 2 :]
        if len(rest) >= 8:
            waiting.append(rest)
        if name != b"LIST":
            yield name, body
        elif body[:4] == b"movi":
            return
        elif len(body) >= 12:
            waiting.append(body[4:])


def _avi_date(text: str) -> str | None:
    if (found := _CTIME.match(text)) and found[1].lower() in _MONTHS:
        month = _MONTHS.index(found[1].lower()) + 1
        return iso_date(int(found[6]), month, *map(int, found.group(2, 3, 4, 5)))
    if found := _CASIO.match(text):
        year, month, day, hour, minute = map(int, found.group(1, 2, 3, 4, 5))
        if found[6]:
            hour = hour % 12 + 12 * (found[6].upper() == "PM")
        return iso_date(year, month, day, hour, minute, 0)
    moment = parse_moment(text)
    return moment.taken_at if moment else None


def _of_matroska(head: bytes) -> Metadata:
    said: dict[int, bytes] = {}
    for number, body in _elements(head):
        said.setdefault(number, body)
    taken_at = None
    if len(since := said.get(_DATE, b"")) == 8:
        moment = _EPOCH + timedelta(microseconds=struct.unpack(">q", since)[0] // 1000)
        taken_at = moment.replace(microsecond=0).isoformat()
    length = said.get(_LENGTH, b"")
    ticks = struct.unpack(">d" if len(length) == 8 else ">f", length)[0] if length else 0.0
    scale_ns = int.from_bytes(said.get(_SCALE, b""), "big") or 1_000_000
    return Metadata(
        width=int.from_bytes(said.get(_WIDTH, b""), "big") or None,
        height=int.from_bytes(said.get(_HEIGHT, b""), "big") or None,
        taken_at=taken_at,
        offset_min=0 if taken_at else None,
        taken_source=Source.DIGITIZED if taken_at else None,
        title=clean(said.get(_TITLE, b"").decode("utf-8", "replace")) or None,
        duration_s=ticks * scale_ns / 1e9 or None,
    )


def _elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    """All elements of EBML (RFC 8794) with those inside the parents that matter here, in the order of the file."""
    at = 0
    for _ in range(_MOST_PARTS):
        if at + 2 > len(data):
            return
        id_bytes = 9 - data[at].bit_length()
        size_at = at + id_bytes
        if id_bytes > 4 or size_at >= len(data) or not data[size_at]:
            return
        size_bytes = 9 - data[size_at].bit_length()
        body = size_at + size_bytes
        number = int.from_bytes(data[at:size_at], "big")
        if number in _PARENTS:
            at = body
            continue
        size = int.from_bytes(data[size_at:body], "big") & ((1 << 7 * size_bytes) - 1)
        yield number, data[body : body + size]
        at = body + size
