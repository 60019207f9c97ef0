"""Named people and where they are in the picture, as MWG and Microsoft programs wrote them."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from photosort.domain.photos import PersonRegion
from photosort.media.texts import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from photosort.media.tags import Xmp

Box = tuple[float, float, float, float]

_MWG = re.compile(r"^Xmp\.mwg-rs\.Regions/mwg-rs:RegionList\[(\d+)\]/mwg-rs:(.+)$")
_MICROSOFT = re.compile(r"^Xmp\.MP\.RegionInfo/MPRI:Regions\[(\d+)\]/MPReg:(.+)$")
_MWG_SIZE = "Xmp.mwg-rs.Regions/mwg-rs:AppliedToDimensions/stDim:"
_SIDEWAYS = 5
# Two boxes of one name that overlap by this much are one face, written by two standards.
_SAME_FACE = 0.5


def people_of(xmp: Xmp, size: tuple[int, int], orientation: int) -> tuple[PersonRegion, ...]:
    """The people that a file names, each with a box where one was written.

    Args:
        xmp: all XMP of the file.
        size: width and height as stored, (0, 0) where unknown.
        orientation: EXIF orientation: boxes are written for the picture as stored.
    """
    # Programs that write both may turn one alone: what MWG's list says of a name is not said again.
    people = _mwg(xmp, size, orientation)
    boxed = {person.name.casefold() for person in people}
    people += [one for one in _microsoft(xmp, orientation) if one.name.casefold() not in boxed]
    named = xmp.get("Xmp.iptcExt.PersonInImage", [])
    known = {person.name.casefold() for person in people}
    for written in named if isinstance(named, list) else [named]:
        name = clean(written)
        if name and name.casefold() not in known:
            people.append(PersonRegion(name))
    return joined_people((), people)


def turned_people(people: Iterable[PersonRegion], orientation: int) -> tuple[PersonRegion, ...]:
    """The same people on a picture that is turned."""
    return tuple(PersonRegion(one.name, _displayed(one.box, orientation)) for one in people)


def joined_people(
    first: Iterable[PersonRegion], second: Iterable[PersonRegion]
) -> tuple[PersonRegion, ...]:
    """Both lists without twins: the same name without a box, or with boxes that overlap by half."""
    kept: list[PersonRegion] = []
    for person in (*first, *second):
        twins = [other for other in kept if other.name.casefold() == person.name.casefold()]
        if person.box is None and twins:
            continue
        if any(
            other.box and person.box and _overlap(other.box, person.box) > _SAME_FACE
            for other in twins
        ):
            continue
        kept = [other for other in kept if other not in twins or other.box is not None]
        kept.append(person)
    return tuple(kept)


def _grouped(xmp: Xmp, pattern: re.Pattern[str]) -> list[dict[str, str]]:
    groups: dict[int, dict[str, str]] = {}
    for key, value in xmp.items():
        match = pattern.match(key) if "[" in key else None
        if match and isinstance(value, str):
            groups.setdefault(int(match[1]), {})[match[2]] = value
    return [groups[index] for index in sorted(groups)]


def _mwg(xmp: Xmp, size: tuple[int, int], orientation: int) -> list[PersonRegion]:
    # Regions belong to the picture as stored, but some programs turn it and write them for the result; the
    # size that they were drawn on tells. A picture that is not stored sideways was turned after they were
    # drawn, and nothing says which way: the name stays, the box would lie elsewhere. (darktable 4.2.1 exports such.)
    drawn = (xmp.get(f"{_MWG_SIZE}w"), xmp.get(f"{_MWG_SIZE}h"))
    swapped = size[0] != size[1] and drawn == (str(size[1]), str(size[0]))
    already_upright = swapped and orientation >= _SIDEWAYS
    lost = swapped and orientation < _SIDEWAYS
    people = []
    for region in _grouped(xmp, _MWG):
        name = clean(region.get("Name"))
        if not name or region.get("Type", "Face").casefold() != "face":
            continue
        numbers = _numbers(region.get(f"Area/stArea:{key}") for key in ("x", "y", "w", "h"))
        box = None
        if not lost and numbers and region.get("Area/stArea:unit", "normalized") == "normalized":
            x, y, w, h = numbers
            box = (x - w / 2, y - h / 2, w, h)
        people.append(PersonRegion(name, _displayed(box, 1 if already_upright else orientation)))
    return people


def _microsoft(xmp: Xmp, orientation: int) -> list[PersonRegion]:
    people = []
    for region in _grouped(xmp, _MICROSOFT):
        name = clean(region.get("PersonDisplayName"))
        if name:
            numbers = _numbers(region.get("Rectangle", "").split(","))
            people.append(PersonRegion(name, _displayed(numbers, orientation)))
    return people


def _numbers(texts: Iterable[str | None]) -> Box | None:
    try:
        values = [float(text or "") for text in texts]
    except ValueError:
        return None
    if len(values) != 4 or not all(math.isfinite(value) for value in values):
        return None
    return values[0], values[1], values[2], values[3]


def _displayed(box: Box | None, orientation: int) -> Box | None:
    """A box on the stored picture as one on the displayed picture, cut at its edges."""
    if box is None:
        return None
    left, top = max(0.0, box[0]), max(0.0, box[1])
    right, bottom = min(1.0, box[0] + box[2]), min(1.0, box[1] + box[3])
    if right <= left or bottom <= top:
        return None
    if orientation >= _SIDEWAYS:
        left, top, right, bottom = top, left, bottom, right
    if orientation in {2, 3, 6, 7}:
        left, right = 1 - right, 1 - left
    if orientation in {3, 4, 7, 8}:
        top, bottom = 1 - bottom, 1 - top
    return left, top, right - left, bottom - top


def _overlap(first: Box, second: Box) -> float:
    width = min(first[0] + first[2], second[0] + second[2]) - max(first[0], second[0])
    height = min(first[1] + first[3], second[1] + second[3]) - max(first[1], second[1])
    if width <= 0 or height <= 0:
        return 0.0
    shared = width * height
    return shared / (first[2] * first[3] + second[2] * second[3] - shared)
