"""The journey that a screen reader makes, where an X server and AT-SPI are installed."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ABSENT = 77


@pytest.mark.slow
def test_start_search_confirm_undo_export_by_what_a_screen_reader_sees():
    made = subprocess.run(
        [sys.executable, "-m", "tools.atspi_journey"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        timeout=1200,
    )
    if made.returncode == ABSENT:
        pytest.skip(made.stdout.strip())
    assert made.returncode == 0, made.stdout + made.stderr
