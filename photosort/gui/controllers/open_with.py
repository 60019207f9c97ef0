"""The menu of programs that open the selected photos."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Signal
from PySide6.QtWidgets import QMenu

from photosort.gui.base import desktop_programs
from photosort.gui.base.desktop_programs import Program
from photosort.gui.base.runner import Runner

if TYPE_CHECKING:
    from photosort.usecases.session.session import Session


class OpenWith(QObject):
    """Looks for the programs in a lane, while the menu is open already.

    Signals:
        said: one sentence: a program could not be started.
    """

    said = Signal(str)

    def __init__(self, parent: QObject, runner: Runner) -> None:
        super().__init__(parent)
        self._runner = runner
        self._session: Session | None = None

    def open_library(self, session: Session) -> None:
        """Uses the lanes of a library from now on."""
        self._session = session

    def fill_menu(self, menu: QMenu, paths: Sequence[Path]) -> None:
        """Offers the programs for the first one's kind of file."""
        session = self._session
        looking = menu.addAction(self.tr("Looking for programs\u2026"))
        looking.setEnabled(False)
        if session is None or not paths:
            return
        language = QLocale().name()

        def work(_job: object) -> list[Program]:
            return desktop_programs.programs_for(paths[0], language)

        def then(found: list[Program]) -> None:
            menu.clear()
            for program in found:
                action = menu.addAction(program.name.replace("&", "&&"))
                action.triggered.connect(partial(self._start, program, paths))
            if not found:
                menu.addAction(self.tr("No program says that it opens this")).setEnabled(False)

        self._runner.latest("programs", session.lanes.reads, work, then, owner=menu)

    def _start(self, program: Program, paths: Sequence[Path], *_checked: bool) -> None:
        if not desktop_programs.start(program, paths):
            self.said.emit(self.tr("{program} could not be started.").format(program=program.name))
