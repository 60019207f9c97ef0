"""Names for groups of photos: the words that set a group apart from the rest of the library.

A word is good if the group's photos fit it better than other photos do, if people use it, and if searching it
finds this group before those beside it. Where many words of one sort fit alike, their sort is the name: a group
that is torn between breeds is called "dog".
Sources: Dunlap et al. 2024, Describing Differences in Image Sets (contrast); Conti et al. 2023, Vocabulary-free
Image Classification (a large word bank); Novack et al. 2023, CHiLS, and Loki (a tree of labels).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# In cosines: what a word gains by being ordinary, by being a tag (these were chosen for photos), and loses by each
# further word. With the three below chosen on the tuning half of `categories` (benchmarks/names.py).
_COMMON = 0.02
_COMMON_ENOUGH = 5.0
_TAG = 0.05
_LONG = 0.04
# Words share the belief by the exponential of their score over this.
_SOFTNESS = 0.05
# The best word is the name if it has so much of the belief; else its sort, if that has so much.
_SURE = 0.15
# A group that holds others is called by their sort.
_SURE_OF_WIDE = 0.6
_SURE_OF_SORT = 0.5
# A group has no name if its median photo shows what the best says less likely than this. On the tuning half of
# `categories` right names begin at 0.2, and nearly half of the wrong ones lie at or below 0.1.
_LIKELY = 0.15
_OF_GROUP = 300
_OF_REST = 2_000
_LOOKED_AT = 40
_KEPT = 3


@dataclass(frozen=True, slots=True)
class WordBank:
    """Words that photos can show.

    Attributes:
        words: as they are written in a name.
        vectors: float32, shape (n, dim), centred, unit length.
        common: float32, shape (n,): log10 of a word's uses in a thousand million words.
        is_tag: bool, shape (n,): words of the tag tree.
        kinds: the sorts of thing that a word is one of, the nearest first ("insect", "animal").
        likelihood: from photos, shape (m, dim), and vectors of words, shape (k, dim), to the probability, shape
            (m, k), that a photo shows it, whatever else is in the library; None where nobody measured the encoder.
    """

    words: Sequence[str]
    vectors: NDArray[np.float32]
    common: NDArray[np.float32]
    is_tag: NDArray[np.bool_]
    kinds: Sequence[Sequence[str]]
    likelihood: Callable[[NDArray[np.float32], NDArray[np.float32]], NDArray[np.float32]] | None = (
        None
    )


@dataclass(frozen=True, slots=True)
class Name:
    """One name for a group, with its evidence.

    Attributes:
        of_these: share of the group's photos that fit it.
        of_rest: share of the other photos that fit it as well.
        is_first: no group beside it fits it better.
        likely: probability that the group's median photo shows it; 1 where that cannot be told.
    """

    text: str
    of_these: float
    of_rest: float
    is_first: bool
    likely: float = 1.0

    @property
    def is_likely(self) -> bool:
        """Whether the photos show it, and not only rather than the other photos."""
        return self.likely >= _LIKELY

    @property
    def is_telling(self) -> bool:
        """Whether it says something that sets the group apart."""
        return self.of_these - self.of_rest >= 0.4


def name_groups(
    photos: NDArray[np.float32],
    groups: Sequence[NDArray[np.int64]],
    bank: WordBank,
    *,
    holders: Sequence[int] | None = None,
) -> list[list[Name]]:
    """The best names of every group, no two groups sharing their first.

    Args:
        photos: shape (n, dim), centred, unit length, all photos in the semantic space.
        groups: the rows of each.
        bank: the words to choose from.
        holders: for each group the place of the one that holds it, or -1; those of one holder lie beside each
            other. None = all do.

    Returns:
        For each group at most three names, best first; none where no word is likely.
    """
    if not groups or not len(bank.words):
        return [[] for _ in groups]
    judge = _Judge(photos, groups, bank, holders)
    return _distinct([judge.names(place) for place in range(len(groups))], groups)


def set_apart(
    these: NDArray[np.float32], those: NDArray[np.float32], bank: WordBank, limit: int = 10
) -> list[Name]:
    """The words that most set one set of photos apart from another, best first.

    Args:
        these: shape (n, dim), centred, unit length.
        those: shape (m, dim).
        bank: the words to choose from.
        limit: most words returned.
    """
    if not len(these) or not len(those):
        return []
    photos = np.concatenate([these, those])
    judge = _Judge(photos, [np.arange(len(these))], bank, None)
    found = [judge.evidence(0, bank.words[word], word) for word in judge.best(0)]
    ranked = sorted(found, key=lambda name: name.of_rest - name.of_these)
    return [name for name in ranked if name.is_telling][:limit]


class _Judge:
    """Scores of all words for all groups."""

    def __init__(
        self,
        photos: NDArray[np.float32],
        groups: Sequence[NDArray[np.int64]],
        bank: WordBank,
        holders: Sequence[int] | None,
    ) -> None:
        self._rng = np.random.default_rng(0)
        self._photos, self._groups, self._bank = photos, groups, bank
        self._rest = self._some(np.arange(len(photos)), _OF_REST)
        means = np.stack([photos[self._some(rows, _OF_GROUP)].mean(axis=0) for rows in groups])
        self._fits = means @ bank.vectors.T
        lengths = np.array([len(word.split()) for word in bank.words], dtype=np.float32)
        usual = photos[self._rest].mean(axis=0) @ bank.vectors.T
        self._bonus = (
            _COMMON * np.minimum(bank.common, _COMMON_ENOUGH)
            + _TAG * bank.is_tag
            - _LONG * (np.minimum(lengths, 3) - 1)
            - usual
        )
        self._place = {word: place for place, word in enumerate(bank.words)}
        holder = np.full(len(groups), -1) if holders is None else np.asarray(holders)
        self._is_wide = np.isin(np.arange(len(groups)), holder)
        self._beside = [np.flatnonzero(holder == own) for own in holder]

    def best(self, place: int) -> list[int]:
        """Places of the words that fit a group best."""
        score = self._fits[place] + self._bonus
        few = np.argpartition(-score, min(_LOOKED_AT, len(score) - 1))[:_LOOKED_AT]
        return [int(word) for word in few[np.argsort(-score[few], kind="stable")]]

    def names(self, place: int) -> list[Name]:
        """The names of a group, best first."""
        best = self.best(place)
        score = (self._fits[place] + self._bonus)[best]
        belief = np.exp((score - score[0]) / _SOFTNESS)
        belief /= belief.sum()
        words = [self._bank.words[word] for word in best]
        sort = _sort_of([self._bank.kinds[word] for word in best], belief)
        ordered = list(dict.fromkeys(words))
        if sort is not None and sort not in ordered[:1]:
            at = 0 if belief[0] < (_SURE_OF_WIDE if self._is_wide[place] else _SURE) else 2
            ordered = [word for word in ordered if word != sort]
            ordered.insert(at, sort)
        found = [self.evidence(place, word, self._place.get(word)) for word in ordered[:8]]
        # A name that another group beside it fits better, or everything, is none; those after it may be.
        return sorted(
            found, key=lambda name: not (name.is_first and name.is_telling and name.is_likely)
        )

    def evidence(self, place: int, text: str, word: int | None) -> Name:
        """How well a word tells a group from the rest; a sort that is no word of the bank by what is one."""
        columns = [word] if word is not None else self._one_of(text, place)
        vector = self._bank.vectors[columns].mean(axis=0)
        rows = self._groups[place]
        own = self._photos[self._some(rows, _OF_GROUP)]
        inside = own @ vector
        outside = self._photos[np.setdiff1d(self._rest, rows)] @ vector
        of_these, of_rest = _told_apart(inside, outside)
        fits = self._fits[:, columns].mean(axis=1)
        is_first = bool(fits[place] >= fits[self._beside[place]].max())
        return Name(text, of_these, of_rest, is_first, self._likely(own, columns))

    def _likely(self, own: NDArray[np.float32], columns: Sequence[int]) -> float:
        if self._bank.likelihood is None:
            return 1.0
        shown = self._bank.likelihood(own, self._bank.vectors[columns])
        # A photo shows a sort if it shows one of its words.
        return float(np.median(shown.max(axis=1)))

    def _one_of(self, sort: str, place: int) -> list[int]:
        return [word for word in self.best(place) if sort in self._bank.kinds[word]]

    def _some(self, rows: NDArray[np.int64], count: int) -> NDArray[np.int64]:
        if len(rows) <= count:
            return rows
        return np.sort(self._rng.choice(rows, count, replace=False))


def _sort_of(kinds: Sequence[Sequence[str]], belief: NDArray[np.floating]) -> str | None:
    """The narrowest sort that has enough of the belief."""
    held: dict[str, float] = defaultdict(float)
    depth: dict[str, int] = defaultdict(int)
    for sorts, share in zip(kinds, belief.tolist(), strict=True):
        for place, sort in enumerate(sorts):
            held[sort] += share
            depth[sort] = max(depth[sort], len(sorts) - place)
    enough = [sort for sort, share in held.items() if share >= _SURE_OF_SORT]
    return max(enough, key=lambda sort: (depth[sort], held[sort]), default=None)


def _told_apart(inside: NDArray[np.floating], outside: NDArray[np.floating]) -> tuple[float, float]:
    """Shares of both above the cut that tells them apart best."""
    if not len(outside):
        return 1.0, 0.0
    cuts = np.unique(inside)
    of_these = 1 - np.searchsorted(np.sort(inside), cuts) / len(inside)
    of_rest = 1 - np.searchsorted(np.sort(outside), cuts) / len(outside)
    best = int(np.argmax(of_these - of_rest))
    return float(of_these[best]), float(of_rest[best])


def _distinct(found: list[list[Name]], groups: Sequence[NDArray[np.int64]]) -> list[list[Name]]:
    """No first name twice: the group that it sets apart best keeps it."""
    order = sorted(
        range(len(found)),
        key=lambda place: (
            -(found[place][0].of_these - found[place][0].of_rest) if found[place] else 0
        ),
    )
    taken: Collection[str] = set()
    result: list[list[Name]] = [[] for _ in groups]
    for place in order:
        names = found[place]
        free = [name for name in names if _stem(name.text) not in taken]
        # In a small library something sets every group apart: that is no reason to call grass a dog.
        if free and free[0].is_likely:
            taken = {*taken, _stem(free[0].text)}
            result[place] = free[:_KEPT]
    return result


def _stem(text: str) -> str:
    """Singular and plural are one name."""
    return text.casefold().removesuffix("s")
