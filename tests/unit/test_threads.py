import gc
import platform
import sys

import pytest

from photosort import threads


@pytest.fixture(autouse=True)
def _as_before():
    before, thresholds = sys.getswitchinterval(), gc.get_threshold()
    threads.prepare.cache_clear()
    yield
    gc.set_threshold(*thresholds)
    threads.prepare.cache_clear()
    sys.setswitchinterval(before)


def test_threads_change_over_within_a_millisecond():
    sys.setswitchinterval(0.005)
    threads.prepare()
    assert sys.getswitchinterval() <= 0.001


def test_where_there_is_no_glibc_its_memory_is_left_alone(monkeypatch):
    monkeypatch.setattr(platform, "libc_ver", lambda: ("", ""))
    monkeypatch.setattr(threads.ctypes, "CDLL", lambda name: pytest.fail("no such library"))
    threads.prepare()
    threads.give_back()
    assert sys.getswitchinterval() <= 0.001


def test_what_has_come_to_stay_is_passed_over_by_the_search_for_garbage():
    kept = {"a": []}
    try:
        threads.settle()
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
    monkeypatch.setattr(threads.ctypes, "CDLL", lambda name: Library())
    threads.give_back()
    assert asked == [0]
