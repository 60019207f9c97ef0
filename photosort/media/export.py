"""Makes one exported copy: size, format, without location, with the user's keywords."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PIL import Image

from photosort.errors import InputProblem
from photosort.media.errors import unreadable_file
from photosort.media.formats import media_of
from photosort.media.location_removal.allowed_metadata import (
    Blocks,
    Words,
    erase,
    foreign_keys,
    kept_metadata,
    opened,
    write_words,
)
from photosort.media.location_removal.clips import Patch, clip_patches, patched
from photosort.media.location_removal.errors import CannotRemoveLocation
from photosort.media.location_removal.picture_files import rebuilt
from photosort.media.open_picture import HEAD_BYTES, open_picture, picture_format
from photosort.media.orientation import orientation_to_apply
from photosort.media.screen_decoding import decode_for_screen
from photosort.media.tags import BadTags, exiv2_alone
from photosort.safe_files import PlainReader
from photosort.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from photosort.media.location_removal.allowed_metadata import Kept

QUALITY = 92
# More than any camera's picture; Pillow holds four bytes of each.
_MOST_PX = 150_000_000
_WHITE = 255

# Formats that exiv2 reads but cannot write, and of which it knows only what lies where it expects it.
_BOXES = frozenset({"HEIF", "AVIF", "JXL"})
# Formats whose EXIF turns the picture and can be written.
_TURNABLE = frozenset({"JPEG", "PNG", "WEBP", "TIFF"})
# Formats into which a copy without location cannot write the user's words.
_WORDLESS = frozenset({"HEIF", "AVIF", "GIF", "BMP", "JPEG2000"})
# What no written copy without location may hold, in whatever part; long enough that pixels never spell it.
_SIGNS = re.compile(
    rb"GPSLatitude|GPSLongitude|location\.ISO6709|drone-dji|\$G[PN](RMC|GGA),|"
    rb"[+-]\d{2}\.\d{3,}[+-]\d{3}\.\d{3,}|"
    # What camcorders write between the pictures of H.264: date and place.
    rb"\x17\xee\x8c\x60\xf8\x4d\x11\xd9\x8c\xd6\x08\0\x20\x0c\x9a\x66MDPM"
)
_LONGEST_SIGN = 64
_STILL_TELLS = Sentence("The copy still told where it was taken, so it was not kept.")
# A clip behind or within a picture.
_CLIP_BEGINS = re.compile(rb"\0\0\0.ftyp(?!hei|avi|mif|jxl|jp2|jpx)", re.DOTALL)
_CHUNK_BYTES = 1024 * 1024
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
        kept: the only metadata that it may hold, where it is to be without location; `prove` holds it to that.
        left_out: what the original has and this copy has not, for the user, or None.
    """

    data: bytes
    extension: str
    kept: Kept | None = None
    left_out: Sentence | None = None

    @property
    def size_bytes(self) -> int:
        """Its length."""
        return len(self.data)

    def chunks(self) -> Iterator[bytes]:
        """Its bytes, a megabyte at a time."""
        for start in range(0, len(self.data), _CHUNK_BYTES):
            yield self.data[start : start + _CHUNK_BYTES]


@dataclass(frozen=True, slots=True)
class MadeClip:
    """A video without location, as long as its original, which may be larger than memory.

    Attributes:
        source: the original.
        patches: what differs from it.
        extension: with its dot.
    """

    source: Path
    patches: tuple[Patch, ...]
    extension: str
    left_out: None = None

    @property
    def size_bytes(self) -> int:
        """Its length.

        Raises:
            OSError: the original is gone.
        """
        return self.source.stat().st_size

    def chunks(self) -> Iterator[bytes]:
        """Its bytes, a megabyte at a time.

        Raises:
            OSError: the original cannot be read.
        """
        with io.BufferedReader(PlainReader(self.source)) as file:
            yield from patched(file, self.patches)


def make(path: Path, wish: Wish, *, beside: int | None = None) -> Made | MadeClip | None:
    """The copy that is wished for, or None where the original's own bytes are that copy.

    Args:
        path: a photo or a video; it is only read.
        wish: how the copy differs.
        beside: the EXIF orientation that a keyword file says, or None; the copy has it in itself.

    Raises:
        Unreadable: the file cannot be read or decoded.
        InputProblem: this kind of file cannot be given the wished form; the message says what can.
    """
    if media_of(path.name) == "video":
        return _clip_without_location(path) if wish.remove_location else None
    try:
        with PlainReader(path) as file:
            name = picture_format(file.read(HEAD_BYTES))
    except OSError as error:
        raise unreadable_file(error) from error
    is_raw = media_of(path.name) == "raw"
    convert = wish.longest_px is not None or (wish.as_jpeg and (is_raw or name != "JPEG"))
    is_plain = not convert and not wish.remove_location and wish.words is None
    if is_plain and beside is None:
        return None
    with PlainReader(path) as file:
        data = file.readall()
    if beside is not None and not convert and name in _TURNABLE and not is_raw:
        turned = _turned(data, beside)
        if is_plain:
            return None if turned is data else Made(turned, path.suffix)
        data = turned
    elif is_plain:
        return None
    if wish.remove_location:
        if is_raw and not convert:
            raise _cannot_clean(path, "raw")
        return _without_location(path, data, name, wish, beside, convert=convert)
    if convert:
        original = Blocks(data, *_own_blocks(data)) if name in _BOXES else Blocks(data)
        shown = _jpeg(path, wish.longest_px, beside)
        return Made(_with_words(shown, wish, original=original), ".jpg")
    changed = _with_words(data, wish, original=None)
    return None if changed is data else Made(changed, path.suffix)


def prove(path: Path, made: Made | MadeClip) -> None:
    """Reads a written copy that is to be without location, all of it, and looks whether it is.

    Args:
        path: what was written.
        made: the copy that it is to be.

    Raises:
        InputProblem: something in it says where it was taken, or is not known.
        OSError: it cannot be read.
    """
    if isinstance(made, MadeClip):
        _prove_clip(path)
        return
    if made.kept is None:
        return
    data = path.read_bytes()
    name = picture_format(data[:HEAD_BYTES])
    found = []
    try:
        # A copy that has nothing to be cleaned of is what cleaning makes of it.
        if rebuilt(data, name, made.kept) != data:
            found.append("parts that no copy has")
    except CannotRemoveLocation as error:
        found.append(str(error))
    found += foreign_keys(Blocks(data, *_own_blocks(data)), is_tiff=name == "TIFF")
    if _SIGNS.search(data):
        found.append("coordinates as text")
    if found:
        raise InputProblem(
            Sentence("The copy still told where it was taken, so it was not kept."),
            ", ".join(found),
        )


def _without_location(
    path: Path, data: bytes, name: str | None, wish: Wish, beside: int | None, *, convert: bool
) -> Made:
    if wish.words is not None and name in _WORDLESS and not convert:
        raise _cannot_write(ValueError(f"{name} cannot be written"))
    original = Blocks(data, *_own_blocks(data)) if name in _BOXES else Blocks(data)
    try:
        kept = kept_metadata(original, wish.words, is_upright=convert)
        if convert:
            return Made(rebuilt(_jpeg(path, wish.longest_px, beside), "JPEG", kept), ".jpg", kept)
        cleaned = rebuilt(data, name, kept)
    except (CannotRemoveLocation, BadTags) as error:
        raise _cannot_clean(path, repr(error)) from error
    left_out = None
    if _CLIP_BEGINS.search(data) and not _CLIP_BEGINS.search(cleaned):
        left_out = Sentence("The copy is without the clip that {file} holds.", file=path.name)
    return Made(cleaned, path.suffix, kept, left_out)


def _cannot_clean(path: Path, why: str) -> InputProblem:
    return InputProblem(
        Sentence(
            "{file} may say where it was taken in parts that cannot be cleaned; export it as a JPEG.",
            file=path.name,
        ),
        why,
    )


def _own_blocks(data: bytes) -> tuple[bytes | None, bytes | None]:
    picture = open_picture(io.BytesIO(data))
    exif, xmp = picture.info.get("exif"), picture.info.get("xmp")
    return exif if isinstance(exif, bytes) else None, xmp if isinstance(xmp, bytes) else None


def _clip_without_location(path: Path) -> MadeClip:
    try:
        with io.BufferedReader(PlainReader(path)) as file:
            patches = clip_patches(file)
    except CannotRemoveLocation as error:
        raise InputProblem(
            Sentence(
                "{file} is a video, of which the location cannot be removed; it was left out.",
                file=path.name,
            ),
            str(error),
        ) from error
    except OSError as error:
        raise unreadable_file(error) from error
    return MadeClip(path, tuple(patches), path.suffix)


def _prove_clip(path: Path) -> None:
    """Cleaning a clean clip changes nothing; and no part of it, sound and pictures included, spells a place."""
    try:
        with path.open("rb") as file:
            patches = clip_patches(file)
        with path.open("rb") as file, path.open("rb") as again:
            before = b""
            for chunk in patched(again, patches):
                if file.read(len(chunk)) != chunk:
                    raise CannotRemoveLocation("parts that no copy has")
                if _SIGNS.search(before + chunk):
                    raise CannotRemoveLocation("coordinates as text")
                before = chunk[-_LONGEST_SIGN:]
    except CannotRemoveLocation as error:
        raise InputProblem(_STILL_TELLS, str(error)) from error


def _turned(data: bytes, beside: int) -> bytes:
    """The picture with this orientation in its EXIF; the same object where it is shown so already."""
    if orientation_to_apply(open_picture(io.BytesIO(data))).said == beside:
        return data
    with exiv2_alone() as exiv2:
        try:
            image = exiv2.ImageFactory.open(data)
            image.readMetadata()
            image.exifData()["Exif.Image.Orientation"] = beside
            erase(image.xmpData(), lambda key: key == "Xmp.tiff.Orientation")
            image.writeMetadata()
        except exiv2.Exiv2Error as error:
            raise _cannot_write(error) from error
        return bytes(image.data())


def _jpeg(path: Path, longest_px: int | None, beside: int | None) -> bytes:
    longest_px = longest_px or 1 << 20
    shown = decode_for_screen(path, longest_px, beside=beside, most_px=_MOST_PX, fill=_WHITE)
    stream = io.BytesIO()
    Image.fromarray(shown.pixels).save(
        stream, "JPEG", quality=QUALITY, subsampling=0, optimize=True
    )
    return stream.getvalue()


def _with_words(data: bytes, wish: Wish, *, original: Blocks | None) -> bytes:
    """The picture with other metadata; the same object where nothing can and need be written.

    Args:
        data: the picture whose metadata changes.
        wish: what is added.
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
        if wish.words is not None:
            write_words(exiv2, image.xmpData(), wish.words)
        try:
            image.writeMetadata()
        except exiv2.Exiv2Error as error:
            raise _cannot_write(error) from error
        return bytes(image.data())


def _nothing_known(data: bytes, wish: Wish, error: Exception) -> bytes:
    """A format of which exiv2 knows nothing at all cannot be written."""
    if wish.words is not None:
        raise _cannot_write(error) from error
    return data


def _cannot_write(error: Exception) -> InputProblem:
    return InputProblem(
        Sentence(
            "What a copy of this format says of itself cannot be changed; export it as a JPEG."
        ),
        repr(error),
    )


def _carry(exiv2: Any, original: Blocks, image: Any) -> None:
    """Date, camera, words: everything of the original that is true of another picture of it too."""
    source = opened(exiv2, original.data)
    if source is not None:
        image.setXmpData(_upright(source.xmpData()))
        image.setIptcData(source.iptcData())
    if (source is None or source.exifData().empty()) and original.exif:
        source = opened(exiv2, original.exif.removeprefix(b"Exif\0\0"))
    if source is None:
        return
    kept = exiv2.ExifData()
    for datum in source.exifData():
        _, group, name = datum.key().split(".", 2)
        if group in _EXIF_GROUPS and name not in _STRUCTURE:
            kept.add(datum)
    image.setExifData(kept)


def _upright(xmp: Any) -> Any:
    erase(xmp, lambda key: key.startswith(("Xmp.tiff.Orientation", "Xmp.tiff.Image", "Xmp.xmpMM.")))
    return xmp
