"""Photos to the wastebasket, from the window: a question first, progress while it lasts, one step back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from photosort.errors import EnvironmentProblem
from photosort.gui.base import formatting
from photosort.gui.base.runner import Runner
from photosort.gui.widgets.run_progress import run_with_progress
from photosort.progress import Job

if TYPE_CHECKING:
    from photosort.gui.controllers.decisions import Changes
    from photosort.usecases.photos.trash import TrashPlan, TrashRun
    from photosort.usecases.session.session import Session

_SHOWN_PROBLEMS = 20
# What is done sooner needs no dialog.


class TrashController(QObject):
    """Moves photos once the user has agreed.

    Signals:
        moved: these photos (frozenset of ids) are in the wastebasket.
        failed: some could not be moved (`PhotosortError`).
    """

    moved = Signal(object)
    failed = Signal(object)

    def __init__(self, window: QWidget, runner: Runner) -> None:
        super().__init__(window)
        self._window = window
        self._runner = runner
        self._session: Session | None = None
        self._changes: Changes | None = None
        self._is_asking = False

    def open_library(self, session: Session, changes: Changes) -> None:
        """Serves a library from now on."""
        self._session, self._changes = session, changes

    def ask(self, photo_ids: Sequence[int]) -> None:
        """Asks whether photos are to go, and moves them."""
        ids = list(photo_ids)
        if ids:
            self._ask(lambda _session: ids)

    def ask_for_discarded(self) -> None:
        """Asks whether all photos that are marked as discarded are to go, and moves them."""

        def discarded(session: Session) -> list[int]:
            from photosort.usecases.photos import trash

            return trash.discarded(session)

        self._ask(discarded)

    def _ask(self, photos_of: Callable[[Session], list[int]]) -> None:
        session = self._session
        # A key that is pressed twice asks once.
        if session is None or self._is_asking:
            return
        self._is_asking = True

        def work(_job: Job) -> TrashPlan:
            from photosort.usecases.photos import trash

            return trash.plan(session, photos_of(session))

        def failed(_error: Exception) -> bool:
            self._is_asking = False
            return False

        self._runner.run(session.lanes.reads, work, self._show, owner=self, failed=failed)

    def _show(self, plan: TrashPlan) -> None:
        from photosort.gui.dialogs.trash import TrashDialog

        if not plan.photos and not plan.staying:
            self._is_asking = False
            return
        dialog = TrashDialog(plan, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._move(plan))
        dialog.finished.connect(self._on_closed)
        dialog.open()

    def _on_closed(self) -> None:
        self._is_asking = False

    def _move(self, plan: TrashPlan) -> None:
        session = self._session
        if session is None:
            return
        runs: list[TrashRun] = []

        def work(job: Job) -> None:
            from photosort.usecases.photos import trash

            runs.append(trash.trash(session, plan, job=job))

        def finished(_job: Job) -> None:
            # A run that was stopped moved photos, too.
            for run in runs:
                self._on_moved(run, already_told=len(plan.staying))

        run_with_progress(
            self._runner,
            session.lanes.decode,
            work,
            text=self.tr("Moving to the wastebasket"),
            total=len(plan.photos),
            window=self._window,
            owner=self,
            finished=finished,
        )

    def _on_moved(self, run: TrashRun, *, already_told: int) -> None:
        if self._changes is not None:
            self._changes.take(run.change)
        self.moved.emit(run.change.photos)
        fresh = run.staying[already_told:]
        if fresh:
            listed = "\n".join(
                f"{path}: {formatting.translate(reason)}"
                for path, reason in fresh[:_SHOWN_PROBLEMS]
            )
            sentence = self.tr(
                "%Ln photo(s) could not be moved to the wastebasket and are where they were.",
                "",
                len(fresh),
            )
            self.failed.emit(EnvironmentProblem(sentence, listed))
