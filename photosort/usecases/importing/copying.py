"""Copies photos from a source to where a template puts them: verified, resumable, and never twice.

Of each photo what lies beside it comes first and the picture that is shown last: where the picture is, all that
belongs to it is, too, whenever the program may die. The source is only read.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from photosort import log
from photosort.domain.texts import folded
from photosort.errors import EnvironmentProblem, InputProblem, JobCancelled
from photosort.media.errors import unreadable_file
from photosort.media.identify import content_hash, quick_key
from photosort.media.verified_copy import DISK_ERRORS, make_subfolder, make_target, write_verified
from photosort.media.volume import is_online
from photosort.progress import Meter, Progress
from photosort.safe_files import PlainReader
from photosort.sentences import Sentence, counted_photos, reason_of
from photosort.usecases.importing.known_contents import KnownContents
from photosort.usecases.importing.naming import TargetFolder
from photosort.usecases.photos import roots

if TYPE_CHECKING:
    from photosort.progress import Job
    from photosort.usecases.importing.known_contents import Held, Where
    from photosort.usecases.importing.source import Source, SourceFile, SourcePhoto
    from photosort.usecases.importing.template import Template
    from photosort.usecases.session.session import Session

_log = log.topic("import")

_CHUNK_BYTES = 1024 * 1024
_MB = 1_000_000
_COPYING = Sentence("Importing photos")
# The disk of the target went away while it was written to.
_GONE = frozenset({errno.EIO, errno.ENXIO, errno.ENODEV, errno.ESTALE})


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """What became of one file of the source.

    Attributes:
        source: absolute path.
        target: its copy; of a file that was skipped, where its bytes are already.
        skipped: where that is, or None for a file that was copied.
    """

    source: Path
    target: Path
    skipped: Where | None = None


@dataclass(frozen=True, slots=True)
class ImportRun:
    """What an import did.

    Attributes:
        to: the folder that photos went to.
        files: in the order of the source, keyword files included.
        photos: how many photos got at least one file.
        skipped: how many photos were there already.
        problems: absolute path and sentence of what could not be copied.
        cancelled: the user ended it early; what is listed is whole.
        stopped: why it could not go on, or None.
    """

    to: Path
    files: tuple[ImportedFile, ...]
    photos: int
    skipped: int
    problems: tuple[tuple[str, str], ...]
    cancelled: bool = False
    stopped: EnvironmentProblem | None = None

    @property
    def copied(self) -> list[Path]:
        """The copies."""
        return [file.target for file in self.files if file.skipped is None]

    @property
    def brings_files(self) -> bool:
        """Whether there are files in the target that the library may not have yet."""
        return any(file.skipped in {None, "target"} for file in self.files)

    @property
    def is_complete(self) -> bool:
        """Whether everything on the source is in the library now."""
        return not (self.problems or self.cancelled or self.stopped)


class _SourceGone(Exception):
    """The card was pulled."""


def check_apart(source: Path, to: Path) -> None:
    """Refuses folders that lie in one another.

    Args:
        source: absolute path without links.
        to: the same.

    Raises:
        InputProblem: they do.
    """
    if source == to:
        raise InputProblem(
            Sentence("{folder} cannot be imported into itself; choose another target.", folder=to)
        )
    if source.is_relative_to(to) or to.is_relative_to(source):
        outer, inner = (to, source) if source.is_relative_to(to) else (source, to)
        raise InputProblem(
            Sentence(
                "{inner} lies in {outer}; source and target of an import have to lie apart.",
                inner=inner,
                outer=outer,
            )
        )


def copy(
    session: Session,
    source: Source,
    to: Path,
    template: Template,
    *,
    job: Job,
    dry_run: bool = False,
) -> ImportRun:
    """Copies what is new; an import that was interrupted is finished by the next.

    Args:
        session: the open library.
        source: from `look`.
        to: the target; it is made, and becomes a folder of the library before the first photo is in it.
        template: folders below it.
        job: progress and cancel.
        dry_run: say what would be, write nothing.

    Raises:
        InputProblem: source and target lie in one another, or the target is a file.
        EnvironmentProblem: the target is on a drive that is not connected, cannot be made, or has too little room;
            nothing was copied.
    """
    to = to.expanduser().resolve()
    check_apart(source.folder, to)
    place = roots.locate(session, os.fspath(to))
    if place is not None and not is_online(place[0]):
        # Made now, the folder would lie on another disk, where the drive is to appear.
        raise EnvironmentProblem(
            Sentence(
                "The folder {folder} of the library is not there now. Connect its drive, or choose another target.",
                folder=place[0].path,
            )
        )
    return _Copying(session, source, to, template, job, dry_run=dry_run).run()


class _Copying:
    """One import."""

    def __init__(
        self,
        session: Session,
        source: Source,
        to: Path,
        template: Template,
        job: Job,
        *,
        dry_run: bool,
    ) -> None:
        self._session = session
        self._source = source
        self._to = to
        self._template = template
        self._job = job
        self._dry_run = dry_run
        self._known = KnownContents(session, to, check=job.check)
        self._folders: dict[Path, TargetFolder] = {}
        self._is_root = False
        self._files: list[ImportedFile] = []
        self._problems = list(source.problems)
        self._copied = self._skipped = self._seen = 0
        self._done_bytes = self._total_bytes = 0
        self._meter = Meter()

    def run(self) -> ImportRun:
        cancelled, stopped = False, None
        try:
            self._make_room()
            photos = self._source.photos
            for _, sharing in groupby(photos, lambda one: (one.files[0].path.parent, one.names)):
                self._import(list(sharing))
        except JobCancelled:
            cancelled = True
        except _SourceGone:
            stopped = EnvironmentProblem(
                Sentence(
                    "{source} is no longer connected. Imported so far: {photos}. Connect it and import again to go on.",
                    source=self._source.folder,
                    photos=counted_photos(self._copied),
                )
            )
        except OSError as error:
            stopped = EnvironmentProblem(
                Sentence(
                    "The import to {folder} stopped after {photos}: {reason}. What was finished stays there; import again to go on.",
                    folder=self._to,
                    photos=counted_photos(self._copied),
                    reason=reason_of(error),
                ),
                repr(error),
            )
        self._show()
        return ImportRun(
            self._to,
            tuple(self._files),
            self._copied,
            self._skipped,
            tuple(self._problems),
            cancelled,
            stopped,
        )

    def _make_room(self) -> None:
        """Makes the target, where there is room for what is new."""
        files = [file for photo in self._source.photos for file in photo.files]
        new = self._known.unknown((file.quick_key, file.size_bytes) for file in files)
        # What is there twice is copied once.
        sizes = {file.quick_key: file.size_bytes for file in files if file.quick_key in new}
        self._total_bytes = sum(sizes.values())
        there = next(one for one in (self._to, *self._to.parents) if one.exists())
        free = shutil.disk_usage(there).free
        if self._total_bytes > free:
            raise EnvironmentProblem(
                Sentence(
                    "The photos need {needed:,} MB, and {folder} has room for {free:,} MB. Nothing was copied.",
                    needed=-(-self._total_bytes // _MB),
                    folder=self._to,
                    free=free // _MB,
                )
            )
        if not self._dry_run:
            make_target(self._to)

    def _import(self, photos: Sequence[SourcePhoto]) -> None:
        """Photos of one folder that share a name."""
        self._job.check()
        self._show()
        held: dict[Path, Held | None] = {}
        for photo in photos:
            for file in photo.files:
                try:
                    held[file.path] = self._find(file)
                except OSError as error:
                    self._cannot_read(file.path, unreadable_file(error))
        for folder, here in self._by_folder(photos):
            try:
                self._import_into(folder, here, held)
            except InputProblem as problem:
                for photo, _ in here:
                    self._note(photo.files[0].path, problem)
        self._seen += len(photos)

    def _by_folder(
        self, photos: Sequence[SourcePhoto]
    ) -> list[tuple[Path, list[tuple[SourcePhoto, str]]]]:
        """Photos that get their names together; those whose names differ in case alone do not."""
        found: list[tuple[Path, list[tuple[SourcePhoto, str]]]] = []
        taken: list[set[str]] = []
        for photo in photos:
            place = self._template.place(photo.facts)
            folder = self._to.joinpath(*place.folders)
            names = {folded(place.prefix + file.path.name) for file in photo.files}
            fitting = (
                n for n, (other, _) in enumerate(found) if other == folder and not names & taken[n]
            )
            number = next(fitting, len(found))
            if number == len(found):
                found.append((folder, []))
                taken.append(set())
            found[number][1].append((photo, place.prefix))
            taken[number].update(names)
        return found

    def _find(self, file: SourceFile) -> Held | None:
        """Where the bytes of a file are already."""
        made: list[bytes] = []

        def sha256() -> bytes:
            if not made:
                made.append(content_hash(file.path, check=self._job.check))
            return made[0]

        key = file.quick_key or quick_key(file.path, file.size_bytes)
        return self._known.find(key, file.size_bytes, sha256)

    def _import_into(
        self,
        path: Path,
        photos: Sequence[tuple[SourcePhoto, str]],
        held: Mapping[Path, Held | None],
    ) -> None:
        wanted = {one for one, there in held.items() if there is None}
        if not any(file.path in wanted for photo, _ in photos for file in photo.files):
            for photo, _ in photos:
                self._skip(photo, held)
            return
        folder = self._folder(path)

        def is_ours(one: Path, there: Path) -> bool:
            if one in held:
                found = held[one]
                return found is not None and found.path == there
            return self._is_copy(one, there)

        resumes = any(one is not None and one.path.parent == path for one in held.values())
        names = folder.name(photos, is_ours, resumes=resumes)
        for photo, _ in photos:
            self._skip(photo, held)
            mine = [file for file in photo.files if file.path in wanted]
            if mine:
                owners = {file.path.name for file in mine}
                beside = [one for one, owner in photo.beside if owner in owners]
                self._copy_photo(folder, beside, mine, names)

    def _copy_photo(
        self,
        folder: TargetFolder,
        beside: Sequence[Path],
        files: Sequence[SourceFile],
        names: Mapping[Path, str],
    ) -> None:
        for path in beside:
            if not folder.holds(names[path]) and self._copy(path, folder, names[path], None):
                folder.take([names[path]])
        is_new = False
        for file in reversed(files):
            name = names[file.path]
            # The same bytes under two names that go together.
            if self._known.is_imported(file.quick_key) and (twin := self._find(file)) is not None:
                self._files.append(ImportedFile(file.path, twin.path, twin.where))
            elif self._copy(file.path, folder, name, file.size_bytes, file.quick_key):
                folder.take([name])
                is_new = True
        self._copied += is_new

    def _copy(
        self,
        source: Path,
        folder: TargetFolder,
        name: str,
        size_bytes: int | None,
        key: bytes = b"",
    ) -> bool:
        """Whether a file has its copy now.

        Raises:
            OSError: nothing more can be copied.
            JobCancelled: nothing of it is left.
        """
        target = folder.path / name
        sha256: bytes | None = None
        before = self._done_bytes
        try:
            if not self._dry_run:
                chunks = self._chunks(source, size_bytes)
                sha256 = write_verified(target, chunks, times_of=source, check=self._job.check)
        except InputProblem as problem:
            self._done_bytes = before
            self._cannot_read(source, problem)
            return False
        except OSError as error:
            if error.errno in DISK_ERRORS | _GONE or not folder.path.is_dir():
                raise
            _log.debug("not imported: %r", error)
            said = Sentence("It could not be copied: {reason}.", reason=reason_of(error))
            self._problems.append((os.fspath(source), said))
            return False
        if key:
            self._known.add(key, source, target, sha256)
        self._files.append(ImportedFile(source, target))
        return True

    def _chunks(self, source: Path, size_bytes: int | None) -> Iterator[bytes]:
        """The bytes of a file, a megabyte at a time; what fails here is the source's."""
        done = 0
        try:
            with PlainReader(source) as file:
                while chunk := file.read(_CHUNK_BYTES):
                    done += len(chunk)
                    yield chunk
                    if size_bytes is not None:
                        self._done_bytes += len(chunk)
                        self._show()
        except OSError as error:
            raise unreadable_file(error) from error
        # A reader that loses its card may end a file early instead of failing.
        if size_bytes is not None and done != size_bytes:
            raise InputProblem(Sentence("Its size changed while it was copied."))

    def _folder(self, path: Path) -> TargetFolder:
        """The folder, made if need be, in a folder of the library."""
        known = self._folders.get(path)
        if known is None:
            if not self._dry_run:
                make_subfolder(path)
                if not self._is_root:
                    # Where the program dies from now on, its next start finds what came so far.
                    roots.add(self._session, os.fspath(self._to))
                    self._is_root = True
            known = self._folders[path] = TargetFolder(path)
        return known

    def _skip(self, photo: SourcePhoto, held: Mapping[Path, Held | None]) -> None:
        """Tells which files of a photo are there already."""
        there = [(file.path, held.get(file.path)) for file in photo.files]
        self._files += [ImportedFile(one, at.path, at.where) for one, at in there if at is not None]
        self._skipped += all(at is not None for _, at in there)

    def _is_copy(self, source: Path, there: Path) -> bool:
        """Whether a keyword file has its copy there."""
        try:
            check = self._job.check
            return content_hash(source, check=check) == content_hash(there, check=check)
        except OSError:
            return False

    def _cannot_read(self, path: Path, problem: InputProblem) -> None:
        """A file of the source that cannot be read is one problem, unless all of it is gone.

        Raises:
            _SourceGone: it is.
        """
        try:
            with os.scandir(self._source.folder) as entries:
                is_there = any(True for _ in entries)
        except OSError:
            is_there = False
        if not is_there:
            raise _SourceGone
        self._note(path, problem)

    def _note(self, path: Path, problem: InputProblem) -> None:
        self._problems.append((os.fspath(path), problem.user_message))

    def _show(self) -> None:
        total = max(self._total_bytes, self._done_bytes)
        rate = self._meter.rate(self._done_bytes)
        self._job.progress = Progress(
            _COPYING,
            self._seen,
            len(self._source.photos),
            failed=len(self._problems),
            skipped=self._skipped,
            left_s=Meter.left_s(self._done_bytes, total, rate),
            done_bytes=self._done_bytes,
            total_bytes=total,
        )
