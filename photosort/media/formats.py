"""File formats by extension; the real content is for `decode` to find out."""

from __future__ import annotations

from typing import Literal

Media = Literal["image", "raw", "video"]

# Formats that cameras, phones and editors write as photos. BLP, DDS, EPS, ICO, PCX and the like are not photos,
# and Pillow's readers for them are the ones that hang or call other programs.
_IMAGE = "jpg jpeg jpe jfif pjpeg insp mpo png apng webp gif bmp tif tiff avif avifs heic heif hif heics heifs jxl jp2 j2k jpx"
_RAW = (
    "3fr ari arw bay cap cr2 cr3 crw dcr dcs dng drf eip erf fff gpr iiq k25 kdc mdc mef mos mrw nef nrw orf "
    "pef ptx pxn r3d raf raw rw2 rwl rwz sr2 srf srw x3f"
)
# "mp" is the clip of a Pixel's motion photo; "ts" is left out: it is TypeScript more often than a recording.
_VIDEO = "mp4 m4v mov qt avi mkv webm mpg mpeg mpe mts m2ts m2t 3gp 3g2 wmv asf flv mod tod ogv vob insv mp"

# Keys with their dot, so that a folder or file named just "jpg" is no picture.
MEDIA_BY_EXTENSION: dict[str, Media] = {
    **{f".{extension}": "image" for extension in _IMAGE.split()},
    **{f".{extension}": "raw" for extension in _RAW.split()},
    **{f".{extension}": "video" for extension in _VIDEO.split()},
}

# Files that say something about a picture beside them; they are read with it or not at all.
SIDECAR_EXTENSIONS = frozenset(
    [".xmp", ".json", ".aae", ".pp3", ".dop", ".cos", ".cop", ".on1", ".thm", ".lrv"]
)


def extension_of(name: str) -> str:
    """The end of a file name from its last dot on, in lower case; no dot gives something that is no extension."""
    return name[name.rfind(".") :].lower()


def media_of(name: str) -> Media | None:
    """The media that the extension of a file name promises, or None for what is not a picture."""
    return MEDIA_BY_EXTENSION.get(extension_of(name))
