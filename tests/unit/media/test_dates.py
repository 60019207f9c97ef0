from __future__ import annotations

from datetime import datetime

import pytest

from photosort.media.dates import moment_from_name, offset_from_utc, parse_moment, parse_offset
from photosort.media.metadata import date_from_name

NOW = datetime(2024, 6, 1)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("name", "taken_at"),
    [
        ("IMG_20220430_134312.jpg", "2022-04-30T13:43:12"),
        ("IMG_20220430_134312_1.jpg", "2022-04-30T13:43:12"),
        ("20220430_13_43_12.jpg", "2022-04-30T13:43:12"),
        ("2022-04-30 13.43.12.jpg", "2022-04-30T13:43:12"),
        ("2022-04-30 13.43.12-1.heic", "2022-04-30T13:43:12"),
        ("2022-04-30_13-43-12.jpg", "2022-04-30T13:43:12"),
        ("IMG-20220430-WA0001.jpg", "2022-04-30T00:00:00"),
        ("WhatsApp Image 2022-04-30 at 13.43.12.jpeg", "2022-04-30T13:43:12"),
        ("WhatsApp Image 2022-04-30 at 1.43.12 PM.jpeg", "2022-04-30T13:43:12"),
        ("Screenshot_20220430-134312_Chrome.png", "2022-04-30T13:43:12"),
        ("Screenshot_2022-04-30-13-43-12-123_com.app.png", "2022-04-30T13:43:12.123"),
        ("Screenshot 2022-04-30 at 13.43.12.png", "2022-04-30T13:43:12"),
        ("Bildschirmfoto 2022-04-30 um 13.43.12.png", "2022-04-30T13:43:12"),
        ("signal-2022-04-30-134312.jpg", "2022-04-30T00:00:00"),
        ("MVIMG_20220430_134312.jpg", "2022-04-30T13:43:12"),
        ("VID_20220430_134312.mp4", "2022-04-30T13:43:12"),
        ("20220430134312.jpg", "2022-04-30T13:43:12"),
        ("2022_04_30_Lisbon.jpg", "2022-04-30T00:00:00"),
        ("20160826-2.jpg", "2016-08-26T00:00:00"),
        ("Photo 2022-04-30.jpg", "2022-04-30T00:00:00"),
        ("IMG_1234.jpg", None),
        ("2022.jpg", None),
        ("DSC02022.jpg", None),
        ("20221399.jpg", None),
        ("IMG_20220230_101010.jpg", None),
        ("12345678901234567.jpg", None),
        ("120220430.jpg", None),
        ("20220430123.jpg", None),
        ("FB_IMG_1651325992123.jpg", None),
        ("20990101_101010.jpg", None),
        ("18500101.jpg", None),
        ("1920x1080.jpg", None),
    ],
)
def test_date_in_a_name(name: str, taken_at: str | None) -> None:
    moment = moment_from_name(name, now=NOW)
    assert (moment.taken_at if moment else None) == taken_at


def test_pixel_phones_write_utc() -> None:
    moment = moment_from_name("PXL_20220430_134312123.MP.jpg", now=NOW)
    assert moment == ("2022-04-30T13:43:12.123", 0)
    other = moment_from_name("IMG_20220430_134312.jpg", now=NOW)
    assert other is not None
    assert other.offset_min is None


def test_date_from_name_is_the_wall_clock_time() -> None:
    assert date_from_name("IMG_20220430_134312.jpg") == "2022-04-30T13:43:12"
    assert date_from_name("holiday.jpg") is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2022:05:15 18:42:07", ("2022-05-15T18:42:07", None)),
        ("2022-05-15T18:42:07.12+02:00", ("2022-05-15T18:42:07.120", 120)),
        ("2022-05-15T18:42Z", ("2022-05-15T18:42:00", 0)),
        ("2022-05-15", ("2022-05-15T00:00:00", None)),
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
