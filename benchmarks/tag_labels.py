"""What is known of which tags the photos of the named sets show, and how well each tag fits each photo.

A photo shows a tag when two of its captions name it (or a child of it), when a label says so, or when a reader saw
it; it does not when no caption names it or a reader did not see it; in between nobody knows. Captions say nothing
of what goes without saying (the sky, that a room is indoors), so a reader looked at the photos that such tags were
likeliest for (`benchmarks/halves/seen.json`); what was seen wins.

The starter was fitted on none of these photos.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks import data
from benchmarks.candidates import Shipped
from benchmarks.negatives import (
    absent,
    drawn_animals,
    of_animals,
    of_textures,
    receipts,
    textures,
)
from photosort.domain.encoders import Prompting
from photosort.embed.starter import CALIBRATION
from photosort.tagging.prompts import prototypes, texts_of
from photosort.usecases.models.vocabulary_vectors import SHIPPED_DIRECTIONS, with_directions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from photosort.tagging.vocabulary import Vocabulary

HALVES = Path(__file__).parent / "halves"
SEEN = HALVES / "seen.json"
SETS = ("captioned", "multilabel", "categories", "nothing")


@dataclass(frozen=True, slots=True)
class Judged:
    """Photos scored against tags, and what is known of them.

    Attributes:
        sets: name of the set of each photo.
        cosines: float array, shape (photos, tags), times the steepness of tags with a fitted direction.
        shows: float array of that shape: 1 shown, 0 not, NaN unknown.
        often: int array, shape (tags,).
    """

    sets: NDArray[np.str_]
    cosines: NDArray[np.float64]
    shows: NDArray[np.float64]
    often: NDArray[np.int64]

    def rows(self, rows: NDArray[np.bool_]) -> Judged:
        """Some of the photos."""
        return Judged(self.sets[rows], self.cosines[rows], self.shows[rows], self.often)


@dataclass(frozen=True, slots=True)
class Labels:
    """What is known of the photos of all sets.

    Attributes:
        paths: the photos, set by set.
        sets: name of the set of each photo.
        counts: photos of each set.
        shows: float array, shape (photos, tags): 1 shown, 0 not, NaN unknown.
        taught: bool array, shape (photos,): what `tools/fit/tag_directions.py` is fitted on.
    """

    paths: list[Path]
    sets: NDArray[np.str_]
    counts: list[int]
    shows: NDArray[np.float64]
    taught: NDArray[np.bool_]


def labels(folder: Path, vocabulary: Vocabulary) -> Labels:
    """What is known of `captioned`, `multilabel`, `categories`, and of pictures that show nothing."""
    captioned, told = data.captioned(folder / "captioned"), data.captioned(folder / "multilabel")
    multilabel = data.labelled(folder / "multilabel")
    categories = data.labelled(folder / "categories")
    surfaces, animals = [*textures(), *receipts(folder)], drawn_animals(folder)
    nothing = [*surfaces, *animals]
    counts = [len(captioned.paths), len(multilabel.paths), len(categories.paths), len(nothing)]
    paths = [*captioned.paths, *multilabel.paths, *categories.paths, *nothing]
    spoken: dict[Path, list[str]] = {path: [] for path in paths}
    for one in (captioned, told):
        for photo, caption in zip(one.photo, one.captions, strict=True):
            spoken[one.paths[photo]].append(caption.lower())
    shows = from_captions([spoken[path] for path in paths], vocabulary)
    _add_labels(shows[counts[0] : counts[0] + counts[1]], multilabel, vocabulary)
    of_classes = slice(counts[0] + counts[1], sum(counts[:3]))
    _add_labels(shows[of_classes], categories, vocabulary)
    absent(shows[of_classes], categories, vocabulary)
    shows[sum(counts[:3]) :] = np.concatenate(
        [of_textures(len(surfaces), vocabulary), of_animals(len(animals), vocabulary)]
    )
    known = [path.relative_to(folder).as_posix() for path in paths[: sum(counts[:3])]]
    _add_seen(shows, known, vocabulary)
    return Labels(paths, np.repeat(SETS, counts), counts, shows, taught(counts, categories))


def taught(counts: Sequence[int], categories: data.Labelled) -> NDArray[np.bool_]:
    """The photos of the tuning half of `categories`, and every second picture that shows nothing."""
    tuning = json.loads((HALVES / "categories.json").read_text("utf-8"))["tuning"]
    is_tuning = np.array([label in tuning for label in categories.labels])
    return np.concatenate(
        [
            np.zeros(counts[0] + counts[1], np.bool_),
            (categories.has & is_tuning).any(axis=1),
            np.arange(counts[3]) % 2 == 0,
        ]
    )


def shipped_prompting() -> Prompting:
    """What the starter's tags are made of."""
    return Prompting(**json.loads(CALIBRATION.read_text("utf-8"))["prompting"])


def judge(folder: Path, vocabulary: Vocabulary) -> Judged:
    """Scores the photos of all sets, beside what is known of them."""
    known = labels(folder, vocabulary)
    texts = [texts_of(tag) for tag in vocabulary]
    shipped = Shipped()
    made, steepness = with_directions(text_prototypes(vocabulary), texts, shipped_encoder_version())
    fitted = steepness != 1
    # What a direction was fitted on says nothing of how good it is.
    shows = np.where(known.taught[:, None] & fitted, np.nan, known.shows)
    cosines = shipped.gallery(known.paths) @ (made * steepness[:, None]).T
    often = np.array([tag.often for tag in vocabulary])
    return Judged(known.sets, cosines, shows, often)


def text_prototypes(vocabulary: Vocabulary) -> NDArray[np.float32]:
    """The prototypes of all tags by their texts alone: shape (tags, dim), unit length."""
    texts = [texts_of(tag) for tag in vocabulary]
    wanted = list(dict.fromkeys(text for one in texts for text in one.all))
    vectors = dict(zip(wanted, Shipped().texts(wanted), strict=True))
    centre = np.zeros(len(vectors[wanted[0]]), np.float32)
    return prototypes(texts, vectors, centre, shipped_prompting())


def shipped_encoder_version() -> str:
    """The version of the encoder that the shipped directions belong to."""
    with np.load(SHIPPED_DIRECTIONS, allow_pickle=False) as shipped:
        return str(shipped["encoder"])


def from_captions(spoken: list[list[str]], vocabulary: Vocabulary) -> NDArray[np.float64]:
    """What captions say: float array, shape (photos, tags), all NaN for a photo without captions."""
    shows = np.full((len(spoken), len(vocabulary)), np.nan)
    below: dict[str, list[str]] = {}
    for tag in vocabulary:
        names = [name for name in (tag.name, tag.prompt, *tag.aliases) if name]
        for one in (tag, *vocabulary.ancestors(tag.key)):
            below.setdefault(one.key, []).extend(names)
    for place, tag in enumerate(vocabulary):
        either = "|".join(re.escape(name.lower()) for name in below[tag.key])
        pattern = re.compile(rf"\b(?:{either})(?:s|es)?\b")
        for photo, captions in enumerate(spoken):
            if captions:
                count = sum(1 for caption in captions if pattern.search(caption))
                shows[photo, place] = 0 if count == 0 else 1 if count >= 2 else np.nan
    return shows


def _add_labels(rows: NDArray[np.float64], labelled: data.Labelled, vocabulary: Vocabulary) -> None:
    place = {tag.key: i for i, tag in enumerate(vocabulary)}
    found = [
        (i, vocabulary.find(label.replace("_", " "))) for i, label in enumerate(labelled.labels)
    ]
    for _, tag in found:
        if tag is not None:
            column = rows[:, place[tag.key]]
            column[np.isnan(column)] = 0
    for label, tag in found:
        if tag is not None:
            for one in (tag, *vocabulary.ancestors(tag.key)):
                rows[labelled.has[:, label], place[one.key]] = 1


def _add_seen(shows: NDArray[np.float64], files: list[str], vocabulary: Vocabulary) -> None:
    row = {file: i for i, file in enumerate(files)}
    place = {tag.key: i for i, tag in enumerate(vocabulary)}
    for name, seen in json.loads(SEEN.read_text("utf-8"))["tags"].items():
        column = shows[:, place[name.casefold()]]
        for answer, value in (("yes", 1.0), ("no", 0.0)):
            column[[row[file] for file in seen[answer]]] = value
