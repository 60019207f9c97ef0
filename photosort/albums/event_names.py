"""The parts of an event's name, its place, days and hours ("Lisbon, 12-15 May 2022")."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from photosort.domain.places import PlaceName

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
# One place names the event when at least this share of the photos was taken there.
_MOSTLY = 0.6
_SHARE_OF_TWO = 0.25
# A photo after midnight belongs to the evening before.
_NIGHT = datetime.timedelta(hours=5)
_EPOCH = datetime.datetime(1970, 1, 1)  # noqa: DTZ001 -- wall-clock times carry no zone


def place_of(places: Sequence[PlaceName]) -> str:
    """The smallest place with most of the photos, else the two places with the most; "" if none is known.

    Args:
        places: the place of each photo that has one.
    """
    held = [place for place in places if place.country]
    if not held:
        return ""
    towns = Counter(place.town or place.region or place.country for place in held)
    regions = Counter(place.region or place.country for place in held)
    for counted in (towns, regions):
        name, count = counted.most_common(1)[0]
        if name and count >= _MOSTLY * len(held):
            return name
    for counted in (towns, Counter(place.country for place in held)):
        two = [name for name, n in counted.most_common(2) if n >= _SHARE_OF_TWO * len(held)]
        if len(two) == 2 and sum(counted[name] for name in two) >= _MOSTLY * len(held):
            return " and ".join(two)
    country, count = Counter(place.country for place in held).most_common(1)[0]
    return country if count >= _MOSTLY * len(held) else ""


def days_of(first_ms: int, last_ms: int) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of an event.

    Args:
        first_ms: the wall clock's milliseconds since 1970.
        last_ms: the same, not before.
    """
    first = moment_of(first_ms).date()
    return first, max(first, (moment_of(last_ms) - _NIGHT).date())


def days_between(first_ms: int, last_ms: int) -> str:
    """The days from one moment to another, no longer than needed ("12-15 May 2022"); see `days_of`."""
    first, last = days_of(first_ms, last_ms)
    if first == last:
        return _day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}-{_day(last)}"
    if first.year == last.year:
        return f"{first.day} {_MONTHS[first.month - 1]} - {_day(last)}"
    return f"{_day(first)} - {_day(last)}"


def hours_between(first_ms: int, last_ms: int) -> str:
    """The time of day from one moment to another ("13:26-13:47")."""
    first, last = (f"{moment_of(ms):%H:%M}" for ms in (first_ms, last_ms))
    return first if first == last else f"{first}-{last}"


def joined(what: str, when: str) -> str:
    """Joins two parts of a name; either may be empty."""
    return ", ".join(filter(None, (what, when)))


def moment_of(ms: int) -> datetime.datetime:
    """What the clock on the wall showed."""
    return _EPOCH + datetime.timedelta(milliseconds=ms)


def _day(date: datetime.date) -> str:
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"
