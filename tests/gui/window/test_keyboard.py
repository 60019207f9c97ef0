"""Where the keyboard is after dialogs, menus and changes, and what stands on pages without a query."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QWidget

from photosort.gui.dialogs.preferences import PreferencesDialog
from photosort.gui.panels import sources

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from photosort.gui.shell.window import MainWindow

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
PAGES = (
    sources.ALBUMS,
    sources.TAGS,
    sources.REVIEW,
    sources.MODELS,
    sources.DUPLICATES,
    sources.PROBLEMS,
)


def ask(qtbot: QtBot, window: MainWindow, text: str) -> None:
    window.workspace.search.ask(text)
    qtbot.waitUntil(lambda: window.shown is not None and window.shown.asked.text == text)


def test_a_click_on_the_menu_leaves_the_keyboard_where_it_was(
    qtbot: QtBot, indexed: MainWindow
) -> None:
    grid = indexed.centre.grid
    grid.setFocus()
    QTest.mouseClick(indexed.workspace.menu_button, LEFT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.close()
    assert grid.hasFocus()
    indexed.commands["preferences"].trigger()
    qtbot.waitUntil(lambda: indexed.findChild(PreferencesDialog) is not None)
    dialog = indexed.findChild(PreferencesDialog)
    assert isinstance(dialog, PreferencesDialog)
    dialog.reject()
    qtbot.waitUntil(lambda: indexed.findChild(PreferencesDialog) is None)
    assert indexed.focusWidget() is grid


def test_undo_in_the_note_gives_the_keyboard_back_to_the_photos(
    qtbot: QtBot, indexed: MainWindow
) -> None:
    indexed.centre.grid.selection.select_all()
    indexed.photos.rate(4)
    toast = indexed.workspace.toast
    qtbot.waitUntil(lambda: toast.isVisible() and toast._undo.isVisible())
    toast._undo.setFocus()
    QTest.keyClick(toast._undo, Key.Key_Space)
    assert indexed.focusWidget() is indexed.centre.grid


def test_a_page_has_no_query_and_nothing_to_save(qtbot: QtBot, indexed: MainWindow) -> None:
    save = indexed.commands["save-search"]
    ask(qtbot, indexed, "on:2022-07")
    assert save.isEnabled()
    assert indexed.workspace.status._reset.isVisible()
    indexed.workspace.tree.source_chosen.emit(sources.MODELS)
    assert indexed.workspace.search.field.query() == ""
    assert not indexed.workspace.status._reset.isVisible()
    qtbot.waitUntil(lambda: not save.isEnabled())
    assert indexed.centre.pages.current is not None
    ask(qtbot, indexed, "on:2022-07")
    qtbot.waitUntil(lambda: indexed.centre.pages.current is None)
    indexed.workspace.tree.source_chosen.emit(sources.MODELS)
    page = indexed.centre.pages.current
    assert page is not None
    qtbot.keyClick(page, Key.Key_Escape)
    qtbot.waitUntil(lambda: indexed.centre.pages.current is None)
    assert indexed.centre.grid.hasFocus()


def test_the_order_that_holds_is_ticked(qtbot: QtBot, indexed: MainWindow) -> None:
    def ticked() -> list[str]:
        return [one.text() for _, one in indexed.workspace.search._orders if one.isChecked()]

    assert ticked() == ["Newest first"]
    ask(qtbot, indexed, "something green")
    qtbot.waitUntil(lambda: ticked() == ["Best first"])
    ask(qtbot, indexed, "something green sort:name")
    qtbot.waitUntil(lambda: ticked() == ["By name"])
    ask(qtbot, indexed, "")
    qtbot.waitUntil(lambda: ticked() == ["Newest first"])


def test_another_order_keeps_good_and_possible_matches_apart(
    qtbot: QtBot, indexed: MainWindow, names: Callable[[], list[str]]
) -> None:
    ask(qtbot, indexed, "something green")
    qtbot.waitUntil(lambda: "-" in names())
    good = names()[: names().index("-")]
    (newest,) = [one for _, one in indexed.workspace.search._orders if one.text() == "Newest first"]
    newest.trigger()
    qtbot.waitUntil(lambda: indexed.shown is not None and indexed.shown.asked.sort is not None)
    assert names()[: names().index("-")] == sorted(good, reverse=True)


def test_what_a_name_says_is_ticked(qtbot: QtBot, indexed: MainWindow) -> None:
    ask(qtbot, indexed, "blue_000")
    qtbot.waitUntil(lambda: indexed.shown is not None and len(indexed.shown.arrangement) > 0)
    grid = indexed.centre.grid
    catalog = indexed.book.catalog
    assert catalog is not None
    photo = next(i for i in catalog.ids.tolist() if catalog.names[catalog.row(i)] == "blue_000.jpg")
    grid.go_to_photo(photo)
    why = indexed.workspace.information._why
    qtbot.waitUntil(lambda: any("in the file name" in text for text in _spoken(why)))
    assert [text.split(".")[0] for text in _spoken(why)] == ["blue_000: fits"]


def _spoken(why: QWidget) -> list[str]:
    return [one.accessibleName() for one in why.findChildren(QLabel) if one.accessibleName()]


def _is_whole(button: QPushButton, page: QWidget) -> bool:
    right = button.mapTo(page, button.rect().bottomRight()).x()
    return right < page.width() and button.width() >= button.minimumSizeHint().width()


def _fits(page: QWidget) -> bool:
    return page.minimumSizeHint().width() <= page.width()


def test_half_a_screen_is_enough(
    qtbot: QtBot,
    indexed: MainWindow,
    draw: Callable[..., Path],
    wait_for_index: Callable[[MainWindow], None],
) -> None:
    photos = draw("blue", 1)
    (photos / "damaged.jpg").write_bytes(b"no picture")
    indexed.intake.update_all()
    wait_for_index(indexed)
    for page in PAGES:
        indexed.workspace.tree.source_chosen.emit(page)
    indexed.workspace.tree.source_chosen.emit(sources.EVERYTHING)
    indexed.resize(900, 700)
    assert indexed.minimumSizeHint().width() <= 900
    assert indexed.width() == 900
    for key in PAGES:
        indexed.workspace.tree.source_chosen.emit(key)
        page = indexed.centre.pages.current
        assert page is not None
        # The panel of information gives its room to the page a moment later.
        qtbot.waitUntil(partial(_fits, page))
        cut = [
            one.text()
            for one in page.findChildren(QPushButton)
            if one.isVisible() and not _is_whole(one, page)
        ]
        assert not cut


def test_photos_that_arrive_are_seen_from_the_newest_on(
    qtbot: QtBot, indexed: MainWindow, draw: Callable[..., Path]
) -> None:
    indexed.resize(900, 400)
    grid = indexed.centre.grid
    grid.set_edge(300)
    grid.verticalScrollBar().setValue(0)
    grid.clearFocus()
    grid.setFocus()
    assert grid.currentIndex().row() == 0
    indexed.intake.add_folders([str(draw("grey", 5, month=12))])
    qtbot.waitUntil(lambda: grid.model().rowCount() == 14, timeout=30_000)
    assert grid.verticalScrollBar().value() == 0
    assert grid.currentIndex().row() == 0
    qtbot.waitUntil(lambda: not indexed.is_indexing, timeout=30_000)


def test_the_search_takes_the_keyboard_from_the_tag_field(
    qtbot: QtBot, indexed: MainWindow
) -> None:
    grid = indexed.centre.grid
    grid.go_to_photo(1)
    grid.select_photos(np.array([1], np.int64))
    panel = indexed.workspace.information
    qtbot.waitUntil(panel.tags.isVisible)
    grid.setFocus()
    indexed.commands["tag"].trigger()
    qtbot.waitUntil(lambda: panel.isAncestorOf(QApplication.focusWidget()))
    indexed.commands["find"].trigger()
    field = indexed.workspace.search.field
    qtbot.waitUntil(lambda: field.isAncestorOf(QApplication.focusWidget()))
    qtbot.wait(50)
    assert field.isAncestorOf(QApplication.focusWidget())
