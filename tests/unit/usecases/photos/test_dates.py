from __future__ import annotations

import os

import numpy as np
import pytest
from PIL import Image

from photosort.progress import Job
from photosort.usecases.details import details_of
from photosort.usecases.indexing import index_run
from photosort.usecases.photos import photo_table
from photosort.usecases.photos.photo_paths import photo_at
from photosort.usecases.search.query_results import search


@pytest.fixture
def dated(session, tmp_path):
    """Photos whose dates stand in the names of files and folders alone; all written in 2001."""
    names = (
        "DSC_0001.jpg",
        "1985 holiday.jpg",
        "1985-07 holiday.jpg",
        "1985-07-04 holiday.jpg",
        "1938-05-01 grandma.jpg",
        "IMG_20220430_134312.jpg",
        "1977 summer/12.jpg",
    )
    root = tmp_path / "photos"
    for number, name in enumerate(names):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (96, 64), (200, number, number)).save(path)
        os.utime(path, (1_000_000_000, 1_000_000_000))
    index_run.index(session, [str(root)], job=Job())
    return root


def _found(session, named, query: str) -> set[str]:
    return set(named([hit.photo_id for hit in search(session, query, limit=20).hits]))


def test_filters_see_no_time_of_a_file(session, named, dated) -> None:
    assert _found(session, named, "on:2001") == set()
    assert _found(session, named, "before:2030") == {path.name for path in dated.rglob("*.jpg")} - {
        "DSC_0001.jpg"
    }
    assert _found(session, named, "before:1980") == {"1938-05-01 grandma.jpg", "12.jpg"}
    assert _found(session, named, "on:1985-07") == {"1985-07 holiday.jpg", "1985-07-04 holiday.jpg"}


def test_the_time_of_a_file_is_told_apart(session, dated) -> None:
    undated = details_of(session, photo_at(session, str(dated / "DSC_0001.jpg")))
    assert undated.photo.effective.taken_at is None
    assert undated.file_date is not None
    assert undated.file_date.startswith("2001-09-")


def test_photos_are_in_order_and_say_no_more_than_is_known(session, named, dated) -> None:
    hits = search(session, "type:jpg sort:date", limit=20).hits
    ordered = np.array([hit.photo_id for hit in hits])
    names = named(ordered)
    assert names[-3:] == ["12.jpg", "1938-05-01 grandma.jpg", "DSC_0001.jpg"]
    sections = photo_table.date_sections(photo_table.load(session), ordered)
    assert [section[1:] for section in sections] == [
        (2022, 4, 0), (1985, 7, 0), (1985, 0, 0), (1977, 0, 0), (1938, 5, 0), (0, 0, 0),
    ]  # fmt: skip
    years = photo_table.date_sections(photo_table.load(session), ordered, "year")
    assert [section[1:] for section in years] == [
        (2022, 0, 0), (1985, 0, 0), (1977, 0, 0), (1938, 0, 0), (0, 0, 0),
    ]  # fmt: skip


def test_the_last_moment_that_a_date_may_mean(session, named, dated) -> None:
    catalog = photo_table.load(session)
    last = dict(zip(named(catalog.ids), photo_table.last_moments(catalog.table), strict=True))
    for name, end in (
        ("1985 holiday.jpg", "1986-01-01"),
        ("1985-07 holiday.jpg", "1985-08-01"),
        ("1985-07-04 holiday.jpg", "1985-07-05"),
    ):
        assert last[name] == np.datetime64(end, "ms").astype(np.int64) - 1
