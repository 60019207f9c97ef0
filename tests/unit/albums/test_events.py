from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest

from photosort.albums.event_names import days_between, hours_between, joined, place_of
from photosort.albums.events import Event, Moments, Span, believable, find_events
from photosort.domain.places import PlaceName

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
NO_DATE = int(np.iinfo(np.int64).min)
HOME = (52.52, 13.40)
PLACES = {
    "lisbon": (38.72, -9.14),
    "oslo": (59.91, 10.75),
    "kyoto": (35.01, 135.77),
    "rome": (41.9, 12.5),
}


def at(text: str) -> int:
    return int(np.datetime64(text, "ms").astype(np.int64))


@dataclass
class Life:
    """Draws the photos of a few years, with events that are known."""

    rng: np.random.Generator
    taken: list[int] = field(default_factory=list)
    where: list[tuple[float, float]] = field(default_factory=list)
    planted: list[set[int]] = field(default_factory=list)

    def shoot(self, ms: int, where: tuple[float, float], *, burst: int = 1) -> list[int]:
        rows = []
        for number in range(burst):
            rows.append(len(self.taken))
            self.taken.append(ms + number * 1000)
            jitter = self.rng.normal(0, 0.01, 2)
            known = self.rng.random() < 0.85
            self.where.append(
                (where[0] + jitter[0], where[1] + jitter[1]) if known else (np.nan, np.nan)
            )
        return rows

    def everyday(self, days: int) -> None:
        for day in range(days):
            if self.rng.random() < 0.45:
                for _ in range(int(self.rng.integers(1, 4))):
                    clock = int(self.rng.integers(8, 21) * HOUR + self.rng.integers(0, HOUR))
                    self.shoot(
                        at("2019-01-01") + day * DAY + clock,
                        HOME,
                        burst=int(self.rng.integers(1, 4)),
                    )

    def party(self, day: int) -> None:
        clock = at("2019-01-01") + day * DAY + 17 * HOUR
        rows: list[int] = []
        for _ in range(int(self.rng.integers(15, 60))):
            clock += int(self.rng.exponential(7 * MINUTE))
            rows += self.shoot(clock, HOME)
        self.planted.append(set(rows))

    def trip(self, day: int, days: int, place: tuple[float, float]) -> None:
        rows: list[int] = []
        for number in range(days):
            clock = at("2019-01-01") + (day + number) * DAY + 9 * HOUR
            for _ in range(int(self.rng.integers(5, 40))):
                clock += int(self.rng.exponential(15 * MINUTE))
                if clock < at("2019-01-01") + (day + number) * DAY + 23 * HOUR:
                    rows += self.shoot(clock, place, burst=int(self.rng.choice([1, 1, 1, 6])))
        self.planted.append(set(rows))

    def photos(self) -> Moments:
        where = np.array(self.where)
        return Moments(np.array(self.taken), where[:, 0], where[:, 1])


def drawn(seed: int) -> Life:
    life = Life(np.random.default_rng(seed))
    life.everyday(900)
    day = 20
    names = list(PLACES)
    while day < 860:
        if life.rng.random() < 0.5:
            life.party(day)
            day += int(life.rng.integers(6, 40))
        else:
            days = int(life.rng.integers(2, 12))
            life.trip(day, days, PLACES[names[int(life.rng.integers(len(names)))]])
            day += days + int(life.rng.integers(6, 60))
    return life


def f1(planted: list[set[int]], found: list[set[int]], least: float = 0.8) -> float:
    def hits(some: list[set[int]], others: list[set[int]]) -> int:
        return sum(any(len(a & b) / len(a | b) >= least for b in others) for a in some)

    precision = hits(found, planted) / max(len(found), 1)
    recall = hits(planted, found) / max(len(planted), 1)
    return 2 * precision * recall / max(precision + recall, 1e-9)


def top(events: list[Event]) -> list[set[int]]:
    return [set(event.rows.tolist()) for event in events if event.parent is None]


@pytest.mark.parametrize("seed", range(5))
def test_planted_events_are_found(seed: int) -> None:
    life = drawn(seed)
    assert f1(life.planted, top(find_events(life.photos()))) >= 0.9


def test_a_trip_holds_days_and_a_day_holds_moments() -> None:
    life = Life(np.random.default_rng(0))
    for day in range(3):
        for clock in (10 * HOUR, 16 * HOUR):
            for number in range(6):
                life.shoot(
                    at("2022-05-12") + day * DAY + clock + number * 3 * MINUTE, PLACES["lisbon"]
                )
    events = find_events(life.photos())
    spans = [event.span for event in events]
    assert spans.count(Span.TRIP) == 1
    assert spans.count(Span.DAY) == 3
    assert spans.count(Span.MOMENT) == 6
    for event in events:
        if event.parent is not None:
            assert set(event.rows.tolist()) <= set(events[event.parent].rows.tolist())


def test_a_burst_counts_once() -> None:
    taken = at("2022-05-12T12:00") + np.arange(30) * 1000
    unknown = np.full(30, np.nan)
    assert find_events(Moments(taken, unknown, unknown)) == []


def test_what_looks_different_is_no_burst() -> None:
    taken = at("2022-05-12T12:00") + np.arange(6) * 1000
    unknown = np.full(6, np.nan)
    assert len(find_events(Moments(taken, unknown, unknown, np.eye(6, dtype=np.float32)))) == 1


def test_two_cameras_far_apart_at_one_time_are_not_one_event() -> None:
    taken = np.concatenate([at("2022-05-12T12:00") + np.arange(6) * 5 * MINUTE] * 2)
    taken[6:] += MINUTE
    latitude = np.array([38.72] * 6 + [59.91] * 6)
    longitude = np.array([-9.14] * 6 + [10.75] * 6)
    for event in find_events(Moments(taken, latitude, longitude)):
        assert len({round(latitude[row]) for row in event.rows}) == 1


def test_dates_of_unset_clocks_are_not_believed() -> None:
    dates = [NO_DATE, at("1970-01-01"), at("1970-01-03T12:00"), at("1980-01-01"), at("2099-01-01"),
             at("1904-01-01"), at("1968-07-01"), at("2022-05-12")]  # fmt: skip
    believed = believable(np.array(dates), at("2026-11-26"))
    assert believed.tolist() == [False] * 6 + [True] * 2


def test_no_photos_and_one_photo() -> None:
    nothing = np.zeros(0)
    assert find_events(Moments(nothing.astype(np.int64), nothing, nothing)) == []
    one = np.full(1, np.nan)
    assert find_events(Moments(np.array([at("2022-05-12")]), one, one)) == []


def test_thirty_thousand_photos_in_a_day_are_one_event() -> None:
    rng = np.random.default_rng(0)
    taken = np.sort(at("2022-05-12T08:00") + rng.integers(0, 12 * HOUR, 30_000))
    unknown = np.full(len(taken), np.nan)
    events = find_events(Moments(taken, unknown, unknown))
    assert len([event for event in events if event.parent is None]) == 1
    assert len(events) < 20


def test_ten_photos_every_day_at_one_place_are_no_events() -> None:
    days = np.repeat(np.arange(200), 10)
    taken = at("2022-01-01T09:00") + days * DAY + np.tile(np.arange(10), 200) * HOUR
    latitude, longitude = np.full(2000, HOME[0]), np.full(2000, HOME[1])
    assert find_events(Moments(taken, latitude, longitude)) == []


LISBON = PlaceName("Portugal", "Lisbon", "Lisbon")
SINTRA = PlaceName("Portugal", "Lisbon", "Sintra")
PORTO = PlaceName("Portugal", "Porto", "Porto")
SEVILLE = PlaceName("Spain", "Andalusia", "Seville")


@pytest.mark.parametrize(
    ("places", "name"),
    [
        ([LISBON] * 5 + [SINTRA], "Lisbon"),
        ([LISBON] * 2 + [SINTRA] * 2, "Lisbon"),
        ([LISBON] * 2 + [PORTO] * 2, "Lisbon and Porto"),
        ([LISBON, PORTO, SINTRA, PlaceName("Portugal", "Faro", "Faro")], "Portugal"),
        ([LISBON] * 3 + [SEVILLE] * 3, "Lisbon and Seville"),
        ([PlaceName("Fiji", "", "")], "Fiji"),
        ([PlaceName("", "", "")], ""),
        ([], ""),
    ],
)
def test_place_of_an_event(places: list[PlaceName], name: str) -> None:
    assert place_of(places) == name


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        ("2022-05-12T10:00", "2022-05-12T23:00", "12 May 2022"),
        ("2022-05-12T10:00", "2022-05-13T02:00", "12 May 2022"),
        ("2022-05-12T10:00", "2022-05-15T10:00", "12-15 May 2022"),
        ("2022-04-30T10:00", "2022-05-02T10:00", "30 April - 2 May 2022"),
        ("2022-12-30T10:00", "2023-01-02T10:00", "30 December 2022 - 2 January 2023"),
    ],
)
def test_days_of_an_event(first: str, last: str, name: str) -> None:
    assert days_between(at(first), at(last)) == name


def test_parts_of_a_name() -> None:
    assert joined("Lisbon", "12 May 2022") == "Lisbon, 12 May 2022"
    assert joined("", "12 May 2022") == "12 May 2022"
    assert hours_between(at("2022-05-12T13:26"), at("2022-05-12T13:47")) == "13:26-13:47"
