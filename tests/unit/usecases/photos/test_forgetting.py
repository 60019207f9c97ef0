"""What was forgotten is nowhere any more: in no row, no thumbnail, no vector, no history and no copy of the library."""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from photosort.domain.tags import TagState
from photosort.media.sidecar_writing import SidecarChange, write_sidecar
from photosort.paths import LibraryPaths
from photosort.progress import Job
from photosort.store.db import forgetting as rows
from photosort.usecases import checking, undoing
from photosort.usecases.albums import user_albums
from photosort.usecases.indexing.index_run import index
from photosort.usecases.photos import decisions, forgetting
from photosort.usecases.photos.photo_paths import photo_at
from photosort.usecases.search import recent_searches
from photosort.usecases.session import backups, recovery
from photosort.usecases.session.session import Session
from photosort.usecases.tags import tagging
from tests.fixtures.colours import COLOURS

NAME, FOLDER = "zanzibarium.jpg", "quixotically"
CAPTION, KEYWORD, EXIF = "vexillology", "jabberwocky", "brobdingnag"
WORDS = (Path(NAME).stem, FOLDER, CAPTION, KEYWORD, EXIF)


@pytest.fixture
def session(places: LibraryPaths, encoder: object) -> Iterator[Session]:
    """An empty library, which a test may close by itself."""
    del encoder
    opened = Session(places, actor="command")
    close, closed = opened.close, []

    def close_once() -> None:
        if not closed:
            closed.append(True)
            close()

    opened.close = close_once
    yield opened
    opened.close()


@pytest.fixture
def photos(session: Session, tmp_path: Path) -> Path:
    """Photos of which one has much to tell."""
    made = tmp_path / "photos"
    (made / FOLDER).mkdir(parents=True)
    for name, colour in COLOURS.items():
        Image.new("RGB", (96, 64), colour).save(made / f"{name}.jpg")
    exif = Image.Exif()
    exif[0x0110] = EXIF
    noise = Image.effect_noise((96, 64), 80).convert("RGB")
    Image.blend(noise, Image.new("RGB", (96, 64), (250, 10, 120)), 0.7).save(
        made / FOLDER / NAME, exif=exif
    )
    write_sidecar(made / FOLDER / f"{NAME}.xmp", SidecarChange(add=(KEYWORD,)))
    index(session, [os.fspath(made)], job=Job())
    return made


@pytest.fixture
def secret(session: Session, photos: Path) -> int:
    """Its id, after decisions about it and about others with it."""
    photo_id = photo_at(session, os.fspath(photos / FOLDER / NAME))
    red = photo_at(session, os.fspath(photos / "red.jpg"))
    decisions.describe(session, [photo_id], {"caption": CAPTION})
    decisions.describe(session, [photo_id], {"caption": f"{CAPTION} again"})
    tagging.set_tag_state(session, "dog", [photo_id, red], TagState.CONFIRMED)
    decisions.rate(session, [photo_id, red], 4)
    user_albums.create(session, "Ours", [photo_id, red])
    undoing.undo(session)
    undoing.undo(session, redo=True)
    recent_searches.remember(session, f"like:{NAME}")
    tagging.tag_counts(session)
    return photo_id


@pytest.fixture
def traces(session: Session, secret: int) -> tuple[bytes, ...]:
    """What would be found of it in a file."""
    with closing(sqlite3.connect(session.paths.library)) as connection:
        quick_key, pixel_hash, vector = connection.execute(
            "SELECT quick_key, pixel_hash, data FROM contents"
            " JOIN files ON files.content_id = contents.id JOIN vectors ON vectors.content_id = contents.id"
            " WHERE photo_id = ?",
            [secret],
        ).fetchone()
    picture = session.thumbnails.get(pixel_hash, 256)
    assert picture is not None
    # From the middle of the picture: what stands before is the same in all of one encoder.
    return (
        *(word.encode() for word in WORDS),
        quick_key,
        pixel_hash,
        vector,
        picture[-80:-40],
    )


def found_in(folder: Path, traces: tuple[bytes, ...]) -> set[tuple[str, bytes]]:
    """Which traces are in which files, in the packed history too."""
    found = set()
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        data = path.read_bytes()
        if path.suffix == ".db" and data[:6] == b"SQLite":
            with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
                if connection.execute(
                    "SELECT 1 FROM sqlite_master WHERE name = 'history'"
                ).fetchone():
                    changes = connection.execute("SELECT changes FROM history")
                    data += b"".join(zlib.decompress(row[0]) for row in changes)
        found |= {(path.name, trace) for trace in traces if trace in data}
    return found


def part_of(findings: list[checking.Finding], part: str) -> bool:
    return next(one.ok for one in findings if one.part == part)


def test_nothing_is_left_in_any_file(
    session: Session, places: LibraryPaths, photos: Path, secret: int, traces: tuple[bytes, ...]
) -> None:
    backups.make(session, reason="asked")
    before = found_in(places.home, traces)
    assert {trace for _, trace in before} == set(traces)
    assert len({name for name, _ in before}) >= 3
    done = forgetting.forget(session, [secret])
    assert (done.photos, done.backups, done.out_of_reach, done.is_traceless) == (1, 1, (), True)
    assert found_in(places.home, traces) == set()
    session.close()
    assert found_in(places.home, traces) == set()
    assert (photos / FOLDER / NAME).exists()


def test_everything_else_is_as_it_was(
    session: Session, photos: Path, secret: int, originals: Callable[..., object]
) -> None:
    red = photo_at(session, os.fspath(photos / "red.jpg"))
    before = originals(photos)
    forgetting.forget(session, [secret])
    (photo,) = session.read(lambda store: decisions.photos.get(store, [red]))
    assert photo.effective.rating == 4
    assert [tag.name for tag in tagging.tags_of(session, [red])[red]] == ["dog"]
    assert user_albums.photos_of(session, 1) == [red]
    findings = checking.check(session, repair=False, job=Job())
    assert [one for one in findings if not one.ok] == []
    assert originals(photos) == before
    # What was done to it and another one can still be taken back for the other one.
    undoing.undo(session)
    undoing.undo(session)
    (photo,) = session.read(lambda store: decisions.photos.get(store, [red]))
    assert photo.effective.rating is None


def test_a_file_that_is_still_there_is_a_new_photo_without_a_past(
    session: Session, photos: Path, secret: int
) -> None:
    assert forgetting.outlook(session, [secret]).still_there == 1
    forgetting.forget(session, [secret])
    assert index(session, [], job=Job()).new == 1
    again = photo_at(session, os.fspath(photos / FOLDER / NAME))
    assert again > secret
    (photo,) = session.read(lambda store: decisions.photos.get(store, [again]))
    assert (photo.effective.caption, photo.effective.rating) == (None, None)


def test_one_of_two_files_with_the_same_bytes_is_forgotten_with_the_photo(
    session: Session, photos: Path, secret: int
) -> None:
    (photos / "copy.jpg").write_bytes((photos / "green.jpg").read_bytes())
    index(session, [], job=Job())
    green = photo_at(session, os.fspath(photos / "green.jpg"))
    forgetting.forget(session, [green, secret])
    with closing(sqlite3.connect(session.paths.library)) as connection:
        names = {row[0] for row in connection.execute("SELECT name FROM files")}
    assert names == {b"red.jpg", b"blue.jpg", b"grey.jpg"}


def test_copies_that_are_away_are_named_and_cleaned_when_they_are_seen(
    session: Session, tmp_path: Path, secret: int, traces: tuple[bytes, ...]
) -> None:
    disk, away = tmp_path / "disk", tmp_path / "away"
    disk.mkdir()
    session.settings = replace(session.settings, backup_folder=os.fspath(disk))
    backups.make(session, reason="asked")
    disk.rename(away)
    done = forgetting.forget(session, [secret])
    assert done.out_of_reach == (disk,)
    assert found_in(away, traces)
    away.rename(disk)
    backups.make(session, reason="asked")
    assert found_in(disk, traces) == set()


def test_a_copy_that_comes_back_brings_nothing_back(
    session: Session,
    places: LibraryPaths,
    tmp_path: Path,
    secret: int,
    traces: tuple[bytes, ...],
    encoder: object,
) -> None:
    del encoder
    copy = backups.make(session, reason="asked").path
    kept = tmp_path / "kept.db"
    kept.write_bytes(copy.read_bytes())
    forgetting.forget(session, [secret])
    session.close()
    recovery.restore(places, session.settings, kept)
    with closing(sqlite3.connect(places.library)) as connection:
        assert connection.execute("SELECT id FROM photos WHERE id = ?", [secret]).fetchone() is None
        assert rows.forgotten(connection) == {secret}
    again = Session(places, actor="command")
    index(again, [], job=Job())
    again.close()
    assert {trace for _, trace in found_in(places.home, traces)} <= {
        # Read anew from the file that is still there.
        *(word.encode() for word in WORDS if word != CAPTION),
        *traces[len(WORDS) :],
    }


class Killed(BaseException):
    """What nothing in the program catches, as a kill."""


@pytest.mark.parametrize("moment", ["forget_derived", "backups.forget"])
def test_what_a_kill_left_is_done_at_the_next_start(
    session: Session,
    places: LibraryPaths,
    photos: Path,
    secret: int,
    traces: tuple[bytes, ...],
    monkeypatch: pytest.MonkeyPatch,
    moment: str,
) -> None:
    backups.make(session, reason="asked")

    def kill(*_: object) -> None:
        raise Killed

    module = backups if moment.startswith("backups") else forgetting
    with monkeypatch.context() as patch:
        patch.setattr(module, moment.rpartition(".")[2], kill)
        with pytest.raises(Killed):
            forgetting.forget(session, [secret])
    assert found_in(places.home, traces)
    (photos / FOLDER / NAME).unlink()
    (photos / FOLDER / f"{NAME}.xmp").unlink()
    index(session, [], job=Job())
    assert found_in(places.home, traces) == set()
