"""From the first folder to the first search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from photosort.gui.base import formatting
from photosort.gui.panels import sources
from photosort.usecases.search import first_searches

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from photosort.gui.shell.window import MainWindow
    from photosort.progress import Progress


def test_progress_stands_in_the_status_line_alone(
    qtbot: QtBot,
    window: MainWindow,
    draw: Callable[..., Path],
    wait_for_index: Callable[[MainWindow], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    edit, strip = window.workspace.search.field._edit, window.workspace.status.worker
    usual = edit.placeholderText()
    said: list[tuple[str, str]] = []
    show = strip.show_progress

    def watched(progress: Progress, *, is_paused: bool = False) -> None:
        show(progress, is_paused=is_paused)
        said.append((strip.text(), edit.placeholderText()))

    monkeypatch.setattr(strip, "show_progress", watched)
    window.intake.add_folders([str(draw("red", 8))])
    wait_for_index(window)
    assert said
    assert {hint for _, hint in said} == {usual}
    assert strip.isHidden()


def test_the_left_panel_and_the_status_line_say_the_same_number(
    qtbot: QtBot, indexed: MainWindow, draw: Callable[..., Path]
) -> None:
    tree = indexed._sources
    # As after a long count of a large library: the rows come back in a while only.
    tree._rest_ms = 60_000
    model = indexed.workspace.tree._sources
    draw("grey", 3)
    indexed.intake.update_all()
    qtbot.waitUntil(lambda: indexed.shown is not None and indexed.shown.arrangement.photos() == 12)
    row = model.source(model.index_of(sources.EVERYTHING))
    assert row.count == 12
    assert indexed.workspace.status._selection.text() == formatting.photos(12)


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
