"""The input that an encoder needs, and the result of decoding one file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from photosort.domain.looks import Look
    from photosort.domain.photos import Metadata

THUMBNAIL_EDGES_PX = (256, 512)


@dataclass(frozen=True, slots=True)
class Box:
    """A part of an upright picture, in shares of its width and height.

    Attributes:
        left, top: its corner, 0 to 1.
        width, height: its size, above 0 up to 1.
    """

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge, 0 to 1."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge, 0 to 1."""
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class InputSpec:
    """The pixels an encoder wants, before normalisation (which the encoder does itself).

    Attributes:
        edge_px: height and width of the square input.
        fit: "crop": the shorter edge becomes `resize_px`, then the centre is cut out; "squash": both edges
            become `edge_px`; "pad": the longer edge becomes `edge_px`, the rest is filled.
        resize_px: length of the shorter edge before a crop; equals `edge_px` when nothing more is cut away.
        resample: Pillow's filter of that name.
        fill: grey level of padding and of transparent pixels' background.
    """

    edge_px: int
    fit: Literal["crop", "squash", "pad"] = "crop"
    resize_px: int = 0
    resample: Literal["bilinear", "bicubic", "lanczos"] = "bicubic"
    fill: int = 255

    def __post_init__(self) -> None:
        if self.resize_px == 0:
            object.__setattr__(self, "resize_px", self.edge_px)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Everything that one decode of one file gives.

    Attributes:
        pixels: uint8 array, shape (edge_px, edge_px, 3), RGB, upright; the encoder's input.
        pixel_hash: BLAKE2b-128 of `pixels`, so that a change of metadata alone is recognised.
        thumbnails: longest edge in pixels to JPEG bytes, upright, without metadata.
        metadata: what the bytes of the file say (sidecars not included).
        content_hash: SHA-256 of the file's bytes where they were all read anyway, else None.
        from_preview: the pixels came from an embedded preview, not from the full picture.
        looks: how probably the picture has each look; empty where nobody measured.
    """

    pixels: NDArray[np.uint8]
    pixel_hash: bytes
    thumbnails: dict[int, bytes]
    metadata: Metadata
    content_hash: bytes | None = None
    from_preview: bool = False
    looks: Mapping[Look, float] = field(default_factory=dict)
