import gc
import platform
import sys

import pytest

from photosort.threads import process_tuning


@pytest.fixture(autouse=True)
def _as_before():
    before, thresholds = sys.getswitchinterval(), gc.get_threshold()
    process_tuning.tune_process.cache_clear()
    yield
    gc.set_threshold(*thresholds)
    process_tuning.tune_process.cache_clear()
    sys.setswitchinterval(before)


def test_threads_change_over_within_a_millisecond():
    sys.setswitchinterval(0.005)
    process_tuning.tune_process()
    assert sys.getswitchinterval() <= 0.001


def test_where_there_is_no_glibc_its_memory_is_left_alone(monkeypatch):
    monkeypatch.setattr(platform, "libc_ver", lambda: ("", ""))
    monkeypatch.setattr(process_tuning.ctypes, "CDLL", lambda name: pytest.fail("no such library"))
    process_tuning.tune_process()
    process_tuning.release_memory()
    assert sys.getswitchinterval() <= 0.001


def test_what_has_come_to_stay_is_passed_over_by_the_search_for_garbage():
    kept = {"a": []}
    try:
        process_tuning.finish_start()
        assert gc.get_freeze_count() > 0
        assert not any(one is kept for one in gc.get_objects())
    finally:
        gc.unfreeze()
    assert any(one is kept for one in gc.get_objects())


def test_memory_is_given_back(monkeypatch):
    asked = []

    class Library:
        def malloc_trim(self, kept_bytes):
            asked.append(kept_bytes)

    monkeypatch.setattr(platform, "libc_ver", lambda: ("glibc", "2.36"))
    monkeypatch.setattr(process_tuning.ctypes, "CDLL", lambda name: Library())
    process_tuning.release_memory()
    assert asked == [0]


@pytest.mark.parametrize(
    ("counts", "searched"),
    [((20_000, 20, 10), []), ((20_001, 0, 0), [0]), ((5, 21, 0), [1]), ((30_000, 21, 11), [2])],
)
def test_garbage_is_searched_for_as_python_would(monkeypatch, counts, searched):
    process_tuning.tune_process()
    found = []
    monkeypatch.setattr(process_tuning.gc, "get_count", lambda: counts)
    monkeypatch.setattr(process_tuning.gc, "collect", found.append)
    process_tuning.collect_garbage()
    assert found == searched
