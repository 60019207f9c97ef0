"""A folder of very many files costs the same for each of them, and companions still find each other."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image

from photosort.progress import Job
from photosort.store.tables import files
from photosort.usecases.indexing import companions, index_run
from photosort.usecases.photos.photo_paths import photo_at
from photosort.usecases.session.session import Session


def draw(path: Path, number: int) -> None:
    exif = Image.Exif()
    exif[0x8769] = {0x9003: f"2022:05:01 10:{number:02}:00"}
    Image.new("RGB", (64, 48), (3 * number, 255 - 3 * number, 90)).save(path, exif=exif)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Forty files, two a batch; the edited copy of the first comes last."""
    monkeypatch.setattr(index_run, "_BATCH_FILES", 2)
    made = tmp_path / "photos"
    made.mkdir()
    for number in range(39):
        draw(made / f"IMG_{number:04}.JPG", number)
    draw(made / "IMG_E0000.JPG", 0)
    return made


def test_each_batch_looks_only_at_what_is_new(
    session: Session, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at = 0
    before = files.in_folder

    def counted(*given: object, **named: object) -> list[object]:
        nonlocal looked_at
        found = before(*given, **named)
        looked_at += len(found)
        return found

    monkeypatch.setattr(companions.files, "in_folder", counted)
    summary = index_run.index(session, [os.fspath(folder)], job=Job())
    assert (summary.files, summary.photos) == (40, 39)
    assert looked_at <= 40
    ids = {photo_at(session, os.fspath(folder / f"IMG_{name}.JPG")) for name in ("0000", "E0000")}
    assert len(ids) == 1


def test_companions_that_came_later_or_moved_here_are_found(
    session: Session, folder: Path, tmp_path: Path
) -> None:
    (folder / "IMG_E0000.JPG").rename(tmp_path / "IMG_E0000.JPG")
    (folder / "IMG_0038.JPG").rename(tmp_path / "IMG_0038.JPG")
    index_run.index(session, [os.fspath(folder)], job=Job())
    (tmp_path / "IMG_E0000.JPG").rename(folder / "IMG_E0000.JPG")
    # Two steps of one run: a known file comes back into the folder, and its edited copy is new.
    (tmp_path / "IMG_0038.JPG").rename(folder / "IMG_0038.JPG")
    draw(folder / "IMG_E0038.JPG", 38)
    summary = index_run.index(session, [os.fspath(folder)], job=Job())
    assert (summary.files, summary.photos) == (41, 39)


def test_many_copies_of_one_file_are_one_photo(session: Session, folder: Path) -> None:
    for number in range(20):
        (folder / f"copy{number}.jpg").write_bytes((folder / "IMG_0007.JPG").read_bytes())
    summary = index_run.index(session, [os.fspath(folder)], job=Job())
    assert (summary.files, summary.photos) == (60, 39)
