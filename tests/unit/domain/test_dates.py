from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photosort.domain.dates import Precision, end_of, precision_of, start_of, wall_clock_ms


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [
        (None, None),
        ("1970-01-01T00:00:00", 0),
        ("1970", 0),
        ("1970-02", 31 * 86_400_000),
        ("1970-01-02", 86_400_000),
        ("2022-05-15T18:42:07.123", 1652640127123),
        ("1925-01-01T00:00:00", -1420070400000),
        ("1925", -1420070400000),
        ("2022-05-15T18:42:07+02:00", 1652640127000),
        ("0000-00-00T00:00:00", None),
        ("1985-13", None),
    ],
)
def test_wall_clock(text: str | None, milliseconds: int | None) -> None:
    assert wall_clock_ms(text) == milliseconds


@given(st.dates(min_value=date(1826, 1, 1)), st.sampled_from(list(Precision)))
def test_a_date_spans_what_it_may_mean(day: date, precision: Precision) -> None:
    length = {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10, Precision.SECOND: 19}
    text = f"{day.isoformat()}T12:00:00"[: length[precision]]
    assert precision_of(text) is precision
    if day.year == 9999:
        return
    start, end = start_of(text), end_of(text)
    noon = datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001
    assert start <= noon
    assert (noon < end) == (precision is not Precision.SECOND)
    assert start.isoformat().startswith(text)
    if precision is not Precision.SECOND:
        assert not end.isoformat().startswith(text)
        assert (end - timedelta(seconds=1)).isoformat().startswith(text)
