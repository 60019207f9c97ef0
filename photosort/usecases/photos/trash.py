"""Photos moved to the system's wastebasket at the user's order, with all that belongs to them, and brought back.

The library keeps what it knows of them: their files are missing, for a reason, and no list shows them. A file that comes
back, by undo or by the file manager, is the photo that it was.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from photosort.domain.photos import FileState, Flag, Role
from photosort.errors import EnvironmentProblem, JobCancelled
from photosort.media import wastebasket
from photosort.media.sidecar_names import owners_of
from photosort.progress import Progress
from photosort.sentences import Sentence, counted_photos, reason_of
from photosort.store.tables import files, photos
from photosort.usecases.photos import photo_table
from photosort.usecases.photos.photo_paths import root_paths

if TYPE_CHECKING:
    from photosort.domain.changes import ChangeSet
    from photosort.domain.photos import File
    from photosort.media.wastebasket import Trashed
    from photosort.progress import Job
    from photosort.usecases.session.session import Session

# The files of a photo are moved one after the other.
_TOGETHER = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Departure:
    """A photo that can go, whole.

    Attributes:
        files: its files that are there, by id; the one that is shown first.
        beside: keyword files and the like, which belong to it alone.
    """

    photo_id: int
    files: dict[int, Path]
    beside: tuple[Path, ...] = ()

    @property
    def paths(self) -> tuple[Path, ...]:
        """Everything that moves."""
        return (*self.files.values(), *self.beside)


@dataclass(frozen=True, slots=True)
class TrashPlan:
    """What would move.

    Attributes:
        photos: those that go.
        along: what their files are besides the one that is shown.
        staying: those that stay, by path, and why.
    """

    photos: tuple[Departure, ...]
    along: Counter[Role]
    staying: tuple[tuple[str, Sentence], ...]

    def going_along(self) -> list[Sentence]:
        """What goes with the pictures: "2 RAW files", "1 keyword file"."""
        held = self.along
        beside = sum(len(one.beside) for one in self.photos)
        found = (
            (held[Role.RAW], _counted_raws),
            (held[Role.MOTION], _counted_clips),
            (held[Role.EDITED], _counted_edits),
            (held[Role.ORIGINAL], _counted_copies),
            (beside, _counted_beside),
        )
        return [said(count) for count, said in found if count]


@dataclass(frozen=True, slots=True)
class TrashRun:
    """What was moved.

    Attributes:
        change: for the views and for undo.
        gone: paths of the files that are in the wastebasket now.
        staying: photos that stayed, by path, and why.
        cancelled: the user stopped it in between.
    """

    change: ChangeSet
    gone: tuple[Path, ...]
    staying: tuple[tuple[str, Sentence], ...]
    cancelled: bool = False


class Unmoved(NamedTuple):
    """Files that are not where the library has them, by id.

    Attributes:
        staying: they should be in the wastebasket.
        lost: they should be back.
    """

    staying: frozenset[int]
    lost: frozenset[int]


def discarded(session: Session) -> list[int]:
    """The photos that are marked as discarded."""
    catalog = photo_table.load(session)
    return [int(one) for one in catalog.ids[catalog.table.flag == photos.FLAGS.index(Flag.DISCARD)]]


def plan(session: Session, photo_ids: Iterable[int]) -> TrashPlan:
    """Looks what would go with photos; nothing is moved.

    A photo goes with all its files, or stays with all of them: where one is on a drive that is not connected, lies on a
    network share, or is not the file that was read.
    """
    ids = list(dict.fromkeys(photo_ids))
    where = root_paths(session)
    held = session.read(lambda store: files.of_photos(store, ids))
    refusals: dict[Path, Sentence | None] = {}
    going: dict[int, dict[int, Path]] = {}
    along: Counter[Role] = Counter()
    staying: list[tuple[str, Sentence]] = []
    for photo_id in ids:
        # In a folder that was removed from the library the file is none of ours; what took its path is another.
        own = [one for one in held.get(photo_id, ()) if one.root_id in where]
        there = [one for one in own if one.state is not FileState.MISSING and not one.is_replaced]
        paths = {one.id: Path(where[one.root_id], one.relative) for one in there}
        problem = _problem(there, paths, refusals)
        if problem is None:
            going[photo_id] = paths
            along.update(one.role for one in there[1:])
        else:
            shown = [os.fspath(Path(where[one.root_id], one.relative)) for one in own[:1]]
            staying += [(path, problem) for path in shown]
    return TrashPlan(tuple(_departures(going)), along, tuple(staying))


def trash(session: Session, wanted: TrashPlan, *, job: Job) -> TrashRun:
    """Moves what was planned to the wastebasket, as one entry of the history; what cannot be moved stays whole.

    Cancelling stops between two photos; what is in the wastebasket by then is recorded.
    """
    gone: list[Departure] = []
    staying = list(wanted.staying)
    cancelled = False
    phase = Sentence("Moving to the wastebasket")
    try:
        for done, one in enumerate(wanted.photos):
            job.check()
            job.progress = Progress(phase, done, len(wanted.photos), failed=len(staying))
            problem = _move(one)
            if problem is None:
                gone.append(one)
            else:
                staying.append((os.fspath(one.paths[0]), problem))
    except JobCancelled:
        cancelled = True
    finally:
        ids = [file_id for one in gone for file_id in one.files]
        action = Sentence("Moved {photos} to the wastebasket", photos=counted_photos(len(gone)))
        change = session.write(
            lambda store: files.mark_trashed(store, ids, action=action, actor=session.actor)
        )
    paths = tuple(path for one in gone for path in one.paths)
    return TrashRun(change, paths, tuple(staying), cancelled)


def follow(session: Session, change: ChangeSet) -> Unmoved:
    """Brings files to where the library has them after an undo or a redo.

    Returns:
        The files that could not be moved.
    """
    known = session.read(lambda store: files.get(store, change.files))
    where = root_paths(session)
    paths = {
        one.id: Path(where[one.root_id], one.relative)
        for one in known.values()
        if one.root_id in where
    }
    back: list[File] = []
    away: dict[int, dict[int, Path]] = defaultdict(dict)
    for file_id, path in paths.items():
        file = known[file_id]
        if file.state is not FileState.MISSING:
            if not lies_at(path, file):
                back.append(file)
        elif lies_at(path, file):
            away[file.photo_id or 0][file_id] = path
    refused = cache(wastebasket.refusal)
    kept = {
        file_id
        for one in _departures(away)
        if any(refused(path.parent) for path in one.paths) or _move(one) is not None
        for file_id in one.files
    }
    return Unmoved(frozenset(kept), frozenset(_bring_back(back, paths)))


def cannot_go() -> EnvironmentProblem:
    """Nothing of what a change brought could be moved to the wastebasket."""
    return EnvironmentProblem(
        Sentence(
            "Nothing was changed: these files cannot be moved to the wastebasket. Delete them in the file manager."
        )
    )


def cannot_return() -> EnvironmentProblem:
    """Nothing of a change could be brought back."""
    if wastebasket.CAN_PUT_BACK:
        said = Sentence(
            "Nothing was changed: the wastebasket holds these files no more, or other files have their names now."
        )
    else:
        said = Sentence(
            "This system does not say what lies in its wastebasket. Restore the files there, and they are the same photos again."
        )
    return EnvironmentProblem(said)


def _problem(
    there: Sequence[File], paths: Mapping[int, Path], refusals: dict[Path, Sentence | None]
) -> Sentence | None:
    """Why a photo stays, or None."""
    if not there:
        return Sentence("It is no longer there.")
    for file in there:
        path = paths[file.id]
        if file.state is FileState.OFFLINE:
            return Sentence("It lies on a drive that is not connected.")
        try:
            is_same = _is(path, file)
        except OSError as error:
            return Sentence("It cannot be opened: {reason}.", reason=reason_of(error))
        if not is_same:
            return Sentence("It was changed since it was read; look for new photos first.")
        if path.parent not in refusals:
            refusals[path.parent] = wastebasket.refusal(path.parent)
        if refusals[path.parent] is not None:
            return refusals[path.parent]
    return None


def _is(path: Path, file: File) -> bool:
    """Whether the file at a path is the one that was read.

    Raises:
        OSError: there is none.
    """
    status = path.stat()
    times = {status.st_mtime_ns, files.mtime_to_retry(status.st_mtime_ns)}
    return status.st_size == file.size_bytes and file.mtime_ns in times


def lies_at(path: Path, file: File) -> bool:
    """Whether the file at a path is there, and the one that was read."""
    try:
        return _is(path, file)
    except OSError:
        return False


def _departures(going: Mapping[int, dict[int, Path]]) -> list[Departure]:
    """Photos with what lies beside them and belongs to no picture that stays."""
    leaving: dict[Path, set[str]] = defaultdict(set)
    for paths in going.values():
        for path in paths.values():
            leaving[path.parent].add(path.name)
    beside: dict[Path, list[Path]] = defaultdict(list)
    for folder, names in leaving.items():
        for name, owners in owners_of(_names_in(folder)).items():
            if owners <= names:
                beside[folder / min(owners)].append(folder / name)
    return [
        Departure(photo_id, paths, tuple(one for path in paths.values() for one in beside[path]))
        for photo_id, paths in going.items()
    ]


def _names_in(folder: Path) -> list[str]:
    try:
        return [one.name for one in folder.iterdir()]
    except OSError:
        return []


def _move(one: Departure) -> Sentence | None:
    """Moves all files of a photo, or none; returns why it could not.

    Where one cannot be moved, those before it come back, if the system can bring them back.
    """
    moved: list[Path] = []
    try:
        for path in one.paths:
            wastebasket.discard(path)
            moved.append(path)
    except OSError as error:
        held = wastebasket.held_from(_real(path).parent for path in moved)
        for path in moved:
            for trashed in held.get(_real(path), [])[:1]:
                # What stays there is found by the file manager.
                with suppress(OSError):
                    wastebasket.put_back(trashed)
        return Sentence(
            "It could not be moved to the wastebasket: {reason}.", reason=reason_of(error)
        )
    return None


def _bring_back(wanted: Sequence[File], paths: Mapping[int, Path]) -> set[int]:
    """Restores files with what lay beside them; returns the ids of those that stay away."""
    lost = set()
    held = wastebasket.held_from(_real(paths[one.id]).parent for one in wanted)
    names: dict[Path, set[str]] = defaultdict(set)
    for original in held:
        names[original.parent].add(original.name)
    owners = {
        folder: owners_of(inside.union(_names_in(folder))) for folder, inside in names.items()
    }
    for file in wanted:
        path = _real(paths[file.id])
        found = next((one for one in held.get(path, ()) if lies_at(one.path, file)), None)
        try:
            if found is None:
                raise FileNotFoundError
            wastebasket.put_back(found)
        except OSError:
            lost.add(file.id)
            continue
        for name, pictures in owners[path.parent].items():
            if path.name in pictures:
                _put_back_beside(held.get(path.parent / name, ()), found)
    return lost


def _put_back_beside(held: Sequence[Trashed], picture: Trashed) -> None:
    """Restores a keyword file that went together with its picture."""
    for one in held[:1]:
        try:
            times = [datetime.fromisoformat(each.deleted_at) for each in (one, picture)]
            if max(times) - min(times) <= _TOGETHER and not os.path.lexists(one.original):
                wastebasket.put_back(one)
        except (ValueError, OSError):
            # The picture is there again; what was said of it is in the library.
            continue


def _real(path: Path) -> Path:
    return path.parent.resolve() / path.name


def _counted_raws(count: int) -> Sentence:
    if count == 1:
        return Sentence("{count:,} RAW file", count=count)
    return Sentence("{count:,} RAW files", count=count)


def _counted_clips(count: int) -> Sentence:
    if count == 1:
        return Sentence("{count:,} clip", count=count)
    return Sentence("{count:,} clips", count=count)


def _counted_edits(count: int) -> Sentence:
    if count == 1:
        return Sentence("{count:,} edited copy", count=count)
    return Sentence("{count:,} edited copies", count=count)


def _counted_copies(count: int) -> Sentence:
    if count == 1:
        return Sentence("{count:,} further copy", count=count)
    return Sentence("{count:,} further copies", count=count)


def _counted_beside(count: int) -> Sentence:
    if count == 1:
        return Sentence("{count:,} keyword file", count=count)
    return Sentence("{count:,} keyword files", count=count)
