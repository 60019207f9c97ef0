"""Makes the word bank that albums are named from, and its vectors for the starter encoder.

`python -m tools.fit.name_vocabulary --wordnet /usr/share/wordnet` (Debian's package `wordnet-base`) needs the package
`wordfreq` besides. The words are the nouns of WordNet of which ImageNet has pictures, so they can be seen; people,
Latin names and rare words are left out, people because the bank is full of what nobody wants to be called. So are
compounds that are not what their last word says ("alligator grass" is read as an alligator by a text model).
It writes `resources/albums/words.txt` and `resources/starter/words.npz`; run it after every change of the starter or
of the vocabulary.
"""

from __future__ import annotations

import argparse
import functools
import re
import tempfile
from collections.abc import Callable, Collection, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import yaml

from photosort.albums.words import quantised
from photosort.embed.load import STARTER, load_encoder
from photosort.tagging.vocabulary import load_vocabulary
from photosort.threads.lanes import cores
from photosort.usecases.albums.name_vocabulary import (
    SHIPPED_VECTORS,
    WORDS,
    is_nameable,
    read_words,
    texts_hash,
    word_vectors,
)
from photosort.usecases.models.vocabulary_vectors import shipped_files

# WordNet's own numbers (version 3.0).
_PERSON, _ANIMAL, _PLANT = "n00007846", "n00015388", "n00017222"
_RAREST = 2.0
# What people call a thing is a tag that is so much more common (log10), or its word is the tag's.
_MORE_COMMON = 1.5
_COMMON_ENOUGH = 3.5
_LEAST_DEPTH = 5
_KNOWN = yaml.safe_load((Path(__file__).parent / "name_vocabulary.yaml").read_text("utf-8"))
_SORTS, _SAY_NOTHING, _COLLECTIONS = (
    frozenset(_KNOWN[name]) for name in ("sorts", "say_nothing", "collections")
)


class WordNet:
    """The nouns of WordNet, from the files of Debian's package."""

    def __init__(self, folder: Path) -> None:
        self.lemmas: dict[str, list[str]] = {}
        self._above: dict[str, list[str]] = {}
        self._senses: dict[str, list[str]] = {}
        for line in _entries(folder / "data.noun"):
            head = line.split("|")[0].split()
            synset, count = f"n{head[0]}", int(head[3], 16)
            self.lemmas[synset] = [head[4 + 2 * i].replace("_", " ") for i in range(count)]
            pointers = head[5 + 2 * count :]
            self._above[synset] = [
                f"n{pointers[i + 1]}"
                for i in range(0, len(pointers) - 3, 4)
                if pointers[i] in {"@", "@i"}
            ]
        for line in _entries(folder / "index.noun"):
            parts = line.split()
            self._senses[parts[0].replace("_", " ")] = [f"n{n}" for n in parts[-int(parts[2]) :]]

    def levels_above(self, synset: str) -> list[str]:
        """All synsets above one, the nearest first."""
        found: dict[str, None] = {}
        level = [synset]
        while level:
            level = [up for one in level for up in self._above.get(one, ()) if up not in found]
            found.update(dict.fromkeys(level))
        return list(found)

    @functools.cache  # noqa: B019 -- one of them, for one run
    def depth(self, synset: str) -> int:
        """Steps to the root, by the shortest way."""
        above = self._above.get(synset, ())
        return 1 + min(map(self.depth, above)) if above else 0

    def commonest(self, word: str, among: list[str]) -> str:
        """The sense of a word that people mean most often."""
        return next((one for one in self.senses(word) if one in among), among[0])

    def senses(self, word: str) -> list[str]:
        """What a word can mean, the commonest first."""
        return self._senses.get(word.lower(), [])


def make(wordnet: WordNet, tags: Collection[str]) -> list[str]:
    """The lines of the word file: word, how common, the sorts it is one of, what people call it if that is another."""
    common = functools.cache(lambda word: import_module("wordfreq").zipf_frequency(word, "en"))
    spec = find_spec("timm")  # not imported: the list is all that is wanted
    folder = Path(str(spec.origin if spec else "")).parent / "data" / "_info"
    pictured = (folder / "imagenet22k_synsets.txt").read_text("utf-8").split()
    meant = {word: wordnet.commonest(word, of) for word, of in _words(wordnet, pictured).items()}
    tag_of: dict[str, str] = {}
    for tag in sorted(tags):
        found = wordnet.senses(tag) or wordnet.senses(tag.removesuffix("s"))
        tag_of |= {synset: tag for synset in found[:1] if synset not in tag_of}
    names = {tag.casefold() for tag in tags}
    everyday = _Everyday(wordnet, tag_of, common)

    @functools.cache
    def sort(synset: str) -> str | None:
        known = [word for word in wordnet.lemmas[synset] if word in _SORTS]
        return tag_of.get(synset, known[0] if known else None)

    sorts_of = {word: wordnet.levels_above(synset) for word, synset in meant.items()}
    fields = {}
    for word, synset in sorted(meant.items()):
        is_tag = word.casefold() in names
        parts = re.split("[ -]", word)
        lemmas = {lemma for one in sorts_of[word] for lemma in wordnet.lemmas[one]}
        is_opaque = len(parts) > 1 and parts[-1] not in lemmas
        if common(word) < _RAREST or ((is_opaque or word in _SAY_NOTHING) and not is_tag):
            continue
        kinds = dict.fromkeys(
            kind for one in sorts_of[word] if (kind := sort(one)) not in {None, word}
        )
        called = everyday.of(word, synset, is_tag=is_tag)
        fields[word] = f"{common(word):.2f}", "|".join(map(str, kinds)), called
    return [
        "\t".join([word, often, kinds, _last(called, fields)]).rstrip("\t")
        for word, (often, kinds, called) in fields.items()
    ]


def _last(called: str, fields: Mapping[str, tuple[str, str, str]]) -> str:
    """A husky is a sled dog, which is a dog."""
    above = fields[called][2] if called in fields else ""
    return _last(above, fields) if above else called


def _words(wordnet: WordNet, pictured: Sequence[str]) -> dict[str, list[str]]:
    """The words for what ImageNet has pictures of, with the synsets of each."""
    found: dict[str, list[str]] = {}
    for synset in pictured:
        above = {synset, *wordnet.levels_above(synset)}
        if _PERSON in above:
            continue
        is_alive = bool(above & {_ANIMAL, _PLANT})
        for place, word in enumerate(wordnet.lemmas[synset]):
            parts = word.split()
            is_latin = word != word.lower() and (len(parts) < 2 or (is_alive and place > 0))
            # "Cat's-tail" is a plant, whatever its letters say to a text model.
            has_signs = any(c.isdigit() or c == "'" for c in word)
            if len(word) > 2 and parts[-1].islower() and not has_signs and not is_latin:
                found.setdefault(word, []).append(synset)
    return found


class _Everyday:
    """What people call a thing: the basic level of Rosch et al. 1976, by how common words are."""

    def __init__(
        self, wordnet: WordNet, tag_of: Mapping[str, str], common: Callable[[str], float]
    ) -> None:
        self._wordnet, self._tag_of, self._common = wordnet, tag_of, common

    def of(self, word: str, synset: str, *, is_tag: bool) -> str:
        """The tag that a thing is called by rather than by its own word ("dog" for a border collie), else ""."""
        is_compound = " " in word or "-" in word
        common = self._common(word)
        if common >= _COMMON_ENOUGH and not is_compound and is_tag:
            return ""
        same = self._tag_of.get(synset, word)
        if not is_tag and same != word and same not in _COLLECTIONS and common < _COMMON_ENOUGH:
            return same
        # A compound is counted as common as its words, which it never is.
        least = common + _MORE_COMMON * (1 - is_compound)
        for above in self._wordnet.levels_above(synset):
            tag = self._tag_of.get(above, "")
            is_known = tag != "" and tag not in _COLLECTIONS
            is_common = is_known and self._common(tag) >= least
            if is_common and self._wordnet.depth(above) >= _LEAST_DEPTH:
                return tag
        return ""


def main() -> None:
    """Writes the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--wordnet", type=Path, help="folder of data.noun; none: encode the words as they are"
    )
    given = parser.parse_args()
    if given.wordnet is not None:
        WORDS.parent.mkdir(exist_ok=True)
        tags = {one.name for one in load_vocabulary(shipped_files()) if is_nameable(one)}
        WORDS.write_text("\n".join(make(WordNet(given.wordnet), tags)) + "\n", "utf-8")
    words = [word.text for word in read_words()]
    with tempfile.TemporaryDirectory() as models:
        encoder = load_encoder(STARTER, models_dir=Path(models), threads=cores())
    codes, scales = quantised(word_vectors(encoder, words))
    np.savez_compressed(
        SHIPPED_VECTORS,
        encoder=np.array(encoder.info.version),
        texts=np.array(texts_hash(words)),
        codes=codes,
        scales=scales,
    )
    print(f"{len(words):,} words -> {SHIPPED_VECTORS}")


def _entries(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").splitlines() if not line.startswith("  ")]


if __name__ == "__main__":
    main()
