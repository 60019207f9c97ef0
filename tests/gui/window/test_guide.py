"""The guide opens where the user is, About says what this is, and a photo handed over is searched by."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from photosort import paths
from photosort.gui.base import guide
from photosort.gui.dialogs.about import AboutDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from photosort.gui.shell.window import MainWindow

ROOT = Path(__file__).parents[3]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the pages that were opened."""
    urls: list[str] = []

    def open_url(url: QUrl) -> bool:
        urls.append(Path(url.toLocalFile()).stem)
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    return urls


def test_every_part_that_has_a_page_exists_and_so_does_the_page() -> None:
    classes = {
        node.name
        for file in (ROOT / "photosort" / "gui").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    }
    assert set(guide.PAGES) <= classes
    for page in guide.PAGES.values():
        assert (ROOT / "docs" / f"{page}.md").is_file(), page


def test_the_key_opens_the_page_about_where_the_keyboard_is(
    qtbot: QtBot, indexed: MainWindow, opened: list[str]
) -> None:
    indexed.centre.grid.setFocus()
    indexed.commands["guide"].trigger()
    indexed.navigation.go_to_search()
    indexed.commands["guide"].trigger()
    assert opened == ["browsing", "searching"]


def test_an_empty_window_opens_the_first_start(
    qtbot: QtBot, window: MainWindow, opened: list[str]
) -> None:
    qtbot.waitUntil(window.centre.welcome.isVisible)
    window.centre.welcome.setFocus()
    window.commands["guide"].trigger()
    assert opened == ["first-start"]


def test_a_dialog_has_the_key_too(qtbot: QtBot, indexed: MainWindow, opened: list[str]) -> None:
    indexed.centre.grid.selection.select_all()
    indexed.commands["export"].trigger()
    (dialog,) = [
        one for one in indexed.findChildren(QWidget) if type(one).__name__ == "ExportCopiesDialog"
    ]
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog, Qt.Key.Key_F1)
    assert opened == ["export"]
    dialog.close()


def test_without_a_guide_the_window_says_so(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, opened: list[str]
) -> None:
    monkeypatch.setattr(guide, "place_of", lambda page: None)
    window.commands["guide"].trigger()
    assert opened == []
    assert window.workspace.banner.isVisible()


def test_a_package_opens_its_web_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "resources", lambda: tmp_path)
    pages = tmp_path / "help" / "guide"
    pages.mkdir(parents=True)
    for name in ("index", "tags"):
        (pages / f"{name}.html").touch()
    assert guide.place_of("guide/tags") == pages / "tags.html"
    assert guide.place_of("guide/never-written") == pages / "index.html"


def test_the_parts_of_the_window_say_what_they_are(window: MainWindow) -> None:
    for part in (
        window.workspace.search,
        window.workspace.tree,
        window.centre.grid,
        window.workspace.information,
        window.workspace.status,
    ):
        assert part.whatsThis()


def test_about_names_the_model_in_use(qtbot: QtBot, window: MainWindow) -> None:
    window.commands["about"].trigger()
    qtbot.waitUntil(lambda: bool(window.findChildren(AboutDialog)))
    (dialog,) = window.findChildren(AboutDialog)
    qtbot.waitUntil(dialog.isVisible)
    dialog.close()


def test_of_a_photo_that_is_handed_over_those_like_it_are_shown(
    qtbot: QtBot, indexed: MainWindow, draw: Callable[..., Path]
) -> None:
    elsewhere = draw("green", 1, folder="elsewhere") / "green_000.jpg"
    indexed.intake.open_paths([str(elsewhere)])

    def is_asked() -> bool:
        shown = indexed.shown
        return shown is not None and shown.asked.example is not None

    qtbot.waitUntil(is_asked, timeout=10_000)
    assert indexed.book.catalog is not None
    assert len(indexed.book.catalog.roots) == 1


def test_a_grid_in_a_page_of_its_own_belongs_to_the_page() -> None:
    class ReviewPage(QWidget): ...

    class PhotoGrid(QWidget): ...

    page = ReviewPage()
    assert guide.page_for(PhotoGrid(page)) == "guide/tags"
    assert guide.page_for(PhotoGrid()) == "guide/browsing"
    assert guide.page_for(None) == guide.FIRST_PAGE
