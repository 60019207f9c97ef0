"""Pictures to measure speed with, made from real ones so that their bytes cost what a camera's cost."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

TWELVE_MEGAPIXELS = (4000, 3000)
# 3 to 5 MB at this quality, as cameras write them; found by trial on the folder's own photos.
_QUALITY = 90
_NOISE_SIGMA = 10.0


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


def _make(originals: list[Path], number: int, path: Path) -> None:
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
    noisy = pixels + noise * _NOISE_SIGMA * np.sqrt(0.3 + pixels / 255)
    Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8)).save(path, quality=_QUALITY)
