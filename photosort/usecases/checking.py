"""Verifies library, index, thumbnails and originals."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from photosort.domain.photos import FileState
from photosort.media.identify import content_hash
from photosort.progress import Job, Progress
from photosort.sentences import Sentence
from photosort.store import check as store_check
from photosort.store.check import Finding
from photosort.store.tables import contents, files, roots
from photosort.usecases.models.vector_indexes import refresh

if TYPE_CHECKING:
    from photosort.usecases.session.session import Session


def check(session: Session, *, repair: bool, job: Job) -> list[Finding]:
    """Looks at everything, and with `repair` rebuilds what can be rebuilt; originals are only read.

    Raises:
        JobCancelled: nothing is lost.
        EnvironmentProblem: something was to be repaired in a library that cannot be written.
    """
    if repair:
        session.write(lambda store: store.require_writable())
    job.progress = Progress(Sentence("Checking the library"))
    findings = session.write(lambda store: store_check.library(store, session.paths, repair=repair))
    if repair:
        refresh(session)
    return [*findings, *_originals(session, job)]


def _originals(session: Session, job: Job) -> Iterator[Finding]:
    """Reads every original whose hash is known and compares."""
    where = {root.id: root.path for root in session.read(roots.list_all)}
    hashed = session.read(contents.hashed)
    held = session.read(lambda store: files.with_content(store, hashed))
    present = [file for file in held if file.state is FileState.PRESENT]
    changed = []
    for done, file in enumerate(present):
        job.check()
        job.progress = Progress(Sentence("Reading originals"), done, len(present))
        path = Path(where.get(file.root_id, "")) / file.relative
        try:
            same = content_hash(path, check=job.check) == hashed.get(file.content_id or 0)
        except OSError:
            same = False
        if not same:
            changed.append(path)
    detail = f"{len(present):,} files read, all as they were."
    if changed:
        detail = (
            f"{len(changed):,} of {len(present):,} files changed or cannot be read, first {changed[0]}; "
            "index the folder again to take the changes in."
        )
    yield Finding("originals", not changed, detail)
