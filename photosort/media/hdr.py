"""Converts pixels that a file describes by code points (ITU-T H.273) to sRGB: HDR and wide gamut.

HDR pictures (PQ, HLG) hold light that no ordinary screen shows; undecoded they are pale and grey. They are mapped to
an ordinary screen as Report ITU-R BT.2390-11, 5.4 describes (its EETF, on the largest of the three components, so that
hues stay), from the 1,000 cd/m2 of Recommendation ITU-R BT.2100 to a white of 203 cd/m2 (Report ITU-R BT.2408-7, 2.2).
"""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, BinaryIO, Literal, NamedTuple

import numpy as np
from PIL import ImageFilter

from photosort.media.location_removal.errors import CannotRemoveLocation
from photosort.media.location_removal.heif_avif_jxl import Box, boxes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

_PQ, _HLG = 16, 18
_BT2020, _P3_DCI_WHITE, _P3 = 9, 11, 12
# BT.709 and its relatives, sRGB: all are shown by sRGB's curve.
_ORDINARY_CURVES = frozenset({1, 6, 13, 14, 15})
_PEAK_NITS, _WHITE_NITS, _LARGEST_NITS = 1000.0, 203.0, 10_000.0
_HLG_GAMMA = 1.2
# Both sides are evenly spaced to the eye, so a coarse table errs by less than one level of 255.
_STEPS = 49
_HEAD_BYTES = 64 * 1024
# Linear light of those primaries in linear sRGB, all with the white of D65.
_TO_SRGB = {
    _BT2020: ((1.6605, -0.5876, -0.0728), (-0.1246, 1.1329, -0.0083), (-0.0182, -0.1006, 1.1187)),
    _P3: ((1.2249, -0.2247, 0.0), (-0.0420, 1.0419, 0.0), (-0.0197, -0.0786, 1.0979)),
}
_LUMINANCE = (0.2627, 0.6780, 0.0593)
_HDR_NAME = re.compile(rb"(?<![A-Za-z])(PQ|ST ?2084|(?P<hlg>HLG))(?![A-Za-z])")
_PNG_HEAD_BYTES = 8
# Android's Ultra HDR 1.1; ISO 21496-1, annex C.
_ADOBE_GAIN_MAP, _ISO_GAIN_MAP = (
    b"http://ns.adobe.com/hdr-gain-map/1.0/",
    b"urn:iso:std:iso:ts:21496:-1",
)
_XMP_MARK, _OTHER_PICTURES, _PICTURES_ENTRY = b"http://ns.adobe.com/xap/1.0/\0", b"MPF\0", 0xB002
_XMP_BYTES = 64 * 1024
_APPLE_GAIN_MAP = b"http://ns.apple.com/HDRGainMap/1.0/"
_APPLE_AUXILIARY = b"urn:com:apple:photo:2020:aux:hdrgainmap"


class CodePoints(NamedTuple):
    """How a file says its pixels are meant, in the numbers of ITU-T H.273."""

    primaries: int
    transfer: int

    @property
    def is_hdr(self) -> bool:
        """Whether they are brighter than an ordinary screen."""
        return self.transfer in {_PQ, _HLG}


def code_points(stream: BinaryIO, name: str) -> CodePoints | None:
    """What the container of a picture says of its pixels, or None.

    Args:
        stream: the file; it stands where it stood afterwards.
        name: PNG, HEIF or AVIF.
    """
    stood = stream.tell()
    found: CodePoints | None = None
    with suppress(CannotRemoveLocation, IndexError):
        if name == "PNG":
            found = _of_png(stream)
        else:
            stream.seek(0)
            found = _of_primary_item(stream.read(_HEAD_BYTES))
    stream.seek(stood)
    return found


@lru_cache(maxsize=64)
def code_points_of_profile(profile: bytes) -> CodePoints | None:
    """What an ICC profile says besides its curves, which end at white, or None.

    It has a tag for it (ICC.1:2022, 9.2.17); profiles that are older than the tag have HDR in their name.
    """
    count = int.from_bytes(profile[128:132], "big")
    tags = {}
    for at in range(132, 132 + 12 * min(count, 100), 12):
        start, size = (int.from_bytes(profile[n : n + 4], "big") for n in (at + 4, at + 8))
        tags[profile[at : at + 4]] = profile[start : start + size]
    values = tags.get(b"cicp", b"")[8:10]
    if len(values) == 2:
        return CodePoints(*values)
    name = tags.get(b"desc", b"").replace(b"\0", b"")
    if found := _HDR_NAME.search(name):
        return CodePoints(_P3 if b"P3" in name else _BT2020, _HLG if found["hlg"] else _PQ)
    return None


@lru_cache(maxsize=16)
def table_to_srgb(meant: CodePoints) -> ImageFilter.Color3DLUT | None:
    """What turns such pixels, mode RGB, into sRGB; None where they are sRGB, or nobody knows how to."""
    primaries = _P3 if meant.primaries == _P3_DCI_WHITE else meant.primaries
    is_wide = primaries in _TO_SRGB
    if not meant.is_hdr and not (is_wide and meant.transfer in _ORDINARY_CURVES):
        return None
    steps = np.linspace(0.0, 1.0, _STEPS)
    blue, green, red = np.meshgrid(steps, steps, steps, indexing="ij")
    codes = np.stack([red, green, blue], axis=-1).reshape(-1, 3)
    if meant.transfer == _PQ:
        light = _tone_mapped(_pq_to_nits(codes))
    elif meant.transfer == _HLG:
        light = _tone_mapped(_hlg_to_nits(codes))
    else:
        light = _srgb_to_linear(codes)
    if is_wide:
        light = light @ np.array(_TO_SRGB[primaries]).T
    shown = _linear_to_srgb(light.clip(0.0, 1.0))
    return ImageFilter.Color3DLUT(_STEPS, shown.astype(np.float32).ravel())


def has_gain_map(data: bytes) -> bool:
    """Whether a file tells how to brighten its ordinary picture on a screen that can show more."""
    if data.startswith(b"\xff\xd8"):
        return _jpeg_has_gain_map(data)
    if data[4:8] == b"ftyp":
        meta = next((box for box in _whole_boxes(data) if box.kind == b"meta"), None)
        described = b"" if meta is None else data[meta.body : meta.end]
        return b"tmap" in described or _APPLE_AUXILIARY in described
    return data[4:8] == b"JXL " and any(box.kind == b"jhgm" for box in _whole_boxes(data))


def _jpeg_has_gain_map(data: bytes) -> bool:
    at = 2
    while data[at : at + 1] == b"\xff" and at + 4 <= len(data) and data[at + 1] != 0xDA:
        end = at + 2 + max(2, int.from_bytes(data[at + 2 : at + 4], "big"))
        marker, body = data[at + 1], at + 4
        if marker == 0xE1 and data.startswith(_XMP_MARK, body):
            if data.find(_ADOBE_GAIN_MAP, body, end) > 0:
                return True
        elif marker == 0xE2 and data.startswith(_ISO_GAIN_MAP, body):
            return True
        elif marker == 0xE2 and data.startswith(_OTHER_PICTURES, body):
            # Apple names its own in the other picture alone.
            starts = _other_pictures(data, body + len(_OTHER_PICTURES), end)
            if any(data.find(_APPLE_GAIN_MAP, at, at + _XMP_BYTES) > 0 for at in starts):
                return True
        at = end
    return False


def _other_pictures(data: bytes, base: int, end: int) -> list[int]:
    """Where the pictures behind the first begin (CIPA DC-007, 5.2.3.3)."""
    order: Literal["little", "big"] = "little" if data[base : base + 2] == b"II" else "big"

    def number(at: int, size: int = 4) -> int:
        return int.from_bytes(data[at : at + size], order)

    directory = base + number(base + 4)
    for entry in range(directory + 2, min(end, directory + 2 + 12 * number(directory, 2)), 12):
        if number(entry, 2) == _PICTURES_ENTRY:
            first = base + number(entry + 8)
            spans = range(first, min(end, first + number(entry + 4)), 16)
            return [base + number(at + 8) for at in spans if number(at + 8)]
    return []


def _tone_mapped(nits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Linear light for an ordinary screen, 1.0 = its white (BT.2390-11, 5.4.1)."""
    brightest = nits.max(axis=-1, keepdims=True).clip(1e-6, _PEAK_NITS)
    peak = _nits_to_pq(np.array(_PEAK_NITS))
    code = _nits_to_pq(brightest) / peak
    most = _nits_to_pq(np.array(_WHITE_NITS)) / peak
    knee = 1.5 * most - 0.5
    t = ((code - knee) / (1 - knee)).clip(0.0, 1.0)
    bent = (
        (2 * t**3 - 3 * t**2 + 1) * knee
        + (t**3 - 2 * t**2 + t) * (1 - knee)
        + (-2 * t**3 + 3 * t**2) * most
    )
    mapped = _pq_to_nits(np.where(code < knee, code, bent) * peak)
    shown: NDArray[np.float64] = nits.clip(0.0, _PEAK_NITS) * (mapped / brightest) / _WHITE_NITS
    return shown


# SMPTE ST 2084, as in BT.2100, table 4.
_M1, _M2 = 2610 / 16384, 2523 / 4096 * 128
_C1, _C2, _C3 = 3424 / 4096, 2413 / 4096 * 32, 2392 / 4096 * 32


def _pq_to_nits(codes: NDArray[np.float64]) -> NDArray[np.float64]:
    power = codes ** (1 / _M2)
    return _LARGEST_NITS * ((power - _C1).clip(0.0) / (_C2 - _C3 * power)) ** (1 / _M1)


def _nits_to_pq(nits: NDArray[np.float64]) -> NDArray[np.float64]:
    power = (nits / _LARGEST_NITS) ** _M1
    return ((_C1 + _C2 * power) / (1 + _C3 * power)) ** _M2


def _hlg_to_nits(codes: NDArray[np.float64]) -> NDArray[np.float64]:
    """BT.2100, table 5, on its reference display."""
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    scene = np.where(codes <= 0.5, codes**2 / 3, (np.exp((codes - c) / a) + b) / 12)
    luminance = (scene @ np.array(_LUMINANCE))[:, None].clip(1e-9)
    nits: NDArray[np.float64] = _PEAK_NITS * luminance ** (_HLG_GAMMA - 1) * scene
    return nits


def _srgb_to_linear(codes: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(codes <= 0.04045, codes / 12.92, ((codes + 0.055) / 1.055) ** 2.4)


def _linear_to_srgb(light: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)


def _of_png(stream: BinaryIO) -> CodePoints | None:
    at = _PNG_HEAD_BYTES
    while True:
        stream.seek(at)
        head = stream.read(12)
        kind = head[4:8]
        if kind == b"cICP":
            return CodePoints(head[8], head[9])
        if len(head) < 12 or kind in {b"PLTE", b"IDAT", b"IEND"}:
            return None
        at += 12 + int.from_bytes(head[:4], "big")


def _of_primary_item(head: bytes) -> CodePoints | None:
    """The "colr" property of the primary item (ISO/IEC 14496-12, 12.1.5; ISO/IEC 23008-12, 9.3)."""
    meta = next((box for box in _whole_boxes(head) if box.kind == b"meta"), None)
    if meta is None or meta.end > len(head):
        return None
    parts = {box.kind: box for box in boxes(head, meta.body + 4, meta.end)}
    if not {b"pitm", b"iprp"} <= parts.keys():
        return None
    pitm = parts[b"pitm"]
    wide = 4 if head[pitm.body] else 2
    primary = int.from_bytes(head[pitm.body + 4 : pitm.body + 4 + wide], "big")
    iprp = list(boxes(head, parts[b"iprp"].body, parts[b"iprp"].end))
    held = [one for box in iprp if box.kind == b"ipco" for one in boxes(head, box.body, box.end)]
    for box in iprp:
        if box.kind != b"ipma":
            continue
        for number in _properties_of(head, box.body, primary):
            if not number:
                continue
            one = held[number - 1]
            if one.kind == b"colr" and head[one.body : one.body + 4] == b"nclx":
                at = one.body + 4
                return CodePoints(
                    int.from_bytes(head[at : at + 2], "big"),
                    int.from_bytes(head[at + 2 : at + 4], "big"),
                )
    return None


def _whole_boxes(head: bytes) -> Iterator[Box]:
    """Those that the first bytes of a file hold whole."""
    with suppress(CannotRemoveLocation):
        yield from boxes(head, 0, len(head))


def _properties_of(head: bytes, at: int, item: int) -> list[int]:
    """The numbers of an item's properties, counted from one."""
    version, flags = head[at], head[at + 3]
    count = int.from_bytes(head[at + 4 : at + 8], "big")
    at += 8
    width = 4 if version else 2
    for _ in range(count):
        number = int.from_bytes(head[at : at + width], "big")
        held = head[at + width]
        at += width + 1
        size, mask = (2, 0x7FFF) if flags & 1 else (1, 0x7F)
        if number == item:
            return [
                int.from_bytes(head[n : n + size], "big") & mask
                for n in range(at, at + held * size, size)
            ]
        at += held * size
    return []
