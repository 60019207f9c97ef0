"""Decodes a file once for all that needs its pixels: encoder input, thumbnails, metadata, hashes.

Called from several threads at once, or in a child process: arguments are a path and values, results are
bytes and arrays. A picture is decoded no larger than its results need, and turned, converted and flattened
only after it is small.
"""

from __future__ import annotations

import hashlib
import io
import os
from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageFile, JpegImagePlugin

from photosort.domain.photos import Metadata
from photosort.domain.pictures import THUMBNAIL_EDGES_PX, Decoded
from photosort.media.color import ColorSpace, color_space_of, flatten, to_srgb, workable
from photosort.media.errors import DAMAGED, EMPTY, TRUNCATED, NoDecoder, Unreadable, unreadable_file
from photosort.media.geometry import (
    crop_box,
    draft_scale,
    fitted_size,
    is_sideways,
    stored_box,
    turn_upright,
    upright_size,
)
from photosort.media.hdr import has_gain_map
from photosort.media.metadata import read_metadata as metadata_of
from photosort.media.open_picture import open_picture, refuse_large
from photosort.media.orientation import Orientation, orientation_to_apply
from photosort.media.raw import is_raw, orientation_of_raw, raw_preview
from photosort.safe_files import PlainReader
from photosort.sentences import Sentence
from photosort.threads.child import one_at_a_time

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from photosort.domain.pictures import InputSpec
    from photosort.media.formats import Media
    from photosort.media.geometry import Box, Size

# Larger files (scans, layered TIFFs) are read by the decoder itself, piece by piece, and hashed later.
_WHOLE_FILE_BYTES = 192 * 1024 * 1024
_CHUNK_BYTES = 1024 * 1024
_THUMBNAIL_QUALITY = 82
_THUMBNAIL_FILL = 255
_RESAMPLE = {
    "bilinear": Image.Resampling.BILINEAR,
    "bicubic": Image.Resampling.BICUBIC,
    "lanczos": Image.Resampling.LANCZOS,
}
# Averaging whole blocks first, down to no less than 1.4 times the result, halves the time of a resize. The encoder's
# input is worth 2 ms more: with 1.4 its RMS differs from the exact one by up to 3.1/255 and the starter's visual
# vectors by cosines down to 0.993, with 2.0 by 1.2/255 and 0.9988 (17 photos; `python -m benchmarks preprocessing`).
_INPUT_REDUCING_GAP = 2.0
_REDUCING_GAP = 1.4
# How much a HEIC's preview may be enlarged for the encoder's input. An iPhone's is 320 x 240, the starter wants
# 260 x 260; a full decode would cost fifty times as much (docs/decisions/0004-one-decode.md).
_MOST_ENLARGED = 1.1
# Formats whose frames are an animation; in others they are layers, pages or a burst.
_ANIMATED = frozenset({"GIF", "PNG", "WEBP", "AVIF"})
# Two of these at once could take more memory than an index run may; smaller ones need no turn.
_LARGE_PX = 40_000_000


@dataclass(slots=True)
class _Loaded:
    """A decoded picture, still as stored.

    Attributes:
        picture: pixels in a workable mode, perhaps fewer than the frame's.
        frame: width and height of what was decoded, before any draft made it smaller; boxes count in these.
        scale: by how much the draft made it smaller.
        size: stored width and height of the photo, of which the frame may be a preview.
        lies: how it lies, as the file and a keyword file say.
        space: how its pixels are meant.
        exif: the block that the decoder found, or None.
        xmp: the packet that the decoder found, or None.
    """

    picture: Image.Image
    frame: Size
    scale: int
    size: Size
    lies: Orientation
    space: ColorSpace
    exif: bytes | None = None
    xmp: bytes | None = None
    is_animated: bool = False
    from_preview: bool = False


def decode(
    path: Path,
    spec: InputSpec,
    *,
    media: Media,
    thumbnails: bool = True,
    read_metadata: bool = True,
    previews: bool = True,
    beside: int | None = None,
) -> Decoded:
    """Reads a file once and makes all that an index run needs of it.

    Args:
        path: the file.
        spec: the pixels that the encoder wants.
        media: what the file's name promised.
        thumbnails: make them; a preview too small for the 512 px one yields only the 256 px one.
        read_metadata: read EXIF, XMP and IPTC; without it `metadata` holds sizes alone.
        previews: use a HEIC's embedded preview where it is large enough for the encoder.
        beside: the EXIF orientation that a keyword file says, or None; pixels follow it, `metadata` does not.

    Raises:
        Unreadable: the file cannot be decoded; the message is for the user.
        NoDecoder: the file is a video.
    """
    if media == "video":
        raise NoDecoder(
            Sentence("Videos are shown with a placeholder until a video decoder is installed.")
        )
    longest_px = max(THUMBNAIL_EDGES_PX) if thumbnails else 0
    data: bytes | None = None
    if media == "raw" and is_raw(path):
        loaded = _load_raw(path, spec, longest_px)
    else:
        data = _read(path)
        loaded = _load(path, data, spec, longest_px, previews=previews)
    own = loaded.lies
    width, height = upright_size(loaded.size, own.left)
    loaded.lies = own.turned(beside)
    pixels = _encoder_input(loaded, spec)
    said = Metadata()
    if read_metadata:
        said = metadata_of(
            path if data is None else data, exif=loaded.exif, xmp=loaded.xmp, shown=own.shown
        )
    return Decoded(
        pixels=pixels,
        pixel_hash=hashlib.blake2b(pixels.data, digest_size=16).digest(),
        thumbnails=_thumbnails(loaded) if thumbnails else {},
        metadata=replace(
            said,
            width=width,
            height=height,
            orientation=own.said if own.said != 1 else None,
            is_animated=loaded.is_animated,
            is_hdr=loaded.space.is_hdr or (data is not None and has_gain_map(data)),
        ),
        content_hash=hashlib.sha256(data).digest() if data is not None else None,
        from_preview=loaded.from_preview,
    )


def _read(path: Path) -> bytes | None:
    """The whole file, or None when it is too large to be held in memory."""
    try:
        with PlainReader(path) as file:
            size_bytes = os.fstat(file.fileno()).st_size
            if size_bytes > _WHOLE_FILE_BYTES:
                return None
            data = file.read(size_bytes)
            # A network drive may stop short, and a file may still be growing.
            while more := file.read(_CHUNK_BYTES):
                data += more
    except OSError as error:
        raise unreadable_file(error) from error
    if not data:
        raise Unreadable(EMPTY)
    return data


def _load(
    path: Path, data: bytes | None, spec: InputSpec, longest_px: int, *, previews: bool
) -> _Loaded:
    try:
        with io.BufferedReader(PlainReader(path)) if data is None else io.BytesIO(data) as stream:
            return _decoded(open_picture(stream), data, spec, longest_px, previews=previews)
    except OSError as error:
        raise unreadable_file(error) from error


def _load_raw(path: Path, spec: InputSpec, longest_px: int) -> _Loaded:
    preview = raw_preview(path)
    loaded = _decoded(preview.picture, preview.data, spec, longest_px, previews=False)
    loaded.lies = orientation_of_raw(preview, loaded.lies.left)
    # The size as displayed is what counts; a preview that needs no turn says it the other way round.
    swapped = is_sideways(loaded.lies.left) != is_sideways(preview.orientation)
    loaded.size = upright_size(preview.size, 6 if swapped else 1)
    loaded.from_preview = preview.is_embedded
    return loaded


def _decoded(
    picture: Image.Image, data: bytes | None, spec: InputSpec, longest_px: int, *, previews: bool
) -> _Loaded:
    size = picture.size
    scale = draft_scale(size, spec, longest_px=longest_px) if picture.format == "JPEG" else 1
    refuse_large(picture, scale=scale, data=data)
    if scale > 1:
        picture.draft(None, (size[0] // scale, size[1] // scale))
    if isinstance(picture, JpegImagePlugin.JpegImageFile) and data is not None:
        # One call of the decoder instead of one for each 64 KiB: between two of them a thread must win Python's
        # lock again, and with 16 threads those waits cost a quarter of the cores.
        picture.decodermaxblock = max(len(data), ImageFile.MAXBLOCK)
    from_preview = picture.format == "HEIF" and previews and _draft_heif(picture, spec)
    large = size[0] * size[1] / scale**2 > _LARGE_PX
    with one_at_a_time if large else nullcontext():
        try:
            lies = orientation_to_apply(picture)
            picture.load()
            usable = workable(picture)
            if usable is picture and picture.format in _ANIMATED:
                usable = picture.copy()  # the look at the second frame would take its pixels away
        except MemoryError as error:
            raise Unreadable(DAMAGED, repr(error)) from error
        except Exception as error:  # decoders raise whatever a damaged file leads them to
            if isinstance(error, OSError) and error.errno:
                raise
            message = TRUNCATED if "truncated" in str(error).lower() else DAMAGED
            raise Unreadable(message, f"{picture.format}: {error!r}") from error
    # TIFF turns its pixels itself while it loads, and only then is the size the right one.
    frame = size if scale > 1 else usable.size
    return _Loaded(
        picture=usable,
        frame=frame,
        scale=scale,
        size=size if from_preview else frame,
        lies=lies,
        space=color_space_of(picture),
        exif=_bytes(picture.info.get("exif")),
        xmp=_bytes(picture.info.get("xmp")),
        is_animated=_is_animated(picture),
        from_preview=from_preview,
    )


def _bytes(value: object) -> bytes | None:
    return value if isinstance(value, bytes) else None


def _is_animated(picture: Image.Image) -> bool:
    """Whether there are more frames than the one that was decoded; damage behind that one does no harm."""
    try:
        return picture.format in _ANIMATED and bool(getattr(picture, "is_animated", False))
    except Exception:  # any damage in the second frame
        return False


def _draft_heif(picture: Image.Image, spec: InputSpec) -> bool:
    """Chooses the embedded preview of a HEIC where the encoder's input can be made of it."""
    width, height = picture.size
    if spec.fit == "pad":
        scale = spec.edge_px / max(width, height)
        needed = (max(1, int(width * scale)), max(1, int(height * scale)))
    else:
        edge = spec.edge_px if spec.fit == "squash" else max(spec.resize_px, spec.edge_px)
        needed = (edge, edge)
    needed = (round(needed[0] / _MOST_ENLARGED), round(needed[1] / _MOST_ENLARGED))
    return picture.draft(None, needed) is not None


def _resized(
    loaded: _Loaded,
    size: Size,
    box: Box,
    resample: Image.Resampling,
    gap: float = _REDUCING_GAP,
) -> Image.Image:
    """A part of the stored picture at another size, still as stored.

    Args:
        loaded: the picture.
        size: width and height of the result, as stored.
        box: the part, in pixels of `loaded.frame`.
        resample: the filter.
        gap: how much larger than the result what is averaged in blocks may still be.
    """
    width, height = loaded.picture.size
    scale = loaded.scale
    inside = (
        max(0.0, box[0] / scale),
        max(0.0, box[1] / scale),
        min(float(width), box[2] / scale),
        min(float(height), box[3] / scale),
    )
    return loaded.picture.resize(size, resample, box=inside, reducing_gap=gap)


def _encoder_input(loaded: _Loaded, spec: InputSpec) -> NDArray[np.uint8]:
    upright = upright_size(loaded.frame, loaded.lies.left)
    resample = _RESAMPLE[spec.resample]
    size = (spec.edge_px, spec.edge_px)
    box: Box = (0.0, 0.0, float(upright[0]), float(upright[1]))
    if spec.fit == "crop":
        box = crop_box(upright, spec)
    elif spec.fit == "pad":
        scale = spec.edge_px / max(upright)
        size = (max(1, round(upright[0] * scale)), max(1, round(upright[1] * scale)))
    stored = stored_box(box, loaded.frame, loaded.lies.left)
    at_size = upright_size(size, loaded.lies.left)
    resized = _resized(loaded, at_size, stored, resample, _INPUT_REDUCING_GAP)
    small = turn_upright(to_srgb(flatten(resized, spec.fill), loaded.space), loaded.lies.left)
    if spec.fit == "pad":
        square = Image.new("RGB", (spec.edge_px, spec.edge_px), (spec.fill,) * 3)
        square.paste(small, ((spec.edge_px - size[0]) // 2, (spec.edge_px - size[1]) // 2))
        small = square
    return np.array(small)


def _thumbnails(loaded: _Loaded) -> dict[int, bytes]:
    edges = sorted(THUMBNAIL_EDGES_PX, reverse=True)
    largest = max(loaded.frame)
    if loaded.from_preview and max(loaded.size) > largest:
        # Never a small preview blown up and kept as if it were sharp.
        edges = [edge for edge in edges if edge <= largest] or edges[-1:]
    whole = (0.0, 0.0, float(loaded.frame[0]), float(loaded.frame[1]))
    small: Image.Image | None = None
    found = {}
    for edge in edges:
        if small is None:
            size = fitted_size(loaded.frame, edge)
            small = _resized(loaded, size, whole, Image.Resampling.HAMMING)
            small = turn_upright(
                to_srgb(flatten(small, _THUMBNAIL_FILL), loaded.space), loaded.lies.left
            )
        elif max(small.size) == 2 * edge:
            small = small.reduce(2)
        else:
            small = small.resize(fitted_size(small.size, edge), Image.Resampling.HAMMING)
        stream = io.BytesIO()
        small.save(stream, "JPEG", quality=_THUMBNAIL_QUALITY)
        found[edge] = stream.getvalue()
    return found
