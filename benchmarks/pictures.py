"""Pictures to measure speed with, made from real ones so that their bytes cost what a camera's cost."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from PIL import Image

TWELVE_MEGAPIXELS = (4000, 3000)
# 3 to 5 MB at this quality, as cameras write them; found by trial on the folder's own photos.
_QUALITY = 90
_NOISE_SIGMA = 10.0
_PHONE_BEGIN = datetime(2014, 1, 1, 8)  # noqa: DTZ001 -- wall-clock times carry no zone


def camera_jpegs(source: Path, target: Path, count: int) -> list[Path]:
    """JPEGs of 12 megapixels and 3-5 MB: crops of real photos, mirrored, with sensor-like noise.

    Args:
        source: folder of real photos.
        target: where they are written; what is there already is kept.
        count: how many.
    """
    target.mkdir(parents=True, exist_ok=True)
    originals = sorted(p for p in source.rglob("*") if p.suffix.lower() in {".jpg", ".jpeg"})
    paths = []
    for number in range(count):
        path = target / f"IMG_{number:04}.jpg"
        paths.append(path)
        if not path.exists():
            _make(originals, number, path)
    return paths


# What stands for the date in a body until a photo is made of it; of the same length as every date.
_ANY_DATE = b"2001:02:03 04:05:06"
_BODIES = {".JPG": 24, ".HEIC": 8}
_FOLDER_SIZE = 150
_PHONE_QUALITY = 72
_PHONE_NOISE_SIGMA = 3.0
# An iPhone's HEIC holds a preview of this longest edge.
_PREVIEW_PX = 320


def phone_photos(source: Path, target: Path, count: int) -> list[Path]:
    """Photos of 12 megapixels as phones write them, a third HEIC: EXIF dates over ten years, embedded previews.

    Few pictures lie behind them, but each file has a date of its own, so that none is a copy of another.

    Args:
        source: folder of real photos.
        target: where they are written, a folder for every `_FOLDER_SIZE`; what is there already is kept.
        count: how many.
    """
    originals = sorted(p for p in source.rglob("*") if p.suffix.lower() in {".jpg", ".jpeg"})
    bodies = {ending: _bodies(originals, target / "bodies", ending) for ending in _BODIES}
    paths = []
    for number in range(count):
        ending = ".HEIC" if number % 3 == 2 else ".JPG"
        taken = _PHONE_BEGIN + number * timedelta(days=3650) / count
        folder = target / "photos" / f"{taken:%Y}" / f"{number // _FOLDER_SIZE:03}"
        path = folder / f"IMG_{number % 10_000:04}{ending}"
        paths.append(path)
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            body = bodies[ending][number % len(bodies[ending])]
            path.write_bytes(body.replace(_ANY_DATE, f"{taken:%Y:%m:%d %H:%M:%S}".encode()))
    return paths


def _bodies(originals: list[Path], folder: Path, ending: str) -> list[bytes]:
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for number in range(_BODIES[ending]):
        path = folder / f"{number:02}{ending}"
        if not path.exists():
            _write_body(_picture(originals, number, sigma=_PHONE_NOISE_SIGMA), path)
        found.append(path.read_bytes())
    return found


def _write_body(picture: Image.Image, path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Apple", "iPhone 12"
    exif[0x8769] = {0x9003: _ANY_DATE.decode(), 0x9011: "+02:00"}
    if path.suffix == ".HEIC":
        import pillow_heif

        pillow_heif.register_heif_opener()
        picture.save(path, quality=50, exif=exif.tobytes(), thumbnails=[_PREVIEW_PX])
        return
    import exiv2

    picture.save(path, quality=_PHONE_QUALITY, exif=exif)
    small = picture.resize((160, 120), Image.Resampling.BOX)
    stream = io.BytesIO()
    small.save(stream, "JPEG", quality=80)
    opened = exiv2.ImageFactory.open(str(path))
    opened.readMetadata()
    data = opened.exifData()
    exiv2.ExifThumb(data).setJpegThumbnail(stream.getvalue())
    opened.setExifData(data)
    opened.writeMetadata()


def _make(originals: list[Path], number: int, path: Path) -> None:
    _picture(originals, number, sigma=_NOISE_SIGMA).save(path, quality=_QUALITY)


def _picture(originals: list[Path], number: int, *, sigma: float) -> Image.Image:
    """A part of a real photo at 12 megapixels, mirrored or not, with noise."""
    rng = np.random.default_rng(number)
    for attempt in range(len(originals)):
        try:
            with Image.open(originals[(number + attempt) % len(originals)]) as opened:
                picture = opened.convert("RGB")
        except OSError:
            continue
        break
    width, height = picture.size
    # At least two thirds of each edge, in the proportions of the result.
    scale = min(width / 4, height / 3) * rng.uniform(0.67, 1.0)
    box_width, box_height = 4 * scale, 3 * scale
    left, top = rng.uniform(0, width - box_width), rng.uniform(0, height - box_height)
    box = (left, top, left + box_width, top + box_height)
    picture = picture.resize(TWELVE_MEGAPIXELS, Image.Resampling.BICUBIC, box=box)
    if rng.random() < 0.5:
        picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    pixels = np.asarray(picture, dtype=np.float32)
    # Noise of a sensor grows with the root of the light.
    noise = rng.standard_normal(pixels.shape, dtype=np.float32)
    noisy = pixels + noise * sigma * np.sqrt(0.3 + pixels / 255)
    return Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8))
