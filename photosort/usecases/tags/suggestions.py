"""Suggestions for every photo of the library: a column of scores for each tag that may be suggested.

Columns are stored beside the index and rewritten tag by tag: when a tag's definition, or the user's answers
to it, have changed. Everything else is computed from them.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from photosort.domain.tags import TagOnPhoto
from photosort.progress import Job, Progress
from photosort.sentences import Sentence
from photosort.tagging.choosing import choose
from photosort.tagging.scoring import BLOCK_ROWS, SUGGESTION_THRESHOLD, log_odds
from photosort.usecases.models.vocabulary_vectors import current_vocabulary
from photosort.usecases.tags.calibration import open_scorer
from photosort.usecases.tags.scorer import answers_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from photosort.usecases.session.session import Session
    from photosort.usecases.tags.scorer import Scorer

# Columns that are scored at once: bounds the memory at 100,000 photos to 26 MB.
_TAGS_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Effect:
    """How an answer changed the suggestions for other photos.

    Attributes:
        gained: photo ids that have the tag suggested now.
        lost: photo ids that have it no longer.
    """

    gained: NDArray[np.int64]
    lost: NDArray[np.int64]


class Suggestions:
    """The suggestions of one library, for any lane; `learn` brings single tags up to date."""

    def __init__(
        self, session: Session, job: Job, *, threshold: float = SUGGESTION_THRESHOLD
    ) -> None:
        """Opens the columns and writes those that are missing or stale.

        Args:
            session: the open library.
            job: progress and cancel.
            threshold: probability from which a tag is shown.

        Raises:
            JobCancelled: columns written so far are kept.
        """
        self._session = session
        self.threshold = threshold
        self._lock = threading.RLock()
        self.scorer: Scorer = open_scorer(session, current_vocabulary(session), job)
        self._answers = answers_of(session)
        self.scorer.fit_feedback(self._answers)
        self._columns = session.scores
        self._columns.align(self.scorer.index.index.shown, self.scorer.version)
        self._write(job)
        self._likely: dict[int, tuple[NDArray[np.intp], NDArray[np.float32]]] = {}
        self._shown: dict[int, NDArray[np.intp]] = {}
        self.set_threshold(threshold)

    @property
    def offered(self) -> int:
        """How many tags of the vocabulary may be suggested."""
        return int(np.count_nonzero(self.scorer.may_show))

    def set_threshold(self, threshold: float) -> None:
        """Shows tags from another probability on."""
        with self._lock:
            self.threshold = threshold
            self._likely.clear()
            tag_indexes = self._in_play()
            columns = self._read(tag_indexes)
            for tag_index, column in columns.items():
                self._likely[tag_index] = self._above(tag_index, column)
            self._choose(None)

    def photos(self, keys: set[str]) -> NDArray[np.int64]:
        """The photos that one of these tags is suggested for; an empty set asks for any tag."""
        with self._lock:
            tag_indexes = [
                self.scorer.tag_index[key] for key in keys if key in self.scorer.tag_index
            ]
            found = [
                self._shown[tag_index]
                for tag_index in (tag_indexes if keys else self._shown)
                if tag_index in self._shown
            ]
        if not found:
            return np.zeros(0, dtype=np.int64)
        return np.unique(self.scorer.photo_ids[np.concatenate(found)])

    def counts(self) -> dict[str, int]:
        """Tag key to the number of photos that it is suggested for."""
        with self._lock:
            return {
                self.scorer.vocabulary.tags[tag_index].key: len(rows)
                for tag_index, rows in self._shown.items()
                if len(rows)
            }

    def waiting(self) -> dict[str, int]:
        """Tag key to the number of photos that it looks likely for, of tags that answers must prove first."""
        to_prove = self.scorer.to_prove
        with self._lock:
            return {
                self.scorer.vocabulary.tags[tag_index].key: len(rows)
                for tag_index, (rows, _) in self._likely.items()
                if to_prove[tag_index] and len(rows)
            }

    def of_photo(self, photo_id: int) -> list[TagOnPhoto]:
        """The tags suggested for a photo with their reasons, best first; none for one added since."""
        rows = self.scorer.index.index.rows_of(np.array([photo_id], dtype=np.int64))
        if not len(rows):
            return []
        row = int(rows[0])
        with self._lock:
            found = []
            for tag_index, shown in self._shown.items():
                if np.any(shown == row):
                    likely, logits = self._likely[tag_index]
                    found.append((float(logits[likely == row][0]), tag_index))
            return [
                self.scorer.on_photo(row, tag_index, logit)
                for logit, tag_index in sorted(found, reverse=True)
            ]

    def column(self, key: str) -> NDArray[np.float32]:
        """Log-odds of one tag on all photos, in the order of the index; works for tags that are not suggested, too."""
        with self._lock:
            tag_index = self.scorer.tag_index[key]
            kept = self._read(np.array([tag_index]))
            return kept[tag_index] if tag_index in kept else self.scorer.column(tag_index)

    def answered(self, key: str) -> tuple[list[int], list[int]]:
        """The photos that show a tag and those that do not, according to users and files."""
        return self._answers.get(key, ([], []))

    def asked_about(self) -> list[str]:
        """Keys of the tags that have an answer."""
        return [key for key, (yes, no) in self._answers.items() if yes or no]

    def learn(self, keys: Iterable[str]) -> dict[str, Effect]:
        """Learns the present answers about some tags.

        Args:
            keys: tags whose answers changed; those of no tag in use are ignored.

        Returns:
            Tag key to what changed for photos without an answer.
        """
        with self._lock:
            known = [key for key in keys if key in self.scorer.tag_index]
            answers = answers_of(self._session, known)
            nothing = np.zeros(0, dtype=np.int64)
            effects = {key: Effect(nothing, nothing) for key in known}
            # The window repeats the call for what a page has just learned.
            known = [key for key in known if answers[key] != self.answered(key)]
            before = {key: self.photos({key}) for key in known}
            moved = np.zeros(len(self.scorer.photo_ids), dtype=np.bool_)
            self._answers |= answers
            self.scorer.fit_feedback(answers)
            in_play = set(self._in_play().tolist())
            for key in known:
                tag_index = self.scorer.tag_index[key]
                old = self._likely.pop(tag_index, None)
                if old is not None:
                    moved[old[0]] = True
                if tag_index not in in_play:
                    continue
                column = self.scorer.column(tag_index)
                mark = self.scorer.fingerprint(key, answers[key])
                self._columns.write({key: (mark, column)})
                self._likely[tag_index] = self._above(tag_index, column)
                moved[self._likely[tag_index][0]] = True
            self._choose(moved)
            for key in known:
                now, (yes, no) = self.photos({key}), answers[key]
                effects[key] = Effect(
                    np.setdiff1d(now, before[key]),
                    np.setdiff1d(before[key], np.concatenate([now, np.array(yes + no, np.int64)])),
                )
            return effects

    def redefine(self) -> bool:
        """Updates scores after the user edited tags' texts; False if tags were added or removed."""
        with self._lock:
            before = self._marks(self._in_play())
            if not self.scorer.redefine(self._session, current_vocabulary(self._session)):
                return False
            for key, mark in self._marks(self._in_play()).items():
                if before.get(key) != mark:
                    tag_index = self.scorer.tag_index[key]
                    column = self.scorer.column(tag_index)
                    self._columns.write({key: (mark, column)})
                    self._likely[tag_index] = self._above(tag_index, column)
            self._choose(None)
            return True

    def _in_play(self) -> NDArray[np.int64]:
        """The tags that need a column: those that may be suggested or asked about, and people, who suppress animal tags."""
        scorer = self.scorer
        wanted = scorer.may_show | scorer.to_prove | scorer.kin.people | scorer.with_examples
        return np.flatnonzero(wanted & scorer.by_machine)

    def _marks(self, tag_indexes: NDArray[np.int64]) -> dict[str, str]:
        keys = [self.scorer.vocabulary.tags[tag_index].key for tag_index in tag_indexes.tolist()]
        return {key: self.scorer.fingerprint(key, self._answers.get(key)) for key in keys}

    def _write(self, job: Job) -> None:
        """Writes the columns that are missing, stale or too short."""
        tag_indexes = self._in_play()
        marks = self._marks(tag_indexes)
        self._columns.drop_stale(marks)
        count = len(self.scorer.photo_ids)
        held = self._columns.fingerprints()
        missing = [
            tag_index
            for tag_index, key in zip(tag_indexes.tolist(), marks, strict=True)
            if key not in held
        ]
        every = np.arange(count, dtype=np.intp)
        for start in range(0, len(missing), _TAGS_AT_ONCE):
            job.progress = Progress(Sentence("Finding tags"), start, len(missing))
            self._fill(np.array(missing[start : start + _TAGS_AT_ONCE]), every, {}, marks, job)
        known = [key for key in marks if key in held]
        for start in range(0, len(known), _TAGS_AT_ONCE):
            columns = self._columns.read(known[start : start + _TAGS_AT_ONCE], count)
            if not columns:
                continue
            # Photos added since are missing in every column alike.
            fresh = np.flatnonzero(np.isnan(np.stack([*columns.values()])).any(axis=0))
            if len(fresh):
                at = np.array([self.scorer.tag_index[key] for key in columns])
                self._fill(at, fresh, columns, marks, job)

    def _fill(
        self,
        tag_indexes: NDArray[np.int64],
        rows: NDArray[np.intp],
        columns: Mapping[str, NDArray[np.float32]],
        marks: Mapping[str, str],
        job: Job,
    ) -> None:
        """Scores some photos and writes the columns of these tags whole."""
        keys = [self.scorer.vocabulary.tags[tag_index].key for tag_index in tag_indexes.tolist()]
        count = len(self.scorer.photo_ids)
        full = (
            np.stack([columns[key] for key in keys])
            if columns
            else np.empty((len(keys), count), dtype=np.float32)
        )
        for start in range(0, len(rows), BLOCK_ROWS):
            job.check()
            block = rows[start : start + BLOCK_ROWS]
            full[:, block] = self.scorer.scores(block, tag_indexes)
        self._columns.write(
            {key: (marks[key], column) for key, column in zip(keys, full, strict=True)}
        )

    def _read(self, tag_indexes: NDArray[np.int64]) -> dict[int, NDArray[np.float32]]:
        keys = {
            self.scorer.vocabulary.tags[tag_index].key: tag_index
            for tag_index in tag_indexes.tolist()
        }
        found = self._columns.read(list(keys), len(self.scorer.photo_ids))
        return {keys[key]: column for key, column in found.items()}

    def _above(
        self, tag_index: int, column: NDArray[np.float32]
    ) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """The unanswered photos above the threshold, and their log-odds."""
        keep = column >= log_odds(self.threshold)
        taught = self.scorer.feedback.get(tag_index)
        if taught is not None:
            keep[taught.answered] = False
        rows = np.flatnonzero(keep)
        return rows, column[rows]

    def _choose(self, moved: NDArray[np.bool_] | None) -> None:
        """Chooses the suggestions of all photos, or of those that changed."""
        rows, tags, logits = [], [], []
        for tag_index, (likely, found) in self._likely.items():
            some = slice(None) if moved is None else moved[likely]
            rows.append(likely[some])
            tags.append(np.full(len(rows[-1]), tag_index, dtype=np.int64))
            logits.append(found[some])
        if moved is None:
            self._shown = {}
        else:
            self._shown = {
                tag_index: shown[~moved[shown]]
                for tag_index, shown in self._shown.items()
                if tag_index in self._likely
            }
        if not rows:
            return
        row, tag = np.concatenate(rows), np.concatenate(tags)
        keep = choose(
            row,
            tag,
            np.concatenate(logits),
            self.scorer.kin,
            may_show=self.scorer.may_show,
            taught=self.scorer.with_examples,
        )
        row, tag = row[keep], tag[keep]
        for tag_index in np.unique(tag).tolist():
            held = self._shown.get(tag_index, np.zeros(0, dtype=np.intp))
            self._shown[tag_index] = np.concatenate([held, row[tag == tag_index]])


class _Held:
    """The suggestions of one library, and how often its encoder had changed when they were opened."""

    def __init__(self) -> None:
        self.suggestions: Suggestions | None = None
        self.encoder_changes = 0


def open_suggestions(session: Session, job: Job) -> Suggestions:
    """The suggestions of the library, made ready and up to date; kept in the session.

    Raises:
        JobCancelled: before they were ready.
    """
    held = session.holder(_Held)
    old, changes = held.suggestions, session.encoders.changes
    made = Suggestions(
        session, job, threshold=SUGGESTION_THRESHOLD if old is None else old.threshold
    )
    # One that was begun before the library changed may end last.
    job.check()
    held.suggestions, held.encoder_changes = made, changes
    return made


def ready_suggestions(session: Session) -> Suggestions | None:
    """The suggestions that were opened last, or None before, and after a change of encoder."""
    held = session.holder(_Held)
    return held.suggestions if held.encoder_changes == session.encoders.changes else None


def drop_suggestions(session: Session) -> None:
    """Closes the suggestions, so that the next use opens them again."""
    session.holder(_Held).suggestions = None
