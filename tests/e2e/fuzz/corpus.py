"""Good inputs of every kind, tiny, and ways to damage them."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module

import pillow_heif
from PIL import Image

# Sizes and offsets at which programs trip.
_ODD = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
_WORDS = (
    b"1e400",
    b"-1",
    b"9" * 400,
    b"nan",
    b"\0",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"&#x0;",
    b"<!ENTITY x 'y'>",
    b"../../../",
    b"{}",
    b"[",
    b'"',
    b"(" * 300,
    b"\xe2\x80\xae",
    b"xmlns:x='y'",
    b" OR ",
    b"rating:",
)

XMP = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/"
    xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:lr="http://ns.adobe.com/lightroom/1.0/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
    xmlns:acdsee="http://ns.acdsee.com/iptc/1.0/" xmp:Rating="4" tiff:Orientation="6"
    exif:DateTimeOriginal="2022-05-15T18:42:07+02:00" exif:GPSLatitude="48,12.5N" exif:GPSLongitude="16,22.4E"
    photoshop:DateCreated="1985-07" acdsee:categories="&lt;Categories&gt;&lt;Category Assigned=&quot;1&quot;&gt;a&lt;/Category&gt;&lt;/Categories&gt;">
   <dc:subject><rdf:Bag><rdf:li>dog</rdf:li><rdf:li>beach</rdf:li></rdf:Bag></dc:subject>
   <lr:hierarchicalSubject><rdf:Bag><rdf:li>animals|dog</rdf:li></rdf:Bag></lr:hierarchicalSubject>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">title</rdf:li></rdf:Alt></dc:title>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
"""
TAKEOUT = b"""{"title": "IMG.jpg", "description": "words", "photoTakenTime": {"timestamp": "1652640127"},
 "geoData": {"latitude": 48.2, "longitude": 16.3, "altitude": 170.0}, "people": [{"name": "Jo"}]}"""
VOCABULARY = b"""animals
  dog
    {hound}
  cat  # a comment
vehicles|car
[heading]
"""
YAML = b"""- name: dog
  parent: animals
  aliases: [hound, puppy]
  descriptors: ["four legs"]
- name: animals
  group: true
"""
SETTINGS = b'{"version": 1, "write_keyword_files": true, "threads": 2, "cell_edge_px": 160, "scheme": "dark"}'
IGNORE = b"""*.tmp
!keep.jpg
/private/
**/thumbs
# words
"""
QUERIES = (
    b'dog beach -tag:cat rating:>=3 (date:2022-05 OR date:2021) "exact words"',
    b"like:IMG_0001.jpg camera:nikon sort:date has:gps near:48.2,16.3 iso:100..400",
    b"album:'Our days' type:raw OR flag:pick in:folder before:2020 after:1999-12",
)


@cache
def pictures() -> dict[str, bytes]:
    """A picture of each format that Photosort reads and that can be made here: ending to bytes."""
    pillow_heif.register_heif_opener()
    import_module("pillow_jxl")  # registers itself
    noise = random.Random(1).randbytes(12 * 10 * 3)
    picture = Image.frombytes("RGB", (12, 10), noise).resize((48, 40))
    exif = Image.Exif()
    exif[0x0110], exif[0x0112] = "camera", 6
    exif[0x8769] = {0x9003: "2022:05:15 18:42:07", 0x8827: 100}
    exif[0x8825] = {1: "N", 2: (48.0, 12.0, 30.0), 3: "E", 4: (16.0, 22.0, 24.0)}
    plain = Image.Exif()
    plain[0x0110], plain[0x0112] = "camera", 6
    made = {}
    for ending, form, extra in (
        (".jpg", "JPEG", {"exif": exif, "xmp": XMP}),
        (".png", "PNG", {"exif": exif}),
        (".webp", "WEBP", {"exif": exif, "xmp": XMP}),
        (".tif", "TIFF", {"exif": plain}),
        (".gif", "GIF", {}),
        (".bmp", "BMP", {}),
        (".heic", "HEIF", {"exif": exif.tobytes()}),
        (".avif", "AVIF", {"exif": exif.tobytes()}),
        (".jxl", "JXL", {}),
    ):
        stream = io.BytesIO()
        picture.save(stream, form, **extra)
        made[ending] = stream.getvalue()
    return made


def damaged(data: bytes, rng: random.Random) -> bytes:
    """The bytes with one to eight damages."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        if not out:
            break
        rng.choice(_DAMAGES)(out, rng)
    return bytes(out)


def _at(out: Sequence[int], rng: random.Random) -> int:
    # Heads of files are where sizes and offsets stand.
    end = len(out) if rng.random() < 0.5 else min(len(out), 400)
    return rng.randrange(max(1, end))


def _flip(out: bytearray, rng: random.Random) -> None:
    out[_at(out, rng)] ^= 1 << rng.randrange(8)


def _number(out: bytearray, rng: random.Random) -> None:
    at, size = _at(out, rng), rng.choice((1, 2, 4))
    number = rng.choice(_ODD) & ((1 << (8 * size)) - 1)
    order = rng.choice(("little", "big"))
    out[at : at + size] = number.to_bytes(size, "little" if order == "little" else "big")


def _cut(out: bytearray, rng: random.Random) -> None:
    at = _at(out, rng)
    del out[at : at + rng.choice((1, 2, 16, 300, len(out)))]


def _double(out: bytearray, rng: random.Random) -> None:
    at, other = _at(out, rng), _at(out, rng)
    out[other:other] = out[at : at + rng.randint(1, 200)]


def _word(out: bytearray, rng: random.Random) -> None:
    at = _at(out, rng)
    out[at:at] = rng.choice(_WORDS)


def _noise(out: bytearray, rng: random.Random) -> None:
    at = _at(out, rng)
    out[at : at + 8] = rng.randbytes(8)


_DAMAGES: tuple[Callable[[bytearray, random.Random], None], ...] = (
    _flip,
    _number,
    _cut,
    _double,
    _word,
    _noise,
)
