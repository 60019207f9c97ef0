"""Feeds the left panel with the library's years, folders, albums and tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from photosort.gui.panels import sources
from photosort.gui.runner import Runner
from photosort.gui.widgets.source_model import Source
from photosort.gui.widgets.source_tree import SourceTree
from photosort.library import overview
from photosort.search.query import Suggestions

if TYPE_CHECKING:
    from photosort.library.browsing import Catalog
    from photosort.library.session import Session

# While photos arrive the tree follows less often than the grid.
_DELAY_MS = 400


class LibraryTree(QObject):
    """Counts in the reading lane, a moment after the library changed.

    Signals:
        suggestions_changed: the names in the library are other ones (`Suggestions`).
    """

    suggestions_changed = Signal(object)

    def __init__(self, tree: SourceTree, runner: Runner) -> None:
        super().__init__(tree)
        self._tree = tree
        self._runner = runner
        self._session: Session | None = None
        self._catalog: Catalog | None = None
        self._chosen = sources.EVERYTHING
        self._timer = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._timer.timeout.connect(self._read)

    def open_library(self, session: Session) -> None:
        """Reads from a library from now on."""
        self._session = session

    def set_catalog(self, catalog: Catalog) -> None:
        """Follows another state of the library; the first one at once."""
        is_first = self._catalog is None
        self._catalog = catalog
        if is_first:
            self._read()
        else:
            self.refresh()

    def refresh(self) -> None:
        """Counts anew in a moment."""
        if not self._timer.isActive():
            self._timer.start()

    def choose(self, query: str) -> None:
        """Marks the row that stands for a query, if there is one."""
        self._chosen = query.strip() or sources.EVERYTHING
        self._tree.choose(self._chosen)

    def stop(self) -> None:
        """Counts no more."""
        self._timer.stop()
        self._session = None

    def _read(self) -> None:
        session, catalog = self._session, self._catalog
        if session is None or catalog is None:
            return

        def work(_job: object) -> tuple[Suggestions, list[Source]]:
            found = overview.look(session, catalog)
            known = sources.Known(found.tags, found.albums, found.problems)
            return found.suggestions, sources.rows(catalog, known)

        self._runner.latest("overview", session.lanes.reads, work, self._on_read, owner=self)

    def _on_read(self, found: tuple[Suggestions, list[Source]]) -> None:
        suggestions, rows = found
        self._tree.set_sources(rows)
        self._tree.choose(self._chosen)
        self.suggestions_changed.emit(suggestions)
