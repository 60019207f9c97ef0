from __future__ import annotations

import io
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from photosort.media.errors import Unreadable
from photosort.media.header import Header, read_header
from photosort.media.identify import quick_key
from photosort.media.metadata import read_metadata

RED, BLUE = (250, 10, 10), (10, 10, 250)
posix_name = pytest.mark.skipif(os.name != "posix", reason="needs POSIX file names")


def halves(width: int, height: int) -> Image.Image:
    """Red above, blue below."""
    picture = Image.new("RGB", (width, height), RED)
    picture.paste(BLUE, (0, height // 2, width, height))
    return picture


def jpeg(picture: Image.Image, **options: object) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "JPEG", **options)
    return stream.getvalue()


def with_thumbnail(path: Path, picture: Image.Image, thumbnail: bytes, orientation: int) -> Path:
    """A JPEG with date, orientation and thumbnail, as cameras write it."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif.get_ifd(0x8769)[0x9003] = "2022:05:15 18:42:07"
    block = exif.tobytes()
    # The second directory, with the thumbnail, goes to the end of the block.
    tiff = bytearray(block[6:])
    order = "little" if tiff[:2] == b"II" else "big"
    at = int.from_bytes(tiff[4:8], order)
    count = int.from_bytes(tiff[at : at + 2], order)
    next_at = at + 2 + 12 * count
    tiff[next_at : next_at + 4] = len(tiff).to_bytes(4, order)
    start = len(tiff) + 2 + 3 * 12 + 4
    entries = ((0x0103, 3, 6), (0x0201, 4, start), (0x0202, 4, len(thumbnail)))
    directory = len(entries).to_bytes(2, order)
    for tag, kind, value in entries:
        size = 2 if kind == 3 else 4
        field = value.to_bytes(size, order).ljust(4, b"\0")
        directory += (
            tag.to_bytes(2, order) + kind.to_bytes(2, order) + (1).to_bytes(4, order) + field
        )
    tiff += directory + bytes(4) + thumbnail
    picture.save(path, exif=b"Exif\0\0" + bytes(tiff))
    return path


def preview_of(header: Header) -> Image.Image:
    assert header.preview is not None
    return Image.open(io.BytesIO(header.preview)).convert("RGB")


def test_jpeg_gives_date_size_key_and_its_own_thumbnail(tmp_path: Path) -> None:
    thumbnail = jpeg(halves(160, 120))
    path = with_thumbnail(tmp_path / "a.jpg", halves(1200, 900), thumbnail, 1)
    header = read_header(path, "image")
    assert header.metadata == read_metadata(path)
    assert header.metadata.taken_at == "2022-05-15T18:42:07"
    assert (header.metadata.width, header.metadata.height) == (1200, 900)
    assert header.quick == quick_key(path, path.stat().st_size)
    assert header.preview == thumbnail
    without = read_header(path, "image", previews=False)
    assert without == replace(header, preview=None)


@pytest.mark.parametrize("orientation", range(2, 9))
def test_the_thumbnail_is_turned_upright(tmp_path: Path, orientation: int) -> None:
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}[orientation]
    upright = halves(120, 160) if orientation >= 5 else halves(160, 120)
    stored = upright.transpose(Image.Transpose(undo))
    big = stored.resize((stored.width * 6, stored.height * 6))
    path = with_thumbnail(tmp_path / "a.jpg", big, jpeg(stored), orientation)
    with Image.open(path) as check:
        assert ImageOps.exif_transpose(check).size == (upright.width * 6, upright.height * 6)
    preview = preview_of(read_header(path, "image"))
    assert preview.size == upright.size
    assert np.allclose(preview.getpixel((60, 20)), RED, atol=15)
    assert np.allclose(preview.getpixel((60, preview.height - 20)), BLUE, atol=15)


def test_bars_around_a_thumbnail_are_cut_away(tmp_path: Path) -> None:
    barred = Image.new("RGB", (160, 120))
    barred.paste(halves(160, 107), (0, 6))
    path = with_thumbnail(tmp_path / "a.jpg", halves(1200, 800), jpeg(barred, quality=95), 1)
    preview = preview_of(read_header(path, "image"))
    assert preview.size == (160, 107)
    assert np.allclose(preview.getpixel((80, 1)), RED, atol=25)


def test_metadata_behind_a_long_block_is_found(
    tmp_path: Path, write_tags: Callable[..., Path]
) -> None:
    path = write_tags({"Exif.Photo.DateTimeOriginal": "2022:05:15 18:42:07"})
    data = path.read_bytes()
    filler = b"\xff\xed" + (60_002).to_bytes(2, "big") + bytes(60_000)
    path.write_bytes(data[:2] + filler * 6 + data[2:] + bytes(400_000))
    assert read_header(path, "image").metadata.taken_at == "2022-05-15T18:42:07"


def test_heic_gives_its_preview_upright(tmp_path: Path) -> None:
    from pillow_heif import register_heif_opener

    register_heif_opener()
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = "2022:05:15 18:42:07"
    exif[0x0112] = 6
    stored = halves(600, 800).transpose(Image.Transpose.ROTATE_90)
    path = tmp_path / "a.heic"
    stored.save(path, thumbnails=[320], exif=exif.tobytes())
    header = read_header(path, "image")
    assert header.metadata.taken_at == "2022-05-15T18:42:07"
    assert (header.metadata.width, header.metadata.height) == (600, 800)
    preview = preview_of(header)
    assert preview.size == (240, 320)
    assert np.allclose(preview.getpixel((120, 40)), RED, atol=25)
    without = tmp_path / "b.heic"
    stored.save(without)
    assert read_header(without, "image").preview is None


@pytest.mark.parametrize("ending", ["png", "webp", "tif", "avif", "jxl", "gif", "bmp"])
def test_other_formats_give_what_they_say(tmp_path: Path, ending: str) -> None:
    if ending == "jxl":
        import pillow_jxl  # noqa: F401
    path = tmp_path / f"a.{ending}"
    halves(320, 200).save(path)
    header = read_header(path, "image")
    assert header.preview is None
    assert header.metadata.width in {320, None}
    assert len(header.quick) == 16


def test_a_damaged_thumbnail_does_no_harm(tmp_path: Path) -> None:
    path = with_thumbnail(tmp_path / "a.jpg", halves(1200, 900), b"\xff\xd8\xff\xdbno thumbnail", 6)
    header = read_header(path, "image")
    assert header.preview is None
    assert header.metadata.taken_at == "2022-05-15T18:42:07"


def test_raw_and_video_without_any_metadata(tmp_path: Path) -> None:
    path = tmp_path / "a.cr2"
    path.write_bytes(b"nothing of a raw file")
    for media in ("raw", "video"):
        header = read_header(path, media)  # type: ignore[arg-type]
        assert header.preview is None
        assert header.metadata.taken_at is None
        assert header.quick == quick_key(path, path.stat().st_size)


@pytest.mark.parametrize(
    ("data", "message"),
    [(b"", "empty"), (b"Dear diary", "not a picture"), (None, "no longer there")],
)
def test_what_is_no_picture_is_told_at_once(
    tmp_path: Path, data: bytes | None, message: str
) -> None:
    path = tmp_path / "a.jpg"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(Unreadable, match=message):
        read_header(path, "image")


@posix_name
def test_a_name_that_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "caf\udce9.png"
    halves(320, 200).save(path)
    assert read_header(path, "image").metadata.width == 320
