"""The slideshow."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

USUAL_INTERVAL_S = 4


class Slideshow(QObject):
    """Asks for the next photo when the one before was seen long enough.

    The time of a photo begins when it is on screen (`photo_shown`), so that a slow drive skips nothing.

    Signals:
        advanced: it is time for the next photo.
        began: the time of a photo begins.
        changed: it began, paused, went on or ended.
    """

    advanced = Signal()
    began = Signal()
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True, interval=USUAL_INTERVAL_S * 1000)
        self._timer.timeout.connect(self.advanced)
        self._is_running = False
        self._is_paused = False
        self._has_begun = False

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

    @property
    def interval_ms(self) -> int:
        """How long each photo is shown, in milliseconds."""
        return self._timer.interval()

    def start(self) -> None:
        """Begins; the time of the first photo begins with `photo_shown`, like that of the others."""
        self.photo_changed()
        self._set(running=True, paused=False)

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
            elif self._has_begun:
                self._timer.start()
            else:
                self._begin()

    def photo_changed(self) -> None:
        """Another photo was asked for; its time begins when it is shown."""
        self._timer.stop()
        self._has_begun = False

    def photo_shown(self) -> None:
        """The photo is on screen."""
        if self._is_running and not self._is_paused and not self._timer.isActive():
            self._begin()

    def _begin(self) -> None:
        self._has_begun = True
        self._timer.start()
        self.began.emit()

    def _set(self, *, running: bool, paused: bool) -> None:
        if (running, paused) != (self._is_running, self._is_paused):
            self._is_running, self._is_paused = running, paused
            self.changed.emit()
