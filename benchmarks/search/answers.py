"""What a search answers: the right photo in sight, among the good matches, or denied; by captions and short queries.

Queries are captions, and the nouns and noun phrases in them (`benchmarks/search/phrases.py`, which also says by captions
which photos are right). A library is drawn from the photos of one or more sets; some things are left out of it on
purpose. A query is *present* if its own photo is in the library (a caption) or a caption there names its noun, and
*absent* if no caption there names its noun.

The 1,000 photos of `captioned_more` that `judged` names are fitted on by nobody.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from sklearn.metrics import roc_auc_score

from benchmarks.data import captioned, held_back
from benchmarks.search.phrases import Asked, Judge, phrases, sentence
from benchmarks.search.scene import Measured, photos
from benchmarks.vectors import cached
from photosort.search.centring import centred, photo_centre
from photosort.search.cutoff import (
    ABSENT,
    ESTIMATED,
    STRONG,
    Background,
    background,
    matches,
    most_possible,
    offset_of,
    presence,
    probability,
    spread_over_reference,
)
from photosort.usecases.search.query_vectors import clause_vectors

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from photosort.domain.encoders import Cut, Encoder

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float32]

KINDS = ("noun", "phrase", "sentence")
_LEAST_SAID = 6
_LEAST_SAID_PHRASE = 4
_LONGEST_PHRASE = 4
# Of the nouns one in so many is left out of a library, unless more photos than this show it.
_LEFT_OUT = 8
_TOO_COMMON = 0.03
_SHORT_SHARE = 0.5
_MOST_SENTENCES = 400


class Query(NamedTuple):
    """Something to search for.

    Attributes:
        kind: of `KINDS`.
        own: the photo whose caption it is, or -1.
    """

    asked: Asked
    kind: str
    own: int


@dataclass(frozen=True, slots=True)
class Case:
    """One query in one library; arrays have the library's order.

    Attributes:
        right: bool array, by captions.
        own: place of the query's own photo, or -1.
        unseen: bool array, photos that the encoder was not fitted on.
    """

    kind: str
    words: int
    is_present: bool
    scores: Floats
    base: Background
    offset: float
    spread: float
    right: NDArray[np.bool_]
    own: int
    unseen: NDArray[np.bool_]


class World:
    """All photos that libraries are drawn from, and all queries."""

    def __init__(self, encoder: Encoder, data: Path, captions_each: int) -> None:
        """Reads sets and encodes what is missing; of each photo so many captions are queries."""
        self.encoder = encoder
        sets = [captioned(data / name) for name in ("captioned", "multilabel", "captioned_more")]
        self.vectors = np.concatenate([photos(encoder, one.paths) for one in sets])
        sizes = [len(one.paths) for one in sets]
        self.captions: list[list[str]] = [[] for _ in range(sum(sizes))]
        for first, one in zip(np.cumsum([0, *sizes]), sets, strict=False):
            for text, photo in zip(one.captions, one.photo, strict=True):
                self.captions[first + photo].append(text)
        more = sizes[0] + sizes[1]
        self.judged = more + held_back(sets[2])
        self.fitting = np.arange(more)
        self.others = np.setdiff1d(np.arange(more, sum(sizes)), self.judged)
        self.judge = Judge(self.captions)
        self.queries = self._queries(captions_each)
        texts = [one.asked.text for one in self.queries]
        key = ["asked", encoder.info.version, *texts]
        self.texts = cached(key, lambda: {"vectors": clause_vectors(encoder, texts)})["vectors"]
        known = encoder.references.search_offsets
        self.offsets = [
            offset_of(vector, len(text.split()), known)
            for vector, text in zip(self.texts, texts, strict=True)
        ]

    def _queries(self, captions_each: int) -> list[Query]:
        rng = np.random.default_rng(5)
        found = []
        for photo in [*self.fitting.tolist(), *self.judged.tolist()]:
            own = self.captions[photo]
            for place in rng.permutation(len(own))[:captions_each]:
                asked = sentence(own[place])
                if asked is not None:
                    found.append(Query(asked, "sentence", photo))
        said = [one for own in self.captions for text in own for one in phrases(text)]
        ways: dict[str, Counter[str]] = {}
        for one in said:
            ways.setdefault(one.noun, Counter())[one.text.split()[-1]] += 1
        for noun, counts in ways.items():
            if counts.total() >= _LEAST_SAID:
                found.append(Query(Asked(counts.most_common(1)[0][0], noun), "noun", -1))
        for one, count in Counter(said).items():
            short = len(one.text.split()) <= _LONGEST_PHRASE
            if one.attributes and short and count >= _LEAST_SAID_PHRASE:
                found.append(Query(one, "phrase", -1))
        return found

    def library(self, pool: Ints, size: int, seed: int, more: Ints | None = None) -> Iterator[Case]:
        """The queries that can be asked of one library, at random.

        Args:
            pool: photos that queries come from, which the encoder was not fitted on.
            size: photos of the library.
            seed: of all that is drawn.
            more: photos that fill it up.
        """
        rng = np.random.default_rng(seed)
        nouns = sorted({one.asked.noun for one in self.queries if one.kind == "noun"})
        rows = rng.permutation(pool)
        if more is not None:
            rows = np.concatenate([rows, rng.permutation(more)])
        for noun in rng.permutation(nouns)[: len(nouns) // _LEFT_OUT]:
            naming = self.judge.names(noun)
            if naming.mean() < _TOO_COMMON:
                rows = rows[~naming[rows]]
        rows = rows[:size]
        place = np.full(len(self.captions), -1)
        place[rows] = np.arange(len(rows))
        vectors = self.vectors[rows]
        references = self.encoder.references
        centre = photo_centre(vectors.mean(0), len(rows), references.photos["semantic"]).vector
        rows_centred = centred(vectors, centre)
        pools = np.zeros(len(self.captions), np.bool_)
        pools[pool] = True
        named_here = {
            noun: bool(self.judge.names(noun)[rows].any())
            for noun in {one.asked.noun for one in self.queries}
        }
        sentences = 0
        for number in rng.permutation(len(self.queries)):
            query = self.queries[number]
            named = named_here[query.asked.noun]
            if query.kind == "sentence":
                is_in = place[query.own] >= 0
                sentences += is_in
                if not pools[query.own] or (named and not is_in):
                    continue
                if is_in and sentences > _MOST_SENTENCES:
                    continue
            elif rng.random() > _SHORT_SHARE:
                continue
            right = self.judge.right(query.asked)[rows]
            if named and query.kind != "sentence" and not right.any():
                continue
            text = self.texts[number]
            scores = np.asarray(rows_centred @ text, np.float32)
            words = len(query.asked.text.split())
            yield Case(
                query.kind,
                words,
                named,
                scores,
                background(scores, text, references.covariance),
                self.offsets[number],
                spread_over_reference(text, references.covariance),
                right,
                int(place[query.own]) if query.kind == "sentence" else -1,
                pools[rows],
            )


class Answered(NamedTuple):
    """What a cut-off makes of a case: probabilities, and how probable it is that anything is there."""

    probabilities: Floats
    presence: float


def answered(case: Case, cut: Cut) -> Answered:
    """What the search answers."""
    found = matches(case.scores, case.base, case.offset, case.words, cut)
    shown = presence(case.scores, case.base, case.offset, case.words, cut, case.spread)
    return Answered(found, shown)


def by_one_logistic(case: Case, encoder: Encoder) -> Answered:
    """What it answers where no cut-off was fitted on retrieval; the best photo's probability stands for presence."""
    logistic = encoder.references.search or ESTIMATED
    found = probability(case.scores, case.base, logistic, case.offset)
    return Answered(found, float(found.max()))


def figures(
    cases: Sequence[Case], answers: Sequence[Answered], denied_below: float
) -> dict[str, float]:
    """What is promised of each kind of query; nothing is promised of a photo whose captions are silent."""
    found: dict[str, float] = {}
    for kind in KINDS:
        pairs = [(c, a) for c, a in zip(cases, answers, strict=True) if c.kind == kind]
        present = np.array([c.is_present for c, _ in pairs])
        shown = np.array([a.presence for _, a in pairs])
        good = [a.probabilities >= STRONG for _, a in pairs]
        some = [(c.right[g], g) for (c, _), g in zip(pairs, good, strict=True) if c.is_present]
        of_query = [float(right.mean()) for right, _ in some if len(right)]
        denied = (shown < denied_below) & np.array([not g.any() for g in good])
        all_right = np.concatenate([right for right, _ in some])
        found |= {
            f"{kind}: queries, present": float(present.sum()),
            f"{kind}: AUROC present against absent": float(roc_auc_score(present, shown)),
            f"{kind}: present that are denied": float(denied[present].mean()),
            f"{kind}: absent that are recognised": float(denied[~present].mean()),
            f"{kind}: precision of good matches": float(all_right.mean()),
            f"{kind}: precision, mean of queries": float(np.mean(of_query)),
            f"{kind}: present without a good match": float(np.mean([not g.any() for _, g in some])),
            f"{kind}: good matches, median": float(np.median([g.sum() for _, g in some])),
        }
        own = [(c, a) for c, a in pairs if c.own >= 0]
        if own:
            found |= _own(own)
    return found


def _own(pairs: Sequence[tuple[Case, Answered]]) -> dict[str, float]:
    ranks, counts, sizes = [], [], []
    for case, answer in pairs:
        ranks.append(int((answer.probabilities > answer.probabilities[case.own]).sum()))
        counts.append(int((answer.probabilities >= STRONG).sum()))
        sizes.append(len(case.scores))
    rank, good = np.array(ranks), np.array(counts)
    possible = np.array([most_possible(size) for size in sizes])
    return {
        "captions: right photo among the good": float((rank < good).mean()),
        "captions: right photo in sight": float((rank < good + possible).mean()),
        "captions: possible matches, median": float(np.median(np.minimum(possible, sizes - good))),
    }


def trade_off(cases: Sequence[Case], answers: Sequence[Answered]) -> list[tuple[float, float]]:
    """Shares of present sentences denied, and of absent ones recognised there."""
    pairs = [(c, a) for c, a in zip(cases, answers, strict=True) if c.kind == "sentence"]
    present = np.array([c.is_present for c, _ in pairs])
    shown = np.array([a.presence for _, a in pairs])
    levels = (0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5)
    return [
        (level, float((shown[~present] < np.quantile(shown[present], level)).mean()))
        for level in levels
    ]


SIZES = (200, 300, 1000)


def judged_cases(world: World) -> list[Case]:
    """Libraries of the judged photos."""
    return [
        case
        for size in SIZES
        for seed in range(2)
        for case in world.library(world.judged, size, 100 + seed)
    ]


def measure(encoder: Encoder, data: Path) -> dict[str, Measured]:
    """Figures on the judged photos; those of one logistic for all texts beside them."""
    world = World(encoder, data, captions_each=2)
    cases = judged_cases(world)
    cut = encoder.references.cut
    plain = figures(cases, [by_one_logistic(case, encoder) for case in cases], STRONG)
    if cut is None:
        raise SystemExit("The cut-off was not fitted for this encoder: run tools.fit.cutoff.")
    answers = [answered(case, cut) for case in cases]
    shown = figures(cases, answers, ABSENT)
    for denied, recognised in trade_off(cases, answers):
        shown[f"sentence: absent recognised where {denied:.0%} of present are denied"] = recognised
    asked = {
        "captions: right photo in sight": 0.9,
        "captions: right photo among the good": 0.65,
        "sentence: AUROC present against absent": 0.85,
        "noun: precision of good matches": 0.7,
        "sentence: precision of good matches": 0.6,
    }
    most = {"sentence: present that are denied": 0.05}
    return {
        name: Measured(
            value,
            asked.get(name),
            f"{plain[name]:.3f} by one logistic" if name in plain else "",
            most.get(name),
        )
        for name, value in shown.items()
    }
