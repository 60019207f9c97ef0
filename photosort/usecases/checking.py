"""Verifies library, index, thumbnails, keyword files and originals."""

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
from photosort.usecases.photos.photo_paths import display_paths
from photosort.usecases.sidecars import sidecar_sync
from photosort.usecases.sidecars.sidecar_compare import compare

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
    return [*findings, _keyword_files(session, job, repair=repair), *_originals(session, job)]


def _keyword_files(session: Session, job: Job, *, repair: bool) -> Finding:
    """Compares keyword files with the library, and with `repair` brings them up to date."""
    part = "keyword files"
    if repair:
        sidecar_sync.finish(session, job=job)
    found = compare(session, job=job)
    if repair and found.differing:
        sidecar_sync.write(session, found.differing, job=job)
        job.check()
        count = len(found.differing)
        found = compare(session, job=job)
        if not found.differing and not found.problems:
            return Finding(part, True, f"{count:,} did not say what the library says: written.")
    if found.problems:
        path, reason = found.problems[0]
        return Finding(
            part, False, f"{len(found.problems):,} cannot be used, first {path}: {reason}"
        )
    if found.differing:
        paths = display_paths(session, found.differing[:1])
        first = paths.get(found.differing[0], "")
        return Finding(
            part,
            False,
            f"{len(found.differing):,} do not say what the library says, first that of {first}; "
            "--repair writes them, after what other programs changed there was taken in.",
        )
    return Finding(part, True, "Nothing is wrong.")


def _originals(session: Session, job: Job) -> Iterator[Finding]:
    """Reads every original whose hash is known and compares."""
    where = {root.id: root.path for root in session.read(roots.list_all)}
    hashed = session.read(contents.hashed)
    held = session.read(lambda store: files.with_content(store, hashed))
    # Files of folders that were removed from the library stay known, and are nobody's to read.
    present = [file for file in held if file.state is FileState.PRESENT and file.root_id in where]
    changed = []
    for done, file in enumerate(present):
        job.check()
        job.progress = Progress(Sentence("Reading originals"), done, len(present))
        path = Path(where[file.root_id]) / file.relative
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
