from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image, ImageCms

from photosort.media import screen_decoding
from photosort.media.errors import NoDecoder, Unreadable
from photosort.media.screen_decoding import decode_for_screen

if TYPE_CHECKING:
    from pathlib import Path


def saved(picture: Image.Image, path: Path, **options: object) -> Path:
    picture.save(path, **options)
    return path


def quarters(size: tuple[int, int] = (400, 200)) -> Image.Image:
    """Red, green / blue, white."""
    width, height = size
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[: height // 2, : width // 2] = (255, 0, 0)
    pixels[: height // 2, width // 2 :] = (0, 255, 0)
    pixels[height // 2 :, : width // 2] = (0, 0, 255)
    pixels[height // 2 :, width // 2 :] = (255, 255, 255)
    return Image.fromarray(pixels)


def test_a_small_picture_comes_as_it_is(tmp_path: Path) -> None:
    shown = decode_for_screen(saved(quarters(), tmp_path / "a.png"), 1000)
    assert shown.size == (400, 200)
    assert shown.region == (0, 0, 400, 200)
    assert shown.finest == 1.0
    assert np.array_equal(shown.pixels, np.asarray(quarters()))


def test_a_larger_one_is_no_larger_than_asked(tmp_path: Path, noise: Image.Image) -> None:
    shown = decode_for_screen(saved(noise, tmp_path / "a.jpg", quality=95), 300)
    assert shown.pixels.shape == (201, 300, 3)
    exact = np.asarray(noise.resize((300, 201), Image.Resampling.LANCZOS), np.float32)
    assert float(np.sqrt(np.mean((shown.pixels - exact) ** 2))) < 4


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("name", ["a.jpg", "a.png"])
def test_a_part_of_a_turned_picture_is_that_part(
    tmp_path: Path, orientation: int, name: str, noise: Image.Image
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = saved(noise, tmp_path / name, exif=exif, quality=95)
    whole = decode_for_screen(path, 4000)
    width, height = whole.size
    assert whole.pixels.shape == (height, width, 3)
    assert (width < height) == (orientation >= 5)
    part = decode_for_screen(path, 4000, region=(100, 50, 400, 200))
    assert np.array_equal(part.pixels, whole.pixels[50:200, 100:400])
    assert part.region == (100, 50, 400, 200)


def test_a_region_beyond_the_edge_is_cut(tmp_path: Path) -> None:
    path = saved(quarters(), tmp_path / "a.png")
    shown = decode_for_screen(path, 1000, region=(200, 100, 900, 900))
    assert shown.region == (200, 100, 400, 200)
    assert (shown.pixels == 255).all()


def test_colours_are_those_of_the_screen(tmp_path: Path) -> None:
    swapped = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    lab = Image.new("LAB", (8, 8), (255, 128, 128))
    path = saved(lab, tmp_path / "a.tif", icc_profile=swapped)
    assert (decode_for_screen(path, 8).pixels >= 250).all()


def test_transparency_does_not_glare(tmp_path: Path) -> None:
    path = saved(Image.new("RGBA", (10, 10), (255, 255, 255, 0)), tmp_path / "a.png")
    assert (decode_for_screen(path, 10).pixels < 40).all()


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
@pytest.mark.parametrize("opaque_rows", [0, 150, 600])
def test_strips_give_what_the_whole_gives(
    tmp_path: Path, mode: str, opaque_rows: int, noise: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = noise.resize((900, 600)).convert("RGBA")
    alpha = np.full((600, 900), 90, np.uint8)
    alpha[:opaque_rows] = 255
    picture.putalpha(Image.fromarray(alpha))
    path = saved(picture.convert(mode), tmp_path / "a.png")
    plain = decode_for_screen(path, 300).pixels.astype(np.float32)
    monkeypatch.setattr(screen_decoding, "_STRIP_PX", 50_000)
    strips = decode_for_screen(path, 300).pixels.astype(np.float32)
    assert plain.shape == strips.shape
    assert float(np.abs(plain - strips).mean()) < 2


def test_a_jpeg_that_is_too_large_is_shown_smaller_and_says_so(
    tmp_path: Path, noise: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(noise, tmp_path / "a.jpg")
    monkeypatch.setattr(screen_decoding, "MOST_DECODED_PX", 500_000)
    shown = decode_for_screen(path, 4000)
    assert shown.size == (1500, 1003)
    assert shown.finest == 0.5
    assert shown.pixels.shape == (502, 750, 3)
    part = decode_for_screen(path, 4000, region=(0, 0, 600, 400))
    assert part.pixels.shape == (200, 300, 3)


def test_a_result_has_a_limit_of_its_own(
    tmp_path: Path, noise: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(noise, tmp_path / "a.jpg")
    monkeypatch.setattr(screen_decoding, "MOST_SHOWN_PX", 60_000)
    height, width, _ = decode_for_screen(path, 4000).pixels.shape
    assert 55_000 < height * width <= 60_000


def test_a_draft_is_used_where_it_is_enough(tmp_path: Path, noise: Image.Image) -> None:
    path = saved(noise, tmp_path / "a.jpg")
    with path.open("rb") as file, Image.open(file) as opened:
        assert screen_decoding._draft_scale(opened, 180, (0, 0, 1500, 1003)) == 8
        assert screen_decoding._draft_scale(opened, 400, (0, 0, 1500, 1003)) == 2
        assert screen_decoding._draft_scale(opened, 800, (0, 0, 1500, 1003)) == 1
        assert screen_decoding._draft_scale(opened, 400, (0, 0, 500, 400)) == 1


def test_what_cannot_be_shown_says_why(tmp_path: Path) -> None:
    good = io.BytesIO()
    quarters().save(good, "JPEG")
    (tmp_path / "cut.jpg").write_bytes(good.getvalue()[:900])
    (tmp_path / "text.jpg").write_text("hello")
    for name, reason in {
        "gone.jpg": "no longer there",
        "text.jpg": "not a picture",
        "cut.jpg": "cut short",
    }.items():
        with pytest.raises(Unreadable, match=reason):
            decode_for_screen(tmp_path / name, 100)
    with pytest.raises(NoDecoder, match="player"):
        decode_for_screen(tmp_path / "clip.mp4", 100)


def test_the_file_is_only_read(tmp_path: Path, noise: Image.Image) -> None:
    path = saved(noise, tmp_path / "a.jpg")
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    decode_for_screen(path, 100)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
