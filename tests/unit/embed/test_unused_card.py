import pytest

from photosort.embed import devices


@pytest.fixture
def plugged(tmp_path, monkeypatch):
    """Plugs a device into a machine without NVIDIA's tools."""
    monkeypatch.setattr(devices.shutil, "which", lambda name: None)

    def plug(vendor, kind):
        place = tmp_path / f"{vendor}-{kind}"
        place.mkdir()
        (place / "vendor").write_text(f"{vendor}\n")
        (place / "class").write_text(f"{kind}\n")
        return tmp_path

    return plug


def test_a_card_of_nvidia_is_seen(plugged):
    assert "NVIDIA" in devices.unused_card(plugged("0x10de", "0x030000"))


@pytest.mark.parametrize("device", [("0x8086", "0x030000"), ("0x10de", "0x040300")])
def test_other_makers_and_sound_are_no_card(plugged, device):
    assert devices.unused_card(plugged(*device)) == ""


def test_a_machine_that_lists_nothing_has_none(tmp_path, monkeypatch):
    monkeypatch.setattr(devices.shutil, "which", lambda name: None)
    assert devices.unused_card(tmp_path / "nothing") == ""
