"""The whole window without eyes and without a mouse: names, roles and a visible focus, wherever one can go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QTableView, QWidget

from photosort.gui.panels import sources
from photosort.usecases.search.filter_choices import Aspect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtGui import QAccessibleInterface
    from pytestqt.qtbot import QtBot

    from photosort.gui.shell.window import MainWindow

Role = QAccessible.Role
_MOST_CHILDREN = 300  # of a list of photos; they are all made alike
_PLACES = (
    "grid",
    "search",
    "filters",
    "choices",
    "welcome",
    "problems",
    "loupe",
    "compare",
    "menu",
    "photo menu",
)
_DIALOGS = ("preferences", "export", "shortcuts", "new album")


def interfaces(of: QWidget) -> Iterator[QAccessibleInterface]:
    """Everything that a screen reader meets in a widget."""
    waiting = [QAccessible.queryAccessibleInterface(of)]
    while waiting:
        one = waiting.pop()
        if one is None or not one.isValid() or one.state().invisible:
            continue
        yield one
        waiting += [one.child(i) for i in range(min(one.childCount(), _MOST_CHILDREN))]


def nameless(of: QWidget) -> list[str]:
    """What can have the keyboard but has no name or no role."""
    return [
        f"{one.role().name} {one.object()!r}"
        for one in interfaces(of)
        if one.state().focusable
        and (not one.text(QAccessible.Text.Name).strip() or one.role() == Role.NoRole)
    ]


def stops(of: QWidget) -> list[QWidget]:
    """What Tab leads to."""
    return [
        widget
        for widget in of.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and widget.isVisible()
        and widget.isEnabled()
        and widget.visibleRegion().boundingRect().isValid()
    ]


@pytest.fixture
def go(
    qtbot: QtBot, indexed: MainWindow, tmp_path: Path, wait_for_index: Callable[[MainWindow], None]
) -> Callable[[str], QWidget]:
    """Brings something on screen and returns it."""

    def problems() -> None:
        (tmp_path / "photos" / "empty.jpg").touch()
        indexed.intake.update_all()
        wait_for_index(indexed)
        indexed.workspace.tree.source_chosen.emit(sources.PROBLEMS)
        qtbot.waitUntil(lambda: indexed.centre.pages.current is not None)
        table = indexed.centre.pages.current.findChild(QTableView)
        qtbot.waitUntil(lambda: table.currentIndex().isValid())

    def opened(place: str) -> QWidget:
        library, shown = indexed._library, indexed.shown
        assert library is not None
        assert shown is not None
        indexed.centre.grid.go_to_photo(int(shown.arrangement.ids[0]))
        indexed.centre.grid.select_photos(shown.arrangement.ids[:2])
        qtbot.waitUntil(lambda: bool(stops(indexed.workspace.information.tags)))
        if place == "search":
            indexed.workspace.search.field.set_query("kind:photo tag:dog rose")
        elif place in {"filters", "choices"}:
            indexed.commands["filters"].trigger()
            bar = indexed.workspace.filters
            qtbot.waitUntil(lambda: bar._choices is not None)
            if place == "choices":
                bar.menu_of(Aspect.KIND).popup(bar.mapToGlobal(QPoint(20, 20)))
        elif place == "welcome":
            indexed.centre.setCurrentWidget(indexed.centre.welcome)
        elif place == "problems":
            problems()
        elif place == "loupe":
            indexed.photos.open_current()
            qtbot.waitUntil(library.large.loupe.isVisible)
        elif place == "compare":
            indexed.commands["compare"].trigger()
            qtbot.waitUntil(library.large.compare.isVisible)
        elif place == "menu":
            indexed.workspace.menu_button.click()
        elif place == "photo menu":
            indexed.centre.grid.menu_asked.emit(indexed.centre.grid.mapToGlobal(QPoint(20, 20)))
        menu = QApplication.activePopupWidget()
        return indexed if menu is None else menu

    return opened


@pytest.mark.parametrize("place", _PLACES)
def test_everything_that_takes_the_keyboard_has_a_name_and_a_role(
    go: Callable[[str], QWidget], place: str
) -> None:
    there = go(place)
    assert not nameless(there)
    if isinstance(there, QMenu):
        there.close()


@pytest.mark.parametrize("name", _DIALOGS)
def test_dialogs_have_names_and_roles(qtbot: QtBot, indexed: MainWindow, name: str) -> None:
    indexed.centre.grid.selection.select_all()
    ask = {
        "preferences": indexed.commands["preferences"].trigger,
        "export": indexed.commands["export"].trigger,
        "shortcuts": indexed.commands["shortcuts"].trigger,
        "new album": indexed.commands["new-album"].trigger,
    }
    ask[name]()
    dialog = next(one for one in indexed.findChildren(QDialog) if one.isVisible())
    assert not nameless(dialog)
    assert dialog.windowTitle()
    assert stops(dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible(), "Esc closes it"


@pytest.mark.parametrize("place", ["grid", "search", "welcome", "problems", "loupe", "compare"])
def test_one_sees_where_the_keyboard_is(go: Callable[[str], QWidget], place: str) -> None:
    window = go(place)
    held = stops(window)
    assert held
    unseen = []
    for widget in held:
        around = QRect(widget.mapTo(window, QPoint()), widget.size()).adjusted(-6, -6, 6, 6)
        window.setFocus()
        before = window.grab(around).toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        if window.grab(around).toImage() == before:
            unseen.append(f"{type(widget).__name__} {widget.accessibleName()!r}")
    assert not unseen


def test_tab_leads_through_the_window_and_back(qtbot: QtBot, indexed: MainWindow) -> None:
    indexed.centre.grid.setFocus()
    met = set()
    for _ in range(60):
        now = QApplication.focusWidget()
        if now is None or now in met:
            break
        met.add(now)
        qtbot.keyClick(now, Qt.Key.Key_Tab)
    assert {
        indexed.centre.grid,
        indexed.workspace.search.field.focusProxy(),
        indexed.workspace.tree,
    } <= met


def test_photos_say_what_they_are(indexed: MainWindow) -> None:
    grid = QAccessible.queryAccessibleInterface(indexed.centre.grid)
    assert grid.role() == Role.List
    said = grid.child(0).text(QAccessible.Text.Name)
    assert said.startswith("blue_001.jpg, ")
    assert "2022" in said
    assert said.endswith("1 of 9")
