"""Drawn scenes as tagged photos, for measuring tags with a tiny CLIP that was not trained on those scenes."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from benchmarks import scoring_steps
from benchmarks.plain import unit
from benchmarks.scoring_steps import Material
from photosort.embed.load import load_encoder
from photosort.search.centring import centred, photo_centre
from photosort.tagging.prompts import TEMPLATES, TagTexts
from tests.fixtures import tiny_clip

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LOOKS = {
    "circle": ("a round outline", "no corners"),
    "triangle": ("three corners", "a flat base"),
    "cross": ("two bars", "four arms"),
}
_PICTURES_A_SCENE = 12
_CROP = 0.6


def scene_tags() -> list[tuple[str, str | None]]:
    """Tags of a scene and their parents: a shape, a colour; below a shape the same in a colour, and in a number."""
    tops = (*tiny_clip.SHAPES, *tiny_clip.COLOURS)
    found: list[tuple[str, str | None]] = [(name, None) for name in tops]
    for shape in tiny_clip.SHAPES:
        found += [(f"{colour} {shape}", shape) for colour in tiny_clip.COLOURS]
        found += [(f"{count} {shape}", shape) for count in tiny_clip.COUNTS]
    return found


def scene_shows(scenes: list[tiny_clip.Scene]) -> NDArray[np.bool_]:
    """Which scene shows which tag: bool array, shape (scenes, tags)."""
    return np.array(
        [
            [
                name
                in {
                    one.shape,
                    one.colour,
                    f"{one.colour} {one.shape}",
                    f"{tiny_clip.COUNTS[one.count - 1]} {one.shape}",
                }
                for name, _ in scene_tags()
            ]
            for one in scenes
        ]
    )


def tiny_material() -> tuple[list[tuple[NDArray[np.int64], Material]], NDArray[np.float64]]:
    """Scenes that the model never saw, several pictures of each, and what they show."""
    _, unseen = tiny_clip.scenes()
    scenes = [scene for scene in unseen for _ in range(_PICTURES_A_SCENE)]
    rng = random.Random(5)
    pictures = [tiny_clip.draw(scene, rng) for scene in scenes]
    with tempfile.TemporaryDirectory() as models:
        encoder = load_encoder(str(tiny_clip.cached()), models_dir=Path(models), device="cpu")
    edge = tiny_clip.EDGE_PX
    whole = encoder.encode_images(np.stack([np.asarray(one) for one in pictures]))["semantic"]
    centre = photo_centre(whole.mean(0), len(whole), encoder.references.photos["semantic"])
    cut = np.stack([_corners(picture, edge) for picture in pictures])
    parts = encoder.encode_images(cut.reshape(-1, edge, edge, 3))["semantic"]
    crops = centred(parts, centre.vector).reshape(len(pictures), -1, whole.shape[1])
    tags = [_texts(name, parent) for name, parent in scene_tags()]
    names = [name for name, _ in scene_tags()]
    parents = np.array([-1 if one is None else names.index(one) for _, one in scene_tags()])
    contexts = tuple(tiny_clip.PLACES)
    wanted = list(
        dict.fromkeys(
            [t for one in tags for t in one.all] + scoring_steps.context_texts(tags, contexts)
        )
    )
    texts = unit(encoder.encode_texts(wanted) - encoder.references.texts)
    vectors = dict(zip(wanted, texts, strict=True))
    material = Material(
        centred(whole, centre.vector), vectors, tags, parents, contexts, crops=crops
    )
    return [(np.arange(len(scenes)), material)], scene_shows(scenes).astype(np.float64)


def _texts(name: str, parent: str | None) -> TagTexts:
    shape = parent or name
    sentences = tuple(f"{name} {place}" for place in list(tiny_clip.PLACES)[:2])
    return TagTexts(
        names=tuple(template.format(name) for template in TEMPLATES),
        sentences=sentences,
        descriptors=tuple(f"{name}, which has {look}" for look in _LOOKS.get(shape, ())),
    )


def _corners(picture: Image.Image, edge: int) -> NDArray[np.uint8]:
    side = int(edge * _CROP)
    corners = [(x, y) for x in (0, edge - side) for y in (0, edge - side)]
    cut = [picture.crop((x, y, x + side, y + side)).resize((edge, edge)) for x, y in corners]
    return np.stack([np.asarray(one) for one in cut])
