"""What goes wrong in the world while the window is open: said in a sentence, and the window goes on."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import QTimer
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QApplication

from photosort.errors import EnvironmentProblem
from photosort.gui.base.runner import Runner
from photosort.gui.shell import app, single_instance
from photosort.gui.shell.single_instance import SingleInstance
from photosort.gui.shell.window import MainWindow
from photosort.store.thumbnail_cache import ThumbnailCache
from photosort.usecases.session.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from photosort.gui.base.theme import Theme
    from photosort.gui.loupe.loupe import Loupe
    from photosort.paths import LibraryPaths

CAPTION = "A caption that goes on. " * 420


def said(window: MainWindow) -> str:
    return window.workspace.banner._text.text() if window.workspace.banner.isVisible() else ""


def photos(window: MainWindow) -> int:
    return 0 if window.shown is None else window.shown.arrangement.photos()


def open_current(window: MainWindow, row: int = 0) -> Loupe:
    """Opens a photo in the loupe."""
    assert window._library is not None
    assert window.shown is not None
    window.photos.open(int(window.shown.arrangement.ids[row]))
    return window._library.large.loupe


def test_a_folder_that_is_unplugged_stays_on_screen_and_comes_back(
    qtbot: QtBot,
    indexed: MainWindow,
    tmp_path: Path,
    wait_for_index: Callable[[MainWindow], None],
) -> None:
    place = tmp_path / "photos"
    place.rename(tmp_path / "unplugged")
    indexed.centre.grid.verticalScrollBar().setValue(10)
    indexed.intake.update_all()
    wait_for_index(indexed)
    qtbot.waitUntil(lambda: photos(indexed) == 9)
    (tmp_path / "unplugged").rename(place)
    indexed.intake.update_all()
    wait_for_index(indexed)
    qtbot.waitUntil(lambda: photos(indexed) == 9)
    assert not said(indexed)


def test_a_photo_that_was_deleted_says_so_in_the_loupe(
    qtbot: QtBot, indexed: MainWindow, tmp_path: Path
) -> None:
    for photo in (tmp_path / "photos").iterdir():
        photo.unlink()
    loupe = open_current(indexed)
    qtbot.waitUntil(lambda: "no longer there" in loupe.view.message)


def test_a_disk_that_fills_up_during_a_run_is_said_and_searching_goes_on(
    qtbot: QtBot,
    indexed: MainWindow,
    draw: Callable[..., Path],
    wait_for_index: Callable[[MainWindow], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_: object) -> None:
        raise EnvironmentProblem("The disk is full; everything saved before is kept.")

    monkeypatch.setattr(ThumbnailCache, "put", full)
    indexed.intake.add_folders([str(draw("grey", 2, folder="more"))])
    wait_for_index(indexed)
    qtbot.waitUntil(lambda: "full" in said(indexed))
    indexed.workspace.search.ask("on:2022-07")
    qtbot.waitUntil(lambda: photos(indexed) == 2)


def test_a_panorama_of_40_000_pixels_is_shown(
    qtbot: QtBot,
    window: MainWindow,
    tmp_path: Path,
    wait_for_index: Callable[[MainWindow], None],
) -> None:
    place = tmp_path / "wide"
    place.mkdir()
    Image.new("RGB", (40_000, 300), (90, 120, 200)).save(place / "wide.jpg")
    window.intake.add_folders([str(place)])
    wait_for_index(window)
    qtbot.waitUntil(lambda: photos(window) == 1)
    assert window.centre.grid.photo_rect(0).width() <= window.centre.grid.viewport().width()
    loupe = open_current(window)
    qtbot.waitUntil(
        lambda: loupe.view.framing is not None and loupe.view.framing.photo[0] == 40_000
    )
    assert loupe.view.message == ""


def test_a_caption_of_ten_thousand_characters_leaves_the_window_its_shape(
    qtbot: QtBot,
    window: MainWindow,
    tmp_path: Path,
    wait_for_index: Callable[[MainWindow], None],
) -> None:
    place = tmp_path / "wordy"
    place.mkdir()
    exif = Image.Exif()
    exif[0x010E] = CAPTION
    Image.new("RGB", (96, 64), (90, 120, 200)).save(place / "wordy.jpg", exif=exif)
    window.intake.add_folders([str(place)])
    wait_for_index(window)
    qtbot.waitUntil(lambda: photos(window) == 1)
    size, width = window.size(), window.workspace.information.width()
    window.centre.grid.selection.select_all()
    texts = lambda: " ".join(  # noqa: E731
        one.text()
        for one in window.workspace.information.findChildren(type(window.workspace.banner._text))
    )
    qtbot.waitUntil(lambda: "A caption that goes on" in texts())
    assert (window.size(), window.workspace.information.width()) == (size, width)


@pytest.mark.parametrize("names", [(), ("notes.txt",)])
def test_a_folder_without_photos_says_what_to_do(
    qtbot: QtBot,
    window: MainWindow,
    tmp_path: Path,
    names: tuple[str, ...],
    wait_for_index: Callable[[MainWindow], None],
) -> None:
    place = tmp_path / "none"
    place.mkdir()
    for name in names:
        (place / name).write_text("no photo")
    window.intake.add_folders([str(place)])
    wait_for_index(window)
    qtbot.waitUntil(window.centre.no_photos.isVisible)


@pytest.fixture
def bare(qtbot: QtBot, themed: Theme) -> Iterator[tuple[MainWindow, Runner]]:
    """A window that is given no library."""
    runner = Runner()
    made = MainWindow(themed, runner)
    qtbot.addWidget(made)
    made.show()
    yield made, runner
    made.close()


def test_a_library_from_a_newer_version_is_said_and_left_alone(
    qtbot: QtBot, bare: tuple[MainWindow, Runner], places: LibraryPaths
) -> None:
    Session(places, actor="command").close()
    with closing(sqlite3.connect(places.library)) as connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('photosort', 'from_the_future', 'x')"
        )
        connection.commit()
    before = places.library.read_bytes()
    window, runner = bare
    opening = app.Opening(places)
    opening.hand_to(window, runner)
    qtbot.waitUntil(lambda: "newer version" in said(window))
    opening.close()
    assert places.library.read_bytes() == before


@pytest.mark.usefixtures("speaking")
def test_damaged_settings_are_kept_aside_and_said(
    qtbot: QtBot, places: LibraryPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    places.home.mkdir(parents=True, exist_ok=True)
    places.settings.write_text("{ this is no JSON")
    heard: list[str] = []

    def look() -> None:
        for window in QApplication.topLevelWidgets():
            if isinstance(window, MainWindow):
                heard.append(said(window))
                window.close()
                window.deleteLater()

    monkeypatch.setattr(QApplication, "exec", lambda *_: (qtbot.wait(200), look(), 0)[-1])
    assert app.open_window(places, [], pytest.fail) == 0
    assert "put aside" in heard[0]
    (aside,) = places.home.glob("*damaged*")
    assert aside.read_text() == "{ this is no JSON"
    assert places.settings.exists(), "the window wrote whole ones"


def test_of_two_starts_the_second_raises_the_first(qtbot: QtBot, places: LibraryPaths) -> None:
    first, second = SingleInstance(places), SingleInstance(places)
    heard: list[list[str]] = []
    first.asked.connect(heard.append)
    assert not first.hand_over([])
    first.claim()
    # The second start waits for an answer; in the test both are one thread.
    answered: list[bool] = []
    QTimer.singleShot(0, lambda: answered.append(second.hand_over(["/pictures"])))
    qtbot.waitUntil(lambda: bool(answered))
    qtbot.waitUntil(lambda: heard == [["/pictures"]])
    first.close()


def test_two_processes_may_decide_at_the_same_time(
    qtbot: QtBot, indexed: MainWindow, places: LibraryPaths
) -> None:
    from photosort.usecases.photos import decisions

    other = Session(places, actor="command")
    try:
        assert indexed.shown is not None
        ids = indexed.shown.arrangement.ids.tolist()
        decisions.rate(other, ids[:4], 3)
        indexed.centre.grid.select_photos(indexed.shown.arrangement.ids[:2])
        indexed.photos.rate(5)
        qtbot.waitUntil(lambda: "Rated 5" in indexed.commands["undo"].text())
        assert not said(indexed)
    finally:
        other.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no folder for it")
def test_nobody_else_can_listen_for_a_second_start(
    qtbot: QtBot, places: LibraryPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    del qtbot
    places.prepare()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(places.home / "nowhere"))
    first = SingleInstance(places)
    first.claim()
    sockets = [path for path in places.home.iterdir() if path.is_socket()]
    assert len(sockets) == 1
    client = QLocalSocket()
    client.connectToServer(str(sockets[0]))
    assert client.waitForConnected(1000)
    assert single_instance._is_same_user(client)
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    assert not single_instance._is_same_user(client)
    client.abort()
    first.close()
