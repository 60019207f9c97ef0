"""Dates as exactly as they are known: a second, or only a day, a month or a year."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - wall-clock time has no zone
_MILLISECOND = timedelta(milliseconds=1)


class Precision(StrEnum):
    """How exactly a date is known; the finest first."""

    SECOND = "second"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


# By the length of the text: "1985", "1985-07", "1985-07-04".
LENGTHS = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}
_REST = {Precision.YEAR: "-01-01", Precision.MONTH: "-01"}


def precision_of(taken_at: str) -> Precision:
    """How exactly a date is known, which its length says: ISO 8601 leaves out what is not."""
    return LENGTHS.get(len(taken_at), Precision.SECOND)


def start_of(taken_at: str) -> datetime:
    """The earliest moment that a date may mean, in wall-clock time.

    Raises:
        ValueError: no date that the calendar has.
    """
    return datetime.fromisoformat(taken_at + _REST.get(precision_of(taken_at), ""))


def end_of(taken_at: str) -> datetime:
    """The first moment after all that a date can mean; of an exact date the moment itself.

    Raises:
        ValueError: no date that the calendar has.
    """
    start = start_of(taken_at)
    match precision_of(taken_at):
        case Precision.YEAR:
            return start.replace(year=start.year + 1)
        case Precision.MONTH:
            return (start + timedelta(days=31)).replace(day=1)
        case Precision.DAY:
            return start + timedelta(days=1)
        case _:
            return start


def wall_clock_ms(taken_at: str | None) -> int | None:
    """Milliseconds from 1970-01-01T00:00:00 to the beginning of a date, as if no zone existed.

    Sorting by it puts photos in the order of the clocks on the walls where they were taken. None for no
    time and for one that no calendar has.
    """
    if taken_at is None:
        return None
    try:
        moment = start_of(taken_at)
    except ValueError:
        return None
    return (moment.replace(tzinfo=None) - _EPOCH) // _MILLISECOND
