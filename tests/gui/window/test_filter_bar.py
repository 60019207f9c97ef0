"""The filter bar in the real window: narrowed, widened and cleared by clicking alone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu

from photosort.domain.photos import Flag
from photosort.gui.base import theme
from photosort.gui.dialogs.date_range import DateRangeDialog
from photosort.gui.panels import sources
from photosort.search.query_language import chips
from photosort.settings import Settings
from photosort.usecases.photos import decisions
from photosort.usecases.search import filter_choices
from photosort.usecases.search.filter_choices import Aspect
from tests.fixtures.window import opened

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QPushButton
    from pytestqt.qtbot import QtBot

    from photosort.gui.base.theme import Theme
    from photosort.gui.panels.filter_bar import FilterBar
    from photosort.gui.shell.window import MainWindow
    from photosort.paths import LibraryPaths

Key = Qt.Key


@pytest.fixture
def bar(qtbot: QtBot, indexed: MainWindow) -> FilterBar:
    """The open bar over 9 photos: one with five stars, two picked, one of these discarded later."""
    library = indexed._library
    assert library is not None
    decisions.rate(library.session, [1], 5)
    library.changes.flag([1, 2], Flag.PICK)
    catalog = indexed.book.catalog
    assert catalog is not None
    qtbot.waitUntil(lambda: indexed.book.catalog.count_flagged(Flag.PICK) == 2)
    indexed.commands["filters"].trigger()
    bar = indexed.workspace.filters
    qtbot.waitUntil(lambda: counted(bar, indexed))
    return bar


def counted(bar: FilterBar, window: MainWindow) -> bool:
    """Whether the counts are those of what the field asks for."""
    shown = window.shown
    asked = window.workspace.search.field.query()
    is_answered = shown is not None and shown.asked.text == asked
    return is_answered and bar._choices is not None and not window._runner._under_way


def open_menu(qtbot: QtBot, bar: FilterBar, aspect: Aspect) -> QMenu:
    """Opens the choices of an aspect as a click does."""
    button: QPushButton = bar._buttons[aspect]
    menu = button.menu()
    menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
    qtbot.waitUntil(menu.isVisible)
    return menu


def lines(menu: QMenu) -> dict[str, str]:
    """The choices of a menu with their counts."""
    return {
        name: count
        for name, _, count in (action.text().partition("\t") for action in menu.actions())
        if name
    }


def choose(qtbot: QtBot, bar: FilterBar, window: MainWindow, aspect: Aspect, name: str) -> None:
    """Clicks a choice."""
    menu = open_menu(qtbot, bar, aspect)
    (action,) = (one for one in menu.actions() if one.text().partition("\t")[0] == name)
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    qtbot.waitUntil(lambda: not menu.isVisible())
    qtbot.waitUntil(lambda: counted(bar, window))


def shown(window: MainWindow) -> int:
    assert window.shown is not None
    return window.shown.arrangement.photos()


def chips_of(window: MainWindow) -> list[str]:
    return [chip.text for chip in chips(window.workspace.search.field.query())]


def test_a_search_is_narrowed_and_widened_by_clicks_alone(
    qtbot: QtBot, indexed: MainWindow, bar: FilterBar
) -> None:
    choose(qtbot, bar, indexed, Aspect.FLAG, "Picked")
    assert (chips_of(indexed), shown(indexed)) == (["flag:pick"], 2)
    choose(qtbot, bar, indexed, Aspect.STARS, "5 star(s) or more")
    assert (chips_of(indexed), shown(indexed)) == (["flag:pick", "rating>=5"], 1)
    assert bar._buttons[Aspect.FLAG].accessibleName() == "Flag: Picked"
    choose(qtbot, bar, indexed, Aspect.FLAG, "Picked")
    assert chips_of(indexed) == ["rating>=5"], "what is chosen twice is gone"
    choose(qtbot, bar, indexed, Aspect.STARS, "No stars")
    assert (chips_of(indexed), shown(indexed)) == (["rating:0"], 8), "one of each aspect"
    qtbot.mouseClick(bar._clear, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: counted(bar, indexed) and shown(indexed) == 9)
    assert bar._buttons[Aspect.STARS].accessibleName() == "Stars"
    assert not bar._clear.isEnabled()


def test_counts_follow_the_search_and_what_leaves_nothing_is_disabled(
    qtbot: QtBot, indexed: MainWindow, bar: FilterBar
) -> None:
    menu = open_menu(qtbot, bar, Aspect.DATE)
    assert lines(menu) == {"2022": "9", "Without a date": "0", "Range\u2026": ""}
    enabled = {one.text().partition("\t")[0]: one.isEnabled() for one in menu.actions()}
    assert enabled["2022"]
    assert not enabled["Without a date"]
    menu.close()
    indexed.workspace.search.ask("after:2022-06 before:2022-07")
    qtbot.waitUntil(lambda: counted(bar, indexed))
    menu = open_menu(qtbot, bar, Aspect.FLAG)
    assert lines(menu) == {"Picked": "0", "Discarded": "0", "No flag": "3"}
    menu.close()
    menu = open_menu(qtbot, bar, Aspect.DATE)
    assert lines(menu)["2022"] == "9", "counted as if chosen in place of the present dates"
    assert [one.text().partition("\t")[0] for one in menu.actions() if one.isChecked()] == [
        "from June 2022",
        "before July 2022",
    ]
    menu.close()


def test_words_and_an_example_stay_beside_what_is_chosen(
    qtbot: QtBot, indexed: MainWindow, bar: FilterBar
) -> None:
    library = indexed._library
    assert library is not None
    qtbot.waitUntil(lambda: library.session.encoders.is_loaded)
    indexed.navigation.find_alike([1])
    qtbot.waitUntil(lambda: indexed.shown is not None and indexed.shown.asked.example is not None)
    indexed.workspace.search.change("something red")
    qtbot.waitUntil(lambda: counted(bar, indexed))
    choose(qtbot, bar, indexed, Aspect.FLAG, "Picked")
    assert indexed.workspace.search.field.query() == "flag:pick something red"
    assert indexed.shown is not None
    assert indexed.shown.asked.example is not None
    assert set(indexed.shown.arrangement.ids.tolist()) <= {1, 2}


def test_what_is_decided_is_counted_again(
    qtbot: QtBot, indexed: MainWindow, bar: FilterBar
) -> None:
    assert indexed._library is not None
    indexed._library.changes.rate([2, 3], 4)

    def rated() -> bool:
        assert bar._choices is not None
        return [choice.count for choice in bar._choices.of[Aspect.STARS]] == [1, 3, 3, 3, 3, 6]

    qtbot.waitUntil(rated)


def test_days_are_chosen_in_a_calendar(qtbot: QtBot, indexed: MainWindow, bar: FilterBar) -> None:
    menu = open_menu(qtbot, bar, Aspect.DATE)
    (action,) = (one for one in menu.actions() if one.text() == "Range\u2026")
    menu.close()
    action.trigger()
    (dialog,) = bar.findChildren(DateRangeDialog)
    assert dialog.first.date().toPython() == date(2022, 5, 1), "the whole library at first"
    assert dialog.last.date().toPython() == date(2022, 7, 2)
    dialog.first.setDate(date(2022, 6, 2))
    dialog.last.setDate(date(2022, 7, 1))
    assert dialog.last.minimumDate().toPython() == date(2022, 6, 2)
    dialog.accept()
    qtbot.waitUntil(lambda: counted(bar, indexed))
    assert chips_of(indexed) == ["after:2022-06-02", "before:2022-07-02"]
    assert shown(indexed) == 3


def test_what_no_list_holds_is_typed(
    qtbot: QtBot, indexed: MainWindow, bar: FilterBar, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not bar._buttons[Aspect.LENS].isEnabled(), "no photo has one"
    monkeypatch.setattr(
        filter_choices.place_names, "names", lambda store: [f"town {n}" for n in range(70)]
    )
    assert indexed._library is not None
    indexed._library.keeper.load()
    qtbot.waitUntil(lambda: bar._choices is not None and bool(bar._choices.unlisted))
    menu = open_menu(qtbot, bar, Aspect.PLACE)
    action: QAction = menu.actions()[-1]
    assert action.text() == "10 more: type them"
    menu.close()
    action.trigger()
    assert indexed.workspace.search.field._edit.text() == "place:"
    assert indexed.workspace.search.field._edit.hasFocus()


def test_keys_open_walk_and_close_the_bar(
    qtbot: QtBot, indexed: MainWindow, bar: FilterBar
) -> None:
    stars = bar._buttons[Aspect.STARS]
    qtbot.waitUntil(stars.hasFocus)
    qtbot.keyClick(stars, Key.Key_Tab)
    flag = bar._buttons[Aspect.FLAG]
    assert flag.hasFocus()
    qtbot.keyClick(flag, Key.Key_Space)
    menu = flag.menu()
    qtbot.waitUntil(menu.isVisible)
    qtbot.keyClick(menu, Key.Key_Down)
    qtbot.keyClick(menu, Key.Key_Return)
    qtbot.waitUntil(lambda: counted(bar, indexed) and shown(indexed) == 2)
    assert chips_of(indexed) == ["flag:pick"]
    indexed.commands["filters"].trigger()
    assert not bar.isVisible()
    assert not indexed.workspace._filter_button.isChecked()


@pytest.mark.usefixtures("encoder")
def test_the_bar_stays_open_until_the_next_start(
    qtbot: QtBot, indexed: MainWindow, bar: FilterBar, places: LibraryPaths, themed: Theme
) -> None:
    indexed.workspace.tree.source_chosen.emit(sources.TAGS)
    qtbot.waitUntil(lambda: indexed.centre.pages.current is not None)
    assert not bar.isVisible(), "a page has nothing to be narrowed"
    kept = indexed.settings()
    assert kept.show_filters
    indexed.close()
    with opened(qtbot, themed, places, Settings(show_filters=True)) as again:
        qtbot.waitUntil(lambda: again.workspace.filters._choices is not None)
        assert again.workspace.filters.isVisible()


@pytest.mark.parametrize("scheme", list(theme.Scheme)[1:])
def test_the_bar_fits_half_a_screen(
    qtbot: QtBot, indexed: MainWindow, bar: FilterBar, themed: Theme, scheme: theme.Scheme
) -> None:
    themed.set_scheme(scheme)
    indexed.resize(900, 640)
    qtbot.waitUntil(lambda: indexed.width() == 900)
    QApplication.processEvents()
    buttons = [*bar._buttons.values(), bar._clear]
    tops = {one.mapTo(bar, QPoint()).y() for one in buttons}
    assert len(tops) <= 2
    assert all(one.width() >= one.sizeHint().width() for one in buttons)
    right = max(one.mapTo(bar, one.rect().bottomRight()).x() for one in buttons)
    assert right < bar.width() <= 900
