"""The guide opens where the user is, About says what this is, and a photo handed over is searched by."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QWidget

from photosort import paths
from photosort.gui.base import guide
from photosort.gui.dialogs.about import AboutDialog
from photosort.gui.dialogs.guide_reader import GuideReader

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from photosort.gui.shell.window import MainWindow

ROOT = Path(__file__).parents[3]


def page(window: QWidget) -> str:
    """Name of the page that is open."""
    (reader,) = window.findChildren(GuideReader)
    assert reader.isVisible()
    name = Path(reader.pages.source().toLocalFile()).stem
    reader.close()
    return name


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
    qtbot: QtBot, indexed: MainWindow
) -> None:
    indexed.centre.grid.setFocus()
    indexed.commands["guide"].trigger()
    assert page(indexed) == "browsing"
    indexed.activateWindow()
    indexed.navigation.go_to_search()
    indexed.commands["guide"].trigger()
    assert page(indexed) == "searching"


def test_the_guide_has_its_pictures_and_follows_its_links(
    qtbot: QtBot, indexed: MainWindow
) -> None:
    indexed.navigation.go_to_search()
    indexed.commands["guide"].trigger()
    (reader,) = indexed.findChildren(GuideReader)
    pages = reader.pages
    assert "Describe the photo in your own words" in pages.toPlainText()
    picture = pages.loadResource(
        QTextDocument.ResourceType.ImageResource.value, QUrl("../images/search-light.webp")
    )
    assert isinstance(picture, QImage)
    assert 300 < picture.width() <= pages.viewport().width()
    pages.setSource(pages.source().resolved(QUrl("../query-language.md")))
    assert "OR" in pages.toPlainText()
    pages.backward()
    assert page(indexed) == "searching"


def test_an_empty_window_opens_the_first_start(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(window.centre.welcome.isVisible)
    window.centre.welcome.setFocus()
    window.commands["guide"].trigger()
    assert page(window) == "first-start"


def test_a_dialog_has_the_key_too(qtbot: QtBot, indexed: MainWindow) -> None:
    indexed.centre.grid.selection.select_all()
    indexed.commands["export"].trigger()
    (dialog,) = [
        one for one in indexed.findChildren(QWidget) if type(one).__name__ == "ExportCopiesDialog"
    ]
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog, Qt.Key.Key_F1)
    assert page(dialog) == "export"
    dialog.close()


def test_without_a_guide_the_window_says_so(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guide, "place_of", lambda page: None)
    window.commands["guide"].trigger()
    assert window.findChild(GuideReader) is None
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
