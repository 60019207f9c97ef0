"""Groups files of one folder that are one photo: raw and JPEG, a Live Photo's clip, a phone's edited copy.

In doubt they stay apart: two photos shown as one lose a tile, one shown as two is only untidy.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from photosort.domain.dates import start_of
from photosort.domain.photos import Role
from photosort.domain.texts import composed
from photosort.media.edited_names import originals_of, takeout_originals_of
from photosort.media.formats import extension_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from photosort.media.formats import Media

_SAME_MOMENT_S = 2.0
# A clip's header knows UTC where the still knows only the camera's clock: they differ by whole quarters of hours.
_OFFSET_STEP_S = 15 * 60
_MOST_OFFSET_S = 14 * 3600
# Google's motion photo PXL_x.MP.jpg and its clip PXL_x.MP.
_CLIP_EXTENSION = ".mp"
_JOINED_RAW_ENDINGS = (".jpg", ".jpeg", ".heic", ".heif", ".hif")
# A Pixel's PXL_x.RAW-01.COVER.jpg and PXL_x.RAW-02.ORIGINAL.dng; .PORTRAIT- has two JPEGs. A burst's are pictures each.
_PIXEL = re.compile(
    r"^(?P<moment>.+)\.(?P<mode>raw|portrait)-\d+(?P<more>(?:\.[a-z]+)*)\.(?P<part>cover|original)$",
    re.IGNORECASE,
)
# Shotwell's JPEG of DSC_1.NEF: DSC_1_NEF_shotwell.jpg, or the raw file's own preview.
_SHOTWELL = re.compile(
    r"^(?P<raw>.+)_(?P<ending>[a-z0-9]{2,4})_(?P<by>shotwell|embedded|camera)(?:_\d+)?$",
    re.IGNORECASE,
)
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
        takeout: the JSON that Google Takeout wrote for it or for the original of an edited copy, or None.
    """

    relative: str
    media: Media
    taken_at: str | None = None
    content_identifier: str | None = None
    offset_min: int | None = None
    takeout: str | None = None


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
    photos.join_raw()
    photos.join_developed()
    photos.join_edits()
    photos.join_clips()
    photos.join_marked()
    return photos.grouped()


class _Photos:
    """Files on their way to photos: each knows the file that it belongs to."""

    def __init__(self, files: Sequence[SiblingFacts]) -> None:
        self._files = files
        self._owner = list(range(len(files)))
        self._roles = [Role.RAW if file.media == "raw" else Role.ORIGINAL for file in files]
        self._stems = [_stem(file) for file in files]
        self._exact: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._folded: dict[tuple[str, str], list[int]] = defaultdict(list)
        for index, (file, stem) in enumerate(zip(files, self._stems, strict=True)):
            self._exact[_folder(file), stem].append(index)
            self._folded[_folder(file), stem.casefold()].append(index)

    def join_raw(self) -> None:
        """One raw file and its JPEG or HEIC; a second raw (a conversion to DNG) makes it doubtful."""
        for raw in self._of("raw"):
            beside = self._beside(raw, self._stems[raw])
            if any(self._files[i].media == "raw" for i in beside):
                continue
            for ending in _JOINED_RAW_ENDINGS:
                pictures = [i for i in beside if self._extension(i) == ending]
                if pictures:
                    if len(pictures) == 1 and self._may_be_one(raw, pictures[0]):
                        self._owner[raw] = pictures[0]
                    break

    def join_developed(self) -> None:
        """The JPEGs that Shotwell makes of a raw file."""
        for index in self._of("image"):
            match = _SHOTWELL.match(self._stems[index])
            if match is None:
                continue
            raws = [
                i
                for i in self._beside(index, match["raw"])
                if self._extension(i) == f".{match['ending'].lower()}"
                and self._files[i].media == "raw"
            ]
            if len(raws) == 1 and self._may_be_one(index, raws[0]):
                self._owner[index] = raws[0]
                if match["by"].lower() == "shotwell":
                    self._roles[index] = Role.EDITED

    def join_edits(self) -> None:
        """IMG_E1234 with IMG_1234, IMG-edited with IMG, a Pixel's portrait with what it was made from."""
        edits: dict[int, list[int]] = defaultdict(list)
        for index in self._of("image"):
            original = self._original_of(index)
            if original is not None:
                edits[original].append(index)
        for original, copies in edits.items():
            # Of two, nobody knows which one its owner wants to see.
            if len(copies) == 1:
                self._owner[copies[0]] = original
                self._roles[copies[0]] = Role.EDITED

    def _original_of(self, edit: int) -> int | None:
        file = self._files[edit]
        match = _PIXEL.match(_plain_stem(file))
        if match and match["mode"].lower() == "portrait" and match["part"].lower() == "cover":
            stills = [
                i
                for i in self._beside(edit, self._stems[edit])
                if (other := _PIXEL.match(_plain_stem(self._files[i])))
                and other["part"].lower() == "original"
            ]
            return self._only_original(edit, stills)
        known = originals_of(self._stems[edit])
        for stem in known or (takeout_originals_of(self._stems[edit]) if file.takeout else ()):
            stills = [
                i
                for i in self._beside(edit, stem)
                if self._files[i].media == "image"
                and (known or self._files[i].takeout == file.takeout)
            ]
            if stills:
                return self._only_original(edit, stills)
        return None

    def _only_original(self, edit: int, stills: Sequence[int]) -> int | None:
        same = [i for i in stills if self._extension(i) == self._extension(edit)] or stills
        chosen = stills if len(stills) == 1 else same
        if len(chosen) == 1 and self._may_be_one(edit, chosen[0]):
            return chosen[0]
        return None

    def join_clips(self) -> None:
        """A clip with the still of its name and moment, where neither bears a mark that says otherwise."""
        for clip in self._of("video"):
            beside = self._beside(clip, self._stems[clip])
            stills = [i for i in beside if self._files[i].media == "image"]
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

    def _of(self, media: Media) -> list[int]:
        return [index for index, file in enumerate(self._files) if file.media == media]

    def _beside(self, index: int, stem: str) -> list[int]:
        """The other files of the folder with this name; names in another case only where there is none."""
        folder = _folder(self._files[index])
        for found in (
            self._exact.get((folder, stem), ()),
            self._folded.get((folder, stem.casefold()), ()),
        ):
            others = [i for i in found if i != index]
            if others:
                return others
        return []

    def _extension(self, index: int) -> str:
        return extension_of(self._files[index].relative)

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


def _plain_stem(file: SiblingFacts) -> str:
    name = composed(file.relative.rpartition("/")[2])
    return name[: name.rfind(".")] if "." in name else name


def _stem(file: SiblingFacts) -> str:
    """The name that the parts of one shot share."""
    stem = _plain_stem(file)
    pixel = _PIXEL.match(stem)
    if pixel:
        return f"{pixel['moment']}.{pixel['mode']}"
    is_clip = stem[-len(_CLIP_EXTENSION) :].lower() == _CLIP_EXTENSION
    return stem[: -len(_CLIP_EXTENSION)] if is_clip else stem


def names_of(file: SiblingFacts) -> frozenset[tuple[str, str]]:
    """Folder and each name that a companion of a file may have: no two files without a name in common are one photo."""
    stem = _stem(file)
    shotwell = _SHOTWELL.match(stem)
    stems = [stem, *(takeout_originals_of if file.takeout else originals_of)(stem)]
    if shotwell:
        stems.append(shotwell["raw"])
    return frozenset((_folder(file), one.casefold()) for one in stems)


def _seconds_between(one: SiblingFacts, other: SiblingFacts) -> float:
    if one.taken_at is None or other.taken_at is None:
        return float("inf")
    return (start_of(one.taken_at) - start_of(other.taken_at)).total_seconds()
