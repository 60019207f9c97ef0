"""Offers a filter for a typed word that names a tag, album, place or person.

The field teaches itself this way: "lisbon 2022" is searched as words, and beside it stands, ready to be
taken, place:Lisbon on:2022.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from photosort.domain import photos
from photosort.domain.query import Field, Filter, Op
from photosort.search.query_language.library_names import folded
from photosort.search.query_language.spoken_dates import LONGEST as LONGEST_DATE
from photosort.search.query_language.spoken_dates import spoken_date
from photosort.search.query_language.tokenizer import Kind, Token, reads_as_word, tokens
from photosort.search.query_language.writer import term_text

if TYPE_CHECKING:
    from datetime import date

    from photosort.search.query_language.library_names import LibraryNames

# "photo" is left out: "photos of dogs" does not mean the kind.
_KINDS = {
    spelling: kind
    for kind in photos.Kind
    if kind is not photos.Kind.PHOTO
    for spelling in (kind.value, f"{kind.value}s")
}
_LONGEST = 8  # words that are looked up together
_WITHOUT = {"without", "no"}


@dataclass(frozen=True, slots=True)
class Ghost:
    """Words, and what the language would have for them.

    Attributes:
        start: index of the first character of the words.
        end: index after the last one.
        replacement: what to put there when it is accepted.
        label: what the ghost chip shows.
    """

    start: int
    end: int
    replacement: str
    label: str


def ghosts(text: str, vocabulary: LibraryNames, today: date) -> list[Ghost]:
    """The ghost chips of any text, from left to right, at most one for a word.

    Several words are tried before single ones; what stands in quotes is meant literally.

    Args:
        text: what stands in the search field.
        vocabulary: what this library holds.
        today: the date that "yesterday" and "july" are counted from.
    """
    found: list[Ghost] = []
    longest = min(max(vocabulary.longest_name, LONGEST_DATE), _LONGEST)
    for run in _runs(tokens(text)):
        at = 0
        while at < len(run):
            ghost, used = _first(run[at : at + longest], vocabulary, today)
            if ghost is not None:
                found.append(ghost)
            at += used
    return found


def _runs(every: list[Token]) -> list[list[Token]]:
    """Neighbouring words without quotes; a negated word is a run of its own."""
    runs: list[list[Token]] = [[]]
    previous: Kind | None = None
    for token in every:
        negated = previous is Kind.MINUS
        if token.kind is not Kind.WORD or token.is_quoted:
            runs.append([])
        else:
            runs[-1].append(token)
            if negated:
                runs.append([])
        previous = token.kind
    return runs


def _first(words: list[Token], vocabulary: LibraryNames, today: date) -> tuple[Ghost | None, int]:
    """The ghost of the longest name that begins with the first word, and how many words are dealt with."""
    for count in range(len(words), 0, -1):
        term = _meant([token.text for token in words[:count]], vocabulary, today)
        if term is not None:
            written = term_text(term)
            return Ghost(words[0].start, words[count - 1].end, written, written), count
    unwanted = _unwanted(words)
    return unwanted, 2 if unwanted else 1


def _meant(words: list[str], vocabulary: LibraryNames, today: date) -> Filter | None:
    day = spoken_date(words, today) if len(words) <= LONGEST_DATE else None
    if day is not None:
        return Filter(Field.ON, Op.IS, day)
    said = folded(" ".join(words))
    kind = _KINDS.get(said)
    if kind is not None:
        return Filter(Field.KIND, Op.IS, kind.value)
    named = vocabulary.named.get(said) or vocabulary.named.get(_singular(said))
    return Filter(named[0], Op.IS, named[1]) if named else None


def _singular(said: str) -> str:
    return said.removesuffix("s") if len(said) > 3 else said


def _unwanted(words: list[Token]) -> Ghost | None:
    """What “without people” means; in a description it would only bring people."""
    if len(words) < 2:
        return None
    said = words[0].text
    if said.casefold() not in _WITHOUT and said != "NOT":
        return None
    if not reads_as_word(words[1].text):
        return None
    written = f"-{words[1].text}"
    return Ghost(words[0].start, words[1].end, written, written)
