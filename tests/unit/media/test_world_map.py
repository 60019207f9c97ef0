from __future__ import annotations

import numpy as np
import pytest

from photosort.media.world_map import (
    MARGIN,
    Level,
    Shape,
    from_plane,
    to_plane,
    world_map,
)
from photosort.paths import resources
from photosort.search.areas import inside


def covers(level: Level, shape: Shape, latitude: float, longitude: float) -> bool:
    """Whether a place lies in the rings of a shape."""
    point = to_plane([latitude], [longitude])
    side = 1 << level.depth
    column, row = np.floor(point[0] * side).astype(int).tolist()
    points, starts = level.rings(column, row, shape)
    rings = np.split(points, starts[1:]) if len(points) else []
    return sum(bool(inside(point, ring)[0]) for ring in rings) % 2 == 1


@pytest.mark.parametrize("level", range(3))
@pytest.mark.parametrize(
    ("where", "is_land", "is_lake"),
    [
        ((48.85, 2.35), True, False),
        ((-25.0, 134.0), True, False),
        ((64.0, 26.0), True, False),
        ((0.0, -30.0), False, False),
        ((45.0, -40.0), False, False),
        # Lake Superior, and the Caspian Sea, which is sea here.
        ((47.7, -87.5), True, True),
        ((42.0, 51.0), False, False),
    ],
)
def test_land_sea_and_lakes_are_where_they_are(
    level: int, where: tuple[float, float], is_land: bool, is_lake: bool
) -> None:
    held = world_map().levels[level]
    assert covers(held, Shape.LAND, *where) == is_land
    assert covers(held, Shape.LAKE, *where) == is_lake


def test_a_border_runs_between_two_countries() -> None:
    for level in world_map().levels:
        side = 1 << level.depth
        column, row = np.floor(to_plane(49.5, 7.0) * side).astype(int).tolist()
        points, _ = level.rings(column, row, Shape.BORDER)
        # France and Germany meet at the Rhine's bend near Lauterbourg.
        away = np.linalg.norm(points - to_plane(48.97, 8.23), axis=1).min()
        assert away < 1 / 2**10


def test_cells_hold_nothing_beyond_their_margin() -> None:
    for level in world_map().levels:
        side = 1 << level.depth
        for cell in np.flatnonzero(np.diff(level.cells))[:50].tolist():
            column, row = cell % side, cell // side
            points, _ = level.rings(column, row, Shape.LAND)
            within = points * side - (column, row)
            assert (within >= -MARGIN - 1e-9).all()
            assert (within <= 1 + MARGIN + 1e-9).all()


def test_the_level_follows_the_zoom() -> None:
    world = world_map()
    assert [world.level_at(zoom) for zoom in (0, 3.5, 6, 20)] == [
        world.levels[0],
        world.levels[0],
        world.levels[1],
        world.levels[2],
    ]


def test_names_of_countries_stand_in_them() -> None:
    world = world_map()
    place = dict(zip(world.country_codes, world.country_points.tolist(), strict=True))
    latitude, longitude = from_plane(*place["PT"])
    assert 37 < latitude < 42
    assert -9.5 < longitude < -6
    assert (np.diff(world.country_zooms) >= 0).all()


@pytest.mark.parametrize("where", [(0.0, 0.0), (38.72, -9.14), (-33.9, 151.2), (85.0, 180.0)])
def test_the_plane_and_back(where: tuple[float, float]) -> None:
    x, y = to_plane(*where).tolist()
    assert from_plane(x, y) == pytest.approx(where)


def test_the_poles_lie_at_the_edge() -> None:
    assert to_plane([90, -90], [0, 0]) == pytest.approx(np.array([[0.5, 0], [0.5, 1]]))


def test_the_file_stays_small() -> None:
    assert (resources() / "map" / "world.npz").stat().st_size <= 3_000_000
