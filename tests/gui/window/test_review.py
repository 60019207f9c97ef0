"""The journey: see a tag, read why, reject it, watch the others change, undo; and the page that asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from photosort.domain.encoders import Logistic
from photosort.domain.tags import Tag, TagState
from photosort.gui.pages.review import ReviewPage
from photosort.gui.pages.tags import TagsPage
from photosort.gui.panels import sources
from photosort.gui.shell.window import MainWindow
from photosort.gui.widgets.why import WhyPanel
from photosort.store.tables import tags
from photosort.tagging.vocabulary import Vocabulary
from photosort.usecases.tags import suggestions, tagging
from tests.fixtures.colours import ColourEncoder

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

WORDS = Vocabulary((Tag("red", often=2, descriptors=("a red field", "a blue edge")),))


@pytest.fixture
def encoder(encoder: ColourEncoder, monkeypatch: pytest.MonkeyPatch) -> ColourEncoder:
    """Suggests one tag."""
    encoder.set_references(
        tags=Logistic(standing_out=0.0, cosine=8.0, bias=-5.0), offered=frozenset({"red"})
    )
    monkeypatch.setattr(
        suggestions,
        "current_vocabulary",
        lambda session: Vocabulary(tuple(session.read(tags.enabled))),
    )
    monkeypatch.setattr(tagging, "current_vocabulary", lambda _session: WORDS)
    monkeypatch.setattr(tagging, "update_shipped_tags", lambda _session: None)
    return encoder


@pytest.fixture
def tagged(qtbot: QtBot, indexed: MainWindow) -> MainWindow:
    """The window with red, green and blue photos, and `red` suggested."""
    library = indexed._library
    assert library is not None
    session = library.session
    session.write(lambda store: tags.sync(store, WORDS.tags, "words"))
    with qtbot.waitSignal(library.model.tags_ready):
        library.model.prepare_tags()
    qtbot.waitUntil(lambda: red(indexed) == 4)
    return indexed


def red(window: MainWindow) -> int:
    """How many photos the tag is suggested for."""
    assert window._library is not None
    return len(window._library.model.photos({"red"}))


def test_reject_one_and_the_others_follow_until_undo(qtbot: QtBot, tagged: MainWindow) -> None:
    assert red(tagged) == 4
    tagged.workspace.search.ask("tag:red")
    qtbot.waitUntil(lambda: tagged.shown is not None and tagged.shown.arrangement.photos() == 4)
    tagged.centre.grid.setCurrentIndex(tagged.centre.grid.model().index(0))
    box = tagged.workspace.information.tags
    qtbot.waitUntil(lambda: "red" in box._chips)
    box._chips["red"].why_asked.emit("red")
    qtbot.waitUntil(lambda: box.findChild(WhyPanel) is not None)
    box.findChild(WhyPanel).answered.emit("red", False)
    qtbot.waitUntil(lambda: red(tagged) == 0)
    qtbot.waitUntil(lambda: tagged.shown is not None and tagged.shown.arrangement.photos() == 0)
    assert tagged._library is not None
    tagged._library.changes.undo()
    qtbot.waitUntil(lambda: red(tagged) == 4)
    qtbot.waitUntil(lambda: tagged.shown is not None and tagged.shown.arrangement.photos() == 4)


def test_no_reason_is_shown_that_was_not_measured_to_be_real(
    qtbot: QtBot, tagged: MainWindow, encoder: ColourEncoder
) -> None:
    encoder.set_references(reasons=frozenset({"green"}))
    library = tagged._library
    assert library is not None
    with qtbot.waitSignal(library.model.tags_ready):
        library.model.prepare_tags()
    tagged.workspace.search.ask("tag:red")
    qtbot.waitUntil(lambda: tagged.shown is not None and tagged.shown.arrangement.photos() == 4)
    tagged.centre.grid.setCurrentIndex(tagged.centre.grid.model().index(0))
    box = tagged.workspace.information.tags
    qtbot.waitUntil(lambda: "red" in box._chips)
    box._chips["red"].why_asked.emit("red")
    qtbot.waitUntil(lambda: box.findChild(WhyPanel) is not None)
    said = [one.text() for one in box.findChild(WhyPanel).findChildren(QLabel)]
    assert not any("red field" in text or "blue edge" in text for text in said)
    assert any("as a whole" in text for text in said)


def page_of(qtbot: QtBot, window: MainWindow) -> ReviewPage:
    window.workspace.tree.source_chosen.emit(sources.REVIEW)
    page = window.centre.pages.current
    assert isinstance(page, ReviewPage)
    qtbot.waitUntil(lambda: len(page._photos.arrangement) > 0)
    return page


def test_one_key_answers_and_the_line_says_what_changed(qtbot: QtBot, tagged: MainWindow) -> None:
    page = page_of(qtbot, tagged)
    asked = len(page._photos.arrangement)
    first = page._grid.current_photo()
    qtbot.keyClick(page._grid, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: "lost" in page._line.text())
    assert len(page._photos.arrangement) == asked - 1
    assert first not in page._photos.arrangement.ids
    assert red(tagged) == 0
    page._undo.click()
    qtbot.waitUntil(lambda: red(tagged) == 4)
    qtbot.waitUntil(lambda: first in page._photos.arrangement.ids)


def test_yes_teaches_and_goes_on_to_the_next(qtbot: QtBot, tagged: MainWindow) -> None:
    page = page_of(qtbot, tagged)
    first = page._grid.current_photo()
    qtbot.keyClick(page._grid, Qt.Key.Key_Y)
    assert page._grid.current_photo() not in {first, -1}
    assert tagged._library is not None
    session = tagged._library.session
    qtbot.waitUntil(
        lambda: (
            session.read(lambda store: tags.photos_with(store, ["red"], TagState.CONFIRMED))
            == {"red": [first]}
        )
    )


def test_with_a_model_that_nobody_measured_answers_come_first(
    qtbot: QtBot, tagged: MainWindow, encoder: ColourEncoder
) -> None:
    encoder.set_references(offered=None)
    library = tagged._library
    assert library is not None
    with qtbot.waitSignal(library.model.tags_ready):
        library.model.prepare_tags()
    assert red(tagged) == 0
    page = page_of(qtbot, tagged)
    assert page._tags.itemData(0) == "red"
    assert page._to_prove.isVisible()
    for _ in range(3):
        qtbot.keyClick(page._grid, Qt.Key.Key_Y)
    qtbot.waitUntil(lambda: red(tagged) == 1)
    qtbot.waitUntil(lambda: not page._to_prove.isVisible())
    library.changes.undo()
    qtbot.waitUntil(lambda: red(tagged) == 0)
    qtbot.waitUntil(page._to_prove.isVisible)
    tagged.commands["tags"].trigger()
    explained = tagged.centre.pages.current
    assert isinstance(explained, TagsPage)
    qtbot.waitUntil(lambda: "was never measured" in explained._said.text())


def test_nothing_to_ask_yet(qtbot: QtBot, indexed: MainWindow) -> None:
    assert indexed._library is not None
    indexed._library.model.close()
    suggestions.drop_suggestions(indexed._library.session)
    indexed.workspace.tree.source_chosen.emit(sources.REVIEW)
    page = indexed.centre.pages.current
    assert isinstance(page, ReviewPage)
    assert page._nothing.isVisible()
    assert not page._grid.isVisible()


def test_every_button_of_the_page_is_seen_in_half_a_screen(
    qtbot: QtBot, tagged: MainWindow
) -> None:
    page = page_of(qtbot, tagged)
    tagged.resize(900, 700)
    page._tags.setItemText(0, "a tag with a name of more than a few words \u2013 12,345 photos")
    qtbot.waitUntil(lambda: page.minimumSizeHint().width() <= page.width() < 700)
    for one in (*page._buttons, page._tags):
        right = one.mapTo(page, one.rect().bottomRight()).x()
        assert right < page.width(), one
    for one in page._buttons:
        assert one.width() >= one.sizeHint().width()


def test_photos_wear_their_badges_on_the_page_too(
    qtbot: QtBot, tagged: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(qtbot, tagged)
    painted: list[int] = []
    monkeypatch.setattr(page._grid._canvas, "paint", lambda *_: painted.append(1))
    qtbot.wait(0)
    painted.clear()
    assert tagged._library is not None
    tagged._library.badges.changed.emit()
    qtbot.waitUntil(lambda: bool(painted))
