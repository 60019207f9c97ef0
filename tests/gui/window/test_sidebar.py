"""The left panel: its order, and what the next start remembers of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from photosort.domain.photos import Flag
from photosort.gui.panels import sources
from photosort.settings import Settings
from tests.fixtures.window import opened

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from pytestqt.qtbot import QtBot

    from photosort.gui.base.theme import Theme
    from photosort.gui.shell.window import MainWindow
    from photosort.paths import LibraryPaths


def top_rows(window: MainWindow) -> list[str]:
    model = window.workspace.tree._sources
    return [model.source(model.index(row, 0)).title for row in range(model.rowCount())]


def test_the_library_s_tools_stand_on_top(qtbot: QtBot, indexed: MainWindow) -> None:
    grid = indexed.centre.grid
    grid.go_to_photo(1)
    indexed.photos.rate(5)
    grid.go_to_photo(2)
    indexed.photos.flag(Flag.DISCARD)
    qtbot.waitUntil(lambda: {"Favourites", "Discarded"} <= set(top_rows(indexed)))
    rows = top_rows(indexed)
    assert rows[:3] == ["All photos", "Favourites", "Map"]
    assert rows.index("Discarded") < rows.index("Albums") < rows.index("Folders")
    indexed.workspace.tree.source_chosen.emit(sources.DISCARDED)
    qtbot.waitUntil(lambda: indexed.shown is not None and indexed.shown.arrangement.photos() == 1)


def test_a_start_remembers_what_was_open_and_chosen(
    qtbot: QtBot, indexed: MainWindow, places: LibraryPaths, themed: Theme
) -> None:
    tree = indexed.workspace.tree
    qtbot.waitUntil(lambda: tree.is_open("section:timeline"))
    tree.setExpanded(tree._sources.index_of("section:timeline"), False)
    indexed.workspace.tree.source_chosen.emit(sources.TAGS)
    qtbot.waitUntil(lambda: tree.chosen() == sources.TAGS)
    kept = indexed.settings()
    indexed.close()
    with opened(qtbot, themed, places, kept) as again:
        qtbot.waitUntil(lambda: again.centre.pages.current_key == sources.TAGS)
        qtbot.waitUntil(lambda: again.workspace.tree.holds("section:timeline"))
        assert not again.workspace.tree.is_open("section:timeline")
        assert again.workspace.tree.is_open("section:folders")


def test_a_damaged_memory_is_no_obstacle(
    qtbot: QtBot, places: LibraryPaths, themed: Theme, encoder: object
) -> None:
    for sidebar in ("{", "[1]", '{"opened": 3, "place": "x"}'):
        with opened(qtbot, themed, places, Settings(sidebar=sidebar)) as window:
            assert window.workspace.tree.chosen() in {"", sources.EVERYTHING}


def test_recently_added_and_on_this_day_show_their_photos(
    qtbot: QtBot,
    indexed: MainWindow,
    names: Callable[[], list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sources, "today", lambda: date(2026, 5, 2))
    session = indexed._library.session
    session.write(lambda store: store.execute("UPDATE photos SET added_at = '2001' WHERE id > 2"))
    indexed._reload()
    qtbot.waitUntil(lambda: {"Recently added", "On this day"} <= set(top_rows(indexed)))
    tree = indexed.workspace.tree
    rows = {}
    for place in range(tree._sources.rowCount()):
        source = tree._sources.source(tree._sources.index(place, 0))
        rows[source.title] = source
    assert (rows["Recently added"].count, rows["On this day"].count) == (2, 1)
    tree.source_chosen.emit(rows["Recently added"].key)
    qtbot.waitUntil(lambda: len(names()) == 2)
    tree.source_chosen.emit(rows["On this day"].key)
    qtbot.waitUntil(lambda: names() == ["red_001.jpg"])
    qtbot.waitUntil(lambda: tree.chosen() == rows["On this day"].key)
