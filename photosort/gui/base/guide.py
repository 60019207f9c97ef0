"""Finds the page of the guide for where the user is; descriptions of the window's parts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QWidget

from photosort import paths

# Class of a part of the window to the page of the guide about it. Names, because many parts are imported late.
PAGES = {
    "WelcomePage": "guide/first-start",
    "SearchBar": "guide/searching",
    "FilterBar": "guide/searching",
    "DateRangeDialog": "guide/searching",
    "EmptyState": "guide/searching",
    "SourceTree": "guide/browsing",
    "PhotoGrid": "guide/browsing",
    "Loupe": "guide/browsing",
    "CompareView": "guide/browsing",
    "InformationPanel": "guide/tags",
    "TagsPage": "guide/tags",
    "ReviewPage": "guide/tags",
    "AlbumsPage": "guide/albums",
    "MapPage": "guide/map",
    "DuplicatesPage": "guide/duplicates",
    "ModelsPage": "guide/picture-models",
    "ProblemsPage": "guide/problems",
    "ExportCopiesDialog": "guide/export",
    "ImportPhotosDialog": "guide/import",
}
FIRST_PAGE = "guide/index"


def page_for(widget: QWidget | None) -> str:
    """The page about the outermost part that a widget belongs to: a grid in a page of its own is that page's."""
    page = FIRST_PAGE
    while widget is not None:
        page = PAGES.get(type(widget).__name__, page)
        widget = widget.parentWidget()
    return page


def place_of(page: str) -> Path | None:
    """Where a page of the guide lies: in a package as a web page, in a checkout as its source."""
    folders = (
        (paths.resources() / "help", ".html"),
        (Path(paths.__file__).parents[1] / "docs", ".md"),
    )
    for folder, ending in folders:
        for name in (page, FIRST_PAGE):
            path = folder / f"{name}{ending}"
            if path.is_file():
                return path
    return None


def page_about(shown: Sequence[QWidget | None]) -> Path | None:
    """Where the page lies that is about what the user means; None where there is no guide.

    Args:
        shown: what the user may mean, the likeliest first: what has the keyboard, what fills the window.
    """
    focus = QApplication.focusWidget()
    pages = [page_for(widget) for widget in (focus, *shown)]
    return place_of(next((page for page in pages if page != FIRST_PAGE), FIRST_PAGE))


def explain(
    *,
    search: QWidget,
    filters: QWidget,
    sources: QWidget,
    photos: QWidget,
    information: QWidget,
    status: QWidget,
) -> None:
    """Gives the parts of the window their "What's this?" texts.

    Args:
        search: the line above the photos.
        filters: the filter bar below it.
        sources: the left panel.
        photos: the grid.
        information: the right panel.
        status: the line below.
    """
    texts = (
        (
            search,
            QCoreApplication.translate(
                "guide",
                "Describe what the photos show, in your own words. Filters such as after:2023 or camera:nikon can stand "
                "beside the words, and a minus before a word leaves out what shows it.",
            ),
        ),
        (
            filters,
            QCoreApplication.translate(
                "guide",
                "What the search can be narrowed to, each with the number of photos that it leaves. A choice becomes a "
                "filter in the search field; chosen again, it goes.",
            ),
        ),
        (
            sources,
            QCoreApplication.translate(
                "guide",
                "Where your photos come from: all of them, by time, by folder, by tag. A click shows what belongs there.",
            ),
        ),
        (
            photos,
            QCoreApplication.translate(
                "guide",
                "Your photos. The arrow keys move, Space or Enter opens one, Ctrl and the wheel change the size. Folders "
                "can be dropped here.",
            ),
        ),
        (
            information,
            QCoreApplication.translate(
                "guide",
                "What is known of the selected photos. Tags with a broken outline are suggestions: yes and no teach "
                "Photosort, and Why says what it saw.",
            ),
        ),
        (
            status,
            QCoreApplication.translate(
                "guide",
                "What is selected, which filters are on, and what is being done in the background, which can be paused.",
            ),
        ),
    )
    for part, text in texts:
        part.setWhatsThis(text)
