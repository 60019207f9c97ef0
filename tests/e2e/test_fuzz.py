"""Damaged files and texts of others give a sentence, never an error of the program's, a hang or a crash."""

import subprocess
import sys

import pytest


@pytest.mark.skipif(sys.platform == "win32", reason="needs an alarm clock")
def test_five_hundred_damaged_inputs_are_told_in_sentences() -> None:
    # In a process of its own, which a decoder may take down.
    done = subprocess.run(
        [sys.executable, "-m", "tests.e2e.fuzz", "--runs", "500"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
