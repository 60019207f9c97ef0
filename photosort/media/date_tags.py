"""The date that EXIF, XMP and IPTC of one file give a picture."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from photosort.domain.dates import start_of
from photosort.domain.photos import Source
from photosort.media.date_weighing import Dated, best_of, is_certain
from photosort.media.dates import Moment, offset_from_utc, parse_moment
from photosort.media.tags import text_of
from photosort.media.texts import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from photosort.media.tags import Tags

# When the picture was taken, then when it was digitised (Metadata Working Group, Guidelines 2.0, 5.4).
_XMP_TAKEN = ("Xmp.exif.DateTimeOriginal", "Xmp.photoshop.DateCreated")
_XMP_DIGITIZED = ("Xmp.exif.DateTimeDigitized", "Xmp.xmp.CreateDate")
_IPTC_TAKEN = ("Iptc.Application2.DateCreated", "Iptc.Application2.TimeCreated")
_IPTC_DIGITIZED = ("Iptc.Application2.DigitizationDate", "Iptc.Application2.DigitizationTime")


def date_of(tags: Tags, iptc: Mapping[str, Sequence[str]]) -> Dated | None:
    """When the picture was taken, as far as its file says, else when it was digitised or last changed."""
    taken = _exif(tags, "Original")
    best = Dated(Source.EXIF, *taken) if taken else None
    if best is None or not is_certain(best):
        found = list(_taken(tags, iptc)) or list(_digitized(tags, iptc))
        best = best_of([best, *found] if best else found)
    if best is None or best.offset_min is not None or len(best.taken_at) <= 10:
        return best
    # The offset that was written, else the one that the satellites' UTC gives away.
    utc = _satellite_time(tags)
    return best._replace(offset_min=offset_from_utc(best.taken_at, utc)) if utc else best


def _taken(tags: Tags, iptc: Mapping[str, Sequence[str]]) -> Iterator[Dated]:
    if moment := _xmp(tags, _XMP_TAKEN):
        yield Dated(Source.XMP, *moment)
    if moment := _iptc(iptc, *_IPTC_TAKEN):
        yield Dated(Source.IPTC, *moment)


def _digitized(tags: Tags, iptc: Mapping[str, Sequence[str]]) -> Iterator[Dated]:
    changed = tags.exif.get("Exif.Image.DateTime", "")
    moment = (
        _exif(tags, "Digitized")
        or _xmp(tags, _XMP_DIGITIZED)
        or _iptc(iptc, *_IPTC_DIGITIZED)
        or parse_moment(
            changed,
            subsec=tags.exif.get("Exif.Photo.SubSecTime", ""),
            offset=tags.exif.get("Exif.Photo.OffsetTime", ""),
        )
    )
    if moment:
        yield Dated(Source.DIGITIZED, *moment)


def _exif(tags: Tags, name: str) -> Moment | None:
    exif = tags.exif
    return parse_moment(
        exif.get(f"Exif.Photo.DateTime{name}", ""),
        subsec=exif.get(f"Exif.Photo.SubSecTime{name}", ""),
        offset=exif.get(f"Exif.Photo.OffsetTime{name}", ""),
    )


def _xmp(tags: Tags, keys: Sequence[str]) -> Moment | None:
    written = [moment for key in keys if (moment := parse_moment(text_of(tags.xmp, key) or ""))]
    if not written:
        return None
    # One of several dates of the same second may carry the offset that the others lack.
    taken_at = written[0].taken_at
    offsets = (other.offset_min for other in written if other.taken_at[:19] == taken_at[:19])
    return Moment(taken_at, next((o for o in offsets if o is not None), None))


def _iptc(iptc: Mapping[str, Sequence[str]], date_key: str, time_key: str) -> Moment | None:
    date = next(iter(iptc.get(date_key, ())), "")
    time = next(iter(iptc.get(time_key, ())), "")
    return parse_moment(f"{date} {time}") or parse_moment(date)


def _satellite_time(tags: Tags) -> datetime | None:
    day = parse_moment(tags.exif.get("Exif.GPSInfo.GPSDateStamp", ""))
    time = [number(part) for part in tags.exif.get("Exif.GPSInfo.GPSTimeStamp", "").split()]
    if day is not None and len(day.taken_at) >= 10 and len(time) == 3:
        seconds = sum((part or 0.0) * unit for part, unit in zip(time, (3600, 60, 1), strict=True))
        if None not in time and 0 <= seconds < 86_400:
            return start_of(day.taken_at[:10]) + timedelta(seconds=seconds)
    stamp = parse_moment(text_of(tags.xmp, "Xmp.exif.GPSTimeStamp") or "")
    return start_of(stamp.taken_at) if stamp and len(stamp.taken_at) > 10 else None
