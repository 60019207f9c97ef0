"""Writes a query as text: `parse(unparse(query)) == query`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from photosort.domain.query import And, Description, Field, Filter, Like, Not, Or, Query
from photosort.search.query_language import fields
from photosort.search.query_language.tokenizer import is_bare, reads_as_word

if TYPE_CHECKING:
    from photosort.domain.query import Sort, Term


def unparse(query: Query) -> str:
    """The text of a query, "" for the one that every photo answers.

    Returns:
        Text that reads back as an equal query, with quotes and parentheses only where they are needed.
    """
    pieces = [] if query.root is None else [term_text(query.root)]
    if query.sort is not None:
        pieces.append(sort_text(query.sort))
    return " ".join(pieces)


def term_text(term: Term) -> str:
    """The text of one term."""
    if isinstance(term, Description):
        return " ".join(_word(part) for part in term.parts)
    if isinstance(term, Filter):
        return f"{term.field}{term.op}{value_text(term)}"
    if isinstance(term, Like):
        return f"{fields.LIKE}:{quoted_value(term.target)}"
    if isinstance(term, Not):
        return "-" + _operand(term.term)
    if isinstance(term, Or):
        return " OR ".join(_grouped(t) if isinstance(t, Or) else term_text(t) for t in term.terms)
    return _all(term)


def sort_text(sort: Sort) -> str:
    """The text of an order."""
    return f"{fields.SORT}:{'-' if sort.backwards else ''}{sort.key}"


def value_text(term: Filter) -> str:
    """The text of a filter's value, with quotes where it needs them."""
    if term.field is Field.SIZE and isinstance(term.value, int):
        return fields.size_text(term.value)
    return quoted_value(str(term.value))


def quoted_value(value: str) -> str:
    """A field's value, in quotes where it would end too early without them."""
    return value if is_bare(value) else _quoted(value)


def beside(term: Term, previous: Term | None) -> str:
    """The text of a term that follows another one with which it must hold.

    Two descriptions side by side would be read as one, so the second stands in parentheses.
    """
    joins = isinstance(term, Description) and isinstance(previous, Description)
    return _grouped(term) if joins or isinstance(term, And | Or) else term_text(term)


def _all(term: And) -> str:
    pairs = zip(term.terms, (None, *term.terms), strict=False)
    return " ".join(beside(each, previous) for each, previous in pairs)


def _operand(term: Term) -> str:
    if isinstance(term, Description) and term.parts == ("-",):
        return _quoted("-")
    if isinstance(term, Filter | Like) or (isinstance(term, Description) and len(term.parts) == 1):
        return term_text(term)
    return _grouped(term)


def _grouped(term: Term) -> str:
    return f"({term_text(term)})"


def _word(part: str) -> str:
    return part if reads_as_word(part) else _quoted(part)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
