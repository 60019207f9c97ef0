"""Places that a person sets or removes, for one photo or many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from photosort.errors import InputProblem
from photosort.media.coordinates import parse_angle
from photosort.media.place_finder import gazetteer
from photosort.sentences import Sentence, counted_photos
from photosort.store.tables import photos
from photosort.usecases.photos.decisions import decide
from photosort.usecases.photos.metadata_merge import REMOVED_PLACE
from photosort.usecases.photos.place_naming import name_places

if TYPE_CHECKING:
    from photosort.domain.changes import ChangeSet
    from photosort.domain.places import PlaceName
    from photosort.store.tables.photos import UserChange
    from photosort.usecases.session.session import Session

Place = tuple[float, float]


def parse_place(text: str) -> Place:
    """Latitude and longitude of "48.2082, 16.3738" or "33 deg 51' S, 151 deg 12' E".

    Raises:
        InputProblem: it is no place.
    """
    north, comma, east = text.partition(",")
    if not comma:
        north, _, east = text.strip().partition(" ")
    latitude, longitude = parse_angle(north, most=90), parse_angle(east, most=180)
    if latitude is None or longitude is None or (latitude, longitude) == REMOVED_PLACE:
        raise InputProblem(
            Sentence(
                "“{text}” is no place; write latitude and longitude: 48.2082,16.3738", text=text
            )
        )
    return latitude, longitude


def place_of_town(name: str) -> Place:
    """Where the largest town of a name lies.

    Raises:
        InputProblem: there is none.
        EnvironmentProblem: the list of places is not installed.
    """
    found = gazetteer().find(name)
    if found is None:
        raise InputProblem(Sentence("There is no town “{name}”.", name=name))
    return found


def name_of(place: Place) -> PlaceName:
    """What a place is called.

    Raises:
        EnvironmentProblem: the list of places is not installed.
    """
    return gazetteer().names(np.array(place[:1]), np.array(place[1:]))[0]


def place_of_photo(session: Session, photo_id: int) -> Place:
    """Where another photo was taken.

    Raises:
        InputProblem: nobody knows.
    """
    (photo,) = session.read(lambda store: photos.get(store, [photo_id]))
    shown = photo.effective
    if shown.latitude is None or shown.longitude is None:
        raise InputProblem(Sentence("Nothing says where that photo was taken."))
    return shown.latitude, shown.longitude


def set_place(session: Session, photo_ids: Sequence[int], place: Place | None) -> ChangeSet:
    """Sets the place of photos, or removes it (None), as one entry of the history."""
    latitude, longitude = place or REMOVED_PLACE
    of = counted_photos(len(photo_ids))
    action = (
        Sentence("Set the place of {photos}", photos=of)
        if place
        else Sentence("Removed the place of {photos}", photos=of)
    )
    change: UserChange = {"latitude": latitude, "longitude": longitude}
    made = session.write(
        lambda store: decide(store, photo_ids, change, action=action, actor=session.actor)
    )
    name_places(session)
    return made
