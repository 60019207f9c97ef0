"""Imported photos become part of the library, as one step that can be taken back."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from photosort.domain.changes import ChangeSet
from photosort.domain.photos import FileState
from photosort.sentences import Sentence, counted_photos
from photosort.store.tables import files
from photosort.usecases.indexing.index_run import index
from photosort.usecases.photos import roots

if TYPE_CHECKING:
    from photosort.progress import Job
    from photosort.usecases.importing.copying import ImportRun
    from photosort.usecases.session.session import Session


class Registered(NamedTuple):
    """Photos that are in the library now.

    Attributes:
        change: for the views and for undo; empty where nothing was copied.
        new_problems: how many files are there but cannot be used.
    """

    change: ChangeSet
    new_problems: int = 0


def register(session: Session, run: ImportRun, *, job: Job) -> Registered:
    """Registers what was copied; the next index run reads the pictures.

    Taken back, the copies are in the wastebasket; what was there before the import stays.

    Args:
        session: the open library.
        run: from `copy`.
        job: progress and cancel.

    Raises:
        EnvironmentProblem: another process is indexing, or the library cannot be written. The copies stay, and the next
            index run finds them.
    """
    if not run.brings_files:
        return Registered(ChangeSet())
    # What an import that was killed left there is found as well.
    summary = index(session, [os.fspath(run.to)], job=job, heads_only=True)
    ids = _ids(session, run)
    action = Sentence("Imported {photos}", photos=counted_photos(run.photos))
    change = session.write(
        lambda store: files.record_import(store, ids, action=action, actor=session.actor)
    )
    return Registered(change, summary.new_problems)


def _ids(session: Session, run: ImportRun) -> list[int]:
    """The files that were copied, as far as the library has them by now; keyword files are none of its own."""
    found = []
    for path in run.copied:
        place = roots.locate(session, os.fspath(path))
        if place is None:
            continue
        root, relative = place
        file = files.by_path(session.reader(), root.id, relative)
        if file is not None and file.state is FileState.PRESENT:
            found.append(file.id)
    return found
