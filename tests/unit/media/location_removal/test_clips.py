"""Clips without location: pictures and sound are the same bytes at the same places, all else is blank."""

from __future__ import annotations

import io
import shutil
import struct
import subprocess
from pathlib import Path

import pytest

from photosort.errors import InputProblem
from photosort.media.export import MadeClip, Wish, make, prove
from photosort.media.movie import read_movie

NOWHERE = Wish(remove_location=True)
PLACE = b"+47.1234+011.6543+1800.000/"
HEARD = b"sound" * 40
SEEN = b"picture" * 60
TELEMETRY = b"gps: 47.1234 N 11.6543 E " * 4
CREATED = 3_700_000_000


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", len(body) + 8) + kind + body


def full(kind: bytes, *parts: bytes) -> bytes:
    return box(kind, bytes(4), *parts)


def track(
    handler: bytes, chunks: list[tuple[int, int]], *extra: bytes, even: int = 0, wide: bool = False
) -> bytes:
    """A track of chunks (place, length) of two samples each."""
    sizes = [half for _, length in chunks for half in (length // 2, length - length // 2)]
    code = "Q" if wide else "I"
    table = box(
        b"stbl",
        full(b"stsd", struct.pack(">I", 0)),
        full(b"stsc", struct.pack(">IIII", 1, 1, 2, 1)),
        full(b"stsz", struct.pack(">II", even, len(sizes)))
        if even
        else full(b"stsz", struct.pack(f">II{len(sizes)}I", 0, len(sizes), *sizes)),
        full(
            b"co64" if wide else b"stco",
            struct.pack(f">I{len(chunks)}{code}", len(chunks), *(place for place, _ in chunks)),
        ),
    )
    reference = full(b"dref", struct.pack(">I", 1), box(b"url ", b"\0\0\0\1"))
    name = b"made at +47.1234+011.6543/\0"
    media = box(
        b"mdia",
        full(b"mdhd", struct.pack(">IIII", CREATED, CREATED, 1000, 4000)),
        full(b"hdlr", b"mhlr", handler, bytes(12), name),
        box(b"minf", full(b"vmhd", bytes(8)), box(b"dinf", reference), table, box(b"udta", PLACE)),
    )
    header = full(b"tkhd", struct.pack(">II", CREATED, CREATED), bytes(28), bytes(36), bytes(8))
    return box(b"trak", header, *extra, media)


def located() -> bytes:
    """QuickTime's and Android's ways to write a place."""
    keys = full(
        b"keys", struct.pack(">I", 1), box(b"mdta", b"com.apple.quicktime.location.ISO6709")
    )
    item = box(b"\0\0\0\1", box(b"data", b"\0\0\0\1", bytes(4), PLACE))
    return box(b"meta", full(b"hdlr", bytes(4), b"mdta"), keys, box(b"ilst", item)) + box(
        b"udta",
        box(b"\xa9xyz", struct.pack(">HH", len(PLACE), 0), PLACE),
        full(b"loci", b"\x15\xc7Innsbruck\0\0", struct.pack(">iii", 11 << 16, 47 << 16, 0)),
        bytes(4),
    )


def clip(*, wide: bool = False, moov_first: bool = False, more: bytes = b"") -> tuple[bytes, int]:
    """A clip with pictures, sound, telemetry and places; and where its data begins."""
    data = SEEN[:210] + TELEMETRY + HEARD + SEEN[210:] + b"left over " + PLACE
    size = 0
    for _ in range(2):  # the second time with the right places
        start = 24 + 8 + (size if moov_first else 0)
        after = start + 210 + len(TELEMETRY)
        moov = box(
            b"moov",
            full(b"mvhd", struct.pack(">IIII", CREATED, CREATED, 1000, 4000), bytes(80)),
            track(b"vide", [(start, 210), (after + len(HEARD), 210)], located(), wide=wide),
            track(b"soun", [(after, len(HEARD))], even=len(HEARD) // 2, wide=wide),
            track(b"meta", [(start + 210, len(TELEMETRY))], wide=wide),
            located(),
            more,
        )
        size = len(moov)
    head = box(b"ftyp", b"qt  \0\0\0\0qt  mp42")
    parts = (moov, box(b"mdat", data)) if moov_first else (box(b"mdat", data), moov)
    return head + b"".join(parts) + box(b"uuid", bytes(16), PLACE) + box(b"free", PLACE), start


def cleaned(path: Path, data: bytes) -> bytes:
    path.write_bytes(data)
    made = make(path, NOWHERE)
    assert isinstance(made, MadeClip)
    copy = path.with_name("copy.mov")
    copy.write_bytes(b"".join(made.chunks()))
    prove(copy, made)
    assert copy.stat().st_size == made.size_bytes
    assert path.read_bytes() == data
    return copy.read_bytes()


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("moov_first", [False, True])
def test_a_clip_loses_every_place_and_no_picture(
    tmp_path: Path, wide: bool, moov_first: bool
) -> None:
    data, start = clip(wide=wide, moov_first=moov_first)
    assert read_movie(io.BytesIO(data), len(data)).latitude is not None
    copy = cleaned(tmp_path / "a.mov", data)
    assert len(copy) == len(data)
    for secret in (b"47.12", b"Innsbruck", b"gps", b"\xa9xyz", b"ISO6709", b"left over"):
        assert secret in data
        assert secret not in copy
    after = start + 210 + len(TELEMETRY)
    assert copy[start : start + 210] == SEEN[:210]
    assert copy[after : after + len(HEARD)] == HEARD
    assert copy[after + len(HEARD) :].startswith(SEEN[210:])
    said = read_movie(io.BytesIO(copy), len(copy))
    assert said.latitude is None
    assert said.taken_at == read_movie(io.BytesIO(data[:]), len(data)).taken_at


def test_a_clip_larger_than_a_chunk_is_patched_across_its_borders(tmp_path: Path) -> None:
    data, _ = clip()
    # Room in front that must become zeros, longer than two pieces of copying.
    room = box(b"free", PLACE * 100_000)
    assert len(room) > 2 * 1024 * 1024
    moov_last = data.index(b"moov") - 4
    shifted = data[:24] + data[24:moov_last] + room + data[moov_last:]
    copy = cleaned(tmp_path / "a.mov", shifted)
    assert b"47.12" not in copy
    assert copy.count(b"\0") > len(room) - 8
    assert SEEN[:210] in copy


@pytest.mark.parametrize(
    "data",
    [
        b"RIFF\0\0\0\0AVI ",
        b"\x1a\x45\xdf\xa3" + bytes(40),
        b"",
        box(b"ftyp", b"isom") + box(b"mdat", b"x" * 40),
        clip()[0] + box(b"moof", bytes(8)),
        clip(more=box(b"mvex", bytes(8)))[0],
        clip()[0][:-10],
        clip()[0] + b"trailing bytes of some maker",
    ],
)
def test_what_cannot_be_cleaned_is_left_out(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(data)
    with pytest.raises(InputProblem, match="left out"):
        make(path, NOWHERE)
    assert make(path, Wish()) is None


def test_a_place_between_the_pictures_is_found_out(tmp_path: Path) -> None:
    data, start = clip()
    path = tmp_path / "a.mov"
    path.write_bytes(data[:start] + PLACE + data[start + len(PLACE) :])
    made = make(path, NOWHERE)
    assert made is not None
    copy = tmp_path / "copy.mov"
    copy.write_bytes(b"".join(made.chunks()))
    with pytest.raises(InputProblem, match="still told where"):
        prove(copy, made)


def test_a_copy_that_was_not_cleaned_is_found_out(tmp_path: Path) -> None:
    path = tmp_path / "a.mov"
    path.write_bytes(clip()[0])
    made = make(path, NOWHERE)
    assert made is not None
    with pytest.raises(InputProblem, match="still told where"):
        prove(path, made)


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="a second opinion where it is there")
def test_exiftool_finds_no_place_either(tmp_path: Path) -> None:
    cleaned(tmp_path / "a.mov", clip()[0])
    command = ["exiftool", "-a", "-G1", "-ee3", "-s"]
    before, after = (
        subprocess.run([*command, str(tmp_path / name)], capture_output=True, check=True).stdout
        for name in ("a.mov", "copy.mov")
    )
    assert b"GPS" in before
    for sign in (b"GPS", b"Location", b"47.1", b"Innsbruck", b"Warning"):
        assert sign not in after
