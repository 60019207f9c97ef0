"""Text search on `captioned` over the 20 splits: prompt ensembles, long queries, and words beside pictures."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.candidates import Shipped
from benchmarks.data import captioned
from benchmarks.quality_stats import difference, ranks
from benchmarks.search.scene import Measured
from benchmarks.vectors import minilm_vectors
from photosort.domain.encoders import Logistic
from photosort.embed.starter import CALIBRATION
from photosort.embed.starter_space import bare_name
from photosort.search.clauses import combined, split
from photosort.search.cutoff import background, probability
from photosort.search.lexical import meaningful, sure_of_words
from photosort.store.db.database import Store
from photosort.store.tables import fulltext
from photosort.usecases.search.query_vectors import QUERY_TEMPLATES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from benchmarks.data import Captioned

    Floats = NDArray[np.floating]

_SPLITS = Path(__file__).parents[1] / "splits.json"
_BASELINE = Path(__file__).parents[1] / "baseline" / "quality.json"
_WITHIN = 10
# Every second photo of a gallery has its first caption in the library, as people caption some of their photos.
_CAPTIONED = 2
_RECIPROCAL = 60
# The baseline's own rounding on another machine.
_TOLERANCE = 0.005


@dataclass(slots=True)
class _Ranks:
    """Ranks of the right photos by each way, and the photo that each query is about."""

    of: dict[str, list[NDArray[np.int64]]] = field(default_factory=dict)
    photo: dict[str, list[NDArray[np.int64]]] = field(default_factory=dict)

    def add(self, way: str, found: NDArray[np.int64], photo: NDArray[np.int64]) -> None:
        self.of.setdefault(way, []).append(found)
        self.photo.setdefault(way, []).append(photo)

    def within(self, way: str) -> NDArray[np.float64]:
        return np.asarray(np.concatenate(self.of[way]) <= _WITHIN, np.float64)


def measure(data: Path) -> dict[str, Measured]:
    """R@10 of every way, with what it is asked to reach."""
    spoken = captioned(data / "captioned")
    candidate = Shipped()
    _read_ahead(spoken)
    found = _Ranks()
    for split_ in json.loads(_SPLITS.read_text("utf-8"))["splits"]:
        gallery = np.array(split_["gallery"])
        _measure_split(spoken, gallery, candidate, found)
    return _figures(found)


def _read_ahead(spoken: Captioned) -> None:
    """Reads all texts of all splits at once: short ones together, and kept in one go instead of after each question."""
    joined = [
        " ".join(spoken.captions[i] for i in np.flatnonzero(spoken.photo == photo))
        for photo in range(len(spoken.paths))
    ]
    asked = [*spoken.captions, *joined, *(clause for text in joined for clause in split(text))]
    filled = [template.format(text) for template in QUERY_TEMPLATES for text in asked]
    minilm_vectors(list(dict.fromkeys([*filled, *map(bare_name, filled)])))


def _measure_split(
    spoken: Captioned, gallery: NDArray[np.int64], candidate: Shipped, found: _Ranks
) -> None:
    photos = candidate.gallery([spoken.paths[i] for i in gallery])
    own = [np.flatnonzero(spoken.photo == i) for i in gallery]
    asked = np.concatenate(own)
    texts = [spoken.captions[i] for i in asked]
    right = np.searchsorted(gallery, spoken.photo[asked])
    scores = candidate.queries(texts) @ photos.T
    found.add("ensemble", ranks(scores, right), spoken.photo[asked])
    plain = candidate.queries(texts, ("{}",)) @ photos.T
    found.add("one prompt", ranks(plain, right), spoken.photo[asked])
    joined = [" ".join(spoken.captions[i] for i in mine) for mine in own]
    whole = candidate.queries(joined) @ photos.T
    found.add("five captions at once", ranks(whole, np.arange(len(own))), gallery)
    parts = [split(text) for text in joined]
    clauses = iter(candidate.queries([one for part in parts for one in part]) @ photos.T)
    each = [combined(np.stack([next(clauses) for _ in part]).astype(np.float32)) for part in parts]
    found.add("five captions in clauses", ranks(np.stack(each), np.arange(len(own))), gallery)
    _measure_fusion(spoken, gallery, own, candidate, photos, found)


def _measure_fusion(
    spoken: Captioned,
    gallery: NDArray[np.int64],
    own: list[NDArray[np.int64]],
    candidate: Shipped,
    photos: Floats,
    found: _Ranks,
) -> None:
    """Captions of some photos stand in the library; the other captions of all photos are searched for."""
    others = np.concatenate([mine[1:] for mine in own])
    right = np.searchsorted(gallery, spoken.photo[others])
    texts = [spoken.captions[i] for i in others]
    vectors = candidate.queries(texts)
    logistic = Logistic(**json.loads(CALIBRATION.read_text("utf-8"))["search"])
    by_sight, by_words = [], []
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "library.db") as store:
        with store.atomic():
            store.executemany(
                "INSERT INTO words (rowid, name, tags, caption, folder, metadata)"
                " VALUES (?, '', '', ?, '', '')",
                [
                    (row + 1, spoken.captions[mine[0]] if row % _CAPTIONED == 0 else "")
                    for row, mine in enumerate(own)
                ],
            )
        for text, vector in zip(texts, vectors, strict=True):
            scores = np.asarray(photos @ vector, np.float32)
            base = background(scores, np.asarray(vector, np.float32), None)
            by_sight.append(probability(scores, base, logistic))
            share = np.zeros(len(gallery), np.float32)
            for row, held in fulltext.shares(store, meaningful(text)).items():
                share[row - 1] = held
            by_words.append(sure_of_words(share))
    sight, said = np.stack(by_sight), np.stack(by_words)
    photo = spoken.photo[others]
    found.add("pictures alone", ranks(sight, right), photo)
    found.add("words alone", ranks(said, right), photo)
    found.add("fused", ranks(1 - (1 - sight) * (1 - said), right), photo)
    reciprocal = sum(1 / (_RECIPROCAL + _placed(scores)) for scores in (sight, said))
    found.add("fused by reciprocal ranks", ranks(np.asarray(reciprocal), right), photo)


def _placed(scores: Floats) -> Floats:
    """Rank of each photo in each row, 1 = first; equal ones share the mean of their places."""
    from scipy.stats import rankdata

    return np.asarray(rankdata(-scores, axis=1))


def _figures(found: _Ranks) -> dict[str, Measured]:
    mean = {way: float(found.within(way).mean()) for way in found.of}
    saved = json.loads(_BASELINE.read_text("utf-8"))["starter"]["search R@10"]["value"]
    photo = np.concatenate(found.photo["ensemble"])
    gain = difference(found.within("ensemble"), found.within("one prompt"), photo)
    better = max("pictures alone", "words alone", key=lambda way: mean[way])
    paired = difference(
        found.within("fused"), found.within(better), np.concatenate(found.photo["fused"])
    )
    return {
        "R@10, ensemble": Measured(mean["ensemble"], saved - _TOLERANCE, "the core's"),
        "R@10, one prompt": Measured(mean["one prompt"]),
        "gain of the ensemble": Measured(gain.value, None, str(gain)),
        "R@10, five captions in clauses": Measured(
            mean["five captions in clauses"], mean["ensemble"], "the mean of single captions"
        ),
        "R@10, five captions at once": Measured(mean["five captions at once"]),
        "R@10, pictures alone": Measured(mean["pictures alone"]),
        "R@10, words alone": Measured(mean["words alone"]),
        "R@10, fused by reciprocal ranks": Measured(mean["fused by reciprocal ranks"]),
        "R@10, fused": Measured(mean["fused"]),
        f"fused above {better}": Measured(paired.value, 0.0, str(paired)),
    }
