"""The parts of a query's text that the window shows as chips, and editing by them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from photosort.domain.query import And, Field, Like, Or, Query
from photosort.errors import InputProblem
from photosort.search.query_language import fields
from photosort.search.query_language.lenient_parser import balanced, parse_leniently, repaired
from photosort.search.query_language.parser import is_sort, parse
from photosort.search.query_language.tokenizer import Kind, Token, tokens
from photosort.search.query_language.writer import beside, sort_text, term_text, unparse, value_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from photosort.domain.query import Term


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter, an order, a likeness or something unwanted, as it stands in the text.

    Attributes:
        start: index of its first character, the minus included.
        end: index after its last character.
        text: what stands there.
        field: the field's name, or "" for unwanted words and unwanted groups.
        operator: ``:``, or how rating and size compare; "" without a field.
        value: the value without quotes, or the unwanted words.
        negated: it must not be so.
    """

    start: int
    end: int
    text: str
    field: str
    operator: str
    value: str
    negated: bool


def chips(text: str) -> list[Chip]:
    """The chips of any text, also of one that is not a valid query, from left to right.

    Filters in parentheses are chips of their own; a negated parenthesis is one chip. Plain words are none.
    """
    kept, _ = repaired(tokens(text))
    found: list[Chip] = []
    at = 0
    while at < len(kept):
        negated = kept[at].kind is Kind.MINUS
        first = at + 1 if negated else at
        last = _closing(kept, first) if negated and kept[first].kind is Kind.OPEN else first
        if negated or kept[at].kind is Kind.FIELD:
            found.append(_chip(text, kept[at].start, kept[first], kept[last], negated=negated))
        at = last + 1
    return sorted(found, key=lambda chip: chip.start)


def without(text: str, chip: Chip) -> str:
    """The text after a chip was removed, with the operators and parentheses that it leaves empty.

    Args:
        text: the text that `chips` was asked about.
        chip: one of its chips.

    Returns:
        A text that is a valid query if `text` was one.
    """
    every = tokens(text)
    place = {token.start: number for number, token in enumerate(every)}
    rest = [t for t in every if t.end <= chip.start or t.start >= chip.end]
    if chip.field == fields.SORT:
        # Else an earlier order that this one overruled would come back.
        rest = [t for t in rest if not is_sort(t)]
    kept = sorted(
        (token for token in balanced(rest, []) if token.start in place), key=lambda t: t.start
    )
    pieces: list[str] = []
    previous: Token | None = None
    for token in kept:
        if previous is not None:
            were_neighbours = place[token.start] == place[previous.start] + 1
            gap = text[previous.end : token.start]
            pieces.append(gap if were_neighbours else _gap(previous, token))
        pieces.append(text[token.start : token.end])
        previous = token
    return "".join(pieces)


def with_term(text: str, term: Term) -> str:
    """The text with one more thing that photos must be.

    Args:
        text: what stands in the search field; what is not valid in it is repaired first.
        term: for example the filter of a place that was clicked.

    Returns:
        A valid query; the text itself when it asks for this already.
    """
    query = _strict(text)
    if query is None:
        query, _ = parse_leniently(text)
        text = unparse(query)
    asked = _together(query.root)
    new = [each for each in _together(term) if each not in asked]
    if not new:
        return text
    is_or = isinstance(query.root, Or)
    pieces = [f"({term_text(query.root)})" if is_or and query.root else text.strip()]
    previous = asked[-1] if asked else None
    for each in new:
        pieces.append(beside(each, previous))
        previous = each
    if is_or and query.sort is not None:
        pieces.append(sort_text(query.sort))
    return " ".join(piece for piece in pieces if piece)


def conditions(text: str) -> tuple[Term, ...]:
    """The terms of any text that must all hold, from left to right."""
    return _together(parse_leniently(text)[0].root)


def exchange(text: str, is_old: Callable[[Term], bool], new: Sequence[Term]) -> str:
    """The text with other conditions in the place of some.

    Args:
        text: what stands in the search field; what is not valid in it is repaired.
        is_old: which of its `conditions` are to go.
        new: what photos must be instead; it stands where the first of the old ones stood, else at the end.

    Returns:
        A valid query.
    """
    query, _ = parse_leniently(text)
    terms = _together(query.root)
    place = next((at for at, term in enumerate(terms) if is_old(term)), len(terms))
    kept = [*terms[:place], *new, *(term for term in terms[place:] if not is_old(term))]
    root = And(tuple(kept)) if len(kept) > 1 else next(iter(kept), None)
    return unparse(Query(root, query.sort))


def _strict(text: str) -> Query | None:
    try:
        return parse(text)
    except InputProblem:
        return None


def _together(root: Term | None) -> tuple[Term, ...]:
    """The terms that must all hold."""
    if root is None:
        return ()
    return root.terms if isinstance(root, And) else (root,)


def _closing(kept: Sequence[Token], opening: int) -> int:
    depth = 0
    for at in range(opening, len(kept)):
        depth += (kept[at].kind is Kind.OPEN) - (kept[at].kind is Kind.CLOSE)
        if depth == 0:
            return at
    return len(kept) - 1


def _chip(text: str, start: int, first: Token, last: Token, *, negated: bool) -> Chip:
    whole = text[start : last.end]
    if first.kind is Kind.OPEN:
        return Chip(start, last.end, whole, "", "", text[first.end : last.start].strip(), negated)
    if first.kind is Kind.WORD:
        return Chip(start, last.end, whole, "", "", first.text, negated)
    return Chip(start, last.end, whole, first.name.casefold(), *_operator_and_value(first), negated)


def _operator_and_value(token: Token) -> tuple[str, str]:
    if is_sort(token):
        return ":", sort_text(fields.read_sort(token)).partition(":")[2]
    term = fields.read(token)
    if isinstance(term, Like):
        return ":", term.target
    if term.field is Field.SIZE:
        return str(term.op), value_text(term)
    return str(term.op), str(term.value)


def _gap(before: Token, after: Token) -> str:
    return "" if before.kind in {Kind.OPEN, Kind.MINUS} or after.kind is Kind.CLOSE else " "
