"""Allow-list of metadata for copies without location.

Programs write locations in many places: maker notes, drone namespaces, edit histories, comments. So the metadata
of a copy is written from scratch, with only the fields below.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from photosort.media.metadata import read_metadata
from photosort.media.tags import BadTags, exiv2_alone, wrapped_packet

if TYPE_CHECKING:
    from collections.abc import Iterable

# A value longer than this is no camera's and no author's.
_LONGEST_VALUE = 4096
_CAMERA = "Make Model LensSpecification LensMake LensModel"
_EXPOSURE = (
    "ExposureTime FNumber ExposureProgram ISOSpeedRatings SensitivityType RecommendedExposureIndex "
    "StandardOutputSensitivity ISOSpeed ShutterSpeedValue ApertureValue BrightnessValue ExposureBiasValue "
    "MaxApertureValue MeteringMode LightSource Flash FocalLength FocalLengthIn35mmFilm ExposureMode WhiteBalance "
    "DigitalZoomRatio SceneCaptureType GainControl Contrast Saturation Sharpness"
)
_DATE = (
    "DateTime DateTimeOriginal DateTimeDigitized OffsetTime OffsetTimeOriginal OffsetTimeDigitized "
    "SubSecTime SubSecTimeOriginal SubSecTimeDigitized"
)
_PIXELS = (
    "Orientation ColorSpace Gamma WhitePoint PrimaryChromaticities YCbCrPositioning ComponentsConfiguration "
    "PixelXDimension PixelYDimension XResolution YResolution ResolutionUnit"
)
# Of the original's pixels; a copy that is decoded and turned upright has its own.
_STORED = frozenset(_PIXELS.split())
_EXIF = frozenset(
    f"{_CAMERA} {_EXPOSURE} {_DATE} {_PIXELS} Artist Copyright ExifVersion FlashpixVersion".split()
)
_EXIF_GROUPS = frozenset({"Image", "Photo"})
_TIFF_PAGES = frozenset({"Image", "Image2", "Image3", "Thumbnail"})
_EXIF_POINTERS = frozenset({"Exif.Image.ExifTag"})
_XMP = frozenset(
    [
        "Xmp.aux.Lens",
        "Xmp.dc.creator",
        "Xmp.dc.rights",
        "Xmp.exif.DateTimeDigitized",
        "Xmp.exif.DateTimeOriginal",
        "Xmp.exif.ExposureTime",
        "Xmp.exif.FNumber",
        "Xmp.exif.FocalLength",
        "Xmp.exif.ISOSpeedRatings",
        "Xmp.exifEX.LensMake",
        "Xmp.exifEX.LensModel",
        "Xmp.photoshop.Credit",
        "Xmp.photoshop.DateCreated",
        "Xmp.tiff.Make",
        "Xmp.tiff.Model",
        "Xmp.tiff.Orientation",
        "Xmp.xmp.CreateDate",
        "Xmp.xmp.ModifyDate",
        "Xmp.xmpRights.Marked",
        "Xmp.xmpRights.Owner",
        "Xmp.xmpRights.UsageTerms",
        "Xmp.xmpRights.WebStatement",
    ]
)
# What `read_metadata` understands of any program's words, written where every program looks for it.
_XMP_WORDS = frozenset(
    [
        "Xmp.dc.description",
        "Xmp.dc.subject",
        "Xmp.dc.title",
        "Xmp.lr.hierarchicalSubject",
        "Xmp.xmp.Label",
        "Xmp.xmp.Rating",
    ]
)
_IPTC_RIGHTS = (
    ("Iptc.Application2.Byline", "Xmp.dc.creator"),
    ("Iptc.Application2.Copyright", "Xmp.dc.rights"),
)
_PLACE_FIELD = re.compile(
    r"(city|country(code|name)?|state|province(state)?|(sub)?location(code|name)?|place|worldregion)"
    r"(\[\d+\])?$",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(r'lang="?[\w-]+"?\s+')
# The first level of keyword trees that hold places, in the languages in which tags have names.
_PLACE_WORDS = (
    "place places location locations geo geography ort orte lieu lieux "
    "lugar lugares luogo luoghi local locais"
)
_PLACE_ROOTS = frozenset(_PLACE_WORDS.split())
_COORDINATES = re.compile(
    r"""geo:\s*(lat|lon|-?\d)
    | [+-]\d{2,7}\.\d+[+-]\d{3,8}\.\d+                                              # ISO 6709
    | \d{1,3}\s*(°|º|\bdeg\b)\s*\d{1,2}(\.\d+)?\s*['′’m]                            # 47° 7' 24"
    | -?\b\d{1,3}\.\d{3,}\s*°?\s*[NSns]?\s*[,;/\s]\s*-?\d{1,3}\.\d{3,}\s*°?\s*[EWew]? # 47.123456 N 11.654321 E
    | \b[NSEW]\s?\d{1,3}\.\d{3,}
    | \b\d{1,3},\d{1,2}(\.\d+|,\d+)?[NSEW]\b                                        # XMP's 47,7.4073N
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Words:
    """What the user knows of a photo, to be written into a copy.

    Attributes:
        keywords: each a path from the root, levels parted by "|".
    """

    keywords: tuple[str, ...] = ()
    rating: int | None = None
    title: str | None = None
    caption: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """Metadata that may stay.

    Attributes:
        exif: a TIFF structure ("II*" or "MM*"), or None where there is nothing to say.
        xmp: a packet, or None.
    """

    exif: bytes | None
    xmp: bytes | None


@dataclass(frozen=True, slots=True)
class Blocks:
    """A file, and the metadata that its decoder finds in it where exiv2 may not."""

    data: bytes
    exif: bytes | None = None
    xmp: bytes | None = None


def says_where(text: str) -> bool:
    """Whether a text holds coordinates."""
    return _COORDINATES.search(text) is not None


def kept_metadata(original: Blocks, words: Words | None, *, is_upright: bool) -> Kept:
    """What a copy without location says: camera, exposure, date, profile, orientation, rights, and words.

    Args:
        original: the file whose metadata is looked through.
        words: written in place of the original's own, or None.
        is_upright: the copy's pixels were decoded, turned upright, and converted to sRGB.

    Raises:
        BadTags: its metadata cannot be written.
    """
    said = read_metadata(original.data, exif=original.exif, xmp=original.xmp)
    own = Words(said.keywords, said.rating, said.title, said.caption)
    with exiv2_alone() as exiv2:
        exif, xmp, iptc = _read(exiv2, original)
        places = _names_of_places(exif, xmp, iptc)
        kept_exif, kept_xmp = exiv2.ExifData(), exiv2.XmpData()
        for datum in exif:
            if _may_stay(datum, is_upright=is_upright):
                kept_exif.add(datum)
        for datum in xmp:
            key = datum.key()
            if (
                key in _XMP
                and not (is_upright and key == "Xmp.tiff.Orientation")
                and _is_harmless(datum.toString(), places)
            ):
                kept_xmp.add(datum)
        for source, target in _IPTC_RIGHTS:
            texts = [d.toString() for d in iptc if d.key() == source]
            if texts and not any(d.key() == target for d in kept_xmp):
                _add_rights(exiv2, kept_xmp, target, [t for t in texts if _is_harmless(t, places)])
        write_words(exiv2, kept_xmp, _without_places(_merged(own, words), places))
        if said.label and _is_harmless(said.label, places):
            kept_xmp["Xmp.xmp.Label"] = said.label
        return _encoded(exiv2, kept_exif, kept_xmp)


def foreign_keys(block: Blocks, *, is_tiff: bool = False) -> list[str]:
    """The fields of a file that a copy without location may not have, and those that hold coordinates.

    Args:
        block: the written copy, with what its decoder finds in it.
        is_tiff: how its pixels are stored stands among the fields.
    """
    with exiv2_alone() as exiv2:
        exif, xmp, iptc = _read(exiv2, block)
        found = [
            d.key()
            for d in exif
            if not (_is_allowed(d.key()) or (is_tiff and d.key().split(".")[1] in _TIFF_PAGES))
            or (d.size() <= _LONGEST_VALUE and says_where(d.toString()))
        ]
        found += [
            d.key() for d in xmp if d.key() not in _XMP | _XMP_WORDS or says_where(d.toString())
        ]
        return found + [d.key() for d in iptc]


def write_words(exiv2: Any, xmp: Any, words: Words) -> None:
    """Keywords, stars, title and caption as XMP, where every program looks for them."""
    if words.keywords:
        flat = dict.fromkeys(path.split("|")[-1] for path in words.keywords)
        _set_array(exiv2, xmp, "Xmp.dc.subject", list(flat))
        _set_array(exiv2, xmp, "Xmp.lr.hierarchicalSubject", list(words.keywords))
    if words.rating is not None:
        xmp["Xmp.xmp.Rating"] = str(words.rating)
    if words.title:
        xmp["Xmp.dc.title"] = f"lang=x-default {words.title}"
    if words.caption:
        xmp["Xmp.dc.description"] = f"lang=x-default {words.caption}"


def erase(data: Any, matches: Any) -> int:
    """Takes out of exiv2's metadata what has a matching key, and says how many there were."""
    gone = 0
    at = data.begin()
    while at != data.end():
        if matches(at.key()):
            at = data.erase(at)
            gone += 1
        else:
            next(at)
    return gone


def _set_array(exiv2: Any, xmp: Any, key: str, texts: list[str], kind: str = "xmpBag") -> None:
    array = exiv2.XmpArrayValue(getattr(exiv2.TypeId, kind))
    for text in texts:
        array.append(text)
    erase(xmp, lambda found: found == key or found.startswith(f"{key}["))
    datum = exiv2.Xmpdatum(exiv2.XmpKey(key))
    datum.setValue(array)
    xmp.add(datum)


def _add_rights(exiv2: Any, xmp: Any, key: str, texts: list[str]) -> None:
    if not texts:
        return
    if key == "Xmp.dc.creator":
        _set_array(exiv2, xmp, key, texts, "xmpSeq")
    else:
        xmp[key] = f"lang=x-default {texts[0]}"


def _read(exiv2: Any, original: Blocks) -> tuple[Any, Any, Any]:
    """EXIF, XMP and IPTC of a file; the decoder's blocks stand in where exiv2 finds nothing."""
    exif, xmp, iptc = exiv2.ExifData(), exiv2.XmpData(), exiv2.IptcData()
    image = opened(exiv2, original.data)
    if image is not None:
        exif, xmp, iptc = image.exifData(), image.xmpData(), image.iptcData()
    if exif.empty() and original.exif:
        block = opened(exiv2, original.exif.removeprefix(b"Exif\0\0"))
        exif = exif if block is None else block.exifData()
    if xmp.empty() and original.xmp:
        with suppress(BadTags):
            block = opened(exiv2, wrapped_packet(original.xmp))
            xmp = xmp if block is None else block.xmpData()
    return exif, xmp, iptc


def opened(exiv2: Any, data: bytes) -> Any:
    """exiv2's image of a file, read; None where it makes no sense of it."""
    try:
        image = exiv2.ImageFactory.open(data)
        image.readMetadata()
    except exiv2.Exiv2Error:
        return None
    return image


def _is_allowed(key: str) -> bool:
    _, group, name = key.split(".", 2)
    return key in _EXIF_POINTERS or (group in _EXIF_GROUPS and name in _EXIF)


def _may_stay(datum: Any, *, is_upright: bool) -> bool:
    key = datum.key()
    if key in _EXIF_POINTERS or not _is_allowed(key) or datum.size() > _LONGEST_VALUE:
        return False
    if is_upright and key.rpartition(".")[2] in _STORED:
        return False
    return not says_where(datum.toString())


def _is_harmless(text: str, places: frozenset[str]) -> bool:
    return (
        len(text) <= _LONGEST_VALUE
        and not says_where(text)
        and text.casefold().strip() not in places
    )


def _names_of_places(exif: Any, xmp: Any, iptc: Any) -> frozenset[str]:
    """What the file's own place fields say, in any namespace: a keyword of the same text is a place, too."""
    found: set[str] = set()
    for datum in (*exif, *xmp, *iptc):
        if _PLACE_FIELD.search(re.split(r"[.:/]", datum.key())[-1]):
            text = _LANGUAGE.sub("", datum.toString().casefold())
            found.add(text.strip())
            found.update(part.strip() for part in re.split(r"[,;|]", text))
    return frozenset(text for text in found if len(text) > 1)


def _merged(own: Words, words: Words | None) -> Words:
    if words is None:
        return own
    rating = own.rating if words.rating is None else words.rating
    return Words(
        words.keywords or own.keywords,
        rating,
        words.title or own.title,
        words.caption or own.caption,
    )


def _without_places(words: Words, places: frozenset[str]) -> Words:
    keywords = tuple(word for word in words.keywords if not _is_place(word, places))
    title = words.title if words.title and _is_harmless_words(words.title, places) else None
    caption = words.caption if words.caption and _is_harmless_words(words.caption, places) else None
    return Words(keywords, words.rating, title, caption)


def _is_harmless_words(text: str, places: frozenset[str]) -> bool:
    return not says_where(text) and text.casefold().strip() not in places


def _is_place(keyword: str, places: frozenset[str]) -> bool:
    levels: Iterable[str] = [level.strip().casefold() for level in keyword.split("|")]
    *above, _last = levels
    return (
        says_where(keyword)
        or any(level in places for level in levels)
        or bool(above and above[0] in _PLACE_ROOTS)
    )


# The smallest grey JPEG: exiv2 for Python encodes EXIF only into a file, and this is the file.
_CARRIER = bytes.fromhex(
    "ffd8ffdb004300"
    + "01" * 64
    + "ffc0000b080001000101011100ffc40014000100000000000000000000000000000009"
    "ffc40014100100000000000000000000000000000000ffda0008010100003f0054dfffd9"
)
_EXIF_MARK = b"Exif\0\0"


def _encoded(exiv2: Any, exif: Any, xmp: Any) -> Kept:
    packet: bytes | None = None
    if not xmp.empty():
        flags = exiv2.XmpParser.XmpFormatFlags
        status, text = exiv2.XmpParser.encode(
            xmp, flags.omitPacketWrapper | flags.useCompactFormat, 0
        )
        if status != 0:
            raise BadTags("the XMP cannot be written")
        packet = text.encode()
    if exif.empty():
        return Kept(None, packet)
    try:
        carrier = exiv2.ImageFactory.open(_CARRIER)
        carrier.readMetadata()
        carrier.setExifData(exif)
        carrier.writeMetadata()
    except exiv2.Exiv2Error as error:
        raise BadTags(repr(error)) from error
    data = bytes(carrier.data())
    at = data.find(_EXIF_MARK)
    if at < 4:
        return Kept(None, packet)
    length = int.from_bytes(data[at - 2 : at], "big")
    return Kept(data[at + len(_EXIF_MARK) : at - 2 + length], packet)
