"""Photos are rotated in the grid and the loupe, seen so at once, and turned back by undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from photosort.usecases.photos import thumbnails
from photosort.usecases.photos.photo_paths import shown_file

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from photosort.gui.shell.window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier


def orientation(window: MainWindow, photo_id: int) -> int | None:
    return shown_file(window._library.session, photo_id).orientation


def is_upright(window: MainWindow, photo_id: int) -> bool:
    return float(window.book.aspects(np.array([photo_id], np.int64))[0]) < 1


def test_keys_rotate_the_selected_photos_and_undo_turns_them_back(
    qtbot: QtBot, indexed: MainWindow
) -> None:
    grid = indexed.centre.grid
    grid.go_to_photo(1)
    grid.select_photos(np.array([1, 2], np.int64))
    grid.setFocus()
    QTest.keyClick(grid, Qt.Key.Key_BracketRight, CTRL)
    qtbot.waitUntil(lambda: is_upright(indexed, 1) and is_upright(indexed, 2))
    assert [orientation(indexed, one) for one in (1, 2, 3)] == [6, 6, None]
    # The grid makes room for the other shape.
    rows = [grid.model().arrangement.ids.tolist().index(one) for one in (1, 2)]
    qtbot.waitUntil(lambda: max(grid.sight().layout.aspects[rows]) < 1)
    session = indexed._library.session
    # The picture model is let see them so: their final thumbnails have keys again.
    qtbot.waitUntil(lambda: None not in thumbnails.keys_of(session, [1, 2]).values())
    indexed.commands["undo"].trigger()
    qtbot.waitUntil(lambda: not is_upright(indexed, 1))
    assert [orientation(indexed, one) for one in (1, 2)] == [None, None]
    qtbot.waitUntil(lambda: not indexed.is_indexing)


def test_the_loupe_shows_the_turn(qtbot: QtBot, indexed: MainWindow) -> None:
    indexed.photos.open(1)
    loupe = indexed._library.large.loupe
    qtbot.waitUntil(lambda: loupe.view.framing is not None)
    QTest.keyClick(loupe.view, Qt.Key.Key_BracketLeft, CTRL)
    qtbot.waitUntil(lambda: orientation(indexed, 1) == 8)
    qtbot.waitUntil(
        lambda: (
            loupe.view.framing is not None
            and loupe.view.framing.photo[0] < loupe.view.framing.photo[1]
        )
    )
    assert loupe.current_photo() == 1
    qtbot.waitUntil(lambda: not indexed.is_indexing)
