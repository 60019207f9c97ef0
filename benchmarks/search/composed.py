"""`like:photo red`: this photo, but red. On drawn pictures, with a CLIP that is trained on them in half a minute."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from sklearn.metrics import average_precision_score

from benchmarks.search.scene import Library, Measured, texts
from photosort.embed.load import load_encoder
from photosort.search.contrasts import edited, others
from photosort.search.cutoff import ESTIMATED, background, probability
from photosort.search.filtering import composed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.encoders import Encoder

    Floats = NDArray[np.float32]

_EACH = 2


def measure() -> dict[str, Measured]:
    """Mean average precision of pictures with the example's shape in the colour that is asked for."""
    from tests.fixtures import tiny_clip

    with tempfile.TemporaryDirectory() as models:
        encoder: Encoder = load_encoder(str(tiny_clip.cached()), models_dir=Path(models))
    seen, held_back = tiny_clip.scenes()
    scenes = [scene for scene in (*seen, *held_back) for _ in range(_EACH)]
    rng = random.Random(1)
    edge = encoder.info.input.edge_px
    drawn = np.stack([np.asarray(tiny_clip.draw(one, rng, edge_px=edge)) for one in scenes])
    library = Library(encoder, encoder.encode_images(drawn)["semantic"])
    colours = list(tiny_clip.COLOURS)
    # The words that exclude a colour are all colours that Photosort knows, not only those that are drawn.
    spoken = [*colours, *others(colours[0])]
    words = dict(zip(spoken, texts(encoder, spoken), strict=True))
    shapes = np.array([one.shape for one in scenes])
    painted = np.array([one.colour for one in scenes])
    ways: dict[str, list[float]] = {}
    for example in range(0, len(scenes), 2 * _EACH + 1):
        for colour in colours:
            if colour == painted[example]:
                continue
            right = (shapes == shapes[example]) & (painted == colour)
            rest = np.arange(len(scenes)) != example
            contrast = np.stack([words[other] for other in spoken if other != colour])
            for way, scores in _ways(library, example, words[colour], contrast).items():
                precision = average_precision_score(right[rest], scores[rest])
                ways.setdefault(way, []).append(float(precision))
    mean = {way: float(np.mean(values)) for way, values in ways.items()}
    best = max(value for way, value in mean.items() if way != "shipped")
    figures = {"composed mAP, shipped": Measured(mean.pop("shipped"), best, "the best other way")}
    figures |= {f"composed mAP, {way}": Measured(value) for way, value in mean.items()}
    return figures


def _ways(library: Library, example: int, words: Floats, contrast: Floats) -> dict[str, Floats]:
    photo = library.rows[example]
    alike, described = _sure(library, photo), _sure(library, words)
    return {
        "shipped": library.scores(edited(photo, words, contrast, 0.5)),
        "weighed probabilities": composed(alike, described, 0.5),
        "image only": library.scores(photo),
        "text only": library.scores(words),
        "sum": library.scores(photo + words),
    }


def _sure(library: Library, vector: Floats) -> Floats:
    scores = library.scores(vector)
    return probability(scores, background(scores, vector, None), ESTIMATED)
