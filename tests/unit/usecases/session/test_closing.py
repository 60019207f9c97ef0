"""What a closed library leaves: one file that holds everything."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from photosort.domain.tags import TagState
from photosort.paths import LibraryPaths
from photosort.store.db.database import Store
from photosort.store.tables import photos
from photosort.usecases.photos import decisions
from photosort.usecases.photos.photo_paths import photo_at
from photosort.usecases.session import encoder_pool
from photosort.usecases.session.session import Session
from photosort.usecases.tags import tagging
from tests.fixtures.colours import ColourEncoder


@pytest.fixture
def session(places: LibraryPaths, monkeypatch: pytest.MonkeyPatch) -> Session:
    """An empty library, which each test closes itself."""
    monkeypatch.setattr(encoder_pool, "load_encoder", lambda name, **options: ColourEncoder())
    return Session(places, actor="command")


def decided(session: Session, photo_id: int) -> tuple[object, ...]:
    (photo,) = session.read(lambda store: photos.get(store, [photo_id]))
    said = {tag.name: tag.state for tag in tagging.tags_of(session, [photo_id])[photo_id]}
    return photo.effective.rating, said


def test_a_copy_of_the_library_file_alone_is_whole(
    session: Session, add: Callable[..., Path], places: LibraryPaths, tmp_path: Path
) -> None:
    folder = add("red", "a.jpg", "b.jpg")
    photo_id = photo_at(session, str(folder / "a.jpg"))
    # As a window reads: through several threads, one of them in the middle of something.
    session.lanes.reads.submit(session.read, lambda store: store.value("SELECT 1")).result()
    under_way = session.reader().stream("SELECT id FROM photos")
    next(under_way)
    decisions.rate(session, [photo_id], 4)
    tagging.set_tag_state(session, "dog", [photo_id], TagState.CONFIRMED)
    before = decided(session, photo_id)
    session.close()
    log = places.library.with_name(places.library.name + "-wal")
    assert not log.exists()
    copy = LibraryPaths(library=tmp_path / "copy" / "library.db", home=tmp_path / "copy")
    copy.library.parent.mkdir()
    shutil.copyfile(places.library, copy.library)
    again = Session(copy, actor="command")
    try:
        assert before == (4, {"dog": TagState.CONFIRMED})
        assert decided(again, photo_id) == before
        assert again.read(photos.count) == 2
    finally:
        again.close()
    under_way.close()


def test_what_another_program_reads_keeps_the_log_and_loses_nothing(
    session: Session,
    places: LibraryPaths,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("photosort.store.db.database._LAST_WAIT_S", 0.01)
    caplog.set_level("INFO", "photosort.store")
    with Store.open(places.library, read_only=True) as other, other.snapshot():
        assert other.value("SELECT count(*) FROM settings") is not None
        session.write(lambda store: store.execute("INSERT INTO settings VALUES ('a', '1')"))
        session.close()
        assert "another program is using" in caplog.text
    with Store.open(places.library) as store:
        assert store.value("SELECT value FROM settings WHERE key = 'a'") == "1"
        assert store.gather()


@pytest.mark.expects_warnings
def test_a_log_that_cannot_be_moved_is_said(
    places: LibraryPaths, caplog: pytest.LogCaptureFixture
) -> None:
    places.prepare()
    with Store.open(places.library) as store:
        with store.atomic():
            store.execute("INSERT INTO settings VALUES ('a', '1')")
            assert not store.gather()
        assert "copy both" in caplog.text
        assert store.value("SELECT value FROM settings WHERE key = 'a'") == "1"
