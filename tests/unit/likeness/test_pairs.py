import numpy as np
import pytest

from photosort.likeness import pairs
from photosort.likeness.pairs import Joining, joined, near_pairs


def unit(rows):
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float16)


def brute(matrix, least):
    products = matrix.astype(np.float32) @ matrix.astype(np.float32).T
    return {(i, j) for i, j in np.argwhere(products >= least).tolist() if i < j}


@pytest.fixture
def matrix():
    rng = np.random.default_rng(3)
    rows = rng.standard_normal((40, 16))
    rows[20:] = rows[:20] + 0.1 * rng.standard_normal((20, 16))
    return unit(rows)


def test_pairs_are_those_above_the_least_product_across_blocks(matrix, monkeypatch):
    monkeypatch.setattr(pairs, "_BLOCK_ROWS", 7)
    found = near_pairs(matrix, least=0.9, most=100)
    assert {tuple(pair) for pair in found.tolist()} == brute(matrix, 0.9)
    assert len(found) >= 20


def test_the_nearest_pairs_come_first(matrix, monkeypatch):
    monkeypatch.setattr(pairs, "_BLOCK_ROWS", 7)
    first, second = near_pairs(matrix, least=0.5, most=100).T
    rows = matrix.astype(np.float32)
    products = (rows[first] * rows[second]).sum(axis=1)
    assert (np.diff(products) <= 1e-5).all()


def test_rows_are_joined_through_others():
    joining = Joining()
    for pair in ((1, 2), (3, 4), (2, 3), (7, 8)):
        joining.join(*pair)
    assert joining.are_joined(1, 4)
    assert not joining.are_joined(1, 7)
    assert not joining.are_joined(1, 99)
    assert joining.are_joined(5, 5)


def test_many_alike_rows_make_no_more_pairs_than_allowed():
    same = unit(np.ones((200, 8)))
    assert len(near_pairs(same, least=0.9, most=5)) <= 200 * 5


def test_it_can_be_stopped(matrix):
    def stop(done):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        near_pairs(matrix, least=0.9, most=5, check=stop)


def test_an_empty_library_has_no_pairs():
    assert near_pairs(np.zeros((0, 8), dtype=np.float16), least=0.9, most=5).shape == (0, 2)
    assert joined(np.zeros((0, 2), dtype=np.intp), 0) == []


def test_pairs_that_share_a_row_are_one_group():
    groups = joined(np.array([[5, 2], [2, 9], [1, 3]]), 10)
    assert [group.tolist() for group in groups] == [[1, 3], [2, 5, 9]]
