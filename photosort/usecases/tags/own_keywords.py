"""The keywords that the user's files brought: which of them can be suggested for other photos."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from photosort.progress import Job, Progress
from photosort.sentences import Sentence
from photosort.store.tables import file_keywords, photos
from photosort.tagging.keywords import FEWEST, validate
from photosort.tagging.scoring import SHOWN, log_odds
from photosort.usecases.models.vocabulary_vectors import current
from photosort.usecases.tags.calibration import open_scorer

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.changes import ChangeSet
    from photosort.usecases.session.session import Session
    from photosort.usecases.tags.scorer import Scorer

# Photos with other keywords that a keyword is tried on, and of its own photos.
_MOST_OTHERS = 2_000
_MOST_SHOWN = 400


@dataclass(frozen=True, slots=True)
class OwnKeywords:
    """What the files brought.

    Attributes:
        keywords: how many different ones.
        photos: how many photos have one.
        others: how many photos have none.
        suggested: how many of the keywords passed and are suggested; None while nobody asked for that.
    """

    keywords: int
    photos: int
    others: int
    suggested: int | None


@dataclass(frozen=True, slots=True)
class Validated:
    """What cross-validation found.

    Attributes:
        passed: keys of the tags that are suggested from now on.
        tried: how many keywords had enough photos to be tried.
        change: what changed.
    """

    passed: tuple[str, ...]
    tried: int
    change: ChangeSet


def evaluate_keywords(session: Session) -> OwnKeywords:
    """How many keywords the files brought, for the question whether to suggest them for other photos."""
    current(session)
    found = session.read(file_keywords.imported)
    with_keyword = {photo_id for ids in found.values() for photo_id in ids}
    passed = session.read(file_keywords.passed)
    return OwnKeywords(
        len(found),
        len(with_keyword),
        max(0, session.read(photos.count) - len(with_keyword)),
        None if passed is None else len(passed & found.keys()),
    )


def suggest(session: Session, *, job: Job) -> Validated:
    """Tries every keyword of the files on photos it was not learned from, and suggests those that pass.

    Args:
        session: the open library.
        job: progress and cancel.

    Raises:
        JobCancelled: nothing was changed.
    """
    scorer = open_scorer(session, current(session), job)
    brought = session.read(file_keywords.imported)
    rows = {
        key: scorer.index.index.rows_of(np.array(ids, dtype=np.int64))
        for key, ids in brought.items()
        if key in scorer.place
    }
    tried = {key: found for key, found in rows.items() if len(found) >= FEWEST}
    witnesses = np.unique(np.concatenate([*rows.values(), np.zeros(0, np.intp)]))
    passed = []
    for done, (key, shown) in enumerate(tried.items()):
        job.check()
        job.progress = Progress(Sentence("Trying your keywords"), done, len(tried))
        others = np.setdiff1d(witnesses, shown)
        if len(others) and _passes(scorer, key, shown, others):
            passed.append(key)
    change = session.write(lambda store: file_keywords.allow(store, passed, actor=session.actor))
    return Validated(tuple(passed), len(tried), change)


def _passes(scorer: Scorer, key: str, shown: NDArray[np.intp], others: NDArray[np.intp]) -> bool:
    place = scorer.place[key]
    tag = scorer.vocabulary.tags[place]
    if tag.hand_only or tag.is_group:
        return False
    sample = others[:: max(1, len(others) // _MOST_OTHERS)]
    shown = shown[:: max(1, len(shown) // _MOST_SHOWN)]
    found = validate(
        scorer.evidence(place, shown, shown),
        scorer.evidence(place, sample, shown),
        threshold=float(log_odds(SHOWN)),
        weight=len(others) / len(sample),
    )
    return found.passes
