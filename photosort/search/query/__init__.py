"""The query language: text to query and back, chips, completion and ghost chips."""

from photosort.search.query.chips import Chip, chips, with_term, without
from photosort.search.query.completion import Completion, complete
from photosort.search.query.ghosts import Ghost, ghosts
from photosort.search.query.lenient import Hint, parse_leniently
from photosort.search.query.parser import parse
from photosort.search.query.suggestions import Suggestions
from photosort.search.query.writer import unparse

__all__ = [
    "Chip",
    "Completion",
    "Ghost",
    "Hint",
    "Suggestions",
    "chips",
    "complete",
    "ghosts",
    "parse",
    "parse_leniently",
    "unparse",
    "with_term",
    "without",
]
