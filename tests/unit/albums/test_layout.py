from __future__ import annotations

import numpy as np
import pytest

from photosort.albums.layout import NEIGHBOURS, beside_neighbours, laid_out
from photosort.albums.neighbours import nearest


def unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def groups(count: int = 40) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    centres = unit(rng.standard_normal((5, 32)))
    truth = np.repeat(np.arange(5), count)
    return unit(centres[truth] + 0.6 * unit(rng.standard_normal((len(truth), 32)))), truth


def test_what_is_alike_lies_together() -> None:
    rows, truth = groups()
    places = laid_out(rows, nearest(rows, NEIGHBOURS)[0])
    apart = ((places[:, None] - places[None]) ** 2).sum(axis=2)
    np.fill_diagonal(apart, np.inf)
    closest = apart.argsort(axis=1)[:, :5]
    assert (truth[closest] == truth[:, None]).mean() > 0.95
    assert places.min() >= 0
    assert places.max() <= 1


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_few_photos(count: int) -> None:
    rows = (
        unit(np.random.default_rng(0).standard_normal((count, 8)))
        if count
        else np.zeros((0, 8), np.float32)
    )
    places = laid_out(rows, nearest(rows, NEIGHBOURS)[0])
    assert places.shape == (count, 2)
    assert np.isfinite(places).all()


def test_a_thousand_copies_have_places() -> None:
    rows = unit(np.tile(np.random.default_rng(0).standard_normal((1, 8)), (1000, 1)))
    assert np.isfinite(laid_out(rows, nearest(rows, NEIGHBOURS)[0])).all()


def test_new_photos_come_beside_those_they_look_like() -> None:
    rows, truth = groups()
    places = laid_out(rows, nearest(rows, NEIGHBOURS)[0])
    around, _ = nearest(rows[3:], 5, queries=rows[:3])
    new = beside_neighbours(around, places[3:])
    middle = np.median(places[truth == 0], axis=0)
    assert np.abs(new - middle).max() < 0.35
