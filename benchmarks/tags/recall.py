"""How many of the photos that show a tag get it: `python -m benchmarks tags --part recall`.

The held-back photos of `captioned_more` as a library that nobody has tagged, asked for each tag as `tag:` asks: with the tags
below it. A photo shows a tag if two of its five captions name it or a tag below it, and does not if none does; where one
does nobody knows, and it counts as neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from benchmarks.held_back import indexed
from benchmarks.tag_labels import from_captions
from photosort.progress import Job
from photosort.usecases.models.vocabulary_vectors import current_vocabulary
from photosort.usecases.tags.suggestions import open_suggestions

if TYPE_CHECKING:
    from pathlib import Path

# The most frequent subjects, told one by one.
NAMES = ("people", "child", "man", "woman", "water", "beach", "snow", "grass", "street", "dog")


def measure(folder: Path) -> dict[str, float]:
    """Recall and precision by name; the folder holds the named sets."""
    with indexed(folder) as library:
        vocabulary = current_vocabulary(library.session)
        suggestions = open_suggestions(library.session, Job())
        below: dict[str, set[str]] = {}
        for tag in vocabulary:
            for one in (tag, *vocabulary.ancestors(tag.key)):
                below.setdefault(one.key, set()).add(tag.key)
        shown = {key: np.isin(library.ids, suggestions.photos(keys)) for key, keys in below.items()}
    shows = from_captions(library.captions, vocabulary)
    figures: dict[str, float] = {}
    right = wrong = 0
    for place, tag in enumerate(vocabulary):
        on = shown[tag.key]
        has, hit, missed = (
            int(these.sum())
            for these in (
                shows[:, place] == 1,
                on & (shows[:, place] == 1),
                on & (shows[:, place] == 0),
            )
        )
        right, wrong = right + hit, wrong + missed
        if tag.name in NAMES:
            figures[f"{tag.name}: recall"] = hit / max(1, has)
            if hit + missed:
                figures[f"{tag.name}: precision"] = hit / (hit + missed)
    figures["all tags: precision"] = right / max(1, right + wrong)
    figures["photos with a tag"] = float(np.logical_or.reduce([*shown.values()]).mean())
    return figures
