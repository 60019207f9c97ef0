from __future__ import annotations

from datetime import date

import pytest

from photosort.domain.photos import Metadata
from photosort.errors import EnvironmentProblem
from photosort.media import place_finder
from photosort.search.query_language import complete, ghosts
from photosort.store.tables import photos
from photosort.store.tables.photos import Effective
from photosort.usecases.details import details_of
from photosort.usecases.overview import load_overview
from photosort.usecases.photos import photo_table, place_naming
from photosort.usecases.search.query_results import search


def move(session, photo_id: int, latitude: float | None, longitude: float | None) -> None:
    shot = Metadata(latitude=latitude, longitude=longitude)
    session.write(lambda store: photos.set_effective(store, {photo_id: Effective(shot)}))


def test_places_are_named_from_coordinates_alone(session, add) -> None:
    add("red", "a.jpg", "b.jpg", "c.jpg")
    first, second, _ = photo_table.load(session).ids.tolist()
    move(session, first, 38.7223, -9.1393)
    move(session, second, 38.7223, -9.1393)
    assert place_naming.name_places(session) == 2
    assert place_naming.name_places(session) == 0
    assert str(details_of(session, first).place) == "Lisbon, Portugal"
    found = search(session, "place:lisbon", limit=10)
    assert {hit.photo_id for hit in found.hits} == {first, second}


def test_the_name_follows_the_coordinates(session, add) -> None:
    add("red", "a.jpg")
    (photo,) = photo_table.load(session).ids.tolist()
    move(session, photo, 38.7223, -9.1393)
    place_naming.name_places(session)
    move(session, photo, 59.91, 10.75)
    assert place_naming.name_places(session) == 1
    assert details_of(session, photo).place.town == "Oslo"
    move(session, photo, None, None)
    place_naming.name_places(session)
    assert details_of(session, photo).place is None


def test_the_tree_of_places(session, add) -> None:
    add("red", "a.jpg", "b.jpg", "c.jpg")
    first, second, third = photo_table.load(session).ids.tolist()
    move(session, first, 38.7223, -9.1393)
    move(session, second, 38.797, -9.39)
    move(session, third, 59.91, 10.75)
    place_naming.name_places(session)
    norway, portugal = place_naming.tree(session)
    assert (norway.name, norway.count) == ("Norway", 1)
    assert (portugal.name, portugal.count) == ("Portugal", 2)
    (region,) = portugal.children
    assert [town.name for town in region.children] == ["Lisbon", "Sintra"]


def test_the_search_field_completes_places_with_most_photos_first(session, add) -> None:
    add("red", "a.jpg", "b.jpg", "c.jpg")
    first, second, third = photo_table.load(session).ids.tolist()
    move(session, first, 38.7223, -9.1393)
    move(session, second, 38.797, -9.39)
    move(session, third, 59.91, 10.75)
    place_naming.name_places(session)
    offered = load_overview(session, photo_table.load(session)).suggestions
    assert list(offered.places[:2]) == ["Lisbon", "Portugal"]  # Sintra lies in the region of Lisbon
    assert {"Lisbon", "Sintra", "Oslo", "Norway"} < set(offered.places)
    assert [one.text for one in complete("place:lis", 9, offered)] == ["Lisbon"]
    found = ghosts("dog in sintra", offered, date(2026, 3, 1))
    assert "place:Sintra" in [ghost.replacement for ghost in found]


@pytest.mark.expects_warnings
def test_without_the_list_of_places_the_library_is_indexed_all_the_same(
    session, add, monkeypatch
) -> None:
    def absent() -> None:
        raise EnvironmentProblem("The list of places is not installed.")

    monkeypatch.setattr(place_finder, "gazetteer", absent)
    add("red", "a.jpg")
    (photo,) = photo_table.load(session).ids.tolist()
    move(session, photo, 38.7223, -9.1393)
    assert place_naming.name_places(session) == 0
    assert details_of(session, photo).place is None
