"""EXIF, XMP and IPTC of a file or a packet as plain values, through exiv2.

exiv2's XMP toolkit keeps global state (its start and its table of namespaces are not safe between threads,
and every packet with a new namespace writes to the table), and python-exiv2 lets other threads run while it
reads. So one lock holds everything: reading takes a tenth of a millisecond.
"""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

if TYPE_CHECKING:
    from pathlib import Path

Xmp = dict[str, str | list[str]]

# Editors keep their whole history in XMP; darktable's and Photoshop's may hold tens of thousands of steps.
_MOST_TAGS = 20_000
_LONGEST_VALUE = 1 << 20
_exiv2_lock = threading.Lock()


@dataclass(slots=True)
class Tags:
    """What exiv2 found.

    Attributes:
        exif: key to text; several values of one tag are parted by spaces, rationals are "1/125".
        binary: EXIF values of type Byte and Undefined, as bytes.
        xmp: key to text, or to a list of texts; language alternatives give their default.
        iptc: key to all its values, as bytes, because only `Iptc.Envelope.CharacterSet` says what they mean.
        width: pixels as stored, or 0.
        height: pixels as stored, or 0.
    """

    exif: dict[str, str] = field(default_factory=dict)
    binary: dict[str, bytes] = field(default_factory=dict)
    xmp: Xmp = field(default_factory=dict)
    iptc: dict[str, list[bytes]] = field(default_factory=dict)
    width: int = 0
    height: int = 0


class BadTags(Exception):
    """exiv2 cannot make sense of the file; it may be a good picture all the same."""


def read_tags(source: bytes | Path) -> Tags:
    """Everything that a picture says of itself.

    Args:
        source: the bytes of the file, or of its beginning, or its path.

    Raises:
        BadTags: no format that exiv2 knows, or damaged.
    """
    return _read(source if isinstance(source, bytes) else os.fspath(source))


def read_packet(packet: bytes) -> Xmp:
    """The XMP of a sidecar.

    Args:
        packet: the file's bytes; UTF-8, or UTF-16 with a mark of its byte order.

    Raises:
        BadTags: no XMP.
    """
    if packet.startswith((b"\xff\xfe", b"\xfe\xff")):
        packet = packet.decode("utf-16", "replace").encode()
    # exiv2 knows a sidecar by its beginning, and some programs write none of the usual wrapping.
    start, end = packet.find(b"<rdf:RDF"), packet.rfind(b"</rdf:RDF>")
    if start < 0 or end < start:
        raise BadTags("no XMP")
    body = packet[start : end + len(b"</rdf:RDF>")]
    wrapped = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + body + b"</x:xmpmeta>"
    xmp = _read(wrapped).xmp
    if not xmp:
        # exiv2 passes over a packet that it cannot parse; one that holds nothing is no damage.
        try:
            ElementTree.fromstring(wrapped)
        except ElementTree.ParseError as error:
            raise BadTags(repr(error)) from error
    return xmp


@cache
def _exiv2() -> Any:
    with _exiv2_lock:
        import exiv2

        exiv2.LogMsg.setLevel(exiv2.LogMsg.Level.mute)
        exiv2.XmpParser.initialize()
        return exiv2


def _read(source: bytes | str) -> Tags:
    exiv2 = _exiv2()
    with _exiv2_lock:
        try:
            image = exiv2.ImageFactory.open(source)
            image.readMetadata()
            exif, binary = _exif(exiv2, image.exifData())
            return Tags(
                exif,
                binary,
                _xmp(exiv2, image.xmpData()),
                _iptc(image.iptcData()),
                image.pixelWidth(),
                image.pixelHeight(),
            )
        except (exiv2.Exiv2Error, ValueError, UnicodeError, MemoryError) as error:
            raise BadTags(repr(error)) from error


def _exif(exiv2: Any, data: Any) -> tuple[dict[str, str], dict[str, bytes]]:
    texts: dict[str, str] = {}
    binary: dict[str, bytes] = {}
    raw_types = {exiv2.TypeId.unsignedByte, exiv2.TypeId.undefined, exiv2.TypeId.comment}
    for count, datum in enumerate(data):
        if count >= _MOST_TAGS:
            break
        key = datum.key()
        # Of a maker's own tags only the raw note is used; hundreds of them would be turned into text for nothing.
        if key.split(".", 2)[1] not in _EXIF_GROUPS or datum.size() > _LONGEST_VALUE:
            continue
        if datum.typeId() in raw_types:
            binary[key] = bytes(datum.value().data())
        else:
            texts[key] = datum.toString()
    return texts, binary


_EXIF_GROUPS = frozenset({"Image", "Photo", "GPSInfo"})


def _xmp(exiv2: Any, data: Any) -> Xmp:
    found: Xmp = {}
    arrays = {exiv2.TypeId.xmpBag, exiv2.TypeId.xmpSeq, exiv2.TypeId.xmpAlt}
    for count, datum in enumerate(data):
        if count >= _MOST_TAGS:
            break
        if datum.size() > _LONGEST_VALUE:
            continue
        kind = datum.typeId()
        if kind in arrays:
            found[datum.key()] = [str(item) for item in datum.value()]
        elif kind == exiv2.TypeId.langAlt:
            value = datum.value()
            languages = dict(value.items())
            if languages:
                found[datum.key()] = languages.get("x-default") or next(iter(languages.values()))
        else:
            found[datum.key()] = datum.toString()
    return found


def _iptc(data: Any) -> dict[str, list[bytes]]:
    found: dict[str, list[bytes]] = {}
    for count, datum in enumerate(data):
        if count >= _MOST_TAGS:
            break
        if datum.size() <= _LONGEST_VALUE:
            text: str = datum.toString()
            found.setdefault(datum.key(), []).append(text.encode("utf-8", "surrogateescape"))
    return found
