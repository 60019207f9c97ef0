"""Pictures that surely do not show a tag, unlike those of captioned sets, where people are everywhere.

A tag fitted on such sets alone is likely wherever nothing speaks against it: "people" stood on bricks, coins and the
moon. So two more things are known: what a reader saw to be absent from whole classes of `categories`, and textures
that are drawn here, which show nothing at all; receipts show no more. A drawn animal with a face is no child either.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from benchmarks.vectors import CACHE

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from benchmarks.data import Labelled
    from photosort.tagging.vocabulary import Vocabulary

# Tops of the tree and the classes of `categories` in which a reader saw any of it, or was not sure. It is absent from
# all other classes.
SEEN_IN = {
    "people": (
        "butterfly, camera, cannon, chair, dollar bill, electric guitar, helicopter, llama, pizza, saxophone, schooner,"
        " scorpion, stapler, watch, wheelchair, wrench"
    ),
    "animals": (
        "beaver, butterfly, chandelier, crab, crocodile head, hawksbill, kangaroo, llama, mayfly, octopus, panda,"
        " pyramid, scorpion, sea horse, stegosaurus, trilobite, wild cat"
    ),
    "food": "barrel, crab, octopus, pizza",
    "vehicles": "cannon, car side, helicopter, schooner, stop sign, wheelchair, windsor chair",
}
# Of these a texture shows nothing; what it may be said to be stands below other tops.
_NOT_TEXTURES = (
    "activity",
    "animals",
    "event",
    "food",
    "object",
    "people",
    "sport",
    "travel",
    "vehicles",
)
_EDGE_PX = 300
_OF_EACH = 10


def absent(shows: NDArray[np.float64], labelled: Labelled, vocabulary: Vocabulary) -> None:
    """Fills in what a reader saw to be absent from classes, where nothing else is known.

    Args:
        shows: float array, shape (photos of the classes, tags), is changed.
        labelled: the classes.
        vocabulary: the tags.
    """
    tops = _tops(vocabulary)
    for top, classes in SEEN_IN.items():
        there = [label.replace("_", " ") in classes.split(", ") for label in labelled.labels]
        photos = ~labelled.has[:, np.array(there)].any(axis=1)
        block = np.ix_(photos, tops == top)
        part = shows[block]
        shows[block] = np.where(np.isnan(part), 0.0, part)


def of_animals(count: int, vocabulary: Vocabulary) -> NDArray[np.float64]:
    """What drawn animals and things show, shape (count, tags): no people, and nobody looked for more."""
    return np.tile(np.where(_tops(vocabulary) == "people", 0.0, np.nan), (count, 1))


def of_textures(count: int, vocabulary: Vocabulary) -> NDArray[np.float64]:
    """What textures show, shape (count, tags): nothing, as far as that can be said."""
    nothing = np.where(np.isin(_tops(vocabulary), _NOT_TEXTURES), 0.0, np.nan)
    return np.tile(nothing, (count, 1))


def _tops(vocabulary: Vocabulary) -> NDArray[np.str_]:
    above = [vocabulary.ancestors(tag.key) for tag in vocabulary]
    return np.array(
        [found[-1].key if found else tag.key for tag, found in zip(vocabulary, above, strict=True)]
    )


def receipts(folder: Path) -> list[Path]:
    """The receipts of the set of kinds of picture."""
    return sorted((folder / "kinds" / "receipt").iterdir())


def drawn_animals(folder: Path) -> list[Path]:
    """The clip art of the set of kinds of picture that shows no person: an animal, a guitar, a house."""
    found = (folder / "kinds" / "cartoon_clipart").iterdir()
    return sorted(path for path in found if not path.name.startswith("person"))


def textures() -> list[Path]:
    """Drawn textures as files in the cache, always the same."""
    folder = CACHE / "textures"
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for kind, draw in _KINDS.items():
        for number in range(_OF_EACH):
            path = folder / f"{kind}-{number}.png"
            if not path.is_file():
                rng = np.random.default_rng([number, *kind.encode()])
                unfinished = path.with_suffix(".part.png")
                draw(rng).save(unfinished)
                unfinished.replace(path)
            paths.append(path)
    return paths


def _noise(rng: np.random.Generator) -> Image.Image:
    """Grains of one size and tint, as gravel and grass have."""
    cells = int(rng.integers(20, 200))
    grey = rng.normal(rng.uniform(70, 180), rng.uniform(15, 50), (cells, cells, 1))
    colours = grey + rng.normal(0, 8, (1, 1, 3)) + rng.normal(0, 5, (cells, cells, 3))
    picture = Image.fromarray(np.clip(colours, 0, 255).astype(np.uint8))
    return picture.resize((_EDGE_PX, _EDGE_PX), Image.Resampling.BICUBIC)


def _gradient(rng: np.random.Generator) -> Image.Image:
    ends = rng.integers(0, 256, (2, 3)).astype(float)
    across = np.linspace(0, 1, _EDGE_PX)[:, None, None] * np.ones((1, _EDGE_PX, 1))
    if rng.random() < 0.5:
        across = across.transpose(1, 0, 2)
    colours = ends[0] * (1 - across) + ends[1] * across
    return Image.fromarray(colours.astype(np.uint8))


def _stripes(rng: np.random.Generator) -> Image.Image:
    picture, pen = _ground(rng)
    step = int(rng.integers(6, 40))
    tint = _tint(rng)
    for at in range(-_EDGE_PX, _EDGE_PX, step):
        lean = int(rng.integers(0, 2) * _EDGE_PX)
        pen.line((at, 0, at + lean, _EDGE_PX), tint, max(1, step // 3))
    return picture


def _bricks(rng: np.random.Generator) -> Image.Image:
    picture, pen = _ground(rng)
    height = int(rng.integers(16, 50))
    width = height * int(rng.integers(2, 4))
    for row, y in enumerate(range(0, _EDGE_PX, height)):
        for x in range(-(row % 2) * width // 2, _EDGE_PX, width):
            shade = tuple(
                int(part)
                for part in np.clip(np.array([150, 90, 70]) + rng.normal(0, 18, 3), 0, 255)
            )
            pen.rectangle((x + 2, y + 2, x + width - 2, y + height - 2), shade)
    return picture.filter(ImageFilter.GaussianBlur(1))


def _discs(rng: np.random.Generator) -> Image.Image:
    """Discs apart from one another, as coins on a table lie."""
    picture, pen = _ground(rng)
    step = int(rng.integers(40, 90))
    for y in range(step // 2, _EDGE_PX, step):
        for x in range(step // 2, _EDGE_PX, step):
            radius = step * float(rng.uniform(0.25, 0.45))
            box = (x - radius, y - radius, x + radius, y + radius)
            pen.ellipse(box, _tint(rng), outline=_tint(rng), width=3)
    return picture


def _lines_of_text(rng: np.random.Generator) -> Image.Image:
    picture = Image.new("RGB", (_EDGE_PX, _EDGE_PX), (250, 248, 240))
    pen = ImageDraw.Draw(picture)
    height = int(rng.integers(8, 18))
    for y in range(height, _EDGE_PX - height, 2 * height):
        x = 20
        while x < _EDGE_PX - 30:
            word = int(rng.integers(8, 45))
            pen.rectangle((x, y, min(x + word, _EDGE_PX - 20), y + height // 2), (40, 40, 40))
            x += word + 6
    return picture


def _points(rng: np.random.Generator) -> Image.Image:
    """Bright points on black, as the night sky has."""
    picture = Image.new("RGB", (_EDGE_PX, _EDGE_PX), (4, 4, 8))
    pen = ImageDraw.Draw(picture)
    for _ in range(int(rng.integers(40, 400))):
        x, y = rng.uniform(0, _EDGE_PX, 2)
        radius = float(rng.exponential(1.2))
        light = int(rng.integers(120, 256))
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), (light, light, light))
    return picture.filter(ImageFilter.GaussianBlur(0.7))


def _clouds(rng: np.random.Generator) -> Image.Image:
    """Noise at many scales."""
    total = np.zeros((_EDGE_PX, _EDGE_PX))
    for cells in (4, 8, 16, 32, 64):
        layer = Image.fromarray(rng.uniform(0, 255, (cells, cells)).astype(np.uint8))
        wide = layer.resize((_EDGE_PX, _EDGE_PX), Image.Resampling.BICUBIC)
        total += np.asarray(wide, dtype=float) / cells
    share = (total - total.min()) / np.ptp(total)
    ends = rng.integers(0, 256, (2, 3)).astype(float)
    colours = ends[0] * (1 - share[..., None]) + ends[1] * share[..., None]
    return Image.fromarray(colours.astype(np.uint8))


def _ground(rng: np.random.Generator) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture = Image.new("RGB", (_EDGE_PX, _EDGE_PX), _tint(rng))
    return picture, ImageDraw.Draw(picture)


def _tint(rng: np.random.Generator) -> tuple[int, int, int]:
    red, green, blue = rng.integers(30, 230, 3).tolist()
    return red, green, blue


_KINDS: dict[str, Callable[[np.random.Generator], Image.Image]] = {
    "noise": _noise,
    "gradient": _gradient,
    "stripes": _stripes,
    "bricks": _bricks,
    "discs": _discs,
    "text": _lines_of_text,
    "points": _points,
    "clouds": _clouds,
}
