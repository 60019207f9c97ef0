"""*Open with*: the desktop's programs in the menu of photos."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from photosort.gui.base import desktop_programs
from photosort.gui.base.desktop_programs import Program

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from photosort.gui.shell.window import MainWindow


def test_the_selected_photos_are_opened_with_a_program(
    qtbot: QtBot, indexed: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer, broken = Program("Viewer & more", ("view", "%F")), Program("Broken", ("no", "%F"))
    opened: list[tuple[Program, list[str]]] = []

    def start(program: Program, paths: list[Path]) -> bool:
        opened.append((program, [path.name for path in paths]))
        return program is viewer

    monkeypatch.setattr(desktop_programs, "programs_for", lambda path, language: [viewer, broken])
    monkeypatch.setattr(desktop_programs, "start", start)
    indexed.centre.grid.go_to_photo(1)
    indexed.photos.rate(0)
    menu = QMenu(indexed)
    indexed._fill_programs(menu)
    qtbot.waitUntil(lambda: len(menu.actions()) == 2)
    names = [action.text() for action in menu.actions()]
    assert names == ["Viewer && more", "Broken"]
    for action in menu.actions():
        action.trigger()
    (path,) = indexed.photos.paths()
    assert opened == [(viewer, [path.name]), (broken, [path.name])]
    assert indexed.workspace.toast._text.text() == "Broken could not be started."
    menu.deleteLater()
