"""Tags: suggestions for photos, and the user's answers."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from photosort.domain.changes import ChangeSet
from photosort.domain.tags import TagOnPhoto, TagState
from photosort.errors import InputProblem, JobCancelled
from photosort.progress import Job, Progress
from photosort.sentences import Sentence
from photosort.store.tables import tags
from photosort.tagging.choosing import MOST_A_PHOTO
from photosort.tagging.scoring import BLOCK_ROWS, SUGGESTION_THRESHOLD
from photosort.tagging.vocabulary import read_user_file
from photosort.usecases.indexing.index_run import index
from photosort.usecases.indexing.summary import IndexSummary
from photosort.usecases.models.vocabulary_vectors import current_vocabulary, update_shipped_tags
from photosort.usecases.photos.photo_paths import (
    as_on_disk,
    display_paths,
    files_below,
    photo_at,
    photos_below,
)
from photosort.usecases.sidecars.sidecar_conflicts import Side, resolve_conflicts
from photosort.usecases.sidecars.sidecar_sync import SidecarRun, follow
from photosort.usecases.tags.batch import confirm
from photosort.usecases.tags.calibration import open_scorer
from photosort.usecases.tags.scorer import Scorer, answers_of
from photosort.usecases.tags.suggestions import open_suggestions

if TYPE_CHECKING:
    from photosort.usecases.session.session import Session


@dataclass(frozen=True, slots=True)
class TaggedFile:
    """A file with the tags of its photo, decided ones first."""

    path: str
    photo_id: int
    tags: tuple[TagOnPhoto, ...]


@dataclass(frozen=True, slots=True)
class TagRun:
    """What a tagging run did.

    Attributes:
        files: every file that was asked about, or, where none was named, each photo's shown one.
        confirmed: suggestions that `accept` confirmed.
        sidecars: the keyword files written.
        new_problems: files that could not be used, and did not count as such before.
        is_measured: somebody measured which tags the picture model may offer; else only answers can show it.
    """

    files: tuple[TaggedFile, ...]
    confirmed: int
    new_problems: int
    cancelled: bool
    sidecars: SidecarRun = field(default_factory=SidecarRun)
    is_measured: bool = True


@dataclass(frozen=True, slots=True)
class SidecarWish:
    """How keyword files are to be written.

    Attributes:
        with_suggestions: include suggestions.
        settle: who is right where library and file were both changed; None leaves that alone.
    """

    with_suggestions: bool = False
    settle: Side | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """What a correction did.

    Attributes:
        name: the tag as the library calls it; it may be known by other words.
        paths: the photos.
        sidecars: the keyword files that followed it.
    """

    name: str
    paths: list[str]
    sidecars: SidecarRun


@dataclass(frozen=True, slots=True)
class TagCount:
    """How often a tag is used."""

    name: str
    parent: str | None
    suggested: int
    confirmed: int
    rejected: int


def tag_photos(
    session: Session,
    given: Sequence[str],
    *,
    job: Job,
    vocabulary: Path | None = None,
    min_confidence: float | None = None,
    limit: int | None = None,
    accept: float | None = None,
    dry_run: bool = False,
    sidecars: SidecarWish | None = None,
) -> TagRun:
    """Indexes new photos in folders and suggests tags for all their photos.

    Args:
        session: the open library.
        given: folders (indexed first) and photos of the library; none = every photo.
        job: progress and cancel.
        vocabulary: a list of tags to use instead of the library's.
        min_confidence: show suggestions from here on; 0 also answers for tags that are not offered.
        limit: most tags a photo.
        accept: confirm this run's suggestions from this confidence on, as one entry of the history.
        dry_run: encode new photos, and change nothing else.
        sidecars: write keyword files beside the photos, regardless of the user's settings.

    Raises:
        InputProblem: a path or the vocabulary cannot be used.
    """
    folders = [path for path in given if Path(path).is_dir()]
    summary = IndexSummary()
    if folders or not given:
        summary = index(session, folders, job=job)
        if summary.cancelled:
            return TagRun((), 0, summary.new_problems, cancelled=True)
    try:
        words = read_user_file(vocabulary) if vocabulary else current_vocabulary(session)
        made = Scorer if vocabulary else open_scorer
        scorer = made(session, words, job)
        # What a batch confirmed would else teach the next one, which would confirm more at the same limit.
        scorer.fit_feedback(answers_of(session, with_batches=accept is None))
        wanted = photos_below(session, given) if given else scorer.photo_ids.tolist()
        suggested = _suggest(
            scorer,
            wanted,
            job,
            threshold=SUGGESTION_THRESHOLD if min_confidence is None else min_confidence,
            limit=limit,
            # Tags of the user's own list have no measured limits; the user asked for them, so all are suggested.
            only_offered=vocabulary is None and min_confidence != 0,
        )
    except JobCancelled:
        return TagRun((), 0, summary.new_problems, cancelled=True)
    before = _assigned_tags(session, wanted)
    most = limit or MOST_A_PHOTO
    suggested = {i: _fitting(before.get(i, []), found, most) for i, found in suggested.items()}
    change, confirmed = ChangeSet(), 0
    if accept is not None and not dry_run:
        agreed = _sure(suggested, accept)
        own = [tag for tag in words if tag.name in agreed]
        change, confirmed = confirm(session, agreed, new=own)
    decided = _assigned_tags(session, wanted)
    files = tuple(
        TaggedFile(path, i, tuple(_joined(decided.get(i, []), suggested.get(i, []))))
        for path, i in _files(session, given, wanted)
    )
    written = (
        SidecarRun()
        if dry_run
        else _follow(session, change, wanted, sidecars, job, suggested, folders=_folders(given))
    )
    return TagRun(
        files,
        confirmed,
        summary.new_problems,
        written.cancelled,
        written,
        is_measured=scorer.is_measured,
    )


def _files(
    session: Session, given: Sequence[str], photo_ids: Sequence[int]
) -> list[tuple[str, int]]:
    """The files that were asked about, each with its photo."""
    if not given:
        paths = display_paths(session, photo_ids)
        return [(paths[i], i) for i in photo_ids if i in paths]
    return files_below(session, given)


def _folders(given: Sequence[str]) -> set[str]:
    """Where a run is to look: copies elsewhere get no keyword file of it."""
    named = [Path(as_on_disk(path)).expanduser().absolute().resolve() for path in given]
    return {os.fspath(path if path.is_dir() else path.parent) for path in named}


def _follow(
    session: Session,
    change: ChangeSet,
    photo_ids: Sequence[int],
    wish: SidecarWish | None,
    job: Job,
    suggested: Mapping[int, Sequence[TagOnPhoto]] | None = None,
    *,
    folders: Iterable[str] = (),
) -> SidecarRun:
    """Lets the keyword files of these photos follow, as somebody wished or as the user's settings say."""
    if wish is None:
        return follow(session, change, job=job)
    if wish.settle is not None:
        resolve_conflicts(session, photo_ids, wish.settle)
    also = None
    if wish.with_suggestions and suggested is not None:
        also = {i: [tag.name for tag in found] for i, found in suggested.items()}
    return follow(session, change, asked=photo_ids, also=also, folders=folders, job=job)


def decide(
    session: Session,
    name: str,
    given: Sequence[str],
    state: TagState,
    *,
    job: Job,
    sidecars: SidecarWish | None = None,
) -> Decided:
    """Confirms or rejects a tag on photos, as one entry of the history; keyword files follow if they shall.

    Args:
        session: the open library.
        name: a tag of the vocabulary, or a new one, which then is the user's own.
        given: paths of photos.
        state: CONFIRMED or REJECTED.
        job: progress and cancel of the keyword files.
        sidecars: write them whatever the user's settings say.

    Raises:
        InputProblem: a photo is not in the library.
    """
    photo_ids = list(dict.fromkeys(photo_at(session, path) for path in given))
    change = set_tag_state(session, name, photo_ids, state)
    followed = _follow(session, change, photo_ids, sidecars, job)
    paths = display_paths(session, photo_ids)
    known = session.read(lambda store: tags.name_of(store, name))
    return Decided(known or name, [paths[photo_id] for photo_id in photo_ids], followed)


def set_tag_state(
    session: Session, name: str, photo_ids: Sequence[int], state: TagState | None
) -> ChangeSet:
    """Records the user's answer to a tag on photos; None withdraws it."""
    update_shipped_tags(session)
    name = name.strip()
    if not name:
        raise InputProblem(Sentence("A tag needs a name."))
    if "|" in name:
        raise InputProblem(
            Sentence("A tag's name cannot have a vertical bar, which parts the levels of a path.")
        )
    return session.write(
        lambda store: tags.set_tag_state(
            store, {name: photo_ids}, state, origin="user", actor=session.actor
        )
    )


def tags_of(session: Session, photo_ids: Sequence[int]) -> dict[int, list[TagOnPhoto]]:
    """Confirmed and rejected tags, and suggestions if they are ready without waiting."""
    decided = _assigned_tags(session, photo_ids)
    return {photo_id: decided.get(photo_id, []) for photo_id in photo_ids}


def tag_counts(session: Session) -> list[TagCount]:
    """The vocabulary in use with its counts, in its own order."""
    words = current_vocabulary(session)
    decided = session.read(tags.counts)
    suggested = open_suggestions(session, Job()).counts()
    return [
        TagCount(
            tag.name,
            tag.parent,
            suggested.get(tag.key, 0),
            decided.get((tag.key, TagState.CONFIRMED), 0)
            + decided.get((tag.key, TagState.IMPORTED), 0),
            decided.get((tag.key, TagState.REJECTED), 0),
        )
        for tag in words
        if not tag.is_group
    ]


def _suggest(
    scorer: Scorer,
    wanted: Sequence[int],
    job: Job,
    *,
    threshold: float,
    limit: int | None,
    only_offered: bool,
) -> dict[int, list[TagOnPhoto]]:
    rows = scorer.index.index.rows_of(np.array(wanted, dtype=np.int64))
    found: dict[int, list[TagOnPhoto]] = {}
    for start in range(0, len(rows), BLOCK_ROWS):
        job.check()
        block = rows[start : start + BLOCK_ROWS]
        found |= scorer.suggest(block, threshold=threshold, limit=limit, only_offered=only_offered)
        job.progress = Progress(Sentence("Finding tags"), start + len(block), len(rows))
    return found


def _sure(suggested: dict[int, list[TagOnPhoto]], accept: float) -> dict[str, list[int]]:
    """Tag to the photos for which it is suggested with this confidence or more."""
    agreed: dict[str, list[int]] = {}
    for photo_id, found in suggested.items():
        for tag in found:
            if tag.confidence is not None and tag.confidence >= accept:
                agreed.setdefault(tag.name, []).append(photo_id)
    return agreed


def _assigned_tags(session: Session, photo_ids: Sequence[int]) -> dict[int, list[TagOnPhoto]]:
    """The tags that users and files decided."""
    return {
        photo_id: [TagOnPhoto(name, None, state) for name, state in found]
        for photo_id, found in session.read(lambda store: tags.of_photos(store, photo_ids)).items()
    }


def _fitting(decided: list[TagOnPhoto], found: list[TagOnPhoto], limit: int) -> list[TagOnPhoto]:
    """The suggestions that there is room for beside the tags that a photo has."""
    known = {tag.name.casefold() for tag in decided}
    held = sum(tag.state in {TagState.CONFIRMED, TagState.IMPORTED} for tag in decided)
    new = [tag for tag in found if tag.name.casefold() not in known][: max(0, limit - held)]
    return [tag for tag in found if tag.name.casefold() in known or tag in new]


def _joined(decided: list[TagOnPhoto], suggested: list[TagOnPhoto]) -> list[TagOnPhoto]:
    """Decided tags, with the confidence they would have as suggestions, then the other suggestions."""
    guess = {tag.name.casefold(): tag for tag in suggested}
    known = {tag.name.casefold() for tag in decided}
    first = [
        replace(guess[tag.name.casefold()], name=tag.name, state=tag.state)
        if tag.name.casefold() in guess
        else tag
        for tag in decided
    ]
    return first + [tag for tag in suggested if tag.name.casefold() not in known]
