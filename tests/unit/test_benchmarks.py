"""The benchmarks run by hand: each must have a command, a row in the README and a saved baseline."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.__main__ import BENCHMARKS, build_parser

FOLDER = Path(__file__).parents[2] / "benchmarks"
README = (FOLDER / "README.md").read_text("utf-8")


def test_every_benchmark_has_its_row_in_the_readme() -> None:
    assert re.findall(r"^\| `(\w+)` \| .+ \| .+ min", README, re.MULTILINE) == list(BENCHMARKS)


def test_every_benchmark_has_a_baseline_or_is_listed_as_unsaved() -> None:
    saved = {path.stem for path in (FOLDER / "baseline").iterdir()}
    missing = set(BENCHMARKS) - saved
    assert saved <= set(BENCHMARKS)
    (unsaved,) = re.findall(
        r"^Baselines that have not been saved yet: (.+)\.$", README, re.MULTILINE
    )
    assert missing == set(re.findall(r"`(\w+)`", unsaved))


@pytest.mark.parametrize("name", BENCHMARKS)
def test_every_benchmark_can_be_called(name: str) -> None:
    given = [name, "--data", "."] if "data" in BENCHMARKS[name].options else [name]
    parsed = build_parser().parse_args(given)
    assert parsed.command == name
    assert parsed.save_baseline is False
