"""Zooming and panning as arithmetic: the visible part of a photo and its scale."""

from __future__ import annotations

from dataclasses import dataclass, replace

Point = tuple[float, float]
Size = tuple[float, float]
Rect = tuple[float, float, float, float]

LARGEST_SCALE = 8.0
# A small photo is not blown up further than this to fill a large screen.
LARGEST_FIT = 2.0
_SAME = 1.001


@dataclass(frozen=True, slots=True)
class Framing:
    """A photo in a view, all of it visible at first.

    Attributes:
        photo: width and height in the photo's own pixels.
        view: width and height in pixels of the screen.
        scale: pixels of the screen to one of the photo's; 1.0 is 100 %.
        centre: the photo's point in the middle of the view.
        is_fitted: the photo fills the view and goes on doing so when the view changes.
    """

    photo: Size
    view: Size
    scale: float
    centre: Point
    is_fitted: bool

    @classmethod
    def fit(cls, photo: Size, view: Size) -> Framing:
        """All of a photo in a view."""
        return cls(photo, view, _fit(photo, view), (photo[0] / 2, photo[1] / 2), is_fitted=True)

    @property
    def fit_scale(self) -> float:
        """The scale at which all of the photo is seen."""
        return _fit(self.photo, self.view)

    @property
    def smallest_scale(self) -> float:
        """As far as one can zoom out: all of the photo, or 100 % of a small one."""
        return min(self.fit_scale, 1.0)

    @property
    def rect(self) -> Rect:
        """Left, top, width and height of the photo in the view."""
        width, height = self.photo[0] * self.scale, self.photo[1] * self.scale
        return (
            self.view[0] / 2 - self.centre[0] * self.scale,
            self.view[1] / 2 - self.centre[1] * self.scale,
            width,
            height,
        )

    @property
    def seen(self) -> Rect:
        """Left, top, right and bottom of what is visible, in the photo's pixels."""
        left, top = self.point_at((0.0, 0.0))
        right, bottom = self.point_at(self.view)
        return (
            max(0.0, left),
            max(0.0, top),
            min(self.photo[0], right),
            min(self.photo[1], bottom),
        )

    @property
    def can_pan(self) -> bool:
        """Whether some of the photo lies outside the view."""
        return (
            self.photo[0] * self.scale > self.view[0] * _SAME
            or self.photo[1] * self.scale > self.view[1] * _SAME
        )

    def point_at(self, at: Point) -> Point:
        """The photo's point that is seen at a point of the view."""
        return (
            self.centre[0] + (at[0] - self.view[0] / 2) / self.scale,
            self.centre[1] + (at[1] - self.view[1] / 2) / self.scale,
        )

    def zoomed_to(self, scale: float, at: Point | None = None) -> Framing:
        """At another scale, with the photo's point at `at` (of the view; None: its middle) kept in place."""
        scale = min(max(scale, self.smallest_scale), LARGEST_SCALE)
        if 1 / _SAME < scale / self.fit_scale < _SAME:
            return Framing.fit(self.photo, self.view)
        at = at or (self.view[0] / 2, self.view[1] / 2)
        held = self.point_at(at)
        centre = (
            held[0] - (at[0] - self.view[0] / 2) / scale,
            held[1] - (at[1] - self.view[1] / 2) / scale,
        )
        return replace(self, scale=scale, centre=centre, is_fitted=False)._kept_inside()

    def toggled(self, at: Point | None = None) -> Framing:
        """Pixel for pixel at a point, or all of the photo if it is larger than that already."""
        if not self.is_fitted:
            return Framing.fit(self.photo, self.view)
        close = 1.0 if self.fit_scale < 1 / _SAME else LARGEST_FIT * self.fit_scale
        return self.zoomed_to(close, at)

    def moved(self, dx: float, dy: float) -> Framing:
        """Dragged by pixels of the screen."""
        centre = (self.centre[0] - dx / self.scale, self.centre[1] - dy / self.scale)
        return replace(self, centre=centre)._kept_inside()

    def towards(self, other: Framing, part: float) -> Framing:
        """On the way to another framing of the same photo in the same view: 0 is here, 1 is there."""
        scale = self.scale + (other.scale - self.scale) * part
        centre = tuple(
            mine + (theirs - mine) * part
            for mine, theirs in zip(self.centre, other.centre, strict=True)
        )
        there = replace(self, scale=scale, centre=(centre[0], centre[1]), is_fitted=False)
        return there._kept_inside()

    def in_view(self, view: Size) -> Framing:
        """In a view of another size."""
        if self.is_fitted:
            return Framing.fit(self.photo, view)
        return replace(self, view=view)._kept_inside()

    def like(self, other: Framing) -> Framing:
        """As close to this photo as another framing is to its own, and at the same place."""
        if other.is_fitted:
            return Framing.fit(self.photo, self.view)
        part = (other.centre[0] / other.photo[0], other.centre[1] / other.photo[1])
        # By the photos alone: views that differ by a pixel must not make 100 % of one 99.7 % of the other.
        scale = other.scale * max(other.photo) / max(self.photo)
        centre = (part[0] * self.photo[0], part[1] * self.photo[1])
        return replace(self, scale=scale, centre=centre, is_fitted=False)._kept_inside()

    def _kept_inside(self) -> Framing:
        centre = tuple(
            _kept(self.centre[i], self.photo[i], self.view[i] / self.scale) for i in (0, 1)
        )
        return replace(self, centre=(centre[0], centre[1]))


def _fit(photo: Size, view: Size) -> float:
    return min(LARGEST_FIT, view[0] / photo[0], view[1] / photo[1])


def _kept(centre: float, whole: float, seen: float) -> float:
    """A centre such that no gap opens at an edge; the middle where all is seen."""
    if seen >= whole:
        return whole / 2
    return min(max(centre, seen / 2), whole - seen / 2)
