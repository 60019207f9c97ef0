"""Of the tags above the threshold, chooses at most five a photo: no tag beside a narrower one, no animals on people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.tagging.vocabulary import Vocabulary

MOST_A_PHOTO = 5

# Tops of the shipped tree. A person is never called an animal: a child tagged "monkey" is unforgivable.
_ANIMALS = "animals"
_PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Kinship:
    """How the tags of a vocabulary bear on one another on one photo, in its order.

    Attributes:
        ancestors: int array, shape (tags, depth), -1 behind the last.
        animals: bool array, shape (tags,).
        people: bool array, shape (tags,).
    """

    ancestors: NDArray[np.int64]
    animals: NDArray[np.bool_]
    people: NDArray[np.bool_]


def kinship(vocabulary: Vocabulary) -> Kinship:
    """How the tags of a vocabulary bear on one another."""
    place = {tag.key: i for i, tag in enumerate(vocabulary)}
    above = [[place[one.key] for one in vocabulary.ancestors(tag.key)] for tag in vocabulary]
    depth = max(map(len, above), default=0)
    ancestors = np.full((len(above), depth), -1, dtype=np.int64)
    for row, found in zip(ancestors, above, strict=True):
        row[: len(found)] = found

    def below(top: str) -> NDArray[np.bool_]:
        at = place.get(top, -2)
        return np.array([i == at or at in above[i] for i in range(len(above))], dtype=np.bool_)

    return Kinship(ancestors, below(_ANIMALS), below(_PEOPLE))


def choose(
    rows: NDArray[np.int64],
    tags: NDArray[np.int64],
    logits: NDArray[np.float32],
    kin: Kinship,
    *,
    may_show: NDArray[np.bool_],
    taught: NDArray[np.bool_],
    limit: int = MOST_A_PHOTO,
) -> NDArray[np.bool_]:
    """Which of the tags above the threshold are worth showing.

    Args:
        rows: int array, shape (n,), the photo of each pair of photo and tag.
        tags: int array, shape (n,), its tag, by place in the vocabulary.
        logits: float array, shape (n,), how likely the tag is.
        kin: of the vocabulary.
        may_show: bool array, shape (tags,): the others only keep animals off people.
        taught: bool array, shape (tags,): learned from the user's own examples, which may call people animals.
        limit: most tags a photo.

    Returns:
        bool array, shape (n,). A tag's ancestors are left out where it is shown itself, since it implies them.
    """
    with_person = np.unique(rows[kin.people[tags]])
    keep = may_show[tags] & ~(kin.animals[tags] & ~taught[tags] & np.isin(rows, with_person))
    count = len(may_show)
    above = kin.ancestors[tags[keep]]
    implied = (rows[keep][:, None] * count + above)[above >= 0]
    keep &= ~np.isin(rows * count + tags, np.unique(implied))
    places = np.flatnonzero(keep)
    order = places[np.lexsort((-logits[places], rows[places]))]
    starts = np.searchsorted(rows[order], rows[order], side="left")
    keep[order[np.arange(len(order)) - starts >= limit]] = False
    return keep
