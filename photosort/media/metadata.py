"""Reads EXIF, XMP and IPTC and merges them into one `Metadata`."""

from __future__ import annotations

import struct
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from photosort.domain.photos import Flag, Metadata, Source
from photosort.media.acdsee import CATEGORIES, category_paths
from photosort.media.coordinates import parse_angle
from photosort.media.date_tags import date_of
from photosort.media.date_weighing import weigh
from photosort.media.geometry import upright_size
from photosort.media.orientation import orientation_in, orientation_of
from photosort.media.regions import joined_people, people_of
from photosort.media.tags import (
    DARKTABLE_LABELS,
    BadTags,
    Tags,
    Xmp,
    add_blocks,
    read_tags,
    text_of,
)
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

__all__ = ["from_xmp", "merge", "read_metadata", "said_by"]

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
_FLAGS = {
    "Xmp.digiKam.PickLabel": {"1": Flag.DISCARD, "3": Flag.PICK},
    "Xmp.xmpDM.pick": {"-1": Flag.DISCARD, "1": Flag.PICK},
    "Xmp.xmpDM.good": {"false": Flag.DISCARD, "true": Flag.PICK},
}
_COLOURS = {name.casefold(): name for name in ("Red", "Yellow", "Green", "Blue", "Purple")}
# A photo has as many as one likes there; the first counts.
_DARKTABLE_COLOURS = {
    str(number): name for number, name in enumerate(("Red", "Yellow", "Green", "Blue", "Purple"))
}
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

    The date is that of EXIF, else XMP, else IPTC, with `taken_source` saying which; when it was digitised or last
    changed counts only where nothing else is known.

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
        taken_source=Source.SIDECAR
        if said.taken_source not in {None, Source.DIGITIZED}
        else said.taken_source,
        rating_source=Source.SIDECAR if said.rating is not None else None,
        orientation=orientation_in(xmp),
    )


def merge(layers: Sequence[tuple[Source, Metadata]]) -> Metadata:
    """Weighs what several sources say: user > sidecar > EXIF > XMP > IPTC > name.

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
    date = weigh(layers, merged)
    if date is not None:
        merged = replace(
            merged,
            taken_at=date.taken_at,
            taken_source=date.source,
            offset_min=date.offset_min,
        )
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
        is_hdr=upper.is_hdr or lower.is_hdr,
        duration_s=_either(upper.duration_s, lower.duration_s),
        software=_either(upper.software, lower.software),
    )


def _either(first: T | None, second: T | None) -> T | None:
    return second if first is None else first


def _weigh(tags: Tags, shown: int) -> Metadata:
    """One file's EXIF, XMP and IPTC as one."""
    exif, xmp = tags.exif, tags.xmp
    iptc = iptc_texts(tags.iptc)
    width, height = upright_size((tags.width, tags.height), shown)
    date = date_of(tags, iptc)
    place = _place(tags)
    rating, rating_source = _rating(exif, xmp)
    keywords = _keywords(tags, iptc)
    title = _words(
        text_of(xmp, "Xmp.dc.title"),
        *iptc.get("Iptc.Application2.ObjectName", ()),
        utf16(tags.binary.get("Exif.Image.XPTitle")),
    )
    return Metadata(
        width=width or None,
        height=height or None,
        orientation=said if (said := orientation_of(tags)) != 1 else None,
        taken_at=date.taken_at if date else None,
        offset_min=date.offset_min if date else None,
        taken_source=date.source if date else None,
        latitude=place[0] if place else None,
        longitude=place[1] if place else None,
        altitude_m=_altitude(tags) if place else None,
        camera_make=_words(exif.get("Exif.Image.Make"), text_of(xmp, "Xmp.tiff.Make")),
        camera_model=_words(exif.get("Exif.Image.Model"), text_of(xmp, "Xmp.tiff.Model")),
        lens=_words(
            exif.get("Exif.Photo.LensModel"),
            text_of(xmp, "Xmp.exifEX.LensModel"),
            text_of(xmp, "Xmp.aux.Lens"),
        ),
        exposure_s=_positive(
            exif.get("Exif.Photo.ExposureTime"), text_of(xmp, "Xmp.exif.ExposureTime")
        ),
        f_number=_positive(exif.get("Exif.Photo.FNumber"), text_of(xmp, "Xmp.exif.FNumber")),
        iso=_iso(tags),
        focal_mm=_positive(
            exif.get("Exif.Photo.FocalLength"), text_of(xmp, "Xmp.exif.FocalLength")
        ),
        rating=rating,
        rating_source=rating_source,
        flag=_flag(xmp),
        label=_label(xmp, keywords),
        title=title,
        caption=_caption(tags, iptc, title),
        keywords=keywords,
        people=people_of(xmp, (tags.width, tags.height), shown),
        content_identifier=_content_identifier(tags),
        software=_words(exif.get("Exif.Image.Software"), text_of(xmp, "Xmp.xmp.CreatorTool")),
    )


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
    said = parse_angle(text_of(xmp, key), text_of(xmp, f"{key}Ref"), most=most)
    return degrees if said is None else said


def _altitude(tags: Tags) -> float | None:
    value = _positive(
        tags.exif.get("Exif.GPSInfo.GPSAltitude"), text_of(tags.xmp, "Xmp.exif.GPSAltitude")
    )
    below = tags.binary.get("Exif.GPSInfo.GPSAltitudeRef") or (
        b"\x01" if text_of(tags.xmp, "Xmp.exif.GPSAltitudeRef") == "1" else b""
    )
    return -value if value is not None and below.startswith(b"\x01") else value


def _rating(exif: Mapping[str, str], xmp: Xmp) -> tuple[int | None, Source | None]:
    # Most programs change xmp:Rating alone, and Windows both: where the two differ, EXIF's is the older. But no
    # stars are what programs write that never asked for any (RawTherapee 5.9), so stars anywhere are worth more.
    said = [
        (stars(text_of(xmp, "Xmp.xmp.Rating")), Source.XMP),
        (stars(exif.get("Exif.Image.Rating")), Source.EXIF),
        (stars(text_of(xmp, "Xmp.MicrosoftPhoto.Rating"), most=100), Source.XMP),
        (stars(exif.get("Exif.Image.RatingPercent"), most=100), Source.EXIF),
        (stars(text_of(xmp, "Xmp.acdsee.rating")), Source.XMP),
    ]
    rated = [one for one in said if one[0] is not None]
    return next((one for one in rated if one[0]), rated[0] if rated else (None, None))


def _flag(xmp: Xmp) -> Flag | None:
    """A choice that another program wrote: digiKam, Premiere and Bridge, Lightroom."""
    for key in ("Xmp.digiKam.PickLabel", "Xmp.xmpDM.pick", "Xmp.xmpDM.good"):
        flag = _FLAGS[key].get((text_of(xmp, key) or "").strip().casefold())
        if flag is not None:
            return flag
    return None


def _label(xmp: Xmp, keywords: Sequence[str]) -> str | None:
    """The colour label, by its English name where the file names the colour apart from the words for it."""
    colour = _COLOURS.get((text_of(xmp, "Xmp.photoshop.LabelColor") or "").strip().casefold())
    colour = colour or _DIGIKAM_COLOURS.get((text_of(xmp, "Xmp.digiKam.ColorLabel") or "").strip())
    colour = colour or _DARKTABLE_COLOURS.get((text_of(xmp, DARKTABLE_LABELS) or "").strip())
    if colour is not None:
        return colour
    label = _words(text_of(xmp, "Xmp.xmp.Label"))
    # Shotwell (0.30) writes a keyword there.
    levels = {level.casefold() for keyword in keywords for level in keyword.split("|")}
    return None if label is None or label.casefold() in levels else label


def _caption(tags: Tags, iptc: Mapping[str, Sequence[str]], title: str | None) -> str | None:
    """The first text that is neither the title once more (Shotwell, Windows) nor a camera's name."""
    nothing_new = {*_CAMERA_CAPTIONS, (title or "").casefold()}
    candidates = (
        text_of(tags.xmp, "Xmp.dc.description"),
        *iptc.get("Iptc.Application2.Caption", ()),
        tags.exif.get("Exif.Image.ImageDescription"),
        utf16(tags.binary.get("Exif.Image.XPComment")),
        user_comment(tags.binary.get("Exif.Photo.UserComment")),
        text_of(tags.xmp, "Xmp.acdsee.notes"),
        text_of(tags.xmp, "Xmp.acdsee.caption"),
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
        *category_paths(text_of(xmp, CATEGORIES) or ""),
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
    return _words(text_of(tags.xmp, "Xmp.apple-fi.ContentIdentifier"))


def _has_motion(xmp: Xmp) -> bool:
    return any(text_of(xmp, key) == "1" for key in _MOTION_MARKS)


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
