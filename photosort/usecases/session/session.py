"""One open library and everything that its use cases share."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from photosort import log
from photosort.embed.load import STARTER
from photosort.settings import Settings
from photosort.store.db.database import Store
from photosort.store.tables import settings as settings_table
from photosort.store.thumbnail_cache import ThumbnailCache
from photosort.store.vectors.score_columns import SCORES, ScoreColumns
from photosort.threads.lanes import Lanes, cores, new_lane
from photosort.usecases.session.backups import refuse_lost
from photosort.usecases.session.encoder_pool import EncoderPool
from photosort.usecases.session.power import on_battery

if TYPE_CHECKING:
    from pathlib import Path

    from photosort.paths import LibraryPaths

R = TypeVar("R")
H = TypeVar("H")
Actor = Literal["command", "window"]

_log = log.topic("library")

# The library's setting that names the encoder in use.
ENCODER_IN_USE = "encoder"


class Session:
    """An open library with its lanes, connections and encoder.

    The one writing connection lives in the library lane, so two mutations never interleave; every thread
    that reads has a connection of its own. Use cases are functions that take a session; they may be called
    from any thread except the library lane.

    Attributes:
        paths: the library's files.
        actor: who makes the changes that this session records in the history.
        settings: the user's settings; may be replaced at any time, but the lanes keep their threads.
        threads: threads that decode and encode, no more than there are cores.
        lanes: the executors.
        encoders: the encoder in use, and others.
    """

    def __init__(
        self,
        places: LibraryPaths,
        *,
        actor: Actor,
        chosen: Settings | None = None,
        original: Path | None = None,
    ) -> None:
        """Opens the library, creating or migrating it.

        Args:
            places: the library's files.
            actor: who makes the changes.
            chosen: the user's settings; None = the defaults.
            original: the library that this one is a passing copy of; then decisions are refused.

        Raises:
            LibraryTooNew: a newer version wrote it.
            LibraryDamaged: it is damaged, emptied, or gone from where copies of it are kept.
            EnvironmentProblem: it cannot be opened.
        """
        self.paths = places
        self.actor = actor
        places.prepare()
        self.settings = chosen or Settings()
        if original is None:
            refuse_lost(places, self.settings)
        # Decoding and encoding share one pool (see usecases/indexing/pipeline.py); more threads than cores are slower.
        self.threads = min(self.settings.threads or cores(), cores())
        self.lanes = Lanes(decode_threads=self.threads, low_priority=actor == "window")
        self._local = threading.local()
        self._open_stores: list[Store] = []
        self._stores_lock = threading.Lock()
        self.encoders = EncoderPool(
            places.models,
            lambda: str(
                self.read(lambda store: settings_table.get(store, ENCODER_IN_USE, STARTER))
            ),
        )
        self._holders: dict[type[Any], Any] = {}
        self._holders_lock = threading.Lock()
        self._thumbnails: ThumbnailCache | None = None
        self._scores: ScoreColumns | None = None
        try:
            self._writer = self.lanes.write(partial(Store.open, original=original), places.library)
            self._version = self.write(Store.data_version)
        except BaseException:
            self.lanes.close()
            raise

    @contextmanager
    def reading_lane(self) -> Iterator[tuple[Executor, int]]:
        """Where an index run reads pictures, and its threads: one while the window's machine runs on its battery."""
        if self.actor != "window" or self.threads == 1 or not on_battery():
            yield self.lanes.decode, self.threads
            return
        with new_lane("battery", low_priority=True) as saving:
            yield saving, 1

    def write(self, work: Callable[[Store], R]) -> R:
        """Runs a mutation in the library lane and waits for it."""
        return self.write_soon(work).result()

    def write_soon(self, work: Callable[[Store], R]) -> Future[R]:
        """Queues a mutation in the library lane."""
        return self.lanes.library.submit(lambda: work(self._writer))

    def read(self, work: Callable[[Store], R]) -> R:
        """Runs a reading in the calling thread, over that thread's own connection."""
        return work(self.reader())

    def reader(self) -> Store:
        """The calling thread's read-only connection."""
        store: Store | None = getattr(self._local, "store", None)
        if store is None:
            store = Store.open(self.paths.library, read_only=True)
            self._local.store = store
            with self._stores_lock:
                self._open_stores.append(store)
        return store

    def changed_by_others(self) -> bool:
        """Whether another program changed the library since this was last asked; called in the library lane.

        SQLite leaves out what the asking connection wrote itself, and this session writes through one connection.
        """
        before, self._version = self._version, self._writer.data_version()
        return self._version != before

    @property
    def thumbnails(self) -> ThumbnailCache:
        """The thumbnail database."""
        if self._thumbnails is None:
            self._thumbnails = ThumbnailCache.open(self.paths.thumbnails)
        return self._thumbnails

    @property
    def scores(self) -> ScoreColumns:
        """The score columns of tags."""
        with self._stores_lock:
            if self._scores is None:
                self._scores = ScoreColumns.open(self.paths.derived / SCORES)
            return self._scores

    def holder(self, kind: type[H]) -> H:
        """The one object of a class that belongs to this session, made at its first use.

        So a use case keeps what it made between calls in a small class of its own, which nobody else writes.
        """
        with self._holders_lock:
            held: H | None = self._holders.get(kind)
            if held is None:
                held = self._holders[kind] = kind()
            return held

    def close(self) -> None:
        """Waits for what the lanes are running, then closes every connection, the writing one last.

        It leaves all changes in the library file itself, so that a copy of that file alone is whole.
        """
        lanes = self.lanes
        for lane in (lanes.models, lanes.copies, lanes.worker, lanes.decode, lanes.reads):
            lane.shutdown(wait=True, cancel_futures=True)
        with self._stores_lock:
            for store in self._open_stores:
                store.close()
            self._open_stores.clear()
        self.lanes.write(self._writer.gather)
        self.lanes.write(self._writer.close)
        self.lanes.close()
        if self._thumbnails is not None:
            self._thumbnails.close()
        if self._scores is not None:
            self._scores.close()
