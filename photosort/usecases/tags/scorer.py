"""Scores photos against a vocabulary with the encoder in use, and fits what the user's answers teach."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from photosort.domain.tags import Reason, TagOnPhoto, TagState
from photosort.progress import Job
from photosort.search.cutoff import ESTIMATED
from photosort.store.tables import file_keywords, tags
from photosort.tagging import learning
from photosort.tagging.choosing import MOST_A_PHOTO, Kinship, choose, kinship
from photosort.tagging.reasons import reasons
from photosort.tagging.scoring import (
    BLOCK_ROWS,
    SUGGESTION_THRESHOLD,
    Scale,
    backgrounds,
    log_odds,
    logits,
    probability,
    scale,
)
from photosort.tagging.vocabulary import Vocabulary
from photosort.usecases.models.embedding_spaces import widest_encoder
from photosort.usecases.models.vector_indexes import CentredIndex, open_index
from photosort.usecases.models.vocabulary_vectors import TagVectors, tag_vectors
from photosort.usecases.tags.score_scales import kept_scale

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from photosort.domain.encoders import Encoder
    from photosort.usecases.session.session import Session

_SAMPLE = 4_000
# Changes whenever the same photos and answers would give other scores.
_REVISION = "1"

# A tag without a shipped limit is suggested once the user's own answers prove it: leaving each answer out in turn,
# four of five suggestions must be right. Half a right and half a wrong one are added, because one or two
# right answers prove nothing.
_EARNED = 0.8
_LEAST_RIGHT = 3
_MOST_PROVED = 40

# Confirmed photos to search for similar ones, how many to name, and the least cosine that counts as a reason.
_MOST_COMPARED = 2_000
_MOST_ALIKE = 3
_ALIKE = 0.3


@dataclass(frozen=True, slots=True)
class TagFeedback:
    """What is learned from the user's answers about one tag.

    Attributes:
        lesson: what the answers add to the scores of other photos.
        trust: weight of the tag's text, 0 to 1.
        answered: rows in the semantic index of the photos that have an answer.
        has_earned: the answers prove that the tag may be suggested.
        examples: rows in the visual index of the confirmed photos.
    """

    lesson: learning.TagExamples
    trust: float
    answered: NDArray[np.intp]
    has_earned: bool
    examples: NDArray[np.intp]

    @property
    def has_examples(self) -> bool:
        """Some photos were confirmed to show it."""
        return len(self.examples) > 0


class Scorer:
    """Scores photos against a vocabulary. Queries do not change it; `fit_feedback` replaces its feedback."""

    def __init__(
        self, session: Session, vocabulary: Vocabulary, job: Job, encoder: Encoder | None = None
    ) -> None:
        """Opens the indexes and prepares the tags' vectors.

        Args:
            session: the open library.
            vocabulary: the tags.
            job: progress and cancel.
            encoder: None = the one that has seen most photos.

        Raises:
            JobCancelled: while texts were encoded.
        """
        self._session = session
        # While another encoder takes over, suggestions stay those of the one that has seen most photos.
        encoder = self._encoder = encoder or widest_encoder(session)
        self._semantic: CentredIndex = open_index(session, "semantic", encoder)
        self._visual: CentredIndex = open_index(session, "visual", encoder)
        self.ready: TagVectors = tag_vectors(session, vocabulary, job, encoder)
        references = encoder.references
        index = self._semantic.index
        rows = np.arange(0, len(index), max(1, len(index) // _SAMPLE), dtype=np.intp)
        base = backgrounds(self.ready.prototypes, index.rows(rows), references.covariance)
        self._base = base
        self._references = references
        self._logistic = references.tags or references.search or ESTIMATED
        self._kept = kept_scale(session, encoder)
        self._scale: Scale = self._scaled()
        self._text_centre = references.texts
        self.kin: Kinship = kinship(vocabulary)
        self.tag_index: Mapping[str, int] = {tag.key: i for i, tag in enumerate(vocabulary)}
        self.groups = np.array([tag.is_group for tag in vocabulary], dtype=np.bool_)
        self.by_machine = np.array(
            [not tag.is_group and not tag.hand_only for tag in vocabulary], dtype=np.bool_
        )
        offered = self._kept.offered if references.offered is None else references.offered
        # Unknown counts as no: with a model that nobody measured the user's own answers must prove each tag.
        self.is_measured = offered is not None
        self.is_matched = offered is not None and references.offered is None
        self.offered = self.by_machine & np.array(
            [tag.name in (offered or ()) for tag in vocabulary], dtype=np.bool_
        )
        # Files name what a photo shows and never what it does not show, so on their own they prove nothing.
        self._unproved = self._tag_indexes(session.read(file_keywords.only_imported))
        passed = session.read(file_keywords.passed)
        self._passed = self._tag_indexes(passed or ())
        self._as_shipped = session.read(tags.as_shipped)
        self.feedback: dict[int, TagFeedback] = {}
        same = np.array_equal(index.photo_ids, self._visual.index.photo_ids)
        self._visual_rows = None if same else self._visual.index.rows_of(index.photo_ids)
        self.version = hashlib.sha256(
            repr(
                (
                    _REVISION,
                    encoder.info.version,
                    self._semantic.centre.version,
                    self._visual.centre.version,
                    references.version,
                    self._logistic,
                    sorted(references.tag_offsets.items()),
                    self._kept,
                    references.prompting,
                    self.ready.steepness.tobytes(),
                    self.ready.prototypes[self.ready.steepness != 1].tobytes(),
                )
            ).encode()
        ).hexdigest()

    @property
    def vocabulary(self) -> Vocabulary:
        """The tags."""
        return self.ready.vocabulary

    @property
    def index(self) -> CentredIndex:
        """The index whose row order the scores follow."""
        return self._semantic

    @property
    def photo_ids(self) -> NDArray[np.int64]:
        """Ids of all photos that can be scored, in the order of the index."""
        return self._semantic.index.photo_ids

    @property
    def is_estimated(self) -> bool:
        """The confidence was not calibrated for this encoder, and there are too few answers to do so."""
        return self._references.tags is None and not self._kept.answers

    @property
    def may_show(self) -> NDArray[np.bool_]:
        """Which tags may be suggested: measured for this encoder, or proved by the user's own answers."""
        allowed = self.offered.copy()
        for tag_index, feedback in self.feedback.items():
            allowed[tag_index] |= feedback.has_earned and tag_index not in self._unproved
            allowed[tag_index] |= tag_index in self._passed
        return allowed

    @property
    def to_prove(self) -> NDArray[np.bool_]:
        """Which tags the user is asked about first, as only answers can show whether they may be suggested.

        None with a model that was measured: its other tags failed there. Words that come only from files, of
        which nothing else is known, are tried on the photos that have them instead (`usecases.tags.own_keywords`).
        """
        if self.is_measured:
            return np.zeros(len(self.vocabulary), dtype=np.bool_)
        found = self.by_machine & ~self.may_show
        found[[tag_index for tag_index in self._unproved if not self._is_described(tag_index)]] = (
            False
        )
        return found

    @property
    def with_examples(self) -> NDArray[np.bool_]:
        """Which tags have learned from confirmed photos."""
        learned = np.zeros(len(self.vocabulary), dtype=np.bool_)
        learned[
            [tag_index for tag_index, feedback in self.feedback.items() if feedback.has_examples]
        ] = True
        return learned

    def fit_feedback(self, answers: Mapping[str, tuple[list[int], list[int]]]) -> None:
        """Replaces the feedback on some tags with the present answers of users and files.

        Args:
            answers: tag key to the photos that show it and to those that do not; `store.tags.answers`.
        """
        self._unproved = self._tag_indexes(self._session.read(file_keywords.only_imported))
        for key, (yes, no) in answers.items():
            tag_index = self.tag_index.get(key)
            if tag_index is None:
                continue
            tag = self.vocabulary.tags[tag_index]
            if tag.is_group or tag.hand_only or not (yes or no):
                self.feedback.pop(tag_index, None)
            else:
                self.feedback[tag_index] = self._taught(tag_index, yes, no)

    def _taught(self, tag_index: int, yes: list[int], no: list[int]) -> TagFeedback:
        semantic, visual = self._semantic.index, self._visual.index
        positives = semantic.rows_of(np.array(yes, dtype=np.int64))
        rejected = semantic.rows_of(np.array(no, dtype=np.int64))
        positive_rows = visual.rows_of(semantic.photo_ids[positives])
        negative_rows = visual.rows_of(semantic.photo_ids[rejected])
        lesson = learning.learn(
            visual.rows(positive_rows), semantic.rows(positives), visual.rows(negative_rows)
        )
        trust = self._trust(tag_index, semantic.rows(positives))
        earned = not self.offered[tag_index] and self._proved(
            tag_index, trust, positives, rejected, positive_rows, negative_rows
        )
        return TagFeedback(
            lesson,
            trust,
            np.concatenate([positives, rejected]),
            has_earned=earned,
            examples=positive_rows,
        )

    def _proved(
        self,
        tag_index: int,
        trust: float,
        positives: NDArray[np.intp],
        rejected: NDArray[np.intp],
        positive_rows: NDArray[np.intp],
        negative_rows: NDArray[np.intp],
    ) -> bool:
        positives, positive_rows = positives[:_MOST_PROVED], positive_rows[:_MOST_PROVED]
        rejected, negative_rows = rejected[:_MOST_PROVED], negative_rows[:_MOST_PROVED]
        semantic = self._semantic.index.rows(np.concatenate([positives, rejected]))
        visual = self._visual.index
        found = learning.left_out(
            self._text_logits(semantic, tag_index, trust),
            visual.rows(positive_rows),
            semantic[: len(positives)],
            visual.rows(negative_rows),
            semantic[len(positives) :],
        )
        right = int(np.count_nonzero(found[: len(positives)] >= log_odds(SUGGESTION_THRESHOLD)))
        wrong = int(np.count_nonzero(found[len(positives) :] >= log_odds(SUGGESTION_THRESHOLD)))
        return right >= _LEAST_RIGHT and (right + 0.5) / (right + wrong + 1) >= _EARNED

    def _text_logits(
        self, photos: NDArray[np.float32], tag_index: int, trust: float
    ) -> NDArray[np.float32]:
        one = slice(tag_index, tag_index + 1)
        here = Scale(self._scale.gain[one] * np.float32(trust), self._scale.offset[one])
        found: NDArray[np.float32] = logits(photos, self.ready.prototypes[one], here)[0]
        return found

    def evidence(
        self, tag_index: int, rows: NDArray[np.intp], positives: NDArray[np.intp]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
        """The photos' vectors and text scores, without any examples, for cross-validating a tag.

        Args:
            tag_index: the tag's index in the vocabulary.
            rows: rows of the photos in the index.
            positives: rows of the photos that show the tag; they decide the weight of its text.

        Returns:
            Visual and semantic rows, and log-odds from the tag's text alone.
        """
        semantic, visual = self._semantic.index, self._visual.index
        trust = self._trust(tag_index, semantic.rows(positives))
        here = semantic.rows(rows)
        positive_rows = visual.rows_of(semantic.photo_ids[rows])
        return visual.rows(positive_rows), here, self._text_logits(here, tag_index, trust)

    def _is_described(self, tag_index: int) -> bool:
        tag = self.vocabulary.tags[tag_index]
        return bool(tag.sentences or tag.descriptors)

    def _trust(self, tag_index: int, positives: NDArray[np.float32]) -> float:
        """How far a tag's text is trusted beside semantic rows of photos that show it."""
        if self._is_described(tag_index):
            return 1.0
        return learning.trust_in_name(positives @ self.ready.prototypes[tag_index])

    def _tag_indexes(self, keys: Iterable[str]) -> frozenset[int]:
        return frozenset(self.tag_index[key] for key in keys if key in self.tag_index)

    def fingerprint(self, key: str, answers: tuple[list[int], list[int]] | None) -> str:
        """Changes whenever the scores of a tag do, within one `version`."""
        tag_index = self.tag_index[key]
        tag = self.vocabulary.tags[tag_index]
        yes, no = answers or ([], [])
        content = repr((tag.prompt or tag.name, tag.sentences, tag.descriptors, tag.often, yes, no))
        return hashlib.sha256(content.encode()).hexdigest()[:24]

    def column(self, tag_index: int) -> NDArray[np.float32]:
        """Log-odds of one tag on all photos: float32 array, shape (n,), in the order of the index."""
        index = self._semantic.index
        found = index.scores(self.ready.prototypes[tag_index])
        feedback = self.feedback.get(tag_index)
        found *= self._scale.gain[tag_index] * np.float32(
            1.0 if feedback is None else feedback.trust
        )
        found += self._scale.offset[tag_index]
        if feedback is not None:
            lesson = feedback.lesson
            if feedback.has_examples:
                found += index.scores(lesson.semantic) + lesson.offset
                found += self._beside(self._visual.index.scores(lesson.visual))
            if len(lesson.rejected):
                found -= self._beside(learning.against(self._nearest(lesson.rejected)))
        return found

    def cosines(
        self, rows: NDArray[np.intp], tag_indexes: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        """Cosines of some tags' texts with some photos: float32 array, shape (tags, photos)."""
        photos = self._semantic.index.rows(rows)
        return np.asarray(self.ready.prototypes[tag_indexes] @ photos.T, dtype=np.float32)

    def estimates(self, rows: NDArray[np.intp], tag_index: int) -> NDArray[np.float32]:
        """Log-odds of one tag on some photos as they were before any answer: float32 array, shape (n,)."""
        found = self._text_logits(self._semantic.index.rows(rows), tag_index, 1.0)
        return np.asarray((found - self._kept.constant) / self._kept.slope, dtype=np.float32)

    def scores(self, rows: NDArray[np.intp], tag_indexes: NDArray[np.int64]) -> NDArray[np.float32]:
        """Log-odds of some tags on some photos.

        Args:
            rows: rows in the index.
            tag_indexes: indexes in the vocabulary.

        Returns:
            float32 array, shape (tags, photos).
        """
        photos = self._semantic.index.rows(rows)
        gain = self._scale.gain[tag_indexes].copy()
        known = {
            tag_index: i
            for i, tag_index in enumerate(tag_indexes.tolist())
            if tag_index in self.feedback
        }
        for tag_index, i in known.items():
            gain[i] *= self.feedback[tag_index].trust
        here = Scale(gain, self._scale.offset[tag_indexes])
        found = logits(photos, self.ready.prototypes[tag_indexes], here)
        if known:
            positive_rows = rows if self._visual_rows is None else self._visual_rows[rows]
            visual = self._visual.index.rows(positive_rows)
            for tag_index, i in known.items():
                found[i] += self.feedback[tag_index].lesson.of(visual, photos)
        return found

    def suggest(
        self,
        rows: NDArray[np.intp],
        *,
        threshold: float,
        limit: int | None = None,
        only_offered: bool = True,
    ) -> dict[int, list[TagOnPhoto]]:
        """The tags worth showing on some photos: photo id to its tags with their reasons, best first."""
        may_show = self.may_show if only_offered else self.by_machine
        tag_indexes = np.flatnonzero(may_show | self.kin.people)
        feedback = self.with_examples
        found: dict[int, list[TagOnPhoto]] = {}
        for start in range(0, len(rows), BLOCK_ROWS):
            block = rows[start : start + BLOCK_ROWS]
            scores = self.scores(block, tag_indexes)
            tag, photo = np.nonzero(scores >= log_odds(threshold))
            keep = choose(
                photo,
                tag_indexes[tag],
                scores[tag, photo],
                self.kin,
                may_show=may_show,
                taught=feedback,
                limit=limit or MOST_A_PHOTO,
            )
            tag, photo = tag[keep], photo[keep]
            best = np.argsort(-scores[tag, photo], kind="stable")
            for row in block.tolist():
                found[int(self.photo_ids[row])] = []
            for one in best.tolist():
                row = int(block[photo[one]])
                found[int(self.photo_ids[row])].append(
                    self.on_photo(
                        row, int(tag_indexes[tag[one]]), float(scores[tag[one], photo[one]])
                    )
                )
        return found

    def on_photo(self, row: int, tag_index: int, logit: float) -> TagOnPhoto:
        """One suggestion with its reasons."""
        sure = float(probability(np.array([logit], dtype=np.float32))[0])
        tag = self.vocabulary.tags[tag_index]
        return TagOnPhoto(
            tag.name,
            sure,
            TagState.SUGGESTED,
            tuple(self.why(row, tag_index)),
            self._like(row, tag_index),
            estimated=self.is_estimated and tag_index not in self._passed,
        )

    def redefine(self, session: Session, vocabulary: Vocabulary) -> bool:
        """Takes in other texts of the same tags; False if there are other tags, which need another scorer."""
        if [tag.key for tag in vocabulary] != [tag.key for tag in self.vocabulary]:
            return False
        changed = [
            tag_index
            for tag_index, (old, new) in enumerate(zip(self.vocabulary, vocabulary, strict=True))
            if old != new
        ]
        if any(
            (old.parent, old.is_group, old.hand_only) != (new.parent, new.is_group, new.hand_only)
            for old, new in zip(self.vocabulary, vocabulary, strict=True)
        ):
            return False
        some = Vocabulary(
            tuple(replace(vocabulary.tags[tag_index], parent=None) for tag_index in changed)
        )
        ready = tag_vectors(session, some, Job(), self._encoder)
        prototypes, texts = self.ready.prototypes.copy(), list(self.ready.texts)
        steepness = self.ready.steepness.copy()
        for row, tag_index in enumerate(changed):
            prototypes[tag_index], texts[tag_index] = ready.prototypes[row], ready.texts[row]
            steepness[tag_index] = ready.steepness[row]
        self.ready = TagVectors(
            vocabulary, tuple(texts), prototypes, steepness, self.ready.vectors | ready.vectors
        )
        self._scale = self._scaled()
        self._as_shipped = session.read(tags.as_shipped)
        return True

    def _scaled(self) -> Scale:
        often = np.array([tag.often for tag in self.vocabulary], dtype=np.int64)
        offsets = np.array(
            [self._references.tag_offsets.get(tag.name, 0.0) for tag in self.vocabulary],
            dtype=np.float32,
        )
        made = scale(self._base, often, self._logistic, offsets)
        kept = self._kept
        gain, offset = made.gain * self.ready.steepness, made.offset.copy()
        for tag_index, tag in enumerate(self.vocabulary):
            if tag.name in kept.offsets:
                gain[tag_index], offset[tag_index] = kept.gain, kept.offsets[tag.name]
        answered = np.float32(kept.slope)
        return Scale(gain * answered, offset * answered + np.float32(kept.constant))

    def _like(self, row: int, tag_index: int) -> tuple[int, ...]:
        """The most similar photos among those confirmed for the tag."""
        feedback = self.feedback.get(tag_index)
        if feedback is None or not feedback.has_examples:
            return ()
        index = self._visual.index
        photo_id = self.photo_ids[row : row + 1]
        examples = feedback.examples[:_MOST_COMPARED]
        cosines = index.rows(examples) @ index.rows(index.rows_of(photo_id))[0]
        nearest = np.argsort(-cosines, kind="stable")[:_MOST_ALIKE]
        return tuple(
            int(index.photo_ids[examples[i]]) for i in nearest.tolist() if cosines[i] >= _ALIKE
        )

    def why(self, row: int, tag_index: int) -> list[Reason]:
        """The descriptors that speak for a tag on a photo, and against it.

        None for a shipped tag whose descriptors did not prove to be real reasons when measured. Descriptors that the user
        wrote are always shown.
        """
        tag, measured = self.vocabulary.tags[tag_index], self._references.reasons
        if measured is not None and tag.key in self._as_shipped and tag.name not in measured:
            return []
        photo = self._semantic.index.rows(np.array([row], dtype=np.intp))[0]
        return reasons(
            photo,
            self.vocabulary.tags[tag_index].descriptors,
            [self.ready.vectors[text] for text in self.ready.texts[tag_index].descriptors],
            self._text_centre,
        )

    def _beside(self, visual: NDArray[np.float32]) -> NDArray[np.float32]:
        """Figures in the order of the visual index, in that of the semantic one."""
        return visual if self._visual_rows is None else visual[self._visual_rows]

    def _nearest(self, rejected: NDArray[np.float32]) -> NDArray[np.float32]:
        """The cosine of each photo with the nearest of some, in the order of the visual index."""
        index = self._visual.index
        found = np.empty(len(index), dtype=np.float32)
        for start in range(0, len(index), BLOCK_ROWS):
            rows = np.arange(start, min(start + BLOCK_ROWS, len(index)), dtype=np.intp)
            found[rows] = (index.rows(rows) @ rejected.T).max(axis=1)
        return found


def answers_of(
    session: Session, keys: Iterable[str] | None = None, *, with_batches: bool = True
) -> dict[str, tuple[list[int], list[int]]]:
    """Answers of users and files by tag; empty lists for wanted tags without any.

    Args:
        session: the open library.
        keys: only these tags; None = all.
        with_batches: also what was confirmed by its confidence alone.
    """
    wanted = None if keys is None else list(keys)
    found = session.read(lambda store: tags.answers(store, wanted, with_batches=with_batches))
    return found if wanted is None else {key: found.get(key, ([], [])) for key in wanted}
