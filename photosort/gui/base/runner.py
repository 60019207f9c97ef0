"""Runs work in background threads and returns results to the window's thread."""

from __future__ import annotations

import gc
import logging
import time
import traceback
from collections import deque
from collections.abc import Callable, Hashable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from photosort.errors import JobCancelled, PhotosortError
from photosort.progress import Job, Progress
from photosort.threads import process_tuning

R = TypeVar("R")

BUDGET_S = 0.008
POLL_MS = 100
_GARBAGE_MS = 1000
_log = logging.getLogger("photosort.gui")


@dataclass(slots=True)
class _Watched:
    job: Job
    tell: Callable[[Progress], None]
    owner: QObject
    last: Progress | None = None


class Runner(QObject):
    """Runs jobs in the lanes and brings their results to the window's thread.

    Results come back as closures in one queue that is emptied for at most 8 ms at a time; one signal wakes
    it. (A signal for each result stalled the window for 4.2 s at 20,000 of them.)

    Until `close` only the window's thread searches for cycles of objects that nobody uses any more. Python searches in
    whatever thread makes new objects, and PySide (6.11.3) deletes timers, animations and models in that thread, behind
    the back of the window's, which can end the process.

    Signals:
        failed: a job failed in an expected way (PhotosortError): one sentence for the user, and details.
        crashed: a job failed because of a bug (str: the traceback).
    """

    failed = Signal(object)
    crashed = Signal(str)
    _woken = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._answers: deque[Callable[[], None]] = deque()
        self._is_woken = False
        self._is_closed = False
        self._newest: dict[Hashable, Job] = {}
        self._under_way: dict[int, tuple[Job, Future[None]]] = {}
        self._watched: dict[int, _Watched] = {}
        self._woken.connect(self._on_woken, Qt.ConnectionType.QueuedConnection)
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(self._on_poll)
        gc.disable()
        self._garbage = QTimer(self, interval=_GARBAGE_MS)
        self._garbage.timeout.connect(process_tuning.collect_garbage)
        self._garbage.start()

    def run(
        self,
        lane: Executor,
        work: Callable[[Job], R],
        then: Callable[[R], None] | None = None,
        *,
        owner: QObject | None = None,
        failed: Callable[[Exception], bool] | None = None,
        finished: Callable[[], None] | None = None,
        job: Job | None = None,
    ) -> Job:
        """Runs work in a lane.

        Args:
            lane: where it runs.
            work: what runs there; it may look at its job to see that it was cancelled.
            then: gets the result, on the window's thread.
            owner: once this object is gone, nobody is told anything.
            failed: gets an exception first, on the window's thread; True means that it was dealt with.
            finished: called at the very end, however it ended, on the window's thread.
            job: the job's handle, if it is to be watched from before it begins.

        Returns:
            The job's handle.
        """
        handle = job or Job()

        def work_in_lane() -> None:
            try:
                handle.check()
                result = work(handle)
            except JobCancelled:
                self._answer(lambda: self._end(handle, owner, finished))
            except Exception as error:
                # Bound now: the name is gone when the closure runs.
                caught, trace = error, traceback.format_exc()
                self._answer(lambda: self._fail(handle, owner, caught, trace, failed, finished))
            else:
                self._answer(lambda: self._succeed(handle, owner, result, then, finished))

        if not self._is_closed:
            future: Future[None] = lane.submit(work_in_lane)
            self._under_way[id(handle)] = (handle, future)
        return handle

    def latest(
        self,
        key: Hashable,
        lane: Executor,
        work: Callable[[Job], R],
        then: Callable[[R], None],
        *,
        owner: QObject | None = None,
        failed: Callable[[Exception], bool] | None = None,
    ) -> Job:
        """As `run`; of the requests with one key only the newest is answered, older ones are cancelled.

        Args:
            key: what the request is about ("search", "details").
            lane: as for `run`.
            work: as for `run`; it captures all that it needs when it is made.
            then: as for `run`.
            owner: as for `run`.
            failed: as for `run`.
        """
        self.drop(key)
        job = self._newest[key] = Job()
        return self.run(lane, work, then, owner=owner, failed=failed, job=job)

    def drop(self, key: Hashable) -> None:
        """Cancels the newest request with this key, if there is one."""
        older = self._newest.pop(key, None)
        if older is not None:
            older.cancel()
            _, future = self._under_way.get(id(older), (None, None))
            if future is not None and future.cancel():
                del self._under_way[id(older)]

    def watch(self, job: Job, tell: Callable[[Progress], None], *, owner: QObject) -> None:
        """Tells about a job's progress, at most ten times a second, until it ends or `unwatch`.

        Args:
            job: whose progress.
            tell: hears of it on the window's thread.
            owner: once this object is gone, nobody is told anything; a dialog may be closed before its job ends.
        """
        self._watched[id(job)] = _Watched(job, tell, owner)
        self._poll.start()

    def unwatch(self, job: Job) -> None:
        """Ends `watch`."""
        self._watched.pop(id(job), None)
        if not self._watched:
            self._poll.stop()

    def close(self) -> None:
        """Cancels everything; nobody is told anything any more. The lanes are the caller's to end."""
        self._is_closed = True
        for job, future in self._under_way.values():
            job.cancel()
            future.cancel()
        self._under_way.clear()
        self._newest.clear()
        self._watched.clear()
        self._poll.stop()
        self._garbage.stop()
        gc.enable()
        self._answers.clear()

    def _answer(self, answer: Callable[[], None]) -> None:
        """Called in the lanes."""
        self._answers.append(answer)
        if not self._is_woken and not self._is_closed:
            self._is_woken = True
            self._woken.emit()

    def _on_woken(self) -> None:
        self._is_woken = False
        until = time.perf_counter() + BUDGET_S
        while self._answers and not self._is_closed:
            self._answers.popleft()()
            if time.perf_counter() > until and self._answers:
                # What is left comes after the events that wait by now.
                self._is_woken = True
                self._woken.emit()
                return

    def _succeed(
        self,
        job: Job,
        owner: QObject | None,
        result: R,
        then: Callable[[R], None] | None,
        finished: Callable[[], None] | None,
    ) -> None:
        self._end_watch(job)
        if then is not None and not job.is_cancelled and _is_alive(owner):
            self._guarded(lambda: then(result))
        self._end(job, owner, finished)

    def _fail(
        self,
        job: Job,
        owner: QObject | None,
        error: Exception,
        trace: str,
        failed: Callable[[Exception], bool] | None,
        finished: Callable[[], None] | None,
    ) -> None:
        self._end_watch(job)
        dealt_with = job.is_cancelled or not _is_alive(owner)
        if not dealt_with and failed is not None:
            dealt_with = failed(error)
        if not dealt_with and isinstance(error, PhotosortError):
            _log.info("failed: %s (%s)", error.user_message, error.detail)
            self.failed.emit(error)
        elif not isinstance(error, PhotosortError):
            _log.error("a job crashed\n%s", trace)
            if not dealt_with:
                self.crashed.emit(trace)
        self._end(job, owner, finished)

    def _end(self, job: Job, owner: QObject | None, finished: Callable[[], None] | None) -> None:
        self._under_way.pop(id(job), None)
        self._end_watch(job)
        for key in [key for key, newest in self._newest.items() if newest is job]:
            del self._newest[key]
        if finished is not None and _is_alive(owner):
            self._guarded(finished)

    def _end_watch(self, job: Job) -> None:
        """Tells the last progress, before the result: what says how it ended is to be the last word."""
        watched = self._watched.get(id(job))
        if watched is not None:
            self._tell(watched)
            self.unwatch(job)

    def _guarded(self, act: Callable[[], None]) -> None:
        """One answer that fails must not keep the others from being heard."""
        try:
            act()
        except PhotosortError as error:
            self.failed.emit(error)
        except Exception:
            trace = traceback.format_exc()
            _log.exception("an answer crashed")
            self.crashed.emit(trace)

    def _on_poll(self) -> None:
        for watched in list(self._watched.values()):
            self._tell(watched)

    def _tell(self, watched: _Watched) -> None:
        now = watched.job.progress
        if now is not watched.last and _is_alive(watched.owner):
            watched.last = now
            self._guarded(lambda: watched.tell(now))


def _is_alive(owner: QObject | None) -> bool:
    return owner is None or isValid(owner)
