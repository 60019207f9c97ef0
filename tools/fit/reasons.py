"""Are the reasons real reasons? `python -m tools.fit.reasons --data DIR [--save]`.

A tag's descriptors without its name, its synonyms and its parents' names rank the photos that show it before the
others (AUROC). They are held against descriptors of its sibling tags, shuffled. If real descriptors did no better,
"why?" would only be talk. `--save` writes the tags at which they do into `resources/starter/calibration.json`:
"why?" is shown for no others.

A tag is on the list when it beats the shuffled by itself (of all that do, one in twenty by chance: Benjamini and
Hochberg 1995), or, as few photos prove little of one tag, when its kind does (Wilcoxon over the tags below one top of
the tree, p < 0.01) and it does no worse than shuffled ones itself.
"""

from __future__ import annotations

import argparse
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import rankdata, wilcoxon

from benchmarks.candidates import Shipped
from benchmarks.tag_labels import labels
from photosort.embed.starter import CALIBRATION
from photosort.tagging.vocabulary import Vocabulary, load_vocabulary
from photosort.usecases.models.vocabulary_vectors import shipped_files

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.tags import Tag

_LEAST_POSITIVES = 3
_LEAST_NEGATIVES = 5
_DRAWS = 400
# Of the tags that are found to beat shuffled descriptors, the share that may do so by chance.
_FALSE = 0.05
_KIND_P = 0.01
_KIND_TAGS = 5


@dataclass(frozen=True, slots=True)
class Tried:
    """One tag's descriptors against shuffled ones.

    Attributes:
        kind: the top of the tree that it stands below.
        real: AUROC of its own descriptors.
        shuffled: mean AUROC of the draws.
        p: share of the draws that do as well.
        positives: photos that show it.
    """

    kind: str
    real: float
    shuffled: float
    p: float
    positives: int


def main() -> None:
    """Measures, prints, and saves where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--save", action="store_true")
    arguments = parser.parse_args()
    vocabulary = load_vocabulary(shipped_files())
    tried = measure(arguments.data, vocabulary)
    real = np.array([one.real for one in tried.values()])
    drawn = np.array([one.shuffled for one in tried.values()])
    p = float(wilcoxon(real, drawn, alternative="greater").pvalue)
    print(
        f"{len(tried)} tags: AUROC {real.mean():.3f} real, {drawn.mean():.3f} shuffled, p = {p:.1e}"
    )
    kinds = kinds_that_do(tried)
    for kind in sorted({one.kind for one in tried.values()}):
        of_kind = [one for one in tried.values() if one.kind == kind]
        gain = np.mean([one.real - one.shuffled for one in of_kind])
        print(f"  {kind:24} {len(of_kind):4} tags {gain:+.3f}{' *' if kind in kinds else ''}")
    by_itself = proved_alone(tried)
    proved = [
        name
        for name, one in tried.items()
        if name in by_itself or (one.kind in kinds and one.real > one.shuffled)
    ]
    print(f"real reasons at {len(by_itself)} tags by themselves, at {len(proved)} with their kind")
    print(", ".join(proved))
    if arguments.save:
        fitted_now = json.loads(CALIBRATION.read_text("utf-8")) | {"reasons": proved}
        CALIBRATION.write_text(json.dumps(fitted_now, indent=1, ensure_ascii=False) + "\n", "utf-8")


def measure(data: Path, vocabulary: Vocabulary) -> dict[str, Tried]:
    """Every tag of which enough is known, by name."""
    known = labels(data, vocabulary)
    texts = {
        tag.key: [f"a photo with {_bare(one, tag, vocabulary)}" for one in tag.descriptors]
        for tag in vocabulary
    }
    wanted = list(dict.fromkeys(text for own in texts.values() for text in own))
    row = {text: i for i, text in enumerate(wanted)}
    shipped = Shipped()
    scores = shipped.gallery(known.paths) @ shipped.texts(wanted).T
    rng = np.random.default_rng(0)
    tried = {}
    for place, tag in enumerate(vocabulary):
        shows = known.shows[:, place]
        pool = [
            row[text]
            for other in vocabulary.children(tag.parent)
            if other.key != tag.key
            for text in texts[other.key]
        ]
        own = np.array([row[text] for text in texts[tag.key]], np.intp)
        use = ~np.isnan(shows)
        positive = shows[use] == 1
        enough = positive.sum() >= _LEAST_POSITIVES and (~positive).sum() >= _LEAST_NEGATIVES
        if not enough or len(own) < 2 or len(pool) < 2 * len(own):
            continue
        draws = [rng.choice(np.array(pool), len(own), replace=False) for _ in range(_DRAWS)]
        some = scores[use]
        means = np.stack([some[:, columns].mean(1) for columns in (own, *draws)], axis=1)
        found = aurocs(means, positive)
        above = vocabulary.ancestors(tag.key)
        tried[tag.name] = Tried(
            kind=above[-1].name if above else tag.name,
            real=float(found[0]),
            shuffled=float(found[1:].mean()),
            p=float((1 + np.sum(found[1:] >= found[0])) / (1 + _DRAWS)),
            positives=int(positive.sum()),
        )
    return tried


def aurocs(scores: NDArray[np.float32], positive: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Area under the curve of each column: float array, shape (columns,)."""
    ranks = rankdata(scores, axis=0)
    count = int(positive.sum())
    above = ranks[positive].sum(0) - count * (count + 1) / 2
    return np.asarray(above / (count * (len(positive) - count)))


def proved_alone(tried: dict[str, Tried]) -> set[str]:
    """The tags that beat shuffled descriptors by themselves (Benjamini and Hochberg)."""
    order = sorted(tried, key=lambda name: tried[name].p)
    good = [
        place
        for place, name in enumerate(order)
        if tried[name].p <= _FALSE * (place + 1) / len(order)
    ]
    return set(order[: good[-1] + 1]) if good else set()


def kinds_that_do(tried: dict[str, Tried]) -> set[str]:
    """The tops of the tree below which real descriptors beat shuffled ones."""
    found = set()
    for kind in {one.kind for one in tried.values()}:
        gains = [one.real - one.shuffled for one in tried.values() if one.kind == kind]
        if len(gains) >= _KIND_TAGS and wilcoxon(gains, alternative="greater").pvalue < _KIND_P:
            found.add(kind)
    return found


def _bare(descriptor: str, tag: Tag, vocabulary: Vocabulary) -> str:
    """A descriptor without the words that name the tag, its synonyms or its parents."""
    names = [
        tag.name,
        tag.prompt,
        *tag.aliases,
        *(one.name for one in vocabulary.ancestors(tag.key)),
    ]
    words = {word for name in names for word in re.findall(r"\w+", name.lower())}
    kept = [
        word
        for word in descriptor.split()
        if re.sub(r"\W", "", word.lower()).removesuffix("s") not in words
        and re.sub(r"\W", "", word.lower()) not in words
    ]
    return " ".join(kept) or descriptor


if __name__ == "__main__":
    main()
