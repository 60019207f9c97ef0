"""Ranks near copies and shots of a burst, best first, and says why; of exact copies none is better."""

from __future__ import annotations

from typing import TYPE_CHECKING

from photosort.domain.photos import Flag
from photosort.domain.tags import Reason
from photosort.likeness.quality import exposure, sharpness
from photosort.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from photosort.domain.photos import Photo
    from photosort.usecases.duplicates.photo_pairs import PhotoPairs

_SHARP_EDGE_PX = 512


def rank_near_copies(ids: Sequence[int], shots: PhotoPairs) -> tuple[list[int], list[Reason]]:
    """The largest is the best; among equals the one that a camera wrote, then the one of most bytes.

    Args:
        ids: the photos of a group, loaded in `shots`.
        shots: what is known of them.

    Returns:
        The photos, the best one first, and what makes that one best; no reason where nothing does.
    """
    worth = {one: _worth(shots.photos[one]) for one in ids}
    ranked = sorted(ids, key=worth.__getitem__, reverse=True)
    best, second = (worth[one] for one in ranked[:2])
    if best[0] > second[0]:
        metadata = shots.photos[ranked[0]].effective
        text = Sentence(
            "the best has the most pixels, {width} x {height}",
            width=metadata.width,
            height=metadata.height,
        )
        return ranked, [Reason(text, 1 - second[0] / best[0])]
    if best[1] > second[1]:
        return ranked, [Reason(Sentence("the best is as the camera wrote it"), 0.5)]
    if best[2] > second[2]:
        return ranked, [Reason(Sentence("the best has the most bytes"), 1 - second[2] / best[2])]
    return ranked, []


def rank_burst(ids: Sequence[int], shots: PhotoPairs) -> tuple[list[int], list[Reason]]:
    """What the user picked or starred is best; then the sharpest that is exposed about as well as any.

    Args:
        ids: the photos of a burst, loaded in `shots`.
        shots: what is known of them.

    Returns:
        The photos, the best one first, and what makes that one best; no reason where nothing does.
    """
    chosen = {one: _choice(shots.photos[one]) for one in ids}
    quality = _quality(ids, shots)
    ranked = sorted(ids, key=lambda one: (chosen[one], quality[one]), reverse=True)
    best, second = ranked[:2]
    if chosen[best] > chosen[second]:
        return ranked, [Reason(Sentence("the best is the one you chose"), 1.0)]
    if quality[best] > quality[second]:
        ahead = 1 - quality[second] / quality[best]
        text = Sentence("the best is the sharpest of the well exposed")
        return ranked, [Reason(text, round(ahead, 3))]
    return ranked, []


def _worth(photo: Photo) -> tuple[int, bool, int]:
    """Pixels, whether a camera's name is in it, bytes."""
    metadata = photo.effective
    return (
        (metadata.width or 0) * (metadata.height or 0),
        metadata.camera_model is not None,
        photo.files[0].size_bytes if photo.files else 0,
    )


def _choice(photo: Photo) -> int:
    """How much the user likes it: picked above stars above nothing above discarded."""
    if photo.flag is Flag.PICK:
        return 6
    return -2 if photo.flag is Flag.DISCARD else (photo.effective.rating or 0)


def _quality(ids: Sequence[int], shots: PhotoPairs) -> dict[int, float]:
    """Sharpness, lowered by what is pure black or white."""
    pictures = shots.pictures(ids, _SHARP_EDGE_PX)
    return {
        one: sharpness(pictures[one]) * exposure(pictures[one]) ** 2 if one in pictures else 0.0
        for one in ids
    }
