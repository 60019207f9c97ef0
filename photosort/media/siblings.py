"""Which files of one folder are one photo: raw and JPEG, a Live Photo's clip, a phone's edited copy.

In doubt they stay apart: two photos shown as one lose a tile, one shown as two is only untidy.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from photosort.domain.photos import Role
from photosort.media.formats import extension_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from photosort.media.formats import Media

_SAME_MOMENT_S = 2.0
# A clip's header knows UTC where the still knows only the camera's clock: they differ by whole quarters of hours.
_OFFSET_STEP_S = 15 * 60
_MOST_OFFSET_S = 14 * 3600
# Apple's edited copy of IMG_1234 is IMG_E1234.
_APPLE_EDIT = re.compile(r"^(img_)e(\d{4,})$")
# Google's motion photo PXL_x.MP.jpg and its clip PXL_x.MP.
_CLIP_EXTENSION = ".mp"
_JOINED_RAW_ENDINGS = (".jpg", ".jpeg", ".heic", ".heif", ".hif")
_ORDER = (Role.EDITED, Role.ORIGINAL, Role.RAW, Role.MOTION)


@dataclass(frozen=True, slots=True)
class SiblingFacts:
    """What is known of one file.

    Attributes:
        relative: path below the root.
        media: what its extension promises.
        taken_at: wall-clock time in the file, ISO 8601, or None.
        content_identifier: the mark that the parts of a Live Photo share, or None.
        offset_min: minutes east of UTC that belong to `taken_at`, or None.
    """

    relative: str
    media: Media
    taken_at: str | None = None
    content_identifier: str | None = None
    offset_min: int | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A file in its place within a photo."""

    relative: str
    role: Role


def group(files: Sequence[SiblingFacts]) -> list[list[Member]]:
    """Sorts files into photos.

    Args:
        files: files of one folder; of several folders, each is looked at by itself.

    Returns:
        Photos in the order of their first file; in each the file that is shown comes first: the edited copy,
        the original, the raw, the clip.
    """
    photos = _Photos(files)
    by_base: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, file in enumerate(files):
        by_base[base_of(file)].append(index)
    for same_base in by_base.values():
        photos.join_raw(same_base)
        photos.join_edits(same_base)
        photos.join_clips(same_base)
    photos.join_marked()
    return photos.grouped()


class _Photos:
    """Files on their way to photos: each knows the file that it belongs to."""

    def __init__(self, files: Sequence[SiblingFacts]) -> None:
        self._files = files
        self._owner = list(range(len(files)))
        self._roles = [Role.RAW if file.media == "raw" else Role.ORIGINAL for file in files]

    def join_raw(self, same_base: Iterable[int]) -> None:
        """One raw file and its JPEG or HEIC; a second raw (a conversion to DNG) makes it doubtful."""
        stems: dict[str, list[int]] = defaultdict(list)
        for index in same_base:
            stems[_stem(self._files[index])].append(index)
        for indexes in stems.values():
            raws = [i for i in indexes if self._files[i].media == "raw"]
            for ending in _JOINED_RAW_ENDINGS:
                pictures = [i for i in indexes if self._extension(i) == ending]
                if len(raws) == 1 and len(pictures) == 1:
                    if self._may_be_one(raws[0], pictures[0]):
                        self._owner[raws[0]] = pictures[0]
                    break

    def join_edits(self, same_base: Sequence[int]) -> None:
        """IMG_E1234 with IMG_1234."""
        edits = [i for i in same_base if self._files[i].media == "image" and self._is_edit(i)]
        stills = [i for i in same_base if self._files[i].media == "image" and not self._is_edit(i)]
        if len(edits) == 1 and len(stills) == 1 and self._may_be_one(edits[0], stills[0]):
            self._owner[edits[0]] = stills[0]
            self._roles[edits[0]] = Role.EDITED

    def join_clips(self, same_base: Sequence[int]) -> None:
        """A clip with the still of its name and moment, where neither bears a mark that says otherwise."""
        for clip in (i for i in same_base if self._files[i].media == "video"):
            stills = [
                i
                for i in same_base
                if self._files[i].media == "image" and self._is_edit(i) == self._is_edit(clip)
            ]
            if len(stills) == 1 and self._is_clip_of(clip, stills[0]):
                self._owner[clip] = stills[0]
                self._roles[clip] = Role.MOTION

    def join_marked(self) -> None:
        """The parts of a Live Photo by the mark that they share, whatever they are called."""
        marked: dict[tuple[str, str], list[int]] = defaultdict(list)
        for index, file in enumerate(self._files):
            if file.content_identifier:
                marked[_folder(file), file.content_identifier].append(index)
        for indexes in marked.values():
            stills = [i for i in indexes if self._files[i].media == "image" and self._owner[i] == i]
            clips = [i for i in indexes if self._files[i].media == "video" and self._owner[i] == i]
            # Two stills of one mark are copies or variants; whose the clip is, nobody knows.
            if len(stills) == 1:
                for clip in clips:
                    self._owner[clip] = stills[0]
                    self._roles[clip] = Role.MOTION

    def grouped(self) -> list[list[Member]]:
        members: dict[int, list[int]] = defaultdict(list)
        for index in range(len(self._files)):
            members[self._root(index)].append(index)
        return [
            [
                Member(self._files[i].relative, self._roles[i])
                for i in sorted(indexes, key=lambda i: _ORDER.index(self._roles[i]))
            ]
            for indexes in members.values()
        ]

    def _root(self, index: int) -> int:
        while self._owner[index] != index:
            index = self._owner[index]
        return index

    def _extension(self, index: int) -> str:
        return extension_of(self._files[index].relative)

    def _is_edit(self, index: int) -> bool:
        return _APPLE_EDIT.match(_stem(self._files[index])) is not None

    def _may_be_one(self, first: int, second: int) -> bool:
        """True unless marks or moments contradict."""
        one, other = self._files[first], self._files[second]
        if one.content_identifier and other.content_identifier:
            return one.content_identifier == other.content_identifier
        if one.taken_at is None or other.taken_at is None:
            return True
        return abs(_seconds_between(one, other)) <= _SAME_MOMENT_S

    def _is_clip_of(self, clip: int, still: int) -> bool:
        one, other = self._files[clip], self._files[still]
        if one.content_identifier and other.content_identifier:
            return one.content_identifier == other.content_identifier
        if self._extension(clip) == _CLIP_EXTENSION:
            return True
        if one.taken_at is None or other.taken_at is None:
            return False
        seconds = _seconds_between(one, other)
        if one.offset_min is not None and other.offset_min is not None:
            return abs(seconds - 60 * (one.offset_min - other.offset_min)) <= _SAME_MOMENT_S
        beside = abs(seconds - round(seconds / _OFFSET_STEP_S) * _OFFSET_STEP_S)
        return abs(seconds) <= _MOST_OFFSET_S + _SAME_MOMENT_S and beside <= _SAME_MOMENT_S


def _folder(file: SiblingFacts) -> str:
    return file.relative.rpartition("/")[0]


def _stem(file: SiblingFacts) -> str:
    name = file.relative.rpartition("/")[2]
    stem = name[: name.rfind(".")] if "." in name else name
    return stem.casefold().removesuffix(_CLIP_EXTENSION)


def base_of(file: SiblingFacts) -> tuple[str, str]:
    """Folder and the name that companions share."""
    return _folder(file), _APPLE_EDIT.sub(r"\1\2", _stem(file))


def _seconds_between(one: SiblingFacts, other: SiblingFacts) -> float:
    if one.taken_at is None or other.taken_at is None:
        return float("inf")
    first = datetime.fromisoformat(one.taken_at)
    return (first - datetime.fromisoformat(other.taken_at)).total_seconds()
