"""Whole journeys through the real window: first start, index, search, decide, undo, close."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from photosort.domain.photos import Flag
from photosort.domain.tags import TagState
from photosort.usecases.indexing import index_run
from photosort.usecases.session.session import Session
from photosort.usecases.tags.tagging import tags_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from photosort.gui.shell.window import MainWindow
    from photosort.paths import LibraryPaths

Key = Qt.Key


def type_into_search(qtbot: QtBot, window: MainWindow, text: str) -> None:
    window.navigation.go_to_search()
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClicks(focused, text)


def test_first_start_welcomes_and_a_folder_fills_the_grid(
    qtbot: QtBot, window: MainWindow, draw: Callable[..., Path]
) -> None:
    assert window.centre.welcome.isVisible()
    folder = draw("red", 3)
    window.intake.add_folders([str(folder)])
    assert window.is_indexing
    qtbot.waitUntil(lambda: window.shown is not None and window.shown.arrangement.photos() == 3)
    assert window.centre.grid.isVisible()
    qtbot.waitUntil(lambda: not window.is_indexing, timeout=30_000)
    qtbot.waitUntil(lambda: not window.workspace.status.worker.isVisible())
    photo = window.centre.grid.model().index(0, 0).data(Qt.ItemDataRole.UserRole)
    qtbot.waitUntil(lambda: window.centre.grid.thumbnails.get(photo) is not None)


def test_the_demonstration_photos_are_a_click_away(
    qtbot: QtBot, window: MainWindow, places: LibraryPaths
) -> None:
    qtbot.waitUntil(window.centre.welcome.isVisible)
    window.centre.welcome.demo_asked.emit()
    qtbot.waitUntil(lambda: window.shown is not None and window.shown.arrangement.photos() >= 8)
    catalog = window.book.catalog
    assert catalog is not None
    assert {"astronaut.png", "coffee.png", "china.jpg"} <= set(catalog.names)
    assert all(path.is_relative_to(places.home) for path in window.book.paths(catalog.ids))
    assert window.centre.grid.isVisible()


def test_an_index_run_keeps_to_the_room_that_was_chosen(
    qtbot: QtBot,
    window: MainWindow,
    draw: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
    wait_for_index: Callable[[MainWindow], None],
) -> None:
    limits: list[int] = []

    def keep(session: Session) -> None:
        limits.append(session.settings.thumbnail_cache_mb)

    monkeypatch.setattr(index_run, "keep_to_size", keep)
    window.apply(replace(window.settings(), thumbnail_cache_mb=777))
    window.intake.add_folders([str(draw("red", 1))])
    wait_for_index(window)
    assert limits == [777]


def test_a_description_finds_and_possible_matches_stand_below(
    qtbot: QtBot, indexed: MainWindow, names: Callable[[], list[str]]
) -> None:
    type_into_search(qtbot, indexed, "something green")
    qtbot.waitUntil(lambda: "-" in names())
    found = names()
    assert {name.partition("_")[0] for name in found[: found.index("-")]} == {"green"}
    assert indexed.shown is not None
    assert len(found) == indexed.shown.strong + indexed.shown.possible + 1 == 10


def test_filters_sources_and_the_way_back(
    qtbot: QtBot, indexed: MainWindow, names: Callable[[], list[str]]
) -> None:
    indexed.workspace.tree.source_chosen.emit("on:2022-07")
    qtbot.waitUntil(lambda: names() == ["blue_001.jpg", "blue_000.jpg"])
    assert indexed.workspace.search.field.query() == "on:2022-07"
    indexed.workspace.search.order_asked.emit(None)
    indexed.workspace.status.reset_asked.emit()
    qtbot.waitUntil(lambda: len(names()) == 9)
    assert indexed.workspace.search.field.query() == ""


def test_nothing_that_is_typed_is_an_error_but_it_is_said_how_it_was_read(
    qtbot: QtBot, indexed: MainWindow, names: Callable[[], list[str]]
) -> None:
    indexed.workspace.search.ask("Meeting: notes type:jpeg")
    qtbot.waitUntil(lambda: "Meeting" in indexed.workspace.search.field._note.text())
    assert not indexed.workspace.search.field._problem.text()
    indexed.workspace.search.ask("")
    qtbot.waitUntil(lambda: not indexed.workspace.search.field._note.text())


def test_an_example_that_is_no_picture_says_so_and_keeps_the_photos(
    qtbot: QtBot, indexed: MainWindow, names: Callable[[], list[str]]
) -> None:
    library = indexed._library
    assert library is not None
    qtbot.waitUntil(lambda: library.session.encoders.is_loaded)
    before = names()
    indexed.workspace.search.ask("like:/nowhere/notes.txt")
    qtbot.waitUntil(lambda: "notes.txt" in indexed.workspace.search.field._problem.text())
    assert names() == before
    indexed.workspace.search.ask("")
    qtbot.waitUntil(lambda: not indexed.workspace.search.field._problem.text())


def test_nothing_found_says_what_to_do(qtbot: QtBot, indexed: MainWindow) -> None:
    indexed.workspace.search.ask("on:1999")
    qtbot.waitUntil(lambda: not indexed.centre.grid.isVisible())
    indexed.workspace.search.ask("")
    qtbot.waitUntil(indexed.centre.grid.isVisible)


def test_rating_many_is_one_step_back(qtbot: QtBot, indexed: MainWindow) -> None:
    def ratings() -> set[int]:
        assert indexed.book.catalog is not None
        return set(np.maximum(indexed.book.catalog.table.rating, 0).tolist())

    indexed.centre.grid.setFocus()
    qtbot.keyClick(indexed.centre.grid, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(indexed.centre.grid, Key.Key_4)
    qtbot.waitUntil(lambda: ratings() == {4})
    undo = indexed.commands["undo"]
    qtbot.waitUntil(lambda: "Rated 4" in undo.text())
    undo.trigger()
    qtbot.waitUntil(lambda: ratings() == {0})
    qtbot.waitUntil(indexed.commands["redo"].isEnabled)
    indexed.commands["redo"].trigger()
    qtbot.waitUntil(lambda: ratings() == {4})


def test_flags_by_key(qtbot: QtBot, indexed: MainWindow) -> None:
    def flag() -> Flag | None:
        catalog = indexed.book.catalog
        assert catalog is not None
        return catalog.flag(catalog.row(indexed.centre.grid.current_photo()))

    indexed.centre.grid.setFocus()
    qtbot.keyClick(indexed.centre.grid, Key.Key_Right)
    qtbot.keyClick(indexed.centre.grid, Key.Key_P)
    qtbot.waitUntil(lambda: flag() is Flag.PICK)
    qtbot.keyClick(indexed.centre.grid, Key.Key_U)
    qtbot.waitUntil(lambda: flag() is None)


def test_a_tag_is_added_answered_searched_and_taken_back(
    qtbot: QtBot, indexed: MainWindow, names: Callable[[], list[str]]
) -> None:
    indexed.centre.grid.setFocus()
    qtbot.keyClick(indexed.centre.grid, Key.Key_Right)
    qtbot.waitUntil(lambda: bool(indexed.photos.selected()))
    indexed.workspace.information.tags.added.emit("Zanzibar")
    qtbot.waitUntil(lambda: "Zanzibar" in indexed.workspace.information.tags._chips)
    assert indexed.workspace.information.tags.chip("Zanzibar").shown.tag.state is TagState.CONFIRMED
    photo = indexed.photos.selected()[0]
    indexed.workspace.information.tags.answered.emit("Zanzibar", False)
    qtbot.waitUntil(
        lambda: (
            indexed.workspace.information.tags.chip("Zanzibar").shown.tag.state is TagState.REJECTED
        )
    )
    indexed.photos.undo()
    qtbot.waitUntil(
        lambda: (
            indexed.workspace.information.tags.chip("Zanzibar").shown.tag.state
            is TagState.CONFIRMED
        )
    )
    indexed.workspace.information.tags.search_asked.emit("Zanzibar")
    qtbot.waitUntil(lambda: len(names()) == 1)
    assert indexed.shown is not None
    assert indexed.shown.arrangement.ids.tolist() == [photo]


def test_similar_photos(
    qtbot: QtBot, indexed: MainWindow, names: Callable[[], list[str]], draw: Callable[..., Path]
) -> None:
    outside = draw("blue", 1, folder="elsewhere") / "blue_000.jpg"
    indexed.workspace.search.field.photo_dropped.emit(str(outside))
    qtbot.waitUntil(lambda: indexed.shown is not None and indexed.shown.is_ranked)
    first = [name for name in names() if name != "-"][:2]
    assert {name.partition("_")[0] for name in first} == {"blue"}


def test_the_loupe_opens_rates_and_returns_to_the_photo_it_ended_at(
    qtbot: QtBot, indexed: MainWindow
) -> None:
    indexed.centre.grid.setFocus()
    qtbot.keyClick(indexed.centre.grid, Key.Key_Right)
    first = indexed.centre.grid.current_photo()
    qtbot.keyClick(indexed.centre.grid, Key.Key_Return)
    library = indexed._library
    assert library is not None
    assert library.large.loupe.isVisible()
    assert library.large.loupe.current_photo() == first
    library.large.loupe.step(1)
    last = library.large.loupe.current_photo()
    assert last != first
    library.large.loupe.rating_set.emit(last, 5)
    qtbot.waitUntil(lambda: indexed.book.marks(last).rating == 5)
    library.large.loupe.closed.emit(last)
    assert indexed.centre.grid.isVisible()
    assert indexed.centre.grid.current_photo() == last


def test_photos_that_arrive_do_not_move_what_is_selected(
    qtbot: QtBot, indexed: MainWindow, draw: Callable[..., Path]
) -> None:
    indexed.centre.grid.select_photos(np.array([2, 3], np.int64))
    folder = draw("grey", 5, month=12)
    indexed.intake.add_folders([str(folder)])
    qtbot.waitUntil(
        lambda: indexed.shown is not None and indexed.shown.arrangement.photos() == 14,
        timeout=30_000,
    )
    assert sorted(indexed.centre.grid.selection.ids().tolist()) == [2, 3]
    qtbot.waitUntil(lambda: not indexed.is_indexing, timeout=30_000)


@pytest.mark.parametrize("wait_for_photos", [False, True])
def test_closing_while_indexing_keeps_what_is_done(
    qtbot: QtBot,
    window: MainWindow,
    draw: Callable[..., Path],
    encoder: object,
    places: LibraryPaths,
    wait_for_photos: bool,
) -> None:
    encoder.pace_s = 0.02  # type: ignore[attr-defined]
    window.intake.add_folders([str(draw("red", 28))])
    if wait_for_photos:
        qtbot.waitUntil(lambda: window.book.catalog is not None and len(window.book.catalog) > 0)
    window.close()
    session = Session(places, actor="command")
    try:
        assert session.read(lambda store: store.value("PRAGMA integrity_check")) == "ok"
        assert tags_of(session, [1]) == {1: []}
    finally:
        session.close()


def test_panes_follow_f6_and_escape_returns_to_the_photos(
    qtbot: QtBot, indexed: MainWindow
) -> None:
    indexed.centre.grid.setFocus()
    seen = set()
    for _ in range(5):
        indexed.workspace.next_pane(1)
        focused = indexed.focusWidget()
        assert focused is not None
        seen.add(
            next(
                name
                for name, pane in {
                    "search": indexed.workspace.search,
                    "tree": indexed.workspace.tree,
                    "grid": indexed.centre.grid,
                    "information": indexed.workspace.information,
                    "status": indexed.workspace.status,
                }.items()
                if pane is focused or pane.isAncestorOf(focused)
            )
        )
    assert {"search", "tree", "grid", "status"} <= seen
    indexed.workspace.tree.setFocus()
    qtbot.keyClick(indexed.workspace.tree, Key.Key_Escape)
    assert indexed.centre.grid.hasFocus()


def test_a_tag_is_typed_in_the_loupe_where_letters_are_letters(
    qtbot: QtBot, indexed: MainWindow
) -> None:
    library, shown = indexed._library, indexed.shown
    assert library is not None
    assert shown is not None
    first, second = shown.arrangement.ids[:2].tolist()
    indexed.photos.open(first)
    loupe = library.large.loupe
    qtbot.keyClick(loupe.view, Key.Key_T)
    qtbot.waitUntil(loupe._tag_entry.isVisible)
    line = QApplication.focusWidget()
    assert line is not None
    qtbot.keyClicks(line, "xu5 pig")
    qtbot.keyClick(line, Key.Key_Return)
    qtbot.waitUntil(
        lambda: [tag.name for tag in tags_of(library.session, [first])[first]] == ["xu5 pig"]
    )
    assert loupe._tag_entry.isVisible(), "the next tag can be typed"
    assert loupe.view.hint == "Added the tag xu5 pig"
    qtbot.keyClick(line, Key.Key_Escape)
    assert not loupe._tag_entry.isVisible()
    assert loupe.view.hasFocus()
    assert not loupe.view.hint
    assert library.large.photo() == first
    marks = indexed.book.marks(first)
    assert (marks.rating, marks.flag) == (0, None)
    qtbot.keyClick(loupe.view, Key.Key_Right)
    assert library.large.photo() == second
    assert not tags_of(library.session, [second]).get(second)


def test_the_loupe_completes_tags(qtbot: QtBot, indexed: MainWindow) -> None:
    library, shown = indexed._library, indexed.shown
    assert library is not None
    assert shown is not None
    first = int(shown.arrangement.ids[0])
    library.changes.say("Rex", [first], TagState.CONFIRMED)
    qtbot.waitUntil(lambda: "Rex" in indexed.workspace.search.suggestions.tags)
    indexed.photos.open(int(shown.arrangement.ids[1]))
    loupe = library.large.loupe
    qtbot.keyClick(loupe.view, Key.Key_T)
    line = loupe._tag_entry._line
    qtbot.waitUntil(line.hasFocus)
    qtbot.keyClicks(line, "re")
    qtbot.waitUntil(line.list.isVisible)
    assert "Rex" in {line.list.model.at(row).insert for row in range(line.list.model.rowCount())}


def test_zooming_out_leads_from_days_to_months_and_years(
    qtbot: QtBot,
    window: MainWindow,
    tmp_path: Path,
    wait_for_index: Callable[[MainWindow], None],
) -> None:
    folder = tmp_path / "trip"
    folder.mkdir()
    for month in (5, 6):
        for day in (1, 2):
            for number in range(6):
                exif = Image.Exif()
                exif[0x8769] = {0x9003: f"2022:{month:02}:{day:02} 10:0{number}:00"}
                shade = (20 * month, 60 * day, 30 * number)
                picture = Image.new("RGB", (60, 40), shade)
                picture.save(folder / f"{month}{day}{number}.jpg", exif=exif)
    window.intake.add_folders([str(folder)])
    wait_for_index(window)
    grid = window.centre.grid

    def headings() -> list[str]:
        shown = window.shown
        return [] if shown is None else [one.title for one in shown.arrangement.sections]

    days = ["Thursday, 2 June 2022", "Wednesday, 1 June 2022", "Monday, 2 May 2022"]
    qtbot.waitUntil(lambda: headings()[:3] == days)
    photo = int(grid.model().index(8, 0).data(Qt.ItemDataRole.UserRole))
    grid.go_to_photo(photo)
    grid.set_edge(110)
    qtbot.waitUntil(lambda: headings() == ["June 2022", "May 2022"])
    grid.set_edge(80)
    qtbot.waitUntil(lambda: headings() == ["2022"])
    assert grid.selection.ids().tolist() == [photo]
    assert grid.current_photo() == photo
    grid.set_edge(184)
    qtbot.waitUntil(lambda: headings()[:3] == days)
