"""Opens the window."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from photosort import log, settings
from photosort.errors import EnvironmentProblem
from photosort.gui import icons, translation
from photosort.gui.instance import Instance
from photosort.gui.main_window import MainWindow
from photosort.gui.runner import Runner
from photosort.gui.theme import Theme

if TYPE_CHECKING:
    from photosort.library.session import Session
    from photosort.paths import Places

_log = log.topic("gui")
_PULSE_MS = 250


def open_window(places: Places, folders: Sequence[str]) -> int:
    """Shows the window until it is closed; a second start raises the window that is open already.

    Args:
        places: the library to open.
        folders: folders to add.

    Returns:
        The exit status.
    """
    application = QApplication.instance()
    app = application if isinstance(application, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("Photosort")
    app.setDesktopFileName("photosort")
    instance = Instance(places)
    if instance.hand_over(folders):
        return 0
    instance.claim()
    loaded = settings.load(places.settings)
    translation.install(app, loaded.settings.language)
    look = Theme(app)
    app.setWindowIcon(icons.app_icon())
    runner = Runner()
    window = MainWindow(look, runner, loaded.settings)
    if loaded.notice:
        window.banner.show_text(loaded.notice)
    instance.asked.connect(window.raise_with)
    window.add_folders(folders)
    window.show()
    _catch_crashes(window)
    opener = open_session(places, window, runner)
    # Python looks at signals between its own instructions only: without a pulse Ctrl+C waits for a click.
    pulse = QTimer()
    pulse.timeout.connect(lambda: None)
    pulse.start(_PULSE_MS)
    try:
        status = app.exec()
    finally:
        opener.shutdown(wait=True)
        instance.close()
        _save_settings(places, window)
        sys.excepthook = sys.__excepthook__
    return status


def open_session(places: Places, window: MainWindow, runner: Runner) -> ThreadPoolExecutor:
    """Opens the library beside the window's thread, for a migration may take its time."""

    def work(_job: object) -> Session:
        # Imported here, beside the window that is being built.
        from photosort.library.session import Session

        session = Session(places, actor="window")
        try:
            # Made here once, so that no two lanes make it at the same moment.
            session.thumbnails.size_bytes()
        except BaseException:
            session.close()
            raise
        return session

    opener = ThreadPoolExecutor(1, thread_name_prefix="photosort-opening")
    runner.run(opener, work, window.open_library, owner=window)
    return opener


def _save_settings(places: Places, window: MainWindow) -> None:
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
