"""The size of a JPEG XL picture from its header, without decoding it (ISO/IEC 18181-1, SizeHeader)."""

from __future__ import annotations

_RATIOS = ((1, 1), (12, 10), (4, 3), (3, 2), (16, 9), (5, 4), (2, 1))
_EXTRA_BITS = (9, 13, 18, 30)


def jxl_size(data: bytes) -> tuple[int, int] | None:
    """Width and height as stored, or None where no codestream begins."""
    codestream = data if data.startswith(b"\xff\x0a") else _codestream(data)
    if codestream is None or len(codestream) < 12:
        return None
    bits = _Bits(codestream[2:12])
    small = bits.take(1)
    height = _edge(bits, small=bool(small))
    ratio = bits.take(3)
    if ratio:
        numerator, denominator = _RATIOS[ratio - 1]
        return height * numerator // denominator, height
    return _edge(bits, small=bool(small)), height


def _edge(bits: _Bits, *, small: bool) -> int:
    return (bits.take(5) + 1) * 8 if small else bits.take(_EXTRA_BITS[bits.take(2)]) + 1


class _Bits:
    def __init__(self, data: bytes) -> None:
        self._value = int.from_bytes(data, "little")

    def take(self, count: int) -> int:
        value = self._value & ((1 << count) - 1)
        self._value >>= count
        return value


def _codestream(data: bytes) -> bytes | None:
    """The beginning of the codestream in a container of boxes."""
    at = 0
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        kind = data[at + 4 : at + 8]
        header = 8
        if size == 1:
            size, header = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        elif size == 0:
            size = len(data) - at
        if kind in {b"jxlc", b"jxlp"}:
            start = at + header + (4 if kind == b"jxlp" else 0)
            found = data[start : start + 32]
            return found if found.startswith(b"\xff\x0a") else None
        if size < header:
            return None
        at += size
    return None
