"""EXIF, XMP and IPTC of a file or packet as plain values, through exiv2.

exiv2's XMP toolkit keeps global state (its start and its table of namespaces are not safe between threads,
and every packet with a new namespace writes to the table), and python-exiv2 lets other threads run while it
reads. So one lock holds everything: reading takes a tenth of a millisecond.
"""

from __future__ import annotations

import io
import os
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Literal
from xml.etree import ElementTree

from photosort.media.hidden_packets import extended_packet, gif_packet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Previews = Literal["none", "thumbnail", "any"]
Xmp = dict[str, str | list[str]]

# Editors keep their whole history in XMP; darktable's and Photoshop's may hold tens of thousands of steps.
_MOST_TAGS = 20_000
_LONGEST_VALUE = 1 << 20
_PREVIEW_PX = 256
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDF_ENDS = b"</rdf:RDF>"
_ABOUT = f"{{{_RDF}}}about"
_exiv2_lock = threading.Lock()
# ElementTree knows prefixes for the whole process.
_prefixes_lock = threading.Lock()


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
        preview: an embedded JPEG as stored, where one was asked for.
    """

    exif: dict[str, str] = field(default_factory=dict)
    binary: dict[str, bytes] = field(default_factory=dict)
    xmp: Xmp = field(default_factory=dict)
    iptc: dict[str, list[bytes]] = field(default_factory=dict)
    width: int = 0
    height: int = 0
    preview: bytes | None = None


def text_of(xmp: Xmp, key: str) -> str | None:
    """The text of an XMP property, of several its first."""
    value = xmp.get(key)
    return (value[0] if value else None) if isinstance(value, list) else value


class BadTags(Exception):
    """exiv2 cannot make sense of the file; it may be a good picture all the same."""


def read_tags(source: bytes | Path, *, previews: Previews = "none") -> Tags:
    """Everything that a picture says of itself.

    Args:
        source: the bytes of the file, or of its beginning, or its path.
        previews: "thumbnail" gives EXIF's own; "any" the smallest that fills a thumbnail of 256 px, as raw
            files hold several.

    Raises:
        BadTags: no format that exiv2 knows, or damaged.
    """
    if isinstance(source, bytes):
        tags = _read(source, previews)
        _add_packet_of(tags, source)
        return tags
    name = os.fspath(source)
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:  # exiv2's Python layer takes no other names
        return _read(source.read_bytes(), previews)
    return _read(name, previews)


def _add_packet_of(tags: Tags, data: bytes) -> None:
    """Fills in XMP that exiv2 (0.28.9) passes over: all of a GIF's, and what a JPEG's first packet has no room for."""
    packet = None
    if data.startswith(b"GIF8"):
        packet = gif_packet(data)
    elif guid := tags.xmp.get("Xmp.xmpNote.HasExtendedXMP"):
        packet = extended_packet(data, str(guid))
    if packet is not None:
        with suppress(BadTags):
            tags.xmp = read_packet(packet) | tags.xmp


def read_packet(packet: bytes) -> Xmp:
    """The XMP of a sidecar.

    Args:
        packet: the file's bytes; UTF-8, or UTF-16 with a mark of its byte order.

    Raises:
        BadTags: no XMP.
    """
    with opened_packet(packet) as (exiv2, image):
        return _xmp(exiv2, image.xmpData())


@contextmanager
def opened_packet(packet: bytes) -> Iterator[tuple[Any, Any]]:
    """exiv2 and the image that a sidecar is to it, to be changed while no other thread uses exiv2.

    Args:
        packet: the file's bytes, as for `read_packet`.

    Raises:
        BadTags: no XMP, or one of which exiv2 would lose something.
    """
    with exiv2_alone() as exiv2:
        image = _opened(exiv2, wrapped_packet(packet))
        # exiv2 passes over a packet that it cannot parse without a word, or whose namespaces stand further up.
        if image.xmpData().empty():
            whole = _wrapped(_rdf_of(_as_utf8(packet)))
            image = _opened(exiv2, whole)
            if image.xmpData().empty() and _says_something(whole):
                raise BadTags("exiv2 cannot parse it")
        yield exiv2, image


def _opened(exiv2: Any, wrapped: bytes) -> Any:
    try:
        image = exiv2.ImageFactory.open(wrapped)
        image.readMetadata()
    except exiv2.Exiv2Error as error:
        raise BadTags(repr(error)) from error
    return image


def wrapped_packet(packet: bytes) -> bytes:
    """A packet as exiv2 knows it for a sidecar.

    Raises:
        BadTags: no XMP.
    """
    packet = _as_utf8(packet)
    # exiv2 knows a sidecar by its beginning, and some programs write none of the usual wrapping.
    start, end = packet.find(b"<rdf:RDF"), packet.rfind(_RDF_ENDS)
    if start < 0 or end < start:
        return _wrapped(_rdf_of(packet))
    return _wrapped(packet[start : end + len(_RDF_ENDS)])


def _wrapped(rdf: bytes) -> bytes:
    return b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + rdf + b"</x:xmpmeta>"


def _as_utf8(packet: bytes) -> bytes:
    if packet.startswith((b"\xff\xfe", b"\xfe\xff")):
        packet = packet.decode("utf-16", "replace").encode()
    return packet.removeprefix(b"\xef\xbb\xbf")


def _rdf_of(packet: bytes) -> bytes:
    """The RDF element of an XML document, with all namespaces that it uses; they keep their prefixes, RDF has "rdf".

    Raises:
        BadTags: no XML, or none with RDF in it.
    """
    source = io.BytesIO(packet.strip(b"\0 \t\r\n"))
    prefixes: dict[str, str] = {}
    rdf = None
    try:
        for event, found in ElementTree.iterparse(source, ("start-ns", "end")):
            if event == "start-ns":
                prefixes[found[1]] = found[0]
            elif found.tag == f"{{{_RDF}}}RDF":
                rdf = found
    except (ElementTree.ParseError, ValueError) as error:
        raise BadTags(repr(error)) from error
    if rdf is None:
        raise BadTags("no XMP")
    with _prefixes_lock:
        for uri, prefix in prefixes.items():
            # Not "ns1", which ElementTree keeps for itself.
            if uri != _RDF and prefix not in {"", "rdf", "xml"}:
                with suppress(ValueError):
                    ElementTree.register_namespace(prefix, uri)
        return ElementTree.tostring(rdf)


def _says_something(wrapped: bytes) -> bool:
    try:
        top = ElementTree.fromstring(wrapped)
    except ElementTree.ParseError as error:
        raise BadTags(repr(error)) from error
    return any(len(described) or set(described.keys()) - {_ABOUT} for described in top[0])


def add_blocks(tags: Tags, exif: bytes | None, xmp: bytes | None) -> None:
    """Fills in EXIF and XMP from blocks of their own where the file itself gave none; damage is passed over."""
    if exif and not tags.exif:
        with suppress(BadTags):
            found = _read(exif.removeprefix(b"Exif\0\0"))
            tags.exif, tags.binary = found.exif, found.binary
    if xmp and not tags.xmp:
        with suppress(BadTags):
            tags.xmp = read_packet(xmp)


@contextmanager
def exiv2_alone() -> Iterator[Any]:
    """exiv2 itself, while no other thread uses it."""
    exiv2 = _exiv2()
    with _exiv2_lock:
        yield exiv2


@cache
def _exiv2() -> Any:
    with _exiv2_lock:
        import exiv2

        exiv2.LogMsg.setLevel(exiv2.LogMsg.Level.mute)
        exiv2.XmpParser.initialize()
        for prefix, namespace in _NAMESPACES.items():
            exiv2.XmpProperties.registerNs(namespace, prefix)
        return exiv2


def _read(source: bytes | str, previews: Previews = "none") -> Tags:
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
                _preview(exiv2, image, previews),
            )
        except (exiv2.Exiv2Error, ValueError, UnicodeError, MemoryError) as error:
            raise BadTags(repr(error)) from error


def _preview(exiv2: Any, image: Any, previews: Previews) -> bytes | None:
    if previews == "none":
        return None
    if previews == "any":
        manager = exiv2.PreviewManager(image)
        found = [p for p in manager.getPreviewProperties() if p.mimeType == "image/jpeg"]
        large = [p for p in found if max(p.width, p.height) >= _PREVIEW_PX]
        chosen = min(large, key=lambda p: p.size, default=found[-1] if found else None)
        return bytes(manager.getPreviewImage(chosen).data()) if chosen is not None else None
    thumbnail = exiv2.ExifThumbC(image.exifData())
    if thumbnail.mimeType() != "image/jpeg":
        return None
    return bytes(thumbnail.copy().data())


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
DARKTABLE_LABELS = "Xmp.darktable.colorlabels"
# A photo from a raw developer carries hundreds of its settings (crs, darktable, xmpMM).
_XMP_GROUPS = frozenset(
    [
        "MP",
        "MicrosoftPhoto",
        "acdsee",
        "xmpDM",
        "xmpNote",
        "GCamera",
        "MiCamera",
        "OpCamera",
        "apple-fi",
        "acdsee",
        "aux",
        "dc",
        "digiKam",
        "exif",
        "exifEX",
        "iptcExt",
        "lr",
        "mediapro",
        "mwg-rs",
        "photoshop",
        "tiff",
        "xmp",
    ]
)

# exiv2 (0.28.9) names a namespace that it does not know by the prefix it met first in the process, and today's
# cameras write "Camera" where older ones wrote "GCamera" (Android's Motion Photo format 1.0).
_NAMESPACES = {
    "photosort": "urn:photosort:keyword-file:1.0/",
    "xmpNote": "http://ns.adobe.com/xmp/note/",
    "GCamera": "http://ns.google.com/photos/1.0/camera/",
    "MiCamera": "http://ns.xiaomi.com/photos/1.0/camera/",
    "OpCamera": "http://ns.oplus.com/photos/1.0/camera/",
    "apple-fi": "http://ns.apple.com/faceinfo/1.0/",
    "darktable": "http://darktable.sf.net/",
}


def _xmp(exiv2: Any, data: Any) -> Xmp:
    found: Xmp = {}
    arrays = {exiv2.TypeId.xmpBag, exiv2.TypeId.xmpSeq, exiv2.TypeId.xmpAlt}
    for count, datum in enumerate(data):
        if count >= _MOST_TAGS:
            break
        key = datum.key()
        if key.split(".", 2)[1] not in _XMP_GROUPS and key != DARKTABLE_LABELS:
            continue
        if datum.size() > _LONGEST_VALUE:
            continue
        kind = datum.typeId()
        if kind in arrays:
            found[key] = [str(item) for item in datum.value()]
        elif kind == exiv2.TypeId.langAlt:
            value = datum.value()
            languages = dict(value.items())
            if languages:
                found[key] = languages.get("x-default") or next(iter(languages.values()))
        else:
            found[key] = datum.toString()
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
