"""How good an encoder is at what the product does, against the plain method on the same photos.

Text search on `captioned`, tags by name on `categories` and `multilabel`, clusters on `categories`. The starter was
fitted on none of them; the plain method is fitted on those photos of `captioned` that are not searched.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.candidates import Candidate, Given, Shipped
from benchmarks.data import captioned, labelled
from benchmarks.plain import Plain, unit
from benchmarks.quality_stats import (
    Difference,
    clusters,
    difference,
    mean_average_precision,
    ranks,
    resampled,
)
from photosort.embed.load import STARTER, load_encoder

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from benchmarks.data import Captioned
    from photosort.domain.encoders import Encoder

HERE = Path(__file__).parent
BASELINE = HERE / "baseline" / "quality.json"
# Figures are the same on every run of one machine; another machine rounds differently.
TOLERANCE = 0.005


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure.

    Attributes:
        value: of the encoder.
        plain: of the plain method on the same photos.
        against_plain: their paired difference.
        needed: least difference that the project asks of the starter, or None.
        photos: photos measured on.
    """

    value: float
    plain: float
    against_plain: Difference
    photos: int
    needed: float | None = None

    @property
    def is_enough(self) -> bool:
        """True if the difference is as large as needed and surely above zero."""
        if self.needed is None:
            return True
        low = self.against_plain.low
        return self.against_plain.value >= self.needed and low is not None and low > 0


Figures = dict[str, Figure]


def run(data: Path, *, encoder_name: str, save_baseline: bool) -> int:
    """Measures, prints beside the baseline, and returns the exit status.

    Args:
        data: the folder of named sets.
        encoder_name: "starter" or the path of a model folder.
        save_baseline: make these figures the baseline.
    """
    figures = measure(data, encoder_name)
    _show(figures)
    name = Path(encoder_name).name
    saved = json.loads(BASELINE.read_text("utf-8")) if BASELINE.is_file() else {}
    if save_baseline:
        saved[name] = {key: asdict(figure) for key, figure in figures.items()}
        BASELINE.write_text(json.dumps(saved, indent=1) + "\n", "utf-8")
        return 0
    if name not in saved:
        print(f"There is no baseline for {name}; make one with --save-baseline.")
        return 1
    return _compare(figures, saved[name])


def measure(data: Path, encoder_name: str) -> Figures:
    """All figures of one encoder."""
    candidate: Candidate = Shipped() if encoder_name == STARTER else Given(_load(encoder_name))
    photos = captioned(data / "captioned")
    return {
        **search(photos, candidate),
        **categories(data / "categories", candidate, photos),
        **multilabel(data / "multilabel", candidate, photos),
        **clustering(data / "categories", candidate),
    }


def search(photos: Captioned, candidate: Candidate) -> Figures:
    """Text search over the splits: every caption of a gallery's photo looks for that photo."""
    seen = Plain.see(photos.paths)
    new_ranks, plain_ranks, owner = [], [], []
    for split in json.loads((HERE / "splits.json").read_text("utf-8"))["splits"]:
        gallery = np.array(split["gallery"])
        rest = np.setdiff1d(np.arange(len(photos.paths)), gallery)
        asked = np.flatnonzero(np.isin(photos.photo, gallery))
        texts = [photos.captions[i] for i in asked]
        right = np.searchsorted(gallery, photos.photo[asked])
        paths = [photos.paths[i] for i in gallery]
        new_ranks.append(ranks(candidate.queries(texts) @ candidate.gallery(paths).T, right))
        plain = Plain(photos, rest, glosses=True)
        plain_ranks.append(ranks(plain.texts(texts) @ plain.photos(seen.rows(gallery)).T, right))
        owner.append(photos.photo[asked])
    new, old = np.concatenate(new_ranks), np.concatenate(plain_ranks)
    photo = np.concatenate(owner)
    figures = {
        f"search R@{k}": Figure(
            float((new <= k).mean()),
            float((old <= k).mean()),
            difference((new <= k) * 1.0, (old <= k) * 1.0, photo),
            len(photos.paths),
            needed,
        )
        for k, needed in ((1, 0.015), (5, None), (10, 0.01))
    }
    figures["search median rank"] = Figure(
        float(np.median(new)),
        float(np.median(old)),
        difference(new * 1.0, old * 1.0, photo),
        len(photos.paths),
    )
    return figures


def categories(folder: Path, candidate: Candidate, photos: Captioned) -> Figures:
    """Zero-shot classification by the classes' names; texts may be tuned on the first half only."""
    test = labelled(folder)
    half = json.loads((HERE / "halves" / "categories.json").read_text("utf-8"))
    names = [label.replace("_", " ") for label in test.labels]
    right = test.has.argmax(1)
    plain = Plain(photos, np.arange(len(photos.paths)), glosses=False)
    seen, plain_names = Plain.see(test.paths), plain.texts(names)
    new = ranks(candidate.gallery(test.paths) @ candidate.labels(names).T, right)
    old = ranks(plain.photos(seen) @ plain_names.T, right)
    # The map costs the plain method a tenth here; it is held to the better of its two forms.
    conse = ranks(plain.conse(seen) @ plain_names.T, right)
    figures: Figures = {}
    for part in ("tuning", "reported"):
        rows = np.flatnonzero([test.labels[i] in half[part] for i in right])
        for k in (1, 5):
            better = max((old, conse), key=lambda found: float((found[rows] <= k).mean()))
            figures[f"categories top-{k}, {part} half"] = Figure(
                float((new[rows] <= k).mean()),
                float((better[rows] <= k).mean()),
                difference((new[rows] <= k) * 1.0, (better[rows] <= k) * 1.0, rows),
                len(rows),
                0.05 if (part, k) == ("reported", 1) else None,
            )
    return figures


def multilabel(folder: Path, candidate: Candidate, photos: Captioned) -> Figures:
    """Mean average precision of labels by their names."""
    test = labelled(folder)
    half = json.loads((HERE / "halves" / "multilabel.json").read_text("utf-8"))
    new = candidate.gallery(test.paths) @ candidate.labels(test.labels).T
    plain = Plain(photos, np.arange(len(photos.paths)), glosses=False)
    seen, plain_names = Plain.see(test.paths), plain.texts(test.labels)
    forms = [plain.photos(seen) @ plain_names.T, plain.conse(seen) @ plain_names.T]
    old = max(forms, key=lambda scores: mean_average_precision(scores, test.has))
    files = [path.relative_to(folder).as_posix() for path in test.paths]
    figures: Figures = {}
    for part in ("all", "tuning", "reported"):
        rows = np.flatnonzero([part == "all" or file in half[part] for file in files])

        def gain(draw: NDArray[np.int64], rows: NDArray[np.int64] = rows) -> float:
            drawn = rows[draw]
            return mean_average_precision(new[drawn], test.has[drawn]) - mean_average_precision(
                old[drawn], test.has[drawn]
            )

        figures[f"multilabel mAP, {part}"] = Figure(
            mean_average_precision(new[rows], test.has[rows]),
            mean_average_precision(old[rows], test.has[rows]),
            resampled(gain, len(rows)),
            len(rows),
            0.04 if part == "all" else None,
        )
    return figures


def clustering(folder: Path, candidate: Candidate) -> Figures:
    """k-means of the visual vectors with the true number, against the bare features."""
    test = labelled(folder)
    truth = test.has.argmax(1)
    new = clusters(candidate.visual(test.paths), truth)
    old = clusters(unit(Plain.see(test.paths).pooled), truth)
    return {
        f"clusters {name}": Figure(n, o, Difference(n - o), len(truth))
        for name, n, o in zip(("NMI", "accuracy"), new, old, strict=True)
    }


def _load(name: str) -> Encoder:
    with tempfile.TemporaryDirectory() as models:
        return load_encoder(name, models_dir=Path(models))


def _show(figures: Figures) -> None:
    print(f"{'':36} {'value':>7} {'plain':>7}  difference, paired, 95 %   photos")
    for name, figure in figures.items():
        verdict = ""
        if figure.needed is not None:
            verdict = f"needs {figure.needed:+.3f}: {'yes' if figure.is_enough else 'NO'}"
        print(
            f"{name:36} {figure.value:7.3f} {figure.plain:7.3f}  {figure.against_plain!s:26} "
            f"{figure.photos:5} {verdict}"
        )
    tuned, reported = (figures[f"categories top-1, {part} half"] for part in ("tuning", "reported"))
    if tuned.value - reported.value > 0.05:
        print(f"FITTING: the tuning half is {tuned.value - reported.value:.3f} better.")


def _compare(figures: Figures, saved: dict[str, dict[str, float]]) -> int:
    worse = []
    for name, figure in figures.items():
        change = figure.value - float(saved[name]["value"])
        lost = change if name == "search median rank" else -change
        if lost > TOLERANCE:
            worse.append(f"{name}: {figure.value:.3f}, baseline {float(saved[name]['value']):.3f}")
    for line in worse:
        print(f"WORSE {line}")
    return 1 if worse else 0
