"""Names for groups of photos: the words that distinguish a group from the rest of the library.

A word is good if the group's photos fit it better than other photos do, if people use it, and if searching it
finds this group before those beside it. A thing is called by its everyday word: a group of border collies "dog".
Where many words of one kind fit equally well, their kind is the name: a group undecided between insects is "insect".
Sources: Dunlap et al. 2024, Describing Differences in Image Sets (contrast); Conti et al. 2023, Vocabulary-free
Image Classification (a large word bank); Novack et al. 2023, CHiLS, and Loki (a tree of labels).
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# In cosines: what a word gains by being common, by being a tag (tags are chosen for photos), and loses by each
# further word. With the three below chosen on the tuning half of `categories` (benchmarks/names.py), on themes of
# captioned photos (tools/fit/caption_names.py) and on the labels of COCO.
_COMMON = 0.02
_COMMON_ENOUGH = 5.0
_TAG = 0.05
_LONG = 0.04
# Softmax temperature of the words' scores.
_SOFTNESS = 0.05
# The best word is the name if it has this share of the softmax; else its kind, if that has this share.
_SURE = 0.15
# A group undecided between words of different kinds shows something that the encoder does not know.
_TORN = 0.08
# A group that contains others is named by their kind.
_SURE_OF_WIDE = 0.6
_SURE_OF_SORT = 0.5
# A group has no name if the best word is less likely than this for its median photo. On the tuning half of
# `categories` right names begin at 0.2, and nearly half of the wrong ones lie at or below 0.1.
_LIKELY = 0.15
_PARTS = re.compile(r"[ -]")
_OF_GROUP = 300
_OF_REST = 2_000
_LOOKED_AT = 40
_WEIGHED = 10
# Other groups may take some of the names.
_ENOUGH = 6
_FEWEST_PARTS = 2
_KEPT = 3


@dataclass(frozen=True, slots=True)
class WordBank:
    """Words that photos can show.

    Attributes:
        words: as they are written in a name.
        vectors: float32, shape (n, dim), centred, unit length.
        common: float32, shape (n,): log10 of a word's uses in a thousand million words.
        is_tag: bool, shape (n,): tags, but for those of activities: a photo shows a car, and that somebody drives it is
            a guess.
        kinds: the hypernyms of each word, the nearest first ("insect", "animal").
        everyday: the everyday word ("dog" for "poodle"); mostly the word itself.
        likelihood: from photos, shape (m, dim), and vectors of words, shape (k, dim), to the probability, shape
            (m, k), that a photo shows it, whatever else is in the library; None where nobody measured the encoder.
    """

    words: Sequence[str]
    vectors: NDArray[np.float32]
    common: NDArray[np.float32]
    is_tag: NDArray[np.bool_]
    kinds: Sequence[Sequence[str]]
    everyday: Sequence[str]
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
        """Whether the photos really show it, and do not just fit it better than the other photos do."""
        return self.likely >= _LIKELY

    @property
    def is_telling(self) -> bool:
        """Whether it distinguishes the group from the rest."""
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
        holders: for each group the index of the one that contains it, or -1; groups of one holder are siblings
            other. None = all do.

    Returns:
        For each group at most three names, best first; empty if no word is likely.
    """
    if not groups or not len(bank.words):
        return [[] for _ in groups]
    judge = _Judge(photos, groups, bank, holders)
    found = [judge.names(group) for group in range(len(groups))]
    for group, names in enumerate(found):
        if not (names and names[0].is_likely) and (sort := judge.sort_of_parts(group, found)):
            found[group] = [sort, *names]
    return _distinct(found, groups)


def words_alone(
    photos: NDArray[np.float32], groups: Sequence[NDArray[np.int64]], bank: WordBank
) -> list[str]:
    """The name of each group without regard to the others; "" if no word is likely.

    Args:
        photos: shape (n, dim), centred, unit length, all photos in the semantic space.
        groups: the rows of each.
        bank: the words to choose from.
    """
    if not groups or not len(bank.words):
        return [""] * len(groups)
    judge = _Judge(photos, groups, bank, None)
    found = [judge.names(group, alone=True)[:1] for group in range(len(groups))]
    return [
        names[0].text if names and names[0].is_likely and names[0].is_telling else ""
        for names in found
    ]


def shares_of(
    photos: NDArray[np.float32],
    groups: Sequence[NDArray[np.int64]],
    words: Sequence[Sequence[str]],
    bank: WordBank,
) -> list[dict[str, tuple[float, float]]]:
    """How well groups fit their present names.

    Args:
        photos: shape (n, dim), centred, unit length, all photos in the semantic space.
        groups: the rows of each.
        words: of each group, capitalised or not.
        bank: the words.

    Returns:
        For each group the shares of its photos and of the rest that fit a word; words outside the bank are left out.
    """
    if not groups or not len(bank.words):
        return [{} for _ in groups]
    judge = _Judge(photos, groups, bank, None)
    return [
        {word: shares for word in own if (shares := judge.shares(group, word)) is not None}
        for group, own in enumerate(words)
    ]


def set_apart(
    these: NDArray[np.float32], those: NDArray[np.float32], bank: WordBank, limit: int = 10
) -> list[Name]:
    """The words that best distinguish one set of photos from another, best first.

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
    found = [judge.evidence(0, bank.words[word]) for word in judge.best(0)]
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
        lengths = np.array([len(_PARTS.split(word)) for word in bank.words], dtype=np.float32)
        usual = photos[self._rest].mean(axis=0) @ bank.vectors.T
        self._bonus = (
            _COMMON * np.minimum(bank.common, _COMMON_ENOUGH)
            + _TAG * bank.is_tag
            - _LONG * (np.minimum(lengths, 3) - 1)
            - usual
        )
        self._best: dict[int, list[int]] = {}
        self._word_index = {word: index for index, word in enumerate(bank.words)}
        self._holder = np.full(len(groups), -1) if holders is None else np.asarray(holders)
        self._is_wide = np.isin(np.arange(len(groups)), self._holder)
        self._beside = [np.flatnonzero(self._holder == own) for own in self._holder]

    def best(self, group: int) -> list[int]:
        """Indexes of the words that fit a group best."""
        if group not in self._best:
            score = self._fits[group] + self._bonus
            few = np.argpartition(-score, min(_LOOKED_AT, len(score) - 1))[:_LOOKED_AT]
            self._best[group] = few[np.argsort(-score[few], kind="stable")].tolist()
        return self._best[group]

    def names(self, group: int, *, alone: bool = False) -> list[Name]:
        """The names of a group, best first.

        Args:
            group: its index.
            alone: ignore the names of sibling groups.
        """
        best = self.best(group)
        score = (self._fits[group] + self._bonus)[best]
        belief = np.exp((score - score[0]) / _SOFTNESS)
        belief /= belief.sum()
        sort = _sort_of([self._bank.kinds[word] for word in best], belief)
        called = [self._bank.everyday[word] for word in best]
        both = zip(called, (self._bank.words[word] for word in best), strict=True)
        ordered = list(dict.fromkeys(itertools.chain.from_iterable(both)))
        sure = belief[[self._is_one_of(word, called[0]) for word in best]].sum()
        if sort is None and sure < _TORN:
            return []
        if sort is not None and sort not in ordered[:1]:
            at = 0 if sure < (_SURE_OF_WIDE if self._is_wide[group] else _SURE) else 2
            ordered = [word for word in ordered if word != sort]
            ordered.insert(at, sort)
        good: list[Name] = []
        others: list[Name] = []
        for word in ordered[:_WEIGHED]:
            name = self.evidence(group, word)
            # Skip a name that a sibling group, or everything, fits better; later ones may be good.
            is_good = (alone or name.is_first) and name.is_telling and name.is_likely
            (good if is_good else others).append(name)
            if len(good) == (1 if alone else _ENOUGH):
                break
        return good + others

    def sort_of_parts(self, group: int, found: Sequence[Sequence[Name]]) -> Name | None:
        """The kind of most photos of a group, by the names of the groups that it contains."""
        parts = [
            (found[part][0].text, self._groups[part])
            for part in np.flatnonzero(self._holder == group).tolist()
            if found[part] and found[part][0].is_likely
        ]
        words = [self._word_index[text] for text, _ in parts if text in self._word_index]
        named = [rows for text, rows in parts if text in self._word_index]
        if len(words) < _FEWEST_PARTS:
            return None
        sizes = np.array([len(rows) for rows in named]) / len(self._groups[group])
        sort = _sort_of([self._bank.kinds[word] for word in words], sizes)
        if sort is None:
            return None
        own = [n for n, word in enumerate(words) if sort in self._bank.kinds[word]]
        if len(own) < _FEWEST_PARTS:
            return None
        vector = self._bank.vectors[[words[n] for n in own]].mean(axis=0)
        of_these, of_rest = self._told_apart(group, vector)
        return Name(sort, of_these, of_rest, is_first=True, likely=float(sizes[own].sum()))

    def shares(self, group: int, text: str) -> tuple[float, float] | None:
        """Shares of a group and of the rest that fit a word, capitalised or not; None if the bank has no such word."""
        word = self._word_index.get(text, self._word_index.get(text[:1].lower() + text[1:]))
        return None if word is None else self._told_apart(group, self._bank.vectors[word])

    def evidence(self, group: int, text: str) -> Name:
        """How well a word distinguishes a group from the rest; a kind outside the bank by its words in the bank."""
        kin = [word for word in self.best(group) if self._is_one_of(word, text)]
        columns = [self._word_index[text]] if text in self._word_index else kin
        of_these, of_rest = self._told_apart(group, self._bank.vectors[columns].mean(axis=0))
        fits = self._fits[:, columns].mean(axis=1)
        is_first = bool(fits[group] >= fits[self._beside[group]].max())
        surely = [word for word in kin if not self._is_misread(word, text)]
        likely = self._likely(group, list(dict.fromkeys([*columns, *surely])))
        return Name(text, of_these, of_rest, is_first, likely)

    def _told_apart(self, group: int, vector: NDArray[np.float32]) -> tuple[float, float]:
        """Shares of a group and of the rest that fit a vector."""
        rows = self._groups[group]
        inside = self._photos[self._some(rows, _OF_GROUP)] @ vector
        return _told_apart(inside, self._photos[np.setdiff1d(self._rest, rows)] @ vector)

    def _likely(self, group: int, words: Sequence[int]) -> float:
        if self._bank.likelihood is None:
            return 1.0
        own = self._photos[self._some(self._groups[group], _OF_GROUP)]
        shown = self._bank.likelihood(own, self._bank.vectors[words])
        # A photo shows a sort if it shows one of its words.
        return float(np.median(shown.max(axis=1)))

    def _is_misread(self, word: int, text: str) -> bool:
        """Whether a compound is nearer to another of its words than to its kind, as "ski plane" to ski."""
        others = [
            self._word_index[part]
            for part in _PARTS.split(self._bank.words[word])[:-1]
            if part in self._word_index and part != text
        ]
        if not others or text not in self._word_index:
            return False
        vector = self._bank.vectors[word]
        nearest = (self._bank.vectors[others] @ vector).max()
        return bool(nearest > self._bank.vectors[self._word_index[text]] @ vector)

    def _is_one_of(self, word: int, text: str) -> bool:
        own = self._bank.words[word], self._bank.everyday[word]
        return text in own or text in self._bank.kinds[word]

    def _some(self, rows: NDArray[np.int64], count: int) -> NDArray[np.int64]:
        if len(rows) <= count:
            return rows
        return np.sort(self._rng.choice(rows, count, replace=False))


def _sort_of(kinds: Sequence[Sequence[str]], belief: NDArray[np.floating]) -> str | None:
    """The narrowest kind that has enough of the softmax."""
    held: dict[str, float] = defaultdict(float)
    depth: dict[str, int] = defaultdict(int)
    for sorts, share in zip(kinds, belief.tolist(), strict=True):
        for level, sort in enumerate(sorts):
            held[sort] += share
            depth[sort] = max(depth[sort], len(sorts) - level)
    enough = [sort for sort, share in held.items() if share >= _SURE_OF_SORT]
    return max(enough, key=lambda sort: (depth[sort], held[sort]), default=None)


def _told_apart(inside: NDArray[np.floating], outside: NDArray[np.floating]) -> tuple[float, float]:
    """Shares of both above the cut that separates them best."""
    if not len(outside):
        return 1.0, 0.0
    cuts = np.unique(inside)
    of_these = 1 - np.searchsorted(np.sort(inside), cuts) / len(inside)
    of_rest = 1 - np.searchsorted(np.sort(outside), cuts) / len(outside)
    best = int(np.argmax(of_these - of_rest))
    return float(of_these[best]), float(of_rest[best])


def _distinct(found: list[list[Name]], groups: Sequence[NDArray[np.int64]]) -> list[list[Name]]:
    """Makes first names unique: the group that a name distinguishes best keeps it."""
    order = sorted(
        range(len(found)),
        key=lambda group: (
            -(found[group][0].of_these - found[group][0].of_rest) if found[group] else 0
        ),
    )
    taken: Collection[str] = set()
    result: list[list[Name]] = [[] for _ in groups]
    for group in order:
        names = found[group]
        free = [name for name in names if _stem(name.text) not in taken]
        # In a small library every group stands out by something, however wrong: grass must not become a dog.
        if free and free[0].is_likely:
            taken = {*taken, _stem(free[0].text)}
            result[group] = free[:_KEPT]
    return result


def _stem(text: str) -> str:
    """Singular and plural are one name."""
    return text.casefold().removesuffix("s")
