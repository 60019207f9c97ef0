"""Compares keyword files with the library, and changes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from photosort.domain.photos import File, FileState
from photosort.media.sidecar_names import SidecarNames
from photosort.progress import Job, Progress
from photosort.sentences import Sentence
from photosort.store.tables import photos, sidecars
from photosort.store.tables.sidecars import Wish
from photosort.usecases.photos.photo_paths import absolute_path
from photosort.usecases.sidecars.sidecar_sync import BLOCK, SidecarRun, SidecarWriter, newest_ns
from photosort.usecases.sidecars.sidecar_wants import Want, with_turn

if TYPE_CHECKING:
    from photosort.store.db.database import Store
    from photosort.usecases.session.session import Session


def compare(session: Session, *, job: Job) -> SidecarRun:
    """Looks which keyword files do not say what the library says; nothing is written.

    Where the user's settings do not let them follow, they have to say only what Photosort wrote there last.

    Returns:
        Whose `differing` says which, and whose `problems` say which cannot be used.

    Raises:
        JobCancelled: it was.
    """
    run = SidecarRun()
    follows = session.settings.write_keyword_files
    ids = session.read(
        lambda store: sorted(
            {*sidecars.photo_ids(store), *(photos.decided(store) if follows else ())}
        )
    )
    folders: dict[Path, SidecarNames] = {}
    for start in range(0, len(ids), BLOCK):
        job.check()
        job.progress = Progress(Sentence("Comparing keyword files"), start, len(ids))
        wishes = dict.fromkeys(ids[start : start + BLOCK], Wish())
        store = session.reader()
        _Comparing(store, session.actor, run, folders, follows=follows).write(wishes)
    return run


class _Comparing(SidecarWriter):
    """Finds the keyword files that do not say what they should, and changes nothing."""

    def __init__(
        self,
        store: Store,
        actor: str,
        run: SidecarRun,
        folders: dict[Path, SidecarNames],
        *,
        follows: bool,
    ) -> None:
        super().__init__(store, actor, run, folders)
        self._follows = follows

    def _is_there(self, file: File, want: Want) -> bool:
        """What lies elsewhere or is gone for now is not compared."""
        return file.state is FileState.PRESENT

    def _bring(self, photo_id: int, file: File, want: Want, wish: Wish) -> bool:
        path = Path(absolute_path(self._where, file))
        names = self._names(path.parent)
        differs = newest_ns(path, names) != file.sidecar_mtime_ns
        if not differs:
            own = self._own_words(photo_id, file)
            plan = self._plan(file, path, names, with_turn(want, file), own)
            differs = plan.own != own or (self._follows and not plan.change.is_nothing)
        if differs:
            self._run.differing.append(photo_id)
        return differs
