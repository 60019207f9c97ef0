"""The benchmarks run by hand: each must have a command, a row in the README and a saved baseline."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import numpy as np
import pytest

from benchmarks.__main__ import BENCHMARKS, build_parser
from benchmarks.alternate import compare, slower
from benchmarks.data import Captioned, held_back
from benchmarks.search.phrases import Judge, phrases, sentence
from benchmarks.tags.run import worse_than

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


@pytest.mark.parametrize(
    ("name", "before", "now"),
    [
        ("precision", 0.9, 0.85),
        ("random keywords that pass", 0, 1),
        ("of_bare_product", 0.94, 0.7),
        ("names: precision at recall 0.15", 0.8, 0.7),
    ],
)
def test_a_worse_figure_of_tags_is_named(name: str, before: float, now: float) -> None:
    assert worse_than({name: before}, {name: now}) == [name]
    assert worse_than({name: now}, {name: before}) == []


@pytest.mark.parametrize("name", ["scored_s", "descriptor_edited_ms", "plain: recall", "new"])
def test_times_and_the_plain_method_are_not_compared(name: str) -> None:
    before = {} if name == "new" else {name: 1.0}
    assert worse_than(before, {name: 0.1}) == []
    assert worse_than(before, {name: 9.0}) == []


@pytest.mark.parametrize("name", ["search.run", "tags.run", "albums", "alternate"])
def test_the_command_offers_the_parts_that_the_benchmark_has(name: str) -> None:
    module = importlib.import_module(f"benchmarks.{name}")
    assert BENCHMARKS[name.partition(".")[0]].parts == module.PARTS


@pytest.mark.parametrize(
    ("caption", "found"),
    [
        ("A black and white dog is running in grass .", ["black and white dog", "grass"]),
        ("Two young girls hold a red ball .", ["young girls", "red ball"]),
        ("A group of soldiers on a field", ["soldiers", "field"]),
        ("Dogs run", ["dogs"]),
        ("", []),
    ],
)
def test_noun_phrases_of_captions(caption: str, found: list[str]) -> None:
    assert [one.text for one in phrases(caption)] == found


def test_captions_judge_by_noun_and_attribute() -> None:
    judge = Judge([["A black dog runs ."], ["A white dog .", "It is running ."], ["Two men ."]])
    (black,) = phrases("A black dog")
    assert judge.right(black).tolist() == [True, False, False]
    running = sentence("A dog running on sand .")
    assert running is not None
    assert judge.right(running).tolist() == [True, True, False]
    (people,) = phrases("people")
    assert judge.right(people).tolist() == [False, False, True]


def test_photos_that_are_held_back_are_always_the_same_and_keep_their_captions() -> None:
    photos = Captioned(
        [Path(f"{n}.jpg") for n in range(1200)],
        [f"{n % 2} of {n // 2}" for n in range(2400)],
        np.arange(2400) // 2,
    )
    rows = held_back(photos)
    assert len(set(rows.tolist())) == 1000
    assert rows.tolist() == sorted(held_back(photos).tolist())
    some = photos.of(rows)
    assert [path.stem for path in some.paths] == [str(row) for row in rows]
    for caption, photo in zip(some.captions, some.photo, strict=True):
        assert caption.endswith(f" of {rows[photo]}")


def test_two_versions_are_compared_round_by_round() -> None:
    rounds = [
        ({"wall_s": 1.0, "torch": 0.0}, {"wall_s": 2.0, "torch": 1.0}),
        ({"wall_s": 10.0, "torch": 0.0}, {"wall_s": 20.0, "torch": 1.0}),
        ({"wall_s": 4.0, "torch": 0.0}, {"wall_s": 8.4, "torch": 1.0}),
    ]
    (found,) = compare(rounds).items()
    assert found[0] == "wall_s"
    assert (found[1].old, found[1].new, found[1].ratio) == (4.0, 8.4, 2.0)
    assert (found[1].low, found[1].high, found[1].rounds) == (2.0, 2.1, 3)


def test_only_a_whole_interval_above_the_limit_is_slower() -> None:
    figures = {"against": "v1", "search": {"wall_s": {"low": 1.02}, "processor_s": {"low": 1.04}}}
    assert slower(figures) == ["search: processor_s"]
