"""Tags with an encoder that nobody measured: their threshold keeps its meaning when the encoder changes.

First each tag is suggested on as many photos as with the previous encoder; then the user's own answers show
how far the confidence can be trusted. Until they do, the window calls it estimated.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from photosort.errors import ModelUnavailable
from photosort.search.matching import LEAST_PHOTOS
from photosort.store.tables import user_labels
from photosort.store.vectors import vectors
from photosort.tagging.calibration import LEAST_ANSWERS, MOST_PHOTOS, from_answers, matched
from photosort.tagging.scoring import BLOCK_ROWS, SUGGESTION_THRESHOLD
from photosort.usecases.models.embedding_spaces import widest_encoder
from photosort.usecases.tags.score_scales import keep_scale, kept_scale
from photosort.usecases.tags.scorer import Scorer

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.encoders import Encoder
    from photosort.progress import Job
    from photosort.tagging.vocabulary import Vocabulary
    from photosort.usecases.session.session import Session

# Match again when there are this many times the photos of the last match.
_GROWN = 4
# A new fit rewrites all columns, so it waits until there are a quarter more answers.
_MORE_ANSWERS = 1.25
# Answers that are all yes, or all no, do not show where the limit between them lies.
_LEAST_OF_EACH = 5
# Below this probability nobody is asked: there users only volunteer a yes, so the sample is biased.
_ASKED_FROM = 0.1


def open_scorer(session: Session, vocabulary: Vocabulary, job: Job) -> Scorer:
    """A scorer of the library whose confidence means what the user knows it to mean.

    Args:
        session: the open library.
        vocabulary: the library's tags.
        job: progress and cancel.

    Raises:
        JobCancelled: before it was ready.
    """
    encoder = widest_encoder(session)
    scorer = Scorer(session, vocabulary, job, encoder)
    if encoder.references.tags is not None:
        return scorer
    if _match(session, scorer, encoder, job):
        scorer = Scorer(session, vocabulary, job, encoder)
    if _heed_answers(session, scorer, encoder):
        scorer = Scorer(session, vocabulary, job, encoder)
    return scorer


def _match(session: Session, scorer: Scorer, encoder: Encoder, job: Job) -> bool:
    """Matches each tag's share of photos to the encoder before; True if that changed anything."""
    kept = kept_scale(session, encoder)
    if kept.photos >= MOST_PHOTOS:
        return False
    best: tuple[NDArray[np.int64], Scorer] | None = None
    for before in _others(session, encoder):
        other = Scorer(session, scorer.vocabulary, job, before)
        shared = np.intersect1d(scorer.photo_ids, other.photo_ids)
        if len(shared) >= LEAST_PHOTOS and (best is None or len(shared) > len(best[0])):
            best = shared, other
    if best is None or min(len(best[0]), MOST_PHOTOS) < max(_GROWN * kept.photos, LEAST_PHOTOS):
        return False
    shared, other = best
    shared = shared[:: -(-len(shared) // MOST_PHOTOS)]
    tag_indexes = np.flatnonzero(~scorer.groups)
    before_odds, cosines = [], []
    for start in range(0, len(shared), BLOCK_ROWS):
        job.check()
        block = shared[start : start + BLOCK_ROWS]
        before_odds.append(other.scores(other.index.index.rows_of(block), tag_indexes))
        cosines.append(scorer.cosines(scorer.index.index.rows_of(block), tag_indexes))
    scale = matched(
        np.concatenate(before_odds, axis=1),
        np.concatenate(cosines, axis=1),
        threshold=SUGGESTION_THRESHOLD,
    )
    names = [scorer.vocabulary.tags[tag_index].name for tag_index in tag_indexes.tolist()]
    offered = None
    if other.is_measured:
        offered = tuple(
            tag.name
            for tag, may in zip(scorer.vocabulary, other.offered.tolist(), strict=True)
            if may
        )
    # The earlier answers were fitted on another scale.
    found = replace(
        kept,
        photos=len(shared),
        gain=float(scale.gain[0]),
        offsets={name: round(float(one), 3) for name, one in zip(names, scale.offset, strict=True)},
        offered=offered,
        answers=0,
        slope=1.0,
        constant=0.0,
    )
    keep_scale(session, encoder, found)
    return True


def _others(session: Session, encoder: Encoder) -> list[Encoder]:
    """The other encoders that have seen photos and can be loaded, newest first."""
    found = []
    for one in session.read(vectors.known):
        if one.version == encoder.info.version:
            continue
        try:
            other = session.encoders.named(one.name)
        except ModelUnavailable:
            continue
        if other.info.version == one.version:
            found.append(other)
    return found


def _heed_answers(session: Session, scorer: Scorer, encoder: Encoder) -> bool:
    """Fits the confidence to the user's own answers; True if that changed anything."""
    kept = kept_scale(session, encoder)
    if session.read(user_labels.count) < max(LEAST_ANSWERS, _MORE_ANSWERS * kept.answers):
        return False
    logits, is_yes_parts = [], []
    for key, (yes, no) in session.read(user_labels.user_labels).items():
        tag_index = scorer.tag_index.get(key)
        if (
            tag_index is None
            or scorer.groups[tag_index]
            or scorer.vocabulary.tags[tag_index].hand_only
        ):
            continue
        for ids, answer in ((yes, True), (no, False)):
            rows = scorer.index.index.rows_of(np.array(ids, dtype=np.int64))
            logits.append(scorer.estimates(rows, tag_index))
            is_yes_parts.append(np.full(len(rows), answer))
    if not logits:
        return False
    odds, is_yes = np.concatenate(logits), np.concatenate(is_yes_parts)
    asked = odds >= np.log(_ASKED_FROM / (1 - _ASKED_FROM))
    odds, is_yes = odds[asked], is_yes[asked]
    if len(is_yes) < LEAST_ANSWERS or min(is_yes.sum(), (~is_yes).sum()) < _LEAST_OF_EACH:
        return False
    if len(is_yes) < _MORE_ANSWERS * kept.answers:
        return False
    slope, constant = from_answers(odds, is_yes)
    found = replace(kept, answers=len(is_yes), slope=round(slope, 3), constant=round(constant, 3))
    keep_scale(session, encoder, found)
    return True
