from __future__ import annotations

from datetime import timedelta

import pytest

from photosort.domain.photos import Metadata
from photosort.errors import InputProblem
from photosort.media.dates import Moment
from photosort.store.tables import contents, files
from photosort.usecases import undoing
from photosort.usecases.details import details_of
from photosort.usecases.photos import (
    date_changes,
    metadata_merge,
    photo_table,
    place_changes,
    place_naming,
)
from photosort.usecases.search.query_results import search

NEW_YORK = (40.7128, -74.006)


@pytest.fixture
def shot(session, add):
    """Two photos whose files say when and where: `shot(metadata, metadata)` gives their ids."""

    def make(*said: Metadata) -> list[int]:
        add("red", *(f"{number}.jpg" for number in range(len(said))))
        ids = photo_table.load(session).ids.tolist()

        def write(store) -> None:
            for photo_id, metadata in zip(ids, said, strict=True):
                (file,) = files.of_photos(store, [photo_id])[photo_id]
                contents.update(store, {file.content_id: {"metadata": metadata}})
            metadata_merge.refresh(store, ids)

        session.write(write)
        return ids

    return make


def _said(session, photo_id: int) -> Metadata:
    return details_of(session, photo_id).photo.effective


def test_a_clock_that_was_wrong_is_moved_for_all_and_back(session, shot) -> None:
    ids = shot(
        Metadata(taken_at="2023-05-14T23:45:12", offset_min=-420),
        Metadata(taken_at="2023-05-15T00:10:00.500"),
    )
    dates = date_changes.shifted(session, ids, date_changes.parse_shift("+1h30m"))
    assert [str(date) for date in dates.values()] == [
        "2023-05-15T01:15:12-07:00",
        "2023-05-15T01:40:00.500",
    ]
    assert _said(session, ids[0]).taken_at == "2023-05-14T23:45:12"  # a preview changes nothing
    date_changes.change_dates(session, dates)
    assert [_said(session, one).taken_at for one in ids] == [one.taken_at for one in dates.values()]
    undoing.undo(session)
    assert _said(session, ids[0]).taken_at == "2023-05-14T23:45:12"


def test_the_first_photo_takes_the_rest_along(session, shot) -> None:
    ids = shot(
        Metadata(taken_at="2000-01-01T00:00:10"),
        Metadata(taken_at="2000-01-02T00:00:00"),
    )
    dates = date_changes.moved_along(session, ids, Moment("2021-07-04T14:30:00"))
    assert [one.taken_at for one in dates.values()] == [
        "2021-07-04T14:30:00",
        "2021-07-05T14:29:50",
    ]
    with pytest.raises(InputProblem, match="with a time"):
        date_changes.moved_along(session, ids, Moment("2021"))


def test_a_date_is_set_as_exactly_as_it_is_known(session, shot) -> None:
    ids = shot(Metadata(taken_at="2021-03-04T10:00:00"))
    dates = date_changes.set_to(ids, date_changes.parse_date("1985-07"))
    date_changes.change_dates(session, dates)
    assert _said(session, ids[0]).taken_at == "1985-07"
    with pytest.raises(InputProblem, match="exact date"):
        date_changes.shifted(session, ids, timedelta(hours=1))


@pytest.mark.parametrize(
    ("said", "zone", "moved"),
    [
        (Metadata(taken_at="2024-01-21T04:46:09", offset_min=0), "America/New_York", ("2024-01-20T23:46:09", -300)),
        (Metadata(taken_at="2024-07-21T04:46:09", offset_min=120), "+00:00", ("2024-07-21T02:46:09", 0)),
        (Metadata(taken_at="2024-07-21T04:46:09"), "Europe/Rome", ("2024-07-21T04:46:09", 120)),
        (
            Metadata(taken_at="2024-07-21T12:00:00", offset_min=120, latitude=NEW_YORK[0], longitude=NEW_YORK[1]),
            None,
            ("2024-07-21T06:00:00", -240),
        ),
    ],
)  # fmt: skip
def test_the_same_moment_in_another_zone(session, shot, said, zone, moved) -> None:
    ids = shot(said)
    assert date_changes.in_zone(session, ids, zone)[ids[0]] == moved


def test_what_is_no_zone_date_or_shift_is_said(session, shot) -> None:
    ids = shot(Metadata(taken_at="2024-07-21T04:46:09"))
    with pytest.raises(InputProblem, match="no time zone"):
        date_changes.in_zone(session, ids, "Atlantis/Poseidon")
    with pytest.raises(InputProblem, match="where a photo was taken"):
        date_changes.in_zone(session, ids, None)
    for text in ("", "soon", "+0h", "1.5h"):
        with pytest.raises(InputProblem):
            date_changes.parse_shift(text)
    with pytest.raises(InputProblem):
        date_changes.parse_date("31st of February")


def test_a_place_is_set_removed_and_taken_back(session, shot) -> None:
    ids = shot(Metadata(latitude=48.2082, longitude=16.3738, altitude_m=150.0), Metadata())
    place_changes.set_place(session, ids, place_changes.place_of_town("Lisbon, Portugal"))
    assert [str(details_of(session, one).place) for one in ids] == ["Lisbon, Portugal"] * 2
    place_changes.set_place(session, ids, None)
    removed = _said(session, ids[0])
    assert (removed.latitude, removed.longitude, removed.altitude_m) == (None, None, None)
    assert details_of(session, ids[0]).place is None
    undoing.undo(session)
    undoing.undo(session)
    assert _said(session, ids[0]).latitude == 48.2082
    assert _said(session, ids[1]).latitude is None


def test_undo_and_redo_name_the_place_that_is_there_then(session, shot) -> None:
    ids = shot(Metadata(latitude=48.2082, longitude=16.3738), Metadata())

    def towns() -> list[str]:
        named = [details_of(session, one).place for one in ids]
        return [place.town if place else "" for place in named]

    place_naming.name_places(session)
    assert towns() == ["Vienna", ""]
    place_changes.set_place(session, ids, place_changes.place_of_town("Oslo"))
    undoing.undo(session)
    assert towns() == ["Vienna", ""]
    assert not search(session, "place:oslo", limit=9).hits
    undoing.undo(session, redo=True)
    assert towns() == ["Oslo", "Oslo"]


def test_a_place_from_another_photo_or_coordinates(session, shot) -> None:
    first, second = shot(Metadata(latitude=48.2082, longitude=16.3738), Metadata())
    assert place_changes.place_of_photo(session, first) == (48.2082, 16.3738)
    with pytest.raises(InputProblem):
        place_changes.place_of_photo(session, second)
    assert place_changes.parse_place("-33.8568, 151.2153") == (-33.8568, 151.2153)
    assert place_changes.parse_place("33.8568S 151.2153E") == (-33.8568, 151.2153)
    for text in ("", "Lisbon", "95,10", "0,0"):
        with pytest.raises(InputProblem):
            place_changes.parse_place(text)


@pytest.mark.parametrize(
    ("name", "latitude"),
    [("Springfield, Illinois", 39.8), ("paris", 48.85), ("Paris, Texas", 33.66), ("Prag", None)],
)
def test_towns_by_name(name: str, latitude: float | None) -> None:
    if latitude is None:
        with pytest.raises(InputProblem):
            place_changes.place_of_town(name)
    else:
        assert place_changes.place_of_town(name)[0] == pytest.approx(latitude, abs=0.05)
