from __future__ import annotations

import gc
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from photosort.errors import EnvironmentProblem, JobCancelled
from photosort.gui.base import runner as room
from photosort.gui.base.runner import Runner
from photosort.progress import Job, Progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def lane() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as made:
        yield made


@pytest.fixture
def runner(qapp: object) -> Iterator[Runner]:
    made = Runner()
    yield made
    made.close()


def test_a_result_comes_back_on_the_windows_thread(
    runner: Runner, lane: ThreadPoolExecutor, qtbot: QtBot
) -> None:
    seen: list[tuple[int, bool, bool]] = []
    runner.run(
        lane,
        lambda _: threading.get_ident(),
        lambda ident: seen.append(
            (
                1,
                ident != threading.get_ident(),
                threading.current_thread() is threading.main_thread(),
            )
        ),
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(1, True, True)]


def test_many_results_wake_the_window_few_times(
    runner: Runner, lane: ThreadPoolExecutor, qtbot: QtBot
) -> None:
    wakes: list[bool] = []
    results: list[int] = []
    runner._woken.connect(lambda: wakes.append(True))
    go = threading.Event()
    runner.run(lane, lambda _: go.wait(10))
    last = [runner.run(lane, lambda _, i=i: i, results.append) for i in range(2000)][-1]
    go.set()
    lane.submit(lambda: None).result()
    assert not last.is_cancelled
    qtbot.waitUntil(lambda: len(results) == 2000)
    assert results == list(range(2000))
    assert len(wakes) < 200


def test_events_are_heard_between_slow_answers(
    runner: Runner, lane: ThreadPoolExecutor, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "BUDGET_S", 0.0)
    order: list[str] = []
    for i in range(3):
        runner.run(lane, lambda _: None, lambda _, i=i: order.append(f"answer {i}"))
    lane.submit(lambda: None).result()
    QTimer.singleShot(0, lambda: order.append("event"))
    qtbot.waitUntil(lambda: len(order) == 4)
    assert order.index("event") < 3


def test_only_the_newest_is_answered(
    runner: Runner, lane: ThreadPoolExecutor, qtbot: QtBot
) -> None:
    answered: list[str] = []
    ran: list[str] = []
    go = threading.Event()

    def search(text: str) -> object:
        def work(_: Job) -> str:
            ran.append(text)
            go.wait(10)
            return text

        return runner.latest("search", lane, work, answered.append)

    search("b")
    qtbot.waitUntil(lambda: ran == ["b"])
    search("be")
    search("bea")
    go.set()
    qtbot.waitUntil(lambda: bool(answered))
    assert answered == ["bea"]
    assert ran == ["b", "bea"], "what waits and is superseded never runs"


def test_another_key_is_not_superseded(
    runner: Runner, lane: ThreadPoolExecutor, qtbot: QtBot
) -> None:
    answered: list[str] = []
    runner.latest("search", lane, lambda _: "search", answered.append)
    runner.latest("details", lane, lambda _: "details", answered.append)
    qtbot.waitUntil(lambda: len(answered) == 2)


def test_an_expected_failure_is_told_in_a_sentence(
    runner: Runner, lane: ThreadPoolExecutor, qtbot: QtBot
) -> None:
    def work(_: Job) -> None:
        raise EnvironmentProblem("The disk is full.", "ENOSPC")

    with qtbot.waitSignal(runner.failed) as told:
        runner.run(lane, work)
    assert told.args is not None
    assert told.args[0].user_message == "The disk is full."
    assert told.args[0].detail == "ENOSPC"


@pytest.mark.expects_warnings
def test_a_bug_reaches_the_crash_dialog_and_the_log(
    runner: Runner, lane: ThreadPoolExecutor, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    with qtbot.waitSignal(runner.crashed) as told:
        runner.run(lane, lambda _: 1 // 0)
    assert told.args is not None
    assert "ZeroDivisionError" in told.args[0]
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.expects_warnings
def test_a_bug_in_an_answer_does_not_silence_the_others(
    runner: Runner, lane: ThreadPoolExecutor, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[int] = []
    with qtbot.waitSignal(runner.crashed):
        runner.run(lane, lambda _: 1, lambda _: 1 // 0)
        runner.run(lane, lambda _: 2, heard.append)
    qtbot.waitUntil(lambda: heard == [2])


def test_who_asked_may_deal_with_a_failure(
    runner: Runner, lane: ThreadPoolExecutor, qtbot: QtBot
) -> None:
    told: list[object] = []
    own: list[Exception] = []
    runner.failed.connect(told.append)

    def work(_: Job) -> None:
        raise EnvironmentProblem("Locked.")

    def deal(error: Exception) -> bool:
        own.append(error)
        return True

    runner.run(lane, work, failed=deal)
    qtbot.waitUntil(lambda: bool(own))
    assert told == []


def test_cancelling_is_silent_but_finishes(
    runner: Runner, lane: ThreadPoolExecutor, qtbot: QtBot
) -> None:
    told: list[object] = []
    runner.failed.connect(told.append)
    runner.crashed.connect(told.append)
    started, ended, results = threading.Event(), [], []

    def work(job: Job) -> int:
        started.set()
        while True:
            job.check()

    job = runner.run(lane, work, results.append, finished=lambda: ended.append(True))
    assert started.wait(10)
    job.cancel()
    qtbot.waitUntil(lambda: ended == [True])
    assert told == []
    assert results == []


def test_a_result_that_comes_after_the_cancel_is_dropped(
    runner: Runner, lane: ThreadPoolExecutor, qtbot: QtBot
) -> None:
    results: list[int] = []
    ended: list[bool] = []
    job = runner.run(lane, lambda _: 1, results.append, finished=lambda: ended.append(True))
    lane.submit(lambda: None).result()
    job.cancel()
    qtbot.waitUntil(lambda: bool(ended))
    assert results == []


def test_nobody_is_told_once_the_owner_is_gone(
    runner: Runner, lane: ThreadPoolExecutor, qtbot: QtBot
) -> None:
    owner = QObject()
    results: list[int] = []
    other: list[int] = []
    runner.run(lane, lambda _: 1, results.append, owner=owner)
    lane.submit(lambda: None).result()
    delete(owner)
    runner.run(lane, lambda _: 2, other.append)
    qtbot.waitUntil(lambda: other == [2])
    assert results == []


def test_progress_is_polled_not_pushed(
    runner: Runner, lane: ThreadPoolExecutor, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    polled = threading.Event()
    job = Job()

    def tell(progress: Progress) -> None:
        seen.append(progress.done)
        polled.set()

    def work(handle: Job) -> None:
        for i in range(5000):
            handle.progress = Progress("Reading", done=i + 1)
        polled.wait(10)

    runner.watch(job, tell, owner=runner)
    runner.run(lane, work, job=job)
    qtbot.waitUntil(lambda: not runner._poll.isActive())
    assert seen[-1] == 5000
    assert len(seen) < 50


def test_the_end_of_a_job_is_told_even_between_polls(
    runner: Runner, lane: ThreadPoolExecutor, qtbot: QtBot
) -> None:
    seen: list[int] = []
    job = Job()
    runner.watch(job, lambda progress: seen.append(progress.done), owner=runner)

    def work(handle: Job) -> None:
        handle.progress = Progress("Reading", done=7)

    runner.run(lane, work, job=job)
    qtbot.waitUntil(lambda: seen[-1:] == [7])


def test_the_result_is_the_last_word(
    runner: Runner, lane: ThreadPoolExecutor, qtbot: QtBot
) -> None:
    heard: list[str] = []
    job = Job()
    runner.watch(job, lambda progress: heard.append(f"{progress.done} of 7"), owner=runner)

    def work(handle: Job) -> str:
        handle.progress = Progress("Copying photos", done=7)
        return "7 exported"

    runner.run(lane, work, heard.append, finished=lambda: heard.append("end"), job=job)
    qtbot.waitUntil(lambda: "end" in heard)
    assert heard[-3:] == ["7 of 7", "7 exported", "end"]


def test_nobody_hears_of_progress_when_the_owner_is_gone(
    runner: Runner, lane: ThreadPoolExecutor, qtbot: QtBot
) -> None:
    owner = QObject()
    seen: list[Progress] = []
    ended: list[str] = []
    job = Job()
    runner.watch(job, seen.append, owner=owner)
    delete(owner)

    def work(handle: Job) -> None:
        handle.progress = Progress("Reading", done=7)

    runner.run(lane, work, finished=lambda: ended.append("end"), job=job)
    qtbot.waitUntil(lambda: ended == ["end"])
    assert not seen
    assert not runner._poll.isActive()


def test_closing_cancels_and_silences(runner: Runner, lane: ThreadPoolExecutor) -> None:
    heard: list[object] = []
    cancelled = threading.Event()

    def work(job: Job) -> None:
        try:
            while True:
                job.check()
        except JobCancelled:
            cancelled.set()
            raise

    runner.run(lane, work, heard.append, finished=lambda: heard.append("end"))
    runner.run(lane, lambda _: 2, heard.append)
    runner.close()
    assert cancelled.wait(10)
    lane.submit(lambda: None).result()
    runner.run(lane, lambda _: 3, heard.append)
    QApplication.processEvents()
    assert heard == []


class _Cycle:
    """Holds an object of Qt's and itself, so that only a search for cycles lets it go."""

    def __init__(self, held: QObject) -> None:
        self.held, self.itself = held, self


def _make_cycle(threads: list[int]) -> None:
    held = QObject()
    held.destroyed.connect(
        lambda: threads.append(threading.get_ident()), Qt.ConnectionType.DirectConnection
    )
    _Cycle(held)


def test_no_other_thread_deletes_what_lies_in_a_cycle(
    lane: ThreadPoolExecutor, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "_GARBAGE_MS", 10)
    before = gc.get_threshold()
    threads: list[int] = []
    runner = Runner()
    try:
        gc.set_threshold(100, 1, 1)
        _make_cycle(threads)
        made = lane.submit(lambda: [[number] for number in range(20_000)])
        assert len(made.result()) == 20_000
        assert threads == []
        qtbot.waitUntil(lambda: bool(threads))
    finally:
        gc.set_threshold(*before)
        runner.close()
    assert threads == [threading.get_ident()]
    assert gc.isenabled()
