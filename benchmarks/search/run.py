"""All of what the search promises, beside its baseline."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from benchmarks.search.scene import Measured

BASELINE = Path(__file__).parents[1] / "baseline" / "search.json"
PARTS = ("retrieval", "negation", "composed", "looks", "cutoff", "heat", "neighbours", "million")
# Times differ between runs of one machine, figures of quality hardly.
_TOLERANCE = 0.01
_TIME_TOLERANCE = 1.5


def run(data: Path, *, work: Path, count: int, parts: Sequence[str], save_baseline: bool) -> int:
    """Measures some parts, prints them, and returns the exit status.

    Args:
        data: the folder of named sets.
        work: folder of generated files.
        count: vectors of the largest library.
        parts: of `PARTS`.
        save_baseline: make these figures the baseline of their parts.
    """
    status = 0
    for part in parts:
        figures = _measure(part, data, work, count)
        _show(figures)
        # Read only now: another part may have been measured meanwhile.
        saved = json.loads(BASELINE.read_text("utf-8")) if BASELINE.is_file() else {}
        if save_baseline:
            saved[part] = {name: asdict(one) for name, one in figures.items()}
            BASELINE.write_text(json.dumps(saved, indent=1) + "\n", "utf-8")
        elif part not in saved:
            print(f"There is no baseline for {part}; make one with --save-baseline.")
            status = 1
        elif _compare(figures, saved[part]):
            status = 1
    return status


def _measure(part: str, data: Path, work: Path, count: int) -> dict[str, Measured]:
    # Each brings imports that the others do not need.
    from benchmarks.search import (
        composed,
        cutoff,
        heat,
        looks,
        million,
        negation,
        neighbours,
        retrieval,
    )
    from benchmarks.search.scene import starter

    if part == "retrieval":
        return retrieval.measure(data)
    if part == "composed":
        return composed.measure()
    encoder = starter()
    if part == "million":
        return million.measure(encoder, data, count=count, work=work)
    measures: Mapping[str, Callable[..., dict[str, Measured]]] = {
        "negation": negation.measure,
        "looks": looks.measure,
        "cutoff": cutoff.measure,
        "heat": heat.measure,
        "neighbours": neighbours.measure,
    }
    return measures[part](encoder, data)


def _show(figures: Mapping[str, Measured]) -> None:
    for name, one in figures.items():
        asked = ""
        if one.least is not None:
            asked = f"at least {one.least:.3f}: {'yes' if one.is_reached else 'NO'}"
        elif one.most is not None:
            asked = f"at most {one.most:.3f}: {'yes' if one.is_reached else 'NO'}"
        print(f"{name:52} {one.value:8.3f}  {asked:22} {one.note}", flush=True)


def _compare(figures: Mapping[str, Measured], saved: Mapping[str, Mapping[str, float]]) -> bool:
    """Prints what got worse; True if anything that something is asked of did."""
    worse = False
    for name, one in figures.items():
        before = float(saved[name]["value"]) if name in saved else one.value
        lost = one.least is not None and one.value < before - _TOLERANCE
        slower = one.most is not None and one.value > before * _TIME_TOLERANCE
        if lost or slower:
            print(f"WORSE {name}: {one.value:.3f}, baseline {before:.3f}")
            worse = True
    return worse
