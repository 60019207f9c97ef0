"""Carries out the user's decisions about photos, tells the views, and undoes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from photosort.gui.base import formatting
from photosort.gui.base.runner import Runner
from photosort.usecases import undoing

if TYPE_CHECKING:
    from photosort.domain.changes import ChangeSet
    from photosort.domain.photos import Flag
    from photosort.domain.tags import TagState
    from photosort.usecases.photos.rotation import Way
    from photosort.usecases.session.session import Session


class Changes(QObject):
    """One change after the other, each one entry of the history.

    Signals:
        made: something changed (`ChangeSet`).
        undone: a change was taken back (its name in the window's words).
        redone: it was brought back (its name).
        fell_short: what an undo or a redo could not do (a sentence).
        steps_changed: what undo and redo would do now, in the window's words (str, str), "" for nothing.
    """

    made = Signal(object)
    undone = Signal(str)
    redone = Signal(str)
    steps_changed = Signal(str, str)
    fell_short = Signal(str)

    def __init__(self, runner: Runner, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._session = session

    def rate(self, photo_ids: Sequence[int], rating: int) -> None:
        """Gives photos 0 to 5 stars."""

        def work() -> ChangeSet:
            from photosort.usecases.photos import decisions

            return decisions.rate(self._session, photo_ids, rating)

        self._do(photo_ids, work)

    def flag(self, photo_ids: Sequence[int], flag: Flag | None) -> None:
        """Marks photos as pick or discard, or takes the mark away."""

        def work() -> ChangeSet:
            from photosort.usecases.photos import decisions

            return decisions.flag(self._session, photo_ids, flag)

        self._do(photo_ids, work)

    def keep_best(self, best: int, others: Sequence[int]) -> None:
        """Picks one photo and discards the others."""

        def work() -> ChangeSet:
            from photosort.usecases.photos import decisions

            return decisions.keep_best(self._session, best, others)

        self._do([best, *others], work)

    def say(self, name: str, photo_ids: Sequence[int], state: TagState | None) -> None:
        """Says yes or no of a tag on photos; None takes back what was said."""

        def work() -> ChangeSet:
            # Not needed to show the window, and dear to import.
            from photosort.usecases.tags import tagging

            return tagging.set_tag_state(self._session, name, photo_ids, state)

        self._do(photo_ids, work)

    def rotate(self, photo_ids: Sequence[int], way: Way) -> None:
        """Rotates photos by a quarter turn."""

        def work() -> ChangeSet:
            from photosort.usecases.photos import rotation

            return rotation.rotate(self._session, photo_ids, way)

        self._do(photo_ids, work)

    def undo(self, *, redo: bool = False) -> None:
        """Takes the latest change back, or brings it back."""
        session = self._session
        told = self.redone if redo else self.undone

        def tell(change: ChangeSet) -> None:
            self.made.emit(change)
            told.emit(formatting.translate(change.action))
            if change.shortfall:
                self.fell_short.emit(formatting.translate(change.shortfall))

        self._run(lambda: undoing.undo(session, redo=redo), tell)

    def look(self) -> None:
        """Looks what undo and redo would do now."""
        session = self._session
        self._runner.latest(
            "steps",
            session.lanes.reads,
            lambda _job: undoing.next_steps(session),
            lambda steps: self.steps_changed.emit(*map(formatting.translate, steps)),
            owner=self,
        )

    def take(self, change: ChangeSet) -> None:
        """Tells the views of a change that was carried out elsewhere."""
        self.made.emit(change)
        self.look()

    def carry_out(self, work: Callable[[], ChangeSet]) -> None:
        """Runs a use case that changes the library; `made` tells what it changed.

        Args:
            work: the use case, called in a lane.
        """
        self._run(work, self.made.emit)

    def _run(self, work: Callable[[], ChangeSet], then: Callable[[ChangeSet], None]) -> None:
        # Use cases hand their writing to the library lane themselves and wait for it.
        self._runner.run(
            self._session.lanes.reads,
            lambda _job: work(),
            then,
            owner=self,
            finished=self.look,
        )

    def _do(self, photo_ids: Sequence[int], work: Callable[[], ChangeSet]) -> None:
        if len(photo_ids):
            self.carry_out(work)
