"""Reads EXIF, XMP and IPTC and merges them into one `Metadata`."""

from __future__ import annotations

import struct
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from photosort.domain.photos import Flag, Metadata, Source
from photosort.media.acdsee import CATEGORIES, category_paths
from photosort.media.coordinates import parse_angle
from photosort.media.dates import Moment, date_from_name, offset_from_utc, parse_moment
from photosort.media.geometry import upright_size
from photosort.media.orientation import orientation_in, orientation_of
from photosort.media.regions import joined_people, people_of
from photosort.media.tags import BadTags, Tags, Xmp, add_blocks, read_tags
from photosort.media.texts import (
    clean,
    iptc_texts,
    joined_keywords,
    keyword_paths,
    number,
    stars,
    user_comment,
    utf16,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

T = TypeVar("T")

__all__ = ["date_from_name", "from_xmp", "merge", "read_metadata", "said_by"]

_APPLE_NOTE = b"Apple iOS\0"
_APPLE_CONTENT_IDENTIFIER = 0x0011
_SAMSUNG_MOTION = b"MotionPhoto_Data"
_MOTION_MARKS = (
    "Xmp.GCamera.MotionPhoto",
    "Xmp.GCamera.MicroVideo",
    "Xmp.MiCamera.XMPMeta",
    "Xmp.OpCamera.MotionPhotoOwner",
)
# What cameras write where a person's words belong.
_CAMERA_CAPTIONS = frozenset(
    {
        "olympus digital camera",
        "sony dsc",
        "minolta digital camera",
        "digital camera",
        "default",
        "untitled",
        "samsung camera pictures",
        "samsung",
        "konica minolta digital camera",
        "kodak digital still camera",
        "charset=ascii binary comment",
        "cof",
        "nor",
        "hdr",
        "screenshot",
        "dav",
        "mde",
    }
)
_CLOCKS = frozenset({Source.EXIF, Source.XMP, Source.IPTC})
_XMP_DATES = (
    "Xmp.exif.DateTimeOriginal",
    "Xmp.photoshop.DateCreated",
    "Xmp.exif.DateTimeDigitized",
    "Xmp.xmp.CreateDate",
)
_IPTC_DATES = (
    ("Iptc.Application2.DateCreated", "Iptc.Application2.TimeCreated"),
    ("Iptc.Application2.DigitizationDate", "Iptc.Application2.DigitizationTime"),
)
_FLAGS = {
    "Xmp.digiKam.PickLabel": {"1": Flag.DISCARD, "3": Flag.PICK},
    "Xmp.xmpDM.pick": {"-1": Flag.DISCARD, "1": Flag.PICK},
    "Xmp.xmpDM.good": {"false": Flag.DISCARD, "true": Flag.PICK},
}
_COLOURS = {name.casefold(): name for name in ("Red", "Yellow", "Green", "Blue", "Purple")}
_DIGIKAM_COLOURS = {
    str(number): name
    for number, name in enumerate(
        ("Red", "Orange", "Yellow", "Green", "Blue", "Magenta", "Gray", "Black", "White"), start=1
    )
}


def read_metadata(
    source: bytes | Path,
    *,
    exif: bytes | None = None,
    xmp: bytes | None = None,
    shown: int | None = None,
) -> Metadata:
    """What the bytes of a picture say; a picture without metadata gives an empty `Metadata`.

    The date is that of EXIF, else XMP, else IPTC, with `taken_source` saying which; the time of the last
    change (`Exif.Image.DateTime`) counts only where nothing else is known.

    Args:
        source: the bytes of the file, or its path.
        exif: the EXIF block that a decoder found, for files in which exiv2 finds none: it gives up on HEIF
            and AVIF that describe where their items lie before saying what they are (libheif's order).
        xmp: the XMP packet that a decoder found.
        shown: how its decoder turns the stored picture; None where the tags alone are to tell.
    """
    try:
        tags = read_tags(source)
    except BadTags:
        tags = Tags()
    add_blocks(tags, exif, xmp)
    said = said_by(tags, shown=shown)
    if (
        isinstance(source, bytes)
        and tags.exif.get("Exif.Image.Make", "").casefold().startswith("samsung")
        and _SAMSUNG_MOTION in source
    ):
        return replace(said, has_motion=True)
    return said


def said_by(tags: Tags, *, shown: int | None = None) -> Metadata:
    """What tags that were read already say; `shown` as for `read_metadata`."""
    return replace(_weigh(tags, shown or orientation_of(tags)), has_motion=_has_motion(tags.xmp))


def from_xmp(xmp: dict[str, str | list[str]]) -> Metadata:
    """What a sidecar's XMP says, its date and rating marked as the sidecar's."""
    said = said_by(Tags(xmp=xmp))
    return replace(
        said,
        taken_source=Source.SIDECAR if said.taken_at else None,
        rating_source=Source.SIDECAR if said.rating is not None else None,
        orientation=orientation_in(xmp),
    )


def merge(layers: Sequence[tuple[Source, Metadata]]) -> Metadata:
    """Weighs what several sources say: user > sidecar > EXIF > XMP > IPTC > name > mtime.

    Date and offset, the place, and the rating are each taken whole from one source. Keywords and people of all
    sources are joined; of everything else the first that says something wins.

    Args:
        layers: source and what it says; a layer's own `taken_source` and `rating_source`, where set, say more
            exactly where these two were read.
    """
    ranked = [said for _, said in sorted(layers, key=lambda layer: layer[0].rank)]
    merged = Metadata()
    for said in ranked:
        merged = _filled(merged, said)
    merged = replace(merged, caption=_caption_of(layers, merged.title))
    dated = min(
        ((said.taken_source or source, said) for source, said in layers if said.taken_at),
        key=lambda pair: pair[0].rank,
        default=None,
    )
    if dated is not None:
        source, said = dated
        taken_at, offset_min = said.taken_at, _offset_of(said, ranked)
        local = _local_twin(said, source, layers)
        if local is not None:
            source, taken_at, offset_min = local
        merged = replace(merged, taken_at=taken_at, taken_source=source, offset_min=offset_min)
    rated = min(
        (
            (said.rating_source or source, said)
            for source, said in layers
            if said.rating is not None
        ),
        key=lambda pair: pair[0].rank,
        default=None,
    )
    if rated is not None:
        merged = replace(merged, rating=rated[1].rating, rating_source=rated[0])
    return merged


def _caption_of(layers: Sequence[tuple[Source, Metadata]], title: str | None) -> str | None:
    """The first caption that does not repeat the title of another layer, unless the user wrote it."""
    for source, said in sorted(layers, key=lambda layer: layer[0].rank):
        if said.caption is not None and (
            source is Source.USER or said.caption.casefold() != (title or "").casefold()
        ):
            return said.caption
    return None


def _filled(upper: Metadata, lower: Metadata) -> Metadata:
    """What `upper` says, with its gaps filled by `lower`; date and rating are left to the caller."""
    placed = upper if upper.latitude is not None else lower
    return Metadata(
        width=_either(upper.width, lower.width),
        height=_either(upper.height, lower.height),
        orientation=_either(upper.orientation, lower.orientation),
        latitude=placed.latitude,
        longitude=placed.longitude,
        altitude_m=placed.altitude_m,
        camera_make=_either(upper.camera_make, lower.camera_make),
        camera_model=_either(upper.camera_model, lower.camera_model),
        lens=_either(upper.lens, lower.lens),
        exposure_s=_either(upper.exposure_s, lower.exposure_s),
        f_number=_either(upper.f_number, lower.f_number),
        iso=_either(upper.iso, lower.iso),
        focal_mm=_either(upper.focal_mm, lower.focal_mm),
        flag=_either(upper.flag, lower.flag),
        label=_either(upper.label, lower.label),
        title=_either(upper.title, lower.title),
        caption=_either(upper.caption, lower.caption),
        keywords=joined_keywords((*upper.keywords, *lower.keywords)),
        people=joined_people(upper.people, lower.people),
        content_identifier=_either(upper.content_identifier, lower.content_identifier),
        is_animated=upper.is_animated or lower.is_animated,
        has_motion=upper.has_motion or lower.has_motion,
        software=_either(upper.software, lower.software),
    )


def _either(first: T | None, second: T | None) -> T | None:
    return second if first is None else first


def _offset_of(dated: Metadata, ranked: Sequence[Metadata]) -> int | None:
    """The offset of the date that won, from another source where that means the same second."""
    if dated.offset_min is not None or dated.taken_at is None:
        return dated.offset_min
    second = dated.taken_at[:19]
    return next(
        (
            said.offset_min
            for said in ranked
            if said.offset_min is not None and said.taken_at and said.taken_at[:19] == second
        ),
        None,
    )


def _local_twin(
    dated: Metadata, source: Source, layers: Sequence[tuple[Source, Metadata]]
) -> tuple[Source, str, int] | None:
    """The camera's own clock for a moment that a sidecar knows in UTC only, as Google Takeout does.

    Returns:
        Source, wall-clock time and offset, or None where no other source means the same moment.
    """
    if source is not Source.SIDECAR or dated.offset_min != 0 or dated.taken_at is None:
        return None
    utc = datetime.fromisoformat(dated.taken_at)
    for other, said in sorted(layers, key=lambda layer: layer[0].rank):
        if said is dated or said.taken_at is None or other not in _CLOCKS:
            continue
        offset_min = offset_from_utc(said.taken_at, utc)
        if offset_min is not None and said.offset_min in {None, offset_min}:
            return said.taken_source or other, said.taken_at, offset_min
    return None


def _weigh(tags: Tags, shown: int) -> Metadata:
    """One file's EXIF, XMP and IPTC as one."""
    exif, xmp = tags.exif, tags.xmp
    iptc = iptc_texts(tags.iptc)
    width, height = upright_size((tags.width, tags.height), shown)
    moment, taken_source = _date(tags, iptc)
    place = _place(tags)
    rating, rating_source = _rating(exif, xmp)
    keywords = _keywords(tags, iptc)
    title = _words(
        _text(xmp, "Xmp.dc.title"),
        *iptc.get("Iptc.Application2.ObjectName", ()),
        utf16(tags.binary.get("Exif.Image.XPTitle")),
    )
    return Metadata(
        width=width or None,
        height=height or None,
        orientation=said if (said := orientation_of(tags)) != 1 else None,
        taken_at=moment.taken_at if moment else None,
        offset_min=_offset(moment, tags),
        taken_source=taken_source,
        latitude=place[0] if place else None,
        longitude=place[1] if place else None,
        altitude_m=_altitude(tags) if place else None,
        camera_make=_words(exif.get("Exif.Image.Make"), _text(xmp, "Xmp.tiff.Make")),
        camera_model=_words(exif.get("Exif.Image.Model"), _text(xmp, "Xmp.tiff.Model")),
        lens=_words(
            exif.get("Exif.Photo.LensModel"),
            _text(xmp, "Xmp.exifEX.LensModel"),
            _text(xmp, "Xmp.aux.Lens"),
        ),
        exposure_s=_positive(
            exif.get("Exif.Photo.ExposureTime"), _text(xmp, "Xmp.exif.ExposureTime")
        ),
        f_number=_positive(exif.get("Exif.Photo.FNumber"), _text(xmp, "Xmp.exif.FNumber")),
        iso=_iso(tags),
        focal_mm=_positive(exif.get("Exif.Photo.FocalLength"), _text(xmp, "Xmp.exif.FocalLength")),
        rating=rating,
        rating_source=rating_source,
        flag=_flag(xmp),
        label=_label(xmp, keywords),
        title=title,
        caption=_caption(tags, iptc, title),
        keywords=keywords,
        people=people_of(xmp, (tags.width, tags.height), shown),
        content_identifier=_content_identifier(tags),
        software=_words(exif.get("Exif.Image.Software"), _text(xmp, "Xmp.xmp.CreatorTool")),
    )


def _date(tags: Tags, iptc: Mapping[str, Sequence[str]]) -> tuple[Moment | None, Source | None]:
    exif, xmp = tags.exif, tags.xmp
    for name in ("Original", "Digitized"):
        moment = parse_moment(
            exif.get(f"Exif.Photo.DateTime{name}", ""),
            subsec=exif.get(f"Exif.Photo.SubSecTime{name}", ""),
            offset=exif.get(f"Exif.Photo.OffsetTime{name}", ""),
        )
        if moment is not None:
            return moment, Source.EXIF
    written = [moment for key in _XMP_DATES if (moment := parse_moment(_text(xmp, key) or ""))]
    if written:
        # One of several dates of the same second may carry the offset that the others lack.
        taken_at = written[0].taken_at
        offsets = (other.offset_min for other in written if other.taken_at[:19] == taken_at[:19])
        return Moment(taken_at, next((o for o in offsets if o is not None), None)), Source.XMP
    for date_key, time_key in _IPTC_DATES:
        date = next(iter(iptc.get(date_key, ())), "")
        time = next(iter(iptc.get(time_key, ())), "")
        moment = parse_moment(f"{date} {time}") or parse_moment(date)
        if moment is not None:
            return moment, Source.IPTC
    moment = parse_moment(
        exif.get("Exif.Image.DateTime", ""),
        subsec=exif.get("Exif.Photo.SubSecTime", ""),
        offset=exif.get("Exif.Photo.OffsetTime", ""),
    )
    return (moment, Source.EXIF) if moment is not None else (None, None)


def _offset(moment: Moment | None, tags: Tags) -> int | None:
    """The offset that was written, else the one that the satellites' UTC gives away."""
    if moment is None or moment.offset_min is not None:
        return moment.offset_min if moment else None
    utc = _satellite_time(tags)
    return offset_from_utc(moment.taken_at, utc) if utc else None


def _satellite_time(tags: Tags) -> datetime | None:
    day = parse_moment(tags.exif.get("Exif.GPSInfo.GPSDateStamp", ""))
    time = _rationals(tags.exif.get("Exif.GPSInfo.GPSTimeStamp"))
    if day is not None and len(time) == 3:
        seconds = time[0] * 3600 + time[1] * 60 + time[2]
        if 0 <= seconds < 86_400:
            return datetime.fromisoformat(day.taken_at) + timedelta(seconds=seconds)
    stamp = parse_moment(_text(tags.xmp, "Xmp.exif.GPSTimeStamp") or "")
    return datetime.fromisoformat(stamp.taken_at) if stamp else None


def _place(tags: Tags) -> tuple[float, float] | None:
    latitude = _degrees(tags, "Latitude", 90)
    longitude = _degrees(tags, "Longitude", 180)
    # Zero and zero is what a receiver without a fix writes, not a place in the Gulf of Guinea.
    if latitude is None or longitude is None or (latitude == 0 and longitude == 0):
        return None
    return latitude, longitude


def _degrees(tags: Tags, name: str, most: float) -> float | None:
    exif, xmp = tags.exif, tags.xmp
    key = f"Exif.GPSInfo.GPS{name}"
    reference = exif.get(f"{key}Ref")
    degrees = parse_angle(exif.get(key), reference, most=most)
    if degrees is not None and reference:
        return degrees
    # EXIF's angle without its direction says less than XMP's.
    key = f"Xmp.exif.GPS{name}"
    said = parse_angle(_text(xmp, key), _text(xmp, f"{key}Ref"), most=most)
    return degrees if said is None else said


def _altitude(tags: Tags) -> float | None:
    value = _positive(
        tags.exif.get("Exif.GPSInfo.GPSAltitude"), _text(tags.xmp, "Xmp.exif.GPSAltitude")
    )
    below = tags.binary.get("Exif.GPSInfo.GPSAltitudeRef") or (
        b"\x01" if _text(tags.xmp, "Xmp.exif.GPSAltitudeRef") == "1" else b""
    )
    return -value if value is not None and below.startswith(b"\x01") else value


def _rating(exif: Mapping[str, str], xmp: Xmp) -> tuple[int | None, Source | None]:
    # Most programs change xmp:Rating alone, and Windows both: where the two differ, EXIF's is the older. But no
    # stars are what programs write that never asked for any (RawTherapee 5.9), so stars anywhere are worth more.
    said = [
        (stars(_text(xmp, "Xmp.xmp.Rating")), Source.XMP),
        (stars(exif.get("Exif.Image.Rating")), Source.EXIF),
        (stars(_text(xmp, "Xmp.MicrosoftPhoto.Rating"), most=100), Source.XMP),
        (stars(exif.get("Exif.Image.RatingPercent"), most=100), Source.EXIF),
        (stars(_text(xmp, "Xmp.acdsee.rating")), Source.XMP),
    ]
    rated = [one for one in said if one[0] is not None]
    return next((one for one in rated if one[0]), rated[0] if rated else (None, None))


def _flag(xmp: Xmp) -> Flag | None:
    """A choice that another program wrote: digiKam, Premiere and Bridge, Lightroom."""
    for key in ("Xmp.digiKam.PickLabel", "Xmp.xmpDM.pick", "Xmp.xmpDM.good"):
        flag = _FLAGS[key].get((_text(xmp, key) or "").strip().casefold())
        if flag is not None:
            return flag
    return None


def _label(xmp: Xmp, keywords: Sequence[str]) -> str | None:
    """The colour label, by its English name where the file names the colour apart from the words for it."""
    colour = _COLOURS.get((_text(xmp, "Xmp.photoshop.LabelColor") or "").strip().casefold())
    colour = colour or _DIGIKAM_COLOURS.get((_text(xmp, "Xmp.digiKam.ColorLabel") or "").strip())
    if colour is not None:
        return colour
    label = _words(_text(xmp, "Xmp.xmp.Label"))
    # Shotwell (0.30) writes a keyword there.
    levels = {level.casefold() for keyword in keywords for level in keyword.split("|")}
    return None if label is None or label.casefold() in levels else label


def _caption(tags: Tags, iptc: Mapping[str, Sequence[str]], title: str | None) -> str | None:
    """The first text that is neither the title once more (Shotwell, Windows) nor a camera's name."""
    nothing_new = {*_CAMERA_CAPTIONS, (title or "").casefold()}
    candidates = (
        _text(tags.xmp, "Xmp.dc.description"),
        *iptc.get("Iptc.Application2.Caption", ()),
        tags.exif.get("Exif.Image.ImageDescription"),
        utf16(tags.binary.get("Exif.Image.XPComment")),
        user_comment(tags.binary.get("Exif.Photo.UserComment")),
        _text(tags.xmp, "Xmp.acdsee.notes"),
        _text(tags.xmp, "Xmp.acdsee.caption"),
    )
    texts = (clean(candidate) for candidate in candidates)
    return next((text for text in texts if text and text.casefold() not in nothing_new), None)


def _keywords(tags: Tags, iptc: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    xmp = tags.xmp
    # Windows repeats each keyword in dc:subject as it stands: "AC/DC" in both is a word and no path.
    words = set(_texts(xmp, "Xmp.dc.subject"))
    paths = [
        *_texts(xmp, "Xmp.lr.hierarchicalSubject"),
        *_texts(xmp, "Xmp.mediapro.CatalogSets"),
        *category_paths(_text(xmp, CATEGORIES) or ""),
        *(
            path.replace("|", "¦").replace("/", "|")
            for key in ("Xmp.digiKam.TagsList", "Xmp.MicrosoftPhoto.LastKeywordXMP")
            for path in _texts(xmp, key)
            if path not in words
        ),
    ]
    flat = [
        *_texts(xmp, "Xmp.dc.subject"),
        *_texts(xmp, "Xmp.MicrosoftPhoto.LastKeywordIPTC"),
        *_texts(xmp, "Xmp.acdsee.keywords"),
        *iptc.get("Iptc.Application2.Keywords", ()),
        *(utf16(tags.binary.get("Exif.Image.XPKeywords")) or "").split(";"),
    ]
    return keyword_paths(paths, flat)


def _content_identifier(tags: Tags) -> str | None:
    """What the still and the clip of a Live Photo share: the maker's note of an iPhone, or XMP."""
    note = tags.binary.get("Exif.Photo.MakerNote", b"")
    if note.startswith(_APPLE_NOTE) and note[12:14] == b"MM":
        for at in range(16, 16 + 12 * min(256, int.from_bytes(note[14:16], "big")), 12):
            entry = note[at : at + 12]
            if len(entry) < 12:
                break
            tag, kind, count, offset = struct.unpack(">HHII", entry)
            if tag == _APPLE_CONTENT_IDENTIFIER and kind == 2 and 4 < count < 256:
                text = note[offset : offset + count].rstrip(b"\0").decode("ascii", "ignore")
                return text or None
    return _words(_text(tags.xmp, "Xmp.apple-fi.ContentIdentifier"))


def _has_motion(xmp: Xmp) -> bool:
    return any(_text(xmp, key) == "1" for key in _MOTION_MARKS)


def _iso(tags: Tags) -> int | None:
    for text in (
        tags.exif.get("Exif.Photo.ISOSpeedRatings"),
        tags.exif.get("Exif.Photo.RecommendedExposureIndex"),
        tags.exif.get("Exif.Photo.ISOSpeed"),
        *_texts(tags.xmp, "Xmp.exif.ISOSpeedRatings")[:1],
    ):
        value = _integer(text)
        # 65535 says "more than fits"; the tags after it hold the number.
        if value is not None and 0 < value != 65_535:
            return value
    return None


def _text(xmp: Xmp, key: str) -> str | None:
    value = xmp.get(key)
    return (value[0] if value else None) if isinstance(value, list) else value


def _texts(xmp: Xmp, key: str) -> list[str]:
    value = xmp.get(key)
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _words(*candidates: str | None) -> str | None:
    """The first that says something, with its encoding mended."""
    return next((text for candidate in candidates if (text := clean(candidate))), None)


def _positive(*candidates: str | None) -> float | None:
    return next(
        (value for text in candidates if (value := number(text)) is not None and value > 0), None
    )


def _integer(text: str | None) -> int | None:
    value = number(text.split()[0] if text and text.split() else None)
    return None if value is None else round(value)


def _rationals(text: str | None) -> list[float]:
    """Several rationals parted by spaces; empty where one of them is no number."""
    values = [number(part) for part in (text or "").split()]
    return [value for value in values if value is not None] if None not in values else []
