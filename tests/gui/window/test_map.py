"""Journeys on the map: where photos were taken, what is asked for by it, and photos that are put on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from photosort.gui.pages.map_page import MapPage
from photosort.gui.panels import sources
from photosort.gui.widgets.small_map import SmallMap
from photosort.media.world_map import to_plane
from photosort.usecases.details import details_of
from photosort.usecases.photos.place_changes import set_place

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from photosort.gui.shell.window import MainWindow

LEFT = Qt.MouseButton.LeftButton
LISBON, OSLO, ATLANTIC = (38.7223, -9.1393), (59.91, 10.75), (45.0, -35.0)


def put(window: MainWindow, photo_ids: list[int], place: tuple[float, float]) -> None:
    """Says where photos were taken, as an undo step of its own."""
    library = window._library
    assert library is not None
    library.changes.carry_out(lambda: set_place(library.session, photo_ids, place))


def place_of(window: MainWindow, photo_id: int) -> tuple[float | None, float | None]:
    library = window._library
    assert library is not None
    shown = details_of(library.session, photo_id).photo.effective
    return shown.latitude, shown.longitude


def open_map(qtbot: QtBot, window: MainWindow) -> MapPage:
    window.workspace.tree.source_chosen.emit(sources.MAP)
    page = window.centre.pages.current
    assert isinstance(page, MapPage)
    qtbot.waitUntil(lambda: page._photos is not None)
    return page


def point_of(page: MapPage, place: tuple[float, float]) -> QPoint:
    """Where a place is on the map."""
    shown = page.map
    side, _ = shown._sides()
    x, y = (to_plane(*place) * side).tolist()
    left = shown._middle.x() * side - shown.width() / 2
    top = shown._middle.y() * side - shown.height() / 2
    return QPoint(round(x - left), round(y - top))


@pytest.fixture
def located(qtbot: QtBot, indexed: MainWindow) -> MainWindow:
    """Photos 1 to 3 in Lisbon, 4 in Oslo, 5 to 9 without a place."""
    put(indexed, [1, 2, 3], LISBON)
    put(indexed, [4], OSLO)
    qtbot.waitUntil(lambda: place_of(indexed, 4) == OSLO)
    qtbot.waitUntil(
        lambda: indexed.book.catalog is not None and indexed.book.catalog.count_located() == 4
    )
    return indexed


def test_without_a_place_the_page_says_what_to_do(qtbot: QtBot, indexed: MainWindow) -> None:
    page = open_map(qtbot, indexed)
    qtbot.waitUntil(page._empty.isVisible)
    assert not page._lasso.isVisible()
    page._without.click()
    assert page.map.isVisible()
    assert page.tray.isVisible()
    assert len(page._listed.arrangement.ids) == 9
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert page._empty.isVisible()


def test_the_sidebar_counts_the_photos_on_the_map(qtbot: QtBot, located: MainWindow) -> None:
    model = located.workspace.tree._sources

    def counted() -> int | None:
        return model.source(model.index_of(sources.MAP)).count

    qtbot.waitUntil(lambda: counted() == 4)


def test_clusters_are_opened_and_left(qtbot: QtBot, located: MainWindow) -> None:
    page = open_map(qtbot, located)
    assert sorted(one.count for one in page.map.clusters()) == [1, 3]
    QTest.mouseClick(page.map, LEFT, pos=point_of(page, OSLO))
    library = located._library
    assert library is not None
    qtbot.waitUntil(lambda: library.large.photo() == 4)
    library.large.leave()
    QTest.mouseClick(page.map, LEFT, pos=point_of(page, LISBON))
    qtbot.waitUntil(lambda: library.large.photo() in {1, 2, 3})


def test_what_was_drawn_around_and_what_is_seen_become_a_chip(
    qtbot: QtBot, located: MainWindow, names: Callable[[], list[str]]
) -> None:
    page = open_map(qtbot, located)
    page._lasso.click()
    at = point_of(page, OSLO)
    QTest.mousePress(page.map, LEFT, pos=at + QPoint(-40, -40))
    for by in ((40, -40), (40, 40), (-40, 40)):
        QTest.mouseMove(page.map, at + QPoint(*by))
    QTest.mouseRelease(page.map, LEFT, pos=at + QPoint(-40, 40))
    field = located.workspace.search.field
    qtbot.waitUntil(lambda: len(names()) == 1)
    assert field.query().startswith("area:")
    assert [chip.term.shown for chip in field._chips] == ["on the map"]
    assert not page._lasso.isChecked()
    # Back on the map, where one was.
    located.navigation.go_back()
    assert located.centre.pages.current is page
    page.show_place(*LISBON)
    page._visible.click()
    qtbot.waitUntil(lambda: len(names()) == 3)


def test_photos_of_the_grid_are_put_on_the_map_and_taken_back(
    qtbot: QtBot, located: MainWindow
) -> None:
    grid = located.centre.grid
    grid.select_photos(np.array([5, 6], np.int64))
    located.commands["place-on-map"].trigger()
    page = located.centre.pages.current
    assert isinstance(page, MapPage)
    qtbot.waitUntil(lambda: page.map.takes_places)
    assert "2 photo" in page._said.text()
    page.show_place(*OSLO)
    QTest.mouseClick(page.map, LEFT, pos=point_of(page, OSLO))
    qtbot.waitUntil(lambda: place_of(located, 6)[0] is not None)
    assert place_of(located, 5) == place_of(located, 6) == pytest.approx(OSLO, abs=0.01)
    qtbot.waitUntil(page._result.isVisible)
    assert page._result.text().endswith(": Oslo, Norway")
    assert not page.map.takes_places
    assert not page.tray.isVisible()
    located.commands["undo"].trigger()
    qtbot.waitUntil(lambda: place_of(located, 5) == place_of(located, 6) == (None, None))


def test_photos_without_a_place_are_dropped_on_the_map(qtbot: QtBot, located: MainWindow) -> None:
    page = open_map(qtbot, located)
    page._without.click()
    qtbot.waitUntil(lambda: len(page._listed.arrangement.ids) == 5)
    page.tray.select_photos(np.array([7], np.int64))

    class FromTray(QDropEvent):
        def source(self) -> QWidget:
            return page.tray

    event = FromTray(
        QPointF(point_of(page, ATLANTIC)),
        Qt.DropAction.CopyAction,
        QMimeData(),
        LEFT,
        Qt.KeyboardModifier.NoModifier,
    )
    page.map.dropEvent(event)
    qtbot.waitUntil(lambda: place_of(located, 7)[0] is not None)
    # Possible, but told.
    qtbot.waitUntil(page._result.isVisible)
    assert "in the sea" in page._result.text()
    qtbot.waitUntil(lambda: len(page._listed.arrangement.ids) == 4)
    located.commands["undo"].trigger()
    qtbot.waitUntil(lambda: place_of(located, 7) == (None, None))
    qtbot.waitUntil(lambda: len(page._listed.arrangement.ids) == 5)


def test_the_small_map_of_a_photo_leads_to_the_large_one(qtbot: QtBot, located: MainWindow) -> None:
    panel = located.workspace.information
    (small,) = panel.findChildren(SmallMap)
    grid = located.centre.grid
    grid.select_photos(np.array([5], np.int64))
    qtbot.waitUntil(lambda: panel.isVisible() and small.isHidden())
    grid.select_photos(np.array([4], np.int64))
    qtbot.waitUntil(small.isVisible)
    QTest.mouseClick(small, LEFT)
    page = located.centre.pages.current
    assert isinstance(page, MapPage)
    north, east = page.map.place_at(QPointF(page.map.width() / 2, page.map.height() / 2))
    assert (north, east) == pytest.approx(OSLO, abs=0.01)
