"""The names of the most frequent tags in five other languages, for completion and for encoders that read English only."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import NamedTuple

import yaml

from photosort.paths import resources

LANGUAGES = ("de", "fr", "es", "it", "pt")

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Meaning(NamedTuple):
    """A word of another language and the tag that it means."""

    word: str
    tag: str


def translate(word: str, *, prefer: str = "") -> str | None:
    """The name of the tag that a word of another language means, or None.

    Case does not matter, and accents only where two words differ by nothing else ("bebe" finds "bebé"). A word
    that is itself the name or an alias of a tag is for the caller to look up first: "chat" is English too.

    Args:
        word: what the user typed.
        prefer: code of the language to ask first, where a word means different things in two of them.
    """
    for fold in (str.casefold, _plain):
        wanted = fold(" ".join(word.split()))
        for language in _in_order(prefer):
            found = _meanings(language, plain=fold is _plain).get(wanted)
            if found is not None:
                return found.tag
    return None


def of_keyword(word: str) -> str | None:
    """The name of the tag that a keyword of a file means in another language, or None where that is not plain.

    Nobody is asked, so it must be: "Hund" means "dog", but "mare" is an English word as well as the Italian sea, and
    "riso" is rice or laughter. Accents count. English words and names of tags are for the caller to look up first.
    """
    wanted = " ".join(word.split()).casefold()
    found = {
        meaning.tag
        for language in LANGUAGES
        if (meaning := _meanings(language, plain=False).get(wanted)) is not None
    }
    if len(found) != 1 or wanted in _english():
        return None
    return found.pop()


def completions(beginning: str, *, prefer: str = "", limit: int = 10) -> list[Meaning]:
    """Words that begin so, with their tags: those of the preferred language first, each tag once."""
    wanted = _plain(" ".join(beginning.split()))
    found: dict[str, Meaning] = {}
    if not wanted:
        return []
    for language in _in_order(prefer):
        for plain, meaning in _meanings(language, plain=True).items():
            if plain.startswith(wanted):
                found.setdefault(meaning.tag, meaning)
    return list(found.values())[:limit]


def names(tag: str, language: str) -> tuple[str, ...]:
    """The words of a language for a tag, the usual one first; empty where there is none."""
    return _names(language).get(tag.casefold(), ())


def _in_order(prefer: str) -> list[str]:
    return sorted(LANGUAGES, key=lambda language: language != prefer)


@cache
def _english() -> frozenset[str]:
    """English words, of the list that albums are named from."""
    lines = (resources() / "albums" / "words.txt").read_text("utf-8").splitlines()
    return frozenset(line.split("\t", 1)[0].casefold() for line in lines)


def _plain(text: str) -> str:
    """Case-folded and without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


@cache
def _entries(language: str) -> dict[str, list[str]]:
    """Tag to its words, as the file has them."""
    text = (resources() / "vocabulary" / f"names_{language}.yaml").read_text("utf-8")
    read: dict[str, list[str]] = yaml.load(text, Loader=_LOADER)
    return read


@cache
def _names(language: str) -> dict[str, tuple[str, ...]]:
    if language not in LANGUAGES:
        return {}
    return {tag.casefold(): tuple(words) for tag, words in _entries(language).items()}


@cache
def _meanings(language: str, *, plain: bool) -> dict[str, Meaning]:
    fold = _plain if plain else str.casefold
    found: dict[str, Meaning] = {}
    for tag, words in _entries(language).items():
        for word in words:
            found.setdefault(fold(word), Meaning(word, tag))
    return found
