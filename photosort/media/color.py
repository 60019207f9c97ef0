"""Converts any mode and colour space to sRGB, on the small results instead of the whole picture."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from PIL import Image, ImageCms, ImageFilter

from photosort.media.hdr import CodePoints, code_points_of_profile, table_to_srgb

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Without this flag a transform remembers the last pixel, and decode threads share transforms.
_NO_CACHE = ImageCms.Flags.NOCACHE
_WHITE_16_BIT = 65535
_WHITE_12_BIT = 4095
# TIFF's.
_BITS_PER_SAMPLE, _MAX_SAMPLE_VALUE = 258, 281


class ColorSpace(NamedTuple):
    """How the pixels of a picture are meant; sRGB where nothing is known.

    Attributes:
        profile: its embedded ICC profile, or None.
        meant: its code points, or None.
    """

    profile: bytes | None = None
    meant: CodePoints | None = None

    @property
    def is_hdr(self) -> bool:
        """Whether the pixels are brighter than an ordinary screen."""
        meant = self.meant or (code_points_of_profile(self.profile) if self.profile else None)
        return meant is not None and meant.is_hdr


def color_space_of(picture: Image.Image) -> ColorSpace:
    """How an opened picture's pixels are meant; what "cicp" says was put there by `open_picture`."""
    return ColorSpace(picture.info.get("icc_profile"), picture.info.get("cicp"))


def workable(picture: Image.Image) -> Image.Image:
    """The picture in a mode that resizes well: L, RGB, CMYK, LAB, or RGBa, which has its alpha multiplied in.

    Sixteen-bit grey is scaled by its depth, floating point by its range; palettes are looked up.
    """
    match picture.mode:
        case "L" | "RGB" | "RGBa" | "CMYK" | "LAB":
            return picture
        case "RGBA" | "LA" | "La":
            return _without_idle_alpha(picture)
        case "P" | "PA":
            if not _has_transparency(picture):
                return picture.convert("RGB")
            return _without_idle_alpha(picture.convert("RGBA"))
        case mode if mode.startswith("I;16"):
            return _grey(np.asarray(picture), is_12_bit=_is_12_bit(picture))
        case "I" | "F":
            return _grey(np.asarray(picture))
        case "1":
            return picture.convert("L")
        case _:
            return picture.convert("RGB")


def flatten(picture: Image.Image, fill: int) -> Image.Image:
    """Transparent parts filled with a grey level; other pictures as they are."""
    if picture.mode != "RGBa":
        return picture
    picture = picture.convert("RGBA")
    background = Image.new("RGB", picture.size, (fill, fill, fill))
    background.paste(picture, mask=picture.getchannel("A"))
    return background


def to_srgb(picture: Image.Image, space: ColorSpace) -> Image.Image:
    """The picture in mode RGB and colour space sRGB, with light that an ordinary screen shows.

    Args:
        picture: mode L, RGB, CMYK or LAB.
        space: how its pixels are meant.
    """
    profile, meant = space
    # A profile says more exactly what colours are meant, but its curves end at white.
    if meant is not None and (meant.is_hdr or not profile):
        table = table_to_srgb(meant)
        if table is not None:
            return picture.convert("RGB").filter(table)
    if profile and picture.mode in {"RGB", "CMYK", "LAB"}:
        transform = _transform(profile, picture.mode)
        if isinstance(transform, ImageFilter.Color3DLUT):
            return picture.filter(transform)
        if transform is not None:
            converted = ImageCms.applyTransform(picture, transform)
            if converted is not None:
                return converted
    if picture.mode == "LAB":
        lab = ImageCms.createProfile("LAB")
        transform = ImageCms.buildTransform(lab, ImageCms.createProfile("sRGB"), "LAB", "RGB")
        converted = ImageCms.applyTransform(picture, transform)
        if converted is not None:
            return converted
    return picture if picture.mode == "RGB" else picture.convert("RGB")


@lru_cache(maxsize=64)
def _transform(
    profile: bytes, mode: str
) -> ImageCms.ImageCmsTransform | ImageFilter.Color3DLUT | None:
    """The way to sRGB, or None where there is nothing to do or the profile cannot be used."""
    meant = code_points_of_profile(profile) if mode == "RGB" else None
    if meant is not None and meant.is_hdr:
        return table_to_srgb(meant)
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        name = ImageCms.getProfileDescription(source).casefold()
        # Most photos: skipping them saves 10 ms a megapixel. Versions of sRGB differ by less than a level.
        if mode == "RGB" and "srgb" in name:
            return None
        return ImageCms.buildTransform(
            source, ImageCms.createProfile("sRGB"), mode, "RGB", flags=_NO_CACHE
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None


def _without_idle_alpha(picture: Image.Image) -> Image.Image:
    """Screenshots carry an alpha channel that hides nothing; without it all that follows is cheaper."""
    low, _ = picture.getchannel("A").getextrema()
    if low == 255:
        return picture.convert("RGB")
    if picture.mode != "RGBA":
        picture = picture.convert("RGBA")
    return picture.convert("RGBa")


def _has_transparency(picture: Image.Image) -> bool:
    return picture.mode == "PA" or "transparency" in picture.info


def _is_12_bit(picture: Image.Image) -> bool:
    """Whether sixteen bits hold twelve: a TIFF says so. A dark picture is no sign of it."""
    tags = getattr(picture, "tag_v2", {})
    bits, largest = tags.get(_BITS_PER_SAMPLE, (16,)), tags.get(_MAX_SAMPLE_VALUE, (_WHITE_16_BIT,))
    return 12 in {*bits} or 0 < max(largest, default=0) <= _WHITE_12_BIT


def _grey(values: NDArray[np.generic], *, is_12_bit: bool = False) -> Image.Image:
    """Eight bits of grey from deeper ones; shifted where they are whole numbers, to need no second copy."""
    if np.issubdtype(values.dtype, np.floating):
        finite = np.nan_to_num(values.astype(np.float32), nan=0.0, posinf=0.0, neginf=0.0)
        low, high = float(finite.min()), float(finite.max())
        if low >= 0.0 and high <= 1.0:
            low, high = 0.0, 1.0
        scaled = (finite - low) * (255.0 / (high - low or 1.0))
        return Image.fromarray(scaled.astype(np.uint8))
    is_deep = values.dtype.itemsize > 2
    whole: NDArray[np.integer[Any]]
    whole = (
        np.asarray(values, np.int32).clip(0, _WHITE_16_BIT)
        if is_deep
        else np.asarray(values, np.uint16)
    )
    highest = int(whole.max())
    # Cameras and scanners store twelve bits in sixteen, and eight in thirty-two.
    if is_deep:
        shift = 0 if highest <= 255 else 4 if highest <= _WHITE_12_BIT else 8
    else:
        shift = 4 if is_12_bit else 8
    return Image.fromarray((whole >> shift).astype(np.uint8))
