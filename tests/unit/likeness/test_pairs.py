import numpy as np

from photosort.albums.neighbours import nearest
from photosort.likeness.pairs import Joining, joined, near_pairs


def unit(rows):
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def test_each_pair_of_near_rows_comes_once_and_the_nearest_first():
    rng = np.random.default_rng(3)
    rows = rng.standard_normal((40, 16))
    rows[20:] = rows[:20] + 0.1 * rng.standard_normal((20, 16))
    rows = unit(rows)
    products = rows @ rows.T
    wanted = {(i, j) for i, j in np.argwhere(products >= 0.5).tolist() if i < j}
    found = near_pairs(*nearest(rows, 39), least=0.5)
    assert sorted(map(tuple, found.tolist())) == sorted(wanted)
    assert len(found) >= 20
    assert (np.diff(products[found[:, 0], found[:, 1]]) <= 1e-5).all()


def test_a_row_has_only_its_nearest_partners():
    rows = unit(np.random.default_rng(4).standard_normal((30, 4)))
    products = rows @ rows.T
    np.fill_diagonal(products, -1)
    found = near_pairs(*nearest(rows, 2), least=-1.0)
    best = np.argsort(-products, axis=1)[:, :2]
    wanted = {tuple(sorted((i, j))) for i in range(30) for j in best[i].tolist()}
    assert {tuple(pair) for pair in found.tolist()} == wanted


def test_no_rows_have_no_pairs():
    nothing = nearest(np.zeros((0, 8), dtype=np.float32), 5)
    assert near_pairs(*nothing, least=0.9).shape == (0, 2)
    assert joined(np.zeros((0, 2), dtype=np.intp), 0) == []


def test_rows_are_joined_through_others():
    joining = Joining()
    for pair in ((1, 2), (3, 4), (2, 3), (7, 8)):
        joining.join(*pair)
    assert joining.are_joined(1, 4)
    assert not joining.are_joined(1, 7)
    assert not joining.are_joined(1, 99)
    assert joining.are_joined(5, 5)


def test_pairs_that_share_a_row_are_one_group():
    groups = joined(np.array([[5, 2], [2, 9], [1, 3]]), 10)
    assert [group.tolist() for group in groups] == [[1, 3], [2, 5, 9]]
