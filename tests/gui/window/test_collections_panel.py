"""What the user keeps: albums and searches, in the left panel and in the menus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from photosort.gui.base import desktop_open
from photosort.gui.dialogs.name import NameDialog

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from photosort.gui.shell.window import MainWindow

Key = Qt.Key


def rows(window: MainWindow) -> dict[str, int | None]:
    """Title to count of every row of the left panel."""
    model = window.workspace.tree._sources
    return {
        model.source(model.index_of(key)).title: model.source(model.index_of(key)).count
        for key in window.workspace.tree._sources.keys()  # noqa: SIM118
    }


def has_saved(window: MainWindow) -> bool:
    """Whether a saved search has a row; its name may be that of a month."""
    return any(key.startswith("saved:") for key in window.workspace.tree._sources.keys())  # noqa: SIM118


def answer(qtbot: QtBot, window: MainWindow, name: str) -> None:
    """Types a name into the dialog that is open, and presses Enter."""
    (dialog,) = [one for one in window.findChildren(NameDialog) if one.isVisible()]
    line = dialog.findChild(QLineEdit)
    line.setText(name)
    qtbot.keyClick(line, Key.Key_Return)


def choose(menu: QMenu, text: str) -> None:
    """Triggers an entry of a menu, which stays as Qt leaves it."""
    (action,) = [one for one in menu.actions() if one.text() == text]
    action.trigger()
    menu.close()


def row_menu(window: MainWindow, key: str) -> QMenu:
    window.workspace.tree.menu_asked.emit(key, QPoint(10, 10))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def test_an_album_of_the_selection_and_the_way_back(
    qtbot: QtBot, indexed: MainWindow, names: Callable[[], list[str]]
) -> None:
    indexed.centre.grid.select_photos(indexed.shown.arrangement.ids[:2])
    indexed.commands["new-album"].trigger()
    answer(qtbot, indexed, "Blue things")
    qtbot.waitUntil(lambda: rows(indexed).get("Blue things") == 2)
    indexed.workspace.tree.source_chosen.emit('album:"Blue things"')
    qtbot.waitUntil(lambda: names() == ["blue_001.jpg", "blue_000.jpg"])
    menu = QMenu()
    qtbot.addWidget(menu)
    indexed.centre.grid.select_photos(indexed.shown.arrangement.ids[:1])
    indexed._shelf.fill_album_menu(menu)
    choose(menu, "Remove from \u201cBlue things\u201d")
    qtbot.waitUntil(lambda: names() == ["blue_000.jpg"])
    indexed.photos.undo()
    qtbot.waitUntil(lambda: len(names()) == 2)


def test_photos_are_dropped_on_an_album(qtbot: QtBot, indexed: MainWindow) -> None:
    indexed.centre.grid.select_photos(indexed.shown.arrangement.ids[:1])
    indexed.commands["new-album"].trigger()
    answer(qtbot, indexed, "Chosen")
    qtbot.waitUntil(lambda: rows(indexed).get("Chosen") == 1)
    indexed.centre.grid.select_photos(indexed.shown.arrangement.ids[:3])
    indexed.workspace.tree.photos_dropped.emit("album:Chosen")
    qtbot.waitUntil(lambda: rows(indexed)["Chosen"] == 3)


def test_an_album_is_renamed_and_deleted_from_its_row(qtbot: QtBot, indexed: MainWindow) -> None:
    indexed.centre.grid.select_photos(indexed.shown.arrangement.ids[:1])
    indexed.commands["new-album"].trigger()
    answer(qtbot, indexed, "One")
    qtbot.waitUntil(lambda: "One" in rows(indexed))
    choose(row_menu(indexed, "album:One"), "Rename\u2026")
    answer(qtbot, indexed, "Two")
    qtbot.waitUntil(lambda: "Two" in rows(indexed) and "One" not in rows(indexed))
    choose(row_menu(indexed, "album:Two"), "Delete album")
    qtbot.waitUntil(lambda: "Two" not in rows(indexed))
    qtbot.waitUntil(lambda: "Deleted the album" in indexed.commands["undo"].text())
    indexed.photos.undo()
    qtbot.waitUntil(lambda: "Two" in rows(indexed))


def test_a_name_that_is_taken_is_said(qtbot: QtBot, indexed: MainWindow) -> None:
    indexed.centre.grid.select_photos(indexed.shown.arrangement.ids[:1])
    for _ in range(2):
        indexed.commands["new-album"].trigger()
        answer(qtbot, indexed, "One")
        qtbot.waitUntil(lambda: "One" in rows(indexed))
    qtbot.waitUntil(indexed.workspace.banner.isVisible)
    assert "already" in indexed.workspace.banner._text.text()


def test_a_search_is_saved_asked_again_renamed_and_deleted(
    qtbot: QtBot, indexed: MainWindow, names: Callable[[], list[str]]
) -> None:
    indexed.workspace.search.ask("on:2022-07")
    indexed.commands["save-search"].trigger()
    answer(qtbot, indexed, "July")
    qtbot.waitUntil(lambda: has_saved(indexed))
    qtbot.waitUntil(lambda: indexed.workspace.tree.chosen().startswith("on:"))
    rows_there = list(indexed.workspace.tree._sources.keys())
    (saved,) = [key for key in rows_there if key.startswith("saved:")]
    indexed.workspace.search.ask("")
    qtbot.waitUntil(lambda: len(names()) == 9)
    indexed.workspace.tree.source_chosen.emit(saved)
    qtbot.waitUntil(lambda: names() == ["blue_001.jpg", "blue_000.jpg"])
    choose(row_menu(indexed, saved), "Rename\u2026")
    answer(qtbot, indexed, "Summer")
    qtbot.waitUntil(lambda: "Summer" in rows(indexed))
    choose(row_menu(indexed, saved), "Delete")
    qtbot.waitUntil(lambda: "Summer" not in rows(indexed))


def test_nothing_is_saved_while_nothing_is_searched_for(indexed: MainWindow) -> None:
    indexed.commands["save-search"].trigger()
    assert not indexed.findChildren(NameDialog)


def test_saved_searches_stand_in_the_menu_beside_the_field(
    qtbot: QtBot, indexed: MainWindow, names: Callable[[], list[str]]
) -> None:
    menu = indexed.workspace.search._kept_menu
    menu.aboutToShow.emit()
    assert not menu.actions()[0].isEnabled(), "nothing is searched for"
    indexed.workspace.search.ask("on:2022-07")
    indexed.commands["save-search"].trigger()
    answer(qtbot, indexed, "July")
    qtbot.waitUntil(lambda: has_saved(indexed))
    indexed.workspace.search.ask("")
    qtbot.waitUntil(lambda: len(names()) == 9)
    menu.aboutToShow.emit()
    (again,) = [action for action in menu.actions() if action.text() == "July"]
    again.trigger()
    qtbot.waitUntil(lambda: names() == ["blue_001.jpg", "blue_000.jpg"])


@pytest.mark.parametrize("name", ["", "   "])
def test_a_blank_name_cannot_be_given(qtbot: QtBot, indexed: MainWindow, name: str) -> None:
    indexed.centre.grid.select_photos(indexed.shown.arrangement.ids[:1])
    indexed.commands["new-album"].trigger()
    answer(qtbot, indexed, name)
    (dialog,) = [one for one in indexed.findChildren(NameDialog) if one.isVisible()]
    dialog.reject()


def test_f2_renames_the_album_or_search_of_the_row(qtbot: QtBot, indexed: MainWindow) -> None:
    indexed.centre.grid.select_photos(indexed.shown.arrangement.ids[:1])
    indexed.commands["new-album"].trigger()
    answer(qtbot, indexed, "One")
    qtbot.waitUntil(lambda: "One" in rows(indexed))
    tree = indexed.workspace.tree
    tree.choose("album:One")
    qtbot.keyClick(tree, Key.Key_F2)
    answer(qtbot, indexed, "Two")
    qtbot.waitUntil(lambda: "Two" in rows(indexed) and "One" not in rows(indexed))
    tree.choose("page:everything")
    qtbot.keyClick(tree, Key.Key_F2)
    assert not [one for one in indexed.findChildren(NameDialog) if one.isVisible()]


def test_a_folder_is_shown_read_again_and_removed_from_its_row(
    qtbot: QtBot,
    indexed: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(desktop_open, "open_file", lambda path: opened.append(str(path)) is None)
    folder, tree = str(tmp_path / "photos"), indexed.workspace.tree._sources
    qtbot.waitUntil(lambda: any(folder in key for key in tree.keys()))  # noqa: SIM118
    (key,) = [one for one in tree.keys() if folder in one]  # noqa: SIM118
    choose(row_menu(indexed, key), "Show in file manager")
    assert opened == [folder]
    choose(row_menu(indexed, key), "Read again")
    assert indexed.is_indexing
    qtbot.waitUntil(lambda: not indexed.is_indexing, timeout=30_000)
    choose(row_menu(indexed, key), "Remove from library")
    qtbot.waitUntil(lambda: not indexed.book.catalog.roots)
    toast = indexed.workspace.toast
    qtbot.waitUntil(lambda: toast._text.text().startswith("Removed the folder"))
    indexed.photos.undo()
    qtbot.waitUntil(lambda: len(indexed.book.catalog) == 9)
    qtbot.waitUntil(lambda: toast._text.text().startswith("Undone: Removed the folder"))


def test_a_folder_inside_another_cannot_be_removed_alone(
    qtbot: QtBot,
    indexed: MainWindow,
    draw: Callable[..., Path],
    wait_for_index: Callable[[MainWindow], None],
) -> None:
    inner = draw("grey", 1, folder="photos/inner")
    indexed.intake.update_all()
    wait_for_index(indexed)
    tree = indexed.workspace.tree._sources
    qtbot.waitUntil(lambda: any(str(inner) in key for key in tree.keys()))  # noqa: SIM118
    (key,) = [one for one in tree.keys() if str(inner) in one]  # noqa: SIM118
    menu = row_menu(indexed, key)
    assert [one.text() for one in menu.actions()] == ["Show in file manager", "Read again"]
    menu.close()
