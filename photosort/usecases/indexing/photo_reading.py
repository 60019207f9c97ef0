"""The part of an index run that reads pictures: pixels, thumbnails, metadata, vectors, in useful order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from photosort import log
from photosort.domain.photos import FileState
from photosort.errors import JobCancelled
from photosort.media.formats import media_of
from photosort.media.index_reading import read_picture
from photosort.progress import Job, Meter, Progress
from photosort.sentences import Sentence
from photosort.store.db.codec import now
from photosort.store.tables import contents, files, fulltext, photos, roots
from photosort.store.tables.contents import ContentChange
from photosort.store.vectors import vectors
from photosort.threads.lanes import new_lane
from photosort.usecases.indexing import pipeline
from photosort.usecases.indexing.file_reading import FileReading
from photosort.usecases.indexing.moves import find_moved
from photosort.usecases.indexing.pipeline import Outcome, Task
from photosort.usecases.indexing.read_order import SAMPLE, WorkList, spread
from photosort.usecases.models import embedding_spaces, encoders, vector_indexes
from photosort.usecases.photos import metadata_merge
from photosort.usecases.photos.roots import update_online_state

if TYPE_CHECKING:
    from photosort.domain.pictures import Decoded
    from photosort.store.db.database import Store
    from photosort.store.vectors.vectors import Pending
    from photosort.usecases.indexing.summary import IndexSummary, Watch
    from photosort.usecases.photos.roots import IndexTarget
    from photosort.usecases.session.session import Session

_log = log.topic("index")

# Written together: a transaction a batch of 8 would cost a sync each.
_ROWS_A_WRITE = 48
UPGRADING = Sentence("Upgrading photos")
_LOOKING_CLOSER = Sentence("Looking closer at photos")
# Photos that two encoders must have seen before their probabilities can be matched.
_FIRST_CALIBRATION = 250
# One call computes while the next one's pixels travel.
_GPU_CALLS = 2
# Photos between two additions to the graph of neighbours: each reads and writes its file.
_GRAPH_EVERY = 8_192


def read_pictures(
    session: Session,
    places: Sequence[IndexTarget],
    *,
    job: Job,
    summary: IndexSummary,
    watch: Watch,
) -> None:
    """Decodes and encodes every photo of these places that lacks pixels or vectors of the current encoder.

    When all of them have vectors, those that an older Photosort saw are looked at once more for their parts. They are
    complete without: nothing says that they wait, and searches find them as before.

    Args:
        session: the open library.
        places: what to bring up to date; photos elsewhere are left alone.
        job: progress and cancel.
        summary: counts what is done.
        watch: told of photos that change and of the list of work.

    Raises:
        JobCancelled: every batch that was written stays.
    """
    summary.model = session.encoders.name_in_use
    encoder_id = encoders.known_id(session)
    views = _views(session)
    if encoder_id is not None and not any(
        _waiting(session, encoder_id, places, view) for view in views
    ):
        return
    job.progress = Progress(Sentence("Waking the picture model"))
    encoder_id = encoders.remember_loaded(session)
    for view in _views(session):
        if view != vectors.WHOLE:
            session.write(partial(vectors.forget_other_parts, encoder_id=encoder_id, view=view))
        waiting = _waiting(session, encoder_id, places, view)
        if waiting:
            decided = session.read(photos.decided)
            work = WorkList(_order(list(waiting.values()), decided))
            watch.work_started(_ByPhoto(work, waiting))
            _Reading(session, encoder_id, view, waiting, job, summary, watch).run(work)


def _views(session: Session) -> list[str]:
    """What the encoder in use gives of a picture, the most needed first."""
    parts = encoders.known_parts(session)
    return [vectors.WHOLE] if parts is None else [vectors.WHOLE, parts]


def _waiting(
    session: Session, encoder_id: int, places: Sequence[IndexTarget], view: str
) -> dict[int, Pending]:
    return {
        one.content_id: one
        for one in session.read(lambda store: vectors.pending(store, encoder_id, view=view))
        if media_of(one.relative) != "video" and _lies_in(one, places)
    }


class _ByPhoto(WorkList):
    """The list of work as the window knows it: by photo instead of by content."""

    def __init__(self, work: WorkList, waiting: dict[int, Pending]) -> None:
        super().__init__(())
        self._work = work
        self._contents = {one.photo_id: content_id for content_id, one in waiting.items()}

    def prioritise(self, keys: Iterable[int]) -> None:
        self._work.prioritise([self._contents[key] for key in keys if key in self._contents])

    def __len__(self) -> int:
        return len(self._work)


def _lies_in(one: Pending, places: Sequence[IndexTarget]) -> bool:
    return any(
        one.root_id == place.root.id
        and (not place.below or one.relative.startswith(place.below + "/"))
        for place in places
    )


def _order(waiting: list[Pending], decided: set[int]) -> list[int]:
    """Content ids: a sample of everything, then the photos that the user cared for, then from new to old."""
    taken = np.array([one.taken_sort or 0 for one in waiting], dtype=np.int64)
    folders = np.array([one.folder_id for one in waiting], dtype=np.int64)
    order = [waiting[i] for i in spread(taken, folders)]
    first, rest = order[:SAMPLE], order[SAMPLE:]
    rest.sort(key=lambda one: one.photo_id not in decided)
    return [one.content_id for one in first + rest]


class _Reading:
    """One pass over the pictures that wait for what the encoder gives of a view."""

    def __init__(
        self,
        session: Session,
        encoder_id: int,
        view: str,
        waiting: dict[int, Pending],
        job: Job,
        summary: IndexSummary,
        watch: Watch,
    ) -> None:
        self._session = session
        self._files = session.holder(FileReading)
        self._encoder = session.encoders.current
        self._encoder_id = encoder_id
        self._parts = encoders.known_parts(session)
        # Their vectors stay as they are.
        self._only_parts = view != vectors.WHOLE
        self._waiting = waiting
        self._job = job
        self._summary = summary
        self._watch = watch
        self._root_paths = {root.id: root.path for root in session.read(roots.list_all)}
        # Only another encoder's vectors are wanted: the run counts from what that one has seen already.
        self._is_upgrade = not self._only_parts and all(one.is_decoded for one in waiting.values())
        self._before = (
            session.read(lambda store: vectors.photos_with(store, [encoder_id]))
            if self._is_upgrade
            else 0
        )
        self._next_calibration = _FIRST_CALIBRATION
        self._next_growth = _GRAPH_EVERY
        self._done = 0
        self._failed = 0
        self._meter = Meter()

    def run(self, work: WorkList) -> None:
        """Goes through the work; what is finished when the job is cancelled is written before leaving."""
        with (
            self._session.reading_lane() as (reading, threads),
            self._encoding_lane(reading) as encoding,
            # Below those that read and encode, so that it takes the time that they leave.
            new_lane("neighbours", low_priority=True) as beside,
        ):
            self._drive(
                pipeline.run(
                    (self._task(content_id) for content_id in work),
                    decode=self._decode,
                    encoder=self._encoder,
                    pool=reading,
                    encoding=encoding,
                    threads=threads,
                    batch_size=self._encoder.info.batch,
                    job=self._job,
                    pixels_known=self._pixels_known,
                ),
                beside,
            )
        self._summary.notice = self._encoder.info.note

    @contextmanager
    def _encoding_lane(self, reading: Executor) -> Iterator[Executor]:
        """Where the encoder is called: on the cores that decode, or beside them when it runs elsewhere."""
        if self._encoder.info.device == "cpu":
            yield reading
            return
        with ThreadPoolExecutor(_GPU_CALLS, thread_name_prefix="photosort-gpu") as beside:
            yield beside

    def _drive(self, batches: Iterator[list[Outcome]], beside: Executor) -> None:
        ready: list[Outcome] = []
        growing: Future[None] | None = None
        self._show()
        try:
            for batch in batches:
                ready += batch
                self._done += len(batch)
                if len(ready) >= _ROWS_A_WRITE:
                    self._write(ready)
                    ready = []
                    self._calibrate()
                    if self._done >= self._next_growth and (growing is None or growing.done()):
                        self._next_growth = self._done + _GRAPH_EVERY
                        growing = beside.submit(vector_indexes.grow_graph, self._session)
                self._show()
        except JobCancelled:
            # Before a lane is waited for, which a decoder that hangs would hold up.
            self._files.stop()
            raise
        finally:
            if ready:
                self._write(ready)
        if growing is not None:
            growing.result()

    def _task(self, content_id: int) -> Task:
        one = self._waiting[content_id]
        path = Path(self._root_paths[one.root_id]) / one.relative
        return Task(content_id, path, media_of(one.relative) or "image")

    def _decode(self, task: Task) -> Decoded:
        one = self._waiting[task.key]
        return self._files.read(
            read_picture,
            task.path,
            self._encoder.info.input,
            media=task.media,
            is_fresh=not one.is_decoded,
            beside=one.orientation,
        )

    def _pixels_known(self, pixel_hash: bytes) -> bool:
        return self._session.read(lambda store: self._same(store, pixel_hash) is not None)

    def _same(self, store: Store, pixel_hash: bytes) -> int | None:
        """A content with the same pixels, of which everything is known that the encoder gives."""
        view = self._parts or vectors.WHOLE
        return vectors.content_with_pixels(store, self._encoder_id, pixel_hash, view=view)

    def _show(self) -> None:
        rate = self._meter.rate(self._done)
        done, total = self._before + self._done, self._before + len(self._waiting)
        reading = UPGRADING if self._is_upgrade else Sentence("Reading")
        self._job.progress = Progress(
            _LOOKING_CLOSER if self._only_parts else reading,
            done,
            total,
            failed=self._failed,
            rate_per_s=rate,
            left_s=Meter.left_s(done, total, rate),
        )

    def _calibrate(self) -> None:
        """Lets the encoder's probabilities mean what those of the one before mean, early and again later."""
        if self._is_upgrade and self._done >= self._next_calibration:
            self._next_calibration = 4 * self._done
            embedding_spaces.calibrate(self._session)

    def _write(self, outcomes: list[Outcome]) -> None:
        outcomes = self._without_offline(outcomes)
        good = [outcome for outcome in outcomes if outcome.decoded is not None]
        bad = [outcome for outcome in outcomes if outcome.decoded is None]
        self._session.thumbnails.put(
            [
                (outcome.decoded.pixel_hash, edge, jpeg)
                for outcome in good
                if outcome.decoded is not None
                for edge, jpeg in outcome.decoded.thumbnails.items()
            ]
        )
        moved = self._session.write(lambda store: self._write_rows(store, good, bad))
        self._summary.new -= len(moved)
        self._summary.moved += len(moved)
        self._summary.missing = max(0, self._summary.missing - len(moved))
        self._session.write(fulltext.update_pending)
        self._summary.embedded += len(good)
        self._failed += len(bad)
        self._summary.unreadable += len(bad)
        changed = bad if self._only_parts else outcomes
        ids = {self._waiting[outcome.task.key].photo_id for outcome in changed}
        self._watch.photos_changed(frozenset(ids.union(moved.values())))

    def _without_offline(self, outcomes: list[Outcome]) -> list[Outcome]:
        """Drops what a drive refused that is gone; its files are offline then, and wait for it."""
        refused = {self._waiting[one.task.key].root_id: one for one in outcomes if not one.is_final}
        if not refused:
            return outcomes
        known = [root for root in self._session.read(roots.list_all) if root.id in refused]
        online = update_online_state(self._session, known)
        return [
            one
            for one in outcomes
            if one.is_final or online.get(self._waiting[one.task.key].root_id, True)
        ]

    def _write_rows(self, store: Store, good: list[Outcome], bad: list[Outcome]) -> dict[int, int]:
        """Writes what a batch became; returns the photos that turned out to be others, which had moved."""
        with store.atomic():
            rows, parts = [], []
            changes: dict[int, ContentChange] = {}
            for outcome in good:
                if outcome.decoded is None:
                    continue
                # The pixels that another encoder wants have another hash; thumbnails hang on the first.
                if not self._waiting[outcome.task.key].is_decoded:
                    changes[outcome.task.key] = _seen(store, outcome.task.key, outcome.decoded)
                if outcome.parts is not None:
                    parts.append((outcome.task.key, outcome.parts))
                if outcome.vectors:
                    rows.append((outcome.task.key, outcome.vectors))
                else:
                    self._copy_vectors(store, outcome.task.key, outcome.decoded.pixel_hash)
            if not self._only_parts:
                vectors.put(store, self._encoder_id, rows)
            if self._parts is not None:
                vectors.put_parts(store, self._encoder_id, self._parts, parts)
            contents.update(store, changes)
            for outcome in bad:
                _log.debug("unreadable: %s", outcome.detail)
                one = self._waiting[outcome.task.key]
                files.mark(store, [one.file_id], FileState.UNREADABLE, outcome.reason)
                if not outcome.is_final:
                    files.retry(store, [one.file_id])
            metadata_merge.refresh(store, {self._waiting[key].photo_id for key in changes})
            unread = {self._waiting[outcome.task.key].photo_id for outcome in bad}
            photos.choose_main(store, unread.difference(photos.forget_unread(store, unread)))
            return find_moved(store, changes)

    def _copy_vectors(self, store: Store, content_id: int, pixel_hash: bytes) -> None:
        source = self._same(store, pixel_hash)
        if source is not None and source != content_id:
            vectors.copy(store, source, content_id, view=self._parts if self._only_parts else None)


def _seen(store: Store, content_id: int, decoded: Decoded) -> ContentChange:
    """What one decode says about its content."""
    change = ContentChange(
        pixel_hash=decoded.pixel_hash,
        metadata=decoded.metadata,
        from_preview=decoded.from_preview,
        decoded_at=now(),
        looks=decoded.looks,
    )
    if decoded.content_hash is not None:
        others = contents.find(store, sha256s=[decoded.content_hash])
        # Equal bytes under two rows come from two files that arrived at the same moment; the next
        # change of either settles it.
        if all(other.id == content_id for other in others):
            change["sha256"] = decoded.content_hash
    return change
