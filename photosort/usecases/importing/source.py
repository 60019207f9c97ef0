"""What lies on a card, a phone or in a folder: photos with all that belongs to them, and which of them are new."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from photosort.domain.photos import File, FileState, Role
from photosort.media.identify import quick_key
from photosort.media.scan import FoundFile, ScanProblem, Skipped, scan
from photosort.media.siblings import SiblingFacts, group, names_of
from photosort.media.sidecar_names import owners_of
from photosort.progress import Progress
from photosort.sentences import Sentence
from photosort.store.tables.files import FileMetadata
from photosort.store.tables.photos import UserValues
from photosort.usecases.importing.template import Facts
from photosort.usecases.indexing.arrival import Arrival
from photosort.usecases.indexing.companions import facts_of_arrival
from photosort.usecases.indexing.file_reading import FileReading
from photosort.usecases.indexing.heads import read_arrival
from photosort.usecases.photos import metadata_merge
from photosort.usecases.photos.roots import require_folder

if TYPE_CHECKING:
    from photosort.progress import Job
    from photosort.usecases.importing.known_contents import KnownContents

_LOOKING = Sentence("Looking for photos")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A picture or clip of a photo.

    Attributes:
        path: where it lies.
        quick_key: as `identify.quick_key`; b"" where it could not be read.
        role: what it is to its photo.
        facts: what decides which files are one photo.
        is_new: nothing that is there already has this key, nor anything before it on the source.
    """

    path: Path
    size_bytes: int
    quick_key: bytes
    role: Role
    facts: SiblingFacts
    is_new: bool


@dataclass(frozen=True, slots=True)
class SourcePhoto:
    """A photo with all that goes with it.

    Attributes:
        files: the one that is shown first.
        beside: keyword files and the like, each with the name of the picture that it belongs to.
        facts: what a template may use.
        names: photos of one folder with the same number share a name.
    """

    files: tuple[SourceFile, ...]
    beside: tuple[tuple[Path, str], ...]
    facts: Facts
    names: int

    @property
    def is_new(self) -> bool:
        """Whether something of it seems to be new."""
        return any(file.is_new for file in self.files)


@dataclass(frozen=True, slots=True)
class Source:
    """What was found.

    Attributes:
        folder: absolute path without links.
        photos: folder by folder, those that share a name one after the other.
        problems: path and sentence of what could not be looked at.
        other_files: how many files are no photos and belong to none.
    """

    folder: Path
    photos: tuple[SourcePhoto, ...]
    problems: tuple[tuple[str, str], ...] = ()
    other_files: int = 0

    @property
    def new(self) -> int:
        """How many photos seem to be new."""
        return sum(photo.is_new for photo in self.photos)

    @property
    def new_bytes(self) -> int:
        """The size of what seems to be new."""
        return sum(file.size_bytes for photo in self.photos for file in photo.files if file.is_new)


def look(source: str, known: KnownContents, *, job: Job) -> Source:
    """Looks through a folder; nothing in it is changed, and of each file only the head is read.

    Args:
        source: the folder.
        known: what is there already.
        job: progress and cancel.

    Raises:
        InputProblem: it is no folder, does not exist, or cannot be opened.
        JobCancelled: nothing was done.
    """
    folder = require_folder(source).resolve()
    arrivals: list[Arrival] = []
    problems: list[tuple[str, str]] = []
    others = 0
    for found in scan(folder, check=job.check):
        if isinstance(found, FoundFile):
            arrivals.append(Arrival(found, None))
        elif isinstance(found, Skipped):
            others += found.why == "not a picture"
        elif isinstance(found, ScanProblem):
            problems.append((os.fspath(folder / found.relative), found.reason))
    _read(arrivals, folder, job)
    new = known.unknown(
        (arrival.quick_key, arrival.found.size_bytes) for arrival in arrivals if arrival.quick_key
    )
    photos: list[SourcePhoto] = []
    for _, held in groupby(arrivals, key=lambda arrival: arrival.folder):
        photos += _photos(folder, list(held), new)
    return Source(folder, tuple(photos), tuple(problems), others)


def _read(arrivals: Sequence[Arrival], folder: Path, job: Job) -> None:
    """Reads the heads of all files."""
    files = FileReading()
    with files.run():
        for done, arrival in enumerate(arrivals):
            job.check()
            job.progress = Progress(_LOOKING, done, len(arrivals))
            read_arrival(arrival, folder, files, previews=False)
            if not arrival.quick_key:
                # A damaged picture is copied as well: somebody may be able to mend it.
                with suppress(OSError):
                    path = folder / arrival.found.relative
                    arrival.quick_key = quick_key(path, arrival.found.size_bytes)


def _photos(source: Path, arrivals: Sequence[Arrival], new: set[bytes]) -> list[SourcePhoto]:
    """The photos of one folder; what is new is taken out of `new`, so that a second copy is not."""
    folder = source / arrivals[0].folder
    by_relative = {arrival.found.relative: arrival for arrival in arrivals}
    facts = {arrival.found.relative: facts_of_arrival(arrival) for arrival in arrivals}
    beside = _beside(folder)
    groups = group(list(facts.values()))
    numbers = _sharing_names([[facts[one.relative] for one in members] for members in groups])
    photos = []
    for members, number in sorted(zip(groups, numbers, strict=True), key=lambda pair: pair[1]):
        files = []
        for member in members:
            arrival = by_relative[member.relative]
            # What cannot be read now is tried again when it is copied.
            is_new = not arrival.quick_key or arrival.quick_key in new
            new.discard(arrival.quick_key)
            files.append(
                SourceFile(
                    source / member.relative,
                    arrival.found.size_bytes,
                    arrival.quick_key,
                    member.role,
                    facts[member.relative],
                    is_new,
                )
            )
        names = [file.path.name for file in files]
        photos.append(
            SourcePhoto(
                tuple(files),
                tuple((folder / one, owner) for name in names for one, owner in beside[name]),
                _facts(source, [(by_relative[one.relative], one.role) for one in members]),
                number,
            )
        )
    return photos


def _beside(folder: Path) -> dict[str, list[tuple[str, str]]]:
    """By the name of a picture: the files beside it that it takes along, each once for every photo, and their owner."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    try:
        names = [one.name for one in folder.iterdir() if one.is_file()]
    except OSError:
        return found
    for name, owners in owners_of(names).items():
        # "IMG_1.JPG.xmp" is that picture's before it is that of "IMG_1.CR2".
        own = [one for one in sorted(owners) if name.casefold().startswith(one.casefold())]
        for owner in own or sorted(owners):
            found[owner].append((name, owner))
    return found


def _facts(source: Path, members: Iterable[tuple[Arrival, Role]]) -> Facts:
    """What the library will say of a photo: its date is decided as there."""
    said = [
        FileMetadata(
            _file(arrival, role),
            arrival.metadata,
            arrival.sidecar_metadata,
            arrival.name_date,
            source.name,
        )
        for arrival, role in members
    ]
    shown = metadata_merge.of_files(said, UserValues()).metadata
    camera = " ".join(part for part in (shown.camera_make, shown.camera_model) if part)
    folder = said[0].file.relative.rpartition("/")[0].rpartition("/")[2]
    return Facts(shown.taken_at, camera, folder or source.name)


def _file(arrival: Arrival, role: Role) -> File:
    found = arrival.found
    return File(
        id=0,
        root_id=0,
        relative=found.relative,
        size_bytes=found.size_bytes,
        mtime_ns=found.mtime_ns,
        role=role,
        state=FileState.PRESENT,
        reason="",
        content_id=None,
        photo_id=None,
    )


def _sharing_names(groups: Sequence[Sequence[SiblingFacts]]) -> list[int]:
    """For each photo a number; photos whose files share a name, and so perhaps a keyword file, have the same."""
    numbers = list(range(len(groups)))
    first: dict[tuple[str, str], int] = {}

    def root(number: int) -> int:
        while numbers[number] != number:
            number = numbers[number]
        return number

    for number, facts in enumerate(groups):
        for name in {name for one in facts for name in names_of(one)}:
            other = root(first.setdefault(name, number))
            mine = root(number)
            numbers[max(mine, other)] = min(mine, other)
    return [root(number) for number in range(len(groups))]
