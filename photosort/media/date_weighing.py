"""Which of several dates of a picture is that of the moment when it was taken."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from photosort.domain.dates import Precision, end_of, precision_of, start_of
from photosort.domain.photos import Source
from photosort.media.dates import offset_from_utc
from photosort.media.zones import offset_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from photosort.domain.photos import Metadata

_PRECISIONS = tuple(Precision)
_CLOCKS = frozenset({Source.EXIF, Source.XMP, Source.IPTC})
# Dates of names are of the second; a clip's header may be written a little earlier or later.
_NAME_SLACK_S = 60.0
_ZONE_STEP_S = 900.0
_A_DAY = timedelta(days=1)
# How a date ends whose day, or month and day, somebody had to make up.
_MADE_UP = "-01T00:00:00"


class Dated(NamedTuple):
    """A date and where it was read.

    Attributes:
        taken_at: wall-clock time, ISO 8601, as exactly as it is known.
        offset_min: minutes east of UTC, or None.
    """

    source: Source
    taken_at: str
    offset_min: int | None = None


def is_certain(date: Dated) -> bool:
    """Whether no date of a lower rank can say it better."""
    return (
        date.source.rank < Source.NAME.rank
        and len(date.taken_at) > 10
        and not date.taken_at.endswith(_MADE_UP)
    )


def best_of(dates: Iterable[Dated]) -> Dated | None:
    """The date of the picture: the highest in rank, then the most exact that agrees with it.

    When a picture was digitised or changed is no earlier than when it was taken. So a name beats it, and a folder,
    unless they are later; a name of a scanner counts as such a date, too. January 1 at midnight is what a field for
    exact dates says where only a year is known: beside that year it says nothing.
    """
    ranked = sorted(dates, key=lambda date: date.source.rank)
    if not ranked:
        return None
    best = ranked[0]
    if best.source is Source.USER:
        return best
    for other in ranked[1:]:
        is_earlier = end_of(other.taken_at) + _A_DAY <= start_of(best.taken_at)
        if is_earlier and (best.source, other.source) in {
            (Source.NAME, Source.DIGITIZED),
            (Source.DIGITIZED, Source.FOLDER),
        }:
            best = other
    start, end = start_of(best.taken_at), end_of(best.taken_at)
    if best.taken_at.endswith(_MADE_UP):
        return next(
            (o for o in ranked if len(o.taken_at) < 10 and start_of(o.taken_at) == start), best
        )
    if len(best.taken_at) > 10:
        return best
    inside = [o for o in ranked if o is best or start < start_of(o.taken_at) < end]
    return min(inside, key=lambda date: _PRECISIONS.index(precision_of(date.taken_at)))


def weigh(layers: Sequence[tuple[Source, Metadata]], place: Metadata) -> Dated | None:
    """The date that several sources give a picture, on the clock of the place where it was taken.

    Google Takeout, clips and some names know the moment in UTC only. Another source that means the same moment on
    another clock, a file's name included, gives the clock and the offset; else the place does.

    Args:
        layers: source and what it says; a layer's own `taken_source`, where set, says more exactly where its date
            was read.
        place: where the picture was taken, if that is known.
    """
    said = list(_dates(layers))
    best = best_of(date for date, _ in said)
    if best is None or len(best.taken_at) <= 10:
        return best
    if best.offset_min is None:
        second = best.taken_at[:19]
        same = (d.offset_min for d, _ in said if d.taken_at[:19] == second)
        return best._replace(offset_min=next((o for o in same if o is not None), None))
    if best.offset_min != 0 or best.source is Source.USER:
        return best
    length_s = next(length for date, length in said if date is best)
    utc = start_of(best.taken_at)
    for other, _ in said:
        offset_min = None if other is best else _offset(other, utc, length_s or 0.0)
        if offset_min is not None and other.offset_min in {None, offset_min}:
            return other._replace(offset_min=offset_min)
    # A still with EXIF, and XMP in it, tell the offset of the camera's own clock.
    if best.source in {Source.SIDECAR, Source.NAME} or length_s is not None:
        return _at_place(best, utc, place)
    return best


def _dates(layers: Sequence[tuple[Source, Metadata]]) -> Iterator[tuple[Dated, float | None]]:
    """Each layer's date and, of a clip, its length in seconds."""
    for source, said in sorted(layers, key=lambda layer: layer[0].rank):
        if said.taken_at:
            date = Dated(said.taken_source or source, said.taken_at, said.offset_min)
            yield date, said.duration_s


def _offset(other: Dated, utc: datetime, length_s: float) -> int | None:
    """The offset under which another date means a moment in UTC, or None."""
    if len(other.taken_at) <= 10:
        return None
    if other.source in _CLOCKS:
        return offset_from_utc(other.taken_at, utc)
    if other.source is not Source.NAME:
        return None
    # A name tells when the clip began or ended, its header the one or the other.
    for shift_s in dict.fromkeys((0.0, -length_s, length_s)):
        moment = utc + timedelta(seconds=shift_s)
        found = offset_from_utc(other.taken_at, moment, slack_s=_NAME_SLACK_S)
        if found is not None:
            return found
    if 0 < 2 * length_s < _ZONE_STEP_S:
        return offset_from_utc(other.taken_at, utc, slack_s=length_s)
    return None


def _at_place(date: Dated, utc: datetime, place: Metadata) -> Dated:
    if place.latitude is None or place.longitude is None:
        return date
    offset_min = offset_at(place.latitude, place.longitude, utc)
    if not offset_min:
        return date
    local = utc + timedelta(minutes=offset_min)
    has_fraction = "." in date.taken_at
    text = local.isoformat(timespec="milliseconds" if has_fraction else "seconds")
    return Dated(date.source, text, offset_min)
