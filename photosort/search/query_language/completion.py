"""What could stand where the cursor is: fields, their values, and names that the typed letters begin."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

from photosort.domain.query import Field
from photosort.search.query_language import fields
from photosort.search.query_language.library_names import folded
from photosort.search.query_language.tokenizer import Kind, Token, tokens
from photosort.search.query_language.writer import quoted_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from photosort.search.query_language.library_names import LibraryNames

# Fields whose values are offered before the field itself is typed, the likeliest first.
_OFFERED_UNASKED = (Field.TAG, Field.PLACE, Field.ALBUM, Field.CAMERA, Field.KIND)


@dataclass(frozen=True, slots=True)
class Completion:
    """One thing that could be typed.

    Attributes:
        replace_start: index of the first character that it takes the place of.
        replace_end: index after the last one.
        text: what to put there.
        label: what the list shows.
        kind: "field", or the name of the field whose value it is.
    """

    replace_start: int
    replace_end: int
    text: str
    label: str
    kind: str


def complete(
    text: str, cursor: int, vocabulary: LibraryNames, *, limit: int = 12
) -> list[Completion]:
    """What could be typed at the cursor, the likeliest first.

    Between words these are all fields; within a word the fields and names that begin so; after a
    field's colon its values. A whole token is replaced, what lies right of the cursor included.

    Args:
        text: what stands in the search field.
        cursor: index before which the cursor stands.
        vocabulary: what this library holds.
        limit: how many to return at most.
    """
    token = _under(tokens(text), cursor)
    if token is None:
        return list(islice(_fields("", cursor, cursor), limit))
    if token.kind is Kind.FIELD and cursor >= token.value_start:
        typed = text[token.value_start : cursor]
        return list(islice(_values(token, typed, vocabulary), limit))
    # Letters left of the cursor only: what is right of it will be replaced.
    typed = text[token.start : cursor]
    if token.kind is Kind.FIELD:
        return list(islice(_fields(typed, token.start, token.value_start), limit))
    found = chain(
        _fields(typed, token.start, token.end),
        _named(_unquoted(typed), token, vocabulary),
    )
    return list(islice(found, limit))


def _under(found: Sequence[Token], cursor: int) -> Token | None:
    for token in found:
        if token.start < cursor <= token.end and token.kind in {Kind.WORD, Kind.FIELD}:
            return token
    return None


def _fields(typed: str, start: int, end: int) -> Iterator[Completion]:
    begun = folded(typed)
    for name, about in fields.HELP.items():
        if name.startswith(begun):
            label = f"{about.prefix}  {about.explains}"
            yield Completion(start, end, about.prefix, label, "field")


def _named(begun: str, token: Token, vocabulary: LibraryNames) -> Iterator[Completion]:
    if not begun:
        return
    for field in _OFFERED_UNASKED:
        for value in _matching(begun, [*fields.HELP[field].values, *vocabulary.values(field)]):
            written = f"{field}:{quoted_value(value)}"
            yield Completion(token.start, token.end, written, value, str(field))


def _values(token: Token, typed: str, vocabulary: LibraryNames) -> Iterator[Completion]:
    name = token.name.casefold()
    if not fields.is_known(name):
        return
    begun = _unquoted(typed)
    known = list(fields.HELP[name].values)
    if name not in {fields.LIKE, fields.SORT}:
        field = Field(name)
        known += vocabulary.values(field)
        if field in fields.DATES:
            known += _dates(begun, vocabulary)
    for value in _matching(begun, known):
        yield Completion(token.value_start, token.end, quoted_value(value), value, name)


def _dates(begun: str, vocabulary: LibraryNames) -> list[str]:
    """Years of the library; after "2022-" its months, after "2022-05-" its days."""
    year, *rest = begun.split("-")
    if not rest or not (year.isascii() and year.isdigit() and len(year) == 4 and int(year)):
        return [str(y) for y in vocabulary.years]
    if len(rest) == 1:
        return [f"{year}-{month:02d}" for month in range(1, 13)]
    month_text = rest[0]
    if not (month_text.isascii() and month_text.isdigit() and len(month_text) == 2):
        return []
    month = int(month_text)
    if month not in range(1, 13):
        return []
    days = calendar.monthrange(int(year), month)[1]
    return [f"{year}-{month_text}-{day:02d}" for day in range(1, days + 1)]


def _matching(begun: str, values: Iterable[str]) -> Iterator[str]:
    """Values that begin so, then those in which a later word begins so."""
    later: list[str] = []
    for value in dict.fromkeys(values):
        name = folded(value)
        if name.startswith(begun):
            yield value
        elif f" {begun}" in f" {name}":
            later.append(value)
    yield from later


def _unquoted(typed: str) -> str:
    return folded(typed.lstrip('"“„«'))
