"""Review: one tag at a time, the photos that it is most useful to ask about, and what each answer changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from photosort.domain.tags import TagState
from photosort.errors import InputProblem
from photosort.progress import Job
from photosort.sentences import Sentence
from photosort.tagging.asking import ask
from photosort.tagging.scoring import log_odds
from photosort.usecases.models.vector_indexes import open_index
from photosort.usecases.tags.suggestions import Effect, open_suggestions, ready_suggestions
from photosort.usecases.tags.tagging import set_tag_state

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from photosort.domain.changes import ChangeSet
    from photosort.usecases.session.session import Session
    from photosort.usecases.tags.suggestions import Suggestions

# Photos of a wall; two lines of each fit on a small screen.
QUESTIONS = 12
# Log-odds around the threshold within which nobody can be sure, and how far beyond it the walls look.
_UNSURE = 0.7
_FAR = 1.5
_LEAST_LIKELY = -4.0
_POOL = 2_000


@dataclass(frozen=True, slots=True)
class ReviewTag:
    """A tag that can be asked about.

    Attributes:
        suggested: photos that it is suggested for, or looks likely for where answers must prove it first.
        answered: photos that have a yes or no.
        is_to_prove: only answers can show whether it may be suggested.
    """

    name: str
    suggested: int
    answered: int
    is_to_prove: bool


@dataclass(frozen=True, slots=True)
class Walls:
    """Photos to ask about that have no answer yet, by the confidence of the suggestion."""

    likely: NDArray[np.int64]
    unsure: NDArray[np.int64]
    unlikely: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Answered:
    """What an answer did."""

    change: ChangeSet
    effect: Effect


def review_tags(session: Session) -> list[ReviewTag]:
    """The tags that answers help most: the most suggested of those least answered first."""
    made = _ready(session)
    counts = made.waiting() | made.counts()
    keys = dict.fromkeys([*counts, *made.asked_about()])
    scorer = made.scorer
    to_prove = scorer.to_prove
    found = []
    for key in keys:
        tag_index = scorer.tag_index.get(key)
        if tag_index is not None and scorer.by_machine[tag_index]:
            yes, no = made.answered(key)
            found.append(
                ReviewTag(
                    scorer.vocabulary.tags[tag_index].name,
                    counts.get(key, 0),
                    len(yes) + len(no),
                    bool(to_prove[tag_index]),
                )
            )
    return sorted(found, key=lambda one: (-one.suggested / (1 + one.answered), one.name.casefold()))


def walls(session: Session, name: str, *, count: int = QUESTIONS) -> Walls:
    """The most useful questions about a tag.

    Args:
        session: the open library.
        name: a tag of the vocabulary.
        count: most photos of each wall.

    Raises:
        InputProblem: there is no such tag, or it is applied by hand only.
    """
    made = _ready(session)
    tag = made.scorer.vocabulary.get(name)
    if tag is None or tag.is_group:
        raise InputProblem(Sentence("There is no tag called {name}.", name=name))
    if tag.hand_only:
        raise InputProblem(
            Sentence("{name} is a person; only you can say who is in a photo.", name=name)
        )
    column = made.column(tag.key)
    open_questions = np.ones(len(column), dtype=np.bool_)
    answered_ids = np.array(
        [*made.answered(tag.key)[0], *made.answered(tag.key)[1]], dtype=np.int64
    )
    open_questions &= ~np.isin(made.scorer.photo_ids, answered_ids)
    even = log_odds(made.threshold)
    visual = open_index(session, "visual").index

    def wall(inside: NDArray[np.bool_], near: float) -> NDArray[np.int64]:
        tag_indexes = np.flatnonzero(open_questions & inside)
        tag_indexes = tag_indexes[
            np.argsort(np.abs(column[tag_indexes] - near), kind="stable")[:_POOL]
        ]
        ids = made.scorer.photo_ids[tag_indexes]
        rows = visual.rows(visual.rows_of(ids))
        return ids[ask(column[tag_indexes], rows, near=near, count=count)]

    return Walls(
        likely=wall(column > even + _UNSURE, even + _UNSURE + _FAR),
        unsure=wall(np.abs(column - even) <= _UNSURE, even),
        unlikely=wall((column < even - _UNSURE) & (column > even + _LEAST_LIKELY), even - _UNSURE),
    )


def answer(session: Session, name: str, photo_ids: Sequence[int], state: TagState) -> Answered:
    """Records a yes or no as one entry of the history, and updates the suggestions for other photos."""
    change = set_tag_state(session, name, photo_ids, state)
    return Answered(change, _ready(session).learn([name.casefold()])[name.casefold()])


def _ready(session: Session) -> Suggestions:
    return ready_suggestions(session) or open_suggestions(session, Job())
