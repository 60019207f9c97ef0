"""Cards, drives and phones are found where the system mounts them, and nothing else is."""

from photosort.media.photo_sources import find_sources


def test_a_card_is_a_drive_with_dcim(tmp_path):
    (tmp_path / "EOS_DIGITAL" / "DCIM").mkdir(parents=True)
    (tmp_path / "stick" / "documents").mkdir(parents=True)
    mounts = [tmp_path / name for name in ("EOS_DIGITAL", "stick", "gone")]
    (found,) = find_sources(mounts=mounts, runtime=tmp_path / "run")
    assert (found.name, found.path, found.is_phone) == ("EOS_DIGITAL", mounts[0], False)


def test_each_storage_of_a_phone_is_a_source(tmp_path):
    device = tmp_path / "gvfs" / "mtp:host=Google_Pixel_6_1A2B"
    for storage in ("Internal shared storage", "SD card"):
        (device / storage / "DCIM").mkdir(parents=True)
        (device / storage / "Android").mkdir()
    (tmp_path / "gvfs" / "smb-share:server=nas,share=photos" / "DCIM").mkdir(parents=True)
    found = find_sources(mounts=[], runtime=tmp_path)
    assert [(one.name, one.path.name, one.is_phone) for one in found] == [
        ("Google Pixel 6 1A2B, Internal shared storage", "DCIM", True),
        ("Google Pixel 6 1A2B, SD card", "DCIM", True),
    ]


def test_a_camera_at_a_cable_has_no_storage(tmp_path):
    device = tmp_path / "gvfs" / "gphoto2:host=Canon%20EOS%20R6"
    (device / "DCIM").mkdir(parents=True)
    (found,) = find_sources(mounts=[], runtime=tmp_path)
    assert (found.name, found.path) == ("Canon EOS R6", device / "DCIM")


def test_the_system_itself_is_asked_without_failing():
    assert isinstance(find_sources(), list)
