"""The background worker: brings the library up to date while the user browses."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from photosort import log
from photosort.errors import PhotosortError
from photosort.gui.base.runner import Runner
from photosort.progress import Job, Progress

if TYPE_CHECKING:
    from photosort.usecases.indexing.read_order import WorkList
    from photosort.usecases.indexing.summary import IndexSummary
    from photosort.usecases.session.session import Session

_log = log.topic("gui")

# Batches arrive every second or so; each refresh of the library costs a reading lane some 50 ms.
_GATHER_MS = 700


@dataclass(frozen=True, slots=True)
class _Request:
    """A run to be made.

    Attributes:
        folders: what it reads; none = all that the library knows.
        is_quiet: nobody asked for it, so it shows nothing unless it finds something.
        reread: files are read that look as they were, too.
    """

    folders: frozenset[str]
    is_quiet: bool
    reread: bool = False


class IndexWorker(QObject):
    """Runs the index in the worker lane, one run after the other.

    Signals:
        progressed: where the run stands (`Progress`, paused: bool).
        photos_changed: photos are new or changed (a set of ids), gathered for a moment.
        finished: a run ended (`IndexSummary`, or None when it failed).
    """

    progressed = Signal(object, bool)
    photos_changed = Signal(object)
    finished = Signal(object)

    def __init__(self, runner: Runner, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._session = session
        self._job: Job | None = None
        self._request: _Request | None = None
        self._work: WorkList | None = None
        self._visible: list[int] = []
        self._waiting: list[_Request] = []
        self._is_quiet = False
        # Filled by the worker lane, emptied here.
        self._arrived: deque[frozenset[int]] = deque()
        self._summary: IndexSummary | None = None
        self._timer = QTimer(self, interval=_GATHER_MS)
        self._timer.timeout.connect(self._gather)

    @property
    def is_running(self) -> bool:
        """Whether a run is under way, also when it is paused."""
        return self._job is not None

    def start(self, folders: Sequence[str], *, reread: bool = False) -> None:
        """Adds folders and brings them up to date; none = all that the library knows.

        Args:
            folders: what is read.
            reread: read files that look as they were, too.
        """
        self._waiting.append(_Request(frozenset(folders), is_quiet=False, reread=reread))
        if self._job is None:
            self._next()

    def check(self, folders: Sequence[str] = ()) -> None:
        """Reads what changed in folders, or in all; nobody asked for it, so failures are only logged."""
        wanted = frozenset(folders)
        for request in [request for request in self._waiting if request.is_quiet]:
            self._waiting.remove(request)
            wanted = wanted | request.folders if wanted and request.folders else frozenset()
        self._waiting.append(_Request(wanted, is_quiet=True))
        if self._job is None:
            self._next()

    def pause(self, *, on: bool) -> None:
        """Holds the run at its next photo, or lets it go on."""
        if self._job is not None:
            if on:
                self._job.pause()
            else:
                self._job.resume()
            self.progressed.emit(self._job.progress, self._job.is_paused)

    def cancel(self) -> None:
        """Ends the run and forgets those that wait; what is done is kept."""
        self._waiting.clear()
        if self._job is not None:
            self._job.cancel()

    def interrupt(self) -> None:
        """Lets what is handed to the worker lane now come first; the run goes on after that."""
        if self._job is not None and self._request is not None and not self._job.is_cancelled:
            self._waiting.insert(0, self._request)
            self._job.cancel()

    def prioritise(self, photo_ids: Iterable[int]) -> None:
        """Reads these photos next: they are on screen."""
        self._visible = list(photo_ids)
        if self._work is not None:
            self._work.prioritise(self._visible)

    def close(self) -> None:
        """Stops telling and asks the run to end; `Session.close` waits for it."""
        self._timer.stop()
        self.cancel()

    def _next(self) -> None:
        request = self._request = self._waiting.pop(0)
        folders = sorted(request.folders)
        self._is_quiet = request.is_quiet
        job = self._job = Job()
        self._summary = None
        session, arrived = self._session, self._arrived.append

        def work(job: Job) -> IndexSummary:
            # Not needed to show the window, and dear to import.
            from photosort.usecases.indexing.index_run import index
            from photosort.usecases.indexing.summary import Watch

            watch = Watch(photos_changed=arrived, work_started=self._on_work_started)
            return index(session, folders, job=job, watch=watch, reread=request.reread)

        self._runner.run(
            session.lanes.worker,
            work,
            self._on_result,
            owner=self,
            failed=self._on_failed,
            finished=self._on_finished,
            job=job,
        )
        self._runner.watch(job, self._on_progress, owner=self)
        self._timer.start()

    def _on_work_started(self, work: WorkList) -> None:
        """Called in the worker lane."""
        self._work = work
        work.prioritise(self._visible)

    def _on_progress(self, progress: Progress) -> None:
        if self._job is not None and (progress.total is not None or not self._is_quiet):
            self.progressed.emit(progress, self._job.is_paused)

    def _on_failed(self, error: Exception) -> bool:
        """Whether nobody has to hear of it: a folder that is gone by now, another process that indexes."""
        is_expected = self._is_quiet and isinstance(error, PhotosortError)
        if is_expected:
            _log.info("folders were not checked: %s", error)
        return is_expected

    def _on_result(self, summary: IndexSummary) -> None:
        self._summary = summary

    def _on_finished(self) -> None:
        self._job = self._work = None
        self._timer.stop()
        self._gather()
        if self._waiting:
            self._next()
        self.finished.emit(self._summary)

    def _gather(self) -> None:
        changed: set[int] = set()
        while self._arrived:
            changed |= self._arrived.popleft()
        if changed:
            self.photos_changed.emit(changed)
