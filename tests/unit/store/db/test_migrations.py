from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from photosort.domain.albums import Evidence, Title
from photosort.errors import EnvironmentProblem
from photosort.store.db import history, migrations
from photosort.store.db.database import Store
from photosort.store.db.migrations import Steps
from photosort.store.tables import automatic_albums, not_duplicates
from tests.fixtures.completeness import untested


def test_every_migration_has_a_test() -> None:
    here = Path(__file__)
    assert untested(migrations.names(), here) == []
    assert untested(["first_library", "never_written"], here) == ["never_written"]


def test_every_migration_is_in_the_docs() -> None:
    page = Path(__file__).parents[4] / "docs" / "library-format.md"
    text = page.read_text(encoding="utf-8")
    assert not [name for name in migrations.names() if f"`{name}`" not in text]


def test_first_library(library: Path) -> None:
    with Store.open(library) as store:
        tables = {
            row[0] for row in store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        assert {"photos", "files", "contents", "vectors", "tags", "history", "words"} <= tables
        assert store.value("PRAGMA application_id") == 0x50485354
        assert store.rows("PRAGMA foreign_key_check") == []
    with Store.open(library) as store:  # opening again changes nothing
        assert store.value("SELECT count(*) FROM _sqlite_migrations") == len(migrations.names())


def test_keyword_files(library: Path) -> None:
    with Store.open(library) as store:
        store.execute("DROP TABLE keyword_files")
        store.execute("DELETE FROM _sqlite_migrations WHERE name = 'keyword_files'")
        store.execute("INSERT INTO settings VALUES ('old', '1')")
    with Store.open(library) as store:
        assert store.value("SELECT count(*) FROM keyword_files") == 0
        assert store.value("SELECT value FROM settings") == "1"


def test_looks(library: Path) -> None:
    with Store.open(library) as store:
        store.execute("ALTER TABLE contents DROP COLUMN looks")
        store.execute("DELETE FROM _sqlite_migrations WHERE name = 'looks'")
        store.execute("INSERT INTO contents (quick_key, size_bytes) VALUES (x'00', 1)")
    with Store.open(library) as store:
        assert store.rows("SELECT size_bytes, looks FROM contents") == [(1, None)]


def test_album_titles(library: Path) -> None:
    with Store.open(library) as store:
        store.execute("ALTER TABLE albums DROP COLUMN title")
        store.execute("DELETE FROM _sqlite_migrations WHERE name = 'album_titles'")
        store.execute(
            "INSERT INTO albums (kind, name, why, names, created_at) VALUES"
            """ ('event', 'Lisbon, 12 May 2022', '[{"text": "3 photos", "weight": 1.0}]', '["Sea"]', '')"""
        )
    with Store.open(library) as store:
        assert automatic_albums.titles(store) == {}
        assert automatic_albums.reasons(store, [1]) == {
            1: ([Evidence("said", 1.0, "3 photos")], [Title("Sea")])
        }


def test_history_sentences(library: Path) -> None:
    with Store.open(library) as store:
        store.execute("ALTER TABLE history DROP COLUMN sentence")
        store.execute("DELETE FROM _sqlite_migrations WHERE name = 'history_sentences'")
        store.execute(
            "INSERT INTO history (at, action, actor, tables, changes)"
            " VALUES ('', 'Rate 3 photos', 'window', '', x'')"
        )
    with Store.open(library) as store:
        assert [entry.action for entry in history.entries(store)] == ["Rate 3 photos"]


def test_not_duplicates(library: Path) -> None:
    with Store.open(library) as store:
        store.execute("DROP TABLE not_duplicates")
        store.execute("DELETE FROM _sqlite_migrations WHERE name = 'not_duplicates'")
        store.execute("INSERT INTO settings VALUES ('old', '1')")
    with Store.open(library) as store:
        assert not_duplicates.pairs(store) == set()
        assert store.value("SELECT value FROM settings") == "1"


@pytest.fixture
def one_more(monkeypatch: pytest.MonkeyPatch) -> Steps:
    """The migrations of the next version: all of today's and room for more."""
    later = Steps()
    later.functions = list(migrations._migrations.functions)
    monkeypatch.setattr(migrations, "_migrations", later)
    return later


def test_the_library_is_copied_before_it_is_migrated(library: Path, one_more: Steps) -> None:
    with Store.open(library) as store:
        store.execute("INSERT INTO settings VALUES ('old', '1')")

    @one_more()
    def add_colour(db: object) -> None:
        db.execute("ALTER TABLE photos ADD COLUMN colour TEXT")  # type: ignore[attr-defined]

    with Store.open(library) as store:
        assert "colour" in [row[1] for row in store.rows("PRAGMA table_info(photos)")]
    copy = library.with_name("library.before-add_colour.db")
    assert copy.stat().st_mode & 0o077 == 0
    with Store.open(library, read_only=True) as store:
        assert store.value("SELECT value FROM settings") == "1"
    assert b"colour" not in copy.read_bytes()
    assert not list(library.parent.glob("*.part*"))


def test_the_copy_before_a_migration_follows_no_link(
    library: Path, one_more: Steps, tmp_path: Path
) -> None:
    Store.open(library).close()
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"a photo")
    library.with_name("library.before-add_colour.db.part").symlink_to(photo)

    @one_more()
    def add_colour(db: object) -> None:
        db.execute("ALTER TABLE photos ADD COLUMN colour TEXT")  # type: ignore[attr-defined]

    Store.open(library).close()
    assert photo.read_bytes() == b"a photo"
    assert library.with_name("library.before-add_colour.db").is_file()


def test_a_failing_migration_changes_nothing(library: Path, one_more: Steps) -> None:
    Store.open(library).close()

    @one_more()
    def half(db: object) -> None:
        db.execute("CREATE TABLE half (a)")  # type: ignore[attr-defined]
        raise KeyError

    with pytest.raises(KeyError):
        Store.open(library)
    one_more.functions.pop()
    with Store.open(library) as store:
        assert store.value("SELECT count(*) FROM sqlite_master WHERE name = 'half'") == 0


def test_a_migration_that_breaks_references_is_taken_back(library: Path, one_more: Steps) -> None:
    Store.open(library).close()

    @one_more()
    def orphan(db: object) -> None:
        db.execute("INSERT INTO folders (root_id, relative) VALUES (99, x'')")  # type: ignore[attr-defined]

    with pytest.raises(Exception, match="broken references"):
        Store.open(library)
    one_more.functions.pop()
    with Store.open(library) as store:
        assert store.value("SELECT count(*) FROM folders") == 0


def test_reading_an_older_library_is_refused_with_a_sentence(
    library: Path, one_more: Steps
) -> None:
    Store.open(library).close()
    one_more()(_nothing)
    with pytest.raises(EnvironmentProblem, match="older version"):
        Store.open(library, read_only=True)


def _nothing(db: object) -> None:
    del db


def test_places_and_album_suggestions(library: Path) -> None:
    older = sqlite3.connect(library)
    migrations.apply(older, stop_before="places_and_album_suggestions")
    older.execute("INSERT INTO photos (latitude, longitude, added_at) VALUES (38.72, -9.14, '')")
    older.execute("PRAGMA application_id = 0x50485354")
    older.commit()
    older.close()
    with Store.open(library) as store:
        assert store.rows("SELECT latitude FROM photos") == [(38.72,)]
        store.execute("DELETE FROM words_stale")
        store.execute("INSERT INTO photo_places VALUES (1, 38.72, -9.14, 'Portugal', '', 'Lisbon')")
        assert store.rows("SELECT photo_id FROM words_stale") == [(1,)]
        store.execute(
            "INSERT INTO album_suggestions (kind, data, made_at) VALUES ('join', '{}', '')"
        )
        assert store.value("SELECT state FROM album_suggestions") == "open"
