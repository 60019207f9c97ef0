"""Fills the left panel with the library's years, folders, albums and tags."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from photosort.gui.base.runner import Runner
from photosort.gui.panels import sources
from photosort.gui.widgets.source_model import Source
from photosort.gui.widgets.source_tree import SourceTree
from photosort.usecases import overview

if TYPE_CHECKING:
    from photosort.usecases.overview import Overview
    from photosort.usecases.photos.photo_table import Catalog
    from photosort.usecases.session.session import Session

# While photos arrive the tree follows less often than the grid, and rests several times as long as it counted:
# at 100,000 photos counting takes 0.6 s of a core that reads photos and paints.
_DELAY_MS = 400
_REST = 4
_LONGEST_REST_MS = 10_000


class LibraryTree(QObject):
    """Counts in the reading lane, a moment after the library changed.

    Signals:
        overview_changed: what stands beside the photos is other (`Overview`).
    """

    overview_changed = Signal(object)

    def __init__(self, tree: SourceTree, runner: Runner) -> None:
        super().__init__(tree)
        self._tree = tree
        self._runner = runner
        self._session: Session | None = None
        self._catalog: Catalog | None = None
        self._rows = sources.SourceRows()
        # How often everything was read again, and which of these times was counted exactly last.
        self._times_whole = 0
        self._times_exact = -1
        self._chosen = sources.EVERYTHING
        self._keys: dict[str, str] = {}  # query of a saved search to its row
        self._timer = QTimer(self, singleShot=True)
        self._rest_ms = _DELAY_MS
        self._timer.timeout.connect(self._read)

    def open_library(self, session: Session) -> None:
        """Reads from a library from now on."""
        self._session = session

    def set_catalog(self, catalog: Catalog, *, is_whole: bool = True) -> None:
        """Follows another state of the library; the first one at once.

        Args:
            catalog: its photos.
            is_whole: everything was read again; False while photos arrive a few at a time.
        """
        is_first = self._catalog is None
        self._catalog = catalog
        # The status line says the same number, and does not wait for the other rows to be counted.
        self._tree.set_count(sources.EVERYTHING, len(catalog))
        self._times_whole += is_whole
        if is_first:
            self._read()
        else:
            self._read_in(self._rest_ms)

    def refresh(self) -> None:
        """Counts again in a moment."""
        self._read_in(_DELAY_MS)

    def choose(self, query: str) -> None:
        """Marks the row that stands for a query, if there is one."""
        self._chosen = query.strip() or sources.EVERYTHING
        self._choose()

    def stop(self) -> None:
        """Counts no more."""
        self._timer.stop()
        self._session = None

    def _read_in(self, delay_ms: int) -> None:
        if not self._timer.isActive() or self._timer.remainingTime() > delay_ms:
            self._timer.start(delay_ms)

    def _read(self) -> None:
        session, catalog = self._session, self._catalog
        if session is None or catalog is None:
            return

        times = self._times_whole
        exact = times != self._times_exact

        def work(_job: object) -> tuple[Overview, list[Source]]:
            began = time.perf_counter()
            found = overview.load_overview(session, catalog, exact=exact)
            known = sources.Known(
                found.tags,
                [album for album in found.albums if album[0] in found.own_albums],
                found.titles,
                found.saved,
                found.problems,
                found.duplicates,
                found.recent,
            )
            rows = self._rows.rows(catalog, known)
            took_ms = round(1000 * (time.perf_counter() - began))
            self._rest_ms = min(max(_DELAY_MS, _REST * took_ms), _LONGEST_REST_MS)
            return found, rows

        then = partial(self._on_read, times)
        self._runner.latest("overview", session.lanes.reads, work, then, owner=self)

    def _on_read(self, times: int, read: tuple[Overview, list[Source]]) -> None:
        self._times_exact = times
        found, rows = read
        self._keys = {one.query: sources.saved_key(one.id) for one in found.saved}
        self._tree.set_sources(rows)
        if self._catalog is not None:
            self._tree.set_count(sources.EVERYTHING, len(self._catalog))
        self._choose()
        self.overview_changed.emit(found)

    def _choose(self) -> None:
        """Marks a row of the query; of several the one that is marked already."""
        rows = [key for key in (self._chosen, self._keys.get(self._chosen)) if key]
        if self._tree.chosen() not in rows:
            self._tree.choose(next(filter(self._tree.holds, rows), ""))
