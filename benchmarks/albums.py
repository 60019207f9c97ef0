"""Albums: themes on mixtures, names of classes, and what a library of 100,000 photos costs."""

from __future__ import annotations

import resource
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks import mixtures, names
from benchmarks.generated import clustered
from photosort.albums.themes import find_themes, join_new
from photosort.embed.load import STARTER, load_encoder

_VISUAL, _SEMANTIC = 256, 768
_ARRIVING = 1_000
_NEEDED_S, _NEEDED_GB, _NEEDED_ARRIVING_S = 300.0, 2.0, 10.0


def run(data: Path, *, count: int) -> int:
    """Measures and prints; returns the exit status."""
    with tempfile.TemporaryDirectory() as models:
        encoder = load_encoder(STARTER, models_dir=Path(models))
    is_good = mixtures.report(data, encoder)
    is_good &= names.report(data, encoder)
    is_good &= scale(count)
    return 0 if is_good else 1


def scale(count: int) -> bool:
    """Themes of made-up vectors around a few hundred centres, a quarter of them loose."""
    rng = np.random.default_rng(0)
    visual = clustered(rng, count + _ARRIVING, _VISUAL)
    loose = rng.random(count + _ARRIVING) < 0.25
    noise = rng.standard_normal((int(loose.sum()), _VISUAL), dtype=np.float32)
    visual[loose] = noise / np.linalg.norm(noise, axis=1, keepdims=True)
    semantic = clustered(rng, count, _SEMANTIC)
    started = time.perf_counter()
    themes = find_themes(visual[:count], semantic)
    seconds = time.perf_counter() - started
    gigabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    leaves = {theme.parent for theme in themes}
    groups = [theme.rows for place, theme in enumerate(themes) if place not in leaves]
    held = np.concatenate(groups) if groups else np.zeros(0, np.int64)
    started = time.perf_counter()
    fresh = np.arange(count, count + _ARRIVING)
    join_new(visual, groups, fresh, np.setdiff1d(np.arange(count), held))
    arriving_s = time.perf_counter() - started
    print(
        f"{count:,} photos: {len(groups)} themes in {seconds:.1f} s (needs {_NEEDED_S:.0f}),"
        f" {gigabytes:.2f} GB at most (needs {_NEEDED_GB}); {_ARRIVING:,} more in {arriving_s:.1f} s"
        f" (needs {_NEEDED_ARRIVING_S:.0f})"
    )
    return seconds <= _NEEDED_S and gigabytes <= _NEEDED_GB and arriving_s <= _NEEDED_ARRIVING_S
