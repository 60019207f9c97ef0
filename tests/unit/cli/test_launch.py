from pathlib import Path

import pytest

from photosort.cli import launch
from photosort.usecases.session.demonstration import demonstration_photos


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
        ({"QT_QPA_PLATFORM": "vnc:port=5900"}, True),
    ],
)
def test_a_window_needs_a_screen(monkeypatch, variables, expected):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(launch.sys, "platform", "linux")
    assert launch.has_display() is expected


def test_the_demonstration_photos_are_copied(tmp_path):
    folder = demonstration_photos(tmp_path / "photos")
    names = {path.stem for path in folder.iterdir()}
    assert {"astronaut", "chelsea", "china", "coffee"} <= names
    assert "phantom" not in names


@pytest.fixture
def commands(monkeypatch):
    """Commands that the launch ran, each answered with the status in `answers`."""
    ran = []
    answers = {"index": 0, "tag": 0, "app": 0, "search": 0}

    def run(given):
        (name,) = [word for word in given if word in answers]
        ran.append(name)
        return answers[name]

    monkeypatch.setattr(launch, "main", run)
    return ran, answers


def test_with_a_screen_the_window_opens(monkeypatch, commands):
    monkeypatch.setattr(launch, "has_display", lambda: True)
    assert launch.launch(["/photos"], Path("/nowhere")) == 0
    assert commands[0] == ["app"]


@pytest.mark.parametrize(("status", "expected"), [(0, 0), (1, 0), (130, 130)])
def test_without_a_screen_it_says_so_and_works_in_the_terminal(
    monkeypatch, commands, capsys, status, expected
):
    ran, answers = commands
    answers["tag"] = status
    monkeypatch.setattr(launch, "has_display", lambda: False)
    assert launch.launch(["/photos"], Path("/nowhere")) == expected
    assert ran == ["index", "tag"]
    assert "no display" in capsys.readouterr().out


def test_a_run_that_failed_is_not_followed_by_tagging(monkeypatch, commands):
    ran, answers = commands
    answers["index"] = 3
    monkeypatch.setattr(launch, "has_display", lambda: False)
    assert launch.launch(["/photos"], Path("/nowhere")) == 3
    assert ran == ["index"]


def test_the_demonstration_stays_in_one_place_and_ends_with_a_search(
    monkeypatch, commands, capsys, tmp_path
):
    ran, _ = commands
    monkeypatch.setattr(launch, "has_display", lambda: False)
    for _ in range(2):
        assert launch.launch([], tmp_path) == 0
    assert ran == ["index", "tag", "search"] * 2
    assert [path.name for path in tmp_path.iterdir()] == ["photos"]
    out = capsys.readouterr().out
    assert str(tmp_path / "home" / "library.db") in out
    assert out.endswith(
        f"--home {tmp_path}/home --library {tmp_path}/home/library.db search 'a cup of coffee'\n"
    )
