"""Changes the dates of one photo or many: set, moved, or put into another time zone."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from photosort.domain.dates import Precision, precision_of, start_of
from photosort.errors import InputProblem
from photosort.media.dates import Moment, parse_moment, parse_offset
from photosort.media.zones import zone_at
from photosort.sentences import Sentence, counted_photos
from photosort.store.tables import photos
from photosort.usecases.photos.decisions import decide_each

if TYPE_CHECKING:
    from photosort.domain.changes import ChangeSet
    from photosort.domain.photos import Metadata
    from photosort.store.tables.photos import UserChange
    from photosort.usecases.session.session import Session

_SHIFT = re.compile(
    r"(?P<sign>[+-]?)(?:(?P<days>\d+)d)?(?:(?P<hours>\d+)h)?(?:(?P<minutes>\d+)m)?(?:(?P<seconds>\d+)s)?"
)

Dates = dict[int, Moment]


def parse_date(text: str) -> Moment:
    """A date as exactly as it is written: "1985", "1985-07", "1985-07-04 14:30".

    Raises:
        InputProblem: it is no date.
    """
    moment = parse_moment(text)
    if moment is None:
        raise InputProblem(Sentence("“{text}” is no date; write 2023-05-14 14:30", text=text))
    return moment


def parse_shift(text: str) -> timedelta:
    """How far a clock was wrong: "+1h30m", "-2d", "45s".

    Raises:
        InputProblem: it is no length of time.
    """
    match = _SHIFT.fullmatch(text.strip())
    parts = {} if match is None else match.groupdict()
    sign = parts.pop("sign", "")
    length = timedelta(**{name: int(value or 0) for name, value in parts.items()})
    if not length:
        raise InputProblem(Sentence("“{text}” is no length of time; write +1h30m", text=text))
    return -length if sign == "-" else length


def set_to(photo_ids: Sequence[int], date: Moment) -> Dates:
    """The same date for all."""
    return dict.fromkeys(photo_ids, date)


def shifted(session: Session, photo_ids: Sequence[int], by: timedelta) -> Dates:
    """Every date earlier or later.

    Raises:
        InputProblem: a photo has no exact date.
    """
    return {
        photo_id: Moment(_text(_exact(shown) + by), shown.offset_min)
        for photo_id, shown in _shown(session, photo_ids).items()
    }


def moved_along(session: Session, photo_ids: Sequence[int], date: Moment) -> Dates:
    """The first photo at a date, and the rest as far before and after it as they were.

    Raises:
        InputProblem: a photo has no exact date, or the new date is none.
    """
    if precision_of(date.taken_at) is not Precision.SECOND:
        raise InputProblem(Sentence("The others can only follow a date with a time."))
    first = _shown(session, photo_ids[:1])[photo_ids[0]]
    return shifted(session, photo_ids, start_of(date.taken_at) - _exact(first))


def in_zone(session: Session, photo_ids: Sequence[int], zone: str | None) -> Dates:
    """The same moments on the clock of a time zone.

    Where no offset is known the clock was that of the zone, and only the offset is new.

    Args:
        session: the open library.
        photo_ids: photos.
        zone: "+02:00" or "Europe/Rome"; None for that of each photo's place.

    Raises:
        InputProblem: there is no such zone, a photo has no exact date, or no place where one is needed.
    """
    found: Dates = {}
    for photo_id, shown in _shown(session, photo_ids).items():
        local = _exact(shown)
        name = zone if zone is not None else _zone_of_place(shown)
        if shown.offset_min is None:
            found[photo_id] = Moment(_text(local), _offset(name, local, is_local=True))
            continue
        utc = local - timedelta(minutes=shown.offset_min)
        offset_min = _offset(name, utc, is_local=False)
        found[photo_id] = Moment(_text(utc + timedelta(minutes=offset_min)), offset_min)
    return found


def change_dates(session: Session, dates: Dates) -> ChangeSet:
    """Keeps dates as decisions, as one entry of the history."""
    changes: dict[int, UserChange] = {
        photo_id: {"taken_at": date.taken_at, "offset_min": date.offset_min}
        for photo_id, date in dates.items()
    }
    action = Sentence("Corrected the date of {photos}", photos=counted_photos(len(dates)))
    return session.write(
        lambda store: decide_each(store, changes, action=action, actor=session.actor)
    )


def _shown(session: Session, photo_ids: Sequence[int]) -> dict[int, Metadata]:
    found = session.read(lambda store: photos.get(store, photo_ids))
    return {photo.id: photo.effective for photo in found}


def _exact(shown: Metadata) -> datetime:
    if shown.taken_at is None or precision_of(shown.taken_at) is not Precision.SECOND:
        raise InputProblem(Sentence("A photo without an exact date cannot be moved; set its date."))
    return start_of(shown.taken_at)


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds" if moment.microsecond else "seconds")


def _zone_of_place(shown: Metadata) -> str:
    if shown.latitude is None or shown.longitude is None:
        raise InputProblem(Sentence("Nothing says where a photo was taken."))
    return zone_at(shown.latitude, shown.longitude)


def _offset(zone: str, moment: datetime, *, is_local: bool) -> int:
    written = parse_offset(zone)
    if written is not None:
        return written
    try:
        held = zoneinfo.ZoneInfo(zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InputProblem(
            Sentence("There is no time zone “{zone}”; write +02:00 or Europe/Rome", zone=zone)
        ) from error
    at = moment.replace(tzinfo=held) if is_local else moment.replace(tzinfo=UTC).astimezone(held)
    return round((at.utcoffset() or timedelta()).total_seconds() / 60)
