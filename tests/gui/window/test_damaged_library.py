"""A library that is damaged is told in one sentence, and one button brings back what can be had."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from photosort.gui.base.runner import Runner
from photosort.gui.base.theme import Theme
from photosort.gui.shell.app import Opening
from photosort.gui.shell.window import MainWindow
from photosort.paths import LibraryPaths
from photosort.settings import Settings
from photosort.usecases.session import backups

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_the_window_cares_for_copies(qtbot: QtBot, indexed: MainWindow) -> None:
    library = indexed._library
    assert library is not None
    library.take_care()
    qtbot.waitUntil(lambda: len(backups.list_all(library.session)) == 1)
    (copy,) = backups.list_all(library.session)
    assert backups.photos_in(copy) == 9


def test_one_button_brings_a_damaged_library_back(
    qtbot: QtBot, themed: Theme, places: LibraryPaths, draw: Callable[..., Path]
) -> None:
    places.prepare()
    places.library.write_bytes(b"no library at all" * 1000)
    runner = Runner()
    window = MainWindow(themed, runner, Settings())
    qtbot.addWidget(window)
    window.show()
    opening = Opening(places, Settings())
    opening.hand_to(window, runner)
    banner = window.workspace.banner
    qtbot.waitUntil(banner._action.isVisible)
    assert "is damaged" in banner._text.text()
    banner._action.click()
    qtbot.waitUntil(lambda: window._library is not None, timeout=15_000)
    assert not banner.isVisible()
    assert list(places.library.parent.glob("library.damaged-1.db"))
    window.close()
    opening.close()
