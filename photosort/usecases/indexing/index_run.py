"""The index run: brings the library up to date with its folders, from scan to vectors.

Safe to stop at any moment and to run again: every batch is one transaction, what is left to do is read from
the library, not remembered.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from photosort import log
from photosort.domain.photos import FileState
from photosort.errors import JobCancelled
from photosort.file_lock import hold
from photosort.media.identify import content_hash, quick_key
from photosort.media.scan import FoundFile, ScanProblem, Skipped, scan
from photosort.progress import Job, Meter, Progress
from photosort.safe_files import Folder, is_part
from photosort.sentences import Sentence
from photosort.store.tables import contents, files, fulltext, photos, roots, tags
from photosort.store.tables.files import FileChange
from photosort.threads import process_tuning
from photosort.usecases.indexing.arrival import Arrival, sidecars_mtime_ns
from photosort.usecases.indexing.changed_files import Undecided, decide_same_pictures
from photosort.usecases.indexing.companions import FolderNames
from photosort.usecases.indexing.file_reading import FileReading
from photosort.usecases.indexing.heads import read_arrival
from photosort.usecases.indexing.ingest import Ingested, ingest
from photosort.usecases.indexing.moves import SameContent, find_same_content, unproven
from photosort.usecases.indexing.photo_reading import read_pictures
from photosort.usecases.indexing.summary import IndexSummary, Watch
from photosort.usecases.models import embedding_spaces, encoder_change, encoders, vector_indexes
from photosort.usecases.models.vocabulary_vectors import update_shipped_tags
from photosort.usecases.photos import forgetting
from photosort.usecases.photos import roots as folders
from photosort.usecases.photos.place_naming import name_places
from photosort.usecases.photos.thumbnails import keep_to_size
from photosort.usecases.sidecars import sidecar_sync

if TYPE_CHECKING:
    from photosort.paths import LibraryPaths
    from photosort.store.db.database import Store
    from photosort.store.tables.contents import Content
    from photosort.store.tables.files import Known
    from photosort.usecases.photos.roots import IndexTarget
    from photosort.usecases.session.session import Session

_log = log.topic("index")

_BATCH_FILES = 256
_FILES_A_LOOK = 512
# Fewer photos measure the start of the encoder, not its rate.
_ENOUGH_FOR_A_RATE = 100
# Plain strings, as `Known` holds them: comparing with the enumeration costs 0.05 s at 100,000 files.
_PRESENT = str(FileState.PRESENT)
_UNREADABLE = str(FileState.UNREADABLE)


def index(
    session: Session,
    given: Sequence[str],
    *,
    job: Job,
    model: str | None = None,
    watch: Watch | None = None,
    reread: bool = False,
    heads_only: bool = False,
) -> IndexSummary:
    """Adds the folders and brings the library up to date with them; without folders, with all it knows.

    Args:
        session: the open library.
        given: folders; those below a known one only have that part looked at.
        job: progress and cancel.
        model: name of the encoder to use from now on.
        watch: told what changes.
        reread: read every file again, also those that look as they were, whatever size and times say.
        heads_only: photos are registered, and the next run reads their pictures.

    Returns:
        The summary; `cancelled` when the job was cancelled, with all finished batches kept.

    Raises:
        InputProblem: a folder does not exist.
        EnvironmentProblem: another process is indexing, the disk is full, the library cannot be written.
        ModelUnavailable: the encoder cannot be loaded.
    """
    session.write(lambda store: store.require_writable())
    started = time.monotonic()
    summary = IndexSummary()
    if model is not None:
        encoder_change.use(session, model)
    places = [folders.add(session, folder) for folder in given]
    with hold(session.paths.lock, Sentence("indexing this library")):
        _sweep(session.paths)
        known = _problems(session)
        try:
            # Before keyword files are read: what a killed program wrote there is not another one's.
            sidecar_sync.finish(session, job=job)
            forgetting.finish(session)
            with session.holder(FileReading).run():
                _run(
                    session,
                    places,
                    job,
                    summary,
                    watch or Watch(),
                    reread=reread,
                    heads_only=heads_only,
                )
        except JobCancelled:
            summary.cancelled = True
    summary.new_problems = len(_problems(session) - known)
    keep_to_size(session)
    process_tuning.release_memory()
    totals = session.read(files.count_by_state)
    summary.files = sum(totals.values())
    summary.photos = session.read(photos.count)
    summary.seconds = round(time.monotonic() - started, 3)
    if summary.embedded and summary.seconds:
        summary.photos_per_second = round(summary.embedded / summary.seconds, 3)
    if summary.embedded >= _ENOUGH_FOR_A_RATE:
        encoders.remember_rate(session, summary.model, summary.photos_per_second)
    return summary


def _sweep(paths: LibraryPaths) -> None:
    """Removes what a killed program left of its own files that it was writing."""
    for folder in {paths.library.parent, paths.derived, paths.home}:
        with suppress(OSError), Folder(folder) as opened:
            opened.sweep()


def _problems(session: Session) -> set[tuple[int, int]]:
    """The files that cannot be used, as they are now: one that changed and still cannot be used is news."""
    return {(file.id, file.mtime_ns) for file in session.read(files.problems)}


def _known(store: Store, *, root_id: int) -> list[files.Known]:
    return list(files.known(store, root_id))


def _run(
    session: Session,
    places: list[IndexTarget],
    job: Job,
    summary: IndexSummary,
    watch: Watch,
    *,
    reread: bool,
    heads_only: bool,
) -> None:
    # Keywords of files find the shipped tags that mean the same, instead of making a second "dog".
    if not session.read(tags.shipped_hash):
        update_shipped_tags(session)
    every = session.read(roots.list_all)
    if not places:
        places = [folders.IndexTarget(root) for root in every]
    online = folders.update_online_state(session, every)
    gone: set[int] = set()
    changes = _Changes(summary, watch, reread=reread)
    # All of them first: a file may move from one folder to another, and what lies at its old path be its edited copy.
    known = {
        root_id: session.read(partial(_known, root_id=root_id))
        for root_id in {place.root.id for place in places}
    }
    for place in places:
        if online.get(place.root.id, True):
            sync = _FolderSync(session, place, job, changes, gone)
            before = known.pop(place.root.id, None)
            if before is None:  # a folder given twice, or another part of one: it has changed since
                before = session.read(partial(_known, root_id=place.root.id))
            gone |= sync.run(before)
    for result in decide_same_pictures(session, changes.undecided, job=job):
        changes.count(result, gone)
    session.write(fulltext.update_pending)
    summary.missing += len(changes.replaced - changes.moved)
    if heads_only:
        return
    try:
        read_pictures(session, places, job=job, summary=summary, watch=watch)
    finally:
        summary.offline = session.read(files.count_by_state)[FileState.OFFLINE]
    _complete_hashes(session, job)
    name_places(session, job)
    if summary.embedded or summary.new or summary.changed or summary.moved or summary.missing:
        vector_indexes.refresh(session)
    if summary.embedded:
        embedding_spaces.calibrate(session)
        encoder_change.drop_orphans(session)


class _Changes:
    """What a run found changed on disk so far.

    Attributes:
        reread: every file counts as changed.
        undecided: new bytes at known paths, until all folders were looked through: their pictures may have moved.
        moved: ids of the files that lay elsewhere before.
        replaced: ids of the files whose path another picture took.
    """

    def __init__(self, summary: IndexSummary, watch: Watch, *, reread: bool) -> None:
        self.reread = reread
        self.summary = summary
        self.watch = watch
        self.undecided: list[Undecided] = []
        self.moved: set[int] = set()
        self.replaced: set[int] = set()

    def count(self, result: Ingested, gone_before: set[int]) -> None:
        """Adds what a batch became.

        Args:
            result: from a batch.
            gone_before: ids of the files that were found missing in this run.
        """
        self.summary.new += result.new
        self.summary.changed += result.changed
        self.summary.moved += len(result.moved)
        # Met in another folder only after its own had been looked through.
        self.summary.missing -= len(result.moved & gone_before)
        self.summary.unreadable += result.unreadable
        self.moved |= result.moved
        self.replaced |= result.replaced
        self.watch.photos_changed(frozenset(result.photos))


class _FolderSync:
    """Compares one folder on disk with the library and registers what is new, changed or gone."""

    def __init__(
        self,
        session: Session,
        place: IndexTarget,
        job: Job,
        changes: _Changes,
        gone_before: set[int],
    ) -> None:
        self._gone_before = gone_before
        self._changes = changes
        self._session = session
        self._root = place.root
        self._place = place
        self._job = job
        self._summary = changes.summary
        self._watch = changes.watch
        self._names = FolderNames()
        self._files = session.holder(FileReading)
        self._unreachable: list[str] = []
        self._problems: set[str] = set()
        # Files of which only the file system's change time is news.
        self._changes_seen: dict[int, FileChange] = {}
        self._seen = 0
        self._meter = Meter()

    def run(self, of_root: Iterable[Known]) -> set[int]:
        """Returns the ids of the files that were found missing.

        Args:
            of_root: the files of the root, as they were before the run.
        """
        below = self._place.below + "/" if self._place.below else ""
        known = {one.relative: one for one in of_root if one.relative.startswith(below)}
        # Nearly every file of a later run is as it was; only what is not gets into batches.
        for batch in _by_folder(self._arrivals(known), _BATCH_FILES):
            self._register(batch)
        if self._changes_seen:
            self._session.write(lambda store: files.update(store, self._changes_seen))
        # A drive that was pulled meanwhile showed less than is on it.
        if self._went_offline():
            return set()
        return self._mark_missing(known.values())

    def _went_offline(self) -> bool:
        return not folders.update_online_state(self._session, [self._root])[self._root.id]

    def _arrivals(self, known: dict[str, Known]) -> Iterator[Arrival]:
        """The files that are new or changed; problems are written down, the rest is counted."""
        for found in scan(Path(self._root.path), self._place.below, check=self._job.check):
            if isinstance(found, FoundFile):
                self._seen += 1
                if not self._seen % _FILES_A_LOOK:
                    self._show()
                arrival = self._compare(found, known)
                if arrival is not None:
                    yield arrival
            elif isinstance(found, Skipped):
                self._summary.skipped += 1
                self._sweep(found)
            else:
                self._problem(found)
        self._show()

    def _sweep(self, found: Skipped) -> None:
        """Removes what a killed run left of a keyword file or copy that it was writing."""
        folder, _, name = found.relative.rpartition("/")
        if is_part(name):
            root = Path(self._root.path)
            with suppress(OSError), Folder(root / folder, inside=root) as opened:
                opened.sweep_part(name)

    def _show(self) -> None:
        rate = self._meter.rate(self._seen)
        self._job.progress = Progress(
            Sentence("Looking through folders"), self._seen, rate_per_s=rate
        )

    def _problem(self, problem: ScanProblem) -> None:
        if self._went_offline():
            return
        relative = problem.relative
        if problem.is_folder:
            self._unreachable.append(relative + "/" if relative else "")
        self._note(relative, problem.reason)

    def _note(self, relative: str, reason: str) -> None:
        self._problems.add(relative)
        self._summary.unreadable += 1
        root_id = self._root.id
        self._session.write(lambda store: files.note_problem(store, root_id, relative, reason))

    def _compare(self, found: FoundFile, known: dict[str, Known]) -> Arrival | None:
        """An arrival to be registered, or None for a file that is as it was."""
        before = known.pop(found.relative, None)
        if before is None:
            return Arrival(found, None)
        if (
            before.size_bytes != found.size_bytes
            or before.mtime_ns != found.mtime_ns
            or before.sidecar_mtime_ns != (sidecars_mtime_ns(found) if found.sidecars else None)
        ):
            return Arrival(found, before)
        if self._changes.reread:
            return Arrival(found, before)
        if before.changed_ns != found.changed_ns:
            if before.changed_ns is not None or before.state != _PRESENT:
                return Arrival(found, before)
            self._changes_seen[before.file_id] = FileChange(changed_ns=found.changed_ns)
        if before.state == _PRESENT:
            self._keep_sidecar_problems(found, known)
            return None
        if before.state == _UNREADABLE:
            self._summary.unreadable += 1
            return None
        return Arrival(found, before)

    def _keep_sidecar_problems(self, found: FoundFile, known: dict[str, Known]) -> None:
        """A sidecar that could not be read is as it was; those of files that are read again are told again."""
        for sidecar in found.sidecars:
            if known.pop(sidecar.relative, None) is not None:
                self._summary.unreadable += 1

    def _register(self, arrivals: list[Arrival]) -> None:
        arrivals = self._with_news(arrivals)
        if not arrivals:
            return
        heads = self._session.lanes.decode.map(self._read_head, arrivals)
        previews = [
            (arrival.quick_key, preview)
            for arrival, preview in zip(arrivals, heads, strict=True)
            if preview is not None
        ]
        self._job.check()
        if not all(arrival.is_final for arrival in arrivals) and self._went_offline():
            return
        known_twins = self._prove_copies(arrivals)
        root, actor, reread = self._root, self._session.actor, self._changes.reread
        result = self._session.write(
            lambda store: ingest(
                store,
                root,
                arrivals,
                known_twins,
                actor=actor,
                known=self._names,
                reread=reread,
            )
        )
        for arrival in arrivals:
            for relative, reason in arrival.sidecar_problems:
                self._note(relative, reason)
        self._session.write(fulltext.update_pending)
        if previews:
            # Shown under the quick key until the picture itself was decoded.
            self._session.thumbnails.put_previews(previews)
        self._changes.count(result, self._gone_before)
        self._changes.undecided += [Undecided(root, one) for one in result.undecided]

    def _with_news(self, arrivals: list[Arrival]) -> list[Arrival]:
        """Leaves out the files whose bytes are as they were, though the file system touched them."""
        touched = {
            arrival.known.file_id: arrival
            for arrival in arrivals
            if arrival.known is not None and _is_only_touched(arrival.found, arrival.known)
        }
        if not touched or self._changes.reread:
            return arrivals
        held = self._session.read(lambda store: _contents_of(store, touched))
        same = self._session.lanes.decode.map(
            lambda file_id: self._holds(touched[file_id], held.get(file_id)), touched
        )
        for (file_id, arrival), is_same in zip(touched.items(), same, strict=True):
            if is_same:
                self._changes_seen[file_id] = FileChange(changed_ns=arrival.found.changed_ns)
        return [
            arrival
            for arrival in arrivals
            if arrival.known is None or arrival.known.file_id not in self._changes_seen
        ]

    def _holds(self, arrival: Arrival, content: Content | None) -> bool:
        """Whether a file holds these bytes still."""
        if content is None:
            return False
        path = Path(self._root.path) / arrival.found.relative
        if content.sha256 is not None:
            return self._hash(path) == content.sha256
        try:
            return quick_key(path, arrival.found.size_bytes) == content.quick_key
        except OSError:
            return False

    def _read_head(self, arrival: Arrival) -> bytes | None:
        """Fills in what the head of the file and its sidecars say; returns the embedded preview."""
        return read_arrival(arrival, Path(self._root.path), self._files)

    def _prove_copies(self, arrivals: list[Arrival]) -> dict[bytes, list[SameContent]]:
        """Makes full hashes where a quick key is met twice, for only they prove a copy."""
        where = {root.id: root.path for root in self._session.read(roots.list_all)}
        keys = {arrival.quick_key for arrival in arrivals}
        known = self._session.read(lambda store: find_same_content(store, keys, where))
        often = Counter(arrival.quick_key for arrival in arrivals)
        for arrival in arrivals:
            if arrival.quick_key and (arrival.quick_key in known or often[arrival.quick_key] > 1):
                arrival.sha256 = self._hash(Path(self._root.path) / arrival.found.relative)
        hashed = {
            content_id: self._hash(path) for content_id, path in unproven(known, where).items()
        }
        if not hashed:
            return known
        self._session.write(lambda store: contents.prove(store, hashed))
        return self._session.read(lambda store: find_same_content(store, keys, where))

    def _hash(self, path: Path) -> bytes | None:
        """The full hash, or None of a file that is gone since; the next run settles it."""
        try:
            return content_hash(path, check=self._job.check)
        except OSError:
            return None

    def _mark_missing(self, left: Iterable[Known]) -> set[int]:
        """Files that were not met: missing, unless their folder could not be looked into."""
        unmet = [
            one
            for one in left
            if one.relative not in self._problems
            and one.file_id not in self._changes.moved
            and not any(one.relative.startswith(folder) for folder in self._unreachable)
        ]
        gone = [one.file_id for one in unmet if one.state in {FileState.PRESENT, FileState.OFFLINE}]
        unread = [one.file_id for one in unmet if one.state == FileState.UNREADABLE]
        if gone or unread:
            touched = self._session.write(lambda store: _write_gone(store, gone, unread))
            self._summary.missing += len(gone)
            self._watch.photos_changed(frozenset(touched))
        return set(gone)


def _is_only_touched(found: FoundFile, known: Known) -> bool:
    """Whether only the file system's change time says that a file is another: `chmod`, a restored disk, or an edit."""
    return (
        known.state == _PRESENT
        and (known.size_bytes, known.mtime_ns) == (found.size_bytes, found.mtime_ns)
        and known.sidecar_mtime_ns == sidecars_mtime_ns(found)
    )


def _contents_of(store: Store, file_ids: Iterable[int]) -> dict[int, Content]:
    """What files hold, by file id."""
    held = {
        file.id: file.content_id
        for file in files.get(store, file_ids).values()
        if file.content_id is not None
    }
    found = contents.get(store, held.values())
    return {file_id: found[content_id] for file_id, content_id in held.items()}


def _write_gone(store: Store, gone: list[int], unread: list[int]) -> set[int]:
    """Marks what is gone; a file that never was a photo's is forgotten, since nobody decided on it."""
    with store.atomic():
        of_photos = photos.ids_of_files(store, unread)
        files.mark(store, [*gone, *of_photos], FileState.MISSING)
        files.remove(store, [file_id for file_id in unread if file_id not in of_photos])
        touched = {*photos.ids_of_files(store, gone).values(), *of_photos.values()}
        photos.choose_main(store, touched)
    return touched


def _complete_hashes(session: Session, job: Job) -> None:
    """Makes the full hash of what was not read whole (videos, RAW files) where it could be a copy.

    A content of a size that no other has is no copy of anything, and reading it would only wear the disk.
    """
    waiting = session.read(contents.without_sha256)
    where = {root.id: root.path for root in session.read(roots.list_all)}
    held = session.read(lambda store: files.get(store, [file_id for _, file_id in waiting]))
    for done, (content_id, file_id) in enumerate(waiting):
        job.check()
        job.progress = Progress(Sentence("Looking for copies"), done, len(waiting))
        file = held[file_id]
        try:
            digest = content_hash(Path(where[file.root_id]) / file.relative, check=job.check)
        except OSError:
            continue
        session.write(partial(contents.prove, hashes={content_id: digest}))


def _by_folder(arrivals: Iterator[Arrival], size: int) -> Iterator[list[Arrival]]:
    """Arrivals in batches that never mix folders nor part files of one base name."""
    batch: list[Arrival] = []
    for arrival in arrivals:
        if batch:
            (folder, base), (folder_before, base_before) = _place(arrival), _place(batch[-1])
            if folder != folder_before or (len(batch) >= size and base != base_before):
                yield batch
                batch = []
        batch.append(arrival)
    if batch:
        yield batch


def _place(arrival: Arrival) -> tuple[str, str]:
    """Folder and base name of a file."""
    folder, _, name = arrival.found.relative.rpartition("/")
    return folder, name.partition(".")[0].casefold()
