"""Searching in the real window: why a photo matches and where, possible matches, examples, chips by a click."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton

from photosort.domain.encoders import Logistic
from photosort.domain.tags import TagState
from photosort.errors import ModelUnavailable
from photosort.gui.widgets.example_chip import ExampleChip
from photosort.search.query_language import chips
from photosort.sentences import Sentence
from photosort.usecases.session import encoder_pool
from photosort.usecases.tags import tagging
from tests.fixtures.colours import cut_of
from tests.fixtures.window import opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from photosort.gui.base.theme import Theme
    from photosort.gui.shell.window import MainWindow
    from photosort.paths import LibraryPaths
    from tests.fixtures.colours import ColourEncoder

Key = Qt.Key


def select(window: MainWindow, name: str) -> int:
    catalog = window.book.catalog
    assert catalog is not None
    photo = int(catalog.ids[catalog.names.tolist().index(name)])
    window.centre.grid.go_to_photo(photo)
    window.centre.grid.select_photos(np.array([photo], np.int64))
    return photo


def ask(qtbot: QtBot, window: MainWindow, text: str) -> None:
    """Asks, and waits for the answer of the picture model."""
    library = window._library
    assert library is not None
    qtbot.waitUntil(lambda: library.session.encoders.is_loaded)
    window.workspace.search.ask(text)

    def answered() -> bool:
        shown = window.shown
        return shown is not None and shown.asked.text == text and (shown.by_sight or not text)

    qtbot.waitUntil(answered, timeout=20_000)


def chips_of(window: MainWindow) -> list[str]:
    return [chip.text for chip in chips(window.workspace.search.field.query())]


def said(window: MainWindow) -> list[str]:
    """What the panel shows."""
    panel = window.workspace.information
    labels = [one.text() for one in panel.findChildren(QLabel) if one.isVisibleTo(panel)]
    return labels + [one.text() for one in panel.findChildren(QPushButton)]


def test_the_panel_says_why_a_photo_matches(qtbot: QtBot, indexed: MainWindow) -> None:
    ask(qtbot, indexed, "something green -octopus type:jpeg")
    select(indexed, "green_001.jpg")
    why = indexed.workspace.information._why
    qtbot.waitUntil(lambda: bool(why.findChildren(QLabel)), timeout=20_000)
    spoken = [one.accessibleName() for one in why.findChildren(QLabel) if one.accessibleName()]
    assert [one.split(".")[0] for one in spoken] == [
        "something green: fits",
        "not: octopus: fits",
        "type:jpeg: fits",
    ]
    # Without a search there is nothing to explain.
    library = indexed._library
    assert library is not None
    ask(qtbot, indexed, "")
    assert library.explainer.reasons(1) == []


def test_possible_matches_are_open_and_stay_closed_for_their_search(
    qtbot: QtBot, indexed: MainWindow, names: Callable[[], list[str]]
) -> None:
    ask(qtbot, indexed, "something green")
    qtbot.waitUntil(lambda: "-" in names())
    assert names()[-1] != "-"
    assert indexed.shown is not None
    good, possible, _ = indexed.shown.arrangement.sections
    assert good.title.startswith("3 good match")
    assert possible.title.startswith("6 possible match")
    indexed.centre.grid.divider_activated.emit()
    qtbot.waitUntil(lambda: names()[-1] == "-")
    ask(qtbot, indexed, "something red")
    qtbot.waitUntil(lambda: "-" in names() and names()[-1] != "-")
    ask(qtbot, indexed, "something green")
    qtbot.waitUntil(lambda: names()[-1] == "-")


def test_good_matches_stand_in_groups_by_what_found_them(
    qtbot: QtBot, indexed: MainWindow, names: Callable[[], list[str]]
) -> None:
    library, catalog = indexed._library, indexed.book.catalog
    assert library is not None
    assert catalog is not None
    row = catalog.names.tolist().index("blue_001.jpg")
    blue = [int(catalog.ids[row])]
    tagging.set_tag_state(library.session, "something green", blue, TagState.CONFIRMED)
    ask(qtbot, indexed, "something green")
    shown = indexed.shown
    assert shown is not None
    tagged, seen, *_ = shown.arrangement.sections
    assert tagged.title == "Tagged something green"
    assert seen.title.startswith("3 good match")
    assert tagged.detail.startswith("1 photo")
    assert shown.arrangement.ids[0] == blue[0]
    assert shown.strong == 4


def test_how_many_photos_can_be_searched_so_far_is_told(qtbot: QtBot, indexed: MainWindow) -> None:
    library = indexed._library
    assert library is not None
    library.session.write(lambda store: store.execute("DELETE FROM vectors WHERE id > 2"))
    ask(qtbot, indexed, "an octopus")
    note = indexed.workspace.search.field._note
    qtbot.waitUntil(lambda: "2 of 9 photo" in note.text())


def closest(qtbot: QtBot, window: MainWindow, text: str) -> str:
    """What stands above the closest photos, which are in sight, where none of them is a good match."""
    ask(qtbot, window, text)
    shown = window.shown
    assert shown is not None
    assert shown.strong == 0
    assert shown.arrangement.photos() == len(shown.arrangement) == 9
    (section,) = shown.arrangement.sections
    return section.title


DENIED = "Nothing in your library looks like this. The closest:"
UNSURE = "No sure match. The closest:"


# Of a model that nobody measured nothing is known to be absent.
@pytest.mark.parametrize(("estimated", "of_octopus"), [(False, DENIED), (True, UNSURE)])
def test_only_what_is_absent_is_denied_and_the_closest_photos_are_in_sight(
    qtbot: QtBot,
    encoder: ColourEncoder,
    request: pytest.FixtureRequest,
    estimated: bool,
    of_octopus: str,
) -> None:
    encoder.set_references(
        search=Logistic(0.0, 8.0, -9.5, estimated), cut=None if estimated else cut_of(-9.5)
    )
    indexed = request.getfixturevalue("indexed")
    assert closest(qtbot, indexed, "an octopus") == of_octopus
    assert closest(qtbot, indexed, "something red") == UNSURE


def test_an_open_quote_is_no_chip_yet(
    qtbot: QtBot, indexed: MainWindow, names: Callable[[], list[str]]
) -> None:
    indexed.navigation.go_to_search()
    field = indexed.workspace.search.field
    qtbot.keyClicks(field._edit, 'something green -"in wa')
    assert field._edit.text() == 'something green -"in wa'
    qtbot.keyClicks(field._edit, 'ter" ')
    assert chips_of(indexed) == ['-"in water"']
    assert field._edit.text() == "something green "
    assert field.query() == '-"in water" something green'


def test_the_field_is_emptied_as_fingers_expect(
    qtbot: QtBot, indexed: MainWindow, names: Callable[[], list[str]]
) -> None:
    field = indexed.workspace.search.field
    for keys in ((Key.Key_A, Key.Key_Delete), (Key.Key_Escape,)):
        indexed.navigation.go_to_search()
        qtbot.keyClicks(field._edit, "type:jpeg something green ")
        qtbot.waitUntil(lambda: "-" in names())
        field.hide_completions()
        for key in keys:
            control = Qt.KeyboardModifier.ControlModifier
            qtbot.keyClick(
                field._edit, key, control if key == Key.Key_A else Qt.KeyboardModifier(0)
            )
        assert field.query() == ""
        qtbot.waitUntil(lambda: len(names()) == 9 and "-" not in names())


def test_an_error_goes_with_its_cause(
    qtbot: QtBot, indexed: MainWindow, tmp_path: Path, draw: Callable[..., Path]
) -> None:
    field = indexed.workspace.search.field
    indexed.navigation.go_to_search()
    missing = draw("red", folder="elsewhere") / "red_000.jpg"
    moved = missing.rename(tmp_path / "away.jpg")
    qtbot.keyClicks(field._edit, f"like:{missing}")
    qtbot.keyClick(field._edit, Key.Key_Return)
    qtbot.waitUntil(lambda: "red_000.jpg" in field._problem.text())
    moved.rename(missing)
    indexed.navigation.go_to_search()
    qtbot.keyClick(field._edit, Key.Key_Return)
    qtbot.waitUntil(lambda: indexed.shown is not None and indexed.shown.is_ranked)
    assert not field._problem.text()
    missing.unlink()


def test_the_photos_stay_until_the_picture_model_can_answer(
    qtbot: QtBot,
    themed: Theme,
    places: LibraryPaths,
    encoder: ColourEncoder,
    draw: Callable[..., Path],
    wait_for_index: Callable[[MainWindow], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with opened(qtbot, themed, places) as first:
        first.intake.add_folders([str(draw("green", 2)), str(draw("red", 2))])
        wait_for_index(first)
    may_load = threading.Event()
    monkeypatch.setattr(
        encoder_pool, "load_encoder", lambda name, **options: may_load.wait(60) and encoder
    )
    with opened(qtbot, themed, places) as again:
        qtbot.waitUntil(lambda: again.shown is not None and again.shown.arrangement.photos() == 4)
        field = again.workspace.search.field
        again.navigation.go_to_search()
        qtbot.keyClicks(field._edit, "something crimson")
        qtbot.waitUntil(lambda: field._note.text() == "Searching\u2026")
        assert again.centre.currentWidget() is again.centre.grid
        assert again.shown is not None
        assert again.shown.asked.is_everything
        may_load.set()
        qtbot.waitUntil(lambda: again.shown is not None and again.shown.by_sight)
        assert not field._note.text()


def test_words_alone_answer_where_the_picture_model_cannot_be_loaded(
    qtbot: QtBot,
    themed: Theme,
    places: LibraryPaths,
    encoder: ColourEncoder,
    draw: Callable[..., Path],
    wait_for_index: Callable[[MainWindow], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def lost(name: str, **options: object) -> None:
        raise ModelUnavailable(Sentence("The picture model is gone."))

    with opened(qtbot, themed, places) as first:
        first.intake.add_folders([str(draw("green", 2))])
        wait_for_index(first)
    monkeypatch.setattr(encoder_pool, "load_encoder", lost)
    with opened(qtbot, themed, places) as again:
        again.workspace.search.ask("something crimson")
        qtbot.waitUntil(lambda: again.shown is not None and again.shown.is_ranked)
        # While folders are checked, what is not there yet may come.
        qtbot.waitUntil(lambda: again.centre.currentWidget() is again.centre.nothing_found)


def test_the_heat_map_shows_where_and_says_it(qtbot: QtBot, indexed: MainWindow) -> None:
    ask(qtbot, indexed, "something green")
    photo = select(indexed, "green_001.jpg")
    indexed.photos.open_current()
    library = indexed._library
    assert library is not None
    loupe = library.large.loupe
    qtbot.waitUntil(lambda: loupe.current_photo() == photo)
    qtbot.keyClick(loupe.view, Key.Key_H)
    qtbot.waitUntil(lambda: loupe.view.heat is not None)
    assert loupe.view.hint.startswith("Matches ")
    qtbot.keyClick(loupe.view, Key.Key_H)
    assert loupe.view.heat is None
    assert loupe.view.hint == ""
    indexed.workspace.search.ask("")
    qtbot.keyClick(loupe.view, Key.Key_H)
    qtbot.waitUntil(lambda: loupe.view.hint.startswith("Describe a photo"))


def test_a_box_in_the_loupe_is_searched_by(
    qtbot: QtBot, indexed: MainWindow, names: Callable[[], list[str]]
) -> None:
    photo = select(indexed, "blue_001.jpg")
    indexed.photos.open_current()
    library = indexed._library
    assert library is not None
    view = library.large.loupe.view
    qtbot.waitUntil(lambda: view.framing is not None)
    qtbot.keyClick(view, Key.Key_B)
    assert view.is_boxing
    middle = view.rect().center()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(view, middle + QPoint(40, 30))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=middle + QPoint(40, 30))
    assert not view.is_boxing
    qtbot.waitUntil(lambda: indexed.shown is not None and indexed.shown.asked.example is not None)
    shown = indexed.shown
    assert shown is not None
    assert shown.asked.example is not None
    assert "blue_001.jpg#" in shown.asked.example.paths[0]
    qtbot.waitUntil(lambda: bool(names()))
    first = next(name for name in names() if name != "-")
    assert first.startswith("blue")
    assert photo not in shown.arrangement.ids


def test_several_photos_are_one_example_with_a_slider_to_the_words(
    qtbot: QtBot, indexed: MainWindow, names: Callable[[], list[str]]
) -> None:
    catalog = indexed.book.catalog
    assert catalog is not None
    chosen = [catalog.names.tolist().index(name) for name in ("red_000.jpg", "red_001.jpg")]
    indexed.centre.grid.select_photos(catalog.ids[chosen])
    indexed.commands["similar"].trigger()
    qtbot.waitUntil(lambda: indexed.shown is not None and indexed.shown.asked.example is not None)
    qtbot.waitUntil(lambda: [name for name in names() if name != "-"][:1] == ["red_002.jpg"])
    (chip,) = indexed.workspace.search.field.findChildren(ExampleChip)
    assert "2 photo" in chip.accessibleName()
    indexed.workspace.search.text_asked.emit("something blue")
    chip.balance_changed.emit(1.0)
    qtbot.waitUntil(lambda: names()[:1] in (["blue_000.jpg"], ["blue_001.jpg"]))


def test_a_click_on_what_is_known_adds_its_chip(
    qtbot: QtBot, indexed: MainWindow, names: Callable[[], list[str]]
) -> None:
    ask(qtbot, indexed, "something green")
    select(indexed, "green_001.jpg")
    qtbot.waitUntil(lambda: "green_001.jpg" in said(indexed))
    indexed.workspace.information.term_chosen.emit("on:2022-06-02")
    assert set(chips_of(indexed)) == {"on:2022-06-02"}
    qtbot.waitUntil(lambda: names() == ["green_001.jpg"])
    indexed.workspace.information.term_chosen.emit("on:2022-06-02")
    assert chips_of(indexed) == ["on:2022-06-02"]
    assert "something green" in indexed.workspace.search.field.query()


def test_where_a_tag_is_seen(qtbot: QtBot, indexed: MainWindow) -> None:
    library = indexed._library
    assert library is not None
    qtbot.waitUntil(lambda: library.session.encoders.is_loaded)
    select(indexed, "red_001.jpg")
    indexed.workspace.information.tags.heat_asked.emit("red")
    assert library.large.loupe.isVisible()
    qtbot.waitUntil(lambda: library.large.loupe.view.hint.startswith("Matches "))


def test_words_that_name_a_filter_become_it_with_tab(
    qtbot: QtBot, indexed: MainWindow, names: Callable[[], list[str]]
) -> None:
    indexed.navigation.go_to_search()
    edit = indexed.workspace.search.field._edit
    qtbot.keyClicks(edit, "something green 2022")
    assert [
        one.text() for one in indexed.workspace.search.field._ghost_row.findChildren(QPushButton)
    ] == ["on:2022   Tab"]
    qtbot.keyClick(edit, Key.Key_Tab)
    assert chips_of(indexed) == ["on:2022"]
    assert "something green" in indexed.workspace.search.field.query()
    assert indexed.workspace.search.field._ghost_row.isHidden()


def test_recent_searches_are_offered_in_the_empty_field_and_forgotten(
    qtbot: QtBot, indexed: MainWindow
) -> None:
    field, bar = indexed.workspace.search.field, indexed.workspace.search
    indexed.navigation.go_to_search()
    qtbot.keyClicks(field._edit, "something green")
    qtbot.keyClick(field._edit, Key.Key_Return)
    qtbot.waitUntil(lambda: bar._recent == ["something green"])
    bar.ask("")
    indexed.navigation.go_to_search()
    assert field._list.isVisible()
    field.hide_completions()
    bar._kept_menu.aboutToShow.emit()
    (forget,) = [one for one in bar._kept_menu.actions() if one.text() == "Forget recent searches"]
    forget.trigger()
    qtbot.waitUntil(lambda: bar._recent == [])
    indexed.navigation.go_to_search()
    assert not field._list.isVisible()


def test_a_language_that_is_not_read_is_said(qtbot: QtBot, indexed: MainWindow) -> None:
    ask(qtbot, indexed, "собака на пляже")
    qtbot.waitUntil(lambda: "does not read" in indexed.workspace.search.field._note.text())
    ask(qtbot, indexed, "Hund")
    qtbot.waitUntil(lambda: "dog" in indexed.workspace.search.field._note.text())
