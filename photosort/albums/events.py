"""Events: trips, days and moments, from time, place and content.

A trip holds days, a day holds moments. Photos that follow each other within seconds and look alike count once.
What is everyday stays out: a day at home is an event only if it holds many more photos than the usual day.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SECOND = 1_000
_MINUTE = 60 * _SECOND
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR
# A day ends early in the morning, because a party continues after midnight.
_NIGHT_MS = 5 * _HOUR

_BURST_MS = 10 * _SECOND
_BURST_ALIKE = 0.9
_BURST_BLIND_MS = 2 * _SECOND
_FEWEST = 4
# An event on a day without a journey has this many times the photos of a usual day, once that is known.
_UNUSUAL = 2.5
_KNOWN_DAYS = 10

# Radius of one place.
_NEAR_KM = 40.0
# Faster than an aeroplane: two cameras, or a wrong clock; such photos are not of one event.
_FASTEST_KMH = 1_000.0
_FAR_KM = 100.0
_TRIP_GAP_MS = 40 * _HOUR
_HOME_SHARE = 0.3
_HOME_DAYS = 5
_HOME_WEEKS = 3
_DENSE_DAYS = 2

_MOMENT_MS = 20 * _MINUTE
_LONG_PAUSE_MS = 2 * _HOUR
# A pause splits when it is so much longer than those around it.
# Source: Platt et al. 2003, PhotoTOC, eq. 1 (K = log 17, d = 10).
_PAUSE_FACTOR = 17.0
_PAUSES_AROUND = 10
_MOVED_KM = 2.0
_OTHER_SIGHT = 0.1

# What cameras show whose clock was never set begins at one of these (QuickTime, Unix, DOS); their first days.
_CLOCK_STARTS = tuple(
    int(np.datetime64(start, "ms").astype(np.int64))
    for start in ("1904-01-01", "1970-01-01", "1980-01-01")
)
_UNSET_MS = 31 * _DAY


class Span(StrEnum):
    """How long an event is."""

    TRIP = "trip"
    DAY = "day"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Event:
    """One event.

    Attributes:
        span: a trip holds days, a day holds moments.
        rows: int64 array, rows of its photos in the input, in order of time.
        parent: index in the list of the event that contains it, or None.
    """

    span: Span
    rows: NDArray[np.int64]
    parent: int | None


@dataclass(frozen=True, slots=True)
class Moments:
    """When and where photos were taken; all of shape (n,).

    Attributes:
        taken_ms: int64, the wall clock's milliseconds since 1970.
        latitude: degrees, NaN where unknown.
        longitude: degrees, NaN where unknown.
        vectors: float32, shape (n, dim), centred, unit length, zero where unknown; or None.
    """

    taken_ms: NDArray[np.int64]
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    vectors: NDArray[np.float32] | None = None


def believable(taken_ms: NDArray[np.int64], now_ms: int) -> NDArray[np.bool_]:
    """The dates that a camera with a set clock can have written.

    Args:
        taken_ms: the wall clock's milliseconds since 1970; the smallest int64 where there is no date.
        now_ms: the present.
    """
    known = (taken_ms > np.iinfo(np.int64).min) & (taken_ms <= now_ms + _DAY)
    for start in _CLOCK_STARTS:
        known &= (taken_ms < start) | (taken_ms >= start + _UNSET_MS)
    return np.asarray(known)


def find_events(photos: Moments) -> list[Event]:
    """The events, in order of time; those that hold others come before them.

    Args:
        photos: photos with believable dates, in any order.
    """
    order = np.argsort(photos.taken_ms, kind="stable")
    if not len(order):
        return []
    shots = _Shots(photos, order)
    days = shots.days()
    found: list[Event] = []
    for journey in _journeys(days):
        above = None
        if len(journey) > 1:
            above = len(found)
            found.append(
                Event(Span.TRIP, np.concatenate([shots.rows(*day.range) for day in journey]), None)
            )
        for day in journey:
            if len(journey) > 1 and day.count < _FEWEST:
                continue
            parent = len(found)
            found.append(Event(Span.DAY, shots.rows(*day.range), above))
            found += [
                Event(Span.MOMENT, shots.rows(*part), parent) for part in shots.moments(*day.range)
            ]
    return found


@dataclass(frozen=True, slots=True)
class _Stay:
    """Photos of one day at one place.

    Attributes:
        range: first shot and the one behind the last.
        where: latitude and longitude, or None.
    """

    range: tuple[int, int]
    day: int
    begin_ms: int
    end_ms: int
    where: tuple[float, float] | None

    @property
    def count(self) -> int:
        return self.range[1] - self.range[0]


class _Shots:
    """Photos in order of time, bursts as one."""

    def __init__(self, photos: Moments, order: NDArray[np.int64]) -> None:
        self._order = order
        taken = photos.taken_ms[order]
        gaps = np.diff(taken)
        same = gaps <= _BURST_BLIND_MS
        if photos.vectors is not None:
            sight = photos.vectors[order]
            alike = np.einsum("ij,ij->i", sight[1:], sight[:-1])
            unseen = np.logical_not(sight.any(axis=1))
            same &= (alike >= _BURST_ALIKE) | unseen[1:] | unseen[:-1]
            same |= (gaps <= _BURST_MS) & (alike >= _BURST_ALIKE)
        self._first = np.concatenate([[0], np.flatnonzero(~same) + 1])
        self.taken = taken[self._first]
        self.latitude, self.longitude = _carried(
            self.taken,
            photos.latitude[order][self._first],
            photos.longitude[order][self._first],
        )
        self._sight = None if photos.vectors is None else photos.vectors[order][self._first]

    def rows(self, first: int, end: int) -> NDArray[np.int64]:
        """The photos of some shots."""
        last = self._first[end] if end < len(self._first) else len(self._order)
        return np.asarray(self._order[self._first[first] : last])

    def days(self) -> list[_Stay]:
        """The days, parted where the photographer is suddenly far away."""
        day = (self.taken - _NIGHT_MS) // _DAY
        km = distance_km(
            self.latitude[:-1], self.longitude[:-1], self.latitude[1:], self.longitude[1:]
        )
        pause = np.diff(self.taken)
        hours = np.maximum(pause / _HOUR, 1 / 60)
        jump = np.nan_to_num(km) > np.where(
            np.nan_to_num(km / hours) > _FASTEST_KMH, _NEAR_KM, np.inf
        )
        jump |= np.nan_to_num(km) > _FAR_KM
        # The night's boundary parts only where there is a pause: a night of dancing is one day.
        night = (np.diff(day) > 0) & (pause >= 2 * _HOUR)
        night |= pause >= 14 * _HOUR
        ends = [*(np.flatnonzero(jump | night) + 1).tolist(), len(self.taken)]
        starts = [0, *ends[:-1]]
        return [self._stay(a, b, int(day[a])) for a, b in zip(starts, ends, strict=True)]

    def _stay(self, first: int, end: int, day: int) -> _Stay:
        known = np.isfinite(self.latitude[first:end])
        where = None
        if known.any():
            middle = int(np.flatnonzero(known)[known.sum() // 2]) + first
            where = (float(self.latitude[middle]), float(self.longitude[middle]))
        return _Stay((first, end), day, int(self.taken[first]), int(self.taken[end - 1]), where)

    def moments(self, first: int, end: int) -> list[tuple[int, int]]:
        """The parts of a day, if there are several large enough."""
        if end - first < 2 * _FEWEST:
            return []
        pause = np.maximum(np.diff(self.taken[first:end]), 1)
        usual = np.exp(_smoothed(np.log(pause)))
        split = (pause >= _LONG_PAUSE_MS) | (
            (pause >= _MOMENT_MS) & (pause >= _PAUSE_FACTOR * usual)
        )
        km = distance_km(
            self.latitude[first : end - 1],
            self.longitude[first : end - 1],
            self.latitude[first + 1 : end],
            self.longitude[first + 1 : end],
        )
        split |= (pause >= _MOMENT_MS) & (np.nan_to_num(km) >= _MOVED_KM)
        if self._sight is not None:
            alike = np.einsum(
                "ij,ij->i", self._sight[first : end - 1], self._sight[first + 1 : end]
            )
            split |= (pause >= _MOMENT_MS) & (alike < _OTHER_SIGHT) & (pause >= 4 * usual)
        ends = [*(np.flatnonzero(split) + 1 + first).tolist(), end]
        parts = [(a, b) for a, b in zip([first, *ends[:-1]], ends, strict=True) if b - a >= _FEWEST]
        return parts if len(parts) > 1 else []


def _journeys(days: list[_Stay]) -> list[list[_Stay]]:
    """Days that belong together, without those on which nothing happened."""
    home = _home(days)
    usual = _usual(days, home)
    found: list[list[_Stay]] = []
    for day in days:
        at_home = home is not None and day.where is not None and _km(home, day.where) <= _NEAR_KM
        needed = _FEWEST
        if at_home or day.where is None or home is None:
            needed = max(_FEWEST, usual)
        if found and _continues(found[-1], day, at_home=at_home, needed=needed, home=home):
            found[-1].append(day)
        elif day.count >= needed or (home is not None and not at_home and day.where is not None):
            found.append([day])
    return [one for one in found if sum(day.count for day in one) >= _FEWEST]


def _continues(
    journey: list[_Stay],
    day: _Stay,
    *,
    at_home: bool,
    needed: int,
    home: tuple[float, float] | None,
) -> bool:
    last = journey[-1]
    pause = day.begin_ms - last.end_ms
    if at_home or pause > _TRIP_GAP_MS or day.day - last.day > _DENSE_DAYS:
        return False
    if day.where is None or last.where is None:
        # Without coordinates, only two days with many photos each form one journey.
        return day.where is last.where and day.count >= needed and last.count >= needed
    if home is not None:
        is_away = _km(home, last.where) > _NEAR_KM
        return is_away and _is_travel(last, day)
    return _km(last.where, day.where) <= 3 * _FAR_KM and day.count >= 1 and _is_travel(last, day)


def _is_travel(last: _Stay, day: _Stay) -> bool:
    if last.where is None or day.where is None:
        return False
    hours = max((day.begin_ms - last.end_ms) / _HOUR, 1 / 60)
    return _km(last.where, day.where) / hours <= _FASTEST_KMH


def _home(days: list[_Stay]) -> tuple[float, float] | None:
    """Where the photographer is on a large share of all days, or None."""
    # Cells of half a degree are of the size of a town with its surroundings; a few hundred at most.
    cells: dict[tuple[int, int], list[tuple[float, float]]] = {}
    dates: dict[tuple[int, int], set[int]] = {}
    for day in days:
        if day.where is not None:
            cell = (round(day.where[0] * 2), round(day.where[1] * 2))
            cells.setdefault(cell, []).append(day.where)
            dates.setdefault(cell, set()).add(day.day)
    if not cells:
        return None
    best = max(cells, key=lambda cell: len(dates[cell]))
    weeks = {day // 7 for day in dates[best]}
    enough = max(_HOME_DAYS, _HOME_SHARE * len(set().union(*dates.values())))
    if len(dates[best]) < enough or len(weeks) < _HOME_WEEKS:
        return None
    return cells[best][len(cells[best]) // 2]


def _usual(days: list[_Stay], home: tuple[float, float] | None) -> int:
    """How many photos make a day at home unusual; 0 where too few days are known."""
    counts = [
        day.count
        for day in days
        if home is None or day.where is None or _km(home, day.where) <= _NEAR_KM
    ]
    if len(counts) < _KNOWN_DAYS:
        return 0
    return int(np.ceil(_UNUSUAL * float(np.median(counts))))


def distance_km(
    latitude: NDArray[np.float64],
    longitude: NDArray[np.float64],
    other_latitude: NDArray[np.float64],
    other_longitude: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Great-circle distances, NaN where a place is unknown."""
    a, b = np.radians(latitude), np.radians(other_latitude)
    half = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * (
        np.sin(np.radians(other_longitude - longitude) / 2) ** 2
    )
    return np.asarray(2 * 6371.0 * np.arcsin(np.sqrt(np.minimum(half, 1))))


def _km(here: tuple[float, float], there: tuple[float, float]) -> float:
    a, b = np.array([here]), np.array([there])
    return float(distance_km(a[:, 0], a[:, 1], b[:, 0], b[:, 1])[0])


def _carried(
    taken: NDArray[np.int64], latitude: NDArray[np.float64], longitude: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Places of photos without one, from the photo before or behind within two hours: a second camera's."""
    known = np.flatnonzero(np.isfinite(latitude) & np.isfinite(longitude))
    if not len(known):
        return np.full(len(taken), np.nan), np.full(len(taken), np.nan)
    after = np.minimum(np.searchsorted(known, np.arange(len(taken))), len(known) - 1)
    before = np.maximum(after - 1, 0)
    gap_after = np.abs(taken[known[after]] - taken)
    gap_before = np.abs(taken[known[before]] - taken)
    nearest = np.where(gap_before < gap_after, known[before], known[after])
    close = np.abs(taken[nearest] - taken) <= 2 * _HOUR
    return (
        np.where(close, latitude[nearest], np.nan),
        np.where(close, longitude[nearest], np.nan),
    )


def _smoothed(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The mean of each value's neighbours."""
    total = np.concatenate([[0.0], np.cumsum(values)])
    positions = np.arange(len(values))
    low = np.maximum(positions - _PAUSES_AROUND, 0)
    high = np.minimum(positions + _PAUSES_AROUND + 1, len(values))
    return np.asarray((total[high] - total[low]) / (high - low))
