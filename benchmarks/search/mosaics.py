"""Photos put together from photos whose labels are known, so that it is known what lies where in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageOps

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from benchmarks.data import Labelled

PAIRS = 40
EACH = 30
_TILE_PX = 224
_GRID_PX = 780


@dataclass(frozen=True, slots=True)
class Pair:
    """Two classes and mosaics of two photos each.

    Attributes:
        wanted, unwanted: places of the classes in the labels.
        halves: int array, shape (3 x 30, 2), the photos left and right: wanted beside unwanted, wanted
            beside another class, unwanted beside another class.
    """

    wanted: int
    unwanted: int
    halves: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Grid:
    """3 x 3 photos of nine classes, in tiles of unequal size that begin anywhere.

    Attributes:
        photos: shape (9,), row by row.
        columns, rows: shape (4,), where the tiles begin and end, as shares of the width and the height.
        asked: the tile that is asked for.
    """

    photos: NDArray[np.int64]
    columns: NDArray[np.float64]
    rows: NDArray[np.float64]
    asked: int


def pairs(labelled: Labelled, *, seed: int = 0) -> list[Pair]:
    """40 pairs of classes, each class once wanted and once not, with their mosaics."""
    rng = np.random.default_rng(seed)
    truth = labelled.has.argmax(1)
    classes = rng.permutation(len(labelled.labels))[:PAIRS]
    found = []
    for wanted, unwanted in zip(classes, np.roll(classes, 1), strict=True):
        own, bad = np.flatnonzero(truth == wanted), np.flatnonzero(truth == unwanted)
        other = np.flatnonzero((truth != wanted) & (truth != unwanted))
        halves = np.concatenate(
            [
                np.stack([rng.choice(left, EACH), rng.choice(right, EACH)], axis=1)
                for left, right in ((own, bad), (own, other), (bad, other))
            ]
        )
        found.append(Pair(int(wanted), int(unwanted), rng.permuted(halves, axis=1)))
    return found


def side_by_side(paths: list[Path], halves: NDArray[np.int64], edge_px: int) -> NDArray[np.uint8]:
    """Mosaics as the encoder sees them: uint8 array, shape (n, edge_px, edge_px, 3)."""
    tiles = {int(photo): _tile(paths[photo], _TILE_PX, _TILE_PX) for photo in np.unique(halves)}
    made = []
    for left, right in halves.tolist():
        canvas = Image.new("RGB", (2 * _TILE_PX, _TILE_PX))
        canvas.paste(tiles[left], (0, 0))
        canvas.paste(tiles[right], (_TILE_PX, 0))
        made.append(np.asarray(canvas.resize((edge_px, edge_px), Image.Resampling.BICUBIC)))
    return np.stack(made)


def grids(labelled: Labelled, count: int, *, seed: int = 0) -> list[Grid]:
    """Grids of nine classes each; each tile takes between a fifth and a half of its side."""
    rng = np.random.default_rng(seed)
    truth = labelled.has.argmax(1)
    found = []
    for _ in range(count):
        classes = rng.permutation(len(labelled.labels))[:9]
        photos = np.array([rng.choice(np.flatnonzero(truth == one)) for one in classes])
        found.append(Grid(photos, _cuts(rng), _cuts(rng), int(rng.integers(9))))
    return found


def drawn(paths: list[Path], grid: Grid) -> Image.Image:
    """A grid as a picture."""
    canvas = Image.new("RGB", (_GRID_PX, _GRID_PX))
    for place, photo in enumerate(grid.photos.tolist()):
        row, column = divmod(place, 3)
        left, right = (grid.columns[column : column + 2] * _GRID_PX).round().astype(int).tolist()
        top, bottom = (grid.rows[row : row + 2] * _GRID_PX).round().astype(int).tolist()
        canvas.paste(_tile(paths[photo], right - left, bottom - top), (left, top))
    return canvas


def tile_at(grid: Grid, x: float, y: float) -> int:
    """The tile at a place given as shares of width and height."""
    column = int(np.clip(np.searchsorted(grid.columns, x, side="right") - 1, 0, 2))
    row = int(np.clip(np.searchsorted(grid.rows, y, side="right") - 1, 0, 2))
    return 3 * row + column


def _cuts(rng: np.random.Generator) -> NDArray[np.float64]:
    shares = rng.uniform(0.2, 0.5, 3)
    return np.concatenate([[0.0], np.cumsum(shares / shares.sum())])


def _tile(path: Path, width: int, height: int) -> Image.Image:
    with Image.open(path) as picture:
        return ImageOps.fit(picture.convert("RGB"), (width, height), Image.Resampling.BICUBIC)


def batches(images: NDArray[np.uint8], size: int = 16) -> Iterator[NDArray[np.uint8]]:
    """The images in parts."""
    for start in range(0, len(images), size):
        yield images[start : start + size]
