import os
import subprocess
import sys
import threading
import time

import pytest

from photosort.errors import EnvironmentProblem
from photosort.store.db import leases
from photosort.store.db.database import Store

HOLD = """
import sys
from pathlib import Path
from photosort.store.db import leases
with leases.hold(Path(sys.argv[1]), "index"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(library):
    """Another process that holds the lease until its input ends."""
    Store.open(library).close()
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(library)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_a_second_process_hears_who_has_it(library, holder):
    with (
        pytest.raises(EnvironmentProblem, match=rf"process {holder.pid}, started .* indexing"),
        leases.hold(library, "index"),
    ):
        pytest.fail("two processes hold one lease")


def test_another_lease_is_free(library, holder):
    with leases.hold(library, "rebuild"):
        assert holder.poll() is None


def test_a_killed_holder_loses_it_at_once(library, holder):
    holder.kill()
    holder.wait()
    with leases.hold(library, "index"), Store.open(library) as store:
        assert store.value("SELECT pid FROM leases") == os.getpid()


def test_it_is_given_back_after_an_error(library):
    Store.open(library).close()
    with pytest.raises(ZeroDivisionError), leases.hold(library, "index"):
        raise ZeroDivisionError
    with Store.open(library) as store:
        assert store.rows("SELECT * FROM leases") == []


def test_the_same_process_cannot_hold_it_twice(library):
    Store.open(library).close()
    with (
        leases.hold(library, "index"),
        pytest.raises(EnvironmentProblem, match="indexing"),
        leases.hold(library, "index"),
    ):
        pytest.fail("held twice")


def test_the_heartbeat_is_renewed(library, monkeypatch):
    Store.open(library).close()
    monkeypatch.setattr(leases, "HEARTBEAT_S", 0.01)
    with leases.hold(library, "index"), Store.open(library) as store:
        first = store.value("SELECT heartbeat FROM leases")
        deadline = time.monotonic() + 20
        while store.value("SELECT heartbeat FROM leases") == first:
            assert time.monotonic() < deadline, "the heartbeat stands still"
            threading.Event().wait(0.01)
        assert store.value("SELECT heartbeat FROM leases") > first
