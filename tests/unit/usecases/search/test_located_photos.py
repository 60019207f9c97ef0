from __future__ import annotations

import pytest

from photosort.domain.photos import Metadata
from photosort.errors import InputProblem
from photosort.store.tables import photos
from photosort.store.tables.photos import Effective
from photosort.usecases.photos import photo_table, place_naming
from photosort.usecases.search.query_results import search


@pytest.fixture
def located(session, add):
    """Photos in Lisbon, in Sintra (25 km away), in Porto, and one without a place."""
    add("red", "lisbon.jpg", "sintra.jpg", "porto.jpg", "nowhere.jpg")
    catalog = photo_table.load(session)
    by_name = {catalog.names[row]: int(catalog.ids[row]) for row in range(len(catalog))}
    where = {
        "lisbon.jpg": (38.7223, -9.1393),
        "sintra.jpg": (38.797, -9.39),
        "porto.jpg": (41.1496, -8.6110),
    }
    for name, (latitude, longitude) in where.items():
        shot = Metadata(latitude=latitude, longitude=longitude)
        found = {by_name[name]: Effective(shot)}
        session.write(lambda store, found=found: photos.set_effective(store, found))
    place_naming.name_places(session)
    return session


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("near:lisbon<10km", ["lisbon"]),
        ("near:Lisbon<30km", ["lisbon", "sintra"]),
        ('near:"lisbon, portugal"<30km', ["lisbon", "sintra"]),
        ("near:lisbon", ["lisbon"]),
        ("near:lisbon<20mi", ["lisbon", "sintra"]),
        ("near:41.15,-8.6<5km", ["porto"]),
        ("near:lisbon<30km -near:sintra<5km", ["lisbon"]),
        ("-near:lisbon<30km", ["nowhere", "porto"]),
        # A region is no town, but photos say where it is.
        ("near:portugal<50km", ["lisbon", "sintra"]),
        ("area:38,-10;39,-9", ["lisbon", "sintra"]),
        ("area:38,-9.2;42,-9.2;42,-8", ["lisbon", "porto"]),
        ("area:38,-9.2;42,-8 near:porto<9km", ["porto"]),
    ],
)
def test_photos_by_where_they_were_taken(located, named, query, expected) -> None:
    found = search(located, query, limit=10)
    names = named(hit.photo_id for hit in found.hits)
    assert sorted(name.removesuffix(".jpg") for name in names) == expected


def test_an_unknown_place_finds_nothing_and_says_so(located) -> None:
    found = search(located, "near:lisbonn<20km", limit=10)
    assert found.hits == ()
    (note,) = found.notes
    assert (note.said, note.unknown, note.near) == ("lisbonn", "place", ("Lisbon",))


@pytest.mark.parametrize(
    "query", ["near:lisbon<far", "near:lisbon<0km", "area:91,0;92,1", "area:1,2"]
)
def test_what_is_no_distance_or_area_is_said(located, query) -> None:
    with pytest.raises(InputProblem) as raised:
        search(located, query, limit=10)
    assert "written" in raised.value.user_message
