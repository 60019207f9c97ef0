"""Keyword files beside the photos: written, following undo, finished after a program that was killed.

Three versions of each are told apart: what Photosort wrote last (`store.sidecars`), what the library says now and
what stands in the file now. Only what Photosort wrote is ever taken out, besides what the user said no to; a change
that was made on both sides is a conflict, which is shown and left alone until somebody settles it.

Nothing that was begun is forgotten: a change of the library notes in the same transaction that keyword files have to
follow it, each photo is noted before its files are written, and each file before it changes. `finish` does at the next
start what a program that was killed left undone.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from photosort import log
from photosort.domain.photos import File, FileState, Metadata
from photosort.domain.tags import TagState
from photosort.errors import InputProblem, JobCancelled
from photosort.media.scan import last_change_ns
from photosort.media.sidecar import Beside, load_sidecars
from photosort.media.sidecar_names import SidecarNames
from photosort.media.sidecar_writing import (
    LARGEST_BYTES,
    SidecarChange,
    SidecarWords,
    write_sidecar,
)
from photosort.media.volume import is_online
from photosort.progress import Job, Progress
from photosort.safe_files import Folder
from photosort.sentences import Sentence, reason_of
from photosort.store.db import history
from photosort.store.tables import contents, files, roots, sidecars, tags
from photosort.store.tables.files import FileChange
from photosort.store.tables.sidecars import Wish, Written
from photosort.usecases.photos import metadata_merge
from photosort.usecases.photos.photo_paths import absolute_path
from photosort.usecases.sidecars.external_changes import (
    apply_changes,
    merged,
    of_picture,
    read_back,
    without_ours,
    words_in,
    written_for,
)
from photosort.usecases.sidecars.sidecar_conflicts import Conflict, conflicts_of
from photosort.usecases.sidecars.sidecar_wants import (
    Want,
    change_for,
    ours_after,
    settled_by,
    speakers,
    wants_of,
    with_turn,
)

if TYPE_CHECKING:
    from photosort.domain.changes import ChangeSet
    from photosort.store.db.database import Store
    from photosort.usecases.session.session import Session

_log = log.topic("library")

# Photos written in one visit to the library lane: other changes wait no longer than these take.
BLOCK = 16


@dataclass(slots=True)
class SidecarRun:
    """What a writing run did; counts are photos.

    Attributes:
        photos: how many were asked about.
        with_words: have something to be written: a confirmed tag, stars, a date or a place.
        written: their keyword files were changed, made or removed.
        problems: absolute path of a photo and one sentence.
        conflicts: left as they are.
        cancelled: ended early; what is counted is whole.
        differing: ids of the photos whose keyword files say something else; only of `compare`.
    """

    photos: int = 0
    with_words: int = 0
    written: int = 0
    problems: list[tuple[str, str]] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    cancelled: bool = False
    differing: list[int] = field(default_factory=list)

    def add(self, other: SidecarRun) -> None:
        """Counts another run in."""
        self.photos += other.photos
        self.with_words += other.with_words
        self.written += other.written
        self.problems += other.problems
        self.conflicts += other.conflicts
        self.cancelled |= other.cancelled


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to become of one keyword file.

    Attributes:
        target: the file.
        words: what stands there.
        own: what of it is ours.
        written_for: the picture that it will name.
        is_new: nothing is there that speaks of this picture.
        replaces: what is there speaks of another picture.
    """

    target: Path
    change: SidecarChange
    words: SidecarWords
    own: Written
    written_for: str
    is_new: bool
    replaces: bool


def write(session: Session, photo_ids: Sequence[int], *, job: Job) -> SidecarRun:
    """Brings the keyword files of photos up to date with what was confirmed; originals are not touched.

    Where it is cancelled the rest stays as it is.

    Args:
        session: the open library.
        photo_ids: whose.
        job: progress and cancel.
    """
    wishes = dict.fromkeys(photo_ids, Wish())
    session.write(lambda store: sidecars.require(store, wishes))
    run = _write_all(session, wishes, job)
    if run.cancelled:
        session.write(lambda store: sidecars.cross_out(store, photo_ids))
    return run


def follow(
    session: Session,
    change: ChangeSet,
    *,
    asked: Iterable[int] = (),
    also: Mapping[int, Sequence[str]] | None = None,
    folders: Iterable[str] = (),
    job: Job | None = None,
) -> SidecarRun:
    """Lets keyword files follow a decision, no matter who made it; the one place that says which do.

    Those of all photos that it concerns, if the user's settings say so; of a change that was taken back or brought
    back, at least those that Photosort wrote before. Where it is cancelled, `finish` does the rest.

    Args:
        session: the open library.
        change: what was just changed.
        asked: photos whose keyword files are to be written besides, whatever the settings say.
        also: photo id to names of suggested tags that are written too, where somebody asked for that.
        folders: only files below these, as absolute paths; none = wherever they lie.
        job: progress and cancel.
    """
    concerned = session.read(lambda store: _concerned(store, change))
    if not session.settings.write_keyword_files:
        ours = (
            session.read(lambda store: sidecars.of_photos(store, concerned))
            if change.taken_back
            else {}
        )
        concerned &= ours.keys()
    inside, back, names = tuple(folders), change.taken_back, also or {}
    wishes = {
        photo_id: Wish(tuple(names.get(photo_id, ())), inside, gives_back=back)
        for photo_id in sorted(concerned.union(asked))
    }

    def note(store: Store) -> None:
        with store.atomic():
            sidecars.require(store, wishes)
            if change.history_id is not None:
                history.followed(store, change.history_id)

    session.write(note)
    return _write_all(session, wishes, job or Job())


def finish(session: Session, *, job: Job) -> SidecarRun:
    """Finishes what a program that was killed, or cancelled, was doing to keyword files.

    Args:
        session: the open library.
        job: progress and cancel.
    """
    run = SidecarRun()
    if session.read(sidecars.is_unfinished):
        session.write(_settle_begun)
        for change in session.read(history.to_follow):
            run.add(follow(session, change, job=job))
        run.add(_write_all(session, session.read(sidecars.required), job))
    return run


def _write_all(session: Session, wishes: Mapping[int, Wish], job: Job) -> SidecarRun:
    ids = list(wishes)
    run = SidecarRun(photos=len(ids))
    folders: dict[Path, SidecarNames] = {}

    def write_block(store: Store, block: Sequence[int]) -> None:
        writing = SidecarWriter(store, session.actor, run, folders)
        writing.write({photo_id: wishes[photo_id] for photo_id in block})
        sidecars.cross_out(store, block)

    try:
        for start in range(0, len(ids), BLOCK):
            job.check()
            job.progress = Progress(Sentence("Writing keyword files"), start, len(ids))
            session.write(partial(write_block, block=ids[start : start + BLOCK]))
    except JobCancelled:
        run.cancelled = True
    return run


def _concerned(store: Store, change: ChangeSet) -> set[int]:
    """The photos of whose keyword files a change may ask something: a tag with another name is on many."""
    photo_ids = set(change.photos)
    if change.vocabulary and change.tags:
        below: dict[str, list[str]] = {}
        for one in tags.list_all(store):
            if one.tag.parent is not None:
                below.setdefault(one.tag.parent.casefold(), []).append(one.tag.key)
        keys = list(change.tags)
        for key in keys:  # paths of the tags below change, too
            keys += [one for one in below.get(key, ()) if one not in keys]
        found = tags.photos_with(store, keys, TagState.CONFIRMED)
        photo_ids.update(photo_id for ids in found.values() for photo_id in ids)
    return photo_ids


class SidecarWriter:
    """One visit to the library lane.

    Args of its making: `run` is told what was done; `folders` keeps the names of folders over several visits.
    """

    def __init__(
        self, store: Store, actor: str, run: SidecarRun, folders: dict[Path, SidecarNames]
    ) -> None:
        self._store = store
        self._actor = actor
        self._run = run
        self._where = {root.id: root.path for root in roots.list_all(store)}
        self._folders = folders

    def write(self, wishes: Mapping[int, Wish]) -> None:
        """Brings the keyword files of photos up to date; what goes wrong becomes a problem of the run."""
        store = self._store
        wants = wants_of(store, wishes)
        held = files.of_photos(store, wishes)
        ours = sidecars.of_photos(store, wishes)
        for photo_id, wish in wishes.items():
            want = wants[photo_id]
            is_turned = any(file.user_orientation for file in held.get(photo_id, ()))
            self._run.with_words += want.is_something or is_turned
            asks = want.is_something or want.rejected or want.facts or is_turned
            if not asks and photo_id not in ours:
                continue
            changed = False
            for file in speakers(held.get(photo_id, ())):
                path = absolute_path(self._where, file)
                if wish.folders and not any(map(Path(path).is_relative_to, wish.folders)):
                    continue
                try:
                    if self._is_there(file, want):
                        changed |= self._bring(photo_id, file, want, wish)
                except InputProblem as problem:
                    self._run.problems.append((path, problem.user_message))
            self._run.written += changed

    def _is_there(self, file: File, want: Want) -> bool:
        """Whether the keyword file of a file can be written.

        Raises:
            InputProblem: it cannot, and there would be something to write.
        """
        is_there = file.state is FileState.PRESENT
        if not is_there and (want.repeats_embedded or file.sidecar is not None):
            raise InputProblem(
                Sentence("It is not there now, so its keyword file was not written.")
            )
        return is_there

    def _bring(self, photo_id: int, file: File, want: Want, wish: Wish) -> bool:
        """Brings the keyword file of one file up to date and returns whether it changed."""
        path = Path(absolute_path(self._where, file))
        names = self._names(path.parent)
        if newest_ns(path, names) != file.sidecar_mtime_ns:
            # Somebody changed it since it was read: what they changed comes first.
            self._read(photo_id, file, path, names)
            (want,) = wants_of(self._store, {photo_id: wish}).values()
            (file,) = files.get(self._store, [file.id]).values()
        want = with_turn(want, file)
        own = self._own_words(photo_id, file)
        self._run.conflicts += conflicts_of(photo_id, os.fspath(path), own)
        plan = self._plan(file, path, names, want, own)
        if plan.change.is_nothing:
            return False
        self._carry_out(plan, file, want, names)
        self._note(photo_id, path.parent)
        return True

    def _own_words(self, photo_id: int, file: File) -> Written:
        ours = sidecars.of_photos(self._store, [photo_id]).get(photo_id, {})
        return ours.get(file.id, Written(file.id))

    def _plan(self, file: File, path: Path, names: SidecarNames, want: Want, own: Written) -> _Plan:
        target = path.with_name(names.to_write(path.name))
        there = _said(path, names, also=target.name)
        key = self._quick_key(file)
        held = {
            one.name: one.data
            for one in of_picture(self._store, there, file.relative, key, file.photo_id)
        }
        before = held.get(target.name)
        words = SidecarWords() if before is None else words_in(target.name, before)
        # What is not there any more, although nobody is known to have changed the file, is written again.
        own = settled_by(Written(file.id), own, words)
        return _Plan(
            target,
            change_for(want, own, words),
            words,
            own,
            written_for(file.relative, key) if key else "",
            is_new=before is None,
            replaces=before is None and any(one.name == target.name for one in there),
        )

    def _carry_out(self, plan: _Plan, file: File, want: Want, names: SidecarNames) -> None:
        change, name, own = plan.change, plan.target.name, plan.own
        after = ours_after(own, change, want, plan.words, made=own.made or plan.is_new)
        # What was taken out is remembered as ours, too, so that undo finds the file.
        is_ours = bool(
            after.keywords
            or after.rating is not None
            or after.conflicts
            or after.facts
            or change.remove_words
        )
        change = replace(change, written_for=plan.written_for if is_ours else "")
        sidecars.begin(self._store, name, after if is_ours else Written(file.id))
        try:
            is_there = write_sidecar(
                plan.target, change, root=Path(self._where[file.root_id]), replaces=plan.replaces
            )
        except InputProblem:
            sidecars.end(self._store, file.id)
            raise
        with self._store.atomic():
            if is_there and is_ours:
                sidecars.put(self._store, after)
            else:
                sidecars.forget(self._store, file.id)
            sidecars.end(self._store, file.id)
        if not is_there:
            names.remove_xmp(name)
        elif plan.is_new:
            names.add(name)

    def _read(self, photo_id: int, file: File, path: Path, names: SidecarNames) -> None:
        said = self._own(file, path, names)
        with self._store.atomic():
            theirs, taken = read_back(self._store, photo_id, file.id, said, track=True)
            metadata_merge.forget_pixels(self._store, file, theirs)
            files.update(self._store, {file.id: _facts(file, path, names, theirs)})
            metadata_merge.refresh(self._store, [photo_id])
            apply_changes(self._store, {photo_id: taken}, actor=self._actor)

    def _note(self, photo_id: int, folder: Path) -> None:
        """Remembers how the keyword files of a photo lie now, so that the index need not read them again."""
        names = self._names(folder)
        ours = sidecars.of_photos(self._store, [photo_id]).get(photo_id, {})
        changes = {}
        for file in files.of_photos(self._store, [photo_id])[photo_id]:
            path = Path(absolute_path(self._where, file))
            if path.parent != folder or file.state is not FileState.PRESENT:
                continue
            said = self._own(file, path, names)
            theirs = without_ours(said, merged(said), ours.values()) if said else None
            changes[file.id] = _facts(file, path, names, theirs)
        files.update(self._store, changes)

    def _own(self, file: File, path: Path, names: SidecarNames) -> tuple[Beside, ...]:
        said = _said(path, names)
        if not said:
            return ()
        return of_picture(self._store, said, file.relative, self._quick_key(file), file.photo_id)

    def _quick_key(self, file: File) -> bytes:
        held = {} if file.content_id is None else contents.get(self._store, [file.content_id])
        return next((content.quick_key for content in held.values()), b"")

    def _names(self, folder: Path) -> SidecarNames:
        if folder not in self._folders:
            try:
                self._folders[folder] = SidecarNames(entry.name for entry in folder.iterdir())
            except OSError as error:
                reason = reason_of(error)
                raise InputProblem(
                    Sentence(
                        "The folder {folder} cannot be looked into: {reason}.",
                        folder=folder,
                        reason=reason,
                    )
                ) from error
        return self._folders[folder]


def _settle_begun(store: Store) -> None:
    """Finds out which of the keyword files that were about to change did, and notes what is ours in them."""
    where = {root.id: root for root in roots.list_all(store)}
    for one in sidecars.begun(store):
        file = files.get(store, [one.file_id])[one.file_id]
        root = where.get(file.root_id)
        if root is None or not is_online(root):
            continue
        path = Path(root.path, file.relative).with_name(one.name)
        own = sidecars.of_photos(store, [one.photo_id]).get(one.photo_id, {}).get(one.file_id)
        own = own or Written(one.file_id)
        try:
            with Folder(path.parent) as folder:
                seen = folder.read(path.name, limit_bytes=LARGEST_BYTES)
            words = SidecarWords() if seen is None else words_in(path.name, seen.data)
        except (OSError, InputProblem) as error:
            _log.info("what was being written into %s cannot be told: %r", path, error)
            settled = own
        else:
            settled = settled_by(own, one.written, words)
        with store.atomic():
            if settled == Written(one.file_id):
                sidecars.forget(store, one.file_id)
            else:
                sidecars.put(store, settled)
            sidecars.end(store, one.file_id)


def _said(path: Path, names: SidecarNames, also: str = "") -> tuple[Beside, ...]:
    """The sidecars of a picture, and one more that may not be its own yet.

    Raises:
        InputProblem: one cannot be used.
    """
    beside = dict.fromkeys(name for name in (*names.of(path.name), also) if name)
    said, problems = load_sidecars(filter(_is_there, map(path.with_name, beside)))
    if problems:
        raise InputProblem(Sentence("{problem} It was left as it is.", problem=problems[0][1]))
    return said


def _is_there(path: Path) -> bool:
    try:
        path.stat()
    except FileNotFoundError:
        return False
    except OSError as error:
        reason = reason_of(error)
        raise InputProblem(
            Sentence(
                "The keyword file {file} was left as it is: {reason}.",
                file=path.name,
                reason=reason,
            )
        ) from error
    return True


def newest_ns(path: Path, names: SidecarNames) -> int | None:
    """When a keyword file of a picture changed last; nanoseconds since 1970, None where there is none."""
    times = []
    for name in names.of(path.name):
        try:
            times.append(last_change_ns(path.with_name(name).stat()))
        except OSError:
            continue
    return max(times, default=None)


def _facts(file: File, path: Path, names: SidecarNames, theirs: Metadata | None) -> FileChange:
    """The columns of a file that say how its sidecars lie now."""
    beside = names.of(path.name)
    folder = file.relative.rpartition("/")[0]
    return FileChange(
        sidecar=(f"{folder}/{beside[0]}" if folder else beside[0]) if beside else None,
        sidecar_mtime_ns=newest_ns(path, names),
        sidecar_metadata=theirs,
    )
