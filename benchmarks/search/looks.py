"""`like:photo` with a word for a look: measured from pixels, against the example alone and the encoder's reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageFilter, ImageOps
from sklearn.metrics import average_precision_score

from benchmarks.data import labelled
from benchmarks.search.scene import Library, Measured, encoded, texts
from photosort.domain.looks import Look
from photosort.media.looks import looks
from photosort.search.cutoff import ESTIMATED, background, probability
from photosort.search.filtering import composed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from photosort.domain.encoders import Encoder

_A_CLASS = 3
_WORDS = {Look.BLACK_AND_WHITE: "in black and white", Look.NIGHT: "at night", Look.SKETCH: "sketch"}


def measure(encoder: Encoder, data: Path) -> dict[str, Measured]:
    """Mean average precision of "this photo, but <look>": the same class in that look."""
    test = labelled(data / "categories")
    truth = test.has.argmax(1)
    rows = np.concatenate([np.flatnonzero(truth == one)[:_A_CLASS] for one in range(40)])
    edge = encoder.info.input.edge_px

    def images() -> Iterator[NDArray[np.uint8]]:
        for row in rows:
            yield np.stack(_variants(test.paths[row], edge))

    vectors = encoded(encoder, "looks", images)
    measured = np.array([[looks(one)[look] for look in Look] for part in images() for one in part])
    visual = Library(encoder, vectors["visual"], "visual")
    semantic = Library(encoder, vectors["semantic"])
    classes = np.repeat(truth[rows], 1 + len(Look))
    variant = np.tile(np.arange(1 + len(Look)), len(rows))
    ways: dict[str, list[float]] = {"example alone": [], "measured": [], "read by the encoder": []}
    for place, look in enumerate(Look):
        read = semantic.probabilities(texts(encoder, [_WORDS[look]])[0])
        for example in np.flatnonzero(variant == 0):
            alike = _alike(visual, int(example))
            right = (classes == classes[example]) & (variant == place + 1)
            others = np.arange(len(variant)) != example
            pixels = measured[:, place].astype(np.float32)
            for way, scores in (
                ("example alone", alike),
                ("measured", composed(alike, pixels, 0.5)),
                ("read by the encoder", composed(alike, read, 0.5)),
            ):
                ways[way].append(float(average_precision_score(right[others], scores[others])))
    alone = float(np.mean(ways["example alone"]))
    figures = {"looks mAP, measured": Measured(float(np.mean(ways["measured"])), alone, "alone")}
    for way in ("example alone", "read by the encoder"):
        figures[f"looks mAP, {way}"] = Measured(float(np.mean(ways[way])))
    return figures


def _alike(library: Library, example: int) -> NDArray[np.float32]:
    scores = library.scores(library.rows[example])
    return probability(scores, background(scores, library.rows[example], None), ESTIMATED)


def _variants(path: Path, edge: int) -> list[NDArray[np.uint8]]:
    """A photo as it is, in black and white, at night and as a sketch."""
    with Image.open(path) as picture:
        photo = picture.convert("RGB").resize((edge, edge), Image.Resampling.BICUBIC)
    grey = photo.convert("L")
    pixels = np.asarray(photo, np.float32)
    # Darkened more where it was darker, bluish, its brightest places kept as lights.
    night = 255 * (pixels / 255) ** 2.2 * np.array([0.35, 0.4, 0.6])
    lights = np.asarray(grey) > np.quantile(np.asarray(grey), 0.985)
    night = np.where(lights[..., None], pixels, night)
    blurred = ImageOps.invert(grey).filter(ImageFilter.GaussianBlur(6))
    sketch = np.asarray(grey, np.float32) * 255 / np.maximum(255.0 - np.asarray(blurred), 1)
    return [
        np.asarray(photo),
        np.asarray(grey.convert("RGB")),
        night.astype(np.uint8),
        np.repeat(np.clip(sketch, 0, 255).astype(np.uint8)[..., None], 3, axis=2),
    ]
