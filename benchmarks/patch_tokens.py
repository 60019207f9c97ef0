"""Whether patch tokens show where a query matched, beside covering parts: a small CLIP with a vision transformer.

    python -m benchmarks.patch_tokens [--seed 0]

Trains one on drawn pictures (some minutes), then asks for one of two things that lie in opposite halves of a picture:
the share of pictures whose hottest place lies in the right half. "values" are the tokens that the last block makes of a
patch alone, without looking at the others (MaskCLIP, Zhou et al. 2022).
"""

from __future__ import annotations

import argparse
import random
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import numpy as np
import torch

from benchmarks.quality_stats import difference
from benchmarks.search.scene import texts
from photosort.embed.load import load_encoder
from photosort.usecases.search.explanations import occluded
from tests.fixtures import tiny_clip

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_STEPS = 700
_PICTURES = 300
_VISION = {
    "image_size": tiny_clip.EDGE_PX,
    "layers": 3,
    "width": 96,
    "head_width": 32,
    "patch_size": 16,
}
_OPPOSITE = {
    "on the left": "on the right",
    "on the right": "on the left",
    "at the top": "at the bottom",
    "at the bottom": "at the top",
}
_MODEL_CONFIG = tiny_clip.model_config
_ROWS = np.arange(_PICTURES)


def main() -> None:
    """Trains, measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    seed: int = parser.parse_args().seed
    with tempfile.TemporaryDirectory() as folder:
        with patch.object(tiny_clip, "model_config", _with_transformer):
            model = tiny_clip.train(Path(folder) / "vit", seed=seed, steps=_STEPS)
        encoder = load_encoder(str(model), models_dir=Path(folder), device="cpu", dtype="float32")
    visual = encoder._steady.model.model.visual  # type: ignore[attr-defined]
    rng = random.Random(seed)
    right: dict[str, list[bool]] = {"occlusion": [], "tokens": [], "values": []}
    for _ in range(_PICTURES):
        pixels, wanted = _picture(rng)
        asked = texts(encoder, [f"one {wanted.colour} {wanted.shape}"])
        maps = {
            "occlusion": occluded(encoder, pixels, encoder.references.texts, asked),
            "tokens": _tokens(visual, pixels, values=False) @ asked[0],
            "values": _tokens(visual, pixels, values=True) @ asked[0],
        }
        for way, heat in maps.items():
            row, column = np.unravel_index(int(heat.argmax()), heat.shape)
            x, y = (column + 0.5) / heat.shape[1], (row + 0.5) / heat.shape[0]
            there = tiny_clip.PLACES[wanted.place]
            right[way].append(bool((x - 0.5) * (there[0] - 0.5) + (y - 0.5) * (there[1] - 0.5) > 0))
    for way, found in right.items():
        above = difference(np.array(found, float), np.array(right["occlusion"], float), _ROWS)
        print(f"{way:10} {np.mean(found):.3f}  above occlusion {above}")


def _with_transformer(dim: int) -> dict[str, object]:
    return {**_MODEL_CONFIG(dim), "vision_cfg": _VISION}


def _picture(rng: random.Random) -> tuple[NDArray[np.uint8], tiny_clip.Scene]:
    """Two things of other colour and shape in opposite halves, and the one that is asked for."""
    place = rng.choice(list(_OPPOSITE))
    colours, shapes = rng.sample(list(tiny_clip.COLOURS), 2), rng.sample(tiny_clip.SHAPES, 2)
    wanted, other = (
        tiny_clip.Scene(1, colour, shape, where)
        for colour, shape, where in zip(colours, shapes, (place, _OPPOSITE[place]), strict=True)
    )
    picture = np.array(tiny_clip.draw(wanted, rng))
    x, y = tiny_clip.PLACES[other.place]
    down, along = np.indices(picture.shape[:2]) / len(picture) - 0.5
    theirs = along * (x - 0.5) + down * (y - 0.5) > 0
    picture[theirs] = np.asarray(tiny_clip.draw(other, rng))[theirs]
    return picture, wanted


def _tokens(visual: Any, pixels: NDArray[np.uint8], *, values: bool) -> Floats:
    """Vectors of the patches: float32 array, shape (rows, columns, dim), unit length."""
    with torch.inference_mode():
        scaled = (torch.from_numpy(pixels).permute(2, 0, 1)[None] / 255.0 - 0.5) / 0.25
        seen = visual._embeds(scaled)
        *blocks, last = visual.transformer.resblocks
        for block in blocks:
            seen = block(seen)
        if values:
            width = seen.shape[-1]
            alone = torch.nn.functional.linear(
                last.ln_1(seen), last.attn.in_proj_weight[-width:], last.attn.in_proj_bias[-width:]
            )
            seen = last.attn.out_proj(alone)
        else:
            seen = last(seen)
        patches = visual.ln_post(seen)[0, 1:] @ visual.proj
        rows = torch.nn.functional.normalize(patches, dim=1).numpy()
    edge = round(len(rows) ** 0.5)
    return np.asarray(rows.reshape(edge, edge, -1), np.float32)


if __name__ == "__main__":
    main()
