"""The slow movement of the slideshow: each photo comes closer or goes farther while it is shown."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation

from photosort.gui.base import theme
from photosort.gui.loupe.framing import Framing
from photosort.gui.loupe.photo_view import PhotoView
from photosort.gui.loupe.slideshow import Slideshow

_CLOSER = 1.18
# Where the movement leads, as parts of the view: another place from photo to photo.
_PLACES = ((0.32, 0.36), (0.68, 0.36), (0.66, 0.64), (0.34, 0.64))


class PanZoom(QObject):
    """Moves the photo of a running slideshow, unless the user wants no animations or takes hold of it."""

    def __init__(self, view: PhotoView, slideshow: Slideshow) -> None:
        """Waits for the slideshow.

        Args:
            view: where the photo is; it owns this.
            slideshow: says when a photo's time begins, pauses and ends.
        """
        super().__init__(view)
        self._view = view
        self._slideshow = slideshow
        self._number = 0
        self._ends: tuple[Framing, Framing] | None = None
        self._last: Framing | None = None
        self._animation = QVariantAnimation(self, startValue=0.0, endValue=1.0)
        self._animation.setEasingCurve(QEasingCurve.Type.InOutSine)
        self._animation.valueChanged.connect(self._move)
        view.framed.connect(self._on_framed)
        slideshow.began.connect(self._begin)
        slideshow.changed.connect(self._follow)

    @property
    def is_moving(self) -> bool:
        """Whether a photo is being moved."""
        return self._animation.state() is QVariantAnimation.State.Running

    def _begin(self) -> None:
        framing = self._view.framing
        self._animation.stop()
        if framing is None or not theme.fade_ms():
            return
        self._ends = path(framing, self._number)
        self._number += 1
        self._last = framing
        self._animation.setDuration(self._slideshow.interval_ms)
        self._animation.start()

    def _follow(self) -> None:
        """The slideshow paused, went on or ended."""
        state = QVariantAnimation.State
        if not self._slideshow.is_running:
            self._animation.stop()
        elif self._slideshow.is_paused and self.is_moving:
            self._animation.pause()
        elif not self._slideshow.is_paused and self._animation.state() is state.Paused:
            self._animation.resume()

    def _move(self, part: float) -> None:
        framing = self._view.framing
        if framing is None or self._ends is None or framing.photo != self._ends[0].photo:
            self._animation.stop()
            return
        start, end = (one.in_view(framing.view) for one in self._ends)
        self._last = start.towards(end, part)
        self._view.set_framing(self._last)

    def _on_framed(self) -> None:
        """The user zooms or drags: from then on the photo is theirs. Another size of the view is followed."""
        now, last = self._view.framing, self._last
        if now is None or last is None or now == last or not self.is_moving:
            return
        if (now.photo, now.view) == (last.photo, last.view):
            self._animation.stop()


def path(framing: Framing, number: int) -> tuple[Framing, Framing]:
    """Where the movement of a photo begins and ends.

    Args:
        framing: of the photo in its view.
        number: of the photo in the slideshow; every other one goes farther instead of closer.
    """
    whole = Framing.fit(framing.photo, framing.view)
    across, down = _PLACES[number % len(_PLACES)]
    at = (framing.view[0] * across, framing.view[1] * down)
    close = whole.zoomed_to(whole.scale * _CLOSER, at)
    return (whole, close) if number % 2 == 0 else (close, whole)
