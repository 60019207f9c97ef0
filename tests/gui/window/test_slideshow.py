"""The slideshow from the photos: on the whole screen, of what is selected or shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from photosort.gui.shell.window import MainWindow

Key = Qt.Key


def test_a_slideshow_of_all_that_is_shown(qtbot: QtBot, indexed: MainWindow) -> None:
    assert indexed._library is not None
    loupe = indexed._library.large.loupe
    assert indexed.shown is not None
    ids = indexed.shown.arrangement.ids
    indexed.centre.grid.go_to_photo(int(ids[4]))
    indexed.centre.grid.setFocus()
    qtbot.keyClick(indexed.centre.grid, Key.Key_F5)
    assert loupe.slideshow.is_running
    assert indexed.isFullScreen()
    assert loupe.current_photo() == ids[4]
    assert loupe.photo_ids.tolist() == ids.tolist()
    for key in (Key.Key_Space, Key.Key_Right, Key.Key_Space):
        qtbot.keyClick(loupe.view, key)
    assert loupe.slideshow.is_running
    assert loupe.current_photo() == ids[5]
    qtbot.keyClick(loupe.view, Key.Key_Escape)
    assert not indexed.isFullScreen()
    assert not loupe.isVisible()
    assert indexed.centre.grid.current_photo() == ids[5]


def test_a_slideshow_of_the_selected_photos(qtbot: QtBot, indexed: MainWindow) -> None:
    assert indexed._library is not None
    assert indexed.shown is not None
    loupe, ids = indexed._library.large.loupe, indexed.shown.arrangement.ids
    indexed.centre.grid.select_photos(np.array([ids[6], ids[2]], np.int64))
    indexed.commands["slideshow"].trigger()
    assert loupe.photo_ids.tolist() == [ids[2], ids[6]], "in the order in which they stand"
    assert loupe.slideshow.is_running
    qtbot.keyClick(loupe.view, Key.Key_Escape)
    qtbot.waitUntil(lambda: not loupe.isVisible())


def test_a_maximised_window_is_maximised_again(qtbot: QtBot, indexed: MainWindow) -> None:
    assert indexed._library is not None
    loupe = indexed._library.large.loupe
    indexed.showMaximized()
    indexed.photos.open(1)
    qtbot.keyClick(loupe.view, Key.Key_F5)
    assert indexed.isFullScreen()
    qtbot.keyClick(loupe.view, Key.Key_Escape)
    assert loupe.isVisible(), "begun in the loupe, it ends there"
    assert indexed.isMaximized()
    assert not indexed.isFullScreen()
