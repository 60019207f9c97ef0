from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from photosort.domain.photos import Root
from photosort.media.volume import is_online, mount_of, volume_of

MOUNTS = r"""21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 21 0:26 / /proc rw - proc proc rw
40 21 8:17 / /media/me/My\040Drive rw,nosuid shared:2 - exfat /dev/sdb1 rw
41 21 0:50 / /mnt/nas rw - cifs //nas/photos rw
42 41 0:51 / /mnt/nas rw - nfs4 nas:/photos rw
broken line
"""


@pytest.mark.parametrize(
    ("path", "mount"),
    [
        ("/home/me", ("/", "ext4", "/dev/sda1")),
        ("/media/me/My Drive", ("/media/me/My Drive", "exfat", "/dev/sdb1")),
        ("/media/me/My Drive/2022", ("/media/me/My Drive", "exfat", "/dev/sdb1")),
        ("/media/me/My Drive2", ("/", "ext4", "/dev/sda1")),
        ("/mnt/nas/x", ("/mnt/nas", "nfs4", "nas:/photos")),
    ],
)
def test_the_mount_that_a_path_lies_on(path: str, mount: tuple[str, str, str]) -> None:
    assert mount_of(path, MOUNTS) == mount


def test_no_mounts() -> None:
    assert mount_of("/home", "") is None


@pytest.fixture
def root(tmp_path: Path) -> Root:
    folder = tmp_path / "photos"
    folder.mkdir()
    volume, marker = volume_of(folder)
    return Root(1, str(folder), volume, marker)


def test_a_folder_that_is_there_is_online_even_when_it_was_emptied(root: Root) -> None:
    assert is_online(root)


def test_a_folder_that_is_gone_is_offline(root: Root) -> None:
    Path(root.path).rmdir()
    assert not is_online(root)


def test_an_empty_mount_point_is_offline(root: Root) -> None:
    unplugged = replace(root, volume="uuid:OTHER", marker="1:1")
    assert not is_online(unplugged)
    Path(root.path, ".hidden").touch()
    assert not is_online(unplugged)


def test_a_library_that_moved_to_a_new_drive_is_online(root: Root) -> None:
    Path(root.path, "a.jpg").touch()
    assert is_online(replace(root, volume="uuid:OTHER", marker="1:1"))


def test_without_a_known_volume_the_folder_itself_tells(root: Root) -> None:
    assert is_online(replace(root, volume=""))
    assert not is_online(replace(root, volume="", marker="1:1"))


def test_the_marker_belongs_to_the_folder(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert volume_of(tmp_path / "a")[0] == volume_of(tmp_path / "b")[0]
    assert volume_of(tmp_path / "a")[1] != volume_of(tmp_path / "b")[1]
    with pytest.raises(FileNotFoundError):
        volume_of(tmp_path / "c")
