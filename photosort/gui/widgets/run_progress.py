"""A run in a lane with a small window that shows how far it is and stops it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtWidgets import QProgressDialog, QWidget

from photosort.gui.base.runner import Runner
from photosort.progress import Job

R = TypeVar("R")

# What is done sooner needs no window.
_PATIENCE_MS = 700


def run_with_progress(
    runner: Runner,
    lane: Executor,
    work: Callable[[Job], R],
    *,
    text: str,
    total: int,
    window: QWidget,
    owner: QObject,
    then: Callable[[R], None] | None = None,
    finished: Callable[[Job], None],
) -> None:
    """Runs work; the window stays of use while it goes on.

    Args:
        runner: runs it.
        lane: where.
        work: what; its job's progress is shown.
        text: what it does, in a few words.
        total: at which progress it is done.
        window: the small window's parent.
        owner: once this object is gone, nobody is told anything.
        then: gets the result, unless it was stopped.
        finished: called at the very end, however it ended.
    """
    label = QCoreApplication.translate("run_progress", "Stop")
    dialog = QProgressDialog(text, label, 0, total, window, minimumDuration=_PATIENCE_MS)
    dialog.setWindowModality(Qt.WindowModality.NonModal)

    def end() -> None:
        dialog.reset()
        dialog.deleteLater()
        finished(job)

    job = runner.run(lane, work, then, owner=owner, finished=end)

    def stop() -> None:
        job.cancel()

    # Not the method itself: a job has no weak references, which Qt would need.
    dialog.canceled.connect(stop)
    runner.watch(job, lambda progress: dialog.setValue(progress.done), owner=dialog)
