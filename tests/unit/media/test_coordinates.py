from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photosort.media.coordinates import parse_angle, parse_iso_6709


@pytest.mark.parametrize(
    ("text", "reference", "degrees"),
    [
        ("28/1 11/1 412/100", "N", 28.184478),
        ("14/1 9/1 3841/100", "W", -14.160669),
        ("33.8568", "S", -33.8568),
        ("33.8568", "South", -33.8568),
        ("-33.8568", "", -33.8568),
        ("-33.8568", "S", -33.8568),
        ("+16.3738", None, 16.3738),
        ("68", "W", -68),
        ("57,46.8417528N", "", 57.780696),
        ("14,9,30w", "", -14.158333),
        ("48.2082N", "", 48.2082),
        ("S 33.8568", "", -33.8568),
        ("33.8568 West", "E", -33.8568),
        ("33 deg 51' 24.48\" S", "", -33.8568),
        ("33° 51′ 24.48″ E", "", 33.8568),
        ("33 deg 51 min 24.48 sec", "N", 33.8568),
        ("33:51:24.48", "S", -33.8568),
        ("48,2082", "N", 48.2082),
        ("-151,2153", "", -151.2153),
        ("48,30", "N", 48.5),
        ("-33 51 24.48", "", -33.8568),
        ("-0.5", "", -0.5),
        ("0/1 30/1 0/1", "S", -0.5),
        ("338568/10000 0/1 0/1", "S", -33.8568),
        ("338568/10000 0/0 0/0", "S", -33.8568),
        ("33/1 51408/1000 0/0", "S", -33.8568),
        ("0/0 0/0 0/0", "N", None),
        ("1/1 2/1 3/1 4/1", "N", None),
        ("181", "E", None),
        ("north", "", None),
        ("nan", "N", None),
        ("", "N", None),
        (None, "N", None),
    ],
)
def test_angles(text: str | None, reference: str | None, degrees: float | None) -> None:
    found = parse_angle(text, reference, most=180)
    assert found == (None if degrees is None else pytest.approx(degrees, abs=1e-6))


@given(
    st.floats(-90, 90).map(lambda value: round(value, 7)),
    st.sampled_from(["sign", "tag", "letter", "minutes", "words", "rational"]),
)
def test_every_way_of_writing_an_angle_means_the_same(degrees: float, way: str) -> None:
    size, letter = abs(degrees), "S" if degrees < 0 else "N"
    whole, minutes = int(size), (size - int(size)) * 60
    text, reference = {
        "sign": (f"{degrees:.7f}", ""),
        "tag": (f"{size:.7f}", letter),
        "letter": (f"{size:.7f}{letter}", ""),
        "minutes": (f"{whole},{minutes:.7f}{letter}", ""),
        "words": (
            f"{whole} deg {int(minutes)}' {(minutes - int(minutes)) * 60:.5f}\" {letter}",
            "",
        ),
        "rational": (f"{whole}/1 {round(minutes * 1e6)}/1000000 0/1", letter),
    }[way]
    assert parse_angle(text, reference, most=90) == pytest.approx(degrees, abs=1e-6)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("+28.1845-014.1607+012.300/", (28.1845, -14.1607, 12.3)),
        ("+28.1845-014.1607/", (28.1845, -14.1607, None)),
        ("-3351.408+15112.918/", (-33.8568, 151.2153, None)),
        ("+481229.52+0162225.68/", (48.2082, 16.37380, None)),
        ("+48+016/", (48, 16, None)),
        ("+98.0+016.0/", None),
        ("+123+016/", None),
        ("somewhere", None),
    ],
)
def test_places_of_clips(text: str, place: tuple[float, float, float | None] | None) -> None:
    found = parse_iso_6709(text)
    if place is None:
        assert found is None
    else:
        assert found is not None
        assert found[:2] == pytest.approx(place[:2], abs=1e-5)
        assert found[2] == place[2]
