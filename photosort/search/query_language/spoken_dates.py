"""Dates as people say them: "May 2022", "14 May 2022", "yesterday", "last month", "last summer"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from photosort.domain.query import PartialDate

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
# As whole words in lower case these are mostly something else.
_ALSO_WORDS = {"may", "march"}
_SHORT = {name[:3]: number for number, name in enumerate(_MONTHS, start=1)} | {"sept": 9}
_NUMBER_OF = {name: number for number, name in enumerate(_MONTHS, start=1)} | _SHORT

# The month that each begins with.
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}

FIRST_YEAR = 1826  # the oldest photograph that is kept
LONGEST = 3  # words

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?")
_DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_YEAR = re.compile(r"[0-9]{4}")
_DAY = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|\.)?", re.IGNORECASE)


def spoken_date(words: list[str], today: date) -> PartialDate | None:
    """The date that a few words name as a whole, or None.

    Args:
        words: as typed, at most `LONGEST`; capitals tell "May" from "may".
        today: for "yesterday", and so that a month alone means the latest one that has begun.
    """
    try:
        found = _relative(words, today) or _written(words) or _named(words, today)
    except ValueError:  # 31 June and its like
        return None
    in_range = found is not None and FIRST_YEAR <= found.year <= today.year + 1
    return found if in_range else None


def spoken_season(words: list[str], today: date) -> tuple[PartialDate, PartialDate] | None:
    """The first day of the season that two words name and the day after its last, or None.

    Seasons are those of the northern hemisphere in whole months; the winter of a year begins in its December.

    Args:
        words: as typed: "last summer", "this autumn", "winter 2019".
        today: the last season is the latest that is over, this one the latest that has begun.
    """
    if len(words) != 2:
        return None
    first, second = (word.casefold() for word in words)
    if first in {"last", "this"} and second in _SEASONS:
        month = _SEASONS[second]
        year = today.year
        reached = _months_after(year, month, 3 if first == "last" else 0)
        if (reached.year, reached.month or 1) > (today.year, today.month):
            year -= 1
    elif first in _SEASONS and _YEAR.fullmatch(second):
        month, year = _SEASONS[first], int(second)
    else:
        return None
    if not FIRST_YEAR <= year <= today.year + 1:
        return None
    return _months_after(year, month, 0), _months_after(year, month, 3)


def _months_after(year: int, month: int, months: int) -> PartialDate:
    count = month - 1 + months
    return PartialDate(year + count // 12, count % 12 + 1, 1)


def _relative(words: list[str], today: date) -> PartialDate | None:
    said = " ".join(words).casefold()
    if said in {"today", "yesterday"}:
        day = today - timedelta(days=said == "yesterday")
        return PartialDate(day.year, day.month, day.day)
    if said in {"this year", "last year"}:
        return PartialDate(today.year - (said == "last year"))
    if said == "this month":
        return PartialDate(today.year, today.month)
    if said == "last month":
        end = today.replace(day=1) - timedelta(days=1)
        return PartialDate(end.year, end.month)
    return None


def _written(words: list[str]) -> PartialDate | None:
    if len(words) != 1:
        return None
    if _YEAR.fullmatch(words[0]):
        return PartialDate(int(words[0]))
    if iso := _ISO.fullmatch(words[0]):
        return PartialDate(*(int(part) for part in iso.groups() if part))
    if dotted := _DOTTED.fullmatch(words[0]):
        return PartialDate(int(dotted[3]), int(dotted[2]), int(dotted[1]))
    return None


def _named(words: list[str], today: date) -> PartialDate | None:
    plain = [word.rstrip(",") for word in words]
    months = [_NUMBER_OF.get(word.casefold().rstrip(".")) for word in plain]
    if len(plain) == 1:
        return _latest(plain[0], months[0], today)
    if len(plain) == 2 and months[0] and _YEAR.fullmatch(plain[1]):
        return PartialDate(int(plain[1]), months[0])
    if len(plain) != 3 or not _YEAR.fullmatch(plain[2]):
        return None
    month, day = (months[1], plain[0]) if months[1] else (months[0], plain[1])
    number = _DAY.fullmatch(day)
    return PartialDate(int(plain[2]), month, int(number[1])) if month and number else None


def _latest(word: str, month: int | None, today: date) -> PartialDate | None:
    # Three letters alone ("mar", "dec") are too often something else.
    if month is None or word.casefold() not in _MONTHS:
        return None
    if word in _ALSO_WORDS:
        return None
    return PartialDate(today.year - (month > today.month), month)
