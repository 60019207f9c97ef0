"""What each step of a tag's score is worth, alone and together: `python -m benchmarks.steps --data DIR [--save]`.

For the starter, out of fold on all photos of which it is known what they show (`tag_labels`), and for a tiny CLIP on
drawn scenes that it was not trained on. Average precision of each tag; tags at even places choose, tags at odd places
are reported. A step is kept for an encoder only where the gain of the tags that choose is surely above zero (95 %, tags
resampled); the gain of the others says whether that was right. With `--save` the figures go to
`benchmarks/results/steps.json`.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import numpy as np
from sklearn.metrics import average_precision_score

from benchmarks import scoring_steps as steps
from benchmarks.scoring_steps import Material
from benchmarks.tag_labels import labels, out_of_fold
from benchmarks.tiny_scenes import tiny_material
from photosort.tagging.prompts import texts_of
from photosort.tagging.vocabulary import Vocabulary, load_vocabulary
from photosort.usecases.models.vocabulary_vectors import shipped_files

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.floating]

HERE = Path(__file__).parent
RESULTS = HERE / "results" / "steps.json"
CONTEXTS = ("indoors", "outdoors", "close up", "far away")
_LEAST_POSITIVES = 3
_RESAMPLES = 2000
_NAMES = steps.mixed(1.0, 0.0, 0.0)
# Shares of names, sentences and descriptors that are tried.
_MIXES = {
    "sentences 0.3": (0.7, 0.3, 0.0),
    "sentences 0.5": (0.5, 0.5, 0.0),
    "descriptors 0.1": (0.9, 0.0, 0.1),
    "descriptors 0.3": (0.7, 0.0, 0.3),
    "sentences 0.3, descriptors 0.1": (0.6, 0.3, 0.1),
    "sentences 0.4, descriptors 0.2": (0.4, 0.4, 0.2),
}


class Row(TypedDict):
    """One step: mean average precision, and what it adds to names in templates, on either half of the tags."""

    chosen_on: float
    gain: list[float]
    reported: float
    reported_gain: list[float]


def alone() -> dict[str, Callable[[Material], Floats]]:
    """Every step by itself, on names in templates."""
    mixes = {title: steps.mixed(*shares) for title, shares in _MIXES.items()}
    return {
        "name without template": steps.bare,
        "names in templates": _NAMES,
        **mixes,
        "descriptors alone": steps.descriptors_alone,
        "weighted without labels": steps.weighted,
        "towards the parent": steps.towards_parent(_NAMES),
        "parents from children": steps.from_children(_NAMES),
        "contexts": steps.in_context,
        "crops": steps.with_crops(_NAMES),
    }


def together(kept: list[str]) -> Callable[[Material], Floats]:
    """Those that were kept, one upon another."""
    mix = [_MIXES[title] for title in kept if title in _MIXES]
    base = steps.mixed(*mix[0]) if mix else _NAMES
    if "weighted without labels" in kept:
        base = steps.weighted
    if "towards the parent" in kept:
        base = steps.towards_parent(base)
    if "crops" in kept:
        base = steps.with_crops(base)
    if "parents from children" in kept:
        base = steps.from_children(base)
    return base


def starter_materials(
    data: Path, vocabulary: Vocabulary
) -> tuple[list[tuple[NDArray[np.int64], Material]], NDArray[np.float64]]:
    """The photos of each fold with the starter fitted on the others, and which tags that may be shown all photos show."""
    known = labels(data, vocabulary)
    tags = [texts_of(tag) for tag in vocabulary]
    place = {tag.key: i for i, tag in enumerate(vocabulary)}
    parents = np.array(
        [-1 if tag.parent is None else place[tag.parent.casefold()] for tag in vocabulary]
    )
    wanted = list(
        dict.fromkeys([t for one in tags for t in one.all] + steps.context_texts(tags, CONTEXTS))
    )
    found = []
    for rows, fitted in out_of_fold(data, known.counts):
        vectors = dict(zip(wanted, fitted.texts(wanted), strict=True))
        photos = fitted.gallery(known.paths)[rows]
        crops = fitted.quarters(known.paths)[rows]
        found.append((rows, Material(photos, vectors, tags, parents, CONTEXTS, crops)))
    shows = known.shows.copy()
    # A group is never shown, so what helps it helps nobody.
    shows[:, np.array([tag.is_group for tag in vocabulary])] = np.nan
    return found, shows


def measure(
    materials: list[tuple[NDArray[np.int64], Material]], shows: NDArray[np.float64]
) -> dict[str, Row]:
    """Every step alone, then what was kept together."""
    use = np.flatnonzero(
        (np.sum(shows == 1, axis=0) >= _LEAST_POSITIVES) & (np.sum(shows == 0, axis=0) > 0)
    )
    rate = {title: _rate(materials, shows, use, step) for title, step in alone().items()}
    base = rate["names in templates"]
    rows = {title: _row(found, base) for title, found in rate.items()}
    kept = _kept(rows)
    found = _rate(materials, shows, use, together(kept))
    rows["together: " + (", ".join(kept) or "names in templates")] = _row(found, base)
    return rows


def _kept(rows: dict[str, Row]) -> list[str]:
    """The steps that surely help the tags that choose; of the mixes the best."""
    helps = [title for title, row in rows.items() if row["gain"][1] > 0]
    mixes = [title for title in helps if title in _MIXES]
    best = max(mixes, key=lambda title: rows[title]["chosen_on"], default="")
    return [title for title in helps if title not in _MIXES or title == best]


def _rate(
    materials: list[tuple[NDArray[np.int64], Material]],
    shows: NDArray[np.float64],
    use: NDArray[np.int64],
    step: Callable[[Material], Floats],
) -> Floats:
    """Average precision of each of some tags."""
    scores = np.empty(shows.shape)
    for rows, material in materials:
        scores[rows] = step(material)
    found = []
    for tag in use:
        known = ~np.isnan(shows[:, tag])
        found.append(average_precision_score(shows[known, tag], scores[known, tag]))
    return np.array(found)


def _row(found: Floats, base: Floats) -> Row:
    even = np.arange(len(found)) % 2 == 0
    return {
        "chosen_on": round(float(found[even].mean()), 4),
        "gain": _gain(found[even] - base[even]),
        "reported": round(float(found[~even].mean()), 4),
        "reported_gain": _gain(found[~even] - base[~even]),
    }


def _gain(difference: Floats) -> list[float]:
    """The mean and its 95 % interval, tags resampled."""
    draws = np.random.default_rng(0).integers(0, len(difference), (_RESAMPLES, len(difference)))
    low, high = np.percentile(difference[draws].mean(1), [2.5, 97.5])
    return [round(float(one), 4) for one in (difference.mean(), low, high)]


def show(title: str, rows: dict[str, Row], tags: int) -> None:
    """Prints one encoder's table."""
    print(f"{title}, {tags} tags; average precision of the tags that choose, of the others")
    for name, row in rows.items():
        gains = "  ".join(
            f"{value:.3f} {gain[0]:+.3f} [{gain[1]:+.3f}, {gain[2]:+.3f}]"
            for value, gain in (
                (row["chosen_on"], row["gain"]),
                (row["reported"], row["reported_gain"]),
            )
        )
        print(f"  {name:58} {gains}")


def run(data: Path, *, save: bool) -> int:
    """Measures both encoders, prints, and saves where asked."""
    materials, shows = starter_materials(data, load_vocabulary(shipped_files()))
    results = {}
    for title, parts, known in (("starter", materials, shows), ("tiny CLIP", *tiny_material())):
        results[title] = measure(parts, known)
        show(title, results[title], int(np.sum(np.sum(known == 1, axis=0) >= _LEAST_POSITIVES)))
    if save:
        RESULTS.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    return 0


def main() -> None:
    """Measures, prints, and saves where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--save", action="store_true")
    arguments = parser.parse_args()
    run(arguments.data, save=arguments.save)


if __name__ == "__main__":
    main()
