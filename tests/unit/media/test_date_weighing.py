from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photosort.domain.photos import Metadata, Source
from photosort.media.date_weighing import Dated, best_of
from photosort.media.metadata import merge
from photosort.media.zones import offset_at

UTC = datetime(2024, 1, 21, 4, 46, 9)  # noqa: DTZ001
NEW_YORK = Metadata(latitude=40.7128, longitude=-74.006)


def clip(utc: datetime = UTC, length_s: float = 4.0) -> tuple[Source, Metadata]:
    said = Metadata(
        taken_at=utc.isoformat(), offset_min=0, taken_source=Source.EXIF, duration_s=length_s
    )
    return Source.EXIF, said


def takeout(utc: datetime = UTC) -> tuple[Source, Metadata]:
    said = Metadata(taken_at=utc.isoformat(), offset_min=0, taken_source=Source.SIDECAR)
    return Source.SIDECAR, said


def name(taken_at: str, offset_min: int | None = None) -> tuple[Source, Metadata]:
    return Source.NAME, Metadata(taken_at=taken_at, offset_min=offset_min)


@pytest.mark.parametrize("known", [clip(), takeout()])
@pytest.mark.parametrize(
    ("named", "offset_min"),
    [
        ("2024-01-20T23:46:09", -300),
        ("2024-01-20T23:46:40", -300),
        ("2024-01-21T10:31:09", 345),
        ("2024-01-21T04:46:09", 0),
    ],
)
def test_a_name_gives_the_clock_of_a_moment_in_utc(
    known: tuple[Source, Metadata], named: str, offset_min: int
) -> None:
    merged = merge([known, name(named)])
    assert (merged.taken_at, merged.offset_min) == (named, offset_min)


@pytest.mark.parametrize(
    "named", ["2024-01-20T23:50:09", "2024-01-23T04:46:09", "2024-01-20", "2024"]
)
def test_a_name_of_another_moment_gives_no_clock(named: str) -> None:
    merged = merge([takeout(), name(named)])
    assert (merged.taken_at, merged.offset_min) == (UTC.isoformat(), 0)


@given(
    st.integers(min_value=0, max_value=4 * 3600),
    st.integers(min_value=-48, max_value=56),
    st.sampled_from([-1, 1]),
)
def test_a_clip_is_stamped_at_its_beginning_or_end(
    length_s: int, quarters: int, direction: int
) -> None:
    """The name says the one, the header the other."""
    local = UTC + timedelta(minutes=15 * quarters, seconds=direction * length_s)
    merged = merge([clip(length_s=float(length_s)), name(local.isoformat())])
    assert merged.offset_min is not None
    assert merged.taken_at == local.isoformat()
    away = local - timedelta(minutes=merged.offset_min) - UTC
    assert abs(away.total_seconds()) <= length_s + 60


def test_a_name_within_a_short_clip() -> None:
    merged = merge([clip(length_s=300.0), name("2024-01-20T23:43:09")])
    assert (merged.taken_at, merged.offset_min) == ("2024-01-20T23:43:09", -300)


@pytest.mark.parametrize(
    "known", [clip(), takeout(), name(UTC.isoformat(), 0)], ids=["clip", "takeout", "name"]
)
def test_the_place_gives_the_clock_where_no_name_does(known: tuple[Source, Metadata]) -> None:
    source, said = known
    placed = (Source.SIDECAR, NEW_YORK)
    merged = merge([(source, said), placed])
    assert (merged.taken_at, merged.offset_min) == ("2024-01-20T23:46:09", -300)
    summer = replace(said, taken_at="2024-07-21T04:46:09.500")
    merged = merge([(source, summer), placed])
    assert (merged.taken_at, merged.offset_min) == ("2024-07-21T00:46:09.500", -240)


def test_a_still_keeps_the_clock_of_its_camera() -> None:
    still = Metadata(taken_at=UTC.isoformat(), offset_min=0, taken_source=Source.EXIF)
    merged = merge([(Source.EXIF, still), (Source.SIDECAR, NEW_YORK)])
    assert (merged.taken_at, merged.offset_min) == (UTC.isoformat(), 0)


def test_what_the_user_says_is_never_moved() -> None:
    own = Metadata(taken_at=UTC.isoformat(), offset_min=0)
    merged = merge([(Source.USER, own), name("2024-01-20T23:46:09")])
    assert (merged.taken_at, merged.taken_source) == (UTC.isoformat(), Source.USER)


@pytest.mark.parametrize(
    ("latitude", "longitude", "offset_min"),
    [
        (40.7128, -74.006, -300),
        (27.7, 85.3, 345),
        (-43.95, -176.55, 825),
        (61.2, -149.9, -540),
        (64.15, -21.94, 0),
        (1.87, -157.4, 840),
        (-90.0, 0.0, 780),
    ],
)
def test_zones_of_places(latitude: float, longitude: float, offset_min: int) -> None:
    assert offset_at(latitude, longitude, UTC) == offset_min


@pytest.mark.parametrize(
    ("dates", "best"),
    [
        # The sidecar of a scan has only when it was digitised.
        (
            [
                Dated(Source.DIGITIZED, "2024-08-01T10:00:00"),
                Dated(Source.EXIF, "1985-07-04T12:00:00"),
            ],
            1,
        ),
        ([Dated(Source.DIGITIZED, "2021-03-04T10:00:00"), Dated(Source.NAME, "1974-06-12")], 1),
        ([Dated(Source.DIGITIZED, "2021-03-04T10:00:00"), Dated(Source.FOLDER, "1985")], 1),
        # A copy of today, a folder of later.
        ([Dated(Source.DIGITIZED, "2016-03-04T10:00:00"), Dated(Source.NAME, "2023-05-10")], 0),
        ([Dated(Source.DIGITIZED, "2016-03-04T10:00:00"), Dated(Source.FOLDER, "2019")], 0),
        ([Dated(Source.NAME, "2021-07-04T22:30:15"), Dated(Source.FOLDER, "1985")], 0),
        # The same day, more exactly.
        ([Dated(Source.NAME, "2022-04-30"), Dated(Source.DIGITIZED, "2022-04-30T13:43:12")], 1),
        ([Dated(Source.SIDECAR, "1985"), Dated(Source.EXIF, "1985-07-04T12:00:00")], 1),
        ([Dated(Source.SIDECAR, "1985"), Dated(Source.EXIF, "1985-01-01T00:00:00")], 0),
        ([Dated(Source.EXIF, "1985-07-01T00:00:00"), Dated(Source.NAME, "1985-07")], 1),
        ([Dated(Source.USER, "1985"), Dated(Source.EXIF, "1985-07-04T12:00:00")], 0),
        ([Dated(Source.XMP, "1985"), Dated(Source.IPTC, "1990-01-01")], 0),
    ],
)
def test_which_date_is_the_picture_s(dates: list[Dated], best: int) -> None:
    assert best_of(dates) == dates[best]
    assert best_of(reversed(dates)) == dates[best]
