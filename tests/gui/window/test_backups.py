"""Backups of the library, from the menu to the restored window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from photosort.gui.base import formatting
from photosort.gui.dialogs.backups import BackupsDialog
from photosort.gui.shell import app
from tests.fixtures.window import opened

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from photosort.gui.base.theme import Theme
    from photosort.gui.shell.window import MainWindow
    from photosort.paths import LibraryPaths

LEFT = Qt.MouseButton.LeftButton


def shown(qtbot: QtBot, window: MainWindow) -> BackupsDialog:
    window.commands["backups"].trigger()
    # One that was closed is there until Qt comes to delete it.
    (dialog,) = [one for one in window.findChildren(BackupsDialog) if one.isVisible()]
    return dialog


def table(dialog: BackupsDialog) -> list[str]:
    grid = dialog._table
    items = [grid.itemAt(place) for place in range(grid.count())]
    return [one.widget().text() for one in items if isinstance(one.widget(), QLabel)]


def test_a_backup_is_made_compared_and_restored_with_the_present_state_kept(
    qtbot: QtBot, indexed: MainWindow, places: LibraryPaths, themed: Theme
) -> None:
    dialog = shown(qtbot, indexed)
    assert "no backup yet" in dialog._said.text()
    assert not dialog._restore.isEnabled()
    QTest.mouseClick(dialog._make, LEFT)
    qtbot.waitUntil(lambda: dialog._list.count() == 1 and dialog._restore.isEnabled())
    assert formatting.photos(9) in dialog._list.item(0).text()
    assert "Nothing was changed" in dialog._said.text()
    dialog.reject()

    indexed.centre.grid.selection.select_all()
    indexed.photos.rate(5)
    qtbot.waitUntil(lambda: indexed.book.marks(1).rating == 5)
    dialog = shown(qtbot, indexed)
    qtbot.waitUntil(dialog._restore.isEnabled)
    assert "1 change" in dialog._said.text()
    at = table(dialog).index("Photos with stars, flags or texts")
    assert table(dialog)[at + 1 : at + 3] == ["9", "0"]
    QTest.mouseClick(dialog._restore, LEFT)
    assert indexed.isVisible()
    QTest.mouseClick(dialog._restore, LEFT)
    assert not indexed.isVisible()
    copy = indexed.copy_to_restore
    assert copy is not None

    assert "kept as" in app._put_back(places, copy)
    with opened(qtbot, themed, places) as again:
        qtbot.waitUntil(lambda: again.shown is not None and len(again.shown.arrangement) == 9)
        assert again.book.marks(1).rating == 0
        dialog = shown(qtbot, again)
        qtbot.waitUntil(lambda: dialog._list.count() == 2)
        dialog.reject()


def test_a_copy_that_is_damaged_is_said_and_changes_nothing(
    qtbot: QtBot, indexed: MainWindow, places: LibraryPaths
) -> None:
    library = indexed._library
    assert library is not None
    dialog = shown(qtbot, indexed)
    QTest.mouseClick(dialog._make, LEFT)
    qtbot.waitUntil(lambda: dialog._list.count() == 1 and dialog._restore.isEnabled())
    copy: Path = dialog._rows[0].path
    copy.write_bytes(b"no library")
    dialog.reject()
    dialog = shown(qtbot, indexed)
    qtbot.waitUntil(lambda: dialog._list.count() == 1 and bool(dialog._said.text()))
    assert "damaged" in dialog._list.item(0).text()
    assert not dialog._restore.isEnabled()
    dialog.reject()
