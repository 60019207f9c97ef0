"""The quick pass before decoding: date, size, place and the embedded preview, from the head of a file.

It lets thousands of photos appear within seconds. A JPEG costs about one read of 128 KiB and half a
millisecond; nothing of the picture itself is decoded.
"""

from __future__ import annotations

import io
import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PIL import Image, JpegImagePlugin

from photosort.domain.photos import Metadata
from photosort.media.color import color_space_of, to_srgb
from photosort.media.errors import EMPTY, NOT_A_PICTURE, Unreadable, unreadable_file
from photosort.media.geometry import fitted_size, turn_upright, upright_size
from photosort.media.identify import key_of_samples
from photosort.media.metadata import read_metadata, said_by
from photosort.media.movie import read_movie
from photosort.media.open_picture import open_picture, picture_format
from photosort.media.orientation import orientation_of, orientation_to_apply
from photosort.media.other_clips import read_other_clip
from photosort.media.tags import BadTags, Tags, read_tags
from photosort.safe_files import PlainReader

if TYPE_CHECKING:
    from pathlib import Path

    from photosort.media.formats import Media

# Camera JPEGs end their metadata within 64 KiB, phones' with several EXIF and XMP blocks within 128; a depth
# map or an extended XMP packet may take megabytes.
_HEAD_BYTES = 128 * 1024
_LONG_HEAD_BYTES = 2 * 1024 * 1024
_LONGEST_PX = 512
_QUALITY = 82
# A thumbnail of 160 x 120 that stands for a picture of 3:2 has black bars above and below.
_SHAPE_TOLERANCE = 0.03


@dataclass(frozen=True, slots=True)
class Header:
    """What the head of a file gives.

    Attributes:
        metadata: dates, sizes, place; complete for JPEG, HEIF and raw files, except that a clip behind a JPEG
            is seen only by `decode`.
        preview: the embedded preview, upright, as JPEG, at most 512 px long; None where there is none.
        quick: the file's key, as `identify.quick_key` gives it.
    """

    metadata: Metadata
    preview: bytes | None
    quick: bytes


def read_header(
    path: Path, media: Media, *, previews: bool = True, beside: int | None = None
) -> Header:
    """Reads as little of a file as its date and preview need.

    Args:
        path: the file.
        media: what its name promised.
        previews: False leaves them out, for names and dates alone: a HEIC then costs 1 ms instead of 5 to 10.
        beside: the EXIF orientation that a keyword file says, or None; the preview follows it, `metadata` does not.

    Raises:
        Unreadable: it is gone, empty, or its first bytes are no picture's.
    """
    try:
        with PlainReader(path) as file:
            size_bytes = os.fstat(file.fileno()).st_size
            head = file.read(_HEAD_BYTES)
            if not head:
                raise Unreadable(EMPTY)
            quick = key_of_samples(file, head, size_bytes)
            if media == "video":
                said = read_other_clip(head)
                if said is None:
                    file.seek(0)
                    said = read_movie(file, size_bytes)
                return Header(said, None, quick)
            if media == "raw":
                return Header(*_of_raw(path, previews=previews, beside=beside), quick)
            match picture_format(head):
                case None:
                    raise Unreadable(NOT_A_PICTURE)
                case "JPEG":
                    if not _holds_frame(head) and len(head) < size_bytes:
                        file.seek(len(head))
                        head += file.read(_LONG_HEAD_BYTES - len(head))
                    return Header(*_of_jpeg(head, previews=previews, beside=beside), quick)
                case "HEIF":
                    file.seek(0)
                    return Header(*_of_heif(file.read(), previews=previews, beside=beside), quick)
                case _:
                    return Header(read_metadata(path), None, quick)
    except OSError as error:
        raise unreadable_file(error) from error


def _of_jpeg(head: bytes, *, previews: bool, beside: int | None) -> tuple[Metadata, bytes | None]:
    try:
        tags = read_tags(head, previews="thumbnail" if previews else "none")
    except BadTags:
        return Metadata(), None
    metadata = said_by(tags)
    return metadata, _upright(tags, metadata, beside)


def _of_raw(path: Path, *, previews: bool, beside: int | None) -> tuple[Metadata, bytes | None]:
    try:
        tags = read_tags(path, previews="any" if previews else "none")
    except BadTags:
        return Metadata(), None
    metadata = said_by(tags)
    return metadata, _upright(tags, metadata, beside)


def _of_heif(data: bytes, *, previews: bool, beside: int | None) -> tuple[Metadata, bytes | None]:
    """The preview is a separate picture, which libheif decodes in milliseconds."""
    try:
        picture = open_picture(io.BytesIO(data))
        metadata = read_metadata(data, exif=picture.info.get("exif"), xmp=picture.info.get("xmp"))
        metadata = replace(metadata, width=picture.width, height=picture.height)
        scale = min(1.0, _LONGEST_PX / 2 / max(picture.size))
        wanted = (int(picture.width * scale), int(picture.height * scale))
        if not previews or picture.draft(None, wanted) is None:
            return metadata, None
        turn = orientation_to_apply(picture).turned(beside).left
        picture.load()
        shown = to_srgb(picture.convert("RGB"), color_space_of(picture))
        return metadata, _encoded(turn_upright(shown, turn))
    except (
        Exception
    ) as error:  # libheif's and the plugin's own; a broken picture is for `decode` to report
        if isinstance(error, OSError) and error.errno:
            raise
        return read_metadata(data), None


def _upright(tags: Tags, metadata: Metadata, beside: int | None) -> bytes | None:
    """An embedded JPEG as displayed, without the bars that fill it up to the camera's own shape."""
    if tags.preview is None:
        return None
    orientation = orientation_of(tags)
    try:
        picture: Image.Image = JpegImagePlugin.JpegImageFile(io.BytesIO(tags.preview))
        stored = picture.size
        shape = upright_size((metadata.width or 0, metadata.height or 0), orientation)
        box = _without_bars(stored, shape)
        whole = box == (0, 0, *stored)
        turn = orientation if beside is None else beside
        if turn == 1 and whole and max(stored) <= _LONGEST_PX:
            return tags.preview
        picture.draft(
            None, (stored[0] * _LONGEST_PX // max(stored), stored[1] * _LONGEST_PX // max(stored))
        )
        picture.load()
        if not whole:
            factor = picture.width / stored[0]
            left, top, right, bottom = (round(edge * factor) for edge in box)
            picture = picture.crop((left, top, right, bottom))
    except Exception:  # a damaged thumbnail says nothing of the picture
        return None
    return _encoded(turn_upright(picture, turn))


def _without_bars(size: tuple[int, int], shape: tuple[int, int]) -> tuple[int, int, int, int]:
    width, height = size
    if not all(shape) or not all(size):
        return 0, 0, width, height
    wanted = shape[0] / shape[1]
    ratio = width / height
    if abs(ratio / wanted - 1) <= _SHAPE_TOLERANCE:
        return 0, 0, width, height
    if ratio < wanted:
        inner = round(width / wanted)
        top = (height - inner) // 2
        return 0, top, width, top + inner
    inner = round(height * wanted)
    left = (width - inner) // 2
    return left, 0, left + inner, height


def _encoded(picture: Image.Image) -> bytes:
    if picture.mode != "RGB":
        picture = picture.convert("RGB")
    if max(picture.size) > _LONGEST_PX:
        picture = picture.resize(fitted_size(picture.size, _LONGEST_PX), Image.Resampling.HAMMING)
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=_QUALITY)
    return stream.getvalue()


def _holds_frame(head: bytes) -> bool:
    """Whether all metadata of a JPEG lies in these bytes: its frame or first scan has begun."""
    at = 2
    while at + 4 <= len(head) and head[at] == 0xFF:
        marker = head[at + 1]
        if marker == 0xDA:
            return True
        if marker == 0xFF:
            at += 1
            continue
        at += 2 + int.from_bytes(head[at + 2 : at + 4], "big")
    return False
