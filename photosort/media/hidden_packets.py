"""XMP packets that lie where exiv2 does not look: of a GIF, and the extended one of a JPEG."""

from __future__ import annotations

import struct

_GIF_MARK = b"\xff\x0bXMP DataXMP"
# What follows the packet, so that readers of blocks find their way out of it (XMP Specification Part 3, 1.1.2).
_GIF_ENDS = b"\x01\xff\xfe\xfd"
_EXTENSION = b"http://ns.adobe.com/xmp/extension/\0"
_GUID_BYTES = 32
# Depth maps and second pictures, which phones keep there, are megabytes of base64 without a word in them.
_PICTURES = (b"GDepth:Data", b"GImage:Data", b"GAudio:Data")
_LARGEST_BYTES = 1 << 20


def gif_packet(data: bytes) -> bytes | None:
    """The XMP of a GIF, or None."""
    start = data.find(_GIF_MARK)
    if start < 0:
        return None
    start += len(_GIF_MARK)
    end = data.find(_GIF_ENDS, start)
    return data[start:end] if end > start else None


def extended_packet(data: bytes, guid: str) -> bytes | None:
    """What the first packet of a JPEG had no room for (XMP Specification Part 3, 1.1.3.1), or None.

    Args:
        data: the file, or its beginning.
        guid: what the first packet calls the other.
    """
    name = guid.encode("ascii", "replace")
    parts: dict[int, bytes] = {}
    at = 2
    while data[at : at + 1] == b"\xff" and at + 4 <= len(data) and data[at + 1] != 0xDA:
        (length,) = struct.unpack_from(">H", data, at + 2)
        body = data[at + 4 : at + 2 + length]
        if data[at + 1] == 0xE1 and body.startswith(_EXTENSION):
            body = body[len(_EXTENSION) :]
            if body[:_GUID_BYTES] == name and len(body) > _GUID_BYTES + 8:
                _, offset = struct.unpack_from(">II", body, _GUID_BYTES)
                parts[offset] = body[_GUID_BYTES + 8 :]
        at += 2 + max(2, length)
    packet = b"".join(parts[offset] for offset in sorted(parts))
    if not packet or len(packet) > _LARGEST_BYTES or any(kind in packet for kind in _PICTURES):
        return None
    return packet
