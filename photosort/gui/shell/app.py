"""Starts the application and opens the window."""

from __future__ import annotations

import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QCoreApplication,
    QMessageLogContext,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from photosort import log, settings
from photosort.errors import EnvironmentProblem, LibraryDamaged, PhotosortError
from photosort.gui.base import formatting, icons, translation
from photosort.gui.base.runner import Runner
from photosort.gui.base.theme import Theme
from photosort.gui.shell.single_instance import SingleInstance
from photosort.gui.shell.window import MainWindow
from photosort.threads import process_tuning

if TYPE_CHECKING:
    from photosort.paths import LibraryPaths
    from photosort.usecases.photos.photo_table import Catalog
    from photosort.usecases.session.session import Session

_log = log.topic("gui")
_PULSE_MS = 250


def open_window(places: LibraryPaths, paths: Sequence[str], cannot: Callable[[str], None]) -> int:
    """Shows the window until it is closed; a second start raises the window that is open already.

    Args:
        places: the library to open.
        paths: folders to add, or a photo to show those like it.
        cannot: told Qt's reason where no display can be used, and never returns: Qt aborts the process next.

    Returns:
        The exit status.
    """
    application = QApplication.instance()
    app = application if isinstance(application, QApplication) else _application(cannot)
    app.setApplicationName("Photosort")
    app.setDesktopFileName("photosort")
    instance = SingleInstance(places)
    # The window that is open may have been started elsewhere.
    given = [str(Path(path).absolute()) for path in paths]
    if instance.hand_over(given):
        return 0
    instance.claim()
    try:
        status, copy = _show(app, instance, places, given)
        while copy is not None:
            status, copy = _show(app, instance, places, [], _put_back(places, copy))
    finally:
        instance.close()
    return status


def _show(
    app: QApplication,
    instance: SingleInstance,
    places: LibraryPaths,
    given: Sequence[str],
    notice: str = "",
) -> tuple[int, Path | None]:
    """Shows a window until it is closed.

    Args:
        app: the application.
        instance: raises this window when the program is started again.
        places: the library to open.
        given: folders to add, or a photo to show those like it.
        notice: one sentence to begin with, or "".

    Returns:
        The exit status, and the copy of the library that is to be put back before a window opens again.
    """
    loaded = settings.load(places.settings)
    opening = Opening(places, loaded.settings)
    translation.install(app, loaded.settings.language)
    look = Theme(app)
    app.setWindowIcon(icons.app_icon())
    runner = Runner()
    window = MainWindow(look, runner, loaded.settings)
    notice = notice or formatting.translate(loaded.notice)
    if notice:
        window.workspace.banner.show_text(notice)
    window.settled.connect(process_tuning.finish_start)
    instance.asked.connect(window.raise_with)
    window.intake.open_paths(given)
    window.show()
    _catch_crashes(window)
    opening.hand_to(window, runner)
    # Python looks at signals between its own instructions only: without a pulse Ctrl+C waits for a click.
    pulse = QTimer()
    pulse.timeout.connect(lambda: None)
    pulse.start(_PULSE_MS)
    # The system's end of the session closes as the close button does.
    ended = signal.signal(signal.SIGTERM, lambda *_: window.close())
    try:
        status = app.exec()
    finally:
        signal.signal(signal.SIGTERM, ended)
        opening.close()
        instance.asked.disconnect(window.raise_with)
        _save_settings(places, window)
        sys.excepthook = sys.__excepthook__
    return status, window.copy_to_restore


def _put_back(places: LibraryPaths, copy: Path) -> str:
    """Puts a copy of the library in its place while no window has it open; returns what to say about it."""
    from photosort.usecases.session.recovery import restore

    try:
        kept = restore(places, settings.load(places.settings).settings, copy)
    except PhotosortError as problem:
        _log.info("a copy was not put back: %s", problem.detail)
        return formatting.translate(problem.user_message)
    said = QCoreApplication.translate(
        "backups", "The backup is restored. The library as it was before is kept as {path}."
    )
    return said.format(path=kept)


def _application(cannot: Callable[[str], None]) -> QApplication:
    said: list[str] = []

    def heard(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        said.append(text)
        if kind is QtMsgType.QtFatalMsg:
            cannot("\n".join(said))

    before = qInstallMessageHandler(heard)
    try:
        return QApplication(sys.argv[:1])
    finally:
        qInstallMessageHandler(before)


class Opening:
    """Opens a library beside the window's thread, which has a window to build meanwhile.

    A migration may take its time; and SQLite reads while Qt paints.
    """

    def __init__(self, places: LibraryPaths, chosen: settings.Settings | None = None) -> None:
        """Begins at once.

        Args:
            places: the library to open.
            chosen: the user's settings; None = the defaults.
        """
        self._places = places
        self._chosen = chosen
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="photosort-opening")
        self._opened = self._thread.submit(_open, places, chosen)
        self._is_taken = False

    def hand_to(self, window: MainWindow, runner: Runner) -> None:
        """Gives the library to a window as soon as it is open."""
        # In the same thread: it comes when the opening is done, and brings its error.
        runner.run(
            self._thread,
            lambda _job: self._opened.result(),
            partial(self._give, window),
            owner=window,
            failed=partial(self._offer_recovery, window, runner),
        )

    def _offer_recovery(self, window: MainWindow, runner: Runner, error: Exception) -> bool:
        if not isinstance(error, LibraryDamaged):
            return False

        def recover() -> None:
            self._opened = self._thread.submit(_recover, self._places, self._chosen)
            self.hand_to(window, runner)

        text = formatting.translate(error.user_message)
        window.workspace.banner.show_text(text, error.detail, (window.tr("Restore"), recover))
        return True

    def close(self) -> None:
        """Waits for the opening; closes a library that no window took."""
        self._thread.shutdown(wait=True)
        if not self._is_taken and self._opened.exception() is None:
            self._opened.result()[0].close()

    def _give(self, window: MainWindow, opened: tuple[Session, Catalog]) -> None:
        self._is_taken = True
        window.open_library(*opened)


def _open(places: LibraryPaths, chosen: settings.Settings | None) -> tuple[Session, Catalog]:
    # Imported here, beside the window that is being built.
    from photosort.usecases.photos.photo_table import load
    from photosort.usecases.session.session import Session

    session = Session(places, actor="window", chosen=chosen)
    try:
        # Made now, so that no two lanes make it at the same moment.
        session.thumbnails.size_bytes()
        # Through a connection that goes on being read from.
        return session, session.lanes.reads.submit(load, session).result()
    except BaseException:
        session.close()
        raise


def _recover(places: LibraryPaths, chosen: settings.Settings | None) -> tuple[Session, Catalog]:
    from photosort.usecases.session.recovery import recover

    recover(places, chosen or settings.Settings())
    return _open(places, chosen)


def _save_settings(places: LibraryPaths, window: MainWindow) -> None:
    try:
        settings.save(places.settings, window.settings())
    except EnvironmentProblem as problem:
        _log.info("settings not saved: %s", problem.detail)


def _catch_crashes(window: MainWindow) -> None:
    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            window.close()
            return
        text = "".join(traceback.format_exception(kind, error, trace))
        _log.error("crashed\n%s", text)
        window.show_crash(text)

    sys.excepthook = hook
