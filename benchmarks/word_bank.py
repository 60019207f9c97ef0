"""Makes the word bank that albums are named from, and its vectors for the starter encoder.

`python -m benchmarks.word_bank --wordnet /usr/share/wordnet` (Debian's package `wordnet-base`) needs the package
`wordfreq` besides. The words are the nouns of WordNet of which ImageNet has pictures, so they can be seen; people,
Latin names and rare words are left out, people because the bank is full of what nobody wants to be called.
It writes `resources/albums/words.txt` and `resources/starter/words.npz`; run it after every change of the starter.
"""

from __future__ import annotations

import argparse
import functools
import tempfile
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from photosort.albums.words import quantised
from photosort.embed.load import STARTER, load_encoder
from photosort.lanes import cores
from photosort.library.word_bank import SHIPPED_VECTORS, WORDS, read_words, texts_hash, word_vectors

# WordNet's own numbers (version 3.0).
_PERSON, _ANIMAL, _PLANT = "n00007846", "n00015388", "n00017222"
_RAREST = 2.0
# Sorts nearer the root than this say nothing ("artefact"), and these neither.
_LEAST_DEPTH = 6
_SAY_NOTHING = frozenset({
    "device", "instrument", "container", "equipment", "machine", "apparatus", "transport", "product", "food",
    "vertebrate", "arthropod", "invertebrate", "arrangement",
})  # fmt: skip


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
        return next((one for one in self._senses.get(word.lower(), ()) if one in among), among[0])


def make(wordnet: WordNet) -> list[str]:
    """The lines of the word file: word, how common, the sorts it is one of."""
    common = functools.cache(lambda word: import_module("wordfreq").zipf_frequency(word, "en"))
    spec = find_spec("timm")  # not imported: the list is all that is wanted
    folder = Path(str(spec.origin if spec else "")).parent / "data" / "_info"
    senses: dict[str, list[str]] = {}
    for synset in (folder / "imagenet22k_synsets.txt").read_text("utf-8").split():
        above = {synset, *wordnet.levels_above(synset)}
        if _PERSON in above:
            continue
        is_alive = bool(above & {_ANIMAL, _PLANT})
        for place, word in enumerate(wordnet.lemmas[synset]):
            parts = word.split()
            is_latin = word != word.lower() and (len(parts) < 2 or (is_alive and place > 0))
            # "Cat's-tail" is a plant, whatever its letters say to a text model.
            has_signs = any(c.isdigit() or c == "'" for c in word)
            is_plain = len(word) > 2 and parts[-1].islower() and not has_signs
            if is_plain and not is_latin and common(word) >= _RAREST:
                senses.setdefault(word, []).append(synset)

    @functools.cache
    def sort(synset: str) -> str | None:
        known = [w for w in wordnet.lemmas[synset] if w == w.lower() and common(w) >= _RAREST]
        place = wordnet.lemmas[synset].index
        return max(known, key=lambda w: common(w) - 0.6 * place(w) - (" " in w), default=None)

    lines = []
    for word, synsets in sorted(senses.items()):
        sorts = wordnet.levels_above(wordnet.commonest(word, synsets))
        kinds = dict.fromkeys(sort(one) for one in sorts if wordnet.depth(one) >= _LEAST_DEPTH)
        shown = [kind for kind in kinds if kind and kind != word and kind not in _SAY_NOTHING]
        lines.append(f"{word}\t{common(word):.2f}\t{'|'.join(shown)}")
    return lines


def main() -> None:
    """Writes the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--wordnet", type=Path, help="folder of data.noun; none: encode the words as they are"
    )
    given = parser.parse_args()
    if given.wordnet is not None:
        WORDS.parent.mkdir(exist_ok=True)
        WORDS.write_text("\n".join(make(WordNet(given.wordnet))) + "\n", "utf-8")
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
