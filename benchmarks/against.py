"""The end of a benchmark: its figures beside the saved baseline."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

Figures = Mapping[str, Any]


def finish(
    figures: Figures,
    baseline: Path,
    *,
    save: bool,
    worse: Callable[[Figures], list[str]],
) -> int:
    """Prints figures, then saves them or compares them; returns the exit status.

    A missing baseline is a failure, not a new baseline.

    Args:
        figures: what was measured; must go into JSON.
        baseline: the file of the figures before.
        save: make these figures the baseline.
        worse: given the figures before, the names of those that are worse now.
    """
    text = json.dumps(figures, indent=2) + "\n"
    print(text, end="")
    if save:
        baseline.write_text(text, "utf-8")
        return 0
    if not baseline.exists():
        print("There is no baseline; make one with --save-baseline.")
        return 1
    # Read back, so that both have the keys that JSON gives.
    found = worse(json.loads(baseline.read_text("utf-8")))
    print(f"Worse than the baseline: {', '.join(found)}" if found else "As good as the baseline.")
    return 1 if found else 0
