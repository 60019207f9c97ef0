"""Keywords imported from the user's files: which of them can be suggested for other photos."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from photosort.progress import Job, Progress
from photosort.sentences import Sentence
from photosort.store.tables import file_keywords, photos
from photosort.tagging.keywords import FEWEST, validate
from photosort.tagging.scoring import SUGGESTION_THRESHOLD, log_odds
from photosort.usecases.models.vocabulary_vectors import current_vocabulary, update_shipped_tags
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
    """How many keywords were imported from files.

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
        tried: how many keywords had enough photos for a test.
        change: what changed.
    """

    passed: tuple[str, ...]
    tried: int
    change: ChangeSet


def evaluate_keywords(session: Session) -> OwnKeywords:
    """How many keywords were imported from files; shown when asking whether to suggest them for other photos."""
    update_shipped_tags(session)
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
    """Cross-validates every imported keyword, and suggests those that pass for other photos.

    Args:
        session: the open library.
        job: progress and cancel.

    Raises:
        JobCancelled: nothing was changed.
    """
    scorer = open_scorer(session, current_vocabulary(session), job)
    brought = session.read(file_keywords.imported)
    rows = {
        key: scorer.index.index.rows_of(np.array(ids, dtype=np.int64))
        for key, ids in brought.items()
        if key in scorer.tag_index
    }
    tried = {key: found for key, found in rows.items() if len(found) >= FEWEST}
    witnesses = np.unique(np.concatenate([*rows.values(), np.zeros(0, np.intp)]))
    passed = []
    for done, (key, positives) in enumerate(tried.items()):
        job.check()
        job.progress = Progress(Sentence("Trying your keywords"), done, len(tried))
        others = np.setdiff1d(witnesses, positives)
        if len(others) and _passes(scorer, key, positives, others):
            passed.append(key)
    change = session.write(lambda store: file_keywords.allow(store, passed, actor=session.actor))
    return Validated(tuple(passed), len(tried), change)


def _passes(
    scorer: Scorer, key: str, positives: NDArray[np.intp], others: NDArray[np.intp]
) -> bool:
    tag_index = scorer.tag_index[key]
    tag = scorer.vocabulary.tags[tag_index]
    if tag.hand_only or tag.is_group:
        return False
    sample = others[:: max(1, len(others) // _MOST_OTHERS)]
    positives = positives[:: max(1, len(positives) // _MOST_SHOWN)]
    found = validate(
        scorer.evidence(tag_index, positives, positives),
        scorer.evidence(tag_index, sample, positives),
        threshold=float(log_odds(SUGGESTION_THRESHOLD)),
        weight=len(others) / len(sample),
    )
    return found.passes
