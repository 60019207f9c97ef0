"""Journeys on the albums' page, in the real window."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QMenu, QPushButton

from photosort.domain.albums import PlannedAlbum, Title
from photosort.gui.dialogs.compare_sets import CompareSetsDialog
from photosort.gui.dialogs.name import NameDialog
from photosort.gui.pages.albums import AlbumsPage
from photosort.gui.panels import sources
from photosort.gui.shell.window import MainWindow
from photosort.gui.widgets.album_tile import AlbumTile, album_data
from photosort.gui.widgets.event_bands import EventBands
from photosort.gui.widgets.source_tree import SourceTree
from photosort.sentences import Sentence
from photosort.store.db.history import recording
from photosort.store.tables import albums, automatic_albums
from photosort.usecases.undoing import undo
from tests.fixtures.table import draw, install
from tests.fixtures.window import opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from photosort.gui.base.theme import Theme
    from photosort.paths import LibraryPaths
    from photosort.store.db.database import Store
    from photosort.usecases.session.session import Session

Page = tuple[MainWindow, AlbumsPage]
AUTOMATIC = "photosort.gui.controllers.automatic_albums.FEWEST_PHOTOS"


@pytest.fixture
def window(
    qtbot: QtBot,
    themed: Theme,
    places: LibraryPaths,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[MainWindow]:
    install(monkeypatch, tmp_path)
    with opened(qtbot, themed, places) as made:
        yield made


@pytest.fixture
def add(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> Callable[..., None]:
    """Adds pictures: `add(dog=range(5), beach=range(3))`."""

    def make(**things: range) -> None:
        folder = tmp_path / "photos"
        folder.mkdir(exist_ok=True)
        for thing, numbers in things.items():
            for number in numbers:
                draw(folder / f"{thing}{number:03}.png", thing, number)
        known = 0 if window.book.catalog is None else len(window.book.catalog)
        total = known + sum(map(len, things.values()))
        window.intake.add_folders([str(folder)])
        qtbot.waitUntil(
            lambda: (
                not window.is_indexing
                and window.book.catalog is not None
                and len(window.book.catalog) == total
            ),
            timeout=30_000,
        )

    return make


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, add: Callable[..., None]) -> AlbumsPage:
    """The page with dogs and beaches in albums."""
    add(dog=range(12), beach=range(9), nothing=range(8))
    window.workspace.tree.source_chosen.emit(sources.ALBUMS)
    made = window.centre.pages.current
    assert isinstance(made, AlbumsPage)
    (find,) = [one for one in made.findChildren(QPushButton) if one.text() == "Find albums"]
    qtbot.waitUntil(find.isVisible)
    find.click()
    qtbot.waitUntil(lambda: {"Dog", "Beach"} <= set(tiles(made)), timeout=20_000)
    return made


def tiles(page: AlbumsPage) -> dict[str, AlbumTile]:
    return {one.text(): one for one in page.findChildren(AlbumTile) if one.isVisible()}


def said(page: AlbumsPage) -> list[str]:
    return [one.text() for one in page.findChildren(QLabel) if one.isVisible()]


def sizes(page: AlbumsPage) -> dict[str, int]:
    session: Session = page.parts.session
    return {one.name: one.size for one in session.read(albums.list_all)}


def open_album(qtbot: QtBot, window: MainWindow, page: AlbumsPage, name: str, size: int) -> None:
    """Opens an album with a click on its tile."""
    qtbot.mouseClick(tiles(page)[name], Qt.MouseButton.LeftButton)
    bar = window.workspace.album_bar
    qtbot.waitUntil(lambda: bar.isVisible() and window.centre.grid.model().rowCount() == size)


def test_covers_show_names_and_counts_and_open_the_photos(
    qtbot: QtBot, window: MainWindow, page: AlbumsPage
) -> None:
    assert "12" in tiles(page)["Dog"].accessibleName()
    open_album(qtbot, window, page, "Dog", 12)
    bar = window.workspace.album_bar
    assert bar._title.whole_text() == "Dog"
    assert "of these" in bar._why.whole_text()


def test_albums_make_themselves_after_the_index(
    qtbot: QtBot, window: MainWindow, add: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(AUTOMATIC, 20)
    add(dog=range(12), beach=range(9))
    window.workspace.tree.source_chosen.emit(sources.ALBUMS)
    made = window.centre.pages.current
    assert isinstance(made, AlbumsPage)
    qtbot.waitUntil(lambda: {"Dog", "Beach"} <= set(tiles(made)), timeout=20_000)


def test_an_album_is_dropped_on_another_and_undone(qtbot: QtBot, page: AlbumsPage) -> None:
    shown = tiles(page)
    data = album_data(shown["Beach"].album)  # the event does not keep it alive
    drop = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.MoveAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    shown["Dog"].dropEvent(drop)
    qtbot.waitUntil(lambda: set(tiles(page)) == {"Dog"})
    assert sizes(page)["Dog"] == 21
    undo(page.parts.session)
    page.refresh()
    qtbot.waitUntil(lambda: "Beach" in tiles(page))


def test_rename_keep_and_remove_from_the_menu(qtbot: QtBot, page: AlbumsPage) -> None:
    tree = page.window().findChild(SourceTree)
    assert not tree.holds(sources.album_key("Dog"))
    card = page._card(tiles(page)["Dog"].album)
    assert card is not None
    menu = page.commands.menu_of(card, page._shelf.cards)
    actions = {action.text(): action for action in menu.actions()}
    actions["Rename\u2026"].trigger()
    dialog = page.findChild(NameDialog)
    assert isinstance(dialog, NameDialog)
    dialog._line.setText("Rex")
    dialog.accept()
    qtbot.waitUntil(lambda: "Rex" in tiles(page))
    # The left panel lists what the user made or named.
    qtbot.waitUntil(lambda: tree.holds(sources.album_key("Rex")))
    actions["Make it my own album"].trigger()
    qtbot.waitUntil(lambda: "Rex" not in tiles(page))
    page.show_tab("own")
    qtbot.waitUntil(lambda: set(tiles(page)) == {"Rex"})
    actions["Delete album"].trigger()
    qtbot.waitUntil(lambda: not tiles(page))


def test_only_names_that_are_free_are_offered(qtbot: QtBot, page: AlbumsPage) -> None:
    card = page._card(tiles(page)["Dog"].album)
    assert card is not None
    assert page._shelf is not None
    card = replace(card, others=(Title("Beach"), Title("Hound")))
    menu = page.commands.menu_of(card, page._shelf.cards)
    (names,) = [one for one in menu.findChildren(QMenu) if one.title() == "Suggested names"]
    assert [action.text() for action in names.actions()] == ["Hound"]


def test_photos_are_removed_from_an_album_and_get_one_of_their_own(
    qtbot: QtBot, window: MainWindow, page: AlbumsPage
) -> None:
    open_album(qtbot, window, page, "Dog", 12)
    bar, grid = window.workspace.album_bar, window.centre.grid
    buttons = {one.text(): one for one in bar.findChildren(QPushButton)}
    move, remove = buttons["New album from selection\u2026"], buttons["Remove from album"]
    assert not move.isVisible()
    grid.select_photos(grid._photos.arrangement.ids[:4])
    qtbot.mouseClick(move, Qt.MouseButton.LeftButton)
    dialog = window.findChild(NameDialog)
    assert isinstance(dialog, NameDialog)
    dialog._line.setText("Our dog")
    dialog.accept()
    qtbot.waitUntil(lambda: grid.model().rowCount() == 8)
    grid.select_photos(grid._photos.arrangement.ids[:1])
    qtbot.mouseClick(remove, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: grid.model().rowCount() == 7)
    assert sizes(page)["Our dog"] == 4


def test_an_album_is_the_same_from_its_row_and_from_the_page_and_esc_leads_back(
    qtbot: QtBot, window: MainWindow, page: AlbumsPage
) -> None:
    open_album(qtbot, window, page, "Dog", 12)
    assert window.workspace.information.isVisible()
    assert window.centre.grid.hasFocus()
    from_page = window.centre.grid._photos.arrangement.ids.tolist()
    qtbot.keyClick(window.centre.grid, Qt.Key.Key_Escape)
    qtbot.waitUntil(page.isVisible)
    assert window.workspace.search.field.query() == ""
    assert window.workspace.tree.chosen() == sources.ALBUMS
    assert not window.workspace.album_bar.isVisible()
    window.workspace.tree.source_chosen.emit(sources.album_key("Dog"))
    qtbot.waitUntil(window.workspace.album_bar.isVisible)
    assert window.centre.grid._photos.arrangement.ids.tolist() == from_page
    qtbot.keyClick(window.centre.grid, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.centre.grid.model().rowCount() == 29)
    assert not window.workspace.album_bar.isVisible()


def test_an_album_with_parts_shows_its_own_photos_and_leads_to_its_parts(
    qtbot: QtBot, window: MainWindow, page: AlbumsPage
) -> None:
    session: Session = page.parts.session
    held = {one.name: one.id for one in session.read(albums.list_all)}

    def nest(store: Store) -> None:
        with recording(store, Sentence("Group the photos into albums"), "window") as changes:
            changes.update("albums", [held["Beach"]], {"parent_id": held["Dog"]})

    session.write(nest)
    page.refresh()
    qtbot.waitUntil(lambda: set(tiles(page)) == {"Dog"})
    qtbot.mouseClick(tiles(page)["Dog"], Qt.MouseButton.LeftButton)
    bar = window.workspace.album_bar
    qtbot.waitUntil(bar.isVisible)
    assert window.centre.grid.model().rowCount() >= 12
    (part,) = [one for one in bar.findChildren(QPushButton) if one.text().startswith("Beach")]
    qtbot.mouseClick(part, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.centre.grid.model().rowCount() == 9)

    def back() -> list[QPushButton]:
        return [one for one in bar.findChildren(QPushButton) if one.text() == "Dog"]

    qtbot.waitUntil(lambda: len(back()) == 1)
    qtbot.mouseClick(back()[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.centre.grid.model().rowCount() >= 12)


def test_photos_that_arrive_are_suggested_on_a_card(
    qtbot: QtBot, window: MainWindow, page: AlbumsPage, add: Callable[..., None]
) -> None:
    add(dog=range(12, 15))
    window.workspace.tree.source_chosen.emit(sources.ALBUMS)
    qtbot.waitUntil(
        lambda: any("would join" in text and "Dog" in text for text in said(page)), timeout=20_000
    )
    (yes,) = [
        one for one in page.findChildren(QPushButton) if one.text() == "Yes" and one.isVisible()
    ]
    yes.click()
    qtbot.waitUntil(lambda: sizes(page)["Dog"] == 15)
    qtbot.waitUntil(lambda: not any("would join" in text for text in said(page)))


def test_a_tile_is_opened_by_the_keyboard_and_shows_its_cover(
    qtbot: QtBot, page: AlbumsPage
) -> None:
    dog = tiles(page)["Dog"]
    qtbot.waitUntil(lambda: dog._cover is not None)
    colours = dog.grab().toImage()
    assert colours.pixelColor(QPoint(60, 60)) != colours.pixelColor(QPoint(60, dog.height() - 2))
    qtbot.keyClick(dog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.isVisible())


def test_places_are_a_tree(qtbot: QtBot, page: AlbumsPage) -> None:
    page.show_tab("place")
    qtbot.waitUntil(page._tree.isVisible)
    page.show_tab("event")
    qtbot.waitUntil(lambda: any("No trips" in text for text in said(page)))


def test_what_sets_an_album_apart_is_shown_with_its_evidence(
    qtbot: QtBot, window: MainWindow, page: AlbumsPage
) -> None:
    cards = {name: page._card(tile.album) for name, tile in tiles(page).items()}
    dog = cards["Dog"]
    assert dog is not None
    page.commands.tell_apart(dog, cards["Beach"])
    qtbot.waitUntil(lambda: window.findChild(CompareSetsDialog) is not None, timeout=10_000)
    dialog = window.findChild(CompareSetsDialog)
    assert isinstance(dialog, CompareSetsDialog)
    shown = [one.text() for one in dialog.findChildren(QLabel)]
    assert "Dog" in shown
    assert "100 %" in shown
    dialog.accept()


def test_the_map_shows_all_photos_and_makes_albums_of_some(qtbot: QtBot, page: AlbumsPage) -> None:
    page.show_tab("map")
    qtbot.waitUntil(lambda: len(page.map.map._ids) == 29, timeout=20_000)
    names = [region[0] for region in page.map.map._regions]
    assert {"Dog", "Beach"} <= set(names)
    chosen = [int(one) for one in page.map.map._ids[:5]]
    page.map.make_album(chosen, "Drawn around")
    qtbot.waitUntil(lambda: sizes(page).get("Drawn around") == 5)


def test_events_stand_as_bands_in_their_year(
    qtbot: QtBot, window: MainWindow, page: AlbumsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = 1_652_346_000_000  # 12 May 2022, 9:00
    session: Session = page.parts.session
    ids = page.parts.book.catalog.ids[-8:].tolist()

    def plan(store: Store) -> None:
        with recording(store, Sentence("Group the photos into albums"), "window") as changes:
            title = Title("Lisbon", begun, begun + 3 * 86_400_000)
            album = PlannedAlbum("event", tuple(ids), None, "Lisbon, 12-15 May 2022", title)
            automatic_albums.add(changes, [album], [ids], [None], {})
            changes.update("photos", ids, {"taken_sort": begun})

    session.write(plan)
    painted: list[int] = []
    paint = AlbumTile.paintEvent

    def watched(tile: AlbumTile, event: QPaintEvent) -> None:
        painted.append(tile.height() - tile.sizeHint().height())
        paint(tile, event)

    monkeypatch.setattr(AlbumTile, "paintEvent", watched)
    page.refresh()
    page.show_tab("event")
    qtbot.waitUntil(lambda: "Lisbon, 12-15 May 2022" in tiles(page))
    assert "2022" in said(page)
    qtbot.waitUntil(lambda: bool(painted))
    assert min(painted) >= 0, "a cover was painted squeezed"
    (bands,) = page.findChildren(EventBands)
    (band,) = bands.findChildren(QAbstractButton)
    assert band.text() == "Lisbon, 12-15 May 2022"
    qtbot.mouseClick(band, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: window.centre.grid.isVisible() and window.centre.grid.model().rowCount() == 8
    )


def test_any_selection_is_told_from_the_rest_and_from_another(
    qtbot: QtBot, window: MainWindow, page: AlbumsPage
) -> None:
    def of(thing: str) -> list[int]:
        book = window.book.catalog
        return [i for i, name in zip(book.ids.tolist(), book.names, strict=True) if thing in name]

    def ask(thing: str, entry: str) -> list[str]:
        window.centre.grid.select_photos(np.array(of(thing)))
        menu = QMenu()
        qtbot.addWidget(menu)
        window.photos.fill_apart_menu(menu)
        (action,) = [one for one in menu.actions() if one.text().startswith(entry)]
        action.trigger()
        if entry.startswith("Note"):
            return []
        qtbot.waitUntil(lambda: window.findChild(CompareSetsDialog) is not None, timeout=10_000)
        dialog = window.findChild(CompareSetsDialog)
        shown = [one.text() for one in dialog.findChildren(QLabel)]
        dialog.accept()
        qtbot.waitUntil(lambda: window.findChild(CompareSetsDialog) is None)
        return shown

    window.workspace.tree.source_chosen.emit(sources.EVERYTHING)
    qtbot.waitUntil(lambda: window.shown is not None and len(window.shown.arrangement) == 29)
    assert "Dog" in ask("dog", "All other photos")
    ask("beach", "Note these")
    found = ask("dog", "The 9 photo")
    assert "Dog" in found
    assert any(text.startswith("9 photo") for text in found)
    found = ask("beach", "The others shown here")
    assert "Beach" in found
    assert any(text.startswith("20 photo") for text in found)


CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


def choice(page: AlbumsPage) -> dict[str, QPushButton]:
    """The buttons for the selected albums, while they are shown."""
    return {one.text(): one for one in page._choice.findChildren(QPushButton) if one.isVisible()}


def test_several_albums_are_selected_merged_and_that_is_undone(
    qtbot: QtBot, page: AlbumsPage
) -> None:
    assert not choice(page)
    qtbot.mouseClick(tiles(page)["Dog"], LEFT, CTRL)
    assert not choice(page)["Merge\u2026"].isEnabled()
    qtbot.mouseClick(tiles(page)["Beach"], LEFT, CTRL)
    assert "2 album(s) selected" in said(page)
    assert tiles(page)["Beach"].accessibleName().endswith("selected")
    qtbot.mouseClick(choice(page)["Merge\u2026"], LEFT)
    dialog = page.findChild(NameDialog)
    assert isinstance(dialog, NameDialog)
    assert dialog._line.text() == "Dog", "the largest gives its name"
    dialog._line.setText("Beach")
    dialog.accept()
    qtbot.waitUntil(lambda: set(tiles(page)) == {"Beach"})
    assert sizes(page)["Beach"] == 21
    undo(page.parts.session)
    page.refresh()
    qtbot.waitUntil(lambda: set(tiles(page)) == {"Dog", "Beach"})


def test_selected_albums_are_pinned_to_the_sidebar_and_removed_from_it(
    qtbot: QtBot, page: AlbumsPage
) -> None:
    tree = page.window().findChild(SourceTree)
    qtbot.mouseClick(tiles(page)["Dog"], LEFT, CTRL)
    qtbot.mouseClick(tiles(page)["Beach"], LEFT, SHIFT)
    qtbot.mouseClick(choice(page)["Pin to sidebar"], LEFT)
    keys = [sources.album_key(name) for name in ("Dog", "Beach")]
    qtbot.waitUntil(lambda: all(tree.holds(key) for key in keys))
    qtbot.waitUntil(lambda: not choice(page)["Pin to sidebar"].isEnabled())
    menu = page.commands.menu_of_several(page._chosen())
    actions = {action.text(): action for action in menu.actions()}
    actions["Remove from sidebar"].trigger()
    qtbot.waitUntil(lambda: not any(tree.holds(key) for key in keys))


def test_albums_are_selected_and_deleted_from_the_keyboard(
    qtbot: QtBot, window: MainWindow, page: AlbumsPage
) -> None:
    dog = tiles(page)["Dog"]
    dog.setFocus()
    qtbot.keyClick(dog, Qt.Key.Key_Space, CTRL)
    assert page._covers.chosen() == [dog.album]
    qtbot.keyClick(dog, Qt.Key.Key_Escape)
    assert not page._covers.chosen()
    assert window.centre.pages.current is page, "Esc went no further"
    qtbot.keyClick(dog, Qt.Key.Key_A, CTRL)
    assert "2 album(s) selected" in said(page)
    qtbot.keyClick(dog, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: not tiles(page))
    toast = window.workspace.toast
    qtbot.waitUntil(lambda: toast._text.text() == "Deleted 2 albums")
    window.photos.undo()
    qtbot.waitUntil(lambda: set(tiles(page)) == {"Dog", "Beach"})


def test_f2_renames_the_album_that_has_the_keyboard(qtbot: QtBot, page: AlbumsPage) -> None:
    dog = tiles(page)["Dog"]
    dog.setFocus()
    qtbot.keyClick(dog, Qt.Key.Key_F2)
    dialog = page.findChild(NameDialog)
    assert isinstance(dialog, NameDialog)
    dialog._line.setText("Rex")
    dialog.accept()
    qtbot.waitUntil(lambda: "Rex" in tiles(page))


def test_the_tick_selects_and_another_tab_selects_none(qtbot: QtBot, page: AlbumsPage) -> None:
    dog = tiles(page)["Dog"]
    qtbot.mouseClick(dog, LEFT, pos=dog._tick_rect().center())
    assert dog.is_chosen
    middle = dog.grab().toImage().pixelColor(dog.width() // 2, 60).name()
    dog.set_chosen(on=False)
    assert dog.grab().toImage().pixelColor(dog.width() // 2, 60).name() == middle, (
        "the cover is seen"
    )
    dog.set_chosen(on=True)
    page.show_tab("own")
    assert not choice(page)
    page.show_tab("theme")
    qtbot.waitUntil(lambda: "Dog" in tiles(page))
    assert not tiles(page)["Dog"].is_chosen
