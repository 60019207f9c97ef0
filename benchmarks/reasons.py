"""Are the reasons real reasons? `python -m benchmarks.reasons --data DIR [--save]`.

A tag's descriptors without its name, its synonyms and its parents' names rank the photos that show it before the
others (AUROC). They are held against descriptors of its sibling tags, shuffled. If real descriptors did no better,
"why?" would only be talk. `--save` writes the tags at which they do into `resources/starter/calibration.json`:
"why?" is shown for no others.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import wilcoxon
from sklearn.metrics import roc_auc_score

from benchmarks.tag_labels import labels, out_of_fold
from photosort.embed.starter import CALIBRATION
from photosort.library.vocabulary import shipped_files
from photosort.tagging.vocabulary import Vocabulary, load_vocabulary

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.tags import Tag

_LEAST_POSITIVES = 5
_DRAWS = 40
# Of the shuffled draws of a tag, the share that its own descriptors must beat.
_BEATS = 0.95


def main() -> None:
    """Measures, prints, and saves where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--save", action="store_true")
    arguments = parser.parse_args()
    vocabulary = load_vocabulary(shipped_files())
    known = labels(arguments.data, vocabulary)
    texts = {
        tag.key: [f"a photo with {_bare(one, tag, vocabulary)}" for one in tag.descriptors]
        for tag in vocabulary
    }
    wanted = list(dict.fromkeys(text for own in texts.values() for text in own))
    row = {text: i for i, text in enumerate(wanted)}
    scores = np.empty((len(known.paths), len(wanted)), np.float32)
    for rows, fitted in out_of_fold(arguments.data, known.counts):
        vectors = fitted.texts(wanted)
        scores[rows] = fitted.gallery(known.paths)[rows] @ vectors.T
    rng = np.random.default_rng(0)
    figures = {}
    for place, tag in enumerate(vocabulary):
        shows = known.shows[:, place]
        pool = [
            row[text]
            for other in vocabulary.children(tag.parent)
            if other.key != tag.key
            for text in texts[other.key]
        ]
        own = [row[text] for text in texts[tag.key]]
        positives = int(np.sum(shows == 1))
        if positives < _LEAST_POSITIVES or len(own) < 2 or len(pool) < 2 * len(own):
            continue
        use = ~np.isnan(shows)
        if shows[use].min() == 1:
            continue
        shuffled = [
            _auroc(scores[use], rng.choice(pool, len(own), replace=False).tolist(), shows[use])
            for _ in range(_DRAWS)
        ]
        figures[tag.name] = (_auroc(scores[use], own, shows[use]), np.array(shuffled))
    real = np.array([one for one, _ in figures.values()])
    drawn = np.array([other.mean() for _, other in figures.values()])
    p = float(wilcoxon(real, drawn, alternative="greater").pvalue)
    print(
        f"{len(figures)} tags: AUROC {real.mean():.3f} real, {drawn.mean():.3f} shuffled, p = {p:.1e}"
    )
    proved = [name for name, (own, other) in figures.items() if np.mean(own > other) >= _BEATS]
    print(f"real reasons at {len(proved)} tags: {', '.join(proved)}")
    if arguments.save:
        fitted_now = json.loads(CALIBRATION.read_text("utf-8")) | {"reasons": proved}
        CALIBRATION.write_text(json.dumps(fitted_now, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _auroc(scores: NDArray[np.float32], columns: list[int], shows: NDArray[np.float64]) -> float:
    return float(roc_auc_score(shows, scores[:, columns].mean(axis=1)))


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
