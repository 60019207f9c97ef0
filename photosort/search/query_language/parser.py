"""Strict parser from text to a query: what it does not understand is an error with its position.

    query   = [either]
    either  = both { "OR" both }
    both    = item { ["AND"] item }
    item    = words | "-" operand | operand
    operand = word | field | "(" either ")"
    words   = word { ["AND"] word }

Recursive descent over the tokens of `tokenizer.py`; `sort:` stands outside the grammar, since it belongs to
the whole query wherever it is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from photosort.domain.query import And, Description, Not, Or, Query
from photosort.errors import InputProblem
from photosort.search.query_language import fields
from photosort.search.query_language.tokenizer import Kind, Token, tokens
from photosort.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from photosort.domain.query import Sort, Term

# Deeper than anyone nests on purpose, and far from Python's limit of recursion.
MAX_DEPTH = 50
# More is a mistake of a script: each description is turned into a vector, and compared with every photo.
MAX_TOKENS = 400
MAX_CHARACTERS = 20_000
TOO_LONG = Sentence(
    "The query is too long: it can have {limit:,} words and operators.", limit=MAX_TOKENS
)

_STARTS_ITEM = {Kind.WORD, Kind.FIELD, Kind.MINUS, Kind.OPEN}


def parse(text: str) -> Query:
    """Reads a query.

    Raises:
        InputProblem: an unknown field, an impossible value, an unclosed quote or parenthesis, an operator
            without its term; `position` is where, between 0 and the length of the text.
    """
    if len(text) > MAX_CHARACTERS:
        raise InputProblem(TOO_LONG, position=MAX_CHARACTERS)
    return parse_tokens(tokens(text))


def parse_tokens(found: Sequence[Token]) -> Query:
    """Reads a query that was cut into tokens.

    Raises:
        InputProblem: as `parse` does.
    """
    if len(found) > MAX_TOKENS:
        raise InputProblem(TOO_LONG, position=found[MAX_TOKENS].start)
    sort, rest = _without_sort(found)
    if not rest:
        return Query(None, sort)
    parser = _Parser(rest)
    root = parser.either(depth=0)
    if parser.token is not None:
        raise InputProblem(
            Sentence("This parenthesis closes nothing."), position=parser.token.start
        )
    return Query(root, sort)


def is_sort(token: Token) -> bool:
    """Whether a token is `sort:` with whatever value."""
    return token.kind is Kind.FIELD and token.name.casefold() == fields.SORT


def _without_sort(found: Sequence[Token]) -> tuple[Sort | None, list[Token]]:
    sort: Sort | None = None
    rest: list[Token] = []
    depth = 0
    for token in found:
        _check_closed(token)
        depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
        if not is_sort(token):
            rest.append(token)
            continue
        if depth > 0 or (rest and rest[-1].kind is Kind.MINUS):
            raise InputProblem(
                Sentence("“sort:” orders the whole query and stands by itself."),
                position=token.start,
            )
        if sort is not None:
            raise InputProblem(Sentence("There can be one “sort:” only."), position=token.start)
        sort = fields.read_sort(token)
    return sort, rest


def _check_closed(token: Token) -> None:
    if not token.is_closed:
        raise InputProblem(Sentence("This quote is never closed."), position=token.value_start)


class _Parser:
    """The tokens and how far they are read."""

    def __init__(self, found: Sequence[Token]) -> None:
        self._tokens = found
        self._at = 0

    @property
    def token(self) -> Token | None:
        """The next token, or None at the end."""
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _next_is(self, *kinds: Kind) -> bool:
        return self.token is not None and self.token.kind in kinds

    def _take(self) -> Token:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def either(self, *, depth: int) -> Term:
        terms = [self._both(depth=depth)]
        while self._next_is(Kind.OR):
            self._operator()
            terms.append(self._both(depth=depth))
        return terms[0] if len(terms) == 1 else Or(tuple(terms))

    def _operator(self) -> None:
        operator = self._take()
        if self.token is None or self.token.kind not in _STARTS_ITEM:
            raise _lonely(operator)

    def _both(self, *, depth: int) -> Term:
        if self.token is not None and self.token.kind in {Kind.OR, Kind.AND}:
            raise _lonely(self.token)
        terms: list[Term] = []
        while self._next_is(*_STARTS_ITEM, Kind.AND):
            if self._next_is(Kind.AND):
                self._operator()
            terms.append(self._item(depth=depth))
        if not terms:
            # Only a closing parenthesis is left that can stand here.
            raise InputProblem(
                Sentence("This parenthesis closes nothing."), position=self._take().start
            )
        return terms[0] if len(terms) == 1 else And(tuple(terms))

    def _item(self, *, depth: int) -> Term:
        if self._next_is(Kind.MINUS):
            self._take()
            return Not(self._operand(depth=depth))
        if not self._next_is(Kind.WORD):
            return self._operand(depth=depth)
        parts = [_word(self._take())]
        while self._next_is(Kind.WORD) or self._and_then_word():
            if self._next_is(Kind.AND):
                self._take()
            parts.append(_word(self._take()))
        return Description(tuple(parts))

    def _and_then_word(self) -> bool:
        following = self._tokens[self._at : self._at + 2]
        return [token.kind for token in following] == [Kind.AND, Kind.WORD]

    def _operand(self, *, depth: int) -> Term:
        token = self._take()
        if token.kind is Kind.WORD:
            return Description((_word(token),))
        if token.kind is Kind.OPEN:
            return self._group(token, depth=depth + 1)
        return fields.read(token)

    def _group(self, opening: Token, *, depth: int) -> Term:
        if depth > MAX_DEPTH:
            raise InputProblem(
                Sentence("Parentheses can be nested {most} deep at most.", most=MAX_DEPTH),
                position=opening.start,
            )
        if self._next_is(Kind.CLOSE):
            raise InputProblem(
                Sentence("There is nothing between these parentheses."), position=opening.start
            )
        if self.token is None:
            raise _unclosed(opening)
        term = self.either(depth=depth)
        if not self._next_is(Kind.CLOSE):
            raise _unclosed(opening)
        self._take()
        return term


def _word(token: Token) -> str:
    if not token.text.strip():
        raise InputProblem(Sentence("There is nothing between these quotes."), position=token.start)
    return token.text


def _lonely(operator: Token) -> InputProblem:
    word = operator.kind.value
    return InputProblem(
        Sentence("{word} needs a term on both sides; in quotes it is a word.", word=word),
        position=operator.start,
    )


def _unclosed(opening: Token) -> InputProblem:
    return InputProblem(Sentence("This parenthesis is never closed."), position=opening.start)
