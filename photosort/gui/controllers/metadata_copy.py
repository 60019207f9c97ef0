"""Copies the metadata of a photo and pastes it on others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from photosort.gui.base import formatting
from photosort.gui.base.runner import Runner

if TYPE_CHECKING:
    from photosort.domain.changes import ChangeSet
    from photosort.gui.controllers.decisions import Changes
    from photosort.usecases.photos.metadata_set import MetadataSet
    from photosort.usecases.session.session import Session


class MetadataCopy(QObject):
    """Holds what was copied as long as the library is open.

    Signals:
        said: one sentence about what was copied, or why nothing can be pasted.
    """

    said = Signal(str)

    def __init__(self, window: QWidget, runner: Runner) -> None:
        super().__init__(window)
        self._window = window
        self._runner = runner
        self._session: Session | None = None
        self._changes: Changes | None = None
        self._copied: MetadataSet | None = None

    def open_library(self, session: Session, changes: Changes) -> None:
        """Serves a library from now on."""
        self._session, self._changes, self._copied = session, changes, None

    def copy(self, photo_id: int) -> None:
        """Takes down what is known of a photo."""
        session = self._session
        if session is None or photo_id < 0:
            return

        def work(_job: object) -> MetadataSet:
            from photosort.usecases.photos import metadata_set

            return metadata_set.copied(session, photo_id)

        self._runner.latest(
            "copied metadata", session.lanes.reads, work, self._on_copied, owner=self
        )

    def ask(self, photo_ids: Sequence[int]) -> None:
        """Asks what of it is pasted on photos, and pastes it."""
        what, ids = self._copied, list(photo_ids)
        if what is None:
            self.said.emit(self.tr("Copy the metadata of a photo first."))
        elif ids:
            from photosort.gui.dialogs.paste_metadata import PasteMetadataDialog

            dialog = PasteMetadataDialog(what, len(ids), self._window)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.pasted.connect(lambda chosen: self._paste(ids, chosen))
            dialog.open()

    def _on_copied(self, what: MetadataSet) -> None:
        parts = what.parts().values()
        self._copied = what if parts else None
        if parts:
            facts = "; ".join(map(formatting.translate, parts))
            self.said.emit(self.tr("Copied: {facts}").format(facts=facts))
        else:
            self.said.emit(self.tr("Nothing is known of this photo that could be copied."))

    def _paste(self, photo_ids: Sequence[int], what: MetadataSet) -> None:
        session, changes = self._session, self._changes
        if session is None or changes is None:
            return

        def work() -> ChangeSet:
            from photosort.usecases.photos import metadata_set

            return metadata_set.paste(session, photo_ids, what)

        changes.carry_out(work)
