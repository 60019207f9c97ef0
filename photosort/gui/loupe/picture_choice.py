"""Chooses the pictures that the loupe needs, from coarse to fine."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from photosort.domain.photos import Kind
from photosort.gui.loupe.framing import Framing, Rect
from photosort.gui.loupe.pictures import Picture, PictureCache, Wanted

if TYPE_CHECKING:
    from photosort.gui.grid.model import Marks
    from photosort.gui.loupe.framing import Size

THUMBNAIL_PX = 512
# Small changes of a window's size ask for nothing new.
_STEP_PX = 256
# Larger photos are decoded in parts when they are looked at closely.
WHOLE_PX = 40_000_000
_REGION_STEP_PX = 512


@dataclass(frozen=True, slots=True, eq=False)
class Layers:
    """What there is to paint of a photo.

    Attributes:
        pictures: coarse to fine; the later lie above the earlier.
        size: width and height of the photo in its own pixels, or None while only a thumbnail is there.
        finest: the part of its own resolution that the photo can be shown at.
        problem: why the photo cannot be shown, or "".
        is_sharp: the finest of them is as fine as the framing asks for.
    """

    pictures: tuple[Picture, ...] = ()
    size: tuple[int, int] | None = None
    finest: float = 1.0
    problem: str = ""
    is_sharp: bool = False


def can_decode(marks: Marks) -> bool:
    """Whether there is more to show of a photo than its stored thumbnail."""
    return not marks.is_offline and not marks.problem and marks.kind is not Kind.VIDEO


def message(marks: Marks, found: Layers) -> tuple[str, str]:
    """Why a photo is not shown as it should be, and the icon for it; ("", "image") where it is."""
    if marks.kind is Kind.VIDEO:
        text = QCoreApplication.translate(
            "showing", "Press Enter to play this video in your video player."
        )
        return text, "video"
    if marks.is_offline:
        text = QCoreApplication.translate(
            "showing",
            "The drive with this photo is not connected. Connect it to see more than the thumbnail.",
        )
        return text, "folder-offline"
    return marks.problem or found.problem, "warning" if marks.problem or found.problem else "image"


def thumbnail(photo_id: int) -> Wanted:
    """The picture that is there at once."""
    return Wanted(photo_id, THUMBNAIL_PX, stored=True)


def fitted(photo_id: int, view: Size) -> Wanted:
    """All of a photo, as large as a view."""
    longest = max(view)
    return Wanted(photo_id, max(_STEP_PX, math.ceil(longest / _STEP_PX) * _STEP_PX))


def detail_for_zoom(photo_id: int, framing: Framing, finest: float = 1.0) -> Wanted | None:
    """What a framing needs beyond the fitted picture; None where that is enough.

    Resolutions go in steps of two, so that a picture is never shown at less than half its size, where
    painting it would skip pixels, and turning the wheel does not decode at each notch.
    """
    longest = max(framing.photo)
    most = longest * finest
    level = fitted(photo_id, framing.view).max_px
    needed = min(most, longest * framing.scale)
    if level >= needed or level >= most:
        return None
    while level < needed:
        level *= 2
    if level >= most:
        level = math.ceil(most)
    part = level / longest
    if framing.photo[0] * framing.photo[1] * part**2 <= WHOLE_PX:
        return Wanted(photo_id, level)
    region = _around(framing)
    size = max(region[2] - region[0], region[3] - region[1])
    return Wanted(photo_id, max(1, math.ceil(size * part)), region)


def layers(cache: PictureCache, photo_id: int, framing: Framing | None) -> Layers:
    """What the cache holds for a framing; None while the photo's size is not known."""
    held = cache.of_photo(photo_id)
    decoded = [(w, p) for w, p in held if not w.stored]
    problem = next((p.problem for _, p in decoded if p.problem), "")
    good = [(w, p) for w, p in decoded if not p.image.isNull()]
    if not good:
        stored = tuple(p for w, p in held if w.stored and not p.image.isNull())
        return Layers(stored, problem=problem)
    wholes = sorted(
        (p for w, p in good if w.region is None), key=lambda picture: picture.image.width()
    )
    parts = sorted((p for w, p in good if w.region is not None), key=_fineness)
    finest = good[0][1].finest
    needed = None if framing is None else detail_for_zoom(photo_id, framing, finest)
    if framing is not None and wholes:
        wholes = _enough(wholes, framing)
    return Layers(
        (*wholes, *(parts if needed is not None and needed.region is not None else ())),
        size=good[0][1].size,
        finest=finest,
        is_sharp=needed is None or cache.get(needed) is not None,
    )


def _fineness(picture: Picture) -> float:
    return picture.image.width() / (picture.region[2] - picture.region[0])


def _enough(wholes: list[Picture], framing: Framing) -> list[Picture]:
    """The coarsest picture that is fine enough, or the finest there is."""
    needed = framing.photo[0] * framing.scale
    for picture in wholes:
        if picture.image.width() >= needed:
            return [picture]
    return wholes[-1:]


def _around(framing: Framing) -> Rect:
    """What is seen and half as much on each side, so that a short drag finds it there already."""
    left, top, right, bottom = framing.seen
    x, y = (right - left) / 2, (bottom - top) / 2
    step = _REGION_STEP_PX
    return (
        max(0.0, math.floor((left - x) / step) * step),
        max(0.0, math.floor((top - y) / step) * step),
        min(framing.photo[0], math.ceil((right + x) / step) * step),
        min(framing.photo[1], math.ceil((bottom + y) / step) * step),
    )
