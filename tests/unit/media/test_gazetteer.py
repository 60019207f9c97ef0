from __future__ import annotations

import numpy as np
import pytest

from photosort.media.gazetteer import Gazetteer, gazetteer

PLACES = {
    "Lisbon": (38.711, -9.13),  # its district Alfama has an entry of its own
    "New York City": (40.7127, -74.006),
    "Newark": (40.7357, -74.1724),  # within the reach of New York, but in New Jersey
    "Tokyo": (35.68, 139.76),
    "Yosemite Valley": (37.746, -119.53),
}


@pytest.mark.parametrize("town", PLACES)
def test_a_place_has_the_name_that_people_use(town: str) -> None:
    latitude, longitude = PLACES[town]
    (found,) = gazetteer().names(np.array([latitude]), np.array([longitude]))
    assert found.town == town


def test_names_keep_the_order_of_the_places() -> None:
    where = np.array(list(PLACES.values()))
    found = gazetteer().names(where[:, 0], where[:, 1])
    assert [place.town for place in found] == list(PLACES)
    assert str(found[0]) == "Lisbon, Lisbon, Portugal"


def test_the_middle_of_the_sea_has_no_name() -> None:
    (found,) = gazetteer().names(np.array([-48.0]), np.array([-125.0]))
    assert str(found) == ""


def test_no_places() -> None:
    assert gazetteer().names(np.zeros(0), np.zeros(0)) == []


def test_the_seam_of_degrees_parts_no_neighbours() -> None:
    rows = [
        {
            "country_code": "FJ",
            "city": "West",
            "latitude": 0,
            "longitude": 179.9,
            "population": 9000,
        },
        {
            "country_code": "FJ",
            "city": "East",
            "latitude": 0,
            "longitude": -170,
            "population": 9000,
        },
        {"country_code": "FJ", "city": "City", "latitude": 50, "longitude": 0, "population": 90000},
    ]
    (found,) = Gazetteer(rows, {"FJ": "Fiji"}).names(np.array([0.0]), np.array([-179.95]))  # type: ignore[arg-type]
    assert (found.town, found.country) == ("West", "Fiji")
