"""Every test gets fresh settings, one application with the theme on, and answers for what it leaves behind."""

from __future__ import annotations

import functools
import gc
import os
import threading
from typing import TYPE_CHECKING

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from photosort.gui.base import translation
from photosort.gui.base.theme import Motion, Scheme, Theme

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


# What a wait for the window may take: a busy machine is slow, and no reason to fail.
_PATIENCE_MS = 20_000


@pytest.fixture
def qtbot(qtbot: QtBot) -> QtBot:
    """Waits longer than the five seconds of the plug-in, where a test does not say how long."""
    qtbot.waitUntil = functools.partial(qtbot.waitUntil, timeout=_PATIENCE_MS)
    return qtbot


@pytest.fixture(scope="session")
def _theme(qapp: QApplication) -> Theme:
    return Theme(qapp)


@pytest.fixture
def themed(_theme: Theme) -> Iterator[Theme]:
    """The application's theme: dark and without motion, whatever the machine says."""
    _theme.set_motion(Motion.NONE)
    _theme.set_scheme(Scheme.DARK)
    yield _theme
    _theme.set_motion(Motion.NONE)
    _theme.set_scheme(Scheme.DARK)


@pytest.fixture
def speaking(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[QApplication]:
    """The application, which afterwards speaks as it did before."""
    locale, direction = QLocale(), qapp.layoutDirection()
    monkeypatch.setattr(translation, "_installed", [])
    yield qapp
    for translator in translation._installed:
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(locale)
    qapp.setLayoutDirection(direction)


@pytest.fixture(autouse=True)
def _fresh_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PHOTOSORT_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("PHOTOSORT_LIBRARY", raising=False)


@pytest.fixture(autouse=True)
def _no_leaks(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails the test that leaves a thread, a running timer or a top-level widget behind."""
    threads = set(threading.enumerate())
    widgets = set(map(id, QApplication.topLevelWidgets()))
    # What exists by now cannot be the test's: where torch was imported, looking through it takes two seconds.
    gc.collect()
    gc.freeze()
    yield
    _bury(qapp)
    left = [w for w in QApplication.topLevelWidgets() if id(w) not in widgets and isValid(w)]
    # Qt keeps one of these alive for itself.
    left = [
        w for w in left if w.metaObject().className() not in {"QTipLabel", "QDesktopScreenWidget"}
    ]
    names = [f"{type(w).__name__} {w.objectName()!r}" for w in left]
    for widget in left:
        widget.deleteLater()
    _bury(qapp)
    timers = [o for o in gc.get_objects() if isinstance(o, QTimer) and isValid(o) and o.isActive()]
    timer_names = [f"QTimer of {t.parent()!r}, {t.interval()} ms" for t in timers]
    for timer in timers:
        timer.stop()
    started = [t for t in threading.enumerate() if t not in threads and t.is_alive()]
    assert not started, f"threads left running: {started}"
    assert not names, f"windows left open: {names}"
    assert not timer_names, f"timers left running: {timer_names}"


def _bury(app: QApplication) -> None:
    gc.collect()
    QCoreApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))
    app.processEvents()
