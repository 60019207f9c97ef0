"""Badges of photos for tags and copies, computed in the background after the window is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from photosort.gui.base.runner import Runner
from photosort.gui.controllers.photo_facts import Badges
from photosort.usecases.photos import photo_table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.gui.controllers.photo_facts import PhotoFacts
    from photosort.usecases.session.session import Session

# While photos arrive the library changes several times a second, and badges are no hurry.
_DELAY_MS = 400


class BadgeKeeper(QObject):
    """Keeps the book's badges up to date in the reading lane.

    Signals:
        changed: the book says other badges than before.
    """

    changed = Signal()

    def __init__(
        self,
        runner: Runner,
        session: Session,
        book: PhotoFacts,
        suggested: Callable[[set[str]], NDArray[np.int64]],
        parent: QObject | None = None,
    ) -> None:
        """Begins with nothing.

        Args:
            runner: brings the answers.
            session: the open library.
            book: is told.
            suggested: the photos for which one of some tags, or any if there is none, is suggested now.
            parent: as usual in Qt.
        """
        super().__init__(parent)
        self._runner = runner
        self._session = session
        self._book = book
        self._suggested = suggested
        self._timer = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._timer.timeout.connect(self._read)

    def refresh(self) -> None:
        """Reads again in a moment."""
        if not self._timer.isActive():
            self._timer.start()

    def close(self) -> None:
        """Reads no more."""
        self._timer.stop()

    def _read(self) -> None:
        session, suggested = self._session, self._suggested

        def work(_job: object) -> Badges:
            decided, copied = photo_table.badge_sets(session)
            return Badges(decided, suggested(set()), copied)

        self._runner.latest("badges", session.lanes.reads, work, self._on_read, owner=self)

    def _on_read(self, badges: Badges) -> None:
        if self._book.set_badges(badges):
            self.changed.emit()
