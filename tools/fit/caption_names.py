"""Names of themes, judged by captions: libraries of captioned photos that the starter was not fitted on.

`python -m tools.fit.caption_names --data DIR --wordnet DIR` (Debian's package `wordnet-base`). Half of the photos of
`captioned` and `multilabel` make a library, in six draws. A photo is named
rightly if two of its five captions say the name of the narrowest album that holds it, or a word that WordNet has below
it. The first run encodes the word bank (minutes).
"""

from __future__ import annotations

import argparse
import functools
import itertools
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.candidates import Shipped
from benchmarks.data import captioned
from photosort.albums.naming import name_groups, words_alone
from photosort.albums.themes import find_themes, joined_by_word
from photosort.embed.load import STARTER, load_encoder
from photosort.usecases.albums.name_vocabulary import bank_of
from tools.fit.name_vocabulary import WordNet

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.albums.naming import Name, WordBank
    from photosort.domain.encoders import Encoder

_SEEDS = 3
_SAID_BY = 0.4
# Nouns are taken in their two commonest senses.
_SENSES = 2
_ENDINGS = (
    ("ies", "y"),
    ("ses", "s"),
    ("xes", "x"),
    ("ches", "ch"),
    ("shes", "sh"),
    ("men", "man"),
    ("s", ""),
)


@dataclass(frozen=True, slots=True)
class Library:
    """Some photos, with the albums that the product would make of them.

    Attributes:
        photos: places in the list of all photos.
        groups: rows of each album, in `photos`.
        names: of each album.
    """

    photos: NDArray[np.int64]
    groups: list[NDArray[np.int64]]
    names: list[list[Name]]


class Captions:
    """What captions say of each photo."""

    def __init__(self, wordnet: WordNet, captions: Sequence[Sequence[str]]) -> None:
        self._wordnet = wordnet
        self._counts = [len(own) for own in captions]
        self._said: list[Counter[str]] = []
        for own in captions:
            said: Counter[str] = Counter()
            for caption in own:
                said.update(self._meant(caption))
            self._said.append(said)

    @functools.cache  # noqa: B019 -- one of them, for one run
    def shows(self, word: str) -> NDArray[np.bool_]:
        """Whether enough captions of each photo say a word, or one for something that it is a sort of."""
        word = word.lower()
        wanted = {word, self._lemma(word), *self._senses(word)}
        if word.endswith("ing"):
            wanted |= {word[:-3] + ending for ending in ("", "s", "er", "ers", "ed", "e")}
        return np.array(
            [
                max(said[one] for one in wanted) >= _SAID_BY * count
                for said, count in zip(self._said, self._counts, strict=True)
            ]
        )

    def _meant(self, caption: str) -> set[str]:
        """The words of a caption, and the synsets that they and their sorts stand for."""
        words = re.findall(r"[a-z][a-z'-]*", caption.lower())
        pairs = [f"{one} {self._lemma(two)}" for one, two in itertools.pairwise(words)]
        single = {way for word in words for way in (word, self._lemma(word))}
        said = single | {pair for pair in pairs if self._wordnet.senses(pair)}
        return said.union(*(self._above(word) for word in said))

    @functools.cache  # noqa: B019
    def _above(self, word: str) -> frozenset[str]:
        senses = self._senses(word)
        return frozenset(senses).union(*(self._wordnet.levels_above(one) for one in senses))

    def _senses(self, word: str) -> list[str]:
        return (self._wordnet.senses(word) or self._wordnet.senses(self._lemma(word)))[:_SENSES]

    @functools.cache  # noqa: B019
    def _lemma(self, word: str) -> str:
        ways = (word.removesuffix(end) + own for end, own in _ENDINGS if word.endswith(end))
        return (
            word if self._wordnet.senses(word) else next(filter(self._wordnet.senses, ways), word)
        )


def libraries(
    paths: Sequence[Path], captions: Sequence[Sequence[str]], encoder: Encoder
) -> Iterator[Library]:
    """Draws halves and makes the albums."""
    shipped = Shipped()
    bank = bank_of(encoder)
    for seed in range(_SEEDS):
        order = np.random.default_rng(seed).permutation(len(paths))
        for half in (order[::2], order[1::2]):
            own = np.sort(half)
            yield _library(shipped, [paths[place] for place in own], own, bank)


def _library(
    shipped: Shipped, paths: Sequence[Path], photos: NDArray[np.int64], bank: WordBank
) -> Library:
    semantic = np.asarray(shipped.gallery(paths), np.float32)
    themes = find_themes(np.asarray(shipped.visual(paths), np.float32), semantic)
    groups = [theme.rows for theme in themes]
    words = words_alone(semantic, groups, bank)
    groups, parents = joined_by_word(groups, [theme.parent for theme in themes], words)
    holders = [-1 if parent is None else parent for parent in parents]
    return Library(photos, groups, name_groups(semantic, groups, bank, holders=holders))


def report(data: Path, wordnet: Path) -> dict[str, float]:
    """Measures, prints, and returns the figures."""
    sets = [captioned(data / "captioned"), captioned(data / "multilabel")]
    paths = [path for one in sets for path in one.paths]
    captions = [
        [one.captions[row] for row in np.flatnonzero(one.photo == place)]
        for one in sets
        for place in range(len(one.paths))
    ]
    judge = Captions(WordNet(wordnet), captions)
    with tempfile.TemporaryDirectory() as models:
        encoder = load_encoder(STARTER, models_dir=Path(models))
    right: list[float] = []
    wrong: list[float] = []
    told_apart: list[float] = []
    for library in libraries(paths, captions, encoder):
        # What a narrower album says counts: it comes later.
        state = np.zeros(len(library.photos), np.int64)
        for rows, names in zip(library.groups, library.names, strict=True):
            if names:
                shows = judge.shows(names[0].text)[library.photos]
                state[rows] = np.where(shows[rows], 1, -1)
                told_apart.append(shows[rows].mean() - np.delete(shows, rows).mean())
                print(f"    {len(rows):3} {told_apart[-1]:5.2f} {names[0].text}")
        right.append(float((state > 0).mean()))
        wrong.append(float((state < 0).mean()))
    figures = {
        "right": float(np.mean(right)),
        "wrong": float(np.mean(wrong)),
        "told_apart": float(np.mean(told_apart)),
        "albums": float(len(told_apart)),
    }
    print(
        f"photos in an album whose name their captions say: {figures['right']:.3f}; in one whose name they do not say:"
        f" {figures['wrong']:.3f}; share of an album's photos that say its name, less that of the others:"
        f" {figures['told_apart']:.3f}; {len(told_apart)} named albums in {len(right)} libraries"
    )
    return figures


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--wordnet", type=Path, required=True, help="folder of data.noun")
    given = parser.parse_args()
    report(given.data, given.wordnet)


if __name__ == "__main__":
    main()
