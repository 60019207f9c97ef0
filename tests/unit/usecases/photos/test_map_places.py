from __future__ import annotations

import numpy as np
import pytest

from photosort.errors import EnvironmentProblem
from photosort.media import place_finder
from photosort.media.world_map import from_plane
from photosort.usecases.photos import decisions, photo_table
from photosort.usecases.photos.map_places import country_names, load_places, town_names
from photosort.usecases.photos.place_changes import set_place


def test_photos_with_and_without_places(session, add) -> None:
    add("red", "a.jpg", "b.jpg", "c.jpg")
    first, second, third = photo_table.load(session).ids.tolist()
    set_place(session, [first, third], (38.72, -9.14))
    decisions.rate(session, [third], 4)
    found = load_places(session, photo_table.load(session))
    # The best is the cover.
    assert found.ids.tolist() == [third, first]
    assert found.latitudes.tolist() == [38.72, 38.72]
    assert found.longitudes.tolist() == [-9.14, -9.14]
    assert found.without.tolist() == [second]


def test_a_removed_place_is_none(session, add) -> None:
    add("red", "a.jpg")
    (photo,) = photo_table.load(session).ids.tolist()
    set_place(session, [photo], (38.72, -9.14))
    set_place(session, [photo], None)
    found = load_places(session, photo_table.load(session))
    assert found.ids.tolist() == []
    assert found.without.tolist() == [photo]


def test_an_empty_library(session) -> None:
    found = load_places(session, photo_table.load(session))
    assert found.ids.tolist() == found.without.tolist() == []


def test_countries_have_names_in_each_language() -> None:
    assert "Portugal" in country_names("en").texts
    assert "Spanien" in country_names("de_AT").texts


def test_towns_with_many_people_come_first_and_stand_where_they_are() -> None:
    towns = town_names()
    assert (np.diff(towns.zooms) >= 0).all()
    row = towns.texts.index("Lisbon")
    latitude, longitude = from_plane(*towns.points[row].tolist())
    assert abs(latitude - 38.72) < 0.1
    assert abs(longitude + 9.14) < 0.1


@pytest.mark.expects_warnings
def test_without_the_list_of_places_there_are_no_towns(monkeypatch) -> None:
    def absent() -> None:
        raise EnvironmentProblem("The list of places is not installed.")

    monkeypatch.setattr(place_finder, "gazetteer", absent)
    assert list(town_names.__wrapped__().texts) == []
