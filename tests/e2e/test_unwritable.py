"""A library on a drive that is mounted for reading only, and a home that cannot be made."""

import os
from pathlib import Path

import pytest

from photosort.usecases.session import temporary_copy


@pytest.fixture
def on_a_locked_drive(tmp_path, indexed, photosort, monkeypatch):
    """The library, where the system says that nothing may be written.

    By `os.access` and not by permissions, which a test that runs as the administrator would not feel; that nothing was
    written all the same is looked at in the end.
    """
    assert photosort("tag", "--confirm", "our cat", indexed / "pets" / "IMG_0001.jpg").status == 0
    home = tmp_path / "home"
    real = os.access

    def access(path, mode, **options):
        return not (mode & os.W_OK and Path(path).is_relative_to(home)) and real(
            path, mode, **options
        )

    monkeypatch.setattr(temporary_copy.os, "access", access)
    before = state(home)
    yield indexed
    assert state(home) == before


def state(folder):
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in folder.rglob("*")}


def test_reading_commands_work_and_say_that_nothing_is_kept(photosort, on_a_locked_drive):
    photo = on_a_locked_drive / "pets" / "IMG_0001.jpg"
    ran = photosort("info", photo, "--json")
    assert ran.status == 0, ran.err
    assert ran.rows[0]["tags"][0]["name"] == "our cat"
    assert ran.err.count("cannot be written, so it is read from a passing copy") == 1
    found = photosort("search", "a cup of coffee", "--limit", "1", "--json")
    assert Path(found.rows[0]["path"]).name == "IMG_0002.jpg"
    assert photosort("similar", photo, "--json").status == 0
    assert photosort("problems").status == 0
    assert photosort("tags", "--json").status == 0
    assert (
        photosort("undo", "--list", "--json").rows[0]["action"] == "Confirmed 'our cat' on 1 photo"
    )
    assert all(row["ok"] for row in photosort("check", "--json").rows)


@pytest.mark.parametrize(
    "command",
    [
        ("tag", "--reject", "our cat", "PHOTO"),
        ("index",),
        ("undo",),
        ("search", "a cup", "--save", "cups"),
        ("check", "--repair"),
    ],
    ids=lambda command: command[0],
)
def test_what_would_be_lost_is_refused(photosort, on_a_locked_drive, command):
    photo = str(on_a_locked_drive / "pets" / "IMG_0001.jpg")
    ran = photosort(*(photo if word == "PHOTO" else word for word in command))
    assert ran.status == 3
    assert "library.db cannot be written; nothing was changed" in ran.err


def test_a_home_that_cannot_be_made_stops_no_command(photosort, indexed, tmp_path):
    (tmp_path / "a file").write_text("no folder can be made below this")
    nowhere = tmp_path / "a file" / "home"
    library = tmp_path / "home" / "library.db"
    ran = photosort("--home", nowhere, "--library", library, "search", "a cup of coffee", "--json")
    assert ran.status == 0, ran.err
    assert Path(ran.rows[0]["path"]).name == "IMG_0002.jpg"
    assert photosort("--home", nowhere, "--library", library, "models").status == 0
