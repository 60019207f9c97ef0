"""Short queries made from captions, and the judge that says by captions which photos answer a query.

A caption's noun phrases are found without a parser: what stands between a word like "a" or "two" and the first noun
after it. Nouns are the single words of `resources/albums/words.txt`.

The judge: a photo is right for a noun if one of its captions says it, and for a query with an attribute if its captions
say both. The attribute of a phrase is the words before its noun ("black and white" of "a black and white dog"); of a
sentence it is that of its first phrase, else the first word after the noun that means something ("dog" and "running" of
"a dog running on sand"). Words are compared without their endings. Words for people stand for each other as in
`_KINDS`: a photo of "two men" is right for "people".
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from photosort.search.lexical import meaningful
from photosort.usecases.albums.name_vocabulary import read_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BEFORE = _words(
    "a an the two three four five six several some many his her their its this that these those one another"
)
_GROUPS = _words("group pair couple pack crowd bunch team line number lot variety set")
# Words that are nouns, too, but not where they stand before one or where captions use them as something else.
_NO_NOUNS = _words(
    "black white red blue green yellow brown orange pink purple gray grey tan gold golden silver blond blonde"
    " dark light young old little small large big tall long short high low older younger wet dry hot cold"
    " bright many several few other each another one two three four five front back top bottom side middle edge"
    " left right end way air down up out in on off over under look looks stand sit sits run walk jump play hold"
    " watch wear ride climb swim catch kick throw pose smile race leap laugh fall dive push pull being is are"
    " has have does while something someone drink open slide step paint spray spot shot match push stunt"
    " picture"
)
# The albums' words leave people out.
_PEOPLE = _words(
    "boy girl woman child person player skateboarder skier surfer lady toddler couple family friend rider"
    " cyclist student worker hiker dancer swimmer snowboarder singer musician officer soldier bicyclist"
    " motorcyclist biker cheerleader building painting clothing ceiling"
)
_PLURALS = {
    "men": "man",
    "women": "woman",
    "children": "child",
    "people": "people",
    "mice": "mouse",
    "feet": "foot",
}
_MAN = ("guy", "gentleman", "male", "boy", "fisherman", "cowboy")
_WOMAN = ("lady", "female", "girl", "mother")
_CHILD = ("kid", "boy", "girl", "toddler", "baby", "infant")
_PERSON = _words(
    "man woman child player rider climber biker skier surfer skateboarder cyclist runner hiker swimmer dancer worker"
    " couple person people crowd family snowboarder bicyclist motorcyclist team adult friend student"
)
_KINDS = {
    "man": ("man", *_MAN),
    "guy": ("man", *_MAN),
    "woman": ("woman", *_WOMAN),
    "lady": ("woman", *_WOMAN),
    "child": ("child", *_CHILD),
    "kid": ("child", *_CHILD),
    "person": (*_PERSON, *_MAN, *_WOMAN, *_CHILD),
    "people": (*_PERSON, *_MAN, *_WOMAN, *_CHILD),
}
_MOST_BEFORE = 4
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, and by which words of captions it is judged.

    Attributes:
        text: what is searched for.
        noun: stem of its head noun.
        attributes: stems of words that must be said as well.
    """

    text: str
    noun: str
    attributes: tuple[str, ...] = ()


@functools.cache
def stem(word: str) -> str:
    """A word without its ending: "running" and "runs" are "run", "men" is "man"."""
    if word in _PLURALS:
        return _PLURALS[word]
    for ending, least in (("ies", 3), ("ing", 3), ("ed", 3), ("es", 3), ("s", 2)):
        if word.endswith(ending) and len(word) - len(ending) >= least and not word.endswith("ss"):
            cut = word[: -len(ending)]
            if ending == "ies":
                return cut + "y"
            if ending in {"ing", "ed"} and cut[-1] == cut[-2] and cut[-1] not in "lsz":
                return cut[:-1]
            if ending == "es" and not cut.endswith(("s", "x", "ch", "sh", "z")):
                cut += "e"
            return cut.removesuffix("e")
    return word.removesuffix("e") if len(word) > 3 else word


def phrases(caption: str) -> list[Asked]:
    """The noun phrases of a caption, in their order, without their articles: "black dog", "sand"."""
    words = _WORD.findall(caption.lower())
    found: list[Asked] = []
    place = 0
    while place < len(words):
        if (
            place
            and words[place] not in _BEFORE
            and words[place - 1] not in {"in", "on", "of", "with"}
        ):
            place += 1
            continue
        while place < len(words) and words[place] in _BEFORE:
            place += 1
        head = _head(words, place)
        if head is None:
            place += 1
            continue
        if words[head] in _GROUPS and words[head + 1 : head + 2] == ["of"]:
            place = head + 2
            found += phrases(" ".join(words[place:]))
            return found
        before = [word for word in words[place:head] if word not in _BEFORE]
        attributes = tuple(stem(word) for word in before if word != "and")
        found.append(Asked(" ".join([*before, words[head]]), stem(words[head]), attributes))
        place = head + 1
    return found


def _head(words: Sequence[str], start: int) -> int | None:
    """Place of the noun of the phrase that begins at `start`."""
    for place in range(start, min(start + _MOST_BEFORE, len(words))):
        if words[place] in _BEFORE or words[place] == "of":
            return None
        if not _is_noun(words[place]):
            continue
        following = words[place + 1 : place + 2]
        # "football players" and "soccer ball" go on; "dogs run" and "dog jumps" do not.
        goes_on = bool(following) and _is_noun(following[0])
        plural = words[place].endswith("s") or (goes_on and following[0].endswith("s"))
        return place + 1 if goes_on and not plural else place
    return None


@functools.cache
def _nouns() -> frozenset[str]:
    return _PEOPLE | {word.text.lower() for word in read_words() if " " not in word.text}


def _is_noun(word: str) -> bool:
    singular = _PLURALS.get(word, word.removesuffix("s"))
    if {word, singular} & _NO_NOUNS or len(word) < 3:
        return False
    if word.endswith("ing") and word not in _PEOPLE:
        return False
    return bool({word, singular, word.removesuffix("es")} & _nouns())


def sentence(caption: str) -> Asked | None:
    """A caption as a query; None where its first phrase cannot be told."""
    parts = phrases(caption)
    if not parts:
        return None
    noun, attributes = parts[0].noun, parts[0].attributes
    words = [word for word in _WORD.findall(meaningful(caption.lower())) if len(word) > 2]
    if not attributes:
        stems = [stem(word) for word in words]
        after = stems[stems.index(noun) + 1 :] if noun in stems else []
        attributes = tuple(after[:1])
    return Asked(caption.rstrip(" ."), noun, attributes)


class Judge:
    """What the captions of some photos say."""

    def __init__(self, captions: Sequence[Sequence[str]]) -> None:
        """Takes the captions of each photo."""
        self._said: dict[str, NDArray[np.bool_]] = {}
        self._named: dict[str, NDArray[np.bool_]] = {}
        self._count = len(captions)
        for photo, own in enumerate(captions):
            for word in set(_WORD.findall(" ".join(own).lower())):
                mask = self._said.setdefault(stem(word), np.zeros(self._count, np.bool_))
                mask[photo] = True

    def names(self, noun: str) -> NDArray[np.bool_]:
        """Which photos' captions say a noun (its stem): bool array, shape (photos,)."""
        if noun not in self._named:
            nobody = np.zeros(self._count, np.bool_)
            ways = (noun, *(stem(word) for word in _KINDS.get(noun, ())))
            self._named[noun] = np.logical_or.reduce([self._said.get(way, nobody) for way in ways])
        return self._named[noun]

    def right(self, asked: Asked) -> NDArray[np.bool_]:
        """Which photos answer a query: bool array, shape (photos,)."""
        words = (asked.noun, *asked.attributes)
        right: NDArray[np.bool_] = np.logical_and.reduce([self.names(word) for word in words])
        return right
