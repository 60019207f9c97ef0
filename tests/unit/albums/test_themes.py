from __future__ import annotations

import numpy as np
import pytest
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from photosort.albums.linkage import join
from photosort.albums.neighbours import nearest
from photosort.albums.themes import Theme, fewest, find_themes, join_new, joined_by_word, typical

DIM = 48


def unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def clustered(sizes: list[int], *, loose: int = 0, spread: float = 0.7, seed: int = 0) -> tuple:
    """Unit vectors around centres and some that belong nowhere; the group of each, -1 for none."""
    rng = np.random.default_rng(seed)
    centres = unit(rng.standard_normal((len(sizes), DIM)))
    truth = np.concatenate([np.repeat(np.arange(len(sizes)), sizes), np.full(loose, -1)])
    noise = unit(rng.standard_normal((len(truth), DIM)))
    rows = np.where(truth[:, None] >= 0, centres[truth] + spread * noise, noise)
    return unit(rows), truth


def leaves(themes: list[Theme]) -> list[set[int]]:
    held = {theme.parent for theme in themes}
    return [set(theme.rows.tolist()) for place, theme in enumerate(themes) if place not in held]


@pytest.mark.parametrize(("count", "k"), [(50, 5), (700, 20), (1300, 3)])
def test_the_nearest_are_those_of_all_products(count: int, k: int) -> None:
    rows = unit(np.random.default_rng(1).standard_normal((count, 16)))
    places, cosines = nearest(rows, k)
    products = rows @ rows.T
    np.fill_diagonal(products, -np.inf)
    expected = np.sort(products, axis=1)[:, -k:]
    np.testing.assert_allclose(np.sort(cosines, axis=1), expected, atol=1e-6)
    np.testing.assert_allclose(np.take_along_axis(products, places, 1), cosines, atol=1e-6)


def test_the_nearest_of_few() -> None:
    assert nearest(np.zeros((0, 4), np.float32), 5)[0].shape == (0, 0)
    assert nearest(np.ones((1, 4), np.float32), 5)[0].shape == (1, 0)
    assert nearest(np.eye(3, dtype=np.float32), 5)[0].shape == (3, 2)


def test_joining_is_average_linkage() -> None:
    rows, _ = clustered([20, 15, 10, 8], loose=15)
    distances = 1 - rows @ rows.T
    np.fill_diagonal(distances, 0)
    tree = linkage(squareform(distances, checks=False), "average")
    expected = fcluster(tree, 1 - 0.3, "distance")
    found = join(rows, np.ones(len(rows), np.int64), None, 0.3)
    same = expected[:, None] == expected[None]
    np.testing.assert_array_equal(found[:, None] == found[None], same)


def test_groups_are_found_with_their_number_and_strangers_stay_out() -> None:
    rows, truth = clustered([60, 40, 30, 20, 15, 10], loose=60)
    found = leaves(find_themes(rows, rows))
    assert len(found) == 6
    for group in range(6):
        members = set(np.flatnonzero(truth == group).tolist())
        assert max(len(members & one) / len(members | one) for one in found) >= 0.9


def test_the_order_of_the_photos_does_not_matter() -> None:
    rows, _ = clustered([30, 20, 10], loose=20)
    order = np.random.default_rng(3).permutation(len(rows))
    straight = {frozenset(one) for one in leaves(find_themes(rows, rows))}
    mixed = {
        frozenset(order[list(one)].tolist())
        for one in leaves(find_themes(rows[order], rows[order]))
    }
    assert straight == mixed


def test_groups_of_one_meaning_are_a_family() -> None:
    rows, truth = clustered([15, 15, 15, 15])
    meanings, _ = clustered([30, 30], seed=5, spread=0.3)
    themes = find_themes(rows, meanings)
    families = [theme for theme in themes if theme.parent is None]
    assert [len(family.rows) for family in families] == [30, 30]
    assert sum(theme.parent is not None for theme in themes) == 4
    assert set(truth[families[0].rows].tolist()) in ({0, 1}, {2, 3})


@pytest.mark.parametrize("count", [0, 1, 2])
def test_too_few_photos(count: int) -> None:
    rows = (
        unit(np.random.default_rng(0).standard_normal((count, DIM)))
        if count
        else np.zeros((0, DIM), np.float32)
    )
    assert find_themes(rows, rows) == []


def test_a_thousand_copies_are_no_theme() -> None:
    rows = unit(np.tile(np.random.default_rng(0).standard_normal((1, DIM)), (1000, 1)))
    assert find_themes(rows, rows) == []


def test_what_has_nothing_in_common_makes_no_themes() -> None:
    rows = unit(np.random.default_rng(0).standard_normal((400, DIM)))
    assert sum(len(one) for one in leaves(find_themes(rows, rows))) < 80


def test_new_photos_join_their_theme_or_make_one() -> None:
    rows, truth = clustered([40, 30, 12], loose=30)
    groups = [np.flatnonzero(truth == group) for group in (0, 1)]
    fresh = np.concatenate([groups[0][-4:], groups[1][-3:], np.flatnonzero(truth == 2)])
    groups = [group[: -(4 - place)] for place, group in enumerate(groups)]
    joined, new = join_new(rows, groups, fresh, np.flatnonzero(truth == -1))
    assert joined[:7].tolist() == [0] * 4 + [1] * 3
    assert [set(truth[one].tolist()) for one in new] == [{2}]


def test_the_typical_photo_stands_first() -> None:
    rows, _ = clustered([20])
    far = unit(np.random.default_rng(9).standard_normal((1, DIM)))
    ordered = typical(np.concatenate([rows, far]), np.arange(21))
    assert ordered[-1] == 20


def test_a_theme_of_a_large_library_needs_more_photos() -> None:
    assert fewest(100) == 3
    assert fewest(100_000) > 20


def test_groups_of_one_holder_that_are_called_alike_are_one() -> None:
    family, collies, terriers, cats, alone = map(
        np.array, ([*range(9)], [0, 1], [2, 3], [4, 5, 6], [10, 11])
    )
    rows, parents = joined_by_word(
        [family, collies, terriers, cats, alone],
        [None, 0, 0, 0, None],
        ["", "dog", "dog", "cat", "dog"],
    )
    assert [group.tolist() for group in rows] == [[*range(9)], [0, 1, 2, 3], [4, 5, 6], [10, 11]]
    assert parents == [None, 0, 0, None]


def test_what_is_called_like_its_holder_is_no_group_of_its_own() -> None:
    rows, parents = joined_by_word(
        [np.arange(9), np.arange(5), np.arange(3), np.array([3, 4])],
        [None, 0, 1, 1],
        ["dog", "dog", "puppy", ""],
    )
    assert [group.tolist() for group in rows] == [[*range(9)], [0, 1, 2], [3, 4]]
    assert parents == [None, 0, 0]


def test_groups_that_no_word_tells_stay_apart() -> None:
    rows, parents = joined_by_word(
        [np.arange(4), np.arange(2), np.arange(2, 4)], [None, 0, 0], ["", "", ""]
    )
    assert (len(rows), parents) == (3, [None, 0, 0])
