from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from photosort.errors import EnvironmentProblem
from photosort.store.thumbnail_cache import ThumbnailCache


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.thumbnails.db"


@pytest.fixture
def thumbnails(path: Path) -> Iterator[ThumbnailCache]:
    opened = ThumbnailCache.open(path)
    yield opened
    opened.close()


def test_what_is_put_is_there(thumbnails: ThumbnailCache, path: Path) -> None:
    thumbnails.put([(b"a", 256, b"small"), (b"a", 512, b"large"), (b"b", 256, b"other")])
    assert thumbnails.get(b"a", 256) == b"small"
    assert thumbnails.get(b"a", 512) == b"large"
    assert thumbnails.get(b"b", 512) is None
    assert thumbnails.get_many([b"a", b"b", b"c"], 256) == {b"a": b"small", b"b": b"other"}
    assert thumbnails.missing([b"a", b"b", b"c"], 512) == {b"b", b"c"}
    assert thumbnails.size_bytes() == 15
    thumbnails.close()
    again = ThumbnailCache.open(path)
    assert again.get(b"a", 512) == b"large"
    again.close()


def test_a_second_one_takes_the_place_of_the_first(thumbnails: ThumbnailCache) -> None:
    thumbnails.put([(b"a", 256, b"one")])
    thumbnails.put([(b"a", 256, b"three")])
    assert thumbnails.get(b"a", 256) == b"three"
    assert thumbnails.size_bytes() == 5


def test_previews_live_apart(thumbnails: ThumbnailCache) -> None:
    thumbnails.put_previews([(b"q1", b"p1"), (b"q2", b"p2")])
    assert thumbnails.get(b"q1", 256) is None
    assert thumbnails.previews([b"q1", b"q3"]) == {b"q1": b"p1"}


def test_eviction_spares_what_is_kept_and_what_was_used(
    thumbnails: ThumbnailCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter(range(1000, 9000, 10))
    monkeypatch.setattr("photosort.store.thumbnail_cache.time.time", lambda: next(clock))
    for name in (b"a", b"b", b"c", b"d"):
        thumbnails.put([(name, 256, b"x" * 100)])
    thumbnails.put_previews([(b"q", b"x" * 100)])
    thumbnails.keep([b"b"])
    assert thumbnails.get(b"a", 256)
    assert thumbnails.evict(500) == 0
    assert thumbnails.evict(300) == 2  # the preview, then the oldest that was neither used nor kept
    left = thumbnails.get_many([b"a", b"b", b"c", b"d"], 256)
    assert set(left) == {b"a", b"b", b"d"}
    assert thumbnails.evict(0) == 2
    assert thumbnails.get(b"b", 256)
    thumbnails.keep([])
    assert thumbnails.evict(0) == 1
    assert thumbnails.size_bytes() == 0


def test_eviction_gives_the_room_back(thumbnails: ThumbnailCache, path: Path) -> None:
    thumbnails.put([(bytes([n]), 256, os.urandom(50_000)) for n in range(100)])
    thumbnails.close()
    full = path.stat().st_size
    again = ThumbnailCache.open(path)
    again.evict(100_000)
    again.close()
    assert path.stat().st_size < full / 5


def test_many_threads_share_it(thumbnails: ThumbnailCache) -> None:
    def work(n: int) -> bytes | None:
        thumbnails.put([(b"%d" % n, 256, b"picture %d" % n)])
        return thumbnails.get(b"%d" % n, 256)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(work, range(100))) == [b"picture %d" % n for n in range(100)]


def test_it_is_private(thumbnails: ThumbnailCache, path: Path) -> None:
    thumbnails.put([(b"a", 256, b"x")])
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("damage", ["garbage", "torn", "format"])
@pytest.mark.expects_warnings
def test_a_damaged_one_is_begun_anew(path: Path, damage: str) -> None:
    first = ThumbnailCache.open(path)
    first.put([(bytes([n]), 256, os.urandom(20_000)) for n in range(50)])
    first.close()
    if damage == "garbage":
        path.write_bytes(b"not a database" * 1000)
    elif damage == "torn":
        data = bytearray(path.read_bytes())
        data[8192 : len(data) // 2] = os.urandom(len(data) // 2 - 8192)
        path.write_bytes(data)
    else:
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA user_version = 99")
        connection.close()
    again = ThumbnailCache.open(path)
    again.get_many([bytes([n]) for n in range(50)], 256)
    again.put([(b"new", 256, b"picture")])
    assert again.get(b"new", 256) == b"picture"
    assert again.check() == "ok"
    again.close()


def test_another_thread_goes_on_after_it_was_begun_anew(thumbnails: ThumbnailCache) -> None:
    with ThreadPoolExecutor(1) as pool:
        pool.submit(thumbnails.put, [(b"a", 256, b"x")]).result()
        thumbnails.rebuild()
        assert pool.submit(thumbnails.get, b"a", 256).result() is None


def test_a_full_disk_is_said(thumbnails: ThumbnailCache) -> None:
    thumbnails.put([(b"a", 256, b"x")])
    connection = thumbnails._database.connection()
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(EnvironmentProblem, match="full"):
        thumbnails.put([(b"b", 256, b"x" * 100_000)])
    assert thumbnails.get(b"a", 256) == b"x"


def test_a_folder_that_does_not_exist_is_said(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem):
        ThumbnailCache.open(tmp_path / "none" / "t.db")


@pytest.mark.expects_warnings
def test_a_link_to_another_programs_database_is_not_written_through(
    path: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE things (a)")
    connection.close()
    before = other.read_bytes()
    path.symlink_to(other)
    opened = ThumbnailCache.open(path)
    opened.put([(b"a", 256, b"small")])
    assert opened.get(b"a", 256) == b"small"
    opened.close()
    assert other.read_bytes() == before
    assert not path.is_symlink()
    assert "was a link" in caplog.text
