"""What the operating system reports of watched folders."""

from __future__ import annotations

import os
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from photosort.media import folder_events
from photosort.media.folder_events import FolderEvents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    (folder / "2022").mkdir(parents=True)
    (folder / "2023").mkdir()
    (folder / "2022" / "old.jpg").write_bytes(b"old")
    return folder


@pytest.fixture
def changed(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., set[str]]]:
    """Waits until all expected folders have changed; returns every one that did, as names below the root."""
    # On a slow machine a file may be closed long after it was created; that must not count as a change of its own.
    monkeypatch.setattr(folder_events, "QUIET_S", 1_000.0)
    with closing(FolderEvents()) as events:
        events.watch(os.fspath(root))

        def wait(*expected: str) -> set[str]:
            # One change may arrive as several events, so they are gathered.
            found: set[str] = set()
            until = time.monotonic() + 20
            while not found.issuperset(expected) and time.monotonic() < until:
                found.update(os.path.relpath(folder, root) for folder in events.take_changed())
                time.sleep(0.02)
            return found

        yield wait


def test_new_photos_sidecars_and_rules_are_changes_and_nothing_else_is(
    root: Path, changed: Callable[..., set[str]]
) -> None:
    (root / "2023" / "notes.txt").write_text("no photo")
    (root / "2023" / ".photosort-1.part").write_bytes(b"our own")
    (root / "2023" / "old.jpg").write_bytes(b"new")
    assert changed("2023") == {"2023"}
    (root / "2022" / "old.jpg").read_bytes()
    (root / "2022" / "old.xmp").write_text("<x/>")
    assert changed("2022") == {"2022"}
    (root / ".photosortignore").write_text("2022/")
    assert changed(".") == {"."}


def test_moved_and_deleted_photos_change_both_folders(
    root: Path, changed: Callable[..., set[str]]
) -> None:
    (root / "2022" / "old.jpg").rename(root / "2023" / "old.jpg")
    assert changed("2022", "2023") == {"2022", "2023"}
    (root / "2023" / "old.jpg").unlink()
    assert changed("2023") == {"2023"}


def test_a_folder_that_comes_is_read_and_of_one_that_goes_its_parent(
    root: Path, tmp_path: Path, changed: Callable[..., set[str]]
) -> None:
    beside = tmp_path / "card" / "day"
    beside.mkdir(parents=True)
    (beside / "a.jpg").write_bytes(b"a")
    (tmp_path / "card").rename(root / "card")
    assert "card" in changed("card")
    (root / "2022" / "old.jpg").unlink()
    (root / "2022").rmdir()
    assert "." in changed(".")


def test_a_file_that_is_being_written_waits_until_it_is_closed(
    root: Path, changed: Callable[..., set[str]]
) -> None:
    with (root / "2022" / "large.jpg").open("wb") as large:
        large.write(b"half")
        large.flush()
        (root / "2023" / "small.jpg").write_bytes(b"whole")
        assert changed("2023") == {"2023"}
        large.write(b"rest")
    assert changed("2022") == {"2022"}


def test_what_is_never_closed_counts_once_it_is_quiet(
    root: Path, changed: Callable[..., set[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_events, "QUIET_S", 0.2)
    os.utime(root / "2022" / "old.jpg", (1, 1))
    assert changed("2022") == {"2022"}


def test_ten_thousand_changes_become_one_folder(
    root: Path, changed: Callable[..., set[str]]
) -> None:
    for folder in range(100):
        (root / "2023" / str(folder)).mkdir()
    for number in range(10_000):
        (root / "2023" / str(number % 100) / f"{number}.jpg").write_bytes(b"")
    assert "2023" in changed("2023")
