"""Opens the window's dialogs, provides their data and carries out their results.

Dialogs, and the parts of the library that only they need, are imported when they are opened: together they
would hold the first sight of the window back by half a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QWidget

from photosort.errors import PhotosortError
from photosort.gui.base import desktop_open, formatting
from photosort.gui.base.runner import Runner
from photosort.gui.panels import sources
from photosort.threads.lanes import cores

if TYPE_CHECKING:
    from photosort.gui.dialogs.preferences import FolderRow, ModelRow, PreferencesDialog
    from photosort.progress import Job
    from photosort.settings import Settings
    from photosort.usecases.exporting import ExportOptions, ExportRun
    from photosort.usecases.models.encoders import EncoderRow
    from photosort.usecases.session.session import Session


class DialogController(QObject):
    """Opens dialogs above a window and runs what they ask for in the lanes.

    Signals:
        settings_changed: the user chose other settings (`Settings`).
        folder_asked: a folder is to be added.
        folder_removed: a folder left the library (`ChangeSet`).
        model_changed: another picture model is in use.
        page_asked: a page of the centre (its key in the left panel: str) is to be shown.
    """

    settings_changed = Signal(object)
    folder_asked = Signal()
    folder_removed = Signal(object)
    model_changed = Signal()
    page_asked = Signal(str)

    def __init__(self, window: QWidget, runner: Runner) -> None:
        super().__init__(window)
        self._window = window
        self._runner = runner
        self._session: Session | None = None
        self._is_reporting = False

    def open_library(self, session: Session) -> None:
        """Serves a library from now on."""
        self._session = session

    def export(self, photo_ids: Sequence[int]) -> None:
        """Asks how photos are to be exported, and exports them."""
        session = self._session
        if session is None or not photo_ids:
            return
        from photosort.gui.dialogs.export_copies import ExportCopiesDialog
        from photosort.usecases import exporting

        to = Path(desktop_open.pictures_folder()) / self.tr("Exported")
        dialog = ExportCopiesDialog(len(photo_ids), to, parent=self._window)
        ids = list(photo_ids)
        jobs: list[Job] = []

        def begin(options: ExportOptions) -> None:
            def failed(error: Exception) -> bool:
                if isinstance(error, PhotosortError):
                    dialog.show_failure(formatting.translate(error.user_message))
                return isinstance(error, PhotosortError)

            def work(job: Job) -> ExportRun:
                return exporting.export(session, ids, options, job=job)

            job = self._runner.run(
                session.lanes.decode, work, dialog.show_result, owner=dialog, failed=failed
            )
            self._runner.watch(job, dialog.show_progress, owner=dialog)
            jobs.append(job)

        def stop() -> None:
            for job in jobs:
                job.cancel()

        dialog.export_asked.connect(begin)
        dialog.cancel_asked.connect(stop)
        dialog.folder_asked.connect(desktop_open.open_file)
        _open(dialog)

    def preferences(self, settings: Settings) -> None:
        """Shows the user's choices; each holds at once."""
        session = self._session
        if session is None:
            return
        from photosort.gui.dialogs.preferences import PreferencesDialog

        dialog = PreferencesDialog(settings, cores=cores(), parent=self._window)
        dialog.changed.connect(self.settings_changed)
        dialog.folder_add_asked.connect(self.folder_asked)
        dialog.folder_remove_asked.connect(lambda root: self._remove_folder(dialog, root))
        dialog.model_chosen.connect(self._use_model)
        dialog.models_asked.connect(lambda: self.page_asked.emit(sources.MODELS))
        dialog.tags_asked.connect(lambda: self.page_asked.emit(sources.TAGS))
        self._fill(dialog)
        _open(dialog)

    def shortcuts(self, sections: Sequence[tuple[str, Sequence[QAction]]]) -> None:
        """Shows all keys."""
        from photosort.gui.dialogs.shortcut_sheet import ShortcutSheet

        _open(ShortcutSheet(sections, self._window))

    def about(self) -> None:
        """Shows what this is, what sees the pictures, and whose work it stands on."""
        from photosort.gui.dialogs.about import AboutDialog
        from photosort.usecases.models import encoders
        from photosort.usecases.session import about

        session = self._session
        if session is None:
            return

        def work(_job: object) -> tuple[about.Installation, list[EncoderRow]]:
            return about.installation(), encoders.catalogue(session)

        def then(found: tuple[about.Installation, list[EncoderRow]]) -> None:
            model = next((row for row in found[1] if row.in_use), None)
            dialog = AboutDialog(
                found[0],
                model=model.name if model else "",
                model_licence=(model.licence or "") if model else "",
                parent=self._window,
            )
            dialog.file_asked.connect(desktop_open.open_file)
            _open(dialog)

        self._runner.run(session.lanes.reads, work, then, owner=self)

    def report(self, trace: str) -> None:
        """Says that there is a mistake in the program, and writes a report that nobody is sent."""
        session = self._session
        if session is None or self._is_reporting:
            return
        from photosort.gui.dialogs.crash import CrashDialog, write_report

        self._is_reporting = True

        def work(_job: object) -> Path:
            return write_report(session.paths.home, trace)

        def then(path: Path) -> None:
            _open(CrashDialog(trace, path, self._window))

        def failed(_error: Exception) -> bool:
            _open(CrashDialog(trace, None, self._window))
            return True

        self._runner.run(
            session.lanes.decode,
            work,
            then,
            owner=self,
            failed=failed,
            finished=self._on_reported,
        )

    def _on_reported(self) -> None:
        self._is_reporting = False

    def _fill(self, dialog: PreferencesDialog) -> None:
        session = self._session
        if session is None:
            return

        from photosort.gui.dialogs.preferences import FolderRow, ModelRow
        from photosort.usecases.models import encoders
        from photosort.usecases.photos import roots

        def work(_job: object) -> tuple[list[FolderRow], list[ModelRow]]:
            counts = roots.photo_counts(session)
            folders = [
                FolderRow(root.id, root.path, root.online, counts.get(root.id, 0))
                for root in roots.known(session)
            ]
            models = [
                ModelRow(row.name, _about(row), row.in_use)
                for row in encoders.catalogue(session)
                if row.installed
            ]
            return folders, models

        def then(found: tuple[list[FolderRow], list[ModelRow]]) -> None:
            dialog.show_folders(found[0])
            dialog.show_models(found[1])

        self._runner.run(session.lanes.reads, work, then, owner=dialog)

    def _remove_folder(self, dialog: PreferencesDialog, root_id: int) -> None:
        session = self._session
        if session is None:
            return
        from photosort.usecases.photos import roots

        self._runner.run(
            session.lanes.reads,
            lambda _job: roots.remove(session, root_id),
            self.folder_removed.emit,
            owner=dialog,
            finished=lambda: self._fill(dialog),
        )

    def _use_model(self, name: str) -> None:
        session = self._session
        if session is not None:
            from photosort.usecases.models import encoder_change

            self._runner.run(
                session.lanes.models,
                lambda _job: encoder_change.use(session, name),
                lambda _none: self.model_changed.emit(),
                owner=self,
            )


def _open(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def _about(row: EncoderRow) -> str:
    parts = []
    if row.photos_per_second:
        parts.append(formatting.rate(row.photos_per_second))
    if row.size_mb:
        parts.append(formatting.size(round(row.size_mb * 1e6)))
    if row.licence:
        parts.append(row.licence)
    return "  \u00b7  ".join(parts)
