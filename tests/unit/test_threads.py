import platform
import sys

import pytest

from photosort import threads


@pytest.fixture(autouse=True)
def _as_before():
    before = sys.getswitchinterval()
    threads.prepare.cache_clear()
    yield
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
    assert sys.getswitchinterval() <= 0.001
