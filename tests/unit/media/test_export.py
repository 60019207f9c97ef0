from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pillow_heif
import pytest
from PIL import Image

from photosort.errors import InputProblem
from photosort.media.errors import Unreadable
from photosort.media.export import Made, Wish, make
from photosort.media.location_removal.allowed_metadata import Words
from photosort.media.metadata import read_metadata
from photosort.media.tags import read_tags

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EVERYTHING = {
    "Exif.Image.Make": "Nikon",
    "Exif.Image.Model": "D500",
    "Exif.Photo.DateTimeOriginal": "2022:05:15 18:42:07",
    "Exif.GPSInfo.GPSLatitude": "38/1 42/1 0/1",
    "Exif.GPSInfo.GPSLatitudeRef": "N",
    "Exif.GPSInfo.GPSLongitude": "9/1 8/1 0/1",
    "Exif.GPSInfo.GPSLongitudeRef": "W",
    "Xmp.exif.GPSLatitude": "38,42.0N",
    "Xmp.photoshop.City": "Lisbon",
    "Xmp.dc.subject": ["beach"],
    "Iptc.Application2.City": "Lisbon",
}


@pytest.fixture
def tagged(write_tags: Callable[..., Path], noise: Image.Image) -> Path:
    stream = io.BytesIO()
    noise.save(stream, "JPEG", quality=95)
    return write_tags(EVERYTHING, data=stream.getvalue())


def opened(made: Made | None) -> Image.Image:
    assert made is not None
    picture = Image.open(io.BytesIO(made.data))
    picture.load()
    return picture


def test_where_nothing_is_wished_the_original_is_the_copy(tagged: Path) -> None:
    assert make(tagged, Wish()) is None
    assert make(tagged, Wish(as_jpeg=True)) is None


def test_a_location_is_removed_wherever_it_stands_and_nothing_else(tagged: Path) -> None:
    before = tagged.read_bytes()
    assert read_metadata(before).latitude is not None
    made = make(tagged, Wish(remove_location=True))
    assert made is not None
    assert b"Lisbon" not in made.data
    said = read_metadata(made.data)
    assert (said.latitude, said.longitude) == (None, None)
    assert said.camera_model == "D500"
    assert said.taken_at == "2022-05-15T18:42:07"
    assert said.keywords == ("beach",)
    assert not any("GPS" in key for key in [*read_tags(made.data).exif, *read_tags(made.data).xmp])
    with Image.open(tagged) as original:
        assert np.array_equal(np.asarray(original), np.asarray(opened(made)))
    assert tagged.read_bytes() == before


def test_a_smaller_copy_is_upright_srgb_and_keeps_what_is_true_of_it(
    write_tags: Callable[..., Path], noise: Image.Image
) -> None:
    stream = io.BytesIO()
    noise.save(stream, "JPEG")
    path = write_tags({**EVERYTHING, "Exif.Image.Orientation": "6"}, data=stream.getvalue())
    made = make(path, Wish(longest_px=600, remove_location=True))
    picture = opened(made)
    assert made is not None
    assert made.extension == ".jpg"
    assert picture.size == (401, 600)
    assert picture.getexif().get(0x0112, 1) == 1
    said = read_metadata(made.data)
    assert (said.camera_make, said.taken_at) == ("Nikon", "2022-05-15T18:42:07")
    assert said.latitude is None
    kept = make(path, Wish(longest_px=600))
    assert kept is not None
    assert read_metadata(kept.data).latitude == pytest.approx(38.7)


def test_a_smaller_copy_is_never_larger(tagged: Path) -> None:
    assert opened(make(tagged, Wish(longest_px=9000))).size == (1500, 1003)


def test_heic_becomes_a_jpeg_of_the_same_size(tmp_path: Path, noise: Image.Image) -> None:
    path = tmp_path / "IMG_1.HEIC"
    exif = Image.Exif()
    exif[0x010F] = "Apple"
    pillow_heif.from_pillow(noise).save(path, quality=90, exif=exif.tobytes())
    made = make(path, Wish(as_jpeg=True))
    picture = opened(made)
    assert (picture.format, picture.size) == ("JPEG", (1500, 1003))
    difference = np.asarray(picture, np.float32) - np.asarray(noise, np.float32)
    assert float(np.sqrt(np.mean(difference**2))) < 8


def test_a_heic_becomes_a_jpeg_with_or_without_its_location(
    tmp_path: Path, noise: Image.Image
) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Apple"
    exif[0x8825] = {1: "N", 2: (38.0, 42.0, 0.0), 3: "W", 4: (9.0, 8.0, 0.0)}
    path = tmp_path / "with.heic"
    pillow_heif.from_pillow(noise.resize((300, 200))).save(path, exif=exif.tobytes())
    made = make(path, Wish(as_jpeg=True, remove_location=True))
    assert made is not None
    said = read_metadata(made.data)
    assert (said.camera_make, said.latitude) == ("Apple", None)
    kept = make(path, Wish(as_jpeg=True))
    assert kept is not None
    assert read_metadata(kept.data).latitude == pytest.approx(38.7)


def test_transparent_parts_become_white(tmp_path: Path) -> None:
    path = tmp_path / "logo.png"
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(path)
    assert opened(make(path, Wish(as_jpeg=True))).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_words_are_written_into_the_copy(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"a.{name.lower()}"
    Image.new("RGB", (60, 40), (200, 30, 30)).save(path, name)
    before = path.read_bytes()
    words = Words(("animals|dog", "Strand é"), 4, "Title", "At the sea, together")
    made = make(path, Wish(words=words))
    assert made is not None
    assert made.extension == path.suffix
    said = read_metadata(made.data)
    assert set(said.keywords) == {"animals|dog", "Strand é"}
    assert (said.rating, said.title, said.caption) == (4, "Title", "At the sea, together")
    assert opened(made).size == (60, 40)
    assert path.read_bytes() == before


def test_words_take_the_place_of_older_ones(tagged: Path) -> None:
    made = make(tagged, Wish(words=Words(("dog",))))
    assert made is not None
    assert read_metadata(made.data).keywords == ("dog",)
    assert b"Lisbon" in made.data


@pytest.mark.parametrize("wish", [Wish(words=Words(rating=1))])
def test_a_format_that_cannot_be_written_says_what_can(tmp_path: Path, wish: Wish) -> None:
    path = tmp_path / "a.gif"
    Image.new("RGB", (20, 20)).save(path)
    with pytest.raises(InputProblem, match="export it as a JPEG"):
        make(path, wish)
    assert make(path, Wish(as_jpeg=True, words=Words(rating=1))) is not None


def test_a_video_is_copied_or_left_out(tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(b"\0\0\0\x18ftypmp42")
    assert make(path, Wish(longest_px=300, as_jpeg=True)) is None
    with pytest.raises(InputProblem, match="left out"):
        make(path, Wish(remove_location=True))


def test_a_damaged_file_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_text("hello")
    with pytest.raises(Unreadable):
        make(path, Wish(longest_px=300))
    with pytest.raises(Unreadable):
        make(tmp_path / "gone.jpg", Wish(longest_px=300))


def test_the_library_of_metadata_is_shared_fairly(tagged: Path) -> None:
    make(tagged, Wish(remove_location=True))
    assert read_tags(tagged).exif["Exif.Image.Make"] == "Nikon"
