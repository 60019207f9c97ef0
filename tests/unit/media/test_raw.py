from __future__ import annotations

import io
import os
import struct
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from photosort.domain.pictures import Decoded, InputSpec
from photosort.media.decode import decode
from photosort.media.errors import Unreadable
from photosort.media.header import read_header
from photosort.media.screen_decoding import decode_for_screen

RED, BLUE = (250, 10, 10), (10, 10, 250)
Entry = tuple[int, int, list[int]]
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 10: 8}
_CODES = {1: "B", 2: "B", 3: "H", 4: "I", 5: "I", 10: "i"}


def halves(width: int, height: int) -> Image.Image:
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", (width, height), RED)
    picture.paste(BLUE, (width // 2, 0, width, height))
    return picture


def text(value: str) -> list[int]:
    return list(value.encode() + b"\0")


def directory(entries: list[Entry], at: int) -> bytes:
    """A TIFF directory that is to lie at an offset, with the values that do not fit into it behind it."""
    entries = sorted(entries)
    values_at = at + 2 + 12 * len(entries) + 4
    fields, values = b"", b""
    for tag, kind, numbers in entries:
        body = struct.pack(f"<{len(numbers)}{_CODES[kind]}", *numbers)
        count = len(body) // _SIZES[kind]
        if len(body) <= 4:
            fields += struct.pack("<HHI", tag, kind, count) + body.ljust(4, b"\0")
        else:
            fields += struct.pack("<HHII", tag, kind, count, values_at + len(values))
            values += body + b"\0" * (len(body) % 2)
    return struct.pack("<H", len(entries)) + fields + bytes(4) + values


MOSAIC: list[Entry] = [(262, 3, [32803]), (33421, 3, [2, 2]), (33422, 1, [0, 1, 1, 2])]
INTEGERS: list[Entry] = [(50717, 4, [65535])]
GREY: list[Entry] = [(262, 3, [34892])]
FLOATS: list[Entry] = [(339, 3, [3])]


def dng(
    preview: bytes | None,
    *,
    size: tuple[int, int] = (320, 240),
    orientation: int = 1,
    samples: NDArray[np.generic] | None = None,
    described: Sequence[Entry] = (*MOSAIC, *INTEGERS),
) -> bytes:
    """A DNG by a sensor without noise, with or without a JPEG preview.

    Args:
        preview: the JPEG, or None.
        size: width and height of the sensor.
        orientation: EXIF's.
        samples: shape (height, width), 16 bits each; a red field where there are none.
        described: what the samples mean.
    """
    width, height = size
    if samples is None:
        samples = np.zeros((height, width), "<u2")
        samples[0::2, 0::2] = 60_000
    pixels = samples.tobytes()
    identity = [value for i in range(9) for value in (int(i % 4 == 0), 1)]
    camera: list[Entry] = [
        (271, 2, text("Maker")),
        (272, 2, text("Model R")),
        (274, 3, [orientation]),
        (306, 2, text("2022:05:15 18:42:07")),
        (50706, 1, [1, 4, 0, 0]),
        (50708, 2, text("Maker Model R")),
        (50721, 10, identity),
        (50728, 5, [1, 1, 1, 1, 1, 1]),
    ]

    def sensor(offset: int) -> list[Entry]:
        return [
            (254, 4, [0]), (256, 4, [width]), (257, 4, [height]), (258, 3, [16]), (259, 3, [1]),
            (273, 4, [offset]), (277, 3, [1]), (278, 4, [height]), (279, 4, [len(pixels)]), *described,
        ]  # fmt: skip

    head = b"II*\0" + struct.pack("<I", 8)
    if preview is None:
        length = len(directory(camera + sensor(0), 8))
        return head + directory(camera + sensor(8 + length), 8) + pixels
    with Image.open(io.BytesIO(preview)) as picture:
        w, h = picture.size

    def first(preview_at: int, sensor_at: int) -> list[Entry]:
        return [
            *camera, (254, 4, [1]), (256, 4, [w]), (257, 4, [h]), (258, 3, [8, 8, 8]), (259, 3, [7]),
            (262, 3, [6]), (273, 4, [preview_at]), (277, 3, [3]), (278, 4, [h]), (279, 4, [len(preview)]),
            (330, 4, [sensor_at]), (513, 4, [preview_at]), (514, 4, [len(preview)]),
        ]  # fmt: skip

    sensor_at = 8 + len(directory(first(0, 0), 8))
    data_at = sensor_at + len(directory(sensor(0), sensor_at))
    return (
        head
        + directory(first(data_at, sensor_at), 8)
        + directory(sensor(data_at + len(preview)), sensor_at)
        + preview
        + pixels
    )


def jpeg(picture: Image.Image) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=95)
    return stream.getvalue()


def read(path: Path) -> Decoded:
    return decode(path, InputSpec(224), media="raw")


def test_raw_is_shown_by_its_preview(tmp_path: Path) -> None:
    path = tmp_path / "a.dng"
    path.write_bytes(dng(jpeg(halves(1200, 900)), size=(2400, 1800)))
    result = read(path)
    assert result.from_preview
    assert result.content_hash is None
    assert np.allclose(result.pixels[100, 40], RED, atol=12)
    assert np.allclose(result.pixels[100, 180], BLUE, atol=12)
    assert sorted(result.thumbnails) == [256, 512]
    assert (result.metadata.width, result.metadata.height) == (2400, 1800)
    assert (result.metadata.camera_model, result.metadata.taken_at) == (
        "Model R",
        "2022-05-15T18:42:07",
    )


def test_raw_is_turned_upright(tmp_path: Path) -> None:
    path = tmp_path / "a.dng"
    path.write_bytes(dng(jpeg(halves(1200, 900)), size=(2400, 1800), orientation=6))
    result = read(path)
    assert np.allclose(result.pixels[40, 100], RED, atol=12)
    assert np.allclose(result.pixels[180, 100], BLUE, atol=12)
    assert (result.metadata.width, result.metadata.height) == (1800, 2400)


def test_a_preview_that_was_turned_already_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.dng"
    path.write_bytes(dng(jpeg(halves(900, 1200)), size=(2400, 1800), orientation=6))
    result = read(path)
    assert np.allclose(result.pixels[100, 40], RED, atol=12)
    assert (result.metadata.width, result.metadata.height) == (1800, 2400)


def test_raw_without_a_preview_is_developed(tmp_path: Path) -> None:
    path = tmp_path / "a.dng"
    path.write_bytes(dng(None, size=(1600, 1200), orientation=6))
    result = read(path)
    assert not result.from_preview
    red, green, blue = (int(value) for value in result.pixels[112, 112])
    assert red > 2 * max(green, blue, 1)
    thumbnail = Image.open(io.BytesIO(result.thumbnails[512]))
    assert thumbnail.size == (384, 512)
    assert (result.metadata.width, result.metadata.height) == (1200, 1600)


def test_a_raw_file_of_a_monochrome_sensor_is_grey(tmp_path: Path) -> None:
    """rawpy 0.28.0 (LibRaw 0.22.2) develops one sample a pixel to an array with one channel."""
    path = tmp_path / "a.dng"
    samples = np.full((400, 600), 5_000, "<u2")
    samples[:, 300:] = 50_000
    path.write_bytes(dng(None, size=(600, 400), samples=samples, described=(*GREY, *INTEGERS)))
    pixels = read(path).pixels
    assert pixels.shape == (224, 224, 3)
    assert np.all(pixels == pixels[:, :, :1])
    assert pixels[112, 200, 0] > pixels[112, 20, 0] + 50


def test_half_floats_that_libraw_loses_are_no_black_photo(tmp_path: Path) -> None:
    """LibRaw 0.22.2 takes 16-bit floats without a WhiteLevel for parts of 65535, so all of them for zero."""
    path = tmp_path / "a.dng"
    samples = np.linspace(0.1, 1.0, 600 * 400).astype("<f2").reshape(400, 600)
    path.write_bytes(dng(None, size=(600, 400), samples=samples, described=(*MOSAIC, *FLOATS)))
    with pytest.raises(Unreadable, match="cannot be developed"):
        read(path)
    named = (*MOSAIC, *FLOATS, (50717, 4, [1]))
    path.write_bytes(dng(None, size=(600, 400), samples=samples, described=named))
    assert read(path).pixels.max() > 100


@pytest.mark.parametrize("orientation", range(1, 9))
def test_raw_of_all_orientations(tmp_path: Path, orientation: int) -> None:
    """LibRaw 0.22.2 (rawpy 0.28.0) names EXIF's 1 to 8 as flips 0, 1, 3, 2, 4, 6, 7 and 5."""
    path = tmp_path / "a.dng"
    preview = Image.new("RGB", (600, 400), BLUE)
    preview.paste(RED, (0, 0, 300, 200))
    path.write_bytes(dng(jpeg(preview), size=(1200, 800), orientation=orientation))
    result = read(path)
    left, top = orientation in {1, 4, 5, 8}, orientation in {1, 2, 5, 6}
    corners = {(x, y): result.pixels[y, x] for x in (56, 168) for y in (56, 168)}
    red = [where for where, pixel in corners.items() if pixel[0] > pixel[2]]
    assert red == [(56 if left else 168, 56 if top else 168)]
    upright = (800, 1200) if orientation >= 5 else (1200, 800)
    assert (result.metadata.width, result.metadata.height) == upright
    shown = decode_for_screen(path, 600)
    assert shown.pixels.shape[:2] == ((600, 400) if orientation >= 5 else (400, 600))
    reds = shown.pixels[:, :, 0] > shown.pixels[:, :, 2]
    assert reds[50 if top else -50, 50 if left else -50]
    assert reds.mean() < 0.3


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX file names")
def test_raw_with_a_name_that_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "caf\udce9.dng"
    path.write_bytes(dng(jpeg(halves(1200, 900)), size=(2400, 1800)))
    assert read(path).from_preview
    assert read_header(path, "raw").metadata.camera_model == "Model R"


def test_header_of_a_raw_file(tmp_path: Path) -> None:
    path = tmp_path / "a.dng"
    path.write_bytes(dng(jpeg(halves(1200, 900)), size=(2400, 1800), orientation=6))
    header = read_header(path, "raw")
    assert header.metadata.camera_model == "Model R"
    assert header.preview is not None
    preview = Image.open(io.BytesIO(header.preview)).convert("RGB")
    assert preview.size == (384, 512)
    assert np.allclose(preview.getpixel((190, 60)), RED, atol=12)


@pytest.mark.parametrize("data", [b"", b"no raw file", dng(None)[:300]])
def test_damaged_raw_files_have_a_reason(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.nef"
    path.write_bytes(data)
    with pytest.raises(Unreadable):
        read(path)


def test_a_raw_file_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="no longer there"):
        read(tmp_path / "gone.nef")


def test_a_jpeg_that_is_called_raw_is_read_as_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.nef"
    path.write_bytes(jpeg(halves(640, 480)))
    assert np.allclose(read(path).pixels[100, 40], RED, atol=12)
