"""How a picture lies in its file and which turn it still needs: for thumbnails, encoder, loupe, copies and boxes.

A file's orientation tag counts only where its format leaves the rotation to the viewer. A different orientation in a
keyword file is a rotation that the user made later, on top of the file's own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from photosort.media.tags import BadTags, Tags, Xmp, read_packet

if TYPE_CHECKING:
    from PIL import Image

_TAG = 0x0112
# Top left, top right, bottom left and bottom right of the picture as shown, as corners of the stored one.
_CORNERS = {
    1: (0, 1, 2, 3),
    2: (1, 0, 3, 2),
    3: (3, 2, 1, 0),
    4: (2, 3, 0, 1),
    5: (0, 2, 1, 3),
    6: (2, 0, 3, 1),
    7: (3, 1, 2, 0),
    8: (1, 3, 0, 2),
}
_ORIENTATIONS = {corners: orientation for orientation, corners in _CORNERS.items()}


@dataclass(frozen=True, slots=True)
class Orientation:
    """EXIF orientations, 1 to 8.

    Attributes:
        said: what the file says, whether or not its format gives that a meaning.
        shown: from the picture as stored to the picture as shown; boxes need it.
        left: what remains to be applied to the pixels that the decoder gives.
    """

    said: int = 1
    shown: int = 1
    left: int = 1

    def turned(self, beside: int | None) -> Orientation:
        """With the turn of a keyword file, which says `beside`, or None."""
        if beside is None:
            return self
        turn = turn_between(self.said, beside)
        return replace(
            self, shown=combined(self.shown, turn), left=combined(self.left, turn), said=beside
        )


def orientation_of(tags: Tags) -> int:
    """What a file's tags say, EXIF before XMP; 1 where they say nothing or nothing that makes sense."""
    return _sensible(tags.exif.get("Exif.Image.Orientation")) or orientation_in(tags.xmp) or 1


def orientation_in(xmp: Xmp) -> int | None:
    """What a packet says, or None."""
    return _sensible(xmp.get("Xmp.tiff.Orientation"))


def orientation_to_apply(picture: Image.Image) -> Orientation:
    """How an opened picture lies; to be asked before its pixels are loaded.

    HEIF and AVIF say in boxes of their own how they lie (ISO/IEC 23000-22), and in JPEG XL the codestream decides,
    except where it holds a JPEG to be restored, of which EXIF counts (ISO/IEC 18181-2).

    Raises:
        Exception: whatever the decoder makes of a damaged PNG.
    """
    info = picture.info
    match picture.format:
        case "HEIF":  # turned by libheif
            said = _sensible(info.get("original_orientation")) or 1
            return Orientation(said, said, 1)
        case "AVIF":  # Pillow makes EXIF say what the boxes say, and takes XMP where there are none
            said = _exif_of(picture) or 1 if "exif" in info else 1
            return Orientation(said, said, said)
        case "JXL" if not getattr(picture, "jpeg", False):
            return Orientation(_exif_of(picture) or 1)
        case "TIFF":  # Pillow 13.0.0 turns it while it loads
            applied = _exif_of(picture) or 1
            said = applied if applied != 1 else _xmp_of(picture) or 1
            return Orientation(said, said, turn_between(applied, said))
        case "PNG":  # which may say it behind its pixels
            picture.load()
    said = _exif_of(picture) or _xmp_of(picture) or 1
    return Orientation(said, said, said)


def turn_between(first: int, second: int) -> int:
    """What turns a picture shown by the first orientation into one shown by the second."""
    return next(turn for turn in _CORNERS if combined(first, turn) == second)


def combined(first: int, then: int) -> int:
    """One turn in place of two."""
    corners = _CORNERS[first]
    a, b, c, d = (corners[corner] for corner in _CORNERS[then])
    return _ORIENTATIONS[a, b, c, d]


def _exif_of(picture: Image.Image) -> int | None:
    try:
        return _sensible(picture.getexif().get(_TAG))
    except Exception:  # any damage inside EXIF: the picture itself is good
        return None


def _xmp_of(picture: Image.Image) -> int | None:
    packet = picture.info.get("xmp")
    if not isinstance(packet, bytes) or b"Orientation" not in packet:
        return None
    try:
        return orientation_in(read_packet(packet))
    except BadTags:
        return None


def _sensible(said: object) -> int | None:
    try:
        orientation = int(str(said).split()[0])
    except (ValueError, IndexError):
        return None
    return orientation if 1 <= orientation <= 8 else None
