"""Absolute paths of photos, and the photo at a path."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from photosort.domain.photos import FileState, Role
from photosort.domain.texts import composed
from photosort.errors import InputProblem
from photosort.sentences import Sentence
from photosort.store.tables import files, filters, photos, roots
from photosort.usecases.photos import roots as folders

if TYPE_CHECKING:
    from photosort.domain.photos import File
    from photosort.usecases.session.session import Session


@dataclass(frozen=True, slots=True)
class ShownFile:
    """The file that a photo is shown by.

    Attributes:
        orientation: the EXIF orientation that its keyword file says, or None.
    """

    path: Path
    orientation: int | None = None


def shown_file(session: Session, photo_id: int) -> ShownFile:
    """The file that a photo is shown by.

    Raises:
        InputProblem: the photo is not in the library any more.
    """
    key = filters.picture_keys(session.reader(), [photo_id]).get(photo_id)
    if key is None:
        raise InputProblem(Sentence("This photo is no longer in the library."))
    root = roots.by_id(session.reader(), key.root_id)
    return ShownFile(Path(root.path, key.relative), key.orientation)


def absolute_path(root_paths: dict[int, str], file: File) -> str:
    """The absolute path of a file, undecodable bytes as surrogate escapes."""
    return os.fspath(Path(root_paths.get(file.root_id, ""), file.relative))


def root_paths(session: Session) -> dict[int, str]:
    """Root id to absolute path."""
    return {root.id: root.path for root in session.read(roots.list_all)}


def display_paths(session: Session, photo_ids: Iterable[int]) -> dict[int, str]:
    """The path of each photo: its first present file, else its last known."""
    where = root_paths(session)
    of_photo = session.read(lambda store: files.of_photos(store, photo_ids))
    return {photo_id: absolute_path(where, held[0]) for photo_id, held in of_photo.items() if held}


def as_on_disk(path: str) -> str:
    """A path as the disk spells it: names with accents can be written in two ways, and only one of them is there."""
    found = Path(path).expanduser().absolute()
    if path.isascii() or os.path.lexists(found):
        return path
    there = Path(found.anchor)
    for part in found.parts[1:]:
        below = there / part
        if not os.path.lexists(below):
            try:
                same = [one for one in there.iterdir() if composed(one.name) == composed(part)]
            except OSError:
                return path
            if len(same) != 1:
                return path
            below = same[0]
        there = below
    return os.fspath(there)


def photo_at(session: Session, path: str) -> int:
    """The id of the photo that a file belongs to.

    Raises:
        InputProblem: the file is not in the library, or could not be used.
    """
    path = as_on_disk(path)
    place = folders.locate(session, path)
    file = None
    if place is not None:
        root, relative = place
        file = session.read(lambda store: files.by_path(store, root.id, relative))
    if file is None:
        if Path(path).exists():
            raise InputProblem(Sentence("{path} is not in the library.", path=path))
        raise InputProblem(
            Sentence("{path} is not in the library. There is no such file either.", path=path)
        )
    if file.photo_id is None:
        raise InputProblem(
            Sentence("{path} could not be used: {reason}", path=path, reason=file.reason)
        )
    return file.photo_id


def files_below(session: Session, given: Iterable[str]) -> list[tuple[str, int]]:
    """The files at these paths that photos show, each with its photo: files, or folders with all below them.

    Raises:
        InputProblem: a path is not in the library.
    """
    where = root_paths(session)
    found: dict[str, int] = {}
    for path in map(as_on_disk, given):
        place = folders.locate(session, path) if Path(path).is_dir() else None
        if place is None:
            found[os.fspath(Path(path).expanduser().absolute())] = photo_at(session, path)
            continue
        root, relative = place
        ids = photos.below(session.reader(), root.id, relative)
        inside = f"{relative}/" if relative else ""
        of_photo = session.read(partial(files.of_photos, photo_ids=ids))
        for photo_id in ids:
            for file in of_photo[photo_id]:
                if file.root_id == root.id and file.relative.startswith(inside) and _is_shown(file):
                    found[absolute_path(where, file)] = photo_id
    return list(found.items())


def _is_shown(file: File) -> bool:
    """Whether a file is there and holds the photo's picture: companions have no tags of their own."""
    return file.role is Role.ORIGINAL and file.state is not FileState.MISSING


def photos_below(session: Session, given: Iterable[str]) -> list[int]:
    """The photos at these paths: files, or folders with all below them.

    Raises:
        InputProblem: a path is not in the library.
    """
    found: dict[int, None] = {}
    for path in map(as_on_disk, given):
        if Path(path).is_dir():
            place = folders.locate(session, path)
            if place is None:
                raise InputProblem(Sentence("The folder {path} is not in the library.", path=path))
            root, relative = place
            below = photos.below(session.reader(), root.id, relative)
            found.update(dict.fromkeys(below))
        else:
            found[photo_at(session, path)] = None
    return list(found)
