import sys
import threading

import pytest

from photosort.progress import Job
from photosort.threads.lanes import new_lane
from photosort.usecases.indexing import index_run
from photosort.usecases.session import power, session
from photosort.usecases.session.session import Session


class Battery:
    def __init__(self, power_plugged):
        self.power_plugged = power_plugged


@pytest.mark.parametrize(
    ("battery", "expected"),
    [(None, False), (Battery(True), False), (Battery(None), False), (Battery(False), True)],
)
def test_a_battery_counts_while_it_is_not_charged(monkeypatch, battery, expected):
    monkeypatch.setattr("psutil.sensors_battery", lambda: battery, raising=False)
    assert power.on_battery() is expected


def test_a_machine_that_tells_nothing_has_no_battery(monkeypatch):
    def fail():
        raise NotImplementedError

    monkeypatch.setattr("psutil.sensors_battery", fail, raising=False)
    assert power.on_battery() is False


@pytest.mark.parametrize(
    ("actor", "on_battery", "alone"),
    [("window", True, True), ("window", False, False), ("command", True, False)],
)
def test_the_window_reads_with_one_thread_on_battery(places, monkeypatch, actor, on_battery, alone):
    monkeypatch.setattr(session, "on_battery", lambda: on_battery)
    monkeypatch.setattr(session, "cores", lambda: 4)
    opened = Session(places, actor=actor)
    try:
        with opened.reading_lane() as (executor, threads):
            assert (executor is not opened.lanes.decode) is alone
            assert threads == (1 if alone else 4)
    finally:
        opened.close()


def test_a_run_on_battery_finds_the_same(session, add, monkeypatch, named):
    monkeypatch.setattr("photosort.usecases.session.session.on_battery", lambda: True)
    session.actor = "window"
    folder = add("red", "a.jpg", "b.jpg", "c.jpg")
    summary = index_run.index(session, [str(folder)], job=Job())
    assert (summary.photos, summary.unreadable) == (3, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a priority for each thread")
def test_a_lane_that_steps_back_leaves_the_others_alone():
    import os

    def niceness():
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    with new_lane("plain") as plain, new_lane("quiet", low_priority=True) as quiet:
        before = plain.submit(niceness).result()
        assert quiet.submit(niceness).result() > before
        assert plain.submit(niceness).result() == before
