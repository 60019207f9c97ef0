from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from photosort.errors import EnvironmentProblem, InputProblem, LibraryDamaged, LibraryTooNew
from photosort.store.db import database
from photosort.store.db.database import Store


def test_a_new_library_is_private_and_in_wal_mode(library: Path) -> None:
    with Store.open(library) as store:
        store.execute("INSERT INTO settings VALUES ('a', '1')")
        assert store.value("PRAGMA journal_mode") == "wal"
        assert store.value("PRAGMA foreign_keys") == 1
        if os.name == "posix":
            for file in library.parent.iterdir():
                assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


@pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX has them")
def test_a_library_others_could_read_becomes_private(library: Path) -> None:
    Store.open(library).close()
    library.chmod(0o644)
    Store.open(library).close()
    assert stat.S_IMODE(library.stat().st_mode) == 0o600


def test_a_name_with_odd_characters_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "my photos #1 100%?" / "lib rary.db"
    Store.open(path).close()
    with Store.open(path, read_only=True) as store:
        assert store.value("SELECT count(*) FROM photos") == 0
    assert path.stat().st_size > 0


def test_a_failed_transaction_leaves_nothing(store: Store) -> None:
    with pytest.raises(KeyError), store.atomic():
        _write_and_fail(store)
    assert store.value("SELECT count(*) FROM settings") == 0


def test_an_inner_transaction_joins_the_outer(store: Store) -> None:
    def write_inside_and_fail() -> None:
        with store.atomic():
            with store.atomic():
                store.execute("INSERT INTO settings VALUES ('a', '1')")
            raise KeyError

    with pytest.raises(KeyError):
        write_inside_and_fail()
    assert store.value("SELECT count(*) FROM settings") == 0


def test_an_inner_error_that_is_swallowed_takes_the_outer_back(store: Store) -> None:
    def swallow() -> None:
        try:
            with store.atomic():
                _write_and_fail(store)
        except KeyError:
            pass

    with pytest.raises(RuntimeError), store.atomic():
        swallow()
    assert store.value("SELECT count(*) FROM settings") == 0
    store.execute("INSERT INTO settings VALUES ('b', '1')")
    with store.atomic():  # the next one starts clean
        store.execute("INSERT INTO settings VALUES ('c', '1')")
    assert store.value("SELECT count(*) FROM settings") == 2


def test_a_read_only_store_cannot_write(store: Store, library: Path) -> None:
    with Store.open(library, read_only=True) as reader:
        with pytest.raises(EnvironmentProblem, match="cannot be written"):
            reader.execute("INSERT INTO settings VALUES ('a', '1')")
        store.execute("INSERT INTO settings VALUES ('a', '1')")
        assert reader.value("SELECT value FROM settings") == "1"


def test_reading_where_there_is_no_library_is_said(library: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="There is no library"):
        Store.open(library, read_only=True)
    assert not library.exists()


def test_data_version_changes_with_another_connection_only(store: Store, library: Path) -> None:
    before = store.data_version()
    store.execute("INSERT INTO settings VALUES ('a', '1')")
    assert store.data_version() == before
    with Store.open(library) as other:
        other.execute("INSERT INTO settings VALUES ('b', '1')")
    assert store.data_version() != before


def test_another_thread_may_not_use_a_store(store: Store) -> None:
    errors: list[BaseException] = []

    def use() -> None:
        try:
            store.value("SELECT 1")
        except RuntimeError as error:
            errors.append(error)

    thread = threading.Thread(target=use)
    thread.start()
    thread.join()
    assert len(errors) == 1


def test_a_locked_library_is_said_after_the_timeout(
    store: Store, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_S", 0.05)
    with Store.open(library) as other, store.atomic():
        store.execute("INSERT INTO settings VALUES ('a', '1')")
        with pytest.raises(EnvironmentProblem, match="Another program is using"), other.atomic():
            pass


def test_a_full_disk_is_said_and_keeps_what_was_there(store: Store) -> None:
    store.execute("INSERT INTO settings VALUES ('kept', '1')")
    pages = store.value("PRAGMA page_count")
    store.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(EnvironmentProblem, match="full"), store.atomic():
        store.executemany(
            "INSERT INTO settings VALUES (?, ?)", ((str(n), "x" * 1000) for n in range(100))
        )
    assert store.rows("SELECT key FROM settings") == [("kept",)]
    assert store.value("PRAGMA quick_check") == "ok"


def test_a_library_whose_header_makes_no_sense_is_said(library: Path) -> None:
    Store.open(library).close()
    with library.open("r+b") as file:
        file.seek(40)
        file.write(b"\xff" * 60)
    with pytest.raises(LibraryDamaged, match="damaged"):
        Store.open(library)


def test_a_damaged_library_is_said(library: Path) -> None:
    Store.open(library).close()
    data = bytearray(library.read_bytes())
    data[100:] = os.urandom(len(data) - 100)
    library.write_bytes(data)
    with pytest.raises(EnvironmentProblem, match="damaged"):
        Store.open(library)


def test_a_file_that_is_no_database_is_left_as_it_is(library: Path) -> None:
    library.write_bytes(b"my diary " * 1000)
    with pytest.raises(EnvironmentProblem):
        Store.open(library)
    assert library.read_bytes() == b"my diary " * 1000


def test_another_programs_database_is_left_as_it_is(library: Path) -> None:
    connection = sqlite3.connect(library)
    connection.execute("CREATE TABLE songs (id)")
    connection.close()
    before = library.read_bytes()
    with pytest.raises(InputProblem, match="another program"):
        Store.open(library)
    assert library.read_bytes() == before


def test_a_folder_is_no_library(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="folder"):
        Store.open(tmp_path)


def test_a_newer_library_is_refused_and_untouched(library: Path) -> None:
    with Store.open(library) as store:
        store.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('photosort', 'from_the_future', 'x')"
        )
    for read_only in (False, True):
        with pytest.raises(LibraryTooNew, match="newer version"):
            Store.open(library, read_only=read_only)


def test_wrong_sql_is_a_bug_and_stays_one(store: Store) -> None:
    with pytest.raises(sqlite3.OperationalError):
        store.execute("SELEC 1")
    with pytest.raises(sqlite3.IntegrityError):
        store.execute("INSERT INTO folders (root_id, relative) VALUES (77, x'00')")


def test_an_error_that_is_not_the_librarys_passes_through(store: Store) -> None:
    with pytest.raises(FileNotFoundError), store.atomic():
        raise FileNotFoundError("somebody's photo")


@pytest.fixture
def guarded_folder(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "guarded"
    folder.mkdir()
    yield folder
    folder.chmod(0o700)


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="the superuser may write everywhere"
)
def test_a_read_only_folder(guarded_folder: Path) -> None:
    library = guarded_folder / "library.db"
    Store.open(library).close()
    library.chmod(0o400)
    guarded_folder.chmod(0o500)
    with pytest.raises(EnvironmentProblem, match="cannot be written"):
        Store.open(library)
    with Store.open(library, read_only=True) as store:
        assert store.value("SELECT count(*) FROM photos") == 0


def test_a_read_only_place_is_said(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store.open(library).close()
    monkeypatch.setattr(database.os, "access", lambda *_: False)
    with pytest.raises(EnvironmentProblem, match="cannot be written"):
        Store.open(library)
    with Store.open(library, read_only=True) as store:
        assert store.value("SELECT count(*) FROM photos") == 0


def test_a_copied_library_opens(library: Path, tmp_path: Path) -> None:
    with Store.open(library) as store:
        store.execute("INSERT INTO settings VALUES ('a', '1')")
    shutil.copy(library, tmp_path / "copy.db")
    with Store.open(tmp_path / "copy.db") as copy:
        assert copy.value("SELECT value FROM settings") == "1"


def _write_and_fail(store: Store) -> None:
    store.execute("INSERT INTO settings VALUES ('a', '1')")
    raise KeyError


def test_a_link_to_nothing_makes_no_library_elsewhere(library: Path, tmp_path: Path) -> None:
    library.symlink_to(tmp_path / "elsewhere.db")
    with pytest.raises(EnvironmentProblem):
        Store.open(library)
    assert not (tmp_path / "elsewhere.db").exists()
