"""Exports copies to a folder: names, writes and verifies them, optionally without location."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from photosort import log
from photosort.domain.photos import FileState, Role
from photosort.domain.tags import TagState
from photosort.errors import EnvironmentProblem, InputProblem, JobCancelled, PhotosortError
from photosort.media.errors import unreadable_file
from photosort.media.export import Made, MadeClip, Wish, make, prove
from photosort.media.file_names import UNDATED, folder_name, numbered
from photosort.media.identify import content_hash
from photosort.media.location_removal.allowed_metadata import Words
from photosort.media.sidecar_writing import last_level
from photosort.media.verified_copy import DISK_ERRORS, make_subfolder, make_target, write_verified
from photosort.progress import Job, Meter, Progress
from photosort.safe_files import PlainReader
from photosort.sentences import Sentence, reason_of
from photosort.store.tables import albums, photos, tags
from photosort.usecases.photos.photo_paths import absolute_path, root_paths
from photosort.usecases.tags.tagging import tags_of

if TYPE_CHECKING:
    from photosort.domain.photos import File, Photo
    from photosort.usecases.session.session import Session

_log = log.topic("export")

By = Literal["album", "tag", "date"]

_CHUNK_BYTES = 1024 * 1024
_BLOCK = 500
_CANNOT_COPY = Sentence("It is damaged, or of a kind that Photosort cannot read.")
_SAID = (TagState.CONFIRMED, TagState.IMPORTED)


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How photos are exported.

    Attributes:
        to: the folder; it is made.
        by: folders for albums, tags, or years and months; a photo of several albums or tags lies in each of
            their folders. None = all in one folder.
        link: symbolic links to the originals in place of copies.
        size_px: longest edge of the copies, which are then JPEGs.
        as_jpeg: what is no JPEG becomes one (HEIC, raw); videos stay what they are.
        remove_location: copies do not say where they were taken; None = only those that are made smaller.
        embed_metadata: keywords, stars, title and caption are written into the copies.
    """

    to: Path
    by: By | None = None
    link: bool = False
    size_px: int | None = None
    as_jpeg: bool = False
    remove_location: bool | None = None
    embed_metadata: bool = False

    @property
    def removes_location(self) -> bool:
        """What `remove_location` comes to."""
        return self.size_px is not None if self.remove_location is None else self.remove_location

    def check(self) -> None:
        """Refuses what contradicts itself.

        Raises:
            InputProblem: links can be nothing but what they point at; a size below 16 pixels.
        """
        changes = (self.size_px, self.as_jpeg, self.remove_location, self.embed_metadata)
        if self.link and any(changes):
            raise InputProblem(
                Sentence(
                    "A link shows the original as it is: choose copies to change size, format, location or metadata."
                )
            )
        if self.size_px is not None and self.size_px < 16:
            raise InputProblem(Sentence("A copy needs a longest edge of at least 16 pixels."))


@dataclass(frozen=True, slots=True)
class Exported:
    """One file that was exported; absolute paths."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class ExportRun:
    """What an export did.

    Attributes:
        files: in the order of the photos.
        problems: absolute path and reason of what could not be exported.
        cancelled: it ended early; what is listed is whole.
        notes: absolute path and what its copy has not, where that is no failure.
    """

    files: tuple[Exported, ...]
    problems: tuple[tuple[str, str], ...]
    cancelled: bool = False
    notes: tuple[tuple[str, str], ...] = ()


def export(
    session: Session, photo_ids: Sequence[int], options: ExportOptions, *, job: Job
) -> ExportRun:
    """Exports photos: of each the file that is shown. Originals are only read, and nothing is overwritten.

    A copy that lies there already with the very same bytes is not made again, so that an export that was
    interrupted can be repeated.

    Args:
        session: the open library.
        photo_ids: what to export, in this order.
        options: where to and how.
        job: progress and cancel.

    Raises:
        InputProblem: the options contradict themselves, or the target is no folder.
        EnvironmentProblem: the target cannot be written, or its disk is full; what is whole stays.
    """
    options.check()
    make_target(options.to)
    return _Exporting(session, options, job).run(photo_ids)


class _Exporting:
    """One export."""

    def __init__(self, session: Session, options: ExportOptions, job: Job) -> None:
        self._session = session
        self._options = options
        self._job = job
        self._roots = root_paths(session)
        self._files: list[Exported] = []
        self._problems: list[tuple[str, str]] = []
        self._notes: list[tuple[str, str]] = []
        self._folders_made: set[Path] = set()

    def run(self, photo_ids: Sequence[int]) -> ExportRun:
        meter, total = Meter(), len(photo_ids)
        phase = Sentence("Linking photos") if self._options.link else Sentence("Copying photos")
        cancelled = False
        try:
            for done, photo in enumerate(self._photos(photo_ids)):
                rate = meter.rate(done)
                left_s = Meter.left_s(done, total, rate)
                failed = len(self._problems)
                self._job.progress = Progress(phase, done, total, failed, 0, rate, left_s)
                self._job.check()
                self._export(photo)
        except JobCancelled:
            cancelled = True
        done = len(self._files) + len(self._problems)
        self._job.progress = Progress(phase, min(done, total), total, len(self._problems))
        return ExportRun(tuple(self._files), tuple(self._problems), cancelled, tuple(self._notes))

    def _photos(self, photo_ids: Sequence[int]) -> Iterator[Photo]:
        for start in range(0, len(photo_ids), _BLOCK):
            yield from photos.get(self._session.reader(), photo_ids[start : start + _BLOCK])

    def _export(self, photo: Photo) -> None:
        if not photo.files:
            return
        file = next((f for f in photo.files if f.state is FileState.PRESENT), photo.files[0])
        folders = self._folders(photo)
        wish = self._wish(photo)
        source, targets = self._export_file(file, wish, [(folder, None) for folder in folders])
        if not targets:
            return
        # What of a Live Photo moves goes where its still went, under the name that the still got there.
        for clip in photo.files:
            if clip.role is Role.MOTION and clip is not file and clip.state is FileState.PRESENT:
                stem = Path(clip.relative).stem
                stems = [
                    target.stem if stem == source.stem else stem + _added(target, source)
                    for target in targets
                ]
                self._export_file(clip, wish, list(zip(folders, stems, strict=True)))

    def _export_file(
        self, file: File, wish: Wish, places: Sequence[tuple[Path, str | None]]
    ) -> tuple[Path, list[Path]]:
        """Exports one file into folders, each with a name less its ending (None = its own); what fails is noted.

        Returns:
            The original, and where the copies came to lie: empty where something failed.
        """
        source = Path(absolute_path(self._roots, file))
        targets: list[Path] = []
        try:
            if file.state is FileState.OFFLINE:
                raise InputProblem(Sentence("Its drive is not connected."))
            made = None if self._options.link else make(source, wish, beside=file.orientation)
            for folder, stem in places:
                self._job.check()
                place = self._options.to / folder
                self._make_folder(place)
                targets.append(self._put(source, made, place, stem or source.stem))
                self._files.append(Exported(os.fspath(source), os.fspath(targets[-1])))
            if made is not None and made.left_out is not None:
                self._notes.append((os.fspath(source), made.left_out))
        except InputProblem as error:
            self._problems.append((os.fspath(source), error.user_message))
            return source, []
        except OSError as error:
            self._fail(source, error)
            return source, []
        except (PhotosortError, JobCancelled):
            raise
        except (
            Exception
        ) as error:  # what a damaged file leads a decoder to concerns that file alone
            _log.debug("not exported: %r", error, exc_info=True)
            self._problems.append((os.fspath(source), _CANNOT_COPY))
            return source, []
        return source, targets

    def _make_folder(self, folder: Path) -> None:
        """Makes a folder below the target, and clears away what an export that was killed left in it.

        Raises:
            InputProblem: a file of that name is there.
            OSError: it cannot be made.
        """
        if folder in self._folders_made:
            return
        make_subfolder(folder)
        self._folders_made.add(folder)

    def _fail(self, source: Path, error: OSError) -> None:
        """A bad original becomes a problem in the result; a full or failing target ends the export."""
        if error.errno in DISK_ERRORS and source.exists() and os.access(source, os.R_OK):
            raise EnvironmentProblem(
                Sentence(
                    "The export to {folder} stopped after {count:,} files: {reason}. What was finished stays there.",
                    folder=self._options.to,
                    count=len(self._files),
                    reason=reason_of(error),
                ),
                repr(error),
            ) from error
        _log.debug("not exported: %r", error)
        if error.filename is None or os.fspath(source) == os.fsdecode(error.filename):
            message = unreadable_file(error).user_message
        else:
            message = Sentence("It could not be exported: {reason}.", reason=reason_of(error))
        self._problems.append((os.fspath(source), message))

    def _wish(self, photo: Photo) -> Wish:
        options = self._options
        words = None
        if options.embed_metadata:
            shown = photo.effective
            words = Words(self._keywords(photo), shown.rating, shown.title, shown.caption)
        return Wish(options.size_px, options.as_jpeg, options.removes_location, words)

    def _keywords(self, photo: Photo) -> tuple[str, ...]:
        """The keywords of a photo, each a path from the root, without those that the user rejected."""
        said = self._session.read(lambda store: tags.tag_paths(store, [photo.id])).get(photo.id, [])
        rejected = {word for tag in said if tag.state is TagState.REJECTED for word in tag.words}
        theirs = {last_level(word): word for word in photo.effective.keywords}
        kept = [word for last, word in theirs.items() if last not in rejected]
        ours = [tag.path for tag in said if tag.state in _SAID and not tag.words & theirs.keys()]
        return (*kept, *dict.fromkeys(ours))

    def _tags(self, photo_id: int) -> list[str]:
        return [t.name for t in tags_of(self._session, [photo_id])[photo_id] if t.state in _SAID]

    def _folders(self, photo: Photo) -> list[Path]:
        """Where below the target the photo lies; more than one for several albums or tags."""
        match self._options.by:
            case None:
                return [Path()]
            case "date":
                taken = photo.effective.taken_at
                return [Path(taken[:4], taken[5:7])] if taken else [Path(UNDATED)]
            case "album":
                names = self._session.read(lambda store: albums.names_of(store, photo.id))
                return [Path(folder_name(name)) for name in names] or [Path("Without album")]
            case "tag":
                names = self._tags(photo.id)
                return [Path(folder_name(name)) for name in names] or [Path("Without tag")]

    def _put(self, source: Path, made: Made | MadeClip | None, folder: Path, stem: str) -> Path:
        """Puts one file into a folder under a name, numbered if need be, and returns where it came to lie."""
        suffix = source.suffix if made is None else made.extension
        name = stem + suffix
        for target in numbered(folder, stem, suffix):
            if self._options.link:
                if target.is_symlink() and target.readlink() == source:
                    return target
                with suppress(FileExistsError):
                    target.symlink_to(source)
                    return target
                continue
            if os.path.lexists(target):
                if _is_same(source, made, target, self._job.check):
                    return target
                continue
            with suppress(FileExistsError):
                self._write(source, made, target)
                return target
        raise InputProblem(
            Sentence("There is no free name left for {name} in {folder}.", name=name, folder=folder)
        )

    def _write(self, source: Path, made: Made | MadeClip | None, target: Path) -> None:
        write_verified(
            target,
            _chunks(source) if made is None else made.chunks(),
            times_of=source,
            check=self._job.check,
            prove=None if made is None else partial(prove, made=made),
        )


def _added(target: Path, source: Path) -> str:
    """What the name of a copy has more than its original's."""
    is_longer = target.stem.startswith(source.stem)
    return target.stem.removeprefix(source.stem) if is_longer else ""


def _is_same(
    source: Path, made: Made | MadeClip | None, target: Path, check: Callable[[], None]
) -> bool:
    size = source.stat().st_size if made is None else made.size_bytes
    if not target.is_file() or target.stat().st_size != size:
        return False
    if made is None:
        return content_hash(target, check=check) == content_hash(source, check=check)
    digest = hashlib.sha256()
    for chunk in made.chunks():
        check()
        digest.update(chunk)
    return content_hash(target, check=check) == digest.digest()


def _chunks(source: Path) -> Iterator[bytes]:
    with PlainReader(source) as file:
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk
