"""Files that could not be used, with reasons; the user can ignore them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from photosort.store.tables import files, problems
from photosort.usecases.photos.photo_paths import absolute_path, root_paths

if TYPE_CHECKING:
    from photosort.domain.changes import ChangeSet
    from photosort.usecases.session.session import Session


@dataclass(frozen=True, slots=True)
class Problem:
    """One file that could not be used.

    Attributes:
        path: where it lies.
        reason: why, as a sentence for the user.
    """

    file_id: int
    path: str
    reason: str


def list_all(session: Session, *, with_ignored: bool = True) -> list[Problem]:
    """All of them, by folder and name.

    Args:
        session: the open library.
        with_ignored: include files that the user ignores.
    """
    where = root_paths(session)
    found = session.read(files.problems if with_ignored else problems.worth_telling)
    return [Problem(file.id, absolute_path(where, file), file.reason) for file in found]


def try_again(session: Session) -> None:
    """Has the next run read those that are not ignored again, also where the bytes were to blame.

    The cause may have been a cable, or a Photosort that knew less.
    """
    session.write(
        lambda store: files.retry(store, [file.id for file in problems.worth_telling(store)])
    )


def ignore(session: Session, file_ids: Iterable[int]) -> ChangeSet:
    """Ignores the problems of these files until they change; can be undone like any decision."""
    chosen = list(file_ids)
    return session.write(lambda store: problems.ignore(store, chosen, actor=session.actor))
