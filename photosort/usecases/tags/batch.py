"""Accepts many suggestions at once, with a preview of the effect at any threshold."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from photosort.domain.tags import TagState
from photosort.progress import Job, Progress
from photosort.sentences import Sentence
from photosort.store.tables import tags
from photosort.tagging.scoring import BLOCK_ROWS, SUGGESTION_THRESHOLD
from photosort.usecases.models.vocabulary_vectors import current_vocabulary
from photosort.usecases.session import backups
from photosort.usecases.tags.calibration import open_scorer
from photosort.usecases.tags.scorer import answers_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.changes import ChangeSet
    from photosort.domain.tags import Tag
    from photosort.store.db.database import Store
    from photosort.usecases.session.session import Session


@dataclass(frozen=True, slots=True)
class Batch:
    """Suggestions that nobody has answered yet, one a row, the most confident first.

    Attributes:
        names: the tags that occur, by name.
        tag: int array, shape (n,), indexes into `names`.
        photo: int array, shape (n,), photo ids.
        confidence: float array, shape (n,).
    """

    names: tuple[str, ...]
    tag: NDArray[np.int64]
    photo: NDArray[np.int64]
    confidence: NDArray[np.float32]

    def counts(self, threshold: float) -> list[tuple[str, int]]:
        """Tags with the number of photos they would be confirmed on, the most frequent first."""
        found = np.bincount(self.tag[: self._end(threshold)], minlength=len(self.names))
        order = sorted(np.flatnonzero(found).tolist(), key=lambda n: (-found[n], self.names[n]))
        return [(self.names[n], int(found[n])) for n in order]

    def samples(self, name: str, threshold: float, count: int) -> list[int]:
        """Photos that a tag would be confirmed on, from the surest to the least sure."""
        tag_index = self.names.index(name)
        found = self.photo[: self._end(threshold)][self.tag[: self._end(threshold)] == tag_index]
        at = np.unique(np.linspace(0, len(found) - 1, min(count, len(found))).round().astype(int))
        return [int(photo) for photo in found[at]]

    def photos(self, threshold: float, without: Collection[str] = ()) -> dict[str, list[int]]:
        """Tag to the photos that it would be confirmed on."""
        found: dict[str, list[int]] = {}
        end = self._end(threshold)
        for tag_index, photo in zip(
            self.tag[:end].tolist(), self.photo[:end].tolist(), strict=True
        ):
            if self.names[tag_index] not in without:
                found.setdefault(self.names[tag_index], []).append(photo)
        return found

    def _end(self, threshold: float) -> int:
        return int(np.searchsorted(-self.confidence, -np.float32(threshold), side="right"))


def prepare(session: Session, photo_ids: Sequence[int] | None, *, job: Job) -> Batch:
    """What could be confirmed on photos; None = all of the library.

    Raises:
        JobCancelled: nothing was changed.
        ModelUnavailable: the picture model cannot be loaded.
    """
    scorer = open_scorer(session, current_vocabulary(session), job)
    scorer.fit_feedback(answers_of(session, with_batches=False))
    wanted = scorer.photo_ids if photo_ids is None else np.array(photo_ids, dtype=np.int64)
    rows = scorer.index.index.rows_of(wanted)
    answered = {
        (photo_id, name.casefold())
        for photo_id, found in session.read(
            lambda store: tags.of_photos(store, wanted.tolist())
        ).items()
        for name, _ in found
    }
    found: list[tuple[float, int, str]] = []
    for start in range(0, len(rows), BLOCK_ROWS):
        job.check()
        job.progress = Progress(Sentence("Finding tags"), start, len(rows))
        block = rows[start : start + BLOCK_ROWS]
        for photo_id, suggested in scorer.suggest(block, threshold=SUGGESTION_THRESHOLD).items():
            found += [
                (one.confidence or 0.0, photo_id, one.name)
                for one in suggested
                if (photo_id, one.name.casefold()) not in answered
            ]
    found.sort(key=lambda one: (-one[0], one[1], one[2]))
    names = tuple(sorted({name for _, _, name in found}))
    tag_index = {name: n for n, name in enumerate(names)}
    return Batch(
        names,
        np.array([tag_index[name] for _, _, name in found], dtype=np.int64),
        np.array([photo_id for _, photo_id, _ in found], dtype=np.int64),
        np.array([confidence for confidence, _, _ in found], dtype=np.float32),
    )


def accept(
    session: Session, batch: Batch, threshold: float, *, without: Collection[str] = ()
) -> ChangeSet:
    """Confirms the suggestions of a batch from a confidence on, as one entry of the history.

    Args:
        session: the open library.
        batch: from `prepare`; answers given since then stay.
        threshold: confirm from here on.
        without: tags that are left out.
    """
    change, _ = confirm(session, batch.photos(threshold, without))
    return change


def confirm(
    session: Session, agreed: Mapping[str, Sequence[int]], *, new: Sequence[Tag] = ()
) -> tuple[ChangeSet, int]:
    """Confirms tags on photos where nobody has answered them, as one entry of the history.

    Args:
        session: the open library.
        agreed: tag to photo ids; answers given meanwhile stay.
        new: tags among `agreed` that are not in the library yet, with their definitions.

    Returns:
        What changed, and how many suggestions became tags.
    """
    backups.make_before(session, len({one for found in agreed.values() for one in found}))

    def work(store: Store) -> tuple[ChangeSet, int]:
        ids = sorted({photo_id for found in agreed.values() for photo_id in found})
        answered = {
            (photo_id, name.casefold())
            for photo_id, found in tags.of_photos(store, ids).items()
            for name, _ in found
        }
        free = {
            name: [photo_id for photo_id in found if (photo_id, name.casefold()) not in answered]
            for name, found in agreed.items()
        }
        left = {name: found for name, found in free.items() if found}
        change = tags.set_tag_state(
            store, left, TagState.CONFIRMED, origin="batch", actor=session.actor, new=new
        )
        return change, sum(len(found) for found in left.values())

    return session.write(work)
