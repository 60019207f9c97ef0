"""The slideshow."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

USUAL_INTERVAL_S = 4


class Slideshow(QObject):
    """Asks for the next photo when the one before was seen long enough.

    The time of a photo begins when it is on screen (`photo_shown`), so that a slow drive skips nothing.

    Signals:
        advanced: it is time for the next photo.
        changed: it began, paused, went on or ended.
    """

    advanced = Signal()
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True, interval=USUAL_INTERVAL_S * 1000)
        self._timer.timeout.connect(self.advanced)
        self._is_running = False
        self._is_paused = False

    @property
    def is_running(self) -> bool:
        """Whether it began and has not ended; it may be paused."""
        return self._is_running

    @property
    def is_paused(self) -> bool:
        """Whether it waits for the user."""
        return self._is_paused

    def set_interval_s(self, seconds: int) -> None:
        """Changes how long each photo is shown."""
        self._timer.setInterval(max(1, seconds) * 1000)

    def start(self) -> None:
        """Begins; the photo that is shown now has its time too."""
        self._set(running=True, paused=False)
        self._timer.start()

    def stop(self) -> None:
        """Ends."""
        self._timer.stop()
        self._set(running=False, paused=False)

    def toggle_pause(self) -> None:
        """Pauses, or goes on."""
        if self._is_running:
            self._set(running=True, paused=not self._is_paused)
            if self._is_paused:
                self._timer.stop()
            else:
                self._timer.start()

    def photo_changed(self) -> None:
        """Another photo was asked for; its time begins when it is shown."""
        self._timer.stop()

    def photo_shown(self) -> None:
        """The photo is on screen."""
        if self._is_running and not self._is_paused and not self._timer.isActive():
            self._timer.start()

    def _set(self, *, running: bool, paused: bool) -> None:
        if (running, paused) != (self._is_running, self._is_paused):
            self._is_running, self._is_paused = running, paused
            self.changed.emit()
