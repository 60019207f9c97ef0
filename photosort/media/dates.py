"""Parses dates as cameras, programs and file names write them: ISO 8601 wall-clock time and an offset."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

# Before photography or beyond any clock: a camera whose battery was empty, or digits that are no date.
_FIRST_YEAR = 1826
_LAST_YEAR = 2100
_MAX_OFFSET_MIN = 14 * 60
# GPS time may be a few minutes old; offsets are multiples of a quarter of an hour.
_OFFSET_STEP_MIN = 15
_GPS_SLACK_MIN = 5


class Moment(NamedTuple):
    """A point in time as it was written.

    Attributes:
        taken_at: wall-clock time, ISO 8601 without offset, with a fraction only where one was given.
        offset_min: minutes east of UTC, or None.
    """

    taken_at: str
    offset_min: int | None = None


_WRITTEN = re.compile(
    r"""^\s*(\d{4})[-:/.](\d{1,2})[-:/.](\d{1,2})
        (?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,](\d+))?\s*(Z|[+-]\d{2}:?\d{2})?)?""",
    re.VERBOSE,
)
_OFFSET = re.compile(r"^\s*([+-])(\d{1,2}):?(\d{2})")


def parse_moment(text: str, *, subsec: str = "", offset: str = "") -> Moment | None:
    """A date as EXIF ("2022:05:15 18:42:07") or XMP ("2022-05-15T18:42:07.12+02:00") writes it.

    Args:
        text: the date; without a time it counts as midnight.
        subsec: digits after the second, from a tag of their own.
        offset: "+02:00", from a tag of its own.

    Returns:
        None for what is no date: blanks, zeros, the 31st of February.
    """
    match = _WRITTEN.match(text)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    taken_at = _iso(year, month, day, hour, minute, second, match[7] or subsec)
    if taken_at is None:
        return None
    return Moment(taken_at, parse_offset(match[8] or offset))


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


def offset_from_utc(taken_at: str, utc: datetime) -> int | None:
    """The offset that lies between a wall-clock time and the UTC of a satellite fix.

    Args:
        taken_at: wall-clock time, ISO 8601.
        utc: the same moment in UTC, naive; may be some minutes older.

    Returns:
        Minutes east of UTC, or None where the two do not belong together.
    """
    difference_min = (datetime.fromisoformat(taken_at) - utc).total_seconds() / 60
    rounded = round(difference_min / _OFFSET_STEP_MIN) * _OFFSET_STEP_MIN
    if abs(rounded) > _MAX_OFFSET_MIN or abs(difference_min - rounded) > _GPS_SLACK_MIN:
        return None
    return rounded


# Each begins and ends at something that is no digit: a date inside a longer number is an accident.
_IN_NAME = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # IMG_20220430_134312, 20220430_13_43_12, PXL_20220430_134312123, Screenshot_20220430-134312, 20220430134312
        r"(?<!\d)(\d{4})(\d{2})(\d{2})[-_ T]?(\d{2})[-_.h]?(\d{2})[-_.m]?(\d{2})(?:[-_.]?(\d{3}))?(?!\d)",
        # 2022-04-30 13.43.12, 2022-04-30-13-43-12, 2022_04_30T13_43_12, Screenshot 2022-04-30 at 13.43.12
        r"(?<!\d)(\d{4})[-_.](\d{2})[-_.](\d{2})(?:[-_ T]| at | um | à )+(\d{1,2})[-_.:h](\d{2})[-_.:m](\d{2})(?:[.,_-](\d{3}))?(?!\d)",
        # IMG-20220430-WA0001, Screenshot_2022-04-30, 20220430
        r"(?<!\d)(\d{4})([-_.]?)(\d{2})\2(\d{2})(?!\d)",
    )
)
_NAME_FIRST_YEAR = 1980
_AFTERNOON = re.compile(r"\d{2}[\s\u202f]?pm\b", re.IGNORECASE)
_UTC_NAME = re.compile(r"^(PXL_|UTC[-_])", re.IGNORECASE)


def moment_from_name(name: str, *, now: datetime | None = None) -> Moment | None:
    """The date that a camera, a phone or a messenger wrote into a file name.

    A date alone counts as midnight. A bare year, digits without a plausible date and dates in the future are
    no dates. Pixel phones (`PXL_`) write UTC: the offset is then 0.

    Args:
        name: the file's name, without its folder.
        now: the present, for tests.
    """
    latest = (now or datetime.now(tz=UTC)).replace(tzinfo=None) + timedelta(days=2)
    offset_min = 0 if _UTC_NAME.match(name) else None
    for index, pattern in enumerate(_IN_NAME):
        for match in pattern.finditer(name):
            if index < 2:
                year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
                if hour < 12 and _AFTERNOON.search(name, match.start()):
                    hour += 12
                taken_at = _iso(year, month, day, hour, minute, second, match[7] or "")
            else:
                offset_min = None
                year, month, day = int(match[1]), int(match[3]), int(match[4])
                taken_at = _iso(year, month, day, 0, 0, 0, "")
            if (
                taken_at is not None
                and year >= _NAME_FIRST_YEAR
                and datetime.fromisoformat(taken_at) <= latest
            ):
                return Moment(taken_at, offset_min)
    return None


def date_from_name(name: str) -> str | None:
    """The wall-clock time in a file name, ISO 8601, or None. See `moment_from_name`."""
    moment = moment_from_name(name)
    return moment.taken_at if moment else None


def _iso(
    year: int, month: int, day: int, hour: int, minute: int, second: int, fraction: str
) -> str | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    if hour == 24 and minute == 0 and second == 0:
        hour = 0  # some cameras begin the day so
    try:
        moment = datetime(year, month, day, hour, minute, min(second, 59))  # noqa: DTZ001 - wall-clock time
    except ValueError:
        return None
    digits = fraction.strip().rstrip("0")
    if not digits.isdigit():
        return moment.isoformat()
    return f"{moment.isoformat()}.{digits[:6].ljust(3, '0')}"
