"""The query language: text to query and back, chips, completion and ghost chips."""

from photosort.search.query_language.chips import (
    Chip,
    chips,
    conditions,
    exchange,
    with_term,
    without,
)
from photosort.search.query_language.completion import Completion, complete
from photosort.search.query_language.ghosts import Ghost, ghosts
from photosort.search.query_language.lenient_parser import Hint, parse_leniently
from photosort.search.query_language.library_names import LibraryNames
from photosort.search.query_language.parser import parse
from photosort.search.query_language.time_and_place import TimeAndPlace, time_and_place
from photosort.search.query_language.writer import unparse

__all__ = [
    "Chip",
    "Completion",
    "Ghost",
    "Hint",
    "LibraryNames",
    "TimeAndPlace",
    "chips",
    "complete",
    "conditions",
    "exchange",
    "ghosts",
    "parse",
    "parse_leniently",
    "time_and_place",
    "unparse",
    "with_term",
    "without",
]
