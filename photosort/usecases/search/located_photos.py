"""Photos by where they were taken: near a place, or in an area."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from photosort.domain.query import Area
from photosort.search.areas import near, within
from photosort.search.query_language.fields import read_point
from photosort.store.tables import place_names

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.query import Near, Point
    from photosort.store.db.database import Store


def located_ids(store: Store, where: Near | Area) -> NDArray[np.int64]:
    """Photos taken near a place or in an area: int64 array of ids; none where nobody knows the place."""
    ids, latitudes, longitudes = place_names.located(store)
    if isinstance(where, Area):
        return np.asarray(ids[within(latitudes, longitudes, where.corners)])
    place = find_place(store, where.place)
    if place is None:
        return np.empty(0, np.int64)
    return np.asarray(ids[near(latitudes, longitudes, place, where.km)])


def find_place(store: Store, name: str) -> Point | None:
    """Where a place lies: its coordinates, the largest town of that name, or where photos that name it were taken.

    Raises:
        EnvironmentProblem: the list of places is not installed.
    """
    written = read_point(name)
    if written is not None:
        return written
    # Brings SciPy and the towns of the world along.
    from photosort.media.place_finder import gazetteer

    town = gazetteer().find(name)
    if town is not None:
        return town
    _, named = place_names.photos_in(store, name)
    if not named:
        return None
    ids, latitudes, longitudes = place_names.located(store)
    there = np.isin(ids, np.array(named, np.int64))
    return float(np.median(latitudes[there])), float(np.median(longitudes[there]))
