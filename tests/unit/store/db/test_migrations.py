from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from photosort.errors import EnvironmentProblem
from photosort.sentences import Sentence
from photosort.store.db import history, migrations
from photosort.store.db.database import Store
from photosort.store.db.migrations import Steps
from photosort.store.tables import files, stacks
from tests.fixtures.completeness import untested

FIRST_SCHEMA = "ef8421cd41fb0899468c831ab6088f6be100d89832e7892e632a0c9a8012a2ff"


def test_every_migration_has_a_test() -> None:
    here = Path(__file__)
    assert untested(migrations.names(), here) == []
    assert untested(["version_0_1", "never_written"], here) == ["never_written"]


def test_every_migration_is_in_the_docs() -> None:
    page = Path(__file__).parents[4] / "docs" / "library-format.md"
    text = page.read_text(encoding="utf-8")
    assert not [name for name in migrations.names() if f"`{name}`" not in text]


def test_version_0_1(library: Path) -> None:
    """What the first version makes is never edited: it lies on people's disks."""
    connection = sqlite3.connect(library)
    steps = Migrations("photosort")
    steps()(migrations.version_0_1)
    steps.apply(Database(connection))
    rows = connection.execute(_SCHEMA).fetchall()
    connection.close()
    schema = "\n".join(_plain(sql) for (sql,) in rows)
    assert hashlib.sha256(schema.encode()).hexdigest() == FIRST_SCHEMA, schema


def test_replaced_files(library: Path) -> None:
    connection = sqlite3.connect(library)
    steps = Migrations("photosort")
    steps()(migrations.version_0_1)
    steps.apply(Database(connection))
    connection.executescript(
        """
        PRAGMA application_id = 0x50485354;
        INSERT INTO roots (path, added_at) VALUES (x'2F', 'now');
        INSERT INTO folders (root_id, relative) VALUES (1, x'');
        INSERT INTO photos (added_at) VALUES ('now');
        INSERT INTO files (id, folder_id, name, size_bytes, mtime_ns, photo_id) VALUES
            (1, 1, x'61', 10, 20, 1), (7, 1, x'62', 30, 40, NULL);
        UPDATE photos SET main_file_id = 1;
        INSERT INTO keyword_files (file_id) VALUES (1);
        DELETE FROM files WHERE id = 7;
        """
    )
    connection.close()
    with Store.open(library) as store:
        (file,) = files.get(store, [1]).values()
        assert (file.relative, file.mtime_ns, file.changed_ns, file.is_replaced) == (
            "a",
            20,
            None,
            False,
        )
        assert store.value("SELECT main_file_id FROM photos") == 1
        assert store.value("SELECT file_id FROM keyword_files") == 1
        files.update(store, {1: {"replaced": 1}})
        assert files.insert(store, [files.NewFile(1, "a", 1, 1)]) == [8]
        assert store.value("SELECT count(*) FROM words_stale WHERE photo_id = 1") == 1
        assert store.rows("PRAGMA foreign_key_check") == []


# Without what SQLite's full-text search and sqlite-utils make for themselves.
_SCHEMA = """SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE TABLE ''%'
    AND tbl_name <> '_sqlite_migrations' ORDER BY type, name"""


def _plain(sql: str) -> str:
    """A statement without comments and layout."""
    words = " ".join(re.sub(r"--.*", "", sql).split())
    return re.sub(r" ?([,()]) ?", r"\1", words)


def test_a_library_is_made_once(library: Path) -> None:
    with Store.open(library) as store:
        assert store.value("PRAGMA application_id") == 0x50485354
        assert store.rows("PRAGMA foreign_key_check") == []
    with Store.open(library) as store:  # opening again changes nothing
        assert store.value("SELECT count(*) FROM _sqlite_migrations") == len(migrations.names())


EARLY = (
    "first_library",
    "places_and_album_suggestions",
    "keyword_files",
    "looks",
    "album_titles",
    "history_sentences",
    "not_duplicates",
)


def _rename_steps(library: Path, names: Sequence[str]) -> None:
    """Makes a library's record of its first version that of the steps that led to it."""
    with Store.open(library) as store, store.atomic():
        store.execute("DELETE FROM _sqlite_migrations WHERE name = 'version_0_1'")
        store.executemany(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('photosort', ?, '')",
            [[name] for name in names],
        )
        store.execute("INSERT INTO settings VALUES ('old', '1')")


def test_a_library_of_the_day_before_the_first_version_opens_as_it_is(library: Path) -> None:
    _rename_steps(library, EARLY)
    for read_only in (True, False):
        with Store.open(library, read_only=read_only) as store:
            assert store.value("SELECT value FROM settings") == "1"
            recorded = store.rows("SELECT name FROM _sqlite_migrations ORDER BY rowid")
            assert set(EARLY) <= {name for (name,) in recorded}
    assert not list(library.parent.glob("*.before-*"))


def test_such_a_library_takes_the_migrations_of_later_versions(
    library: Path, one_more: Steps
) -> None:
    _rename_steps(library, EARLY)

    @one_more()
    def add_colour(db: Database) -> None:
        db.table("photos").add_column("colour", str)

    with Store.open(library) as store:
        assert store.value("SELECT value FROM settings") == "1"
        assert store.rows("SELECT colour FROM photos") == []


def test_a_library_that_lacks_tables_of_the_first_version_is_refused(library: Path) -> None:
    _rename_steps(library, EARLY[:-1])
    before = library.read_bytes()
    for read_only in (True, False):
        with pytest.raises(EnvironmentProblem, match=r"before 0\.1"):
            Store.open(library, read_only=read_only)
    assert library.read_bytes() == before


def test_drop_leases(library: Path) -> None:
    connection = sqlite3.connect(library)
    steps = Migrations("photosort")
    steps()(migrations.version_0_1)
    steps.apply(Database(connection))
    connection.execute("PRAGMA application_id = 0x50485354")
    connection.execute("INSERT INTO leases VALUES ('index', 1, 2.0, 'host', '2026-11-30', 3.0)")
    connection.execute("INSERT INTO settings VALUES ('old', '1')")
    connection.commit()
    connection.close()
    with Store.open(library) as store:
        assert store.value("SELECT count(*) FROM sqlite_master WHERE name = 'leases'") == 0
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
    def add_colour(db: Database) -> None:
        db.table("photos").add_column("colour", str)

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
    def add_colour(db: Database) -> None:
        db.table("photos").add_column("colour", str)

    Store.open(library).close()
    assert photo.read_bytes() == b"a photo"
    assert library.with_name("library.before-add_colour.db").is_file()


def test_a_failing_migration_changes_nothing(library: Path, one_more: Steps) -> None:
    Store.open(library).close()

    @one_more()
    def half(db: Database) -> None:
        db.table("half").create({"a": int})
        raise KeyError

    with pytest.raises(KeyError):
        Store.open(library)
    one_more.functions.pop()
    with Store.open(library) as store:
        assert store.value("SELECT count(*) FROM sqlite_master WHERE name = 'half'") == 0


def test_a_migration_that_breaks_references_is_taken_back(library: Path, one_more: Steps) -> None:
    Store.open(library).close()

    @one_more()
    def orphan(db: Database) -> None:
        db.table("folders").insert({"root_id": 99, "relative": b""})

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


def _nothing(db: Database) -> None:
    del db


def test_districts(library: Path) -> None:
    connection = sqlite3.connect(library)
    steps = Migrations("photosort")
    steps()(migrations.version_0_1)
    steps.apply(Database(connection))
    connection.execute("PRAGMA application_id = 0x50485354")
    connection.execute("INSERT INTO photos (added_at) VALUES ('')")
    connection.execute("INSERT INTO photo_places VALUES (1, 41.9, 12.5, 'Vatican', '', 'City')")
    connection.commit()
    connection.close()
    with Store.open(library) as store:
        assert store.rows("SELECT * FROM photo_places") == []
        assert store.rows("SELECT district, also FROM photo_places") == []


def test_dates_and_places_in_keyword_files(library: Path) -> None:
    connection = sqlite3.connect(library)
    steps = Migrations("photosort")
    steps()(migrations.version_0_1)
    steps.apply(Database(connection))
    connection.execute("PRAGMA application_id = 0x50485354")
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("INSERT INTO roots (path, added_at) VALUES (X'2F', '')")
    connection.execute("INSERT INTO folders (root_id, relative) VALUES (1, X'')")
    connection.execute(
        "INSERT INTO files (folder_id, name, size_bytes, mtime_ns) VALUES (1, X'61', 1, 1)"
    )
    connection.execute("INSERT INTO keyword_files (file_id, rating) VALUES (1, 4)")
    connection.commit()
    connection.close()
    with Store.open(library) as store:
        assert store.rows("SELECT rating, facts FROM keyword_files") == [(4, "{}")]


def test_file_times_are_no_dates(library: Path) -> None:
    connection = sqlite3.connect(library)
    steps = Migrations("photosort")
    steps()(migrations.version_0_1)
    steps.apply(Database(connection))
    connection.execute("PRAGMA application_id = 0x50485354")
    connection.executemany(
        "INSERT INTO photos (taken_at, taken_sort, taken_source, added_at) VALUES (?, ?, ?, '')",
        [("2022-05-15T18:42:07", 1652640127000, source) for source in ("mtime", "exif")],
    )
    connection.commit()
    connection.close()
    with Store.open(library) as store:
        assert store.rows("SELECT taken_at, taken_sort, taken_source FROM photos ORDER BY id") == [
            (None, None, None),
            ("2022-05-15T18:42:07", 1652640127000, "exif"),
        ]


def test_unfinished_keyword_files(library: Path) -> None:
    connection = sqlite3.connect(library)
    steps = Migrations("photosort")
    steps()(migrations.version_0_1)
    steps.apply(Database(connection))
    connection.execute("PRAGMA application_id = 0x50485354")
    connection.execute(
        "INSERT INTO history (at, action, actor, tables, changes) VALUES ('', '', 'window', 'photos', x'00')"
    )
    connection.commit()
    connection.close()
    with Store.open(library) as store:
        for table in ("changes_to_follow", "keyword_files_due", "keyword_files_begun"):
            assert store.rows(f"SELECT * FROM {table}") == []
        store.execute("INSERT INTO changes_to_follow VALUES (1, 0)")
        store.execute("DELETE FROM history")
        assert store.rows("SELECT * FROM changes_to_follow") == []


def test_forgotten_photos(library: Path) -> None:
    connection = sqlite3.connect(library)
    steps = Migrations("photosort")
    steps()(migrations.version_0_1)
    steps.apply(Database(connection))
    connection.execute("PRAGMA application_id = 0x50485354")
    # A copy that forgot something before it was brought up to date.
    connection.execute("CREATE TABLE forgotten (photo_id INTEGER PRIMARY KEY)")
    connection.execute("INSERT INTO forgotten VALUES (7)")
    connection.commit()
    connection.close()
    with Store.open(library) as store:
        assert store.rows("SELECT * FROM forgotten") == [(7,)]


def test_rotated_files(library: Path) -> None:
    connection = sqlite3.connect(library)
    steps = Migrations("photosort")
    steps()(migrations.version_0_1)
    steps.apply(Database(connection))
    connection.executescript(
        """
        PRAGMA application_id = 0x50485354;
        INSERT INTO roots (path, added_at) VALUES (x'2F', '');
        INSERT INTO folders (root_id, relative) VALUES (1, x'');
        INSERT INTO files (folder_id, name, size_bytes, mtime_ns, sidecar_metadata)
            VALUES (1, x'61', 1, 1, '{"orientation": 3}');
        """
    )
    connection.close()
    with Store.open(library) as store:
        (before,) = files.get(store, [1]).values()
        assert (before.user_orientation, before.orientation) == (None, 3)
        with history.recording(store, Sentence("Rotate"), "window") as changes:
            files.record_orientations(changes, {1: 6})
        (after,) = files.get(store, [1]).values()
        assert (after.user_orientation, after.orientation) == (6, 6)
        assert changes.result.turned == {1}


def test_stacked_photos(library: Path) -> None:
    with Store.open(library) as store:
        store.execute("INSERT INTO photos (added_at) VALUES (''), ('')")
        decided = {1: stacks.Stacked(1, 3, on_top=True), 2: stacks.Stacked(stacks.ALONE)}
        made = stacks.put(store, decided, action=Sentence("Stack"), actor="window")
        assert made.photos == {1, 2}
        assert stacks.list_all(store) == decided
        history.undo(store)
        assert stacks.list_all(store) == {}
        assert store.rows("PRAGMA foreign_key_check") == []
