"""The bar above the photo and the filmstrip below it, which hide when they would be in the way."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from photosort.gui.loupe.filmstrip import Filmstrip
from photosort.gui.loupe.slideshow import Slideshow
from photosort.gui.loupe.top_bar import TopBar

_HIDE_MS = 2500


class Bars(QObject):
    """Hides both, and the pointer, on the whole screen and in a slideshow while nothing is done."""

    def __init__(
        self, loupe: QWidget, top: TopBar, filmstrip: Filmstrip, slideshow: Slideshow
    ) -> None:
        """Shows both.

        Args:
            loupe: where they are.
            top: the bar above.
            filmstrip: the photos below; none of them during a slideshow.
            slideshow: one photo after the other.
        """
        super().__init__(loupe)
        self._loupe = loupe
        self._top = top
        self._filmstrip = filmstrip
        self._slideshow = slideshow
        self._is_full_screen = False
        self._timer = QTimer(self, singleShot=True, interval=_HIDE_MS)
        self._timer.timeout.connect(self._hide)
        slideshow.changed.connect(self.show)

    @property
    def is_full_screen(self) -> bool:
        """Whether the loupe has the whole screen."""
        return self._is_full_screen

    def set_full_screen(self, *, on: bool) -> None:
        """Follows the window."""
        self._is_full_screen = on
        self._top.set_full_screen(on=on)
        self.show()

    def show(self) -> None:
        """Shows both, for a moment or for good."""
        slideshow = self._slideshow
        self._top.show()
        self._filmstrip.setVisible(not slideshow.is_running)
        self._loupe.unsetCursor()
        quiet = self._is_full_screen or (slideshow.is_running and not slideshow.is_paused)
        if quiet and self._loupe.isVisible():
            self._timer.start()
        else:
            self._timer.stop()

    def on_pointer(self) -> None:
        """The pointer moves: both come back."""
        if self._top.isHidden() or self._timer.isActive():
            self.show()

    def stop(self) -> None:
        """Hides nothing any more."""
        self._timer.stop()

    def _hide(self) -> None:
        focus = self._loupe.focusWidget() or self._loupe
        if self._top.isAncestorOf(focus) or self._filmstrip.hasFocus():
            return  # a keyboard would lose its place
        self._top.hide()
        self._filmstrip.hide()
        self._loupe.setCursor(Qt.CursorShape.BlankCursor)
