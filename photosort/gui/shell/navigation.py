"""Navigation: to a search, a row of the left panel, a page, similar photos."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget

from photosort.gui.panels import sources
from photosort.search.query_language import parse_leniently
from photosort.search.query_language.writer import quoted_value

if TYPE_CHECKING:
    from photosort.domain.pictures import Box
    from photosort.gui.controllers.browser import Browser, Shown
    from photosort.gui.controllers.photo_facts import PhotoFacts
    from photosort.gui.panels.collections import CollectionsPanel
    from photosort.gui.panels.library_tree import LibraryTree
    from photosort.gui.shell.workspace import Workspace

# More than these make no clearer example, and each may have to be decoded.
_MOST_EXAMPLES = 8


class Navigation(QObject):
    """Takes wishes of all parts to the search field, the centre and the left panel, so that they agree."""

    def __init__(
        self,
        workspace: Workspace,
        views: QStackedWidget,
        book: PhotoFacts,
        rows: LibraryTree,
        shelf: CollectionsPanel,
    ) -> None:
        """Goes nowhere yet.

        Args:
            workspace: the search field and the centre.
            views: everything that can fill the window; its first page is the workspace.
            book: the photos as the window knows them.
            rows: the left panel.
            shelf: knows the saved searches.
        """
        super().__init__(workspace)
        self._centre = workspace.centre
        self._search = workspace.search
        self._views = views
        self._book = book
        self._rows = rows
        self._shelf = shelf
        self._browser: Browser | None = None
        # The page that the photos were opened from, and their query: Esc goes back to it.
        self._origin = ("", "")

    def open_library(self, browser: Browser) -> None:
        """Searches in a library from now on."""
        self._browser = browser
        self._search.text_asked.connect(self._on_text)
        self._search.text_asked.connect(browser.ask)
        self._search.text_asked.connect(self._rows.choose)
        self._search.alike_asked.connect(browser.ask_alike)
        self._search.order_asked.connect(browser.sort)
        browser.refused.connect(self._search.field.set_problem)
        browser.shown.connect(self._on_shown)
        browser.awaited.connect(self._on_awaited)

    def go_to(self, key: str) -> None:
        """Shows a row of the left panel: its key is the query, but for pages of their own."""
        pages = self._centre.pages
        if key == sources.EVERYTHING:
            self._search.ask("")
            self._centre.show_answer()
        elif key in pages:
            # A page has no query, and what stood in the field would seem to narrow it.
            self._search.reset()
            if self._browser is not None:
                self._browser.reset()
            pages.show(key)
            self._rows.choose(key)
        else:
            query = self._shelf.query_of(key)
            self._search.ask(key if query is None else query)
            self._centre.show_answer()

    def go_from_page(self, key: str) -> None:
        """Shows what a page of the centre asks for; Esc leads back to the page."""
        pages = self._centre.pages
        page = pages.current_key
        self.go_to(key)
        if key not in pages:
            self._origin = (page, self._search.field.query())

    def go_back(self) -> None:
        """Goes back to the page that the photos were opened from, else to all photos."""
        page, query = self._origin
        self._origin = ("", "")
        if page and self._centre.pages.current is None and query == self._search.field.query():
            self.go_to(page)
        else:
            self.show_all()

    def add(self, term: str) -> None:
        """Adds what was clicked to the search."""
        self._leave_large()
        self._search.add(term)
        self._centre.show_answer()

    def add_tag(self, name: str) -> None:
        """Adds a tag to the search."""
        self.add(f"tag:{quoted_value(name)}")

    def find_alike(self, photo_ids: Sequence[int]) -> None:
        """Shows photos like some, which are one example together."""
        chosen = photo_ids[:_MOST_EXAMPLES]
        if chosen:
            self._ask_alike(chosen, None)

    def find_part(self, photo_id: int, box: Box) -> None:
        """Shows photos like a part of one."""
        self._ask_alike([photo_id], box)

    def go_to_search(self) -> None:
        """Goes to the search field."""
        self._leave_large()
        self._search.field.select_all()

    def show_all(self) -> None:
        """Shows all photos."""
        self._search.ask("")
        self._centre.show_answer()
        self._centre.grid.setFocus()

    def _ask_alike(self, photo_ids: Sequence[int], box: Box | None) -> None:
        self._leave_large()
        paths = self._book.paths(np.array(photo_ids, np.int64))
        self._search.ask_alike(paths, photo_ids[0], box)

    def _leave_large(self) -> None:
        self._views.setCurrentIndex(0)

    def _on_text(self) -> None:
        self._search.field.set_problem("")

    def _on_awaited(self) -> None:
        self._search.field.set_note(self.tr("Searching\u2026"))

    def _on_shown(self, shown: Shown) -> None:
        self._search.field.set_problem("")
        self._search.field.set_note(" ".join(shown.notes))
        sort = parse_leniently(shown.asked.text)[0].sort or shown.asked.sort
        self._search.show_order(sort, is_ranked=shown.is_ranked)
