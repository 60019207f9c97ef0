"""Says in the window how the index run stands, and what its end brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from photosort.gui.controllers.keyword_files import KeywordFiles
    from photosort.gui.panels.first_steps import FirstSteps
    from photosort.gui.shell.open_library import OpenLibrary
    from photosort.gui.shell.workspace import Workspace
    from photosort.progress import Progress
    from photosort.usecases.indexing.summary import IndexSummary


class RunStatus(QObject):
    """Takes the worker's news to the status line, and the end of a run to those who wait for it."""

    def __init__(
        self,
        library: OpenLibrary,
        workspace: Workspace,
        keyword_files: KeywordFiles,
        first_steps: FirstSteps,
    ) -> None:
        """Listens from now on.

        Args:
            library: whose worker reads.
            workspace: its status line and toast show the run.
            keyword_files: looks at what other programs wrote.
            first_steps: offers searches once there is something to search.
        """
        super().__init__(library)
        self._library = library
        self._workspace = workspace
        self._strip = workspace.status.worker
        self._keyword_files = keyword_files
        self._first_steps = first_steps
        worker = library.worker
        worker.progressed.connect(self._on_progress)
        worker.finished.connect(self._on_finished)
        library.watch.unwatchable.connect(self._on_unwatchable)
        self._strip.pause_asked.connect(lambda on: worker.pause(on=on))
        self._strip.cancel_asked.connect(worker.cancel)

    def _on_progress(self, progress: Progress, paused: bool) -> None:  # noqa: FBT001 (a slot)
        self._strip.show_progress(progress, is_paused=paused)

    def _on_finished(self, summary: IndexSummary | None) -> None:
        if not self._library.worker.is_running:
            self._strip.show_idle()
        self._keyword_files.look()
        if summary is not None and summary.embedded and not summary.cancelled:
            self._first_steps.offer(self._library.session)

    def _on_unwatchable(self, folder: str) -> None:
        self._workspace.toast.show_text(
            self.tr("Changes in {folder} appear within a few minutes.").format(folder=folder)
        )
