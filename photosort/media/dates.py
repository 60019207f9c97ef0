"""Parses dates as cameras, programs and file names write them: ISO 8601 wall-clock time and an offset."""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple

# Before photography or beyond any clock: a camera whose battery was empty, or digits that are no date.
_FIRST_YEAR = 1826
_LAST_YEAR = 2100
_MAX_OFFSET_MIN = 14 * 60
# GPS time may be a few minutes old; offsets are multiples of a quarter of an hour.
_OFFSET_STEP_MIN = 15
_FIX_AGE_S = 300.0


class Moment(NamedTuple):
    """A point in time as it was written.

    Attributes:
        taken_at: wall-clock time, ISO 8601 without offset, as exactly as it was written: "1985", "1985-07",
            "1985-07-04", or with a time, and a fraction only where one was given.
        offset_min: minutes east of UTC, or None.
    """

    taken_at: str
    offset_min: int | None = None

    def __str__(self) -> str:
        """ISO 8601 with the offset, as `parse_moment` reads it."""
        if self.offset_min is None:
            return self.taken_at
        hours, minutes = divmod(abs(self.offset_min), 60)
        return f"{self.taken_at}{'-' if self.offset_min < 0 else '+'}{hours:02d}:{minutes:02d}"


_WRITTEN = re.compile(
    r"""^\s*(\d{4})
        (?:[-:/.](\d{1,2}|\s{1,2}(?=[-:/.]))(?:[-:/.](\d{1,2}|\s{2}(?!\d)))?|(\d{2})(\d{2})(?!\d))?
        (?:[T\s]+(\d{1,2})[:.]?(\d{1,2})(?:[:.]?(\d{1,2}))?(?:[.,](\d+))?\s*(Z|[+-]\d{2}:?\d{2})?)?(?!\d)""",
    re.VERBOSE,
)
_OFFSET = re.compile(r"^\s*([+-])(\d{1,2}):?(\d{2})")


def parse_moment(text: str, *, subsec: str = "", offset: str = "") -> Moment | None:
    """A date as EXIF ("2022:05:15 18:42:07") or XMP ("2022-05-15T18:42:07.12+02:00") writes it.

    A day, a month or a year alone is kept as what it is: "1985", "1985-07-00", and EXIF's "1985:  :     :  :  ".

    Args:
        text: the date.
        subsec: digits after the second, from a tag of their own.
        offset: "+02:00", from a tag of its own.

    Returns:
        None for what is no date: blanks, zeros, the 31st of February.
    """
    match = _WRITTEN.match(text)
    if match is None:
        return None
    year, month, day = (
        int((part or "").strip() or 0)
        for part in (match[1], match[2] or match[4], match[3] or match[5])
    )
    if not month or not day or match[6] is None:
        taken_at = iso_date(year, month, day if month else 0)
        return Moment(taken_at) if taken_at else None
    hour, minute, second = (int(part or 0) for part in match.groups()[5:8])
    taken_at = iso_date(year, month, day, hour, minute, second, fraction=match[9] or subsec)
    if taken_at is None:
        return None
    return Moment(taken_at, parse_offset(match[10] or offset))


def parse_offset(text: str) -> int | None:
    """Minutes east of UTC of "+02:00", "-0330" or "Z"; None for anything else."""
    if text.strip() == "Z":
        return 0
    match = _OFFSET.match(text)
    if match is None:
        return None
    minutes = int(match[2]) * 60 + int(match[3])
    if minutes > _MAX_OFFSET_MIN:
        return None
    return -minutes if match[1] == "-" else minutes


def offset_from_utc(taken_at: str, utc: datetime, *, slack_s: float = _FIX_AGE_S) -> int | None:
    """The offset that lies between a wall-clock time and the same moment in UTC.

    Args:
        taken_at: wall-clock time, ISO 8601.
        utc: the same moment in UTC, naive.
        slack_s: how far the two may lie apart, in seconds; by default the age that a satellite fix may have.

    Returns:
        Minutes east of UTC, or None where the two do not belong together.
    """
    difference_min = (datetime.fromisoformat(taken_at) - utc).total_seconds() / 60
    rounded = round(difference_min / _OFFSET_STEP_MIN) * _OFFSET_STEP_MIN
    if abs(rounded) > _MAX_OFFSET_MIN or abs(difference_min - rounded) * 60 > slack_s:
        return None
    return rounded


def iso_date(
    year: int,
    month: int = 0,
    day: int = 0,
    hour: int | None = None,
    minute: int = 0,
    second: int = 0,
    *,
    fraction: str = "",
) -> str | None:
    """ISO 8601 of a date as exactly as it is known, or None for one that no calendar has.

    Args:
        year: four digits.
        month: 0 where only the year is known.
        day: 0 where only the month is known.
        hour: None where only the day is known.
        minute: of the hour.
        second: a leap second counts as the one before it.
        fraction: digits after the second.
    """
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    if not month:
        return f"{year:04d}"
    if hour == 24 and minute == 0 and second == 0:
        hour = 0  # some cameras begin the day so
    try:
        moment = datetime(year, month, day or 1, hour or 0, minute, min(second, 59))  # noqa: DTZ001 - wall-clock time
    except ValueError:
        return None
    if not day:
        return f"{year:04d}-{month:02d}"
    if hour is None:
        return moment.date().isoformat()
    digits = fraction.strip().rstrip("0")
    if not digits.isdigit():
        return moment.isoformat()
    return f"{moment.isoformat()}.{digits[:6].ljust(3, '0')}"
