"""What the map shows: photos with places, photos without, and names of countries and towns."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from photosort import log
from photosort.errors import EnvironmentProblem
from photosort.media.countries import everyday_name
from photosort.media.world_map import to_plane, world_map
from photosort.store.tables import place_names

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.usecases.photos.photo_table import Catalog
    from photosort.usecases.session.session import Session

# From which zoom on a town is named: people (as a power of ten) and zoom.
_PEOPLE, _ZOOMS = (3.0, 3.5, 4.0, 4.5, 5.0, 5.5, 6.0, 6.7, 7.3), (11, 10, 9, 8, 7, 6, 5, 3.5, 2.5)

_log = log.topic("library")


@dataclass(frozen=True, slots=True, eq=False)
class MapPhotos:
    """Photos and where they were taken, the best and newest first.

    Attributes:
        ids: int64, shape (n,).
        latitudes: degrees, shape (n,).
        longitudes: degrees, shape (n,).
        without: ids of the photos without a place, the newest first.
    """

    ids: NDArray[np.int64]
    latitudes: NDArray[np.float64]
    longitudes: NDArray[np.float64]
    without: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class MapNames:
    """Names and where they stand; what is to be seen first comes first.

    Attributes:
        texts: n of them.
        points: on the plane, float64, shape (n, 2).
        zooms: from which zoom on each is shown, ascending, shape (n,); at zoom z the world is 256 * 2^z pixels wide.
    """

    texts: Sequence[str]
    points: NDArray[np.float64]
    zooms: NDArray[np.float64]


def load_places(session: Session, catalog: Catalog) -> MapPhotos:
    """Where the photos of a catalog were taken."""
    ids, latitudes, longitudes = session.read(place_names.located)
    known = np.isin(ids, catalog.ids)
    ids, latitudes, longitudes = ids[known], latitudes[known], longitudes[known]
    table = catalog.table
    rows = catalog.rows(ids)
    # What is not known is the smallest value of each column.
    best = np.lexsort((table.taken_sort[rows], table.rating[rows]))[::-1]
    without = catalog.ids[~np.isin(catalog.ids, ids)]
    newest = np.argsort(table.taken_sort[catalog.rows(without)])[::-1]
    return MapPhotos(ids[best], latitudes[best], longitudes[best], without[newest])


def country_names(language: str) -> MapNames:
    """The countries of the world.

    Args:
        language: of the names, as "de" or "de_AT".
    """
    world = world_map()
    texts = [everyday_name(code, language) for code in world.country_codes]
    zooms = world.country_zooms.astype(np.float64)
    return MapNames(texts, world.country_points.astype(np.float64), zooms)


@functools.cache
def town_names() -> MapNames:
    """The towns of the world; none without the list of places. Its first call takes some seconds."""
    # Brings SciPy and the towns of the world along.
    from photosort.media.place_finder import gazetteer

    try:
        texts, where, people = gazetteer().towns()
    except EnvironmentProblem as problem:
        _log.warning("the map has no names of towns: %s", problem)
        return MapNames((), np.zeros((0, 2)), np.zeros(0))
    zooms = np.interp(np.log10(np.maximum(people, 1)), _PEOPLE, _ZOOMS)
    return MapNames(texts, to_plane(where[:, 0], where[:, 1]), zooms)
