"""Translates descriptions that the encoder cannot read."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from photosort.search.languages import language_of
from photosort.search.lexical import meaningful
from photosort.tagging import lexicon

# Joiner, variation selector and skin tones; letters of flags.
_JOINS = {"\u200d", "\ufe0f", *map(chr, range(0x1F3FB, 0x1F400))}
_LETTERS = {*map(chr, range(0x1F1E6, 0x1F200))}
_LONGEST = 4  # words that are looked up together


@dataclass(frozen=True, slots=True)
class Note:
    """How a description was understood.

    Attributes:
        said: the words as they were typed.
        meant: what the encoder was asked instead; "" when it was asked nothing else.
        language: code of a language that the encoder does not read; "" for none.
        unknown: the field ("tag", "place") of which the library has no `said`; "" for none.
        says_nothing: the words mean nothing by themselves ("of the", one letter), so they cannot be seen.
        near: names that it has and that are spelled like `said`, the nearest first.
    """

    said: str
    meant: str = ""
    language: str = ""
    unknown: str = ""
    says_nothing: bool = False
    near: tuple[str, ...] = ()


def translate_query(
    text: str, languages: Sequence[str], is_tag: Callable[[str], bool]
) -> tuple[str, Note | None]:
    """A description as the encoder reads it best.

    Names of tags in German, French, Spanish, Italian and Portuguese are known to every encoder that reads
    English, and so are the names of emoji; other words stay as they are.

    Args:
        text: the description.
        languages: codes of what the encoder reads.
        is_tag: whether a word is the English name or another name of a tag.

    Returns:
        What to ask the encoder, and what there is to say about it.
    """
    if "en" not in languages or set(lexicon.LANGUAGES) <= set(languages):
        return text, None
    asked, language = spelled_out(text), language_of(text)
    meant = None if language in languages else _translated(asked, language, is_tag)
    if meant is not None or asked != text:
        return meant or asked, Note(text, meant=meant or asked)
    if language is None or language in languages:
        return text, None
    return text, Note(text, language=language)


def spelled_out(text: str) -> str:
    """A text with its emoji as words: their names in Unicode; what joins them and changes their look is left out."""
    if not any(map(_is_emoji, text)):
        return text
    parts = (
        f" {unicodedata.name(one, '').lower()} " if _is_emoji(one) else "" if one in _JOINS else one
        for one in text
    )
    return " ".join("".join(parts).split())


def _is_emoji(character: str) -> bool:
    return unicodedata.category(character) == "So" and "\u2600" <= character not in _LETTERS


def _translated(text: str, language: str | None, is_tag: Callable[[str], bool]) -> str | None:
    """The text with the words of the lexicon in English; None where it has none of them."""
    if is_tag(text):
        return None
    prefer = language if language in lexicon.LANGUAGES else ""
    whole = lexicon.translate(text, prefer=prefer)
    # A single word is taken only as a whole; of several, the language must be plain.
    if whole is not None or not prefer:
        return whole
    words = meaningful(text).split()
    found: list[str] = []
    at, any_known = 0, False
    while at < len(words):
        for count in range(min(_LONGEST, len(words) - at), 0, -1):
            tag = lexicon.translate(" ".join(words[at : at + count]), prefer=prefer)
            if tag is not None:
                found.append(tag)
                at, any_known = at + count, True
                break
        else:
            found.append(words[at])
            at += 1
    return " ".join(found) if any_known else None
