"""Cuts a query's text into tokens. Never fails: what a token means is for the parser to judge."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from photosort.domain.query import Field

# What closes each opening quote: typed ones, and those that phones and office programs put in their place.
_CLOSING = {'"': '"', "“": "”", "„": "“”", "«": "»"}
_STARTS_NO_VALUE = {*_CLOSING, *"<>≥≤"}
_COMPARISONS = str.maketrans({"≥": ">=", "≤": "<="})

_SPACE = re.compile(r"\s+")
# A word may hold parentheses that close again within it, as in IMG_1401(1).jpg.
_WORD = re.compile(r"[^\s()](?:[^\s()]|\([^\s()]*\))*")
_FIELD = re.compile(r"([^\W\d_]+)(:(?:>=|<=|[≥≤<>])?|>=|<=|[≥≤<>=])")
_SPACED = re.compile(r"(rating|size)\s*(>=|<=|[≥≤<>=])\s*", re.IGNORECASE)
_DISTANCE = re.compile(r"(?:<=?|≤)[^\s()]+")
_NOT_NEGATED = re.compile(r"-(?=[\s)-]|$)")


class Kind(Enum):
    """What a token is."""

    WORD = "word"
    FIELD = "field"
    MINUS = "-"
    OPEN = "("
    CLOSE = ")"
    AND = "AND"
    OR = "OR"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query's text.

    Attributes:
        start: index of its first character in the text.
        end: index after its last character.
        text: a word, or a field's value, without quotes.
        name: a field's name as written.
        operator: what stands between a field's name and value, one of ``: >= <= > < =``.
        value_start: where the word or the value begins, its quote included.
        is_quoted: the word or value stood in quotes.
        is_closed: False when its quote is never closed; it then ends with the text.
    """

    kind: Kind
    start: int
    end: int
    text: str = ""
    name: str = ""
    operator: str = ""
    value_start: int = 0
    is_quoted: bool = False
    is_closed: bool = True


def tokens(text: str) -> list[Token]:
    """Every token of a text, in order; only white space lies between them."""
    found: list[Token] = []
    at = 0
    while True:
        space = _SPACE.match(text, at)
        if space is not None:
            at = space.end()
        if at >= len(text):
            return found
        token = _token(text, at, after_minus=bool(found) and found[-1].kind is Kind.MINUS)
        found.append(token)
        at = token.end


def reads_as_word(word: str) -> bool:
    """Whether a text without quotes is one word between any others."""
    if word in {Kind.AND.value, Kind.OR.value} or (word[:1] == "-" and word != "-"):
        return False
    # Like the comparisons that `is_bare` refuses: after "size" it would be read as one.
    if word[:1] == "=":
        return False
    return is_bare(word) and not _FIELD.match(word)


def is_bare(value: str) -> bool:
    """Whether a field's value needs no quotes; after a colon, a comparison would be read as the operator."""
    return value[:1] not in _STARTS_NO_VALUE and _WORD.fullmatch(value) is not None


def _token(text: str, at: int, *, after_minus: bool) -> Token:
    if text[at] == "(":
        return Token(Kind.OPEN, at, at + 1)
    if text[at] == ")":
        return Token(Kind.CLOSE, at, at + 1)
    if text[at] == "-" and not _NOT_NEGATED.match(text, at):
        return Token(Kind.MINUS, at, at + 1)
    field = _SPACED.match(text, at) or _FIELD.match(text, at)
    if field is not None:
        return _field(text, field)
    word, end, is_quoted, is_closed = _value(text, at)
    if not is_quoted and not after_minus and word in {Kind.AND.value, Kind.OR.value}:
        return Token(Kind(word), at, end)
    return Token(Kind.WORD, at, end, word, value_start=at, is_quoted=is_quoted, is_closed=is_closed)


def _field(text: str, match: re.Match[str]) -> Token:
    operator = match[2].translate(_COMPARISONS)
    # Other programs' `rating:>=3` means the comparison.
    operator = operator.removeprefix(":") or ":"
    value, end, is_quoted, is_closed = _value(text, match.end())
    if is_quoted and is_closed and match[1].casefold() == Field.NEAR:
        # near:"new york"<20km
        distance = _DISTANCE.match(text, end)
        if distance is not None:
            value, end = value + distance[0], distance.end()
    return Token(
        Kind.FIELD,
        match.start(),
        end,
        value,
        match[1],
        operator,
        match.end(),
        is_quoted=is_quoted,
        is_closed=is_closed,
    )


def _value(text: str, at: int) -> tuple[str, int, bool, bool]:
    """Reads a quoted or bare word: its text, its end, whether it is quoted, whether the quote is closed."""
    closing = _CLOSING.get(text[at : at + 1])
    if closing is not None:
        return _quoted(text, at, closing)
    word = _WORD.match(text, at)
    return (word[0], word.end(), False, True) if word else ("", at, False, True)


def _quoted(text: str, at: int, closing: str) -> tuple[str, int, bool, bool]:
    # A doubled quote stands for itself; a backslash would break the paths of Windows.
    parts: list[str] = []
    since = end = at + 1
    while end < len(text):
        if text[end] not in closing:
            end += 1
        elif text[end : end + 2] == '""':
            parts.append(text[since : end + 1])
            since = end = end + 2
        else:
            return "".join(parts) + text[since:end], end + 1, True, True
    return "".join(parts) + text[since:end], end, True, False
