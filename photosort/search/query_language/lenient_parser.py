"""Error-tolerant parser for the window's search field: repairs what it cannot use, with a hint."""

from __future__ import annotations

from dataclasses import dataclass, replace

from photosort.domain.query import Query
from photosort.errors import InputProblem
from photosort.search.query_language import fields
from photosort.search.query_language.parser import (
    MAX_CHARACTERS,
    MAX_DEPTH,
    MAX_TOKENS,
    TOO_LONG,
    is_sort,
    parse_tokens,
)
from photosort.search.query_language.tokenizer import Kind, Token, tokens
from photosort.sentences import Sentence

_JOINS = {Kind.AND, Kind.OR}


@dataclass(frozen=True, slots=True)
class Hint:
    """What was understood otherwise than it was perhaps meant.

    Attributes:
        start: index of the first character concerned.
        end: index after the last one.
        message: one sentence for the user.
        replacement: what to put in the place of these characters to get what was probably meant, or None.
    """

    start: int
    end: int
    message: str
    replacement: str | None = None


def parse_leniently(text: str) -> tuple[Query, list[Hint]]:
    """Reads a query from whatever is typed; never fails.

    An unknown field is read as words, a known one with an impossible value is left out, quotes and
    parentheses are closed at the end, and operators without a term are ignored.

    Returns:
        The query, and a hint for each repair, from left to right.
    """
    kept, hints = repaired(tokens(text[:MAX_CHARACTERS]))
    return parse_tokens(kept), hints


def repaired(found: list[Token]) -> tuple[list[Token], list[Hint]]:
    """Turns any tokens into such that the strict parser accepts, and says what was changed."""
    hints: list[Hint] = []
    # What closes the parentheses that are left open comes on top.
    most = MAX_TOKENS - MAX_DEPTH
    if len(found) > most:
        hints.append(Hint(found[most].start, found[-1].end, TOO_LONG))
    usable = _usable_terms(found[:most], hints)
    return balanced(usable, hints), sorted(hints, key=lambda hint: hint.start)


def _usable_terms(found: list[Token], hints: list[Hint]) -> list[Token]:
    usable: list[Token] = []
    depth = 0
    sort_at: int | None = None
    for token in found:
        depth = max(0, depth + (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE))
        negated = bool(usable) and usable[-1].kind is Kind.MINUS
        misplaced = is_sort(token) and (depth > 0 or negated)
        if misplaced:
            hints.append(Hint(token.start, token.end, Sentence("“sort:” orders the whole query.")))
        kept = None if misplaced else _usable(_closed(token, hints), hints)
        if kept is None:
            if negated:
                usable.pop()
            continue
        if is_sort(kept):
            if sort_at is not None:
                hints.append(Hint(token.start, token.end, Sentence("The last “sort:” counts.")))
                del usable[sort_at]
            sort_at = len(usable)
        usable.append(kept)
    return usable


def _closed(token: Token, hints: list[Hint]) -> Token:
    if token.is_closed:
        return token
    hints.append(Hint(token.value_start, token.end, Sentence("This quote is never closed.")))
    return replace(token, is_closed=True)


def _usable(token: Token, hints: list[Hint]) -> Token | None:
    """The token, or words in its place, or None where it says nothing."""
    if token.kind is Kind.WORD:
        return token if token.text.strip() else None
    if token.kind is not Kind.FIELD:
        return token
    try:
        if is_sort(token):
            fields.read_sort(token)
        else:
            fields.read(token)
    except InputProblem as problem:
        if fields.is_known(token.name):
            hints.append(Hint(token.start, token.end, problem.user_message))
            return None
        hints.append(_unknown(token))
        return _as_word(token)
    return token


def _unknown(token: Token) -> Hint:
    near = fields.closest(token.name)
    name_end = token.start + len(token.name)
    if near is None:
        message = Sentence(
            "There is no field “{name}”, so it was searched as words.", name=token.name
        )
        return Hint(token.start, token.end, message)
    message = Sentence(
        "There is no field “{name}”, so it was searched as words. Did you mean “{near}”?",
        name=token.name,
        near=near,
    )
    return Hint(token.start, name_end, message, near)


def _as_word(token: Token) -> Token:
    operator = token.operator
    return replace(
        token,
        kind=Kind.WORD,
        text=f"{token.name}{operator}{token.text}",
        name="",
        operator="",
        value_start=token.start,
    )


def balanced(usable: list[Token], hints: list[Hint]) -> list[Token]:
    """Drops operators and parentheses that hold nothing, and closes what is open.

    A closing parenthesis that is missing is added with no length, and `sort:` goes to the end.
    """
    kept: list[Token] = []
    sorts: list[Token] = []
    open_at: list[Token] = []
    skipped_depth = 0
    for token in usable:
        if is_sort(token):
            sorts.append(token)
        elif token.kind is Kind.OPEN:
            if len(open_at) == MAX_DEPTH:
                hints.append(
                    Hint(token.start, token.end, Sentence("These parentheses are nested too deep."))
                )
                skipped_depth += 1
                _drop_minus(kept)
            else:
                open_at.append(token)
                kept.append(token)
        elif token.kind is Kind.CLOSE:
            if skipped_depth:
                skipped_depth -= 1
            elif open_at:
                open_at.pop()
                _close(kept, token)
            else:
                hints.append(
                    Hint(token.start, token.end, Sentence("This parenthesis closes nothing."))
                )
        elif token.kind not in _JOINS or (kept and kept[-1].kind not in {Kind.OPEN, *_JOINS}):
            kept.append(token)
    for opening in reversed(open_at):
        hints.append(
            Hint(opening.start, opening.end, Sentence("This parenthesis is never closed."))
        )
        _close(kept, Token(Kind.CLOSE, usable[-1].end, usable[-1].end))
    _drop_joins(kept)
    return kept + sorts


def _close(kept: list[Token], closing: Token) -> None:
    _drop_joins(kept)
    if kept[-1].kind is Kind.OPEN:
        kept.pop()
        _drop_minus(kept)
    else:
        kept.append(closing)


def _drop_joins(kept: list[Token]) -> None:
    while kept and kept[-1].kind in _JOINS:
        kept.pop()


def _drop_minus(kept: list[Token]) -> None:
    if kept and kept[-1].kind is Kind.MINUS:
        kept.pop()
