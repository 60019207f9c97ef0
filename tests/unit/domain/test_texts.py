"""How texts are compared."""

from __future__ import annotations

import random

from photosort.domain.texts import natural_key


def test_names_are_in_order_as_people_count() -> None:
    ordered = [
        "",
        "9",
        "Day 1",
        "day 02",
        "Day 2b",
        "DAY 10",
        "Day 10, evening",
        "d\u00e9j\u00e0 vu",
    ]
    mixed = random.Random(3).sample(ordered, len(ordered))
    assert sorted(mixed, key=natural_key) == ordered


def test_a_number_may_be_as_long_as_it_likes() -> None:
    short, long = "1" + "0" * 5_000, "1" + "0" * 5_001
    assert sorted([long, short], key=natural_key) == [short, long]
