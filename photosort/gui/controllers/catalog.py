"""The window's copy of the library: read once, then only where it changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from photosort.gui.base.runner import Runner
from photosort.usecases.photos import photo_table

if TYPE_CHECKING:
    from photosort.usecases.photos.photo_table import Catalog
    from photosort.usecases.session.session import Session

# From here on reading everything again is quicker than picking photos out.
_MANY = 5_000


class CatalogKeeper(QObject):
    """Keeps the catalog up to date in the reading lane; changes that come meanwhile are gathered.

    Signals:
        changed: there is another catalog (`Catalog`, ids of the photos that differ or None for all).
    """

    changed = Signal(object, object)

    def __init__(self, runner: Runner, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._session = session
        self._catalog: Catalog | None = None
        self._stale: set[int] = set()
        self._all_stale = False
        self._is_reading = False

    def begin(self, catalog: Catalog) -> None:
        """Starts from what was read while the library was opened."""
        self._catalog = catalog
        self.changed.emit(catalog, None)

    def load(self) -> None:
        """Reads the whole library."""
        self._all_stale = True
        self._go_on()

    def refresh(self, photo_ids: Iterable[int]) -> None:
        """Reads these photos again."""
        self._stale.update(photo_ids)
        self._go_on()

    def _go_on(self) -> None:
        if self._is_reading or not (self._stale or self._all_stale):
            return
        catalog, changed = self._catalog, frozenset(self._stale)
        whole = self._all_stale or catalog is None
        self._stale.clear()
        self._all_stale = False
        self._is_reading = True
        session = self._session

        def work(_job: object) -> Catalog:
            if whole or catalog is None or len(changed) > _MANY:
                return photo_table.load(session)
            return photo_table.reload(session, catalog, changed)

        def then(fresh: Catalog) -> None:
            self._catalog = fresh
            self.changed.emit(fresh, None if whole else changed)

        self._runner.run(session.lanes.reads, work, then, owner=self, finished=self._on_finished)

    def _on_finished(self) -> None:
        self._is_reading = False
        self._go_on()
