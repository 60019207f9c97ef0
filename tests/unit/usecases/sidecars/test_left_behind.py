"""Keyword files that stayed where they were when their pictures went."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photosort.domain.tags import TagState
from photosort.media.sidecar_writing import SidecarChange, words_of, write_sidecar
from photosort.progress import Job
from photosort.usecases.indexing.index_run import index
from photosort.usecases.photos.photo_paths import photo_at
from photosort.usecases.session.session import Session
from photosort.usecases.sidecars import sidecar_sync
from photosort.usecases.tags import tagging


def draw(path: Path, number: int) -> None:
    grain = np.random.default_rng(number).integers(0, 255, (8, 12, 3), np.uint8)
    exif = Image.Exif()
    exif[0x8769] = {0x9003: f"2022:05:0{number + 1} 10:00:00"}
    picture = Image.fromarray(grain).resize((96, 64), Image.Resampling.BICUBIC)
    picture.save(path, quality=95, exif=exif)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "photos"
    made.mkdir()
    for number, name in enumerate(("a.jpg", "b.jpg")):
        draw(made / name, number)
    return made


@pytest.fixture
def look(session: Session, folder: Path) -> Callable[[], None]:
    """Brings the library up to date; both photos have a tag of their own in a keyword file."""

    def again() -> None:
        index(session, [os.fspath(folder)], job=Job())

    again()
    for name in ("a", "b"):
        photo_id = photo_at(session, os.fspath(folder / f"{name}.jpg"))
        tagging.set_tag_state(session, f"picture {name}", [photo_id], TagState.CONFIRMED)
        sidecar_sync.write(session, [photo_id], job=Job())
    return again


def said(session: Session, path: Path) -> set[str]:
    photo_id = photo_at(session, os.fspath(path))
    return {tag.name for tag in tagging.tags_of(session, [photo_id])[photo_id]}


def words(path: Path) -> set[str]:
    return set(words_of(path.read_bytes()).words)


def write(session: Session, path: Path) -> list[str]:
    photo_id = photo_at(session, os.fspath(path))
    run = sidecar_sync.write(session, [photo_id], job=Job())
    return [sentence for _, sentence in run.problems]


def test_swapped_pictures_keep_their_tags_and_get_keyword_files_of_their_own(
    session: Session, folder: Path, look: Callable[[], None]
) -> None:
    (folder / "a.jpg").rename(folder / "c.jpg")
    (folder / "b.jpg").rename(folder / "a.jpg")
    (folder / "c.jpg").rename(folder / "b.jpg")
    look()
    assert said(session, folder / "a.jpg") == {"picture b"}
    assert said(session, folder / "b.jpg") == {"picture a"}
    for name in ("a.jpg", "b.jpg"):
        assert write(session, folder / name) == []
    assert words(folder / "a.jpg.xmp") == {"picture b"}
    assert words(folder / "b.jpg.xmp") == {"picture a"}
    look()
    assert said(session, folder / "a.jpg") == {"picture b"}


def test_another_picture_under_an_old_name_has_no_tags(
    session: Session, folder: Path, look: Callable[[], None]
) -> None:
    (folder / "a.jpg").rename(folder / "old.jpg")
    draw(folder / "a.jpg", 7)
    look()
    assert said(session, folder / "a.jpg") == set()
    assert said(session, folder / "old.jpg") == {"picture a"}
    (folder / "b.jpg").unlink()
    draw(folder / "b.jpg", 8)
    look()
    assert said(session, folder / "b.jpg") == set()


def test_what_others_wrote_into_it_is_not_written_over(
    session: Session, folder: Path, look: Callable[[], None]
) -> None:
    beside = folder / "a.jpg.xmp"
    beside.write_text(
        beside.read_text(encoding="utf-8").replace(
            "<dc:subject>", "<dc:format>image/jpeg</dc:format><dc:subject>"
        ),
        encoding="utf-8",
    )
    look()
    (folder / "a.jpg").rename(folder / "old.jpg")
    draw(folder / "a.jpg", 7)
    look()
    photo_id = photo_at(session, os.fspath(folder / "a.jpg"))
    tagging.set_tag_state(session, "new", [photo_id], TagState.CONFIRMED)
    before = beside.read_bytes()
    (problem,) = write(session, folder / "a.jpg")
    assert "another picture" in problem
    assert beside.read_bytes() == before


def test_keyword_files_that_go_along_speak_for_their_pictures(
    session: Session, folder: Path, look: Callable[[], None]
) -> None:
    copies = folder / "edited"
    copies.mkdir()
    draw(copies / "a.jpg", 5)
    shutil.copy(folder / "a.jpg.xmp", copies / "a.jpg.xmp")
    draw(folder / "a-print.jpg", 6)
    shutil.copy(folder / "a.jpg.xmp", folder / "a-print.jpg.xmp")
    look()
    assert said(session, copies / "a.jpg") == {"picture a"}
    assert said(session, folder / "a-print.jpg") == {"picture a"}


def test_a_picture_that_was_edited_in_place_keeps_its_keyword_file(
    session: Session, folder: Path, look: Callable[[], None]
) -> None:
    with Image.open(folder / "a.jpg") as picture:
        exif = picture.getexif()
        exif[0x10E] = "a caption"
        picture.save(folder / "a.jpg", quality=95, exif=exif)
    look()
    write_sidecar(folder / "a.jpg.xmp", SidecarChange(add=("beach",)))
    look()
    assert said(session, folder / "a.jpg") == {"picture a", "beach"}
