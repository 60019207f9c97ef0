"""Decides whether two small pictures are one picture: cut to two thirds or more, turned a little, mirrored or retoned.

Vectors say that two photos are alike; only pixels say that they are one. So the two are laid over each other:
a search over scales and shifts finds a beginning, least squares find the exact place, and then every patch
of the overlap has to agree by itself. Two shots of one scene fail where something moved; a caption or a
sticker spoils only the patches that it covers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import fft, ndimage

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

# Longest edge of the pictures that `compare` is made for.
EDGE_PX = 128
# The beginning is looked for in pictures of this edge: one step of scale moves their rim by less than a pixel.
_COARSE_PX = 48
# How much of the other picture's width a cut keeps; less than two thirds is another picture.
_SCALES = tuple(np.geomspace(1.0, 0.62, 8))
# The least share of the smaller picture that must lie within the other.
_LEAST_INSIDE = 0.6
# What is coarser than this, in pixels of the coarse picture, is light and sky: alike in many photos.
_COARSE_BLUR_PX = 5.0
_STEPS = 14
_PATCHES = 8
_PATCH_AGREES = 0.7
# Grey levels; flatter patches are sky and walls, which agree with any other.
_TEXTURE = 4.0
_LEAST_PATCHES = 8
# Of the larger picture, which a cut to 70 % of both edges just keeps.
_LEAST_OVERLAP = 0.4
# A turn or a skew beyond this is another point of view, and a stretch beyond it another picture.
_MOST_SKEW = 0.2


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two pictures lie over each other.

    Attributes:
        share: of the textured patches of the overlap, those that agree; 0 where nothing fits.
        moved: how far the fitted place is from lying exactly on top, as a share of the longest edge.
        mirrored: the second had to be mirrored.
    """

    share: float
    moved: float = 1.0
    mirrored: bool = False


_NONE = Agreement(0.0)


def compare(first: NDArray[np.uint8], second: NDArray[np.uint8]) -> Agreement:
    """Lays two pictures over each other and says how much of the overlap agrees.

    Args:
        first: grey picture, shape (height, width), longest edge about `EDGE_PX`.
        second: another one.
    """
    one, other = first.astype(np.float32), second.astype(np.float32)
    straight = _compare(one, other)
    if straight.share >= _PATCH_AGREES:
        return straight
    mirrored = _compare(one, other[:, ::-1])
    if mirrored.share > straight.share:
        return Agreement(mirrored.share, mirrored.moved, mirrored=True)
    return straight


def _compare(first: Floats, second: Floats) -> Agreement:
    found = _beginning(first, second)
    if found is None:
        return _NONE
    matrix, shift = _refined(first, second, *found)
    if not _is_plausible(matrix):
        return _NONE
    return _judged(first, second, matrix, shift)


def _beginning(first: Floats, second: Floats) -> tuple[Floats, Floats] | None:
    """The best place by scale and shift, as matrix and shift from coordinates of `first` to `second`."""
    best = (0.3, 1.0, 0.0, 0.0)  # a lower correlation leads nowhere
    swapped = False
    for roles_swapped, (whole, part) in enumerate(((first, second), (second, first))):
        field = _Field(_coarse(whole, _COARSE_PX))
        for scale in _SCALES[roles_swapped:]:
            found = field.find(_coarse(part, _COARSE_PX * scale))
            if found[0] > best[0]:
                best = (found[0], scale, found[1], found[2])
                swapped = bool(roles_swapped)
    if best[0] <= 0.3:
        return None
    _, scale, down, right = best
    whole, part = (second, first) if swapped else (first, second)
    # Coarse pixels of `whole` a pixel, and of `part` a pixel; centres of pixels stay centres.
    of_whole = _COARSE_PX / max(whole.shape)
    of_part = _COARSE_PX * scale / max(part.shape)
    ratio = of_whole / of_part
    offset = np.array([down, right])
    shift = (0.5 * of_whole - 0.5 - offset + 0.5) / of_part - 0.5
    if swapped:
        return np.eye(2, dtype=np.float32) / ratio, (-shift / ratio).astype(np.float32)
    return np.eye(2, dtype=np.float32) * ratio, shift.astype(np.float32)


def _coarse(picture: Floats, longest_px: float) -> Floats:
    """The picture at another size, without light that changes slowly."""
    factor = longest_px / max(picture.shape)
    blurred = ndimage.gaussian_filter(picture, max(0.0, 0.45 / factor), mode="nearest")
    height, width = (max(8, round(n * factor)) for n in picture.shape)
    down = (np.arange(height, dtype=np.float32) + 0.5) * (picture.shape[0] / height) - 0.5
    right = (np.arange(width, dtype=np.float32) + 0.5) * (picture.shape[1] / width) - 0.5
    small = ndimage.map_coordinates(
        blurred, np.meshgrid(down, right, indexing="ij"), order=1, mode="nearest"
    )
    detail: Floats = small - ndimage.gaussian_filter(small, _COARSE_BLUR_PX, mode="nearest")
    return detail


class _Field:
    """A coarse picture in which others are looked for, by correlation over every shift."""

    def __init__(self, picture: Floats) -> None:
        self._shape = picture.shape
        self._fft_shape = tuple(
            fft.next_fast_len(n + _COARSE_PX + 2, real=True) for n in picture.shape
        )
        self._sums = [self._of(one) for one in (np.ones_like(picture), picture, picture**2)]

    def _of(self, picture: Floats) -> NDArray[np.complex64]:
        return np.asarray(fft.rfft2(picture, self._fft_shape))

    def find(self, part: Floats) -> tuple[float, int, int]:
        """Highest normalised correlation, and by how much the part lies down and to the right there.

        Source: Padfield 2012, eq. 4 (with masks).
        """
        ones, picture, squares = self._sums
        turned = [np.conj(self._of(one)) for one in (np.ones_like(part), part, part**2)]
        products = np.stack(
            [
                ones * turned[0],
                picture * turned[0],
                squares * turned[0],
                ones * turned[1],
                ones * turned[2],
                picture * turned[1],
            ]
        )
        count, a, aa, b, bb, ab = fft.irfft2(products, self._fft_shape)
        smaller = min(part.size, self._shape[0] * self._shape[1])
        count = np.maximum(count, 1.0)
        spread = (aa - a * a / count).clip(1e-3) * (bb - b * b / count).clip(1e-3)
        correlation = (ab - a * b / count) / np.sqrt(spread)
        correlation[count < _LEAST_INSIDE * smaller] = -1.0
        down, right = np.unravel_index(int(correlation.argmax()), correlation.shape)
        height, width = correlation.shape
        best = float(correlation[down, right])
        return (
            best,
            int(down - height if down >= self._shape[0] else down),
            int(right - width if right >= self._shape[1] else right),
        )


def _refined(first: Floats, second: Floats, matrix: Floats, shift: Floats) -> tuple[Floats, Floats]:
    """The affine place at which the second differs least from the first, light and contrast apart.

    Gauss-Newton with weights that fall with the residual, so that a caption pulls at nothing.
    """
    one = ndimage.gaussian_filter(first, 1.0)
    other = ndimage.gaussian_filter(second, 1.0)
    slopes = np.gradient(other)
    rows, columns = np.mgrid[0 : one.shape[0], 0 : one.shape[1]].reshape(2, -1).astype(np.float32)
    centre = np.array([one.shape[0] / 2, one.shape[1] / 2], dtype=np.float32)
    along = np.stack([rows - centre[0], columns - centre[1]])
    values = one.ravel()
    matrix = matrix.copy()
    shift = (shift + matrix @ centre).astype(np.float32)
    for _ in range(_STEPS):
        places = matrix @ along + shift[:, None]
        inside = _inside(places, other.shape)
        if np.count_nonzero(inside) < 200:
            break
        at = places[:, inside]
        seen, by_row, by_column = (
            ndimage.map_coordinates(layer, at, order=1, mode="nearest")
            for layer in (other, *slopes)
        )
        wanted = values[inside]
        gain = wanted.std() / max(float(seen.std()), 1.0)
        residual = wanted - wanted.mean() - gain * (seen - seen.mean())
        scale = 1.5 * float(np.median(np.abs(residual))) + 1.0
        weight = 1.0 / (1.0 + (residual / scale) ** 2)
        y, x = along[:, inside]
        design = np.stack([by_row * y, by_row * x, by_column * y, by_column * x, by_row, by_column])
        design *= gain
        design = np.concatenate([design, np.ones_like(design[:1])])
        weighted = design * weight
        normal = weighted @ design.T + np.eye(len(design)) * 1e-3
        step = np.linalg.solve(normal, weighted @ residual)
        matrix += step[:4].reshape(2, 2)
        shift += step[4:6]
        if np.abs(step[4:6]).max() < 0.01 and np.abs(step[:4]).max() * max(one.shape) < 0.02:
            break
    return matrix, (shift - matrix @ centre).astype(np.float32)


def _is_plausible(matrix: Floats) -> bool:
    """Whether a fitted place is one that cutting, turning a little and scaling lead to."""
    if not np.isfinite(matrix).all():
        return False
    scale = float(np.sqrt(abs(np.linalg.det(matrix))))
    return scale > 0.1 and bool((np.abs(matrix / scale - np.eye(2)) < _MOST_SKEW).all())


def _inside(places: Floats, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    inside: NDArray[np.bool_] = (
        (places[0] >= 0)
        & (places[0] <= shape[0] - 1)
        & (places[1] >= 0)
        & (places[1] <= shape[1] - 1)
    )
    return inside


def _judged(first: Floats, second: Floats, matrix: Floats, shift: Floats) -> Agreement:
    """The share of patches that agree by themselves."""
    height, width = first.shape
    grid = np.mgrid[0:height, 0:width].reshape(2, -1).astype(np.float32)
    places = matrix @ grid + shift[:, None]
    inside = _inside(places, second.shape).reshape(height, width)
    overlap = float(inside.mean())
    # The same area as a share of the second picture.
    of_second = overlap * first.size * float(abs(np.linalg.det(matrix))) / second.size
    if min(overlap, of_second) < _LEAST_OVERLAP or max(overlap, of_second) < _LEAST_INSIDE:
        return _NONE
    one = ndimage.gaussian_filter(first, 0.7)
    blurred = ndimage.gaussian_filter(second, 0.7)
    other = ndimage.map_coordinates(blurred, places, order=1, mode="nearest").reshape(first.shape)
    agreeing = textured = 0
    for rows in np.array_split(np.arange(height), _PATCHES):
        for columns in np.array_split(np.arange(width), _PATCHES):
            patch = np.ix_(rows, columns)
            mask = inside[patch]
            if mask.mean() < 0.6:
                continue
            a, b = one[patch][mask], other[patch][mask]
            a, b = a - a.mean(), b - b.mean()
            spread_a, spread_b = float(a.std()), float(b.std())
            if max(spread_a, spread_b) < _TEXTURE:
                continue
            textured += 1
            product = float((a * b).mean()) / max(spread_a * spread_b, 1e-3)
            agreeing += product >= _PATCH_AGREES
    if textured < _LEAST_PATCHES:
        return _NONE
    corners = np.array([[0, 0, height, height], [0, width, 0, width]], dtype=np.float32)
    exact = corners * (np.array(second.shape) / np.array(first.shape))[:, None]
    moved = float(np.abs(matrix @ corners + shift[:, None] - exact).max()) / max(second.shape)
    return Agreement(agreeing / textured, moved)
