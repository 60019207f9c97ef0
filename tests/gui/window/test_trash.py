"""Photos go to the wastebasket from the grid, the loupe and the discarded ones, and come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from photosort.domain.photos import Flag
from photosort.gui.dialogs.trash import TrashDialog
from photosort.gui.panels import sources

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from photosort.gui.shell.window import MainWindow

pytestmark = pytest.mark.usefixtures("home_trash")


def asked(qtbot: QtBot, window: MainWindow) -> TrashDialog:
    """The question, once it is there."""
    qtbot.waitUntil(lambda: bool(window.findChildren(TrashDialog)))
    (dialog,) = window.findChildren(TrashDialog)
    return dialog


def press(dialog: TrashDialog, text: str) -> None:
    (found,) = [one for one in dialog.findChildren(QPushButton) if one.text() == text]
    found.click()


def texts(dialog: TrashDialog) -> str:
    return "\n".join(one.text() for one in dialog.findChildren(QLabel))


def count(window: MainWindow) -> int:
    return 0 if window.shown is None else window.shown.arrangement.photos()


def test_delete_in_the_grid_asks_moves_and_is_undone(
    qtbot: QtBot, indexed: MainWindow, tmp_path: Path
) -> None:
    folder = tmp_path / "photos"
    grid = indexed.centre.grid
    grid.go_to_photo(1)
    grid.select_photos(np.array([1, 2], np.int64))
    grid.setFocus()
    QTest.keyClick(grid, Qt.Key.Key_Delete)
    dialog = asked(qtbot, indexed)
    assert "Move 2 photo(s) to the wastebasket?" in texts(dialog)
    press(dialog, "Cancel")
    qtbot.waitUntil(lambda: not indexed.findChildren(TrashDialog))
    assert len(list(folder.iterdir())) == 9
    indexed.commands["trash"].trigger()
    press(asked(qtbot, indexed), "Move to wastebasket")
    qtbot.waitUntil(lambda: count(indexed) == 7)
    assert len(list(folder.iterdir())) == 7
    assert indexed.workspace.toast._text.text() == "Moved 2 photos to the wastebasket"
    indexed.commands["undo"].trigger()
    qtbot.waitUntil(lambda: count(indexed) == 9)
    assert len(list(folder.iterdir())) == 9


def test_delete_in_the_loupe_goes_on_to_the_next_photo(qtbot: QtBot, indexed: MainWindow) -> None:
    shown = indexed.shown
    assert shown is not None
    first, second = (int(one) for one in shown.arrangement.ids[:2])
    indexed.photos.open(first)
    loupe = indexed._library.large.loupe
    QTest.keyClick(loupe.view, Qt.Key.Key_Delete)
    press(asked(qtbot, indexed), "Move to wastebasket")
    qtbot.waitUntil(lambda: loupe.current_photo() == second)
    qtbot.waitUntil(lambda: count(indexed) == 8)
    assert loupe.position == (1, 8)


def test_the_discarded_go_together(qtbot: QtBot, indexed: MainWindow) -> None:
    grid, bar = indexed.centre.grid, indexed.workspace.discarded_bar
    grid.go_to_photo(1)
    grid.select_photos(np.array([1, 2, 3], np.int64))
    indexed.photos.flag(Flag.DISCARD)
    assert not bar.isVisible()
    indexed.workspace.tree.source_chosen.emit(sources.DISCARDED)
    qtbot.waitUntil(bar.isVisible)
    bar.move_all.click()
    press(asked(qtbot, indexed), "Move to wastebasket")
    indexed.workspace.tree.source_chosen.emit(sources.EVERYTHING)
    qtbot.waitUntil(lambda: count(indexed) == 6)
    assert not bar.isVisible()


def test_what_cannot_go_is_told_before(
    qtbot: QtBot, indexed: MainWindow, draw: Callable[..., Path]
) -> None:
    catalog = indexed.book.catalog
    assert catalog is not None
    path = catalog.path(1)
    assert path is not None
    path.chmod(0o600)
    path.write_bytes(path.read_bytes() + b"x")
    indexed._trash.ask([1])
    dialog = asked(qtbot, indexed)
    assert "These photos cannot be moved to the wastebasket" in texts(dialog)
    press(dialog, "Close")
    qtbot.waitUntil(lambda: not indexed.findChildren(TrashDialog))
    assert path.exists()


def test_an_emptied_wastebasket_is_told(
    qtbot: QtBot, indexed: MainWindow, home_trash: Path
) -> None:
    indexed._trash.ask([1, 2])
    press(asked(qtbot, indexed), "Move to wastebasket")
    qtbot.waitUntil(lambda: count(indexed) == 7)
    next((home_trash / "files").iterdir()).unlink()
    indexed.commands["undo"].trigger()
    qtbot.waitUntil(indexed.workspace.banner.isVisible)
    assert "1 file could not be moved" in indexed.workspace.banner._text.text()
    qtbot.waitUntil(lambda: count(indexed) == 8)
