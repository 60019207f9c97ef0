"""Parts of the earth that a query names: around a place, and within corners."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.query import Point

    Mask = NDArray[np.bool_]

_EARTH_KM = 6371.0
_WHOLE_TURN = 360.0


def near(
    latitudes: NDArray[np.float64], longitudes: NDArray[np.float64], place: Point, most_km: float
) -> Mask:
    """Which places lie less than a distance from one, along the great circle (haversine).

    Args:
        latitudes: degrees, shape (n,).
        longitudes: degrees, shape (n,).
        place: latitude and longitude.
        most_km: the distance.
    """
    north, there = np.radians(latitudes), np.radians(place[0])
    east = np.radians(longitudes - place[1])
    half = np.sin((north - there) / 2) ** 2 + np.cos(north) * np.cos(there) * np.sin(east / 2) ** 2
    km = 2 * _EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return np.asarray(km < most_km)


def within(
    latitudes: NDArray[np.float64], longitudes: NDArray[np.float64], corners: tuple[Point, ...]
) -> Mask:
    """Which places lie within two opposite corners, the south-western one first, or within a polygon.

    A rectangle whose first longitude is the larger one crosses the 180th meridian.

    Args:
        latitudes: degrees, shape (n,).
        longitudes: degrees, shape (n,).
        corners: latitude and longitude of each.
    """
    if len(corners) > 2:
        return inside(np.stack([latitudes, longitudes], axis=1), np.array(corners))
    (south, west), (north, east) = corners
    from_west = (longitudes - west) % _WHOLE_TURN
    # From -180 to 180 degrees is the whole way round, not none of it.
    wide = (east - west) % _WHOLE_TURN or (_WHOLE_TURN if east > west else 0.0)
    return np.asarray((latitudes >= south) & (latitudes <= north) & (from_west <= wide))


def inside(points: NDArray[np.floating], corners: NDArray[np.floating]) -> Mask:
    """Which points lie in a polygon: the crossing test, all points at once for each edge.

    Args:
        points: shape (n, 2).
        corners: shape (m, 2).
    """
    found = np.zeros(len(points), np.bool_)
    first, second = points[:, 0], points[:, 1]
    for (ax, ay), (bx, by) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        crosses = (second < ay) != (second < by)
        with np.errstate(divide="ignore", invalid="ignore"):
            edge = ax + (second - ay) * (bx - ax) / (by - ay)
        found ^= crosses & (first < edge)
    return found
