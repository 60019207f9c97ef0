"""The folders that the user added."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from photosort.errors import InputProblem
from photosort.media.volume import is_online, volume_of
from photosort.sentences import Sentence
from photosort.store.tables import roots
from photosort.usecases.session import backups

if TYPE_CHECKING:
    from photosort.domain.changes import ChangeSet
    from photosort.domain.photos import Root
    from photosort.usecases.session.session import Session


@dataclass(frozen=True, slots=True)
class IndexTarget:
    """A folder to be brought up to date: a root, or a folder below one.

    Attributes:
        below: path below the root, "" = the whole root.
    """

    root: Root
    below: str = ""


def add(session: Session, folder: str) -> IndexTarget:
    """Adds a folder to the library, unless it lies below one that is there already.

    Raises:
        InputProblem: it is no folder, does not exist, or holds the library itself.
    """
    path = require_folder(folder).resolve()
    for root in known(session):
        if path == Path(root.path):
            return IndexTarget(root)
        if path.is_relative_to(root.path):
            return IndexTarget(root, path.relative_to(root.path).as_posix())
    volume, marker = volume_of(path)
    text = os.fspath(path)
    root, _ = session.write(
        lambda store: roots.add(store, text, volume=volume, marker=marker, actor=session.actor)
    )
    session.write(lambda store: roots.absorb(store, root.id))
    return IndexTarget(root)


def require_folder(folder: str) -> Path:
    """The path of a folder that is there.

    Raises:
        InputProblem: it is none, or does not exist.
    """
    path = Path(folder).expanduser()
    if not path.exists():
        raise InputProblem(Sentence("The folder {folder} does not exist.", folder=folder))
    if not path.is_dir():
        raise InputProblem(Sentence("{folder} is not a folder.", folder=folder))
    return path


def known(session: Session) -> list[Root]:
    """The folders of the library, oldest first."""
    return session.read(roots.list_all)


def find(session: Session, folder: str) -> Root:
    """The folder of the library that a path names.

    Raises:
        InputProblem: it is none that was added.
    """
    given = Path(folder).expanduser().absolute()
    for root in known(session):
        if Path(root.path) in {given, given.resolve()}:
            return root
    raise InputProblem(
        Sentence("{folder} is no folder of the library; see: photosort roots", folder=folder)
    )


def photo_counts(session: Session) -> dict[int, int]:
    """How many photos lie in each folder, by the folder's id."""
    return session.read(roots.photo_counts)


def remove(session: Session, root_id: int) -> ChangeSet:
    """Takes a folder out of the library; its files and all decisions stay until it comes back."""
    backups.make_before(session, photo_counts(session).get(root_id, 0))
    return session.write(lambda store: roots.remove(store, root_id, actor=session.actor))


def update_online_state(session: Session, known: Sequence[Root]) -> dict[int, bool]:
    """Looks which folders' volumes are there, and notes it.

    Returns:
        Root id to whether its files can be reached now.
    """
    online = {root.id: is_online(root) for root in known}
    session.write(lambda store: roots.set_online(store, online))
    return online


def locate(session: Session, path: str) -> tuple[Root, str] | None:
    """The root and relative path of a file or folder of the library, or None when it lies in none.

    The file need not exist any more.
    """
    given = Path(path).expanduser().absolute()
    for candidate in (given.resolve(), given):
        for root in session.read(roots.list_all):
            if candidate.is_relative_to(root.path):
                relative = candidate.relative_to(root.path).as_posix()
                return root, "" if relative == "." else relative
    return None
