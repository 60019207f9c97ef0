"""Loads the picture model when the window is idle, then computes tag suggestions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

from photosort.errors import PhotosortError
from photosort.gui.base.runner import Runner
from photosort.progress import Job

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.changes import ChangeSet
    from photosort.domain.tags import TagOnPhoto
    from photosort.usecases.session.session import Session
    from photosort.usecases.tags.suggestions import Suggestions

IDLE_MS = 1_000
_BUSY = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
}


class PictureModel(QObject):
    """Loads the encoder and the tags' texts behind the window.

    Importing the encoder's libraries stalls the window for a third of a second: that waits until nothing has
    been done for a second.

    Signals:
        woken: descriptions are compared with pictures from now on.
        tags_ready: tags can be suggested, or suggested better than before.
        learned: an answer took effect (tag key to `Effect`).
        failed: the encoder cannot be used (`PhotosortError`).
    """

    woken = Signal()
    tags_ready = Signal()
    learned = Signal(object)
    failed = Signal(object)

    def __init__(self, runner: Runner, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._session = session
        self._suggestions: Suggestions | None = None
        self._job: Job | None = None
        self._is_awake = False
        self._timer = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._timer.timeout.connect(self._wake)

    @property
    def can_suggest(self) -> bool:
        """Whether `suggestions` answers with anything."""
        return self._suggestions is not None

    def wake_when_idle(self) -> None:
        """Loads the encoder once nothing has been done in the window for a second."""
        if not self._is_awake and not self._timer.isActive():
            application = QCoreApplication.instance()
            if application is not None:
                application.installEventFilter(self)
            self._timer.start()

    def prepare_tags(self) -> None:
        """Makes the tags ready, or up to date with the library; loads the encoder where that is needed."""
        if self._job is not None:
            self._job.cancel()
        session = self._session
        job = self._job = Job()

        def work(job: Job) -> Suggestions:
            # Not needed to show the window, and dear to import.
            from photosort.usecases.tags.suggestions import open_suggestions

            return open_suggestions(session, job)

        self._runner.run(
            session.lanes.reads,
            work,
            self._on_prepared,
            owner=self,
            failed=self._on_failure,
            job=job,
        )

    def suggestions(self, photo_id: int) -> list[TagOnPhoto]:
        """The tags that are suggested for a photo; for any lane.

        Empty while they are not ready, and for a photo that was added since.
        """
        return [] if self._suggestions is None else self._suggestions.of_photo(photo_id)

    def photos(self, keys: set[str]) -> NDArray[np.int64]:
        """The photos that one of these tags, or any if there is none, is suggested for; for any lane."""
        if self._suggestions is None:
            return np.zeros(0, dtype=np.int64)
        return self._suggestions.photos(keys)

    def learn(self, change: ChangeSet) -> None:
        """Takes in what a change says of tags; `learned` tells when it is done."""
        suggestions = self._suggestions
        if suggestions is not None and change.vocabulary:
            self.prepare_tags()
            return
        if suggestions is None or not change.tags:
            return
        if change.everything:
            self.prepare_tags()
            return
        if not change.photos:
            self._redefine(suggestions)
            return
        if any(key not in suggestions.scorer.tag_index for key in change.tags):
            self.prepare_tags()
            return
        self._runner.run(
            self._session.lanes.reads,
            lambda _job: suggestions.learn(change.tags),
            self.learned.emit,
            owner=self,
        )

    def _redefine(self, suggestions: Suggestions) -> None:
        """The user changed a tag itself: its column is written again, or everything where tags came or went."""

        def done(could: bool) -> None:  # noqa: FBT001 (a slot)
            if could:
                self.learned.emit({})
            else:
                self.prepare_tags()

        self._runner.run(
            self._session.lanes.reads, lambda _job: suggestions.redefine(), done, owner=self
        )

    def names(self) -> Sequence[str]:
        """Names of all tags of the vocabulary; none while they are not ready."""
        if self._suggestions is None:
            return ()
        return [tag.name for tag in self._suggestions.scorer.vocabulary if not tag.is_group]

    def close(self) -> None:
        """Stops what is being made ready."""
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Waits a second more after each key and move of the mouse; never swallows them."""
        if event.type() in _BUSY and self._timer.isActive():
            self._timer.start()
        return False

    def _wake(self) -> None:
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        session = self._session
        self._runner.run(
            session.lanes.worker,
            lambda _job: session.encoders.current.info.name,
            lambda _name: self._on_woken(),
            owner=self,
            failed=self._on_failure,
        )

    def _on_woken(self) -> None:
        self._is_awake = True
        self.woken.emit()

    def _on_prepared(self, suggestions: Suggestions) -> None:
        self._suggestions = suggestions
        self.tags_ready.emit()

    def _on_failure(self, error: Exception) -> bool:
        if isinstance(error, PhotosortError):
            self.failed.emit(error)
            return True
        return False
