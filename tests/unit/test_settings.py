import json
import os
import sys
from dataclasses import fields, replace
from pathlib import Path

import pytest

from photosort import settings
from photosort.errors import EnvironmentProblem
from photosort.settings import LIMITS, Settings, load, save
from tests.fixtures.completeness import untested

DOCS = Path(__file__).parents[2] / "docs" / "settings.md"

OTHER = Settings(
    scheme="dark",
    motion="none",
    language="de",
    thumbnail_cache_mb=2048,
    threads=3,
    single_letters=False,
    write_keyword_files=True,
    slideshow_interval_s=7,
    advance=True,
    cell_shape="square",
    cell_edge_px=240,
    show_information=False,
    show_filters=True,
    show_stacks=True,
    backup_folder="/copies of mine",
    import_folder="/photos of mine",
    import_template="{year}",
    sidebar='{"closed": ["section:tags"], "opened": [], "chosen": "", "place": 0}',
    window="AdnQywAD",
)


def test_every_setting_has_a_default_and_a_row_that_says_it():
    rows = {
        line.split("|")[1].strip(" `"): line.split("|")[2].strip(" `")
        for line in DOCS.read_text().splitlines()
        if line.startswith("| `")
    }
    assert rows == {f.name: json.dumps(getattr(Settings(), f.name)) for f in fields(Settings)}


def test_every_limit_is_of_a_setting_and_documented():
    text = DOCS.read_text()
    for name, (low, high) in LIMITS.items():
        assert low <= getattr(Settings(), name) <= high
        if name != "threads":
            assert f"{low} to {high}" in text, name


def test_what_is_saved_is_loaded(tmp_path):
    assert all(getattr(OTHER, f.name) != getattr(Settings(), f.name) for f in fields(Settings))
    path = tmp_path / "home" / "settings.json"
    save(path, OTHER)
    assert load(path) == settings.Loaded(OTHER)
    assert json.loads(path.read_text())["version"] == settings.VERSION
    assert [p.name for p in path.parent.iterdir()] == ["settings.json"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_only_the_user_can_read_them(tmp_path):
    path = tmp_path / "home" / "settings.json"
    save(path, OTHER)
    assert path.stat().st_mode & 0o077 == 0


def test_no_file_gives_the_defaults_and_says_nothing(tmp_path):
    assert load(tmp_path / "settings.json") == settings.Loaded(Settings())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b'{"version": "1"}',
        b'{"version": true}',
        b'{"version": 0}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
    ],
)
def test_a_damaged_file_is_put_aside_and_said(tmp_path, text):
    path = tmp_path / "settings.json"
    for number in (1, 2):
        path.write_bytes(text)
        found = load(path)
        assert found.settings == Settings()
        assert f"settings.damaged-{number}.json" in found.notice
        assert (tmp_path / f"settings.damaged-{number}.json").read_bytes() == text
        assert not path.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("scheme", "purple"),
        ("scheme", 3),
        ("scheme", ["dark"]),
        ("threads", "many"),
        ("threads", True),
        ("threads", -1),
        ("slideshow_interval_s", 0),
        ("thumbnail_cache_mb", 10**9),
        ("single_letters", "yes"),
        ("language", None),
    ],
)
def test_one_value_that_makes_no_sense_gives_its_default_and_spares_the_others(
    tmp_path, name, value
):
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"version": 1, "cell_edge_px": 300, name: value}))
    assert load(path) == settings.Loaded(Settings(cell_edge_px=300))


def test_what_a_newer_version_wrote_stays(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"version": 99, "scheme": "dark", "future": [1, 2]}))
    found = load(path).settings
    assert found.scheme == "dark"
    save(path, replace(found, threads=2))
    written = json.loads(path.read_text())
    assert written["future"] == [1, 2]
    assert written["version"] == 99
    assert written["threads"] == 2


def test_migrations_run_in_order_from_the_files_version(tmp_path, monkeypatch):
    def rename(data):
        return {"scheme": data.pop("theme"), **data}

    def double(data):
        return {**data, "threads": data["threads"] * 2}

    monkeypatch.setattr(settings, "MIGRATIONS", (("rename", rename), ("double", double)))
    monkeypatch.setattr(settings, "VERSION", 3)
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"version": 1, "theme": "dark", "threads": 2}))
    assert load(path).settings == Settings(scheme="dark", threads=4)
    path.write_text(json.dumps({"version": 2, "scheme": "light", "threads": 2}))
    assert load(path).settings == Settings(scheme="light", threads=4)
    path.write_text(json.dumps({"version": 3, "scheme": "light", "threads": 2}))
    assert load(path).settings == Settings(scheme="light", threads=2)


def test_every_migration_has_a_test():
    here = Path(__file__)
    assert untested([name for name, _ in settings.MIGRATIONS], here) == []
    # None was needed yet, so the line above has nothing to find.
    ran = "migrations_run_in_order_from_the_files_version"
    assert untested([ran, "rename_scheme"], here) == ["rename_scheme"]


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="needs a folder that is a file")
def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "home").write_text("a file")
    with pytest.raises(EnvironmentProblem, match="cannot be saved"):
        save(tmp_path / "home" / "settings.json", OTHER)


def test_a_failed_save_leaves_the_file_before_it(tmp_path, monkeypatch):
    path = tmp_path / "settings.json"
    save(path, OTHER)

    def full(*_args, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(EnvironmentProblem, match="no space left"):
        save(path, Settings())
    assert load(path).settings == OTHER
    assert [p.name for p in tmp_path.iterdir()] == ["settings.json"]


def test_a_link_is_left_as_it_is(tmp_path):
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"a photo")
    path = tmp_path / "settings.json"
    path.symlink_to(photo)
    with pytest.raises(EnvironmentProblem, match="it is a link"):
        save(path, OTHER)
    assert path.is_symlink()
    assert photo.read_bytes() == b"a photo"


def test_a_file_that_cannot_be_read_is_left_where_it_is(tmp_path):
    path = tmp_path / "settings.json"
    path.mkdir()
    found = load(path)
    assert found.settings == Settings()
    assert "cannot be read" in found.notice
    assert path.is_dir()
