"""What leaves the library: copies that are smaller, of another format, without location, or with the user's words."""

from __future__ import annotations

import io
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PIL import Image

from photosort.errors import InputProblem
from photosort.media.display import decode_for_screen
from photosort.media.errors import unreadable_file
from photosort.media.formats import media_of
from photosort.media.open_picture import HEAD_BYTES, open_picture, picture_format
from photosort.media.tags import BadTags, Tags, add_blocks, exiv2_alone, read_tags
from photosort.sentences import Sentence

if TYPE_CHECKING:
    from pathlib import Path

QUALITY = 92
# More than any camera's picture; Pillow holds four bytes of each.
_MOST_PX = 150_000_000
_WHITE = 255

# Where programs write where a photo was taken.
_LOCATION_EXIF = ("Exif.GPSInfo.", "Exif.Image.GPSTag")
_LOCATION_XMP = (
    "Xmp.exif.GPS",
    "Xmp.iptc.Location",
    "Xmp.iptc.CountryCode",
    "Xmp.iptcExt.LocationCreated",
    "Xmp.iptcExt.LocationShown",
    "Xmp.photoshop.City",
    "Xmp.photoshop.State",
    "Xmp.photoshop.Country",
    "Xmp.mwg-rs.",
)
_LOCATION_IPTC = (
    "Iptc.Application2.City",
    "Iptc.Application2.SubLocation",
    "Iptc.Application2.ProvinceState",
    "Iptc.Application2.CountryCode",
    "Iptc.Application2.CountryName",
    "Iptc.Application2.LocationCode",
    "Iptc.Application2.LocationName",
)
# The place atom of a clip: that of a video, or of a motion photo behind its JPEG.
_LOCATION_CLIP = (b"\xa9xyz", b"com.apple.quicktime.location")
# Formats that exiv2 reads but cannot write, and of which it knows only what lies where it expects it.
_BOXES = frozenset({"HEIF", "AVIF", "JXL"})
# How the pixels of the original are stored; wrong of any other file.
_STRUCTURE = frozenset(
    [
        "ImageWidth",
        "ImageLength",
        "BitsPerSample",
        "Compression",
        "PhotometricInterpretation",
        "StripOffsets",
        "SamplesPerPixel",
        "RowsPerStrip",
        "StripByteCounts",
        "PlanarConfiguration",
        "TileWidth",
        "TileLength",
        "TileOffsets",
        "TileByteCounts",
        "SubIFDs",
        "JPEGInterchangeFormat",
        "JPEGInterchangeFormatLength",
        "JPEGTables",
        "YCbCrSubSampling",
        "YCbCrPositioning",
        "YCbCrCoefficients",
        "ReferenceBlackWhite",
        "InterColorProfile",
        "XMLPacket",
        "IPTCNAA",
        "ImageResources",
        "NewSubfileType",
        "ExifTag",
        "GPSTag",
        "InteroperabilityTag",
        "PixelXDimension",
        "PixelYDimension",
        "ColorSpace",
        "MakerNote",
        "Orientation",
        "ComponentsConfiguration",
        "CompressedBitsPerPixel",
    ]
)
_EXIF_GROUPS = frozenset({"Image", "Photo", "GPSInfo"})


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
class Wish:
    """How a copy is to differ from its original.

    Attributes:
        longest_px: it is a JPEG with this longest edge at most; None keeps the size.
        as_jpeg: it is a JPEG, whatever the original is.
        remove_location: it does not say where it was taken.
        words: written into it, or None.
    """

    longest_px: int | None = None
    as_jpeg: bool = False
    remove_location: bool = False
    words: Words | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A copy that differs from its original.

    Attributes:
        data: the bytes of the copy.
        extension: with its dot.
    """

    data: bytes
    extension: str


def make(path: Path, wish: Wish) -> Made | None:
    """The copy that is wished for, or None where the original's own bytes are that copy.

    Args:
        path: a photo or a video; it is only read.
        wish: how the copy differs.

    Raises:
        Unreadable: the file cannot be read or decoded.
        InputProblem: this kind of file cannot be given the wished form; the message says what can.
    """
    if media_of(path.name) == "video":
        _refuse_location_of_video(path, wish)
        return None
    try:
        with path.open("rb") as file:
            name = picture_format(file.read(HEAD_BYTES))
    except OSError as error:
        raise unreadable_file(error) from error
    is_raw = media_of(path.name) == "raw"
    convert = wish.longest_px is not None or (wish.as_jpeg and (is_raw or name != "JPEG"))
    if not convert and not wish.remove_location and wish.words is None:
        return None
    data = path.read_bytes()
    extension = path.suffix
    if convert:
        extension = ".jpg"
        original = _Blocks(data, _own_blocks(data)[0] if name in _BOXES else None)
        data = _with_words(_jpeg(path, wish.longest_px), wish, original=original)
    else:
        if wish.remove_location and name in _BOXES and _says_where(data):
            raise _cannot_write(ValueError(f"{name} cannot be written"))
        changed = _with_words(data, wish, original=None)
        if changed is data:
            return None
        data = changed
    if wish.remove_location and any(mark in data for mark in _LOCATION_CLIP):
        raise InputProblem(
            Sentence(
                "{file} holds a clip that says where it was taken; export it smaller or as a JPEG.",
                file=path.name,
            )
        )
    return Made(data, extension)


@dataclass(frozen=True, slots=True)
class _Blocks:
    """A file, and the metadata that its decoder finds in it where exiv2 may not."""

    data: bytes
    exif: bytes | None


def _own_blocks(data: bytes) -> tuple[bytes | None, bytes | None]:
    picture = open_picture(io.BytesIO(data))
    exif, xmp = picture.info.get("exif"), picture.info.get("xmp")
    return exif if isinstance(exif, bytes) else None, xmp if isinstance(xmp, bytes) else None


def _says_where(data: bytes) -> bool:
    """Whether a file tells where it was taken, of a format in which exiv2 misses what it does not expect."""
    tags = Tags()
    with suppress(BadTags):  # the decoder's own blocks say all there is
        tags = read_tags(data)
    add_blocks(tags, *_own_blocks(data))
    keys = [*tags.exif, *tags.binary, *tags.xmp]
    return any(key.startswith((*_LOCATION_EXIF, *_LOCATION_XMP)) for key in keys)


def _refuse_location_of_video(path: Path, wish: Wish) -> None:
    if wish.remove_location:
        raise InputProblem(
            Sentence(
                "{file} is a video, of which the location cannot be removed; it was left out.",
                file=path.name,
            )
        )


def _jpeg(path: Path, longest_px: int | None) -> bytes:
    shown = decode_for_screen(path, longest_px or 1 << 20, most_px=_MOST_PX, fill=_WHITE)
    stream = io.BytesIO()
    Image.fromarray(shown.pixels).save(
        stream, "JPEG", quality=QUALITY, subsampling=0, optimize=True
    )
    return stream.getvalue()


def _with_words(data: bytes, wish: Wish, *, original: _Blocks | None) -> bytes:
    """The picture with other metadata; the same object where there is nothing to change.

    Args:
        data: the picture whose metadata changes.
        wish: what is added and removed.
        original: the file whose metadata is carried over first, or None.
    """
    with exiv2_alone() as exiv2:
        try:
            image = exiv2.ImageFactory.open(data)
            image.readMetadata()
        except exiv2.Exiv2Error as error:
            return _nothing_known(data, wish, error)
        if original is not None:
            _carry(exiv2, original, image)
        has_changed = original is not None
        if wish.remove_location:
            has_changed |= _remove_location(image)
        if wish.words is not None:
            _write_words(exiv2, image, wish.words)
            has_changed = True
        if not has_changed:
            return data
        try:
            image.writeMetadata()
        except exiv2.Exiv2Error as error:
            raise _cannot_write(error) from error
        return bytes(image.data())


def _nothing_known(data: bytes, wish: Wish, error: Exception) -> bytes:
    """A format of which exiv2 knows nothing at all can neither be searched for a location nor written."""
    if wish.remove_location or wish.words is not None:
        raise _cannot_write(error) from error
    return data


def _cannot_write(error: Exception) -> InputProblem:
    return InputProblem(
        Sentence(
            "What a copy of this format says of itself cannot be changed; export it as a JPEG."
        ),
        repr(error),
    )


def _carry(exiv2: Any, original: _Blocks, image: Any) -> None:
    """Date, camera, words: everything of the original that is true of another picture of it too."""
    source = _read(exiv2, original.data)
    if source is not None:
        image.setXmpData(_upright(source.xmpData()))
        image.setIptcData(source.iptcData())
    if (source is None or source.exifData().empty()) and original.exif:
        source = _read(exiv2, original.exif.removeprefix(b"Exif\0\0"))
    if source is None:
        return
    kept = exiv2.ExifData()
    for datum in source.exifData():
        _, group, name = datum.key().split(".", 2)
        if group in _EXIF_GROUPS and name not in _STRUCTURE:
            kept.add(datum)
    image.setExifData(kept)


def _read(exiv2: Any, data: bytes) -> Any:
    try:
        source = exiv2.ImageFactory.open(data)
        source.readMetadata()
    except exiv2.Exiv2Error:
        return None
    return source


def _upright(xmp: Any) -> Any:
    _erase(
        xmp, lambda key: key.startswith(("Xmp.tiff.Orientation", "Xmp.tiff.Image", "Xmp.xmpMM."))
    )
    return xmp


def _remove_location(image: Any) -> bool:
    """Removes it and tells whether there was one."""
    gone = 0
    exif, xmp, iptc = image.exifData(), image.xmpData(), image.iptcData()
    gone += _erase(exif, lambda key: key.startswith(_LOCATION_EXIF))
    gone += _erase(xmp, lambda key: key.startswith(_LOCATION_XMP))
    gone += _erase(iptc, lambda key: key in _LOCATION_IPTC)
    return gone > 0


def _erase(data: Any, matches: Any) -> int:
    gone = 0
    at = data.begin()
    while at != data.end():
        if matches(at.key()):
            at = data.erase(at)
            gone += 1
        else:
            next(at)
    return gone


def _write_words(exiv2: Any, image: Any, words: Words) -> None:
    """Keywords, stars, title and caption as XMP, where every program looks for them."""
    xmp = image.xmpData()
    if words.keywords:
        flat = dict.fromkeys(path.split("|")[-1] for path in words.keywords)
        _set_bag(exiv2, xmp, "Xmp.dc.subject", list(flat))
        _set_bag(exiv2, xmp, "Xmp.lr.hierarchicalSubject", list(words.keywords))
    if words.rating is not None:
        xmp["Xmp.xmp.Rating"] = str(words.rating)
    if words.title:
        xmp["Xmp.dc.title"] = f"lang=x-default {words.title}"
    if words.caption:
        xmp["Xmp.dc.description"] = f"lang=x-default {words.caption}"


def _set_bag(exiv2: Any, xmp: Any, key: str, texts: list[str]) -> None:
    array = exiv2.XmpArrayValue(exiv2.TypeId.xmpBag)
    for text in texts:
        array.append(text)
    _erase(xmp, lambda found: found == key or found.startswith(f"{key}["))
    xmp.add(exiv2.XmpKey(key), array)
