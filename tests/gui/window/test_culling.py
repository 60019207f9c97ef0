"""Culling in the real window: the histogram of real pictures, the best of several in one step, going on by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu

from photosort.domain.photos import Flag
from photosort.settings import Settings

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from photosort.gui.shell.window import MainWindow

Key = Qt.Key


def flags(window: MainWindow) -> dict[int, Flag | None]:
    catalog = window.book.catalog
    assert catalog is not None
    return {photo: catalog.flag(row) for row, photo in enumerate(catalog.ids.tolist())}


def test_the_histogram_is_measured_beside_the_window_s_thread(
    qtbot: QtBot, indexed: MainWindow
) -> None:
    assert indexed._library is not None
    loupe = indexed._library.large.loupe
    catalog = indexed.book.catalog
    assert catalog is not None
    indexed.photos.open(int(catalog.ids[catalog.names.tolist().index("red_000.jpg")]))
    qtbot.waitUntil(lambda: loupe.view.finest_picture is not None)
    loupe.menu_asked.emit(loupe.mapToGlobal(QPoint(40, 40)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    (action,) = (one for one in menu.actions() if one.text() == "Histogram and clipping")
    assert not action.isChecked()
    menu.close()
    action.trigger()
    qtbot.waitUntil(lambda: loupe._histogram.tones is not None)
    assert loupe._histogram.tones is not None
    assert loupe._histogram.tones.curves[:3].argmax(axis=1)[0] > 150, "a red one"
    for _ in range(3):
        qtbot.keyClick(loupe.view, Key.Key_Right)
    qtbot.waitUntil(lambda: loupe._histogram.tones is not None)


def test_the_best_of_several_stays_in_one_step_of_the_history(
    qtbot: QtBot, indexed: MainWindow
) -> None:
    assert indexed._library is not None
    large = indexed._library.large
    indexed.centre.grid.select_photos(np.array([1, 2, 3, 4, 5, 6], np.int64))
    assert indexed.commands["compare"].isEnabled()
    indexed.commands["compare"].trigger()
    compare = large.compare
    qtbot.waitUntil(compare.isVisible)
    best = compare.photos()[1]
    others = [photo for photo in range(1, 7) if photo != best]
    for key in (Key.Key_Right, Key.Key_K, Key.Key_K):
        qtbot.keyClick(compare.focusWidget(), key)
    assert not compare.isVisible()
    assert indexed.centre.grid.current_photo() == best
    wanted = {best: Flag.PICK, **dict.fromkeys(others, Flag.DISCARD)}
    qtbot.waitUntil(lambda: {k: v for k, v in flags(indexed).items() if v} == wanted)
    for _ in range(2):
        qtbot.waitUntil(
            lambda: indexed.commands["undo"].isEnabled() and not indexed._runner._under_way
        )
        indexed.photos.undo()
    qtbot.waitUntil(lambda: not any(flags(indexed).values()))


def test_the_loupe_goes_on_once_a_photo_was_judged(qtbot: QtBot, indexed: MainWindow) -> None:
    assert indexed._library is not None
    loupe = indexed._library.large.loupe
    indexed.apply(Settings(advance=True))
    assert indexed.shown is not None
    ids = indexed.shown.arrangement.ids.tolist()
    indexed.photos.open(ids[0])
    for key in (Key.Key_P, Key.Key_X, Key.Key_P):
        qtbot.keyClick(loupe.view, key)
    assert loupe.current_photo() == ids[3]
    wanted = [Flag.PICK, Flag.DISCARD, Flag.PICK]
    qtbot.waitUntil(lambda: [flags(indexed)[photo] for photo in ids[:3]] == wanted)
