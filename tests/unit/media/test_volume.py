from photosort.domain.photos import Root
from photosort.media import volume


def root_of(path, **changes):
    identity, marker = volume.volume_of(path)
    facts = {"volume": identity, "marker": marker, **changes}
    return Root(1, str(path), **facts)


def test_a_folder_on_its_own_volume_is_online(tmp_path):
    assert volume.is_online(root_of(tmp_path))


def test_a_deleted_folder_on_the_same_volume_is_online_so_that_its_files_are_missing(tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    root = root_of(folder)
    folder.rmdir()
    assert volume.is_online(root)


def test_an_empty_mount_point_is_offline(tmp_path):
    assert not volume.is_online(root_of(tmp_path, volume="uuid:of-the-unplugged-drive"))


def test_a_missing_folder_of_another_volume_is_offline(tmp_path):
    folder = tmp_path / "media" / "drive"
    folder.mkdir(parents=True)
    root = root_of(folder, volume="uuid:of-the-unplugged-drive")
    folder.rmdir()
    assert not volume.is_online(root)


def test_a_library_that_was_copied_to_another_disk_is_online(tmp_path):
    (tmp_path / "a.jpg").write_bytes(b"x")
    assert volume.is_online(root_of(tmp_path, volume="uuid:of-the-old-disk"))


def test_a_volume_has_an_identity(tmp_path):
    identity, marker = volume.volume_of(tmp_path)
    assert identity
    assert marker == str(tmp_path.stat().st_ino)
