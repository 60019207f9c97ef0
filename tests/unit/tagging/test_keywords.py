from __future__ import annotations

import numpy as np
import pytest

from photosort.tagging.keywords import Validation, validate
from photosort.tagging.scoring import SUGGESTION_THRESHOLD, log_odds


def photos(count: int, near: int, rng: np.random.Generator, noise: float = 0.3) -> np.ndarray:
    """Unit rows about one axis of eight."""
    rows = rng.normal(0, noise, (count, 8))
    rows[:, near] += 1
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def evidence(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return rows, rows, np.full(len(rows), -3.0, dtype=np.float32)


@pytest.mark.parametrize("seed", range(3))
def test_a_keyword_with_a_look_of_its_own_passes_and_one_at_random_does_not(seed: int) -> None:
    rng = np.random.default_rng(seed)
    others = np.concatenate([photos(60, axis, rng) for axis in (1, 2, 3)])
    threshold = float(log_odds(SUGGESTION_THRESHOLD))
    own = validate(evidence(photos(30, 0, rng)), evidence(others), threshold=threshold)
    assert own.passes
    assert own.right > 20
    # "from my phone": photos of every kind.
    mixed = np.concatenate([photos(10, axis, rng) for axis in (1, 2, 3)])
    anything = validate(evidence(mixed), evidence(others), threshold=threshold)
    assert not anything.passes


def test_a_sample_of_the_others_counts_for_all_of_them() -> None:
    rng = np.random.default_rng(1)
    shown, others = evidence(photos(30, 0, rng)), evidence(photos(20, 0, rng))
    once = validate(shown, others, threshold=0.0)
    often = validate(shown, others, threshold=0.0, weight=10)
    assert often.wrong == 10 * once.wrong > 0
    assert often.precision < once.precision


def test_nothing_suggested_is_no_pass() -> None:
    assert Validation(0, 0).precision == 0
    assert not Validation(2, 0).passes
    assert Validation(8, 2).passes
    assert not Validation(7, 2).passes
