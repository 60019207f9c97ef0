"""Dates and places that a person set, in keyword files."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from photosort.domain.photos import Metadata
from photosort.media.sidecar import parse_sidecar
from photosort.media.sidecar_writing import SidecarChange, words_of, write_sidecar
from photosort.progress import Job
from photosort.usecases import undoing
from photosort.usecases.details import details_of
from photosort.usecases.indexing.index_run import index
from photosort.usecases.photos import date_changes, place_changes
from photosort.usecases.photos.photo_paths import photo_at
from photosort.usecases.session.session import Session
from photosort.usecases.sidecars import sidecar_sync

EXIF_DATE = "2022-05-01T10:00:00"
DATE, CREATED = "Xmp.exif.DateTimeOriginal", "Xmp.photoshop.DateCreated"
LATITUDE, LONGITUDE = "Xmp.exif.GPSLatitude", "Xmp.exif.GPSLongitude"
SYDNEY = (-33.8568, 151.2153)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photo with a date in its EXIF."""
    folder = tmp_path / "photos"
    folder.mkdir()
    exif = Image.Exif()
    exif[0x8769] = {0x9003: "2022:05:01 10:00:00"}
    Image.new("RGB", (64, 48), (200, 20, 20)).save(folder / "a.jpg", exif=exif)
    return folder / "a.jpg"


@pytest.fixture
def look(session: Session, photo: Path) -> Callable[[], int]:
    """Brings the library up to date; returns the photo's id."""

    def again() -> int:
        index(session, [os.fspath(photo.parent)], job=Job())
        return photo_at(session, os.fspath(photo))

    return again


def beside(photo: Path) -> Path:
    return photo.with_name(f"{photo.name}.xmp")


def facts(photo: Path) -> dict[str, str | None]:
    return words_of(beside(photo).read_bytes()).facts


def read(photo: Path) -> Metadata:
    """What a program that knows nothing of the library reads."""
    return parse_sidecar(beside(photo).read_bytes(), beside(photo).name)


def shown(session: Session, photo_id: int) -> Metadata:
    return details_of(session, photo_id).photo.effective


def set_date(session: Session, photo_id: int, text: str) -> None:
    date = date_changes.parse_date(text)
    change = date_changes.change_dates(session, date_changes.set_to([photo_id], date))
    assert sidecar_sync.follow(session, change, asked=[photo_id]).problems == []


def set_place(session: Session, photo_id: int, place: tuple[float, float] | None) -> None:
    change = place_changes.set_place(session, [photo_id], place)
    assert sidecar_sync.follow(session, change, asked=[photo_id]).problems == []


def elsewhere(path: Path, change: SidecarChange) -> None:
    """Another program changes a keyword file, at another moment of the file system's clock."""
    write_sidecar(path, change)
    after = path.stat().st_mtime_ns + 2_000_000_000
    os.utime(path, ns=(after, after))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("1985", "1985"),
        ("1985-07", "1985-07"),
        ("1985-07-04", "1985-07-04"),
        ("1985-07-04 14:30:12", "1985-07-04T14:30:12"),
        ("2021-07-04 14:30:12-03:30", "2021-07-04T14:30:12-03:30"),
    ],
)
def test_a_date_is_written_as_exactly_as_it_is_known_and_goes_with_undo(
    session: Session, photo: Path, look: Callable[[], int], text: str, written: str
) -> None:
    photo_id = look()
    original = photo.read_bytes()
    set_date(session, photo_id, text)
    assert facts(photo) == {DATE: written, CREATED: written}
    assert read(photo).taken_at == written[:19]
    assert shown(session, look()).taken_at == written[:19]
    assert sidecar_sync.follow(session, undoing.undo(session)).written == 1
    assert not beside(photo).exists()
    assert shown(session, look()).taken_at == EXIF_DATE
    assert photo.read_bytes() == original


def test_a_place_is_written_and_goes_with_undo(
    session: Session, photo: Path, look: Callable[[], int]
) -> None:
    photo_id = look()
    set_place(session, photo_id, SYDNEY)
    assert facts(photo) == {LATITUDE: "33,51.408000S", LONGITUDE: "151,12.918000E"}
    said = read(photo)
    assert (said.latitude, said.longitude) == pytest.approx(SYDNEY, abs=1e-7)
    sidecar_sync.follow(session, undoing.undo(session))
    assert not beside(photo).exists()
    assert shown(session, look()).latitude is None


def test_what_stood_there_before_comes_back(
    session: Session, photo: Path, look: Callable[[], int]
) -> None:
    theirs = {DATE: "1999-01-02T03:04:05", LATITUDE: "48.2082", LONGITUDE: "16.3738"}
    theirs |= {"Xmp.exif.GPSLatitudeRef": "N", "Xmp.exif.GPSLongitudeRef": "E"}
    write_sidecar(beside(photo), SidecarChange(add=("beach",), facts=theirs))
    photo_id = look()
    set_date(session, photo_id, "1985")
    set_place(session, photo_id, SYDNEY)
    assert read(photo).taken_at == "1985"
    assert read(photo).latitude == pytest.approx(SYDNEY[0])
    set_place(session, photo_id, None)
    assert read(photo).latitude is None
    assert shown(session, look()).latitude is None
    for _ in range(3):
        sidecar_sync.follow(session, undoing.undo(session))
    assert facts(photo) == theirs
    after = shown(session, look())
    assert (after.taken_at, after.latitude) == ("1999-01-02T03:04:05", 48.2082)
    assert after.keywords == ("beach",)


def test_a_date_that_another_program_changes_later_is_taken_over(
    session: Session, photo: Path, look: Callable[[], int]
) -> None:
    photo_id = look()
    set_date(session, photo_id, "1985")
    set_place(session, photo_id, SYDNEY)
    later = {DATE: "1986-02-03", CREATED: "1986-02-03"}
    elsewhere(beside(photo), SidecarChange(facts=later))
    after = shown(session, look())
    assert after.taken_at == "1986-02-03"
    assert after.latitude == pytest.approx(SYDNEY[0])
    assert sidecar_sync.write(session, [photo_id], job=Job()).written == 0
    assert facts(photo) | later == facts(photo)


def test_nothing_is_written_unasked(session: Session, photo: Path, look: Callable[[], int]) -> None:
    photo_id = look()
    change = place_changes.set_place(session, [photo_id], SYDNEY)
    sidecar_sync.follow(session, change)
    assert not beside(photo).exists()
