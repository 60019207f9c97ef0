from __future__ import annotations

import random
import struct
from typing import TYPE_CHECKING

import pytest

from photosort.domain.photos import Metadata, Source
from photosort.media.header import read_header
from photosort.media.other_clips import read_other_clip

if TYPE_CHECKING:
    from pathlib import Path


def chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)


def avi(*, idit: str = "", created: str = "") -> bytes:
    avih = struct.pack("<10I", 33_333, 0, 0, 0, 300, 0, 1, 0, 640, 480) + bytes(16)
    hdrl = b"hdrl" + chunk(b"avih", avih) + chunk(b"LIST", b"strl" + chunk(b"strh", bytes(56)))
    if idit:
        hdrl += chunk(b"IDIT", idit.encode() + b"\n\0")
    body = b"AVI " + chunk(b"LIST", hdrl)
    if created:
        body += chunk(b"LIST", b"INFO" + chunk(b"ICRD", created.encode() + b"\0"))
    body += chunk(b"LIST", b"movi" + chunk(b"IDIT", b"MON JUL 05 10:20:31 2004"))
    return chunk(b"RIFF", body)


def element(number: int, body: bytes) -> bytes:
    return (
        number.to_bytes((number.bit_length() + 7) // 8, "big")
        + (len(body) | 1 << 56).to_bytes(8, "big")
        + body
    )


def matroska(date_ns: int | None = 646_824_030 * 10**9) -> bytes:
    info = element(0x2AD7B1, (1_000_000).to_bytes(3, "big")) + element(
        0x4489, struct.pack(">d", 12_500)
    )
    if date_ns is not None:
        info += element(0x4461, struct.pack(">q", date_ns)) + element(0x7BA9, b"Harbour")
    track = element(0xAE, element(0xE0, element(0xB0, b"\x07\x80") + element(0xBA, b"\x04\x38")))
    inside = (
        element(0x1549A966, info) + element(0x1654AE6B, track) + element(0x1F43B675, bytes(900))
    )
    # The segment of a recording that was never closed has no length.
    return (
        element(0x1A45DFA3, element(0x4282, b"matroska"))
        + b"\x18\x53\x80\x67\x01"
        + b"\xff" * 7
        + inside
    )


@pytest.mark.parametrize(
    ("idit", "created", "taken_at"),
    [
        ("MON JUL 05 10:20:30 2004", "", "2004-07-05T10:20:30"),
        ("Mon Jul  5 10:20:30 2004", "2009-01-01", "2004-07-05T10:20:30"),
        ("2001/ 1/27  1:42PM", "", "2001-01-27T13:42:00"),
        ("2001/01/27/ 12:05AM", "", "2001-01-27T00:05:00"),
        ("2005:08:17 11:42:43", "", "2005-08-17T11:42:43"),
        ("", "2004-07-05", "2004-07-05"),
        ("", "2004", "2004"),
        ("MON FEB 31 10:20:30 2004", "", None),
        ("soon", "", None),
    ],
)
def test_the_clips_of_old_cameras(idit: str, created: str, taken_at: str | None) -> None:
    said = read_other_clip(avi(idit=idit, created=created))
    assert said is not None
    assert (said.taken_at, said.offset_min) == (taken_at, None)
    assert said.taken_source is (Source.EXIF if taken_at else None)
    assert (said.width, said.height) == (640, 480)
    assert said.duration_s == pytest.approx(10, abs=0.001)


def test_a_recording_of_the_screen() -> None:
    """Matroska says when the file was made, and a conversion is made later than the clip was taken."""
    assert read_other_clip(matroska()) == Metadata(
        width=1920,
        height=1080,
        taken_at="2021-07-01T09:20:30",
        offset_min=0,
        taken_source=Source.DIGITIZED,
        title="Harbour",
        duration_s=12.5,
    )
    said = read_other_clip(matroska(None))
    assert said is not None
    assert (said.taken_at, said.offset_min, said.taken_source) == (None, None, None)


def test_the_header_of_a_clip_is_read_by_its_first_bytes(tmp_path: Path) -> None:
    path = tmp_path / "MVI_0001.AVI"
    path.write_bytes(avi(idit="MON JUL 05 10:20:30 2004"))
    assert read_header(path, "video").metadata.taken_at == "2004-07-05T10:20:30"


def test_other_containers_and_damage() -> None:
    assert read_other_clip(b"\0\0\0\x14ftypqt  ") is None
    assert read_other_clip(b"RIFF\0\0\0\0WEBP") is None
    for good in (avi(idit="MON JUL 05 10:20:30 2004"), matroska()):
        for seed in range(200):
            rng = random.Random(seed)
            damaged = bytearray(good[: rng.randrange(12, len(good) + 1)])
            for _ in range(rng.randrange(1, 8)):
                damaged[rng.randrange(12, max(13, len(damaged))) % len(damaged)] = rng.randrange(
                    256
                )
            read_other_clip(bytes(damaged))
