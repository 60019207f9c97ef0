"""Children that crash, hang, fill memory or are killed cost the call that they have in hand, and nothing else."""

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import psutil
import pytest

from photosort.errors import EnvironmentProblem, InputProblem, JobCancelled
from photosort.media.decode import decode
from photosort.sentences import Sentence
from photosort.threads import child_processes
from photosort.threads.child_processes import ChildDied, ChildProcesses, ChildTooSlow
from tests.fixtures import reading

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and signals")

LIMIT_BYTES = 512 * 1024**2


@pytest.fixture
def _files_read_here():
    """There are children here."""


@pytest.fixture
def children():
    with ChildProcesses("tests.fixtures.reading", limit_s=20, limit_bytes=LIMIT_BYTES) as made:
        yield made


def await_true(is_so, *, seconds: float = 10.0) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.01)


def has_ended(pid: int) -> bool:
    """Whether a process runs no more; it may stand in the list until somebody looks at how it ended."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_a_call_returns_what_the_function_returns_elsewhere(children):
    pid = children.call(os.getpid)
    assert pid != os.getpid()
    assert children.call(os.getpid) == pid  # the same child, as long as nobody else wants one
    for edge_px in (0, 260, 3000):  # more than the shared memory holds, too
        np.testing.assert_array_equal(
            children.call(reading.squares, edge_px), reading.squares(edge_px)
        )
    children.call(reading.squares, 100)[0, 0, 0] = 9  # writable, and nobody else's


def test_what_the_function_raises_is_raised_here(children, tmp_path):
    (tmp_path / "no.jpg").write_bytes(b"no picture")
    with pytest.raises(InputProblem) as raised:
        children.call(decode, tmp_path / "no.jpg", None, media="image")
    assert isinstance(raised.value.user_message, Sentence)
    with pytest.raises(RuntimeError, match="LookupError: of a decoder"):
        children.call(reading.fail)
    with pytest.raises(FileNotFoundError):
        children.call(os.stat, tmp_path / "gone")


@pytest.mark.parametrize("how", [reading.crash, reading.leave])
def test_a_call_that_ends_its_child_is_told_and_the_next_one_has_another(children, how):
    pid = children.call(os.getpid)
    with pytest.raises(ChildDied) as died:
        children.call(how)
    assert not died.value.was_killed
    assert children.call(os.getpid) != pid


def test_a_child_that_was_killed_is_no_fault_of_what_it_had_in_hand(children, tmp_path):
    assert children.call(reading.be_killed_once, tmp_path / "mark") == "done"
    with pytest.raises(ChildDied) as died:
        children.call(reading.be_killed)
    assert died.value.was_killed


def test_a_child_that_died_while_nobody_asked_it_is_nobodys_fault(children):
    pid = children.call(os.getpid)
    os.kill(pid, signal.SIGSEGV)
    await_true(lambda: has_ended(pid))
    assert children.call(len, "four") == 4


def test_of_two_in_hand_only_the_one_that_crashes_is_to_blame(children, tmp_path):
    is_down = tmp_path / "down"
    with ThreadPoolExecutor(2) as threads:
        other = threads.submit(children.call, reading.wait_for, is_down, "whole")
        with pytest.raises(ChildDied):
            children.call(reading.crash_after, is_down.with_suffix(".waiting"))
        is_down.touch()
        assert other.result() == "whole"


def test_a_call_that_hangs_is_ended_at_its_limit(tmp_path):
    with ChildProcesses("tests.fixtures.reading", limit_s=1.0, limit_bytes=LIMIT_BYTES) as children:
        children.call(len, "")
        with pytest.raises(ChildTooSlow):
            children.call(reading.hang, tmp_path / "pid")
        pid = int((tmp_path / "pid").read_text())
        await_true(lambda: has_ended(pid))
        assert children.call(len, "four") == 4


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits it")
def test_memory_above_the_limit_is_refused(children):
    assert children.call(reading.fill, LIMIT_BYTES // 2)
    with pytest.raises(MemoryError):
        children.call(reading.fill, LIMIT_BYTES)
    assert children.call(len, "four") == 4


def test_large_pictures_take_turns_and_waiting_costs_no_time(tmp_path):
    log = tmp_path / "log"
    with (
        ChildProcesses("tests.fixtures.reading", limit_s=2.0, limit_bytes=LIMIT_BYTES) as children,
        ThreadPoolExecutor(2) as threads,
    ):
        for done in [threads.submit(children.call, reading.alone, log, 1.2) for _ in range(2)]:
            done.result()
    first, second = sorted(tuple(map(float, line.split())) for line in log.read_text().splitlines())
    assert first[1] <= second[0]


def test_leaving_the_block_ends_what_runs(tmp_path):
    with ThreadPoolExecutor(1) as threads:
        with ChildProcesses(limit_s=60, limit_bytes=LIMIT_BYTES) as children:
            idle = children.call(os.getpid)
            running = threads.submit(children.call, reading.hang, tmp_path / "pid")
            await_true((tmp_path / "pid").exists)
        with pytest.raises(JobCancelled):
            running.result()
    for pid in (idle, int((tmp_path / "pid").read_text())):
        await_true(lambda pid=pid: has_ended(pid))
    with pytest.raises(JobCancelled):
        children.call(len, "")


def test_what_ends_a_terminal_or_a_session_is_left_to_the_parent(children):
    pid = children.call(os.getpid)
    fork_server = psutil.Process(pid).ppid()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        os.kill(pid, number)
        os.kill(fork_server, number)
    assert os.getpgid(pid) != os.getpgrp()
    assert children.call(os.getpid) == pid


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere its children outlive it")
def test_where_the_fork_server_was_killed_there_is_another(children, tmp_path):
    with ThreadPoolExecutor(1) as threads:
        is_there = tmp_path / "there"
        running = threads.submit(children.call, reading.wait_for, is_there, "whole")
        await_true(is_there.with_suffix(".waiting").exists)
        idle = children.call(os.getpid)
        os.kill(psutil.Process(idle).ppid(), signal.SIGKILL)
        await_true(lambda: has_ended(idle))
        is_there.touch()
        assert running.result() == "whole"
    assert children.call(len, "four") == 4


def test_children_that_do_not_start_are_told_in_a_sentence(monkeypatch):
    too_little = ChildProcesses(limit_s=60, limit_bytes=4096)
    with too_little, pytest.raises(EnvironmentProblem, match="cannot be started"):
        too_little.call(len, "")
    monkeypatch.setattr(child_processes, "_command", lambda: [sys.executable, "-c", "exit(1)"])
    no_fork_server = ChildProcesses(limit_s=60, limit_bytes=LIMIT_BYTES)
    with no_fork_server, pytest.raises(EnvironmentProblem, match="cannot be started"):
        no_fork_server.call(len, "")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits it")
def test_a_limit_of_the_users_own_stays(monkeypatch):
    command = ["bash", "-c", f'ulimit -v {LIMIT_BYTES // 1024}; exec "$@"', "-"]
    command += child_processes._command()
    monkeypatch.setattr(child_processes, "_command", lambda: command)
    with ChildProcesses(limit_s=60, limit_bytes=2 * LIMIT_BYTES) as limited:
        assert limited.call(len, "four") == 4
        with pytest.raises(MemoryError):
            limited.call(reading.fill, LIMIT_BYTES)


def test_no_thread_and_no_descriptor_is_left():
    process, threads = psutil.Process(), threading.active_count()
    before = process.num_fds()
    with ChildProcesses(limit_s=60, limit_bytes=LIMIT_BYTES) as children:
        children.call(len, "")
        with pytest.raises(ChildDied):
            children.call(reading.crash)
    assert (process.num_fds(), threading.active_count()) == (before, threads)


PARENT = """
import sys, os
from pathlib import Path
from threading import Thread
from photosort.threads.child_processes import ChildProcesses
from tests.fixtures import reading
with ChildProcesses(limit_s=60, limit_bytes=1 << 30) as children:
    print(children.call(os.getppid), flush=True)
    Thread(target=children.call, args=(reading.hang, Path(sys.argv[1])), daemon=True).start()
    children.call(reading.hang, Path(sys.argv[2]))
"""


def test_children_end_with_a_parent_that_is_killed_whatever_they_do(tmp_path):
    hanging = [tmp_path / "a", tmp_path / "b"]
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, *hanging], stdout=subprocess.PIPE, cwd=Path.cwd()
    ) as parent:
        assert parent.stdout is not None
        fork_server = int(parent.stdout.readline())
        await_true(lambda: all(path.exists() for path in hanging))
        pids = [fork_server, *(int(path.read_text()) for path in hanging)]
        assert not any(map(has_ended, pids))
        parent.kill()
    await_true(lambda: all(map(has_ended, pids)))
