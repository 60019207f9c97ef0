"""Adds photos: folders that are chosen, dropped or handed over, and the demonstration."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from photosort.usecases.session import demonstration

if TYPE_CHECKING:
    from photosort.gui.base.runner import Runner
    from photosort.gui.shell.open_library import OpenLibrary


class ImportController(QObject):
    """Sends folders to the worker; what comes before the library is open waits for it.

    Signals:
        began: folders come in.
        photo_given: another program hands over a photo, those like it are wanted (its path: str).
        said: what is being done now, where nothing else shows it (str).
    """

    began = Signal()
    photo_given = Signal(str)
    said = Signal(str)

    def __init__(self, window: QWidget, runner: Runner) -> None:
        """Waits for a library.

        Args:
            window: the dialog belongs to it.
            runner: copies the demonstration beside the window.
        """
        super().__init__(window)
        self._window = window
        self._runner = runner
        self._library: OpenLibrary | None = None
        self._waiting: list[str] = []

    def open_library(self, library: OpenLibrary) -> None:
        """Takes photos into a library from now on, those first that wait."""
        self._library = library
        waiting, self._waiting = self._waiting, []
        self.open_paths(waiting)

    def ask_for_folder(self) -> None:
        """Asks for a folder and takes it in."""
        dialog = QFileDialog(self._window, self.tr("Add a folder with photos"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self.add_folders)
        dialog.open()

    def add_folders(self, folders: Sequence[str]) -> None:
        """Adds folders to the library and indexes them."""
        if self._library is None:
            self._waiting += folders
        elif folders:
            self._library.worker.start(list(folders))
            self.began.emit()

    def open_paths(self, paths: Sequence[str]) -> None:
        """Takes what another program hands over: folders come into the library, of a photo those like it are shown."""
        if self._library is None:
            self._waiting += paths
            return
        photos = [path for path in paths if Path(path).is_file()]
        self.add_folders([path for path in paths if path not in photos])
        if photos:
            self.photo_given.emit(photos[0])

    def add_demonstration(self) -> None:
        """Copies the demonstration photos beside the user's settings and takes that folder in."""
        library = self._library
        if library is None:
            return
        home = library.session.paths.home
        self._runner.run(
            library.session.lanes.reads,
            lambda _job: demonstration.demonstration_photos(home / "demonstration photos"),
            lambda folder: self.add_folders([str(folder)]),
            owner=self,
        )

    def update_all(self) -> None:
        """Brings all folders up to date, unless that is being done."""
        if self._library is not None and not self._library.worker.is_running:
            self._library.worker.start([])

    def read_again(self, folders: Sequence[str]) -> None:
        """Reads every file of some folders again, also those that look as they were."""
        if self._library is not None and folders:
            self._library.worker.start(folders, reread=True)
            self.said.emit(self.tr("Reading %n folder(s) again.", "", len(folders)))

    def look_again(self, folders: Sequence[str]) -> None:
        """Brings some folders up to date, after what is being done."""
        if self._library is not None:
            self._library.worker.start(folders)
