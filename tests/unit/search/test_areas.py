from __future__ import annotations

import numpy as np
import pytest

from photosort.search.areas import near, within

LISBON, PORTO, SYDNEY = (38.7223, -9.1393), (41.1496, -8.6110), (-33.8688, 151.2093)
FIJI, SAMOA = (-17.0, 179.5), (-17.0, -179.5)


def arrays(*points: tuple[float, float]) -> tuple[np.ndarray, np.ndarray]:
    where = np.array(points)
    return where[:, 0], where[:, 1]


@pytest.mark.parametrize(
    ("place", "km", "expected"),
    [
        (LISBON, 1, [True, False, False]),
        # 273.9 km by the great circle.
        (LISBON, 273, [True, False, False]),
        (LISBON, 275, [True, True, False]),
        (SYDNEY, 20_100, [True, True, True]),
    ],
)
def test_near_by_the_great_circle(
    place: tuple[float, float], km: float, expected: list[bool]
) -> None:
    assert near(*arrays(LISBON, PORTO, SYDNEY), place, km).tolist() == expected


def test_near_across_the_180th_meridian() -> None:
    assert near(*arrays(FIJI, SAMOA), FIJI, 110).tolist() == [True, True]


def test_near_a_pole() -> None:
    assert near(*arrays((89.9, 0.0), (89.9, 180.0)), (90.0, 77.0), 20).tolist() == [True, True]


@pytest.mark.parametrize(
    ("corners", "expected"),
    [
        (((38.0, -10.0), (39.0, -9.0)), [True, False, False, False]),
        (((-90.0, -180.0), (90.0, 180.0)), [True, True, True, True]),
        (((-20.0, 179.0), (-10.0, -179.0)), [False, False, True, True]),
        (((-20.0, -179.0), (-10.0, 179.0)), [False, False, False, False]),
        (((38.0, -10.0), (42.0, -10.0), (42.0, -8.9)), [False, False, False, False]),
        (((38.0, -10.0), (42.0, -10.0), (42.0, -7.0), (38.0, -7.0)), [True, True, False, False]),
    ],
)
def test_within_corners(corners: tuple[tuple[float, float], ...], expected: list[bool]) -> None:
    assert within(*arrays(LISBON, PORTO, FIJI, SAMOA), corners).tolist() == expected
