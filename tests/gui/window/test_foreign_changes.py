"""What a command changes while the window is open."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtTest import QSignalSpy

from photosort.gui.controllers import library_file_changes
from photosort.gui.controllers.library_file_changes import ForeignChanges

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from photosort.gui.shell.window import MainWindow
    from photosort.paths import LibraryPaths


def run(places: LibraryPaths, *given: str) -> None:
    """A command, in a process of its own."""
    command = [sys.executable, "-m", "photosort", *given]
    command += ["--home", str(places.home), "--library", str(places.library)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


def row_titles(window: MainWindow) -> list[str]:
    model = window.workspace.tree._sources
    return [model.source(model.index_of(key)).title for key in list(model.keys())]


def test_what_commands_change_appears_where_it_is_shown(
    qtbot: QtBot, indexed: MainWindow, names: Callable[[], list[str]], places: LibraryPaths
) -> None:
    grid, catalog = indexed.centre.grid, indexed.book.catalog
    assert indexed.shown is not None
    assert catalog is not None
    indexed.resize(700, 400)
    chosen = indexed.shown.arrangement.ids[-3:]
    path = str(catalog.path(int(chosen[0])))
    grid.select_photos(chosen)
    bar = grid.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    stood = bar.value()
    run(places, "tag", "--confirm", "kiruna", path)
    chips = indexed.workspace.information.tags._chips
    qtbot.waitUntil(lambda: "kiruna" in chips)  # the panel
    assert indexed.book.catalog is not catalog
    assert grid.selection.ids().tolist() == chosen.tolist()
    assert bar.value() == stood

    indexed.workspace.search.ask("album:Trips")
    qtbot.waitUntil(lambda: names() == [])
    run(places, "albums", "make", "Trips", path)
    qtbot.waitUntil(lambda: names() == [Path(path).name])  # the grid
    qtbot.waitUntil(lambda: "Trips" in row_titles(indexed))  # the sidebar


def test_what_the_window_writes_is_not_read_again(qtbot: QtBot, indexed: MainWindow) -> None:
    assert indexed.shown is not None
    library = indexed._library
    assert library is not None
    ask_now(qtbot, library.foreign)
    found = QSignalSpy(library.foreign.found)
    with qtbot.waitSignal(library.changes.made):
        library.changes.rate(indexed.shown.arrangement.ids[:2].tolist(), 4)
    ask_now(qtbot, library.foreign)
    assert found.count() == 0


def ask_now(qtbot: QtBot, foreign: ForeignChanges) -> None:
    foreign.stop()
    foreign._ask()
    qtbot.waitUntil(foreign._timer.isActive)


def test_a_library_that_changes_all_the_time_is_read_more_rarely(window: MainWindow) -> None:
    library = window._library
    assert library is not None
    foreign = library.foreign
    assert foreign._timer.interval() == library_file_changes._INTERVAL_MS
    for _ in range(library_file_changes._FEW_IN_A_ROW):
        foreign._on_answer(True)
    assert foreign._timer.interval() == library_file_changes._INTERVAL_MS
    for _ in range(20):
        foreign._on_answer(True)
    assert foreign._timer.interval() == library_file_changes._LONGEST_INTERVAL_MS
    ended = QSignalSpy(foreign.ended)
    foreign._on_answer(False)
    foreign._on_answer(False)
    assert ended.count() == 1
    assert foreign._timer.interval() == library_file_changes._INTERVAL_MS
