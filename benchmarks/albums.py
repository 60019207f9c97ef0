"""Albums: themes on mixtures, names of classes and of captioned photos, and what a library of 100,000 photos costs."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Collection
from pathlib import Path

from benchmarks import album_scale, mixtures, names, themes
from benchmarks.against import Figures, finish
from photosort.embed.load import STARTER, load_encoder

BASELINE = Path(__file__).parent / "baseline" / "albums.json"
PARTS = ("mixtures", "names", "themes", "scale")
# Figures of quality are the same on every run of one machine; another machine rounds differently.
_TOLERANCE = 0.01
_SLOWER = 1.25
_HIGHER_IS_BETTER = ("nmi", "accuracy", "first", "three", "found", "right")
_LOWER_IS_BETTER = ("number_error", "outside", "wrong")
# A ratio to this machine's products of matrices, so that it means the same on another machine.
_RATIOS = ("group_against_products",)


def run(data: Path, *, work: Path, count: int, parts: Collection[str], save_baseline: bool) -> int:
    """Measures, prints beside what is needed and the baseline, and returns the exit status."""
    figures: dict[str, float] = {}
    if {"mixtures", "names"} & set(parts):
        with tempfile.TemporaryDirectory() as models:
            encoder = load_encoder(STARTER, models_dir=Path(models))
        if "mixtures" in parts:
            figures |= mixtures.report(data, encoder)
        if "names" in parts:
            figures |= names.report(data, encoder)
    if "themes" in parts:
        figures |= themes.report(data)
    if "scale" in parts:
        figures |= album_scale.report(work, count)
    if save_baseline and BASELINE.is_file():
        # The figures of parts that were not measured stay.
        figures = json.loads(BASELINE.read_text("utf-8")) | figures

    def worse(before: Figures) -> list[str]:
        return [name for name in figures if name in before and _is_worse(name, figures, before)]

    return finish(figures, BASELINE, save=save_baseline, worse=worse)


def _is_worse(name: str, now: Figures, before: Figures) -> bool:
    if name.endswith(_HIGHER_IS_BETTER):
        return bool(now[name] < before[name] - _TOLERANCE)
    if name.endswith(_LOWER_IS_BETTER):
        return bool(now[name] > before[name] + _TOLERANCE)
    return name in _RATIOS and bool(now[name] > before[name] * _SLOWER)
