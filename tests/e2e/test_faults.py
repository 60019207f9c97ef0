"""Killed at any moment, nothing that was decided is lost, and the next start leaves everything whole."""

import json
import os
import subprocess
import sys

import pytest

from tests.e2e.faults.register import writers

# What a library of ten photos never comes to.
BEYOND = {
    ("indexing/index_run.py", "_complete_hashes"),  # videos and raw files of one size
    # They fill the system's wastebasket, which the harness leaves alone.
    ("photos/trash.py", "trash"),
    ("photos/trash.py", "_move"),
    ("photos/trash.py", "_bring_back"),
    ("photos/trash.py", "_put_back_beside"),
    ("undoing.py", "_move_files"),
    ("models/embedding_spaces.py", "_use_logistic"),  # 250 photos that two models have seen
}

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and kill")


def test_forty_kills_of_every_use_case_that_writes_lose_nothing() -> None:
    # In a process of its own: the harness forks, which threads of other tests would not survive.
    done = subprocess.run(
        [sys.executable, "-m", "tests.e2e.faults", "--kills", "40"],
        capture_output=True,
        text=True,
        check=False,
        # Threads of numerical libraries do not survive forking either.
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
    )
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert rows, done.stderr
    seen = {(module, name) for module, name in rows[0]["seen"]}
    assert sorted(writers() - seen - BEYOND) == [], "add a step in tests/e2e/faults/scenarios.py"
    assert sorted(BEYOND - writers()) == []
    assert [row for row in rows[1:] if row["faults"]] == [], done.stderr
    assert len(rows) > 30
