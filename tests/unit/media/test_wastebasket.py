import os
import shutil
import sys
from collections import namedtuple
from pathlib import Path

import psutil
import pytest

from photosort.media import wastebasket

Volume = namedtuple("Volume", "mountpoint fstype opts")
ODD = os.fsdecode(b"caf\xe9 50%.jpg")


def file_at(path: Path, text: str = "a picture") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


@pytest.mark.parametrize("name", ["a.jpg", "ä b.jpg", ODD])
def test_a_file_goes_and_comes_back(home_trash, tmp_path, name):
    path = file_at(tmp_path / "photos" / name)
    before = path.stat()
    wastebasket.discard(path)
    assert not path.exists()
    (held,) = wastebasket.held_from([path.parent])[path]
    assert held.path.is_relative_to(home_trash)
    shutil.rmtree(path.parent)
    wastebasket.put_back(held)
    after = path.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert [one for one in home_trash.rglob("*") if one.is_file()] == []


def test_of_two_of_one_name_the_last_one_comes_first(home_trash, tmp_path):
    path = tmp_path / "photos" / "a.jpg"
    for text in ("first", "second"):
        wastebasket.discard(file_at(path, text))
    (older,) = [one for one in home_trash.glob("info/*") if one.name == "a.jpg.trashinfo"]
    lines = older.read_text().splitlines()[:-1]
    older.write_text("\n".join([*lines, "DeletionDate=2001-01-01T00:00:00"]))
    held = wastebasket.held_from([path.parent])[path]
    assert [one.path.read_text() for one in held] == ["second", "first"]


def test_what_lies_in_its_place_now_is_not_overwritten(home_trash, tmp_path):
    path = file_at(tmp_path / "photos" / "a.jpg", "old")
    wastebasket.discard(path)
    file_at(path, "new")
    (held,) = wastebasket.held_from([path.parent])[path]
    with pytest.raises(FileExistsError):
        wastebasket.put_back(held)
    assert (path.read_text(), held.path.read_text()) == ("new", "old")


def test_a_wastebasket_on_another_disk_gives_whole_files_back(home_trash, tmp_path, monkeypatch):
    path = file_at(tmp_path / "photos" / "a.jpg")
    wastebasket.discard(path)
    (held,) = wastebasket.held_from([path.parent])[path]
    rename = Path.rename

    def elsewhere(self, to):
        if self == held.path:
            raise OSError(18, "Invalid cross-device link")
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", elsewhere)
    wastebasket.put_back(held)
    assert path.read_text() == "a picture"
    assert [one.name for one in path.parent.iterdir()] == ["a.jpg"]
    assert not held.path.exists()


def test_a_damaged_note_in_the_wastebasket_is_passed_over(home_trash, tmp_path):
    path = file_at(tmp_path / "photos" / "a.jpg")
    wastebasket.discard(path)
    (home_trash / "info" / "x.trashinfo").write_bytes(b"\xff\x00 no note")
    (home_trash / "info" / "gone.trashinfo").write_text(f"[Trash Info]\nPath={path}\n")
    assert len(wastebasket.held_from([path.parent])[path]) == 1


def test_a_link_on_the_way_is_no_part_of_the_path(home_trash, tmp_path):
    path = file_at(tmp_path / "photos" / "a.jpg")
    (tmp_path / "link").symlink_to(path.parent)
    wastebasket.discard(tmp_path / "link" / "a.jpg")
    assert list(wastebasket.held_from([path.parent])) == [path]


def test_a_folder_that_may_not_be_written_keeps_its_files(home_trash, tmp_path, monkeypatch):
    path = file_at(tmp_path / "photos" / "a.jpg")
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(PermissionError):
        wastebasket.discard(path)
    assert path.exists()
    assert not home_trash.exists()


@pytest.mark.parametrize(
    ("kind", "options", "is_share"),
    [
        ("ext4", "rw", False),
        ("fuseblk", "rw", False),
        ("nfs4", "rw", True),
        ("cifs", "rw", True),
        ("fuse.sshfs", "rw", True),
        ("", "rw,remote", True),
    ],
)
def test_shares_are_told_from_disks(tmp_path, monkeypatch, kind, options, is_share):
    volumes = [
        Volume("/", "ext4", "rw"),
        Volume(str(tmp_path), "autofs", "rw"),
        Volume(str(tmp_path), kind, options),
        Volume(str(tmp_path) + "2", "nfs", "rw"),
    ]
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_: volumes)
    assert (wastebasket.refusal(tmp_path / "photos") is not None) is is_share


def test_on_windows_only_disks_have_a_wastebasket(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    for options, refused in (("rw,fixed", False), ("rw,removable", True), ("rw,remote", True)):
        volumes = [Volume(str(tmp_path), "NTFS", options)]
        monkeypatch.setattr(psutil, "disk_partitions", lambda *, held=volumes, **_: held)
        assert (wastebasket.refusal(tmp_path) is not None) is refused
