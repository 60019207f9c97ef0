"""Fits what a search's probability gains from texts of which it is known how well photos fit that show them.

`python -m tools.fit.searches --data DIR [--save]` prints what it is worth, and with `--save` writes
`resources/starter/searches.npz`.

For every name and alias of the vocabulary an offset is fitted to the log-odds that the starter's search logistic gives
(maximum a posteriori), on photos that the starter's map had not seen, each set of photos as a library of its own. A
Gaussian process over the texts' vectors (squared exponential on the sphere) carries the offsets to texts that mean nearly
the same; far from all of them it says 0. Sentences gain one number more, the one with the best F1 on captions.

A photo counts as right for a caption when it is the caption's own or when its own captions mean much the same (mean
cosine of the text model), and nobody knows of those in between.

What is printed: F1 of strong matches, their precision, and how many texts find nothing although photos show them. "Known":
fitted on half of the photos, reported on the other, mean of four halves. "Unseen": fitted without the tags that are
reported, on all photos. Tags and captions at even places choose (how near a text must be, the prior's spreads, what
sentences gain), those at odd places are reported. `benchmarks/absent.txt` was never
fitted on.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from benchmarks.candidates import Shipped
from benchmarks.data import captioned
from benchmarks.plain import unit
from benchmarks.search.cutoff import ABSENT, f1
from benchmarks.tag_labels import Labels, labels
from benchmarks.vectors import minilm_vectors
from photosort.domain.encoders import Logistic, TextOffsets
from photosort.embed.load import STARTER, load_encoder
from photosort.embed.starter import SEARCHES
from photosort.embed.starter_space import WORDS, WORDS_WIDTH
from photosort.search.cutoff import STRONG, background, offset_of
from photosort.tagging.scoring import log_odds
from photosort.tagging.vocabulary import Vocabulary, load_vocabulary
from photosort.threads.lanes import cores
from photosort.usecases.models.vocabulary_vectors import shipped_files
from photosort.usecases.search.query_vectors import clause_vectors

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.encoders import Encoder

    Floats = NDArray[np.floating]
    Ints = NDArray[np.int64]

# Each of these sets of photos is one library.
LIBRARIES = {
    "common and classes": ("captioned", "categories", "nothing"),
    "cluttered": ("multilabel",),
}
# Cosine below 1 at which a text speaks for a query by a factor of e less.
_LENGTH = 0.1
# Of the offsets before anything is known, in log-odds: of one text, and of the process.
_SPREAD = 3.0
_PROCESS = 2.5
# What two texts of one meaning differ by all the same, as a variance.
_NUGGET = 0.1
# No text counts as shown by more photos than this, and where a photo says nothing, at a cosine of zero, no text is
# likelier: two captioned photos of three show people, and "people" stood on bricks and coins.
_MOST_FREQUENT = 0.2
_LEAST_KNOWN = 30
_LEAST_POSITIVES = 3
_STEPS = 40
_HALVES = 4
# A caption's mean cosine with the captions of another photo, from which that one is right too, and below which it is not.
_MUCH_THE_SAME, _ANOTHER = 0.4, 0.3
_SENTENCE_GAINS = np.arange(0.0, 4.01, 0.25)
# Sentences around things that no photo shows, and how many of them must find nothing.
_FIND_NOTHING = 0.85
_MANY_ABSENT = 60
_NOTHING = "absent things that find nothing"
_AROUND = (
    "we saw a {} during our trip last summer",
    "a {} seen from very near in the early morning",
    "a photo that my uncle took of a {} last year",
)


class Texts(NamedTuple):
    """What is searched for.

    Attributes:
        said: the texts, tag by tag.
        tag: int array, shape (texts,), place of each text's tag.
    """

    said: list[str]
    tag: Ints


@dataclass(frozen=True, slots=True)
class Scene:
    """One library: log-odds of every text on every photo, and what the photos show.

    Attributes:
        logits: float array, shape (photos, texts), out of fold.
        shows: float array of that shape: 1 shown, 0 not, NaN unknown.
        absent: float array, shape (photos, absent texts), log-odds.
    """

    logits: Floats
    shows: Floats
    absent: Floats


def names_and_aliases(vocabulary: Vocabulary, shows: Floats) -> Texts:
    """Every way to say each tag, once; those that photos show with an article too, which moves a short text far.

    Args:
        vocabulary: the shipped tags.
        shows: float array, shape (photos, tags), see `Labels`.
    """
    common = (shows == 1).sum(0) >= _LEAST_POSITIVES
    said: dict[str, int] = {}
    for place, tag in enumerate(vocabulary):
        names = [name for name in (tag.name, tag.prompt, *tag.aliases) if name]
        articles = [f"{'an' if name[0] in 'aeiou' else 'a'} {name}" for name in names]
        for name in names + (articles if common[place] else []):
            said.setdefault(name, place)
    return Texts(list(said), np.array(list(said.values())))


class Seen(NamedTuple):
    """Photos out of fold.

    Attributes:
        rows: int array, of all photos.
        fitted: the starter without them.
    """

    rows: Ints
    fitted: Shipped


def scenes(
    known: Labels,
    texts: Texts,
    absent: list[str],
    folds: list[Seen],
    search: Logistic,
    sentence: float,
) -> dict[str, Scene]:
    """Each library as the search sees it, by the starter fitted on other photos; sentences have gained theirs."""
    found = {}
    count = len(texts.said)
    words = np.array([len(text.split()) for text in texts.said + absent])
    gains = sentence / (1 + np.exp((WORDS - words) / WORDS_WIDTH))
    for title, sets in LIBRARIES.items():
        members = np.flatnonzero(np.isin(known.sets, sets))
        logits = gains + out_of_fold_logits(known, members, texts.said + absent, folds, search)
        shows = known.shows[members][:, texts.tag]
        found[title] = Scene(logits[:, :count], shows, logits[:, count:])
    return found


def out_of_fold_logits(
    known: Labels, members: Ints, said: list[str], folds: list[Seen], search: Logistic
) -> Floats:
    """Log-odds of texts on the photos of one library, shape (photos, texts), without offsets."""
    paths = [known.paths[row] for row in members]
    cosines = np.full((len(members), len(said)), np.nan, np.float32)
    parts = []
    for rows, one in folds:
        mine = np.isin(members, rows)
        if mine.any():
            queries = one.queries(said)
            cosines[mine] = one.gallery(paths)[mine] @ queries.T
            parts.append((mine, one, queries))
    logits = np.empty(cosines.shape)
    for mine, one, queries in parts:
        for column, query in enumerate(queries):
            base = background(cosines[:, column], query, one.covariance)
            some = cosines[mine, column]
            logits[mine, column] = (
                search.standing_out * (some - base.mean) / base.spread
                + search.cosine * some
                + search.bias
            )
    return logits


def sentence_gain(
    known: Labels, data: Path, folds: list[Seen], search: Logistic, vocabulary: Vocabulary
) -> float:
    """What sentences gain; prints what it is worth.

    The most of F1 on captions at even places where enough sentences around tags that no photo shows find nothing.
    """
    told = captioned(data / "captioned")
    members = np.flatnonzero(known.sets == "captioned")
    count = len(told.paths)
    rng = np.random.default_rng(0)
    picked = [int(rng.choice(np.flatnonzero(told.photo == photo))) for photo in range(count)]
    meanings = unit(minilm_vectors(told.captions))
    alike = np.stack(
        [(meanings[told.photo == photo] @ meanings[picked].T).mean(0) for photo in range(count)]
    )
    right = np.where(alike >= _MUCH_THE_SAME, 1.0, np.where(alike < _ANOTHER, 0.0, np.nan))
    np.fill_diagonal(right, 1.0)
    unshown = (np.nan_to_num(known.shows[members], nan=1.0) == 0).all(0)
    tags = [tag.name for tag, one in zip(vocabulary, unshown, strict=True) if one]
    chosen_on = around(tags[:: max(1, len(tags) // _MANY_ABSENT)])
    absent = around(absent_things())
    said = [told.captions[i] for i in picked] + chosen_on + absent
    logits = out_of_fold_logits(known, members, said, folds, search)
    scene = Scene(logits[:, :count], right, logits[:, count:])
    every, even = np.ones(count, bool), np.arange(count) % 2 == 0

    def at(gain: float, texts: NDArray[np.bool_], nothing: slice) -> dict[str, float]:
        some = Scene(scene.logits, scene.shows, scene.absent[:, nothing])
        gains = np.full(count, gain), np.full(some.absent.shape[1], gain)
        return figures(some, every, *gains, texts, sentences=True)

    first, rest = slice(0, len(chosen_on)), slice(len(chosen_on), None)
    tried = {float(gain): at(float(gain), even, first) for gain in _SENTENCE_GAINS}
    gain = max(
        (one for one in tried if tried[one][_NOTHING] >= _FIND_NOTHING),
        key=lambda one: tried[one]["F1"],
    )
    print(f"sentences, which gain {gain}")
    _show("  as names", [at(0.0, ~even, rest)])
    _show("  as sentences", [at(gain, ~even, rest)])
    return gain


def around(things: list[str]) -> list[str]:
    """Sentences in which things are spoken of."""
    return [sentence.format(thing) for sentence in _AROUND for thing in things]


def fitted_offsets(parts: list[tuple[Floats, Floats]], search: Logistic) -> tuple[Floats, Floats]:
    """Each text's offset by itself, and how much is known of it.

    Args:
        parts: of each library, log-odds and what is shown, both of shape (photos, texts).
        search: what the log-odds were made with.

    Returns:
        Two arrays, shape (texts,): offsets in log-odds and the information on them (1 / variance); 0 and 0 where too
        little is known.
    """
    logits = np.concatenate([one for one, _ in parts])
    shows = np.concatenate([one for _, one in parts])
    positives, negatives = (shows == 1).sum(0), (shows == 0).sum(0)
    odds = _MOST_FREQUENT / (1 - _MOST_FREQUENT)
    share = np.minimum(1.0, odds * negatives / np.maximum(positives, 1))
    weights = np.where(np.isnan(shows), 0.0, np.where(shows == 1, share, 1.0))
    weights[:, positives + negatives < _LEAST_KNOWN] = 0.0
    offsets, information = np.zeros(logits.shape[1]), np.zeros(logits.shape[1])
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-(logits + offsets)))
        information = (p * (1 - p) * weights).sum(0)
        pull = ((np.nan_to_num(shows) - p) * weights).sum(0) - offsets / _SPREAD**2
        moved = offsets + np.clip(pull / (information + 1 / _SPREAD**2), -1, 1)
        offsets = np.minimum(moved, log_odds(_MOST_FREQUENT) - search.bias)
    return offsets, information


def process(
    vectors: Floats, offsets: Floats, information: Floats, used: NDArray[np.bool_]
) -> TextOffsets:
    """The Gaussian process through the offsets of some texts."""
    used = used & (information > 0)
    rows = vectors[used]
    kernel = _PROCESS**2 * np.exp((rows @ rows.T - 1.0) / _LENGTH)
    noise = _NUGGET + 1 / np.maximum(information[used], 1e-3)
    weights = _PROCESS**2 * np.linalg.solve(kernel + np.diag(noise), offsets[used])
    return TextOffsets(
        rows.astype(np.float32), weights.astype(np.float32), _LENGTH, 0.0, WORDS, WORDS_WIDTH
    )


def figures(
    scene: Scene,
    photos: NDArray[np.bool_],
    offsets: Floats,
    absent_offsets: Floats,
    texts: NDArray[np.bool_],
    *,
    sentences: bool = False,
) -> dict[str, float]:
    """What the search promises of some texts on some photos, asked of the whole library as it is."""
    least_positives = 1 if sentences else _LEAST_POSITIVES
    f1s, precisions, empty = [], [], []
    for column in np.flatnonzero(texts):
        known = photos & ~np.isnan(scene.shows[:, column])
        right = scene.shows[:, column] == 1
        if right[known].sum() < least_positives or right[known].all():
            continue
        sure = _probability(scene.logits[:, column] + offsets[column])
        strong = sure >= STRONG
        f1s.append(f1(strong[known], right[known]))
        empty.append(not strong[known].any())
        if strong[known].any():
            precisions.append(right[known & strong].mean())
    none = [
        bool((_probability(scene.absent[:, i] + offset) < STRONG).all())
        for i, offset in enumerate(absent_offsets)
    ]
    return {
        "texts": len(f1s),
        "F1": float(np.mean(f1s)),
        "precision": float(np.mean(precisions)),
        "find nothing": float(np.mean(empty)),
        _NOTHING: float(np.mean(none)),
    }


def report(
    found: dict[str, Scene], texts: Texts, vectors: Floats, absent: Floats, search: Logistic
) -> None:
    """Prints what the offsets are worth."""
    names = np.concatenate([[True], texts.tag[1:] != texts.tag[:-1]])
    odd = texts.tag % 2 == 1
    every = {title: np.ones(len(scene.logits), bool) for title, scene in found.items()}
    none = np.zeros(len(texts.said))
    offsets, information = fitted_offsets(
        [(one.logits, one.shows) for one in found.values()], search
    )
    unseen = process(vectors, offsets, information, ~odd)
    for title, scene in found.items():
        print(title)
        _show(
            "  unseen, without offsets",
            [figures(scene, every[title], none, np.zeros(len(absent)), names & odd)],
        )
        _show(
            "  unseen",
            [
                figures(
                    scene, every[title], *_both(unseen, vectors, absent, names & odd), names & odd
                )
            ],
        )
    rows: dict[str, list[list[dict[str, float]]]] = {title: [[], []] for title in found}
    for seed in range(_HALVES):
        halves = {
            title: np.random.default_rng(seed).permutation(len(scene.logits)) % 2 == 0
            for title, scene in found.items()
        }
        offsets, information = fitted_offsets(
            [(one.logits[halves[title]], one.shows[halves[title]]) for title, one in found.items()],
            search,
        )
        known = process(vectors, offsets, information, np.ones(len(texts.said), bool))
        for title, scene in found.items():
            rest = ~halves[title]
            rows[title][0].append(figures(scene, rest, none, np.zeros(len(absent)), names & odd))
            rows[title][1].append(
                figures(scene, rest, *_both(known, vectors, absent, names & odd), names & odd)
            )
    for title, (before, after) in rows.items():
        print(title)
        _show("  known, without offsets", before)
        _show("  known", after)


def _both(
    known: TextOffsets, vectors: Floats, absent: Floats, texts: NDArray[np.bool_]
) -> tuple[Floats, Floats]:
    """The offsets of some texts, the others 0, and of absent things."""
    each = np.zeros(len(vectors))
    each[texts] = [offset_of(one, 1.0, known) for one in vectors[texts]]
    return each, np.array([offset_of(one, 1.0, known) for one in absent])


def _show(title: str, rows: list[dict[str, float]]) -> None:
    means = {name: float(np.mean([row[name] for row in rows])) for name in rows[0]}
    print(
        f"{title:28}", ", ".join(f"{name} {value:.3f}" for name, value in means.items()), flush=True
    )


def _probability(logits: Floats) -> NDArray[np.float32]:
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -30, 30))), np.float32)


def absent_things() -> list[str]:
    """What no photo of the sets shows."""
    return ABSENT.read_text("utf-8").split("\n")[:-1]


def fitted(encoder: Encoder, data: Path, *, save: bool) -> None:
    """Measures, prints, and saves where asked."""
    search = encoder.references.search
    if search is None:
        raise SystemExit("The starter's searches are not calibrated: run tools.fit.calibration.")
    vocabulary = load_vocabulary(shipped_files())
    known = labels(data, vocabulary)
    folds = [Seen(np.arange(len(known.paths)), Shipped())]
    gain = sentence_gain(known, data, folds, search, vocabulary)
    texts = names_and_aliases(vocabulary, known.shows)
    found = scenes(known, texts, absent_things(), folds, search, gain)
    vectors = clause_vectors(encoder, texts.said)
    report(found, texts, vectors, clause_vectors(encoder, absent_things()), search)
    if save:
        offsets, information = fitted_offsets(
            [(one.logits, one.shows) for one in found.values()], search
        )
        made = process(vectors, offsets, information, np.ones(len(texts.said), bool))
        np.savez_compressed(
            SEARCHES,
            encoder=encoder.info.version,
            vectors=made.vectors.astype(np.float16),
            weights=made.weights,
            length=np.float32(made.length),
            sentence=np.float32(gain),
        )
        print(f"{len(made.weights)} texts written, {SEARCHES.stat().st_size / 1e6:.1f} MB")


def main() -> None:
    """Reads the arguments and fits."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--save", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as models:
        encoder = load_encoder(STARTER, models_dir=Path(models), threads=cores())
    fitted(encoder, arguments.data, save=arguments.save)


if __name__ == "__main__":
    main()
