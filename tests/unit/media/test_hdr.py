from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING

import numpy as np
import pillow_heif
import pytest
from PIL import Image, ImageCms

from photosort.domain.pictures import InputSpec
from photosort.media.decode import decode
from photosort.media.export import Wish, make
from photosort.media.hdr import has_gain_map
from photosort.media.header import read_header
from photosort.media.screen_decoding import decode_for_screen

if TYPE_CHECKING:
    from pathlib import Path

# Code values of light that BT.2408 names: a grey card and white in HDR, of 255.
PQ_GREY, PQ_WHITE = 97, 148
HLG_GREY, HLG_WHITE = 96, 191
GREY_SHOWN, WHITE_SHOWN = 100, 227
BT2020, P3 = 9, 12
SRGB, PQ, HLG = 13, 16, 18
# 16 x 16 pixels of white in PQ, as cjxl 0.7 writes them; the encoder that is installed knows sRGB alone.
JXL_PQ = bytes.fromhex(
    "0000000c4a584c200d0a870a00000014667479706a786c20000000006a786c20000000096a786c6c0a0000002f6a786c63ff0a4304fc00e4d1230e07000000800802010048004b188b158065c0ff05220000c43da1414901"
)


def flat(level: int | tuple[int, int, int], size: int = 64) -> Image.Image:
    color = (level,) * 3 if isinstance(level, int) else level
    return Image.new("RGB", (size, size), color)


def avif(picture: Image.Image, primaries: int, transfer: int) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "AVIF", quality=100, subsampling="4:4:4")
    data = bytearray(stream.getvalue())
    at = data.index(b"nclx") + 4
    data[at : at + 4] = struct.pack(">HH", primaries, transfer)
    return bytes(data)


def heic(picture: Image.Image, primaries: int, transfer: int) -> bytes:
    stream = io.BytesIO()
    pillow_heif.from_pillow(picture).save(
        stream,
        quality=-1,
        color_primaries=primaries,
        transfer_characteristics=transfer,
        matrix_coefficients=0,
        chroma=444,
    )
    return stream.getvalue()


def png(picture: Image.Image, primaries: int, transfer: int) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    body = b"cICP" + bytes((primaries, transfer, 0, 1))
    chunk = struct.pack(">I", 4) + body + struct.pack(">I", zlib.crc32(body))
    data = stream.getvalue()
    return data[:33] + chunk + data[33:]


def jpeg(picture: Image.Image, primaries: int, transfer: int) -> bytes:
    """With a profile that has code points beside curves that say sRGB."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = int.from_bytes(profile[128:132], "big")
    table = bytearray(profile[132 : 132 + 12 * count])
    for at in range(4, len(table), 12):
        table[at : at + 4] = struct.pack(">I", int.from_bytes(table[at : at + 4], "big") + 12)
    rest = bytes(profile[132 + 12 * count :])
    table += struct.pack(">4sII", b"cicp", 132 + 12 * (count + 1) + len(rest), 12)
    whole = bytes(profile[:128]) + struct.pack(">I", count + 1) + bytes(table) + rest
    whole += b"cicp\0\0\0\0" + bytes((primaries, transfer, 0, 1))
    whole = struct.pack(">I", len(whole)) + whole[4:]
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=100, icc_profile=whole)
    return stream.getvalue()


FORMATS = {"a.avif": avif, "a.heic": heic, "a.png": png, "a.jpg": jpeg}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    ("transfer", "level", "expected"),
    [
        (PQ, PQ_GREY, GREY_SHOWN),
        (PQ, PQ_WHITE, WHITE_SHOWN),
        (PQ, 192, 254),
        (PQ, 0, 0),
        (HLG, HLG_GREY, GREY_SHOWN),
        (HLG, HLG_WHITE, WHITE_SHOWN),
        (HLG, 255, 255),
        (SRGB, 148, 148),
    ],
)
def test_light_of_hdr_is_shown_as_bright_as_it_was(
    tmp_path: Path, name: str, transfer: int, level: int, expected: int
) -> None:
    primaries = 1 if transfer == SRGB else BT2020
    path = tmp_path / name
    path.write_bytes(FORMATS[name](flat(level), primaries, transfer))
    shown = decode_for_screen(path, 100).pixels
    assert abs(shown.astype(int) - expected).max() <= 3


@pytest.mark.parametrize(
    ("name", "level", "expected"),
    [
        ("Rec. ITU-R BT.2100 PQ", PQ_WHITE, WHITE_SHOWN),
        ("Display P3 HLG", HLG_WHITE, WHITE_SHOWN),
        ("sRGB PQRST", PQ_WHITE, PQ_WHITE),
    ],
)
def test_an_older_profile_of_hdr_is_known_by_its_name(
    tmp_path: Path, name: str, level: int, expected: int
) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    old = "sRGB built-in".encode("utf-16-be")
    assert old in profile
    named = name.encode("utf-16-be")
    renamed = bytearray(profile)
    at = profile.index(old)
    start = at - 16
    renamed[start + 8 : start + 12] = struct.pack(">I", len(named))
    renamed[start + 12 : start + 16] = struct.pack(">I", len(profile) - (at - 28))
    table = profile.index(b"desc", 128) + 4
    offset = int.from_bytes(profile[table : table + 4], "big")
    renamed[table + 4 : table + 8] = struct.pack(">I", len(profile) + len(named) - offset)
    whole = struct.pack(">I", len(profile) + len(named)) + bytes(renamed[4:]) + named
    flat(level).save(tmp_path / "a.png", icc_profile=whole)
    shown = decode_for_screen(tmp_path / "a.png", 100).pixels
    assert abs(shown.astype(int) - expected).max() <= 3


@pytest.mark.parametrize("name", FORMATS)
def test_thumbnail_encoder_and_copy_show_the_same(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(FORMATS[name](flat((148, 120, 90), 300), BT2020, PQ))
    shown = decode_for_screen(path, 300).pixels[150, 150].astype(int)
    decoded = decode(path, InputSpec(224), media="image")
    thumbnail = np.asarray(Image.open(io.BytesIO(decoded.thumbnails[256])))[100, 100]
    made = make(path, Wish(longest_px=200))
    assert made is not None
    copy = np.asarray(Image.open(io.BytesIO(b"".join(made.chunks()))))[100, 100]
    for pixels in (decoded.pixels[100, 100], thumbnail, copy):
        assert abs(pixels - shown).max() <= 4
    assert shown[0] - shown[2] > 60  # undecoded, its colours are as pale as its light
    assert decoded.metadata.is_hdr


def test_embedded_preview_of_hdr_is_no_paler(tmp_path: Path) -> None:
    stream = io.BytesIO()
    picture = pillow_heif.from_pillow(flat(PQ_WHITE, 800))
    picture.info["thumbnails"] = [256]
    picture.save(stream, color_primaries=BT2020, transfer_characteristics=PQ)
    path = tmp_path / "a.heic"
    path.write_bytes(stream.getvalue())
    preview = read_header(path, "image").preview
    assert preview is not None
    assert abs(int(np.asarray(Image.open(io.BytesIO(preview)))[50, 50, 0]) - WHITE_SHOWN) <= 4


def test_jpeg_xl_of_hdr(tmp_path: Path) -> None:
    path = tmp_path / "a.jxl"
    path.write_bytes(JXL_PQ)
    assert abs(decode_for_screen(path, 100).pixels.astype(int) - WHITE_SHOWN).max() <= 3
    assert decode(path, InputSpec(224), media="image").metadata.is_hdr


@pytest.mark.parametrize("name", ["a.avif", "a.heic", "a.png"])
def test_wide_gamut_without_a_profile(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    # (180, 90, 60) of sRGB in the larger space.
    path.write_bytes(FORMATS[name](flat((168, 95, 67)), P3, SRGB))
    assert abs(decode_for_screen(path, 100).pixels.astype(int) - (180, 90, 60)).max() <= 3
    assert not decode(path, InputSpec(224), media="image").metadata.is_hdr


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


@pytest.mark.parametrize(
    "marked",
    [
        segment(
            0xE1,
            b'http://ns.adobe.com/xap/1.0/\0<x hdrgm:Version="1.0" '
            b'xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/"/>',
        ),
        segment(0xE2, b"urn:iso:std:iso:ts:21496:-1\0\0\0\0\0"),
    ],
)
def test_a_gain_map_makes_a_photo_hdr_and_leaves_its_base(tmp_path: Path, marked: bytes) -> None:
    stream = io.BytesIO()
    flat(148).save(stream, "JPEG", quality=100)
    data = stream.getvalue()
    (tmp_path / "plain.jpg").write_bytes(data)
    (tmp_path / "marked.jpg").write_bytes(data[:2] + marked + data[2:])
    first, second = (
        decode(tmp_path / name, InputSpec(224), media="image")
        for name in ("plain.jpg", "marked.jpg")
    )
    assert (first.metadata.is_hdr, second.metadata.is_hdr) == (False, True)
    assert np.array_equal(first.pixels, second.pixels)


@pytest.mark.parametrize("packet", [b"http://ns.apple.com/HDRGainMap/1.0/", b"a depth map"])
def test_apples_gain_map_in_jpeg(packet: bytes) -> None:
    stream = io.BytesIO()
    flat(148).save(stream, "MPO", save_all=True, append_images=[flat(20)])
    data = stream.getvalue()
    second = data.rindex(b"\xff\xd8\xff")
    both = data[: second + 2] + segment(0xE1, packet) + data[second + 2 :]
    assert has_gain_map(both) == packet.startswith(b"http")


def test_apples_gain_map_in_heic() -> None:
    photo = heic(flat(148), 1, SRGB)
    assert not has_gain_map(photo)
    start = photo.index(b"meta") - 4
    size = int.from_bytes(photo[start : start + 4], "big")
    box = struct.pack(">I", 52) + b"free" + b"urn:com:apple:photo:2020:aux:hdrgainmap".ljust(44)
    grown = photo[:start] + struct.pack(">I", size + len(box)) + photo[start + 4 : start + size]
    assert has_gain_map(grown + box + photo[start + size :])
