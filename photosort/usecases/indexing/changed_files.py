"""Decides what new bytes at a known path are: that photo edited, another known photo, or a new one. The pixels decide."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from photosort.domain.dates import Precision, precision_of, start_of
from photosort.domain.photos import FileState
from photosort.errors import InputProblem
from photosort.likeness import ON_TOP, SAME_PICTURE_SHARE
from photosort.media.errors import NotGiven
from photosort.media.grey import grey_levels
from photosort.media.index_reading import read_picture
from photosort.progress import Job, Progress
from photosort.sentences import Sentence
from photosort.store.db.codec import now
from photosort.store.tables import contents, files, roots
from photosort.store.tables.contents import ContentChange
from photosort.store.vectors import vectors
from photosort.usecases.indexing.companions import FolderNames
from photosort.usecases.indexing.file_reading import FileReading
from photosort.usecases.indexing.ingest import Batch
from photosort.usecases.indexing.moves import find_same_content
from photosort.usecases.models import encoders

if TYPE_CHECKING:
    from photosort.domain.photos import File, Root
    from photosort.store.db.database import Store
    from photosort.store.tables.contents import Content
    from photosort.usecases.indexing.arrival import Arrival
    from photosort.usecases.indexing.ingest import Ingested
    from photosort.usecases.session.session import Session

_AT_ONCE = 64


@dataclass(slots=True)
class Undecided:
    """New bytes at a path that the library knows.

    Attributes:
        root: the folder that it lies below.
        file: the file that the library knew at this path, wherever it lies now.
        before: what that one held.
    """

    root: Root
    arrival: Arrival
    file: File | None = None
    before: Content | None = None


def decide_same_pictures(
    session: Session, undecided: Sequence[Undecided], *, job: Job
) -> Iterator[Ingested]:
    """Settles whose picture each is; all that bytes can say was settled before.

    A picture that is known by its pixels, and is gone from its old path, is that photo, moved. Otherwise it is the
    photo of its path if pixels, date and camera, or likeness say so. Else it is a new photo, and the one of its path
    is missing.

    Yields:
        What they became, a folder at a time.

    Raises:
        JobCancelled: what is left stays as it was for the next run.
    """
    if not undecided:
        return
    encoders.remember_loaded(session)
    run = _Deciding(session, job)
    left: list[Undecided] = []
    for start in range(0, len(undecided), _AT_ONCE):
        job.progress = Progress(Sentence("Comparing changed photos"), start, len(undecided))
        some = undecided[start : start + _AT_ONCE]
        run.look(some)
        yield from run.write(run.keep_same_pixels, some)
    left = [one for one in undecided if not run.is_settled(one)]
    # Pixels first: what is another photo's picture is no edit of the one at its path, however alike the two are.
    yield from run.write(run.find_moved, left)
    yield from run.write(run.settle, [one for one in left if not run.is_settled(one)])


class _Deciding:
    def __init__(self, session: Session, job: Job) -> None:
        self._session = session
        self._job = job
        self._spec = session.encoders.current.info.input
        self._encoder_id = encoders.known_id(session)
        self._view = encoders.known_parts(session) or vectors.WHOLE
        self._where = {root.id: root.path for root in session.read(roots.list_all)}
        # Files whose picture is no longer at their path.
        self._gone: set[int] = set()
        self._settled: set[int] = set()

    def is_settled(self, one: Undecided) -> bool:
        """Whether it was decided already."""
        return id(one) in self._settled

    def keep_same_pixels(self, batch: Batch, one: Undecided) -> bool:
        """Settles arrivals whose picture has not changed."""
        occupant = batch.occupant(one.arrival)
        if occupant is None or one.before is None or self.is_settled(one):
            return False
        if not (batch.is_as_before(one.arrival, occupant) or _pixels_are(one.arrival, one.before)):
            self._gone.add(occupant.id)
            return False
        batch.keep(one.arrival, occupant)
        return True

    def find_moved(self, batch: Batch, one: Undecided) -> bool:
        """Settles arrivals that show a known picture which is gone from its old path."""
        occupant = batch.occupant(one.arrival)
        holder = self._holder_of(batch.store, one.arrival, but=occupant)
        if holder is None:
            return False
        self._gone.discard(holder.id)
        batch.take_over(one.arrival, holder, occupant)
        return True

    def settle(self, batch: Batch, one: Undecided) -> bool:
        """Settles the rest: an edit of the picture at its path, or a new one."""
        occupant = batch.occupant(one.arrival)
        if (
            one.before is not None
            and occupant is not None
            and self._is_same(one.arrival, one.before)
        ):
            batch.keep(one.arrival, occupant)
        elif (
            one.before is not None
            and one.file is not None
            and occupant is None
            and self._lies_on_top(one.arrival, one.before)
        ):
            batch.add_edited(one.arrival, one.file)
        else:
            batch.replace(occupant)
            batch.add(one.arrival)
        return True

    def write(
        self, step: Callable[[Batch, Undecided], bool], some: Sequence[Undecided]
    ) -> Iterator[Ingested]:
        """Takes a step with each, a folder in a transaction."""
        for (root, _), group in itertools.groupby(
            some, key=lambda one: (one.root, one.arrival.found.relative.rpartition("/")[0])
        ):
            self._job.check()
            yield self._session.write(partial(self._write, root=root, step=step, some=list(group)))

    def _write(
        self,
        store: Store,
        root: Root,
        step: Callable[[Batch, Undecided], bool],
        some: Sequence[Undecided],
    ) -> Ingested:
        keys = [one.arrival.quick_key for one in some]
        twins = find_same_content(store, keys, self._where)
        batch = Batch(store, root, twins, self._session.actor, FolderNames())
        with store.atomic():
            done = [one for one in some if step(batch, one)]
            batch.settle()
            for one in done:
                self._copy_vectors(store, one)
        self._settled.update(map(id, done))
        return batch.result

    def _copy_vectors(self, store: Store, one: Undecided) -> None:
        """Lets a content that shows known pixels have their vectors; then it need not be read again."""
        decoded = one.arrival.decoded
        file = files.by_path(store, one.root.id, one.arrival.found.relative)
        if decoded is None or file is None or file.content_id is None or self._encoder_id is None:
            return
        source = vectors.content_with_pixels(
            store, self._encoder_id, decoded["pixel_hash"] or b"", view=self._view
        )
        if source is None:
            return
        if source != file.content_id:
            vectors.copy(store, source, file.content_id)
        contents.update(store, {file.content_id: {"decoded_at": now()}})

    def _holder_of(self, store: Store, arrival: Arrival, *, but: File | None) -> File | None:
        """A file with the same pixels that is gone from its old path."""
        pixel_hash = (arrival.decoded or {}).get("pixel_hash")
        if pixel_hash is None:
            return None
        same = contents.find(store, pixel_hashes=[pixel_hash])
        for file in files.with_content(store, [one.id for one in same]):
            is_gone = file.state is FileState.MISSING or file.id in self._gone
            if is_gone and file.photo_id is not None and (but is None or file.id != but.id):
                return file
        return None

    def _is_same(self, arrival: Arrival, before: Content) -> bool:
        now_says, said = arrival.metadata, before.metadata
        now_at, said_at = now_says.taken_at, said.taken_at
        # Only exact dates tell: a year or a day is true of many pictures.
        if now_at and said_at and precision_of(now_at) is precision_of(said_at) is Precision.SECOND:
            apart = start_of(now_at) - start_of(said_at)
            if abs(apart.total_seconds()) >= 1:
                return False
            if now_says.camera_model == said.camera_model and (
                now_says.camera_model is not None or arrival.found.media == "video"
            ):
                return True
        return self._agreement(arrival, before)[0] >= SAME_PICTURE_SHARE

    def _lies_on_top(self, arrival: Arrival, before: Content) -> bool:
        share, moved = self._agreement(arrival, before)
        return _pixels_are(arrival, before) or (share >= SAME_PICTURE_SHARE and moved <= ON_TOP)

    def _agreement(self, arrival: Arrival, before: Content) -> tuple[float, float]:
        """How much of the two agrees, and by how much one is moved against the other."""
        # Brings SciPy along, which a run over unchanged folders does not need.
        from photosort.likeness.alignment import EDGE_PX, compare

        keys = [(arrival.decoded or {}).get("pixel_hash"), before.pixel_hash]
        held = self._session.thumbnails.get_many([key for key in keys if key is not None], 256)
        grey = [
            grey_levels(held[key], EDGE_PX) if key is not None and key in held else None
            for key in keys
        ]
        first, second = grey
        if first is None or second is None or min(*first.shape, *second.shape) < 8:
            return 0.0, 1.0
        agreement = compare(first, second)
        return agreement.share, agreement.moved

    def look(self, some: Sequence[Undecided]) -> None:
        """Decodes pictures; what cannot be decoded is left to what its head says."""
        pictures = self._session.lanes.decode.map(self._decoded, some)
        self._session.thumbnails.put([row for rows in pictures for row in rows])
        self._session.read(partial(_load_before, some=some))

    def _decoded(self, one: Undecided) -> list[tuple[bytes, int, bytes]]:
        self._job.check()
        arrival = one.arrival
        path = Path(one.root.path) / arrival.found.relative
        try:
            found = self._session.holder(FileReading).read(
                read_picture, path, self._spec, media=arrival.found.media
            )
        except NotGiven:
            # Nothing is known of its bytes now: the next run decides.
            self._settled.add(id(one))
            return []
        except InputProblem:
            return []
        arrival.metadata = found.metadata
        arrival.decoded = ContentChange(
            pixel_hash=found.pixel_hash,
            metadata=found.metadata,
            from_preview=found.from_preview,
            looks=found.looks,
        )
        arrival.sha256 = found.content_hash or arrival.sha256
        return [(found.pixel_hash, edge, jpeg) for edge, jpeg in found.thumbnails.items()]


def _load_before(store: Store, some: Sequence[Undecided]) -> None:
    known = {id(one): one.arrival.known.file_id for one in some if one.arrival.known is not None}
    found = files.get(store, set(known.values()))
    held = contents.get(store, {f.content_id for f in found.values() if f.content_id is not None})
    for one in some:
        one.file = found.get(known.get(id(one), 0))
        if one.file is not None and one.file.content_id is not None:
            one.before = held[one.file.content_id]


def _pixels_are(arrival: Arrival, before: Content) -> bool:
    return (
        arrival.decoded is not None
        and before.pixel_hash is not None
        and arrival.decoded["pixel_hash"] == before.pixel_hash
    )
