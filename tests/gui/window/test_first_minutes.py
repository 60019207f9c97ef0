"""From the first folder to the first search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from photosort.gui.base import formatting
from photosort.progress import Progress
from photosort.usecases.search import first_searches

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from photosort.gui.shell.window import MainWindow


def test_the_empty_field_says_how_much_can_be_searched(indexed: MainWindow) -> None:
    edit = indexed.workspace.search.field._edit
    usual = edit.placeholderText()
    reading = Progress("Reading photos", 200, 9_000, rate_per_s=10.5, left_s=840.0)
    indexed.workspace.search.show_reach(reading)
    total = formatting.count(9_000)
    assert edit.placeholderText() == f"Search 200 of {total} photos; all in about 14 min"
    indexed.workspace.search.field.set_query("on:2022")
    assert edit.placeholderText() == ""
    indexed.workspace.search.field.set_query("")
    assert edit.placeholderText().startswith("Search 200")
    indexed.workspace.search.show_reach(None)
    assert edit.placeholderText() == usual


def test_the_first_run_ends_with_searches_that_find_something_and_never_again(
    qtbot: QtBot,
    window: MainWindow,
    draw: Callable[..., Path],
    wait_for_index: Callable[[MainWindow], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(first_searches, "FEWEST_PHOTOS", 10)
    monkeypatch.setattr(
        "photosort.gui.panels.first_steps._WORTH_TRYING", ("red", "green", "an octopus")
    )
    draw("blue", 9)
    draw("red", 3)
    window.intake.add_folders([str(draw("green", 3))])
    wait_for_index(window)
    card = window.workspace.first_card
    qtbot.waitUntil(card.isVisible)
    tried = [one for one in card.findChildren(QPushButton) if one.text().startswith("red")]
    assert [one.accessibleName() for one in tried] == [f"red, {formatting.photos(3)}"]
    tried[0].click()
    qtbot.waitUntil(lambda: window.shown is not None and window.shown.asked.text == "red")
    card.close_card()
    window.intake.add_folders([str(draw("grey", 3))])
    wait_for_index(window)
    qtbot.waitUntil(lambda: window.book.catalog is not None and len(window.book.catalog) == 18)
    assert not card.isVisible()


def test_a_few_photos_need_no_first_steps(qtbot: QtBot, indexed: MainWindow) -> None:
    assert not indexed.workspace.first_card.isVisible()
