"""Keyword files in the window: written when asked for, following decisions, with a question where both sides changed."""

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
    from photosort.domain.changes import ChangeSet
    from photosort.usecases.session.session import Session
    from photosort.usecases.sidecars.sidecar_conflicts import Conflict, Side
    from photosort.usecases.sidecars.sidecar_sync import SidecarRun

_SHOWN_PROBLEMS = 20
# What is done sooner needs no dialog.


class KeywordFiles(QObject):
    """Writes in small parts, between which other changes get their turn.

    Signals:
        said: one sentence about what was written.
        failed: some could not be written (`PhotosortError`).
        changed: what was settled changed the library (frozenset of photo ids).
    """

    said = Signal(str)
    failed = Signal(object)
    changed = Signal(object)

    def __init__(self, window: QWidget, runner: Runner) -> None:
        super().__init__(window)
        self._window = window
        self._runner = runner
        self._session: Session | None = None
        self._asked: set[Conflict] = set()

    def open_library(self, session: Session) -> None:
        """Serves a library from now on."""
        self._session = session

    def follow(self, change: ChangeSet) -> None:
        """Lets keyword files follow a decision."""
        session = self._session
        if session is None or not (change.photos or change.vocabulary):
            return

        def work(job: Job) -> SidecarRun:
            from photosort.usecases.sidecars import sidecar_sync

            return sidecar_sync.follow(session, change, job=job)

        self._run(work, self._on_followed)

    def write(self, photo_ids: Sequence[int]) -> None:
        """Writes the keyword files of photos."""
        session = self._session
        if session is None or not len(photo_ids):
            return

        runs: list[SidecarRun] = []

        def work(job: Job) -> SidecarRun:
            from photosort.usecases.sidecars import sidecar_sync

            runs.append(sidecar_sync.write(session, list(photo_ids), job=job))
            return runs[0]

        def finished(job: Job) -> None:
            if job.is_cancelled and runs:
                self.said.emit(self.tr("Stopped; %Ln keyword file(s) written", "", runs[0].written))
                self._tell_problems(runs[0])

        run_with_progress(
            self._runner,
            session.lanes.reads,
            work,
            text=self.tr("Writing keyword files"),
            total=len(photo_ids),
            window=self._window,
            owner=self,
            then=self._on_written,
            finished=finished,
        )

    def look(self) -> None:
        """Asks about what an index run found to be changed on both sides, once for each."""
        session = self._session
        if session is None:
            return

        def work(_job: Job) -> list[Conflict]:
            from photosort.usecases.sidecars import sidecar_conflicts

            return sidecar_conflicts.conflicts(session)

        self._runner.latest(
            "keyword-conflicts", session.lanes.reads, work, self._ask_once, owner=self
        )

    def _on_followed(self, run: SidecarRun) -> None:
        self._tell_problems(run)
        self._ask_once(run.conflicts)

    def _ask_once(self, conflicts: Sequence[Conflict]) -> None:
        fresh = [conflict for conflict in conflicts if conflict not in self._asked]
        self._asked.update(fresh)
        if fresh:
            self._ask(fresh)

    def _on_written(self, run: SidecarRun) -> None:
        if run.written:
            self.said.emit(self.tr("%Ln keyword file(s) written", "", run.written))
        elif not run.with_words:
            self.said.emit(
                self.tr(
                    "Nothing to write: say yes to tags or give stars first; guesses are not written."
                )
            )
        elif not run.problems and not run.conflicts:
            self.said.emit(self.tr("The keyword files say all of this already."))
        self._tell_problems(run)
        if run.conflicts:
            self._asked.update(run.conflicts)
            self._ask(run.conflicts)

    def _tell_problems(self, run: SidecarRun) -> None:
        if not run.problems:
            return
        listed = "\n".join(
            f"{path}: {formatting.translate(reason)}"
            for path, reason in run.problems[:_SHOWN_PROBLEMS]
        )
        if len(run.problems) == 1:
            sentence = run.problems[0][1]
        else:
            sentence = self.tr(
                "%Ln keyword file(s) could not be written; they are as they were, and your tags are kept.",
                "",
                len(run.problems),
            )
        self.failed.emit(EnvironmentProblem(sentence, listed))

    def _ask(self, conflicts: Sequence[Conflict]) -> None:
        from photosort.gui.dialogs.keyword_conflicts import KeywordConflictsDialog

        dialog = KeywordConflictsDialog(conflicts, self._window)
        ids = sorted({conflict.photo_id for conflict in conflicts})
        dialog.settled.connect(lambda side: self._settle(ids, side))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _settle(self, photo_ids: Sequence[int], side: Side) -> None:
        session = self._session
        if session is None:
            return

        def work(job: Job) -> SidecarRun:
            from photosort.usecases.sidecars import sidecar_conflicts, sidecar_sync

            sidecar_conflicts.resolve_conflicts(session, photo_ids, side)
            return sidecar_sync.write(session, list(photo_ids), job=job)

        def then(run: SidecarRun) -> None:
            # What is settled may be asked again when it is changed again.
            self._asked = {one for one in self._asked if one.photo_id not in photo_ids}
            self.changed.emit(frozenset(photo_ids))
            self._on_written(run)

        self._run(work, then)

    def _run(self, work: Callable[[Job], SidecarRun], then: Callable[[SidecarRun], None]) -> None:
        session = self._session
        if session is not None:
            # The writing itself is handed to the library lane, a few photos at a time.
            self._runner.run(session.lanes.reads, work, then, owner=self)
