"""Which files of one folder are one photo: RAW and JPEG, the clip of a Live Photo, an edit beside its original.

In doubt they stay apart: two photos shown as one hide one of them, one shown as two costs a glance.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from photosort.domain.photos import Role
from photosort.media.formats import extension_of

if TYPE_CHECKING:
    from photosort.media.formats import Media

# A Live Photo's clip begins before the picture and its time is written in whole seconds.
_TOGETHER_S = 2.0
_ZONE_STEP_S = 15 * 60
_ZONES_S = 14 * 3600

# "IMG_E1234" is what an iPhone names the edited version of "IMG_1234".
_APPLE_EDIT = re.compile(r"^(img_)e(\d{4,})$")
# "PXL_20230101_101010123.MP.jpg" and its clip "PXL_20230101_101010123.MP" share what stands before ".MP".
_MOTION_SUFFIX = re.compile(r"\.(mp|mv|mvimg)$")


@dataclass(frozen=True, slots=True)
class SiblingFacts:
    """What decides whether a file belongs to another one's photo.

    Attributes:
        relative: path below the root.
        taken_at: wall-clock time, ISO 8601, or None.
        content_identifier: what the parts of a Live Photo share, or None.
    """

    relative: str
    media: Media
    taken_at: str | None = None
    content_identifier: str | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a group, and what it is to the photo."""

    relative: str
    role: Role


def group(files: Sequence[SiblingFacts]) -> list[list[Member]]:
    """Parts the files of one folder into photos.

    Args:
        files: files of one folder.

    Returns:
        The groups in the order of their first file; in each the picture that should be shown comes first.
    """
    by_stem: dict[str, list[SiblingFacts]] = defaultdict(list)
    for file in files:
        by_stem[stem(file.relative)].append(file)
    groups = [part for same in by_stem.values() for part in _parts(same)]
    place = {file.relative: i for i, file in enumerate(files)}
    groups.sort(key=lambda members: min(place[m.relative] for m in members))
    return groups


def stem(relative: str) -> str:
    """What the names of one photo's files share; folders are not looked at."""
    name = relative.rpartition("/")[2].casefold()
    base = name[: -len(extension_of(name))] if "." in name else name
    base = _MOTION_SUFFIX.sub("", base)
    return _APPLE_EDIT.sub(r"\1\2", base)


def _parts(same: list[SiblingFacts]) -> list[list[Member]]:
    """Files of one base name: RAWs, clips and edits join the picture they belong to."""
    stills = [file for file in same if file.media == "image"]
    originals = [file for file in stills if not _is_apple_edit(file)]
    raws = [file for file in same if file.media == "raw"]
    if len(originals) + (not originals and len(raws)) != 1:
        # Nothing to join, or "a.jpg" beside "a.png": who belongs to whom cannot be known.
        return [[Member(file.relative, _alone(file))] for file in same]
    main = (originals or raws)[0]
    members = [Member(main.relative, _alone(main))]
    apart = []
    for file in same:
        if file is main:
            continue
        role = _role_beside(file, main)
        if role is None:
            apart.append([Member(file.relative, _alone(file))])
        else:
            members.append(Member(file.relative, role))
    return [_shown_first(members), *apart]


def _role_beside(file: SiblingFacts, main: SiblingFacts) -> Role | None:
    """What a file is to the picture of its base name, or None when it is a photo of its own."""
    if file.media == "raw":
        return Role.RAW if main.media == "image" and _same_moment(file, main) else None
    if file.media == "video":
        return Role.MOTION if _same_live_photo(file, main) else None
    return Role.EDITED if _is_apple_edit(file) else None


def _same_moment(file: SiblingFacts, main: SiblingFacts) -> bool:
    """Whether two times agree; where one is not known, the shared name decides."""
    seconds = _seconds_between(file.taken_at, main.taken_at)
    return seconds is None or seconds <= _TOGETHER_S


def _same_live_photo(clip: SiblingFacts, main: SiblingFacts) -> bool:
    if clip.content_identifier and main.content_identifier:
        return clip.content_identifier == main.content_identifier
    if extension_of(clip.relative) == ".mp":
        return True  # only ever the clip of a motion photo
    seconds = _seconds_between(clip.taken_at, main.taken_at)
    # Clips carry their time in UTC, pictures on the wall clock: they differ by whole quarters of an hour.
    return seconds is not None and (
        min(seconds % _ZONE_STEP_S, -seconds % _ZONE_STEP_S) <= _TOGETHER_S
        and seconds <= _ZONES_S + _TOGETHER_S
    )


def _seconds_between(first: str | None, second: str | None) -> float | None:
    if first is None or second is None:
        return None
    try:
        one, other = datetime.fromisoformat(first), datetime.fromisoformat(second)
    except ValueError:
        return None
    return abs((one - other).total_seconds())


def _is_apple_edit(file: SiblingFacts) -> bool:
    name = file.relative.rpartition("/")[2].casefold()
    return _APPLE_EDIT.match(name.rpartition(".")[0]) is not None


def _alone(file: SiblingFacts) -> Role:
    return Role.RAW if file.media == "raw" else Role.ORIGINAL


def _shown_first(members: Iterable[Member]) -> list[Member]:
    order = (Role.EDITED, Role.ORIGINAL, Role.RAW, Role.MOTION)
    return sorted(members, key=lambda member: order.index(member.role))
