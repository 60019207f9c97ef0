"""What the encoder gets to see, against what its makers' own preprocessing would show it.

    python -m benchmarks preprocessing --data DIR

Only photos on which a shortcut is really taken count: JPEGs that the decoder makes smaller while it decodes.
The reference decodes in full, turns the photo upright, and applies open_clip's transform without normalisation.
Photos with a colour profile other than sRGB are left out: open_clip ignores the profile, Photosort does not.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageOps

from benchmarks.against import Figures, finish
from benchmarks.speed import random_vit
from photosort.embed.torchvision_ops import make_importable
from photosort.media.decode import decode
from photosort.media.geometry import draft_scale

make_importable()

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.encoders import Encoder
    from photosort.domain.pictures import InputSpec

BASELINE = Path(__file__).parent / "baseline" / "preprocessing.json"
MODELS = (
    ("ViT-B-32", "laion2b_s34b_b79k"),
    ("MobileCLIP2-S0", "dfndr2b"),
    ("ViT-B-32-SigLIP2-256", "webli"),
)
MOST_RMS = 4.0
LEAST_COSINE = 0.995
LEAST_COSINE_BF16 = 0.99
_LEAST_PHOTOS = 30
_BFLOAT16_PHOTOS = 48
# In 1/255: versions of the decoder round differently.
_TOLERANCE = 0.1


@dataclass(frozen=True, slots=True)
class Difference:
    """Of one transform; RMS in 1/255 over all pixels of a photo."""

    model: str
    photos: int
    mean_rms: float
    worst_rms: float


def measure(paths: list[Path], architecture: str, tag: str) -> Difference:
    """How far the encoder's input is from open_clip's own."""
    import open_clip
    from open_clip.transform import PreprocessCfg, image_transform_v2

    from photosort.embed.open_clip_encoder import input_spec

    published = open_clip.get_pretrained_cfg(architecture, tag)
    config = open_clip.get_model_config(architecture)
    keys = ("mean", "std", "interpolation", "resize_mode")
    preprocess = PreprocessCfg(
        size=config["vision_cfg"]["image_size"], **{k: published[k] for k in keys if k in published}
    )
    spec = input_spec(asdict(preprocess))
    transform = image_transform_v2(preprocess, is_train=False)
    transform.transforms = transform.transforms[:-1]  # without normalisation
    found = [rms for path in paths if (rms := _rms(path, spec, transform)) is not None]
    return Difference(
        architecture, len(found), round(float(np.mean(found)), 2), round(float(np.max(found)), 2)
    )


def _rms(path: Path, spec: InputSpec, transform: Any) -> float | None:
    picture = _full(path, spec)
    if picture is None:
        return None
    theirs = np.asarray(transform(picture)).transpose(1, 2, 0) * 255.0
    ours = decode(path, spec, media="image", read_metadata=False).pixels.astype(np.float64)
    return float(np.sqrt(((ours - theirs) ** 2).mean()))


def _full(path: Path, spec: InputSpec) -> Image.Image | None:
    """The photo decoded in full and upright, or None where no shortcut is taken."""
    try:
        with Image.open(path) as opened:
            shortcut = (
                opened.format == "JPEG" and draft_scale(opened.size, spec, longest_px=512) > 1
            )
            profile = opened.info.get("icc_profile")
            if not shortcut or (profile and b"sRGB" not in profile):
                return None
            return ImageOps.exif_transpose(opened).convert("RGB")
    except OSError:
        return None


def starter_cosines(paths: list[Path], encoder: Encoder) -> dict[str, float]:
    """Smallest cosine of the starter's vectors with those of photos decoded in full, by space."""
    spec = encoder.info.input
    pairs = [
        (decode(path, spec, media="image", read_metadata=False).pixels, np.asarray(full))
        for path in paths
        if (picture := _full(path, spec)) is not None
        and (full := picture.resize((spec.edge_px, spec.edge_px), Image.Resampling.BICUBIC))
    ]
    ours, theirs = (encoder.encode_images(np.stack(side)) for side in zip(*pairs, strict=True))
    return {
        space: round(float((ours[space] * theirs[space]).sum(axis=1).min()), 5) for space in ours
    }


def bfloat16_cosine(model: Path, pixels: NDArray[np.uint8]) -> float:
    """Smallest cosine of a model's vectors in bfloat16 with those in float32."""
    from photosort.embed.load import load_encoder

    exact, rounded = (
        load_encoder(str(model), models_dir=model.parent, device="cpu", dtype=dtype).encode_images(
            pixels
        )["semantic"]
        for dtype in ("float32", "bfloat16")
    )
    return float((exact * rounded).sum(axis=1).min())


def run(data: Path, *, work: Path, save_baseline: bool) -> int:
    """Measures, prints beside the baseline, and returns the exit status: 1 where a limit is not kept."""
    from photosort.embed.load import load_encoder

    paths = sorted(p for p in (data / "library").rglob("*") if p.is_file())
    differences = [measure(paths, *model) for model in MODELS]
    starter = load_encoder(models_dir=work / "models", threads=1)
    name = random_vit(work / "models")
    spec = load_encoder(name, models_dir=work / "models", threads=1).info.input
    photos = sorted((data / "captioned" / "images").iterdir())[:_BFLOAT16_PHOTOS]
    pixels = np.stack([decode(path, spec, media="image").pixels for path in photos])
    cosines = starter_cosines(paths, starter)
    rounded = round(bfloat16_cosine(work / "models" / name, pixels), 5)
    results = {
        "input": {one.model: asdict(one) for one in differences},
        "starter_cosine": cosines,
        "bfloat16_cosine": {name: rounded},
    }

    def worse(before: Figures) -> list[str]:
        found = [
            one.model
            for one in differences
            if one.photos < _LEAST_PHOTOS
            or one.worst_rms > min(MOST_RMS, before["input"][one.model]["worst_rms"] + _TOLERANCE)
        ]
        found += [space for space, cosine in cosines.items() if cosine < LEAST_COSINE]
        if rounded < LEAST_COSINE_BF16:
            found.append("bfloat16")
        return found

    return finish(results, BASELINE, save=save_baseline, worse=worse)
