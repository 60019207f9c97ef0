"""Lists, makes and compares copies of the library for their dialog, and hands on which one is to be put back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from photosort.errors import PhotosortError
from photosort.gui.base import desktop_open, formatting
from photosort.gui.base.runner import Runner

if TYPE_CHECKING:
    from pathlib import Path

    from photosort.gui.dialogs.backups import BackupRow, BackupsDialog
    from photosort.usecases.session.recovery import Comparison
    from photosort.usecases.session.session import Session


class BackupCopies(QObject):
    """Opens the dialog of the copies.

    Signals:
        restore_asked: a copy is to be put back (`Path`), for which the library has to be closed.
    """

    restore_asked = Signal(object)

    def __init__(self, window: QWidget, runner: Runner) -> None:
        super().__init__(window)
        self._window = window
        self._runner = runner
        self._session: Session | None = None

    def open_library(self, session: Session) -> None:
        """Serves a library from now on."""
        self._session = session

    def show(self) -> None:
        """Opens the dialog."""
        session = self._session
        if session is None:
            return
        from photosort.gui.dialogs.backups import BackupsDialog
        from photosort.usecases.session import backups

        dialog = BackupsDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.make_asked.connect(lambda: self._make(session, dialog))
        dialog.compare_asked.connect(lambda copy: self._compare(session, dialog, copy))
        dialog.restore_asked.connect(self.restore_asked)
        dialog.folder_asked.connect(
            lambda: desktop_open.open_file(backups.folder_of(session.paths, session.settings))
        )
        self._list(session, dialog)
        dialog.open()

    def _list(self, session: Session, dialog: BackupsDialog) -> None:
        self._runner.run(
            session.lanes.reads,
            lambda _job: _rows(session),
            dialog.show_backups,
            owner=dialog,
            failed=_told(dialog),
        )

    def _make(self, session: Session, dialog: BackupsDialog) -> None:
        def work(_job: object) -> None:
            from photosort.usecases.session import backups

            backups.make(session, reason="asked")

        self._runner.run(
            session.lanes.models,
            work,
            lambda _none: self._list(session, dialog),
            owner=dialog,
            failed=_told(dialog),
        )

    def _compare(self, session: Session, dialog: BackupsDialog, copy: Path) -> None:
        def work(_job: object) -> Comparison:
            from photosort.usecases.session import recovery

            return recovery.compare(session.paths, copy)

        lane, then = session.lanes.reads, dialog.show_comparison
        key = "backup comparison"
        self._runner.latest(key, lane, work, then, owner=dialog, failed=_told(dialog))


def _rows(session: Session) -> list[BackupRow]:
    from photosort.gui.dialogs.backups import BackupRow
    from photosort.usecases.session import backups

    return [
        BackupRow(one.path, one.at, one.reason, one.size_bytes, backups.photos_in(one))
        for one in backups.list_all(session)
    ]


def _told(dialog: BackupsDialog) -> Callable[[Exception], bool]:
    """Has the dialog say what failed in an expected way."""

    def failed(error: Exception) -> bool:
        if isinstance(error, PhotosortError):
            dialog.show_problem(formatting.translate(error.user_message))
        return isinstance(error, PhotosortError)

    return failed
