from __future__ import annotations

import io
import random
import struct

import pytest

from photosort.domain.photos import Metadata, Source
from photosort.media.movie import read_movie

# 2022-05-15T10:00:00 UTC in seconds since 1904.
CREATED = 3_735_453_600


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", 8 + len(body)) + kind + body


def mvhd(seconds: int) -> bytes:
    return box(b"mvhd", struct.pack(">II", 0, seconds) + bytes(92))


def trak(width: int, height: int, turn: tuple[int, ...] = (1, 0, 0, 1)) -> bytes:
    a, b, c, d = (value << 16 for value in turn)
    matrix = struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 1 << 30)
    return box(
        b"trak", box(b"tkhd", bytes(40) + matrix + struct.pack(">II", width << 16, height << 16))
    )


def apple(values: dict[str, str]) -> bytes:
    names = b"".join(box(b"mdta", f"com.apple.quicktime.{name}".encode()) for name in values)
    items = b"".join(
        box(struct.pack(">I", number), box(b"data", b"\0\0\0\x01\0\0\0\0" + text.encode()))
        for number, text in enumerate(values.values(), 1)
    )
    keys = box(b"keys", struct.pack(">II", 0, len(values)) + names)
    return box(b"meta", box(b"hdlr", bytes(24)) + keys + box(b"ilst", items))


def movie(*parts: bytes, first: bytes = b"") -> bytes:
    ftyp = box(b"ftyp", b"qt  \0\0\0\0qt  ")
    return ftyp + first + box(b"moov", b"".join(parts))


def read(data: bytes) -> Metadata:
    return read_movie(io.BytesIO(data), len(data))


def test_a_clip_of_an_iphone() -> None:
    said = read(
        movie(
            mvhd(CREATED),
            trak(0, 0),
            trak(1920, 1440, (0, 1, -1, 0)),
            apple(
                {
                    "content.identifier": "A1B2",
                    "creationdate": "2022-05-15T12:00:01+0200",
                    "location.ISO6709": "+38.7123-009.1400+012.5/",
                    "make": "Apple",
                    "model": "iPhone 13",
                }
            ),
            first=box(b"mdat", bytes(5000)),
        )
    )
    assert said.content_identifier == "A1B2"
    assert (said.taken_at, said.offset_min, said.taken_source) == (
        "2022-05-15T12:00:01",
        120,
        Source.EXIF,
    )
    assert (said.latitude, said.longitude, said.altitude_m) == (38.7123, -9.14, 12.5)
    assert (said.camera_make, said.camera_model) == ("Apple", "iPhone 13")
    assert (said.width, said.height) == (1440, 1920)


def test_a_video_of_an_android_phone() -> None:
    place = b"+38.7-009.1/"
    udta = box(b"udta", box(b"\xa9xyz", struct.pack(">HH", len(place), 0x15C7) + place))
    said = read(movie(mvhd(CREATED), udta, trak(1920, 1080)))
    assert (said.taken_at, said.offset_min) == ("2022-05-15T10:00:00", 0)
    assert (said.latitude, said.longitude) == (38.7, -9.1)
    assert (said.width, said.height) == (1920, 1080)


def test_boxes_of_more_than_four_gigabytes() -> None:
    class Sparse(io.BytesIO):
        def seek(self, offset: int, whence: int = 0) -> int:
            return super().seek(offset - gap if offset >= 1 << 32 else offset, whence)

    gap = 1 << 33
    head = box(b"ftyp", b"mp42\0\0\0\0") + struct.pack(">I4sQ", 1, b"mdat", gap + 16) + bytes(16)
    moov = box(b"moov", mvhd(CREATED))
    data = head[:-16] + moov
    assert read_movie(Sparse(data), gap + len(data)).taken_at == "2022-05-15T10:00:00"


PACKET = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:tiff="http://ns.adobe.com/tiff/1.0/" xmlns:exif="http://ns.adobe.com/exif/1.0/" xmp:Rating="4"
    tiff:Orientation="6" exif:DateTimeOriginal="2022-05-15T12:00:00+02:00">
   <dc:subject><rdf:Bag><rdf:li>boat</rdf:li><rdf:li>Lisbon</rdf:li></rdf:Bag></dc:subject>
  </rdf:Description></rdf:RDF></x:xmpmeta>"""
XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")


@pytest.mark.parametrize("where", ["before", "behind", "within"])
def test_words_and_stars_in_a_clip(where: str) -> None:
    """ExifTool, Bridge and digiKam write XMP into a box of MP4, and into the user data of QuickTime."""
    parts = (mvhd(CREATED), trak(1920, 1080))
    own, data = box(b"uuid", XMP_UUID + PACKET), box(b"mdat", bytes(500))
    said = read(
        {
            "before": movie(*parts, first=own + data),
            "behind": movie(*parts) + box(b"uuid", bytes(16)) + data + own,
            "within": movie(*parts, box(b"udta", box(b"XMP_", PACKET))),
        }[where]
    )
    assert (said.rating, said.keywords) == (4, ("boat", "Lisbon"))
    assert (said.taken_at, said.offset_min) == ("2022-05-15T12:00:00", 120)
    assert (said.width, said.height, said.orientation) == (1920, 1080, None)


def test_damaged_xmp_in_a_clip_costs_nothing_else() -> None:
    said = read(movie(mvhd(CREATED)) + box(b"uuid", XMP_UUID + PACKET[:300]))
    assert (said.taken_at, said.rating) == ("2022-05-15T10:00:00", None)


def test_the_fragments_of_a_clip_are_not_walked() -> None:
    data = movie(mvhd(CREATED)) + box(b"moof", b"") + box(b"uuid", XMP_UUID + PACKET)
    assert read(data).rating is None


def items(values: dict[bytes, str]) -> bytes:
    parts = b"".join(
        box(kind, box(b"data", b"\0\0\0\x01\0\0\0\0" + text.encode()))
        for kind, text in values.items()
    )
    return box(b"meta", bytes(4) + box(b"hdlr", bytes(24)) + box(b"ilst", parts))


def test_values_by_the_names_of_itunes() -> None:
    """FFmpeg's title, ExifTool's ItemList."""
    values = {b"\xa9nam": "Harbour", b"desc": "At the quay", b"\xa9too": "Lavf"}
    said = read(movie(mvhd(CREATED), box(b"udta", items(values))))
    assert (said.title, said.caption) == ("Harbour", "At the quay")
    said = read(movie(mvhd(CREATED), box(b"udta", items({b"\xa9day": "2022-05-15T12:00:01+0200"}))))
    assert (said.taken_at, said.offset_min) == ("2022-05-15T12:00:01", 120)
    # The year of a film.
    said = read(movie(mvhd(CREATED), box(b"udta", items({b"\xa9day": "1985"}))))
    assert said.taken_at == "2022-05-15T10:00:00"


@pytest.mark.parametrize("name", [b"\0", b"quay\0", "\ufeffquay\0".encode("utf-16-be")])
def test_the_place_that_ffmpeg_writes(name: bytes) -> None:
    place = struct.pack(">3i", round(-9.14 * 65536), round(38.7 * 65536), 12 << 16)
    loci = box(b"loci", bytes(4) + b"\x55\xc4" + name + b"\0" + place + b"earth\0\0")
    said = read(movie(mvhd(CREATED), box(b"udta", loci)))
    assert said.latitude == pytest.approx(38.7, abs=1e-4)
    assert said.longitude == pytest.approx(-9.14, abs=1e-4)
    assert said.altitude_m == 12


@pytest.mark.parametrize("seconds", [0, 2_082_844_800, 2**32 - 1 + 0])
def test_clocks_that_were_never_set(seconds: int) -> None:
    said = read(movie(mvhd(seconds)))
    if seconds == 2**32 - 1:
        assert said.taken_at == "2040-02-06T06:28:15"
    else:
        assert (said.taken_at, said.offset_min, said.taken_source) == (None, None, None)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"RIFF\0\0\0\0AVI LIST",
        b"\x1a\x45\xdf\xa3" + bytes(100),
        b"\0\0\0\0ftyp",
        box(b"ftyp", b"mp42"),
        movie(box(b"mvhd", b"")),
        movie(box(b"mvhd", b"\0\0")),
        movie(box(b"trak", box(b"tkhd", b"\0"))),
        movie(apple({"location.ISO6709": "+99-999/"})),
        movie(apple({"creationdate": "soon"})),
        movie(box(b"udta", box(b"loci", bytes(6) + b"name"))),
    ],
)
def test_damage_and_other_containers_say_nothing(data: bytes) -> None:
    assert read(data) == Metadata()


def test_any_damage_ends_quietly() -> None:
    good = movie(mvhd(CREATED), trak(1920, 1080), apple({"make": "Apple", "model": "x"}))
    for seed in range(300):
        rng = random.Random(seed)
        damaged = bytearray(good[: rng.randrange(8, len(good) + 1)])
        for _ in range(rng.randrange(1, 8)):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        read(bytes(damaged))
