"""Follows changes that other programs make in the library file while the window shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from photosort.errors import EnvironmentProblem

if TYPE_CHECKING:
    from photosort.gui.base.runner import Runner
    from photosort.usecases.session.session import Session

_INTERVAL_MS = 1_000
# A few commands, one after the other, appear one by one; a program that indexes a folder changes the library every
# second, for hours, and each time the window reads all of it.
_FEW_IN_A_ROW = 10
_LONGEST_INTERVAL_MS = 16_000


class ForeignChanges(QObject):
    """Asks once a second, and more rarely while the library changes all the time.

    Signals:
        found: another program changed the library; what this window writes does not count.
        ended: it changed it no more for a second.
    """

    found = Signal()
    ended = Signal()

    def __init__(self, runner: Runner, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._session = session
        self._in_a_row = 0
        self._timer = QTimer(self, singleShot=True, interval=_INTERVAL_MS)
        self._timer.timeout.connect(self._ask)

    def start(self) -> None:
        """Begins to ask."""
        self._timer.start()

    def stop(self) -> None:
        """Asks no more."""
        self._timer.stop()

    def _ask(self) -> None:
        session = self._session
        self._runner.run(
            session.lanes.library,
            lambda _job: session.changed_by_others(),
            self._on_answer,
            owner=self,
            # A drive that is gone for a moment is for those to report who want something of it.
            failed=lambda error: isinstance(error, EnvironmentProblem),
            finished=self._timer.start,
        )

    def _on_answer(self, is_changed: bool) -> None:  # noqa: FBT001 (a slot)
        has_ended = self._in_a_row > 0 and not is_changed
        self._in_a_row = self._in_a_row + 1 if is_changed else 0
        doublings = max(0, self._in_a_row - _FEW_IN_A_ROW)
        self._timer.setInterval(min(_INTERVAL_MS << min(doublings, 8), _LONGEST_INTERVAL_MS))
        if is_changed:
            self.found.emit()
        if has_ended:
            self.ended.emit()
