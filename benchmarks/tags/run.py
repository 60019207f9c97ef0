"""Every part of the tags benchmark, beside its baseline."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

BASELINE = Path(__file__).parents[1] / "baseline" / "tags.json"
PARTS = ("labels", "recall", "corrections", "keywords", "speed")
# Figures of quality hardly differ between runs of one machine.
_TOLERANCE = 0.01
# All other figures may not fall.
_LOWER_IS_BETTER = ("random keywords that pass", "suggested elsewhere")
# Times and sizes, and the plain method, which is only shown.
_NOT_COMPARED = re.compile(r"_m?s$|^photos$|^plain|: plain$")
# A ratio of two times, which differs more between runs than figures of quality.
_RATIO = "of_bare_product"
_RATIO_TOLERANCE = 0.2


def run(data: Path, *, count: int, parts: Sequence[str], save_baseline: bool) -> int:
    """Measures some parts, prints them, and returns the exit status.

    Args:
        data: the folder of named sets.
        count: photos that the times are measured with.
        parts: of `PARTS`.
        save_baseline: make these figures the baseline of their parts.
    """
    status = 0
    for part in parts:
        figures = {name: round(value, 4) for name, value in _measure(part, data, count).items()}
        print(json.dumps({part: figures}, indent=1), flush=True)
        saved = json.loads(BASELINE.read_text("utf-8")) if BASELINE.is_file() else {}
        if save_baseline:
            saved[part] = figures
            BASELINE.write_text(json.dumps(saved, indent=1) + "\n", "utf-8")
        elif part not in saved:
            print(f"There is no baseline for {part}; make one with --save-baseline.")
            status = 1
        elif worse := worse_than(saved[part], figures):
            print(f"Worse than the baseline: {', '.join(worse)}")
            status = 1
    return status


def worse_than(before: Mapping[str, float], now: Mapping[str, float]) -> list[str]:
    """Names of the figures that are worse than they were."""
    return [name for name in now if _is_worse(name, now, before)]


def _measure(part: str, data: Path, count: int) -> dict[str, float]:
    # Each brings imports that the others do not need.
    from benchmarks.tags import corrections, labels, own_keywords, recall, speed

    if part == "speed":
        return speed.measure(count)
    measures = {
        "labels": labels.measure,
        "recall": recall.measure,
        "corrections": corrections.measure,
        "keywords": own_keywords.measure,
    }
    return measures[part](data)


def _is_worse(name: str, now: Mapping[str, float], before: Mapping[str, float]) -> bool:
    if name not in before:
        return False
    if name == _RATIO:
        return now[name] < before[name] * (1 - _RATIO_TOLERANCE)
    if name in _LOWER_IS_BETTER:
        return now[name] > before[name] + _TOLERANCE
    if _NOT_COMPARED.search(name):
        return False
    return now[name] < before[name] - _TOLERANCE
