"""Reads date, place, words, size and the Live Photo id from the head of a QuickTime or MP4 file.

exiv2 reads some of it, but neither the mark nor the place; a decoder for videos would be thirty times the
size of this page. Only the boxes on the way to these few values are read, each with a limit.
"""

from __future__ import annotations

import struct
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from photosort.domain.photos import Metadata, Source
from photosort.media.coordinates import parse_iso_6709
from photosort.media.dates import parse_moment
from photosort.media.metadata import merge, said_by
from photosort.media.tags import BadTags, Tags, read_packet
from photosort.media.texts import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

_EPOCH = datetime(1904, 1, 1)  # noqa: DTZ001 - naive UTC, as the format counts
_MOST_BOXES = 4096
_LARGEST_MOOV = 64 * 1024 * 1024
_LARGEST_PACKET = 1 << 20
# XMP in MP4 (XMP Specification Part 3, 1.1.7); QuickTime has it in the user data.
_XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_KEYS_PREFIX = "com.apple.quicktime."
_FIRST = frozenset([b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"])
_ITEMS = {b"\xa9nam": "title", b"\xa9day": "creationdate", b"desc": "description"}
# Rows of the matrix that turns a track by a quarter.
_QUARTER_TURNS = {(0, 1, -1, 0), (0, -1, 1, 0)}


class _Seekable(Protocol):
    def read(self, size: int = ..., /) -> bytes | None: ...
    def seek(self, offset: int, whence: int = ..., /) -> int: ...


def read_movie(file: _Seekable, size_bytes: int) -> Metadata:
    """What the header of a video says; an empty `Metadata` for other containers and for damage.

    The date is the camera's own clock where it was written (Apple), else UTC with offset 0. Words, stars and people
    come from the XMP in it.

    Args:
        file: open at its beginning, unbuffered.
        size_bytes: size of the file.

    Raises:
        OSError: the file cannot be read.
    """
    moov, packet = _moov_and_packet(file, size_bytes)
    if moov is None:
        return Metadata()
    try:
        said, own_packet = _described(moov)
    except (struct.error, ValueError, OverflowError, IndexError):
        return Metadata()
    return _with_packet(said, packet or own_packet)


def _with_packet(said: Metadata, packet: bytes | None) -> Metadata:
    if not packet or len(packet) > _LARGEST_PACKET:
        return said
    try:
        words = said_by(Tags(xmp=read_packet(packet)))
    except BadTags:
        return said
    # A clip is turned by its tracks.
    words = replace(words, width=None, height=None, orientation=None)
    return merge([(Source.EXIF, said), (Source.XMP, words)])


def _moov_and_packet(file: _Seekable, size_bytes: int) -> tuple[bytes | None, bytes | None]:
    """The box of descriptions, wherever in the file (cameras write it last), and the XMP of an MP4."""
    moov = packet = None
    at = 0
    for _ in range(_MOST_BOXES):
        if at >= size_bytes or (moov is not None and packet is not None):
            break
        file.seek(at)
        header = file.read(16) or b""
        if len(header) < 8:
            break
        size, kind = struct.unpack(">I4s", header[:8])
        start = 8
        if size == 1 and len(header) == 16:
            size, start = struct.unpack(">Q", header[8:])[0], 16
        elif size == 0:
            size = size_bytes - at
        if at == 0 and kind not in _FIRST:
            break
        # What follows the first fragment are thousands more.
        if size < start or kind == b"moof":
            break
        if kind == b"moov" and size <= _LARGEST_MOOV:
            file.seek(at + start)
            moov = file.read(size - start)
        elif kind == b"uuid" and size <= _LARGEST_PACKET:
            file.seek(at + start)
            body = file.read(size - start) or b""
            if body.startswith(_XMP_UUID):
                packet = body.removeprefix(_XMP_UUID)
        at += size
    return moov, packet


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    for _ in range(_MOST_BOXES):
        if at + 8 > len(data):
            return
        size, kind = struct.unpack_from(">I4s", data, at)
        start = 8
        if size == 1:
            size, start = struct.unpack_from(">Q", data, at + 8)[0], 16
        elif size == 0:
            size = len(data) - at
        if size < start:
            return
        yield kind, data[at + start : at + size]
        at += size


def _described(moov: bytes) -> tuple[Metadata, bytes | None]:
    """What the boxes say, and the XMP among them."""
    said: dict[str, str] = {}
    packet: bytes | None = None
    created: datetime | None = None
    duration_s: float | None = None
    size: tuple[int, int] | None = None
    for kind, body in _boxes(moov):
        if kind == b"mvhd":
            created, duration_s = _created(body), _duration_s(body)
        elif kind == b"trak" and size is None:
            size = _track_size(body)
        elif kind == b"meta":
            said |= _keyed(body)
        elif kind == b"udta":
            said = _user_data(body) | said
            packet = next((data for name, data in _boxes(body) if name == b"XMP_"), packet)
    moment = parse_moment(said.get("creationdate", ""))
    place = _place(said.get("location.ISO6709", ""))
    taken_at = moment.taken_at if moment else created.isoformat() if created else None
    described = Metadata(
        width=size[0] if size else None,
        height=size[1] if size else None,
        taken_at=taken_at,
        offset_min=moment.offset_min if moment else 0 if created else None,
        taken_source=Source.EXIF if taken_at else None,
        latitude=place[0] if place else None,
        longitude=place[1] if place else None,
        altitude_m=place[2] if place else None,
        camera_make=clean(said.get("make")) or None,
        camera_model=clean(said.get("model")) or None,
        software=clean(said.get("software")) or None,
        title=clean(said.get("title")) or None,
        caption=clean(said.get("description")) or None,
        content_identifier=clean(said.get("content.identifier")) or None,
        duration_s=duration_s,
    )
    return described, packet


def _created(mvhd: bytes) -> datetime | None:
    seconds = struct.unpack_from(">Q" if mvhd[0] == 1 else ">I", mvhd, 4)[0]
    # Zero, and the beginning of Unix time, are what clocks that were never set write.
    moment = _EPOCH + timedelta(seconds=seconds)
    return moment if moment.year > 1970 and moment.year < 2100 else None


def _duration_s(mvhd: bytes) -> float | None:
    scale, length = struct.unpack_from(*((">IQ", mvhd, 20) if mvhd[0] == 1 else (">II", mvhd, 12)))
    return length / scale if scale and length < 0xFFFFFFFF else None


def _track_size(trak: bytes) -> tuple[int, int] | None:
    for kind, body in _boxes(trak):
        if kind == b"tkhd":
            at = 52 if body[0] == 1 else 40
            a, b, _, c, d, _, _, _, _ = struct.unpack_from(">9i", body, at)
            width, height = (value >> 16 for value in struct.unpack_from(">2I", body, at + 36))
            if not width or not height:
                return None  # a track of sound
            turn = tuple((v > 0) - (v < 0) for v in (a, b, c, d))
            return (height, width) if turn in _QUARTER_TURNS else (width, height)
    return None


def _keyed(meta: bytes) -> dict[str, str]:
    """Apple's metadata: a list of names and values by their number in it, or values by iTunes' names."""
    # In MP4 the box begins with a version; in QuickTime it does not.
    body = meta[4:] if meta[4:8] not in {b"hdlr", b"keys"} else meta
    names: list[str] = []
    values: dict[str, str] = {}
    for kind, content in _boxes(body):
        if kind == b"keys":
            names = [name.decode("utf-8", "replace") for _, name in _boxes(content[8:])]
        elif kind == b"ilst":
            for number, item in _boxes(content):
                index = int.from_bytes(number, "big") - 1
                if 0 <= index < len(names):
                    values[names[index].removeprefix(_KEYS_PREFIX)] = next(_texts(item), "")
                elif number in _ITEMS:
                    values[_ITEMS[number]] = next(_texts(item), "")
    # Shops and encoders write the year of a film there; a moment is a camera's, or a person's.
    if not names and len(values.get("creationdate", "")) <= 10:
        values.pop("creationdate", None)
    return values


def _texts(item: bytes) -> Iterator[str]:
    for kind, data in _boxes(item):
        if kind == b"data" and data[:4] == b"\0\0\0\x01":
            yield data[8:].decode("utf-8", "replace")


def _user_data(udta: bytes) -> dict[str, str]:
    """The older form: Android's place and camera."""
    names = {
        b"\xa9xyz": "location.ISO6709",
        b"\xa9mak": "make",
        b"\xa9mod": "model",
        b"\xa9day": "creationdate",
    }
    found = {}
    for kind, body in _boxes(udta):
        if kind in names and len(body) > 4:
            length = int.from_bytes(body[:2], "big")
            found[names[kind]] = body[4 : 4 + length].decode("utf-8", "replace")
        elif kind == b"loci":
            found.setdefault("location.ISO6709", _location_box(body))
        elif kind == b"meta":
            found = _keyed(body) | found
    return found


def _location_box(body: bytes) -> str:
    """The place in 3GPP's box (TS 26.244, 8.3), which FFmpeg writes into MP4, in the form of ISO 6709."""
    is_utf16 = body[6:8] in {b"\xfe\xff", b"\xff\xfe"}
    at = 6
    while body[at : at + 1 + is_utf16] not in {b"\0\0" if is_utf16 else b"\0", b""}:
        at += 1 + is_utf16
    east, north, up = struct.unpack_from(">3i", body, at + 2 + is_utf16)
    return f"{north / 65536:+.5f}{east / 65536:+.5f}{up / 65536:+.1f}/"


def _place(text: str) -> tuple[float, float, float | None] | None:
    place = parse_iso_6709(text)
    return None if place is None or (place[0] == 0 and place[1] == 0) else place
