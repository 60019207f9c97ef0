"""Names the places of photos from their coordinates, and builds the tree of places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from photosort import log
from photosort.errors import EnvironmentProblem
from photosort.progress import Job
from photosort.store.tables import fulltext, place_names

if TYPE_CHECKING:
    from photosort.domain.places import PlaceName
    from photosort.usecases.session.session import Session

_BATCH = 5_000
_log = log.topic("library")


@dataclass(frozen=True, slots=True)
class PlaceBranch:
    """A country, region or town.

    Attributes:
        count: photos taken in it.
        children: regions of a country, towns of a region, by name.
    """

    name: str
    count: int
    children: tuple[PlaceBranch, ...] = ()


def name_places(session: Session, job: Job | None = None) -> int:
    """Names the places of photos whose coordinates are new; returns how many were named.

    Without the list of places none is named, and nothing else suffers.

    Raises:
        JobCancelled: what was named until then is kept.
    """
    session.write(place_names.forget_moved)
    named = 0
    while batch := session.read(lambda store: place_names.unnamed(store, _BATCH)):
        if job is not None:
            job.check()
        # Brings SciPy and the towns of the world along.
        from photosort.media.place_finder import gazetteer

        try:
            towns = gazetteer()
        except EnvironmentProblem as problem:
            _log.warning("places have no names: %s", problem)
            break
        where = np.array(list(batch.values()), dtype=np.float64)
        found = {
            photo_id: (latitude, longitude, place)
            for (photo_id, (latitude, longitude)), place in zip(
                batch.items(), towns.names(where[:, 0], where[:, 1]), strict=True
            )
        }
        session.write(lambda store, found=found: place_names.put(store, found))  # type: ignore[misc]
        named += len(found)
    while named and session.write(fulltext.update_pending):
        pass
    return named


def tree(session: Session) -> tuple[PlaceBranch, ...]:
    """Countries with their regions with their towns, each with its number of photos, by name."""
    held: dict[str, dict[str, dict[str, int]]] = {}
    for place, count in session.read(place_names.counted).items():
        towns = held.setdefault(place.country, {}).setdefault(place.region, {})
        towns[place.town] = count
    return tuple(
        _branch(
            country,
            [
                _branch(region, [PlaceBranch(*town) for town in towns.items()])
                for region, towns in regions.items()
            ],
        )
        for country, regions in held.items()
    )


def place_of(session: Session, photo_id: int) -> PlaceName | None:
    """Where a photo was taken, or None."""
    return session.read(lambda store: place_names.of_photos(store, [photo_id])).get(photo_id)


def _branch(name: str, below: list[PlaceBranch]) -> PlaceBranch:
    count = sum(branch.count for branch in below)
    return PlaceBranch(name, count, tuple(branch for branch in below if branch.name))
