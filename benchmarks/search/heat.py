"""Whether the heat map is hottest where the thing is: grids of nine photos in unequal tiles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from benchmarks.data import labelled
from benchmarks.search import mosaics
from benchmarks.search.scene import Measured, texts
from benchmarks.vectors import cached
from photosort.domain.encoders import SeesParts
from photosort.search.centring import centred

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from photosort.domain.encoders import Encoder

_GRIDS = 200
_FINER = 2


def measure(encoder: Encoder, data: Path) -> dict[str, Measured]:
    """The share of grids whose hottest part lies in the tile that was asked for."""
    test = labelled(data / "categories")
    grids = mosaics.grids(test, _GRIDS)
    names = texts(encoder, [label.replace("_", " ") for label in test.labels])
    truth = test.has.argmax(1)
    edge = encoder.info.input.edge_px * _FINER
    centre = encoder.references.photos["semantic"]

    def compute() -> dict[str, NDArray[np.float32]]:
        hottest = []
        for grid in grids:
            if not isinstance(encoder, SeesParts):
                raise TypeError("this encoder does not see parts")
            drawn = mosaics.drawn(test.paths, grid).resize((edge, edge), Image.Resampling.BICUBIC)
            parts = centred(encoder.encode_parts(np.asarray(drawn)[None])[0], centre)
            rows, columns, _ = parts.shape
            for photo in grid.photos:
                place = int((parts @ names[truth[photo]]).argmax())
                row, column = divmod(place, columns)
                hottest.append(((column + 0.5) / columns, (row + 0.5) / rows))
        return {"hottest": np.array(hottest, np.float32)}

    found = cached(["grids", str(_GRIDS), encoder.info.version], compute)["hottest"]
    right = np.array(
        [
            mosaics.tile_at(grid, float(x), float(y)) == tile
            for grid, points in zip(grids, found.reshape(len(grids), 9, 2), strict=True)
            for tile, (x, y) in enumerate(points)
        ]
    ).reshape(len(grids), 9)
    asked = right[np.arange(len(grids)), [grid.asked for grid in grids]]
    return {
        f"heat map in the right tile, {_GRIDS} grids": Measured(float(asked.mean()), 0.7),
        "heat map in the right tile, every tile asked for": Measured(float(right.mean())),
    }
