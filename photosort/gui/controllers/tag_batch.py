"""Accepts many suggestions at once: runs the dialog's work in the lanes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from photosort.gui.base.jpeg_images import jpeg_image
from photosort.gui.base.runner import Runner
from photosort.progress import Job

if TYPE_CHECKING:
    from photosort.gui.controllers.decisions import Changes
    from photosort.usecases.session.session import Session
    from photosort.usecases.tags.batch import Batch

_SAMPLE_PX = 144


class TagBatch(QObject):
    """Opens the dialog for photos and carries out what it says."""

    def __init__(self, window: QWidget, runner: Runner) -> None:
        super().__init__(window)
        self._window = window
        self._runner = runner
        self._session: Session | None = None
        self._changes: Changes | None = None

    def open_library(self, session: Session, changes: Changes) -> None:
        """Serves a library from now on."""
        self._session, self._changes = session, changes

    def ask(self, photo_ids: Sequence[int]) -> None:
        """Shows the suggestions on photos that could be accepted."""
        session, changes = self._session, self._changes
        if session is None or changes is None or not len(photo_ids):
            return
        from photosort.gui.dialogs.tag_batch import TagBatchDialog

        ids = [int(photo_id) for photo_id in photo_ids]
        dialog = TagBatchDialog(len(ids), self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        held: list[Batch] = []

        def work(job: Job) -> Batch:
            from photosort.usecases.tags import batch

            return batch.prepare(session, ids, job=job)

        def then(found: Batch) -> None:
            held.append(found)
            dialog.show_batch(found)

        def failed(_error: Exception) -> bool:
            dialog.reject()
            return False

        job = self._runner.run(session.lanes.reads, work, then, owner=dialog, failed=failed)
        self._runner.watch(job, dialog.show_progress, owner=dialog)

        def accept(threshold: float, without: frozenset[str]) -> None:
            from photosort.usecases.tags import batch

            changes.carry_out(lambda: batch.accept(session, held[0], threshold, without=without))

        def stop() -> None:
            job.cancel()

        dialog.accepted_from.connect(accept)
        # Not the method itself: a job has no weak references, which Qt would need.
        dialog.stopped.connect(stop)
        dialog.samples_asked.connect(lambda wanted: self._fetch(dialog, wanted))
        dialog.open()

    def _fetch(self, dialog: QWidget, wanted: Sequence[int]) -> None:
        from photosort.gui.dialogs.tag_batch import TagBatchDialog

        session = self._session
        if session is None or not isinstance(dialog, TagBatchDialog):
            return

        def work(_job: Job) -> list[QImage]:
            from photosort.usecases.photos import thumbnails

            found = thumbnails.stored(session, wanted, _SAMPLE_PX)
            return [
                jpeg_image(found[photo_id].jpeg)
                for photo_id in wanted
                if photo_id in found and found[photo_id].jpeg
            ]

        self._runner.latest("samples", session.lanes.reads, work, dialog.show_samples, owner=dialog)
