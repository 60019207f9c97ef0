"""What the encoder gets to see, against what its makers' own preprocessing would show it.

    python -m benchmarks.preprocessing --data DIR [--out FILE.json]

Only photos on which a shortcut is really taken count: JPEGs that the decoder makes smaller while it decodes.
The reference decodes in full, turns the photo upright, and applies open_clip's transform without normalisation.
Photos with a colour profile other than sRGB are left out: open_clip ignores the profile, Photosort does not.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageOps

from photosort.embed.torchvision_ops import make_importable
from photosort.media.decode import decode
from photosort.media.geometry import draft_scale

make_importable()

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.encoders import Encoder
    from photosort.domain.pictures import InputSpec

MODELS = (
    ("ViT-B-32", "laion2b_s34b_b79k"),
    ("MobileCLIP2-S0", "dfndr2b"),
    ("ViT-B-32-SigLIP2-256", "webli"),
)
MOST_RMS = 4.0
LEAST_COSINE = 0.995
LEAST_COSINE_BF16 = 0.99


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


def main() -> int:
    """Measures, prints, and returns 1 where a limit is not kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.preprocessing", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the named sets")
    parser.add_argument("--model", type=Path, help="an open_clip model folder, for bfloat16")
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    from photosort.embed.load import load_encoder

    paths = sorted(p for p in (arguments.data / "library").rglob("*") if p.is_file())
    differences = [measure(paths, *model) for model in MODELS]
    starter = load_encoder(models_dir=arguments.data, threads=1)
    cosines = starter_cosines(paths, starter)
    results: dict[str, object] = {
        "input": [asdict(one) for one in differences],
        "starter_cosine": cosines,
    }
    bad = [one.model for one in differences if one.worst_rms > MOST_RMS or one.photos < 30]
    bad += [space for space, cosine in cosines.items() if cosine < LEAST_COSINE]
    if arguments.model is not None:
        photos = sorted((arguments.data / "captioned" / "images").iterdir())[:48]
        encoder = load_encoder(str(arguments.model), models_dir=arguments.model.parent, threads=1)
        pixels = np.stack([decode(p, encoder.info.input, media="image").pixels for p in photos])
        cosine = bfloat16_cosine(arguments.model, pixels)
        results["bfloat16_cosine"] = {arguments.model.name: round(cosine, 5)}
        if cosine < LEAST_COSINE_BF16:
            bad.append("bfloat16")
    print(json.dumps(results, indent=2))
    if arguments.out is not None:
        arguments.out.write_text(json.dumps(results, indent=2) + "\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
