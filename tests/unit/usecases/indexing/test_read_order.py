import numpy as np

from photosort.usecases.indexing.read_order import WorkList, spread


def test_the_sample_meets_every_folder_and_every_year():
    rng = np.random.default_rng(1)
    years = rng.integers(0, 10, 5000)
    folders = rng.integers(0, 8, 5000)
    order = spread(years * 365 * 86_400_000, folders, sample=200)
    assert sorted(order) == list(range(5000))
    assert set(years[order[:200]]) == set(range(10))
    assert set(folders[order[:200]]) == set(range(8))


def test_after_the_sample_it_goes_from_new_to_old():
    taken = np.arange(1000)
    order = spread(taken, np.zeros(1000, dtype=np.int64), sample=10)
    assert list(order[10:]) == sorted(order[10:], reverse=True)


def test_few_photos_come_newest_first():
    assert list(spread(np.array([5, 9, 7]), np.zeros(3, dtype=np.int64))) == [1, 2, 0]


def test_what_is_looked_at_comes_next_and_nothing_comes_twice():
    work = WorkList([1, 2, 3, 4, 5, 6])
    keys = iter(work)
    assert next(keys) == 1
    work.prioritise([5, 1, 4])
    assert [next(keys), next(keys)] == [5, 4]
    work.prioritise([99])
    assert list(keys) == [2, 3, 6]
    assert len(work) == 0
