"""What Photosort replaces is an ordinary file in the folder that was meant, and never what a link leads to."""

from __future__ import annotations

import errno
import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from photosort.safe_files import Folder, make_empty, read_whole, replacing, update, write_whole
from photosort.sentences import Sentence, reason_of

PHOTO = b"\xff\xd8 a photo"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.jpg"
    path.write_bytes(PHOTO)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "folder"
    made.mkdir()
    return made


def test_a_file_is_written_whole_with_its_permissions(folder: Path) -> None:
    path = folder / "file"
    write_whole(path, b"first", mode=0o600)
    write_whole(path, b"second", mode=0o600)
    assert path.read_bytes() == b"second"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(folder.iterdir()) == [path]


def test_a_block_that_fails_leaves_the_file_before_it(folder: Path) -> None:
    path = folder / "file"
    write_whole(path, b"first")

    def fail() -> None:
        with replacing(path) as file:
            file.write(b"half")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert path.read_bytes() == b"first"
    assert list(folder.iterdir()) == [path]


@pytest.mark.parametrize("kind", ["link", "link to nothing", "folder", "pipe"])
def test_only_ordinary_files_are_read_and_replaced(folder: Path, photo: Path, kind: str) -> None:
    path = folder / "file"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(photo if kind == "link" else folder / "nowhere")
    before = path.lstat()
    with Folder(folder) as opened:
        refusals = [
            lambda: write_whole(path, b"other"),
            lambda: update(path),
            lambda: opened.read("file", limit_bytes=1000),
        ]
        for refused in refusals:
            with pytest.raises(OSError, match="file") as caught:
                refused()
            expected = "it is a link" if "link" in kind else "it is not an ordinary file"
            assert expected in reason_of(caught.value)
            assert isinstance(reason_of(caught.value), Sentence)
        assert not opened.swap("file", b"other", None)
    assert path.lstat().st_ino == before.st_ino
    assert photo.read_bytes() == PHOTO
    assert list(folder.iterdir()) == [path]


def test_a_link_that_appears_meanwhile_is_not_followed(folder: Path, photo: Path) -> None:
    path = folder / "file"
    path.write_bytes(b"first")

    def put_link() -> None:
        path.unlink()
        path.symlink_to(photo)

    def write() -> None:
        with replacing(path) as file:
            file.write(b"other")
            put_link()

    with pytest.raises(OSError, match="it is a link"):
        write()
    assert photo.read_bytes() == PHOTO
    path.unlink()
    path.write_bytes(b"first")
    with Folder(folder) as opened:
        seen = opened.read("file", limit_bytes=1000)
        put_link()
        assert not opened.swap("file", b"other", seen)
        assert not opened.swap("file", None, seen)
    assert path.is_symlink()
    assert photo.read_bytes() == PHOTO
    assert list(folder.iterdir()) == [path]


def test_a_file_that_appears_meanwhile_stays(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "file"
    with Folder(folder) as opened:
        is_still = Folder._is_still

        def late(self: Folder, name: str, seen: object) -> bool:
            said = is_still(self, name, seen)  # type: ignore[arg-type]
            path.write_bytes(b"of another program")
            return said

        monkeypatch.setattr(Folder, "_is_still", late)
        assert not opened.swap("file", b"ours", None)
    assert path.read_bytes() == b"of another program"
    assert list(folder.iterdir()) == [path]


def test_a_file_system_without_hard_links(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    with Folder(folder) as opened:
        assert opened.swap("file", b"ours", None)
        assert not opened.swap("file", b"again", None)
    assert (folder / "file").read_bytes() == b"ours"
    assert [path.name for path in folder.iterdir()] == ["file"]


def test_a_folder_must_lie_inside_once_links_are_followed(folder: Path, tmp_path: Path) -> None:
    (folder / "year" / "month").mkdir(parents=True)
    (folder / "near").symlink_to(folder / "year")
    (folder / "far").symlink_to(tmp_path)
    (tmp_path / "root").symlink_to(folder)
    for inside in ("", "year/month", "near/month"):
        with Folder(tmp_path / "root" / inside, inside=tmp_path / "root") as opened:
            assert opened.swap(f"file of {inside[:4]}", b"", None)
    with pytest.raises(OSError, match="lies outside") as caught:
        Folder(folder / "far", inside=folder)
    assert isinstance(reason_of(caught.value), Sentence)


def test_a_folder_stays_the_one_that_was_opened(folder: Path, tmp_path: Path) -> None:
    with Folder(folder) as opened:
        folder.rename(tmp_path / "moved")
        folder.symlink_to(tmp_path)
        assert opened.swap("file", b"ours", None)
    assert (tmp_path / "moved" / "file").read_bytes() == b"ours"
    assert not (tmp_path / "file").exists()


def test_an_empty_file_needs_a_free_name(folder: Path) -> None:
    path = folder / "file"
    path.symlink_to(folder / "nowhere")
    with pytest.raises(FileExistsError):
        make_empty(path)
    assert not (folder / "nowhere").exists()
    path.unlink()
    make_empty(path)
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.fixture
def no_waiting() -> Iterator[None]:
    """Fails a test that waits for a writer that never comes."""

    def fail(*_: object) -> None:
        raise AssertionError("it waits")

    before = signal.signal(signal.SIGALRM, fail)
    signal.alarm(10)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("is_linked", [False, True])
@pytest.mark.parametrize("kind", ["pipe", "socket", "device", "made up", "folder"])
@pytest.mark.usefixtures("no_waiting")
def test_only_ordinary_files_are_read(folder: Path, *, kind: str, is_linked: bool) -> None:
    path = folder / "file"
    with socket.socket(socket.AF_UNIX) as listening:
        match kind:
            case "pipe":
                os.mkfifo(path)
            case "socket":
                listening.bind(os.fspath(path))
            case "device":
                path = Path("/dev/zero")
            case "made up":
                path = Path("/proc/self/status")
            case _:
                path.mkdir()
        if is_linked:
            path = folder / "link"
            path.symlink_to("/dev/zero" if kind == "device" else folder / "file")
            if kind == "made up":
                path.unlink()
                path.symlink_to("/proc/self/status")
        with pytest.raises(OSError, match=r"ordinary|o such device|directory"):
            read_whole(path, limit_bytes=100)


def test_a_link_to_an_ordinary_file_is_read(folder: Path, photo: Path) -> None:
    (folder / "link").symlink_to(photo)
    assert read_whole(folder / "link", limit_bytes=100) == PHOTO


def test_a_file_is_read_up_to_its_limit(folder: Path) -> None:
    (folder / "file").write_bytes(bytes(2**20))
    assert len(read_whole(folder / "file", limit_bytes=2**20)) == 2**20
    (folder / "file").write_bytes(bytes(2**20 + 1))
    with pytest.raises(OSError, match="larger than 1 MB"):
        read_whole(folder / "file", limit_bytes=2**20)
    with Folder(folder) as opened, pytest.raises(OSError, match="larger than 1 MB"):
        opened.read("file", limit_bytes=2**20)


def test_what_is_created_has_its_name_only_once_it_is_whole(folder: Path) -> None:
    with Folder(folder) as opened:
        with opened.creating("file") as file:
            file.write(b"first")
            assert not (folder / "file").exists()
        with pytest.raises(FileExistsError), opened.creating("file") as file:
            file.write(b"second")
    assert (folder / "file").read_bytes() == b"first"
    assert [path.name for path in folder.iterdir()] == ["file"]


def test_only_what_nobody_writes_any_more_is_swept(folder: Path) -> None:
    (folder / ".photosort-0123456789abcdef.part").write_bytes(b"left by a killed program")
    (folder / ".photosort-notes.part").write_bytes(b"somebody's")
    (folder / ".photosort-fedcba9876543210.part").symlink_to(folder / "elsewhere")
    with Folder(folder) as opened, opened.creating("file") as file:
        file.write(b"being written")
        with Folder(folder) as other:
            other.sweep()
    assert sorted(path.name for path in folder.iterdir()) == [
        ".photosort-fedcba9876543210.part",
        ".photosort-notes.part",
        "file",
    ]
