"""Imports photos in the window: the dialog, copying beside everything else, and what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from photosort.errors import EnvironmentProblem, PhotosortError
from photosort.gui.base import formatting
from photosort.gui.base.runner import Runner
from photosort.progress import Job

if TYPE_CHECKING:
    from photosort.domain.changes import ChangeSet
    from photosort.gui.controllers.decisions import Changes
    from photosort.gui.controllers.index_worker import IndexWorker
    from photosort.gui.dialogs.import_photos import ImportChoice, ImportPhotosDialog
    from photosort.media.photo_sources import PhotoSource
    from photosort.usecases.importing.copying import ImportRun
    from photosort.usecases.importing.source import Source
    from photosort.usecases.session.session import Session

_SHOWN_PROBLEMS = 20


class PhotoImport(QObject):
    """One import at a time.

    Signals:
        progressed: where the copying stands (`Progress`), or None once it ended.
        imported: photos came in; a sentence about it.
        said: a sentence where none came.
        failed: something could not be imported (`PhotosortError`).
        chosen: target and template that the user chose (str, str).
    """

    progressed = Signal(object)
    imported = Signal(str)
    said = Signal(str)
    failed = Signal(object)
    chosen = Signal(str, str)

    def __init__(self, window: QWidget, runner: Runner) -> None:
        super().__init__(window)
        self._window = window
        self._runner = runner
        self._session: Session | None = None
        self._changes: Changes | None = None
        self._worker: IndexWorker | None = None
        self._job: Job | None = None

    @property
    def is_running(self) -> bool:
        """Whether photos are being copied."""
        return self._job is not None

    def open_library(self, session: Session, changes: Changes, worker: IndexWorker) -> None:
        """Serves a library from now on."""
        self._session, self._changes, self._worker = session, changes, worker

    def ask(self, to: str, template: str) -> None:
        """Asks what is to be imported.

        Args:
            to: the folder that photos go to, at first.
            template: folders below it, at first.
        """
        session = self._session
        if session is None:
            return
        if self._job is not None:
            self.said.emit(self.tr("Photos are being imported already."))
            return
        from photosort.gui.dialogs.import_photos import ImportPhotosDialog

        dialog = ImportPhotosDialog(to, template, parent=self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.sources_asked.connect(lambda: self._find(session, dialog))
        dialog.look_asked.connect(lambda source, to: self._look(session, dialog, source, to))
        dialog.import_asked.connect(self._begin)
        dialog.finished.connect(lambda _result: self._runner.drop("import look"))
        dialog.open()
        self._find(session, dialog)

    def cancel(self) -> None:
        """Ends the copying; what is whole stays."""
        if self._job is not None:
            self._job.cancel()

    def _find(self, session: Session, dialog: ImportPhotosDialog) -> None:
        def work(_job: Job) -> list[PhotoSource]:
            from photosort.media import photo_sources

            return photo_sources.find_sources()

        key, lane = "import sources", session.lanes.reads
        self._runner.latest(key, lane, work, dialog.show_sources, owner=dialog)

    def _look(self, session: Session, dialog: ImportPhotosDialog, source: str, to: str) -> None:
        def work(job: Job) -> Source:
            from photosort.usecases.importing.known_contents import KnownContents
            from photosort.usecases.importing.source import look

            target = Path(to).expanduser().absolute()
            return look(source, KnownContents(session, target, check=job.check), job=job)

        def failed(error: Exception) -> bool:
            if isinstance(error, PhotosortError):
                dialog.show_problem(formatting.translate(error.user_message))
            return isinstance(error, PhotosortError)

        key, lane, then = "import look", session.lanes.copies, dialog.show_found
        job = self._runner.latest(key, lane, work, then, owner=dialog, failed=failed)
        self._runner.watch(job, dialog.show_looking, owner=dialog)

    def _begin(self, choice: ImportChoice) -> None:
        session = self._session
        if session is None or self._job is not None:
            return
        self.chosen.emit(choice.to, choice.template)
        runs: list[ImportRun] = []

        def work(job: Job) -> None:
            from photosort.usecases.importing import template
            from photosort.usecases.importing.copying import copy

            places = template.parse(choice.template)
            runs.append(copy(session, choice.source, Path(choice.to), places, job=job))

        def finished() -> None:
            self._job = None
            self.progressed.emit(None)
            # A run that was stopped copied photos, too.
            for run in runs:
                self._register(run)

        job = self._runner.run(session.lanes.copies, work, owner=self, finished=finished)
        self._job = job
        self._runner.watch(job, self.progressed.emit, owner=self)

    def _register(self, run: ImportRun) -> None:
        """Takes what was copied into the library, before the pictures that wait to be read."""
        session, worker = self._session, self._worker
        if session is None or worker is None:
            return

        def work(job: Job) -> ChangeSet:
            from photosort.usecases.importing.registering import register

            return register(session, run, job=job).change

        if run.brings_files:
            worker.interrupt()
        self._runner.run(
            session.lanes.worker,
            work,
            lambda change: self._on_registered(run, change),
            owner=self,
            finished=lambda: worker.start([str(run.to)]) if run.brings_files else None,
        )

    def _on_registered(self, run: ImportRun, change: ChangeSet) -> None:
        if self._changes is not None and change.history_id is not None:
            self._changes.take(change)
        text = self._in_words(run)
        if run.photos:
            self.imported.emit(text)
        elif not run.problems and run.stopped is None:
            self.said.emit(text)
        listed = "\n".join(
            f"{path}: {formatting.translate(reason)}"
            for path, reason in run.problems[:_SHOWN_PROBLEMS]
        )
        if run.stopped is not None:
            self.failed.emit(run.stopped)
        elif run.problems:
            sentence = self.tr(
                "%Ln file(s) could not be imported; they are where they were.",
                "",
                len(run.problems),
            )
            self.failed.emit(EnvironmentProblem(sentence, listed))

    def _in_words(self, run: ImportRun) -> str:
        """What came of an import, and whether its card can be removed."""
        parts = []
        if run.photos:
            parts.append(self.tr("%Ln photo(s) imported.", "", run.photos))
        if run.skipped:
            parts.append(self.tr("%Ln photo(s) were there already.", "", run.skipped))
        if run.is_complete:
            parts.append(self.tr("The card or phone can be removed."))
        return " ".join(parts) or self.tr("No photos were imported.")
