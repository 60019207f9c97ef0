"""Names of the places where photos were taken, kept beside the coordinates they were made from."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from photosort.domain.places import PlaceName
from photosort.domain.texts import folded
from photosort.store.db.bulk_rows import in_blocks, marks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.store.db.database import Store

# Each is five parameters, of which a statement takes 999 everywhere.
_PLACES_AT_ONCE = 180


def unnamed(store: Store, limit: int) -> dict[int, tuple[float, float]]:
    """Photos whose coordinates have no name yet, or had others when they got it: id to coordinates."""
    rows = store.rows(
        """
        SELECT photos.id, photos.latitude, photos.longitude FROM photos
        LEFT JOIN photo_places ON photo_places.photo_id = photos.id
        WHERE photos.latitude IS NOT NULL AND photos.longitude IS NOT NULL
            AND (photo_places.latitude, photo_places.longitude)
                IS NOT (photos.latitude, photos.longitude)
        ORDER BY photos.id LIMIT ?
        """,
        [limit],
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def put(store: Store, found: Mapping[int, tuple[float, float, PlaceName]]) -> None:
    """Keeps the names of places: photo id to the coordinates and their name."""
    with store.atomic():
        store.db.table("photo_places").insert_all(
            (
                {
                    "photo_id": photo_id,
                    "latitude": latitude,
                    "longitude": longitude,
                    **dataclasses.asdict(place),
                }
                for photo_id, (latitude, longitude, place) in found.items()
            ),
            replace=True,
        )


def forget_moved(store: Store) -> None:
    """Drops the names of photos that have no coordinates any more, and those with two dots above an i."""
    # Part of each index run: importing sqlite-utils would take as long as looking through 1,000 unchanged files.
    store.execute(
        "DELETE FROM photo_places WHERE photo_id IN"
        " (SELECT id FROM photos WHERE latitude IS NULL OR longitude IS NULL)"
        " OR region || ' ' || town || ' ' || district LIKE '%i\u0307%'"
    )


def of_photos(store: Store, photo_ids: Iterable[int]) -> dict[int, PlaceName]:
    """Where photos were taken, of those whose place has a name."""
    return {
        row[0]: PlaceName(*row[1:])
        for block in in_blocks(list(photo_ids))
        for row in store.rows(
            "SELECT photo_id, country, region, town, district, also FROM photo_places"
            f" WHERE country != '' AND photo_id IN ({marks(block)})",
            block,
        )
    }


def counted(store: Store) -> dict[PlaceName, int]:
    """How many photos were taken at each place."""
    rows = store.rows(
        "SELECT country, region, town, count(*) FROM photo_places"
        " JOIN photos ON photos.id = photo_places.photo_id"
        " WHERE country != '' AND photos.main_file_id IS NOT NULL"
        " GROUP BY country, region, town ORDER BY country, region, town"
    )
    return {PlaceName(*row[:3]): row[3] for row in rows}


def names(store: Store) -> list[str]:
    """Districts, towns, regions and countries where photos were taken, those with the most photos first."""
    photos: Counter[str] = Counter()
    rows = store.rows(
        "SELECT country, region, town, district, count(*) FROM photo_places"
        " JOIN photos ON photos.id = photo_places.photo_id"
        " WHERE country != '' AND photos.main_file_id IS NOT NULL"
        " GROUP BY country, region, town, district"
    )
    for row in rows:
        photos.update(dict.fromkeys(filter(None, row[:4]), row[4]))
    return sorted(photos, key=lambda name: (-photos[name], name))


def is_named(store: Store, name: str) -> bool:
    """Whether photos were taken in a country, region, town or district of this name."""
    return bool(_named(store, name))


def photos_in(store: Store, name: str) -> tuple[str, list[int]]:
    """The photos taken in a country, region, town or district.

    Returns:
        Its name as the places have it ("" where nothing was taken there), and the ids of the photos.
    """
    found = _named(store, name)
    ids = [
        photo_id
        for block in in_blocks(list(found), _PLACES_AT_ONCE)
        for (photo_id,) in store.rows(
            "SELECT photo_id FROM photo_places WHERE (country, region, town, district, also) IN"
            f" (VALUES {', '.join('(?, ?, ?, ?, ?)' for _ in block)})",
            [part for place in block for part in place],
        )
    ]
    return next(iter(found.values()), ""), ids


def _named(store: Store, name: str) -> dict[tuple[str, ...], str]:
    """The kept names (country, region, town, district, also) that hold a name, with how they write it."""
    wanted = folded(name)
    found: dict[tuple[str, ...], str] = {}
    for row in store.rows(
        "SELECT DISTINCT country, region, town, district, also FROM photo_places WHERE country != ''"
    ):
        for part in (*row[:4], *row[4].split(", ")):
            if folded(part) == wanted:
                found[tuple(row)] = part
                break
    return found


def located(
    store: Store,
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Ids, latitudes and longitudes of all photos that have them; each of shape (n,), by ascending id.

    SQLite gathers each column into one text, as for `photos.listing`.
    """
    rows = store.rows(
        "SELECT json_group_array(id), json_group_array(latitude), json_group_array(longitude) FROM"
        " (SELECT id, latitude, longitude FROM photos"
        " WHERE latitude IS NOT NULL AND longitude IS NOT NULL ORDER BY id)"
    )
    ids, latitudes, longitudes = (
        np.fromstring(column[1:-1], np.float64, sep=",") for column in rows[0]
    )
    return ids.astype(np.int64), latitudes, longitudes


def coordinates(store: Store) -> dict[int, tuple[float, float]]:
    """Latitude and longitude of every photo that has them, by id."""
    rows = store.rows(
        "SELECT id, latitude, longitude FROM photos"
        " WHERE latitude IS NOT NULL AND longitude IS NOT NULL"
    )
    return {row[0]: (row[1], row[2]) for row in rows}
