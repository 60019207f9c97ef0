"""Decides which photos are near-duplicates: one picture in another size, compression, crop or tone.

Vectors only nominate pairs. Nothing is called the same picture before its pixels were laid over the other's
(photosort/likeness/alignment.py), and pages and screens must also have the same text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from photosort.likeness import ON_TOP, SAME_PICTURE_SHARE
from photosort.likeness.pairs import Joining, near_pairs
from photosort.progress import Job, Progress
from photosort.sentences import Sentence
from photosort.usecases.duplicates.photo_pairs import PAIRS_AT_ONCE
from photosort.usecases.models.neighbours import nearest_photos

if TYPE_CHECKING:
    from photosort.likeness.alignment import Agreement
    from photosort.store.vectors.vector_index import VectorIndex
    from photosort.usecases.duplicates.photo_pairs import Pair, PhotoPairs

# Visual cosines from which on two photos are laid over each other; every measured edit of a picture is above
# it at the chosen recall, and all the rest of the work is in proportion to it (docs/decisions/0011-duplicates.md).
NEAR_COSINE = 0.5
# Two receipts of one shop, two screens of one program agree in 0.7 to 0.98 of their patches. Of these only what lies
# exactly on top, and agrees all over, is one picture.
_ALL_OVER = 0.99
# Of groups that are sure enough to be dealt with all at once; drawings of one template reach 0.86.
_SURE = 0.94
# Nearest others of each photo that are looked at: a thousand black pictures must not make half a million pairs.
_PARTNERS = 12


def find_near_copies(
    index: VectorIndex, shots: PhotoPairs, told_apart: set[Pair], job: Job
) -> tuple[dict[Pair, Agreement], set[Pair]]:
    """Pairs of rows that are one picture, and pairs that lie over each other but are two shots of a moment."""

    def told(done: int, of: int) -> None:
        job.check()
        job.progress = Progress(Sentence("Comparing photos"), done, of)

    around, cosines = nearest_photos(index, np.arange(len(index)), _PARTNERS, done=told)
    pairs = near_pairs(around, cosines, least=NEAR_COSINE)
    same: dict[Pair, Agreement] = {}
    moments: set[Pair] = set()
    joining = Joining()
    for start in range(0, len(pairs), PAIRS_AT_ONCE):
        block = pairs[start : start + PAIRS_AT_ONCE]
        shots.load(index.photo_ids[np.unique(block)].tolist())
        for done, (first, second) in enumerate(block.tolist()):
            job.check()
            job.progress = Progress(Sentence("Comparing pictures"), start + done, len(pairs))
            one, other = sorted(int(index.photo_ids[row]) for row in (first, second))
            if (one, other) in told_apart:
                continue
            if joining.are_joined(first, second) or shots.are_two_moments(one, other):
                continue
            agreement = shots.compare(one, other)
            if agreement.share < SAME_PICTURE_SHARE:
                continue
            of_text = shots.are_of_text(one, other)
            if of_text and not _is_exact(agreement, _ALL_OVER):
                continue
            if (of_text or shots.are_of_one_tone(one, other)) and not shots.have_same_text(
                one, other
            ):
                continue
            if shots.are_two_shots(one, other) and agreement.moved > ON_TOP:
                moments.add((first, second))
            else:
                same[first, second] = agreement
                joining.join(first, second)
    return same, moments


def is_sure_copy(agreement: Agreement) -> bool:
    """Whether two pictures lie exactly on top of each other and agree, as copies of another size do."""
    return _is_exact(agreement, _SURE)


def _is_exact(agreement: Agreement, share: float) -> bool:
    on_top = agreement.moved <= ON_TOP and not agreement.mirrored
    return on_top and agreement.share >= share
