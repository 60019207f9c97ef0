"""Photos are imported from a card in the window: dialog, status line, toast, undo."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtWidgets import QPushButton

from photosort.gui.dialogs.import_photos import ImportPhotosDialog
from photosort.gui.panels import sources
from photosort.media import photo_sources
from photosort.media.photo_sources import PhotoSource
from photosort.settings import Settings
from photosort.usecases.importing import copying
from tests.fixtures.window import opened

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from photosort.gui.base.theme import Theme
    from photosort.gui.shell.window import MainWindow
    from photosort.paths import LibraryPaths
    from tests.fixtures.colours import ColourEncoder

pytestmark = pytest.mark.usefixtures("home_trash")


@pytest.fixture(autouse=True)
def card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A card with three photos is connected, and nothing else."""
    folder = tmp_path / "EOS_DIGITAL"
    (folder / "DCIM").mkdir(parents=True)
    for number in range(3):
        exif = Image.Exif()
        exif[0x8769] = {0x9003: f"2021:03:0{number + 1} 10:00:00"}
        picture = Image.new("RGB", (96, 64), (200, 30 * number, 120))
        picture.save(folder / "DCIM" / f"IMG_{number:04}.JPG", exif=exif)
    found = [PhotoSource("EOS_DIGITAL", folder, is_phone=False)]
    monkeypatch.setattr(photo_sources, "find_sources", lambda: found)
    return folder


def count(window: MainWindow) -> int:
    return 0 if window.shown is None else window.shown.arrangement.photos()


def asked(qtbot: QtBot, window: MainWindow) -> ImportPhotosDialog:
    """The dialog, once the card was looked through."""
    qtbot.waitUntil(lambda: bool(window.findChildren(ImportPhotosDialog)))
    (dialog,) = window.findChildren(ImportPhotosDialog)
    qtbot.waitUntil(dialog._go.isEnabled)
    return dialog


def begin(qtbot: QtBot, window: MainWindow, to: Path) -> None:
    window.commands["import"].trigger()
    dialog = asked(qtbot, window)
    dialog._to.setText(str(to))
    dialog._on_source()
    qtbot.waitUntil(dialog._go.isEnabled)
    dialog._go.click()


def toast(window: MainWindow) -> str:
    return window.workspace.toast._text.text()


def test_a_card_is_imported_shown_and_taken_back(
    qtbot: QtBot,
    indexed: MainWindow,
    tmp_path: Path,
    wait_for_index: Callable[[MainWindow], None],
) -> None:
    to = tmp_path / "Pictures"
    begin(qtbot, indexed, to)
    qtbot.waitUntil(lambda: count(indexed) == 12)
    said = "3 photo(s) imported. The card or phone can be removed."
    qtbot.waitUntil(lambda: toast(indexed) == said)
    wait_for_index(indexed)
    assert sorted(one.name for one in (to / "2021" / "03").iterdir()) == [
        "IMG_0000.JPG",
        "IMG_0001.JPG",
        "IMG_0002.JPG",
    ]
    assert indexed.workspace.status.copying.isHidden()
    buttons = {one.text(): one for one in indexed.workspace.toast.findChildren(QPushButton)}
    buttons["Show"].click()
    assert indexed.workspace.search.field.query() == sources.RECENT
    indexed.navigation.show_all()
    indexed.commands["undo"].trigger()
    qtbot.waitUntil(lambda: count(indexed) == 9)
    assert list((to / "2021" / "03").iterdir()) == []
    # What was chosen is there next time.
    kept = indexed.settings()
    assert (kept.import_folder, kept.import_template) == (str(to), "{year}/{month}")


def test_the_same_card_again_is_all_there(
    qtbot: QtBot,
    indexed: MainWindow,
    tmp_path: Path,
    wait_for_index: Callable[[MainWindow], None],
) -> None:
    begin(qtbot, indexed, tmp_path / "Pictures")
    qtbot.waitUntil(lambda: count(indexed) == 12)
    wait_for_index(indexed)
    indexed.commands["import"].trigger()
    qtbot.waitUntil(lambda: bool(indexed.findChildren(ImportPhotosDialog)))
    (dialog,) = indexed.findChildren(ImportPhotosDialog)
    said = "All 3 photo(s) are in the library already."
    qtbot.waitUntil(lambda: dialog._state.text() == said)
    assert dialog._to.text() == str(tmp_path / "Pictures")
    assert not dialog._go.isEnabled()
    dialog.reject()
    qtbot.waitUntil(lambda: not indexed.findChildren(ImportPhotosDialog))


def test_an_empty_window_offers_it_and_shows_what_came(
    qtbot: QtBot,
    window: MainWindow,
    tmp_path: Path,
    wait_for_index: Callable[[MainWindow], None],
) -> None:
    qtbot.waitUntil(lambda: window.centre.currentWidget() is window.centre.welcome)
    found = window.centre.welcome.findChildren(QPushButton)
    (link,) = [one for one in found if one.text().startswith("Import from")]
    link.click()
    dialog = asked(qtbot, window)
    dialog._to.setText(str(tmp_path / "Pictures"))
    dialog._on_source()
    qtbot.waitUntil(dialog._go.isEnabled)
    dialog._go.click()
    qtbot.waitUntil(lambda: count(window) == 3)
    wait_for_index(window)
    assert window.centre.currentWidget() is window.centre.grid


def test_it_is_followed_and_stopped_in_the_status_line(
    qtbot: QtBot,
    indexed: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    wait_for_index: Callable[[MainWindow], None],
) -> None:
    held, write = threading.Event(), copying.write_verified

    def second_waits(target: Path, *given: object, **named: object) -> bytes:
        if target.name == "IMG_0001.JPG":
            held.wait(20)
        return write(target, *given, **named)

    monkeypatch.setattr(copying, "write_verified", second_waits)
    strip = indexed.workspace.status.copying
    begin(qtbot, indexed, tmp_path / "Pictures")
    qtbot.waitUntil(lambda: "Importing photos 1 of 3" in strip.text())
    assert " bytes of 2." in strip.text()
    indexed.commands["import"].trigger()
    assert toast(indexed) == "Photos are being imported already."
    strip.cancel_asked.emit()
    held.set()
    qtbot.waitUntil(strip.isHidden)
    # What was whole stays, and is one step back.
    qtbot.waitUntil(lambda: count(indexed) == 10)
    qtbot.waitUntil(lambda: toast(indexed) == "1 photo(s) imported.")
    wait_for_index(indexed)
    assert [one.name for one in (tmp_path / "Pictures").rglob("*.*")] == ["IMG_0000.JPG"]


def test_photos_are_read_and_shown_while_a_card_is_copied(
    qtbot: QtBot,
    themed: Theme,
    places: LibraryPaths,
    encoder: ColourEncoder,
    draw: Callable[..., Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    wait_for_index: Callable[[MainWindow], None],
) -> None:
    held, write = threading.Event(), copying.write_verified

    def waits(target: Path, *given: object, **named: object) -> bytes:
        held.wait(60)
        return write(target, *given, **named)

    monkeypatch.setattr(copying, "write_verified", waits)
    # One thread decodes: copying must not be what it waits for.
    with opened(qtbot, themed, places, Settings(threads=1)) as window:
        begin(qtbot, window, tmp_path / "Pictures")
        window.intake.add_folders([str(draw("grey", 3))])
        try:
            wait_for_index(window)
            qtbot.waitUntil(lambda: count(window) == 3)
            assert window._import.is_running
        finally:
            held.set()
        qtbot.waitUntil(lambda: count(window) == 6)
        wait_for_index(window)


def test_an_import_does_not_wait_for_the_end_of_an_index_run(
    qtbot: QtBot,
    indexed: MainWindow,
    draw: Callable[..., Path],
    tmp_path: Path,
    wait_for_index: Callable[[MainWindow], None],
) -> None:
    worker = indexed._library.worker
    folder = draw("grey", 3)
    worker.start([str(folder)])
    worker.pause(on=True)
    begin(qtbot, indexed, tmp_path / "Pictures")
    qtbot.waitUntil(lambda: toast(indexed).startswith("3 photo(s) imported."))
    wait_for_index(indexed)
    # The run that made way was made afterwards.
    qtbot.waitUntil(lambda: count(indexed) == 15)


def test_a_card_that_is_pulled_is_told_and_what_came_stays(
    qtbot: QtBot,
    indexed: MainWindow,
    card: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    wait_for_index: Callable[[MainWindow], None],
) -> None:
    write = copying.write_verified

    def pull(target: Path, *given: object, **named: object) -> bytes:
        if target.name == "IMG_0001.JPG":
            card.rename(card.with_name("drawer"))
        return write(target, *given, **named)

    monkeypatch.setattr(copying, "write_verified", pull)
    begin(qtbot, indexed, tmp_path / "Pictures")
    qtbot.waitUntil(indexed.workspace.banner.isVisible)
    assert "is no longer connected" in indexed.workspace.banner._text.text()
    qtbot.waitUntil(lambda: count(indexed) == 10)
    wait_for_index(indexed)


def test_too_little_room_is_told_and_nothing_is_made(
    qtbot: QtBot, indexed: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = copying.shutil.disk_usage(tmp_path)._replace(free=0)
    monkeypatch.setattr(copying.shutil, "disk_usage", lambda path: usage)
    begin(qtbot, indexed, tmp_path / "Pictures")
    qtbot.waitUntil(indexed.workspace.banner.isVisible)
    assert "Nothing was copied." in indexed.workspace.banner._text.text()
    assert not (tmp_path / "Pictures").exists()
    assert not indexed._import.is_running
