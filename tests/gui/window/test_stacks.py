"""Stacks in the real window: one tile with a count, opened in place, joined, split and undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from photosort.domain.photos import Flag
from photosort.gui.base import theme
from photosort.settings import Settings
from photosort.usecases.duplicates import stacks
from tests.fixtures.window import opened

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from photosort.gui.base.theme import Theme
    from photosort.gui.shell.window import MainWindow
    from photosort.paths import LibraryPaths

    Names = Callable[[], list[str]]

Key = Qt.Key
GREEN = ["green_002.jpg", "green_001.jpg", "green_000.jpg"]


def id_of(window: MainWindow, name: str) -> int:
    catalog = window.book.catalog
    assert catalog is not None
    return int(catalog.ids[catalog.names.tolist().index(name)])


@pytest.fixture
def stacked(qtbot: QtBot, indexed: MainWindow, names: Names) -> MainWindow:
    """The three green photos are a closed stack, with the middle one on top."""
    ids = [id_of(indexed, name) for name in GREEN]
    indexed.centre.grid.select_photos(np.array(ids, np.int64))
    indexed.commands["stack"].trigger()
    qtbot.waitUntil(lambda: len(names()) == 7)
    indexed.centre.grid.go_to_photo(ids[0])
    assert indexed._library is not None
    indexed._library.changes.carry_out(lambda: stacks.put_on_top(indexed._library.session, ids[1]))
    qtbot.waitUntil(lambda: "green_001.jpg" in names() and len(names()) == 7)
    return indexed


def row_of(window: MainWindow, name: str) -> int:
    assert window.shown is not None
    return window.shown.arrangement.row_of(id_of(window, name))


def click_badge(qtbot: QtBot, window: MainWindow, name: str) -> None:
    grid = window.centre.grid
    photo = grid.photo_rect(row_of(window, name))
    point = photo.bottomRight()
    point.setX(point.x() - 12)
    point.setY(point.y() - 12)
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=point)


def test_a_stack_is_one_tile_and_opens_in_place(
    qtbot: QtBot, stacked: MainWindow, names: Names
) -> None:
    assert stacked.commands["stacks"].isChecked(), "what was stacked is to be seen"
    assert stacked.shown is not None
    assert stacked.shown.arrangement.sections[1].detail == "3 photo(s)"
    assert stacked.workspace.status._selection.text() in {"9 photo(s)", "1 of 9 selected"}
    index = stacked.centre.grid.model().index(row_of(stacked, "green_001.jpg"), 0)
    assert "closed stack of 3 photo(s)" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    click_badge(qtbot, stacked, "green_001.jpg")
    qtbot.waitUntil(lambda: len(names()) == 9)
    at = names().index("green_001.jpg")
    assert names()[at : at + 3] == ["green_001.jpg", "green_002.jpg", "green_000.jpg"]
    grid = stacked.centre.grid
    assert grid.current_photo() == id_of(stacked, "green_001.jpg")
    edge = grid.photo_rect(at + 1).topLeft()
    seen = QColor(grid.viewport().grab().toImage().pixelColor(edge.x() - 3, edge.y() + 20))
    assert seen.name() == theme.colours().chosen, "a band behind the photos of an open stack"
    grid.setFocus()
    qtbot.keyClick(grid, Key.Key_O)
    qtbot.waitUntil(lambda: len(names()) == 7)


def test_the_best_comes_on_top_until_one_is_chosen(
    qtbot: QtBot, indexed: MainWindow, names: Names
) -> None:
    assert indexed._library is not None
    ids = [id_of(indexed, name) for name in GREEN]
    indexed.centre.grid.select_photos(np.array(ids, np.int64))
    indexed.commands["stack"].trigger()
    qtbot.waitUntil(lambda: len(names()) == 7)
    indexed._library.changes.flag(ids[2:], Flag.PICK)
    qtbot.waitUntil(lambda: GREEN[2] in names())
    click_badge(qtbot, indexed, GREEN[2])
    qtbot.waitUntil(lambda: len(names()) == 9)
    indexed.centre.grid.go_to_photo(ids[1])
    indexed.commands["stack-top"].trigger()
    qtbot.waitUntil(lambda: names()[2] == GREEN[1])
    indexed.photos.undo()
    qtbot.waitUntil(lambda: names()[2] == GREEN[2])


def test_a_closed_stack_is_dissolved_and_one_photo_leaves_an_open_one(
    qtbot: QtBot, stacked: MainWindow, names: Names
) -> None:
    grid = stacked.centre.grid
    grid.go_to_photo(id_of(stacked, "green_001.jpg"))
    stacked.commands["unstack"].trigger()
    qtbot.waitUntil(lambda: len(names()) == 9)
    stacked.photos.undo()
    qtbot.waitUntil(lambda: len(names()) == 7)
    click_badge(qtbot, stacked, "green_001.jpg")
    qtbot.waitUntil(lambda: len(names()) == 9)
    grid.go_to_photo(id_of(stacked, "green_000.jpg"))
    stacked.commands["unstack"].trigger()
    assert stacked.shown is not None
    qtbot.waitUntil(lambda: len(stacked.shown.arrangement.stacks) == 2)


def test_words_rank_every_photo_and_filters_stack_what_they_leave(
    qtbot: QtBot, stacked: MainWindow, names: Names
) -> None:
    assert stacked._library is not None
    stacked.workspace.search.ask("rating:0")
    qtbot.waitUntil(lambda: stacked.shown.asked.text == "rating:0" and len(names()) == 7)
    qtbot.waitUntil(lambda: stacked._library.session.encoders.is_loaded)
    stacked.workspace.search.ask("something green")
    qtbot.waitUntil(lambda: stacked.shown.by_sight and stacked.shown.strong == 3)
    assert {*names()[:3]} == {*GREEN}


@pytest.mark.usefixtures("encoder")
def test_the_menu_says_whether_stacks_are_closed_and_the_next_start_knows(
    qtbot: QtBot, stacked: MainWindow, names: Names, places: LibraryPaths, themed: Theme
) -> None:
    stacked.commands["stacks"].trigger()
    qtbot.waitUntil(lambda: len(names()) == 9)
    assert not stacked.settings().show_stacks
    stacked.commands["stacks"].trigger()
    qtbot.waitUntil(lambda: len(names()) == 7)
    kept = stacked.settings()
    stacked.close()
    with opened(qtbot, themed, places, Settings(show_stacks=kept.show_stacks)) as again:
        qtbot.waitUntil(lambda: again.shown is not None and len(again.shown.arrangement) == 7)
