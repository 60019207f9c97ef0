from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from photosort.domain.dates import precision_of, wall_clock_ms
from photosort.domain.photos import Root
from photosort.gui.panels import sources
from photosort.gui.panels.sources import Known, SourceRows
from photosort.gui.widgets.source_model import Source
from photosort.store.tables.photos import NO_DATE, PRECISIONS, PhotoTable
from photosort.usecases.photos.photo_table import Catalog


def catalog(*dates: str) -> Catalog:
    """Photos of these days, months or years ("" for none) in one folder."""
    taken = [NO_DATE if (ms := wall_clock_ms(day)) is None else ms for day in dates]
    count = len(dates)
    zero = np.zeros(count, np.int64)
    table = PhotoTable(
        ids=np.arange(1, count + 1),
        taken_sort=np.array(taken, np.int64),
        precision=np.array([PRECISIONS.index(precision_of(day)) for day in dates], np.uint8),
        kind=zero.astype(np.uint8),
        rating=zero.astype(np.int8),
        flag=zero.astype(np.uint8),
        has_gps=zero.astype(np.bool_),
        root=zero + 1,
        folder=(zero + 1).astype(np.int32),
        state=zero.astype(np.uint8),
        content=zero,
        size_bytes=zero,
    )
    names = np.array([f"{number}.jpg" for number in range(count)], np.object_)
    root = Root(1, "/photos", "", "", online=True)
    return Catalog(table, np.ones(count, np.float32), names, {1: (1, "trip")}, {1: root})


def flat(sources: list[Source]) -> dict[str, Source]:
    found = {}
    for source in sources:
        found[source.key] = source
        found |= flat(list(source.children))
    return found


DATES = ("2022-05-01", "2022-05-01", "2022-07-09", "2023-01-02", "1969-12-31", "")


def test_years_months_and_days_are_counted() -> None:
    rows = flat(SourceRows().rows(catalog(*DATES), Known()))
    counts = {key: row.count for key, row in rows.items() if key.startswith("on:")}
    assert counts == {
        "on:2023": 1, "on:2023-01": 1, "on:2023-01-02": 1,
        "on:2022": 3, "on:2022-07": 1, "on:2022-07-09": 1, "on:2022-05": 2, "on:2022-05-01": 2,
        "on:1969": 1, "on:1969-12": 1, "on:1969-12-31": 1,
    }  # fmt: skip
    years = [row.key for row in rows["section:timeline"].children]
    assert years == ["on:2023", "on:2022", "on:1969"]


def test_the_same_day_of_earlier_years_has_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "today", lambda: date(2023, 7, 9))
    dates = ("2022-07-09", "1969-07-09", "1969-07-09", "2023-07-09", "2022-07", "2021-07-08", "")
    rows = flat(SourceRows().rows(catalog(*dates), Known()))
    row = rows["(on:2022-07-09 OR on:1969-07-09)"]
    assert (row.title, row.count) == ("On this day", 3)
    monkeypatch.setattr(sources, "today", lambda: date(2023, 7, 10))
    titles = {row.title for row in flat(SourceRows().rows(catalog(*dates), Known())).values()}
    assert "On this day" not in titles


@pytest.mark.parametrize(("recent", "is_shown"), [(0, False), (2, True), (6, False)])
def test_recently_added_is_shown_where_it_says_something(recent: int, is_shown: bool) -> None:
    rows = flat(SourceRows().rows(catalog(*DATES), Known(recent=recent)))
    assert ("is:recent" in rows) is is_shown


def test_a_year_is_no_day_of_it() -> None:
    dates = ("1985", "1985", "1985-07", "1985-07-04", "1938")
    rows = flat(SourceRows().rows(catalog(*dates), Known()))
    counts = {key: row.count for key, row in rows.items() if key.startswith("on:")}
    assert counts == {"on:1985": 4, "on:1985-07": 2, "on:1985-07-04": 1, "on:1938": 1}


def test_what_is_as_it_was_is_the_same_object() -> None:
    made = SourceRows()
    known = Known(tags=[("dog", None, 2), ("puppy", "dog", 1)], albums=[("Lisbon", None, 3)])
    before = flat(made.rows(catalog(*DATES), known))
    after = flat(made.rows(catalog(*DATES), replace(known, tags=list(known.tags))))
    assert all(after[key] is before[key] for key in before)


def test_one_more_photo_makes_few_rows_anew() -> None:
    made = SourceRows()
    known = Known(tags=[("dog", None, 2), ("puppy", "dog", 1)])
    made.rows(catalog(*DATES), known)
    before = flat(made.rows(catalog(*DATES), known))
    after = flat(made.rows(catalog(*DATES, "2022-07-09"), known))
    assert {key for key in after if after[key] is not before.get(key)} == {
        "page:everything",
        "section:timeline", "on:2022", "on:2022-07", "on:2022-07-09",
        "section:folders", "folder:/photos", "folder:/photos/trip",
    }  # fmt: skip
    assert after["on:2022-07-09"].count == 2


def test_a_library_without_photos_has_no_timeline() -> None:
    for dates in ((), ("", "")):
        rows = flat(SourceRows().rows(catalog(*dates), Known()))
        assert rows["section:timeline"].children == ()
