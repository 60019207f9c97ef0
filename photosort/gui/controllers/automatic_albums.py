"""Groups photos into albums by themselves once they were read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from photosort.errors import PhotosortError

if TYPE_CHECKING:
    from photosort.gui.base.runner import Runner
    from photosort.progress import Job
    from photosort.usecases.albums.automatic_albums import Grouped
    from photosort.usecases.indexing.summary import IndexSummary
    from photosort.usecases.session.session import Session

# Fewer are no trips, and no kinds of things of which one has several.
FEWEST_PHOTOS = 40


class AutomaticAlbums(QObject):
    """Runs in the worker lane after an index run; the first time albums are made, later ones are suggested.

    Signals:
        grouped: albums or suggestions are other than before.
    """

    grouped = Signal()

    def __init__(self, runner: Runner, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._session = session
        self._job: Job | None = None

    def follow(self, summary: IndexSummary | None) -> None:
        """Groups what an index run read; a run that was stopped waits for the next one."""
        if summary is None or summary.cancelled or not summary.embedded:
            return
        if summary.photos < FEWEST_PHOTOS or self._job is not None:
            return
        session = self._session

        def work(job: Job) -> Grouped:
            # Brings the encoder along.
            from photosort.usecases.albums.automatic_albums import group

            return group(session, job, is_asked_for=False)

        self._job = self._runner.run(
            session.lanes.worker,
            work,
            self._on_grouped,
            owner=self,
            # Nobody asked for it; the page of the albums says what is wrong.
            failed=lambda error: isinstance(error, PhotosortError),
            finished=self._on_finished,
        )

    def cancel(self) -> None:
        """Makes room for an index run, after which photos are grouped again."""
        if self._job is not None:
            self._job.cancel()

    def _on_grouped(self, done: Grouped) -> None:
        if done.made or done.waiting:
            self.grouped.emit()

    def _on_finished(self) -> None:
        self._job = None
