"""The land, lakes and borders of the world on a plane, as the map draws them, and the plane itself.

The plane is Web-Mercator's square: x from west to east and y from north to south, each between 0 and 1. It ends at
85.05 degrees north and south.

`resources/map/world.npz` holds Natural Earth's 1:10m lines in three levels of detail. Each level has a grid of
2^depth by 2^depth cells, and these arrays, with the depth in their names:

* ``points``: uint8, shape (4, n): low and high bytes of x, then those of y, each the difference to the point before
  (modulo 2^16). 0 to `STEPS` goes from one edge of a cell to the other, its margin included (`MARGIN` of a cell on
  each side, so that what is drawn cell by cell has no seams).
* ``parts``: int32, where each ring or line begins in the points, and at last their number.
* ``shapes``: uint8, what each part is (`Shape`).
* ``cells``: int32, where each cell begins in the parts, row by row from the north-west, and at last their number.

``country_codes`` (ISO 3166-1, two letters), ``country_points`` (float32, on the plane) and ``country_zooms`` (from
which zoom on, as `level_at` counts them) tell where names of countries stand. `tools.world_map` makes the file.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

from photosort.paths import resources

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

MARGIN = 1 / 32
STEPS = 8191
NORTHERNMOST = math.degrees(math.atan(math.sinh(math.pi)))
# Up to which zoom each depth is detailed enough: at zoom z the world is 256 * 2^z pixels wide.
_DEPTHS = ((2, 3.5), (5, 6.5), (7, math.inf))


class Shape(IntEnum):
    """What a part is: rings of land and lakes, lines of borders."""

    LAND = 0
    LAKE = 1
    BORDER = 2


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """The world in one level of detail; the arrays of the file.

    Attributes:
        depth: the grid has 2^depth by 2^depth cells.
        points: uint16, shape (n, 2), in steps.
    """

    depth: int
    cells: NDArray[np.int32]
    shapes: NDArray[np.uint8]
    parts: NDArray[np.int32]
    points: NDArray[np.uint16]

    def rings(
        self, column: int, row: int, shape: Shape
    ) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """The parts of one shape in a cell.

        Returns:
            Their points on the plane, float64, shape (n, 2), and where each part begins in them.
        """
        side = 1 << self.depth
        first, last = self.cells[row * side + column : row * side + column + 2].tolist()
        chosen = first + np.flatnonzero(self.shapes[first:last] == shape)
        lengths = self.parts[chosen + 1] - self.parts[chosen]
        starts = np.cumsum(lengths) - lengths
        rows = np.arange(int(lengths.sum())) + np.repeat(self.parts[chosen] - starts, lengths)
        within = self.points[rows] / STEPS * (1 + 2 * MARGIN) - MARGIN
        return (within + np.array([column, row])) / side, starts


@dataclass(frozen=True, slots=True, eq=False)
class WorldMap:
    """The whole file.

    Attributes:
        levels: from coarse to fine.
        country_codes: ISO 3166-1, two letters.
        country_points: where their names stand, float32, shape (n, 2).
        country_zooms: from which zoom on; float32, the smallest first.
    """

    levels: tuple[Level, ...]
    country_codes: tuple[str, ...]
    country_points: NDArray[np.float32]
    country_zooms: NDArray[np.float32]

    def level_at(self, zoom: float) -> Level:
        """The level that is detailed enough where the world is 256 * 2^zoom device pixels wide."""
        number = next(i for i, (_, most) in enumerate(_DEPTHS) if zoom <= most)
        return self.levels[number]


@functools.cache
def world_map() -> WorldMap:
    """The one that Photosort brings; its first call reads the file, which takes 30 ms."""
    with np.load(resources() / "map" / "world.npz", allow_pickle=False) as held:
        levels = tuple(
            Level(
                depth,
                held[f"cells_{depth}"],
                held[f"shapes_{depth}"],
                held[f"parts_{depth}"],
                _points(held[f"points_{depth}"]),
            )
            for depth, _ in _DEPTHS
        )
        codes = tuple(held["country_codes"].tolist())
        return WorldMap(levels, codes, held["country_points"], held["country_zooms"])


def _points(differences: NDArray[np.uint8]) -> NDArray[np.uint16]:
    steps = np.ascontiguousarray(differences.T).view("<u2")
    return np.cumsum(steps, axis=0, dtype=np.uint16)


def to_plane(latitudes: ArrayLike, longitudes: ArrayLike) -> NDArray[np.float64]:
    """Where places lie on the plane.

    Args:
        latitudes: degrees, shape (n,); the poles come to lie at the edge.
        longitudes: degrees, shape (n,).

    Returns:
        float64, shape (n, 2).
    """
    north = np.radians(np.clip(latitudes, -NORTHERNMOST, NORTHERNMOST))
    x = np.asarray(longitudes, np.float64) / 360 + 0.5
    y = 0.5 - np.arcsinh(np.tan(north)) / (2 * np.pi)
    return np.stack([x, np.clip(y, 0, 1)], axis=-1)


def from_plane(x: float, y: float) -> tuple[float, float]:
    """Latitude and longitude of a point of the plane, in degrees."""
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y)))), (x - 0.5) * 360
