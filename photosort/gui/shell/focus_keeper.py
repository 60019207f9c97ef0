"""Keeps the keyboard among the photos when the part that had it goes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget


class FocusKeeper(QObject):
    """Qt gives the keyboard of a part that is hidden or switched off to the next button, wherever that is."""

    def __init__(self, window: QWidget, target: Callable[[], QWidget], *, spared: QWidget) -> None:
        """Begins to watch.

        Args:
            window: whose parts come and go.
            target: what gets the keyboard.
            spared: a part that moves the keyboard among its own widgets.
        """
        super().__init__(window)
        self._window = window
        self._target = target
        self._spared = spared
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, old: QWidget | None, now: QWidget | None) -> None:
        if old is None or now is None or not self._window.isAncestorOf(now):
            return
        if (old.isVisible() and old.isEnabled()) or self._spared.isAncestorOf(old):
            return
        target = self._target()
        if target is not now and not target.isAncestorOf(now) and target.isVisible():
            target.setFocus(Qt.FocusReason.OtherFocusReason)
