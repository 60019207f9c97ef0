"""Finds the date and the place inside a description: "Eiffel tower in Paris", "beach last summer"."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from photosort.domain.query import Field, Filter, Op
from photosort.search.query_language.spoken_dates import LONGEST as LONGEST_DATE
from photosort.search.query_language.spoken_dates import spoken_date, spoken_season

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

# What stands before a place or a date and means nothing without it.
_BEFORE_PLACES = {"in", "at", "near", "around", "from", "bei", "aus"}
_BEFORE_DATES = {"in", "on", "from", "of", "during", "im", "am", "vom", "aus"}
_ARTICLES = {"the", "den", "der", "die"}
_LONGEST_PLACE = 4


class TimeAndPlace(NamedTuple):
    """A description parted into what photos show, and when and where they were taken.

    Attributes:
        rest: what is left of the words; "" when they name nothing else.
        filters: the date or the season, and the place.
    """

    rest: str
    filters: tuple[Filter, ...]


def time_and_place(text: str, is_place: Callable[[str], bool], today: date) -> TimeAndPlace:
    """Parts a description; without a date and a place all of it is left.

    A place counts after a word such as "in". In lower case it has to end the description ("a dog in paris", but not "a
    girl in nice light"), because many towns are called like ordinary words.

    Args:
        text: the description, as typed.
        is_place: whether photos of the library were taken in a place of this name.
        today: what "last summer" is counted from.
    """
    words = text.split()
    words, dates = _without_date(words, today)
    words, places = _without_place(words, is_place)
    return TimeAndPlace(" ".join(words), dates + places)


def _without_date(words: list[str], today: date) -> tuple[list[str], tuple[Filter, ...]]:
    for count in range(LONGEST_DATE, 0, -1):
        for start in range(len(words) - count + 1):
            filters = _dated(words[start : start + count], today)
            if filters:
                return [*_open(words[:start], _BEFORE_DATES), *words[start + count :]], filters
    return words, ()


def _dated(words: list[str], today: date) -> tuple[Filter, ...]:
    words = [word.strip(",.") for word in words]
    season = spoken_season(words, today)
    if season is not None:
        first, after_last = season
        return Filter(Field.AFTER, Op.IS, first), Filter(Field.BEFORE, Op.IS, after_last)
    day = spoken_date(words, today)
    return () if day is None else (Filter(Field.ON, Op.IS, day),)


def _without_place(
    words: list[str], is_place: Callable[[str], bool]
) -> tuple[list[str], tuple[Filter, ...]]:
    for at, word in enumerate(words[:-1]):
        if word.casefold() not in _BEFORE_PLACES:
            continue
        start = at + 1 + (words[at + 1].casefold() in _ARTICLES)
        for end in range(min(len(words), start + _LONGEST_PLACE), start, -1):
            name = " ".join(words[start:end]).strip(",.")
            is_plain = name[:1].isupper() or end == len(words)
            if name and is_plain and is_place(name):
                return [*words[:at], *words[end:]], (Filter(Field.PLACE, Op.IS, name),)
    return words, ()


def _open(words: list[str], before: set[str]) -> list[str]:
    """Words without the preposition that led to what was taken from behind them."""
    return words[:-1] if words and words[-1].casefold() in before else words
