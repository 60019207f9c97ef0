"""Forgets photos for good, after a question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from photosort.domain.changes import ChangeSet
from photosort.gui.base.runner import Runner

if TYPE_CHECKING:
    from photosort.usecases.photos.forgetting import ForgetRun, Outlook
    from photosort.usecases.session.session import Session


class Forgetting(QObject):
    """Asks, forgets, and tells what could not be reached.

    Signals:
        said: one sentence about what was done.
        changed: photos are gone from the library (`ChangeSet`).
    """

    said = Signal(str)
    changed = Signal(object)

    def __init__(self, window: QWidget, runner: Runner) -> None:
        super().__init__(window)
        self._window = window
        self._runner = runner
        self._session: Session | None = None

    def open_library(self, session: Session) -> None:
        """Serves a library from now on."""
        self._session = session

    def ask(self, photo_ids: Sequence[int]) -> None:
        """Asks whether these photos are to be forgotten."""
        session = self._session
        if session is None or not photo_ids:
            return
        from photosort.usecases.photos import forgetting

        self._runner.run(
            session.lanes.reads,
            lambda _job: forgetting.outlook(session, photo_ids),
            lambda outlook: self._ask(session, photo_ids, outlook),
            owner=self,
        )

    def _ask(self, session: Session, photo_ids: Sequence[int], outlook: Outlook) -> None:
        from photosort.gui.dialogs.forget import ForgetDialog

        dialog = ForgetDialog(outlook, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.agreed.connect(lambda: self._forget(session, photo_ids))
        dialog.open()

    def _forget(self, session: Session, photo_ids: Sequence[int]) -> None:
        from photosort.usecases.photos import forgetting

        self._runner.run(
            session.lanes.models,
            lambda _job: forgetting.forget(session, photo_ids),
            self._on_forgotten,
            owner=self,
        )

    def _on_forgotten(self, run: ForgetRun) -> None:
        self.changed.emit(ChangeSet(everything=True))
        if run.out_of_reach:
            away = ", ".join(map(str, run.out_of_reach))
            self.said.emit(
                self.tr(
                    "Forgotten. Not reached, and cleaned when they are next seen: {backups}"
                ).format(backups=away)
            )
        else:
            self.said.emit(self.tr("%Ln photo(s) forgotten", "", run.photos))
