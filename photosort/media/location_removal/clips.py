"""Removes location and other metadata from MP4 and QuickTime clips.

The description refers to the data by offsets, so the file keeps its length: a removed box becomes "free", and
bytes that neither picture nor sound uses (tracks of positions, subtitles, telemetry) become zeros. A clip may be
larger than memory, so the changes are a list of patches that is applied while the file is copied.
"""

from __future__ import annotations

import os
import struct
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from photosort.media.location_removal.errors import CannotRemoveLocation
from photosort.media.location_removal.heif_avif_jxl import Box, boxes, make_free

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CHUNK_BYTES = 1024 * 1024
_LARGEST_MOOV = 64 * 1024 * 1024
_MOST_BOXES = 4096
_FIRST = frozenset([b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"])
# Data described piece by piece, or compressed descriptions.
_OTHER_SORTS = frozenset([b"moof", b"mvex", b"cmov", b"rmra"])
_SHOWN_AND_HEARD = frozenset([b"vide", b"soun"])
_CHILDREN = {
    b"moov": frozenset([b"mvhd", b"iods", b"trak"]),
    b"trak": frozenset([b"tkhd", b"edts", b"tapt", b"mdia"]),
    b"edts": frozenset([b"elst"]),
    b"tapt": frozenset([b"clef", b"prof", b"enof"]),
    b"mdia": frozenset([b"mdhd", b"hdlr", b"minf"]),
    b"minf": frozenset([b"vmhd", b"smhd", b"hdlr", b"dinf", b"stbl"]),
    b"dinf": frozenset([b"dref"]),
    b"stbl": frozenset(
        b"stsd stts stss stsc stsz stz2 stco co64 ctts cslg sdtp sbgp sgpd stps".split()
    ),
}
# Version, flags, two kinds, three words of the maker; the name follows.
_HANDLER_BYTES = 24


class Patch(NamedTuple):
    """What stands in a copy in place of the original's bytes.

    Attributes:
        start: the first byte.
        end: the byte behind the last one.
        data: of that length, or None for zeros.
    """

    start: int
    end: int
    data: bytes | None


def clip_patches(file: BinaryIO) -> list[Patch]:
    """What must change for a clip to hold pictures, sound and times alone; in order, apart from each other.

    Args:
        file: the clip, open for reading.

    Raises:
        CannotRemoveLocation: another container, one in fragments, or damaged.
        OSError: it cannot be read.
    """
    try:
        return _patches(file)
    except (struct.error, IndexError) as error:
        raise CannotRemoveLocation(repr(error)) from error


def patched(file: BinaryIO, patches: Sequence[Patch]) -> Iterator[bytes]:
    """A file's bytes with patches laid over them, a megabyte at a time.

    Args:
        file: open for reading.
        patches: in order, apart from each other.
    """
    file.seek(0)
    at, number = 0, 0
    while chunk := file.read(_CHUNK_BYTES):
        out = bytearray(chunk)
        end = at + len(chunk)
        while number < len(patches) and patches[number].start < end:
            start, stop, data = patches[number]
            left, right = max(start, at), min(stop, end)
            new = bytes(right - left) if data is None else data[left - start : right - start]
            out[left - at : right - at] = new
            if stop > end:
                break
            number += 1
        yield bytes(out)
        at = end


def _patches(file: BinaryIO) -> list[Patch]:
    size = os.fstat(file.fileno()).st_size
    top = _top_boxes(file, size)
    described = [box for box in top if box.kind == b"moov"]
    if len(described) != 1 or described[0].end - described[0].start > _LARGEST_MOOV:
        raise CannotRemoveLocation("no single description")
    moov = described[0]
    file.seek(moov.start)
    out = bytearray(file.read(moov.end - moov.start))
    whole = Box(b"moov", 0, moov.body - moov.start, len(out))
    used = sorted(_clean_description(out, whole))
    patches = [Patch(moov.start, moov.end, bytes(out))]
    media = [box for box in top if box.kind == b"mdat"]
    for start, end in used:
        if not any(box.body <= start and end <= box.end for box in media):
            raise CannotRemoveLocation("pictures outside the data")
    for box in top:
        if box.kind == b"mdat":
            patches += _unused(box, used)
        elif box.kind not in {b"ftyp", b"moov"}:
            if box.kind not in _FIRST:
                patches.append(Patch(box.start + 4, box.start + 8, b"free"))
            if box.body < box.end:
                patches.append(Patch(box.body, box.end, None))
    return sorted(patches, key=lambda patch: patch.start)


def _top_boxes(file: BinaryIO, size: int) -> list[Box]:
    found: list[Box] = []
    at = 0
    while at < size:
        file.seek(at)
        head = file.read(16)
        length, kind = struct.unpack_from(">I4s", head)
        body = at + 8
        if length == 1:
            (length,) = struct.unpack_from(">Q", head, 8)
            body += 8
        elif length == 0:
            length = size - at
        if kind in _OTHER_SORTS or (not found and kind not in _FIRST) or len(found) == _MOST_BOXES:
            raise CannotRemoveLocation("another sort of container")
        if length < body - at or at + length > size:
            raise CannotRemoveLocation("a box reaches out of the file")
        found.append(Box(kind, at, body, at + length))
        at += length
    return found


def _clean_description(out: bytearray, moov: Box) -> list[tuple[int, int]]:
    """Blanks what says more than pictures and sound need, and returns where these lie in the file."""
    used: list[tuple[int, int]] = []
    for box in boxes(out, moov.body, moov.end):
        if box.kind in _OTHER_SORTS:
            raise CannotRemoveLocation("another sort of container")
        if box.kind == b"trak" and _handler(out, box) in _SHOWN_AND_HEARD:
            _clean_children(out, box)
            used += _spans(out, box)
        elif box.kind == b"trak" or box.kind not in _CHILDREN[b"moov"]:
            make_free(out, box)
    return used


def _clean_children(out: bytearray, parent: Box) -> None:
    for box in boxes(out, parent.body, parent.end):
        if box.kind not in _CHILDREN[parent.kind]:
            make_free(out, box)
        elif box.kind in _CHILDREN:
            _clean_children(out, box)
        elif box.kind == b"hdlr":
            start = min(box.body + _HANDLER_BYTES, box.end)
            out[start : box.end] = bytes(box.end - start)
        elif box.kind == b"dref":
            for one in boxes(out, box.body + 8, box.end):
                if not out[one.body + 3] & 1:
                    raise CannotRemoveLocation("the data lies in another file")
                # An alias names volumes and folders even where it is not used.
                out[one.body + 4 : one.end] = bytes(max(0, one.end - one.body - 4))


def _child(out: bytearray, parent: Box, *path: bytes) -> Box | None:
    found: Box | None = parent
    for kind in path:
        if found is None:
            return None
        found = next((b for b in boxes(out, found.body, found.end) if b.kind == kind), None)
    return found


def _handler(out: bytearray, trak: Box) -> bytes:
    box = _child(out, trak, b"mdia", b"hdlr")
    return b"" if box is None else bytes(out[box.body + 8 : box.body + 12])


def _spans(out: bytearray, trak: Box) -> Iterator[tuple[int, int]]:
    """The chunks of a track; a track without samples has none."""
    table = _child(out, trak, b"mdia", b"minf", b"stbl")
    if table is None:
        return
    parts = {box.kind: box for box in boxes(out, table.body, table.end)}
    if b"stco" in parts:
        at, code = parts[b"stco"].body, "I"
    elif b"co64" in parts:
        at, code = parts[b"co64"].body, "Q"
    else:
        return
    (count,) = struct.unpack_from(">I", out, at + 4)
    offsets = struct.unpack_from(f">{count}{code}", out, at + 8)
    if not offsets:
        return
    if b"stsz" not in parts or b"stsc" not in parts:
        raise CannotRemoveLocation("samples of unknown sizes")
    at = parts[b"stsz"].body
    size, samples = struct.unpack_from(">II", out, at + 4)
    if size == 1:
        # Sound of the oldest sort: the table counts samples, not bytes.
        raise CannotRemoveLocation("samples of unknown sizes")
    sizes = None if size else struct.unpack_from(f">{samples}I", out, at + 12)
    at = parts[b"stsc"].body
    (count,) = struct.unpack_from(">I", out, at + 4)
    runs = [struct.unpack_from(">II", out, at + 8 + 12 * n) for n in range(count)]
    sample, run = 0, 0
    for number, offset in enumerate(offsets, 1):
        while run + 1 < len(runs) and runs[run + 1][0] <= number:
            run += 1
        following = min(sample + runs[run][1], samples)
        length = size * (following - sample) if sizes is None else sum(sizes[sample:following])
        yield offset, offset + length
        sample = following


def _unused(mdat: Box, used: list[tuple[int, int]]) -> list[Patch]:
    found: list[Patch] = []
    at = mdat.body
    for start, end in used:
        if start >= mdat.end or end <= mdat.body:
            continue
        if start > at:
            found.append(Patch(at, start, None))
        at = max(at, end)
    if at < mdat.end:
        found.append(Patch(at, mdat.end, None))
    return found
