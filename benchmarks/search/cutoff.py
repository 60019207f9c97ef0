"""Where good matches end: the names of classes, things that no photo shows, and captions (`answers`)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.data import captioned, labelled
from benchmarks.search import answers
from benchmarks.search.scene import Library, Measured, photos, texts
from photosort.search.cutoff import ABSENT as DENIED
from photosort.search.cutoff import STRONG

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.encoders import Encoder

# Fixed before anything was measured, and never tuned on.
ABSENT = Path(__file__).parents[1] / "absent.txt"


def measure(encoder: Encoder, data: Path) -> dict[str, Measured]:
    """F1 of strong matches for class names, and how often absent things find nothing."""
    spoken, test = captioned(data / "captioned"), labelled(data / "categories")
    library = Library(
        encoder,
        np.concatenate([photos(encoder, spoken.paths), photos(encoder, test.paths)]),
    )
    said = [""] * len(spoken.paths)
    for photo, caption in zip(spoken.photo, spoken.captions, strict=True):
        said[photo] += f" {caption.lower()}"
    names = [label.replace("_", " ") for label in test.labels]
    scores = []
    for place, vector in enumerate(texts(encoder, names)):
        right = np.concatenate(
            [np.array([names[place].lower() in text for text in said]), test.has[:, place]]
        )
        found, _ = library.answer(vector, len(names[place].split()))
        scores.append(f1(found >= STRONG, right))
    absent = ABSENT.read_text("utf-8").split("\n")[:-1]
    found_of = [
        library.answer(one, len(said.split()))
        for said, one in zip(absent, texts(encoder, absent), strict=True)
    ]
    none = [bool((found < STRONG).all()) for found, _ in found_of]
    denied = [shown < DENIED for _, shown in found_of]
    return {
        "cut-off F1, all classes": Measured(float(np.mean(scores)), 0.55),
        "cut-off F1, classes that were tuned on": Measured(float(np.mean(scores[::2]))),
        "cut-off F1, classes held back": Measured(float(np.mean(scores[1::2])), 0.55),
        f"absent things that find nothing, of {len(absent)}": Measured(float(np.mean(none)), 0.8),
        "absent things that are denied": Measured(float(np.mean(denied))),
        **answers.measure(encoder, data),
    }


def f1(found: NDArray[np.bool_], right: NDArray[np.bool_]) -> float:
    """Harmonic mean of precision and recall; both arrays of one shape."""
    hits = int((found & right).sum())
    return 2 * hits / int(found.sum() + right.sum()) if hits else 0.0
