from __future__ import annotations

from datetime import datetime

import pytest

from photosort.media.dates import Moment, offset_from_utc, parse_moment, parse_offset


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2022:05:15 18:42:07", ("2022-05-15T18:42:07", None)),
        ("2022-05-15T18:42:07.12+02:00", ("2022-05-15T18:42:07.120", 120)),
        ("2022-05-15T18:42Z", ("2022-05-15T18:42:00", 0)),
        ("2022-05-15", ("2022-05-15", None)),
        ("1985", ("1985", None)),
        ("1985-07", ("1985-07", None)),
        ("1985:07", ("1985-07", None)),
        ("1985-07-00", ("1985-07", None)),
        ("1985-00-00", ("1985", None)),
        ("19850000", ("1985", None)),
        ("19850700", ("1985-07", None)),
        ("19850704", ("1985-07-04", None)),
        ("1985:00:00 00:00:00", ("1985", None)),
        ("1985:  :     :  :  ", ("1985", None)),
        ("1985:07:   :  :  ", ("1985-07", None)),
        ("1985:07:04   :  :  ", ("1985-07-04", None)),
        ("2021:7:4 9:5:3", ("2021-07-04T09:05:03", None)),
        ("2021/07/04 09:05:03", ("2021-07-04T09:05:03", None)),
        ("20210704T090503Z", ("2021-07-04T09:05:03", 0)),
        ("2021-07-04T09:05:03.000 +0200", ("2021-07-04T09:05:03", 120)),
        ("1985-13", None),
        ("123456789", None),
        ("1900:06:02 10:59:58", ("1900-06-02T10:59:58", None)),
        ("2022:05:15 24:00:00", ("2022-05-15T00:00:00", None)),
        ("2022:05:15 18:42:60", ("2022-05-15T18:42:59", None)),
        ("0000:00:00 00:00:00", None),
        ("    :  :     :  :  ", None),
        ("2022:02:31 10:00:00", None),
        ("9999:01:01 00:00:00", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_written_dates(text: str, moment: tuple[str, int | None] | None) -> None:
    assert parse_moment(text) == moment


def test_fraction_and_offset_of_other_tags() -> None:
    assert parse_moment("2022:05:15 18:42:07", subsec="5", offset="-05:00") == (
        "2022-05-15T18:42:07.500",
        -300,
    )
    assert parse_moment("2022:05:15 18:42:07", subsec="0", offset="  :  ") == (
        "2022-05-15T18:42:07",
        None,
    )


def test_impossible_offsets_are_none() -> None:
    assert parse_offset("+15:00") is None
    assert parse_offset("+1400") == 840


def test_offset_between_clock_and_satellite() -> None:
    utc = datetime(2022, 5, 15, 10, 0)  # noqa: DTZ001
    assert offset_from_utc("2022-05-15T15:47:00", utc) == 345
    assert offset_from_utc("2022-05-15T15:53:00", utc) is None
    assert offset_from_utc("2022-05-17T10:00:00", utc) is None


@pytest.mark.parametrize("offset_min", [None, 0, 330, -210, -720])
def test_a_moment_is_read_as_it_is_written(offset_min: int | None) -> None:
    moment = Moment("2022-05-15T18:42:07", offset_min)
    assert parse_moment(str(moment)) == moment


def test_a_clock_and_a_name_lie_closer_than_a_satellite_fix() -> None:
    utc = datetime(2022, 5, 15, 10, 0)  # noqa: DTZ001
    assert offset_from_utc("2022-05-15T12:00:50", utc, slack_s=60) == 120
    assert offset_from_utc("2022-05-15T12:01:10", utc, slack_s=60) is None
