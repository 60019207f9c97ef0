"""Photos wear what matters: that a tag was said or is suggested, and that there are copies."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from photosort.domain.tags import TagState
from photosort.gui.grid.model import TagMark

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from photosort.gui.shell.window import MainWindow


def test_tags_show_on_the_photo_once_they_are_said_and_no_longer_once_that_is_undone(
    qtbot: QtBot, indexed: MainWindow
) -> None:
    library, shown = indexed._library, indexed.shown
    assert library is not None
    assert shown is not None
    _wait_for_suggestions(qtbot, indexed)
    first, second = shown.arrangement.ids[:2].tolist()
    before, beside = indexed.book.marks(first).tags, indexed.book.marks(second).tags
    assert before is not TagMark.DECIDED
    library.changes.say("Rex", [first], TagState.CONFIRMED)
    qtbot.waitUntil(lambda: indexed.book.marks(first).tags is TagMark.DECIDED)
    assert indexed.book.marks(second).tags is beside
    assert "tagged" in indexed.book.describe(first)
    indexed.photos.undo()
    qtbot.waitUntil(lambda: indexed.book.marks(first).tags is before)


def test_suggested_tags_show_as_a_question(qtbot: QtBot, indexed: MainWindow) -> None:
    _wait_for_suggestions(qtbot, indexed)
    library, catalog = indexed._library, indexed.book.catalog
    assert library is not None
    assert catalog is not None
    assert library.model.photos(set()).size == 0
    red = [
        photo
        for photo, name in zip(catalog.ids.tolist(), catalog.names, strict=True)
        if name.startswith("red")
    ]
    library.changes.say("red", red[:3], TagState.CONFIRMED)
    qtbot.waitUntil(lambda: library.model.photos({"red"}).tolist() == red[3:], timeout=20_000)
    qtbot.waitUntil(
        lambda: (
            [
                one
                for one in catalog.ids.tolist()
                if indexed.book.marks(one).tags is TagMark.SUGGESTED
            ]
            == red[3:]
        ),
        timeout=20_000,
    )


def test_a_photo_says_that_there_are_copies(
    qtbot: QtBot,
    indexed: MainWindow,
    tmp_path: Path,
    wait_for_index: Callable[[MainWindow], None],
) -> None:
    catalog = indexed.book.catalog
    assert catalog is not None
    twice = next(
        photo
        for photo, name in zip(catalog.ids.tolist(), catalog.names, strict=True)
        if name == "red_000.jpg"
    )
    assert not indexed.book.marks(twice).has_duplicates
    (tmp_path / "photos" / "again").mkdir()
    shutil.copy(tmp_path / "photos" / "red_000.jpg", tmp_path / "photos" / "again" / "copy.jpg")
    indexed.intake.update_all()
    wait_for_index(indexed)
    qtbot.waitUntil(lambda: indexed.book.marks(twice).has_duplicates)
    assert "there are copies" in indexed.book.describe(twice)
    others = [photo for photo in catalog.ids.tolist() if photo != twice]
    assert not any(indexed.book.marks(photo).has_duplicates for photo in others)


def _wait_for_suggestions(qtbot: QtBot, window: MainWindow) -> None:
    """Until the suggestions have come, and every photo for which there is one wears it."""
    library, catalog = window._library, window.book.catalog
    assert library is not None
    assert catalog is not None
    qtbot.waitUntil(lambda: window.can_suggest, timeout=30_000)
    asked = set(library.model.photos(set()).tolist())
    qtbot.waitUntil(
        lambda: (
            asked
            == {
                photo
                for photo in catalog.ids.tolist()
                if window.book.marks(photo).tags is TagMark.SUGGESTED
            }
        )
    )
