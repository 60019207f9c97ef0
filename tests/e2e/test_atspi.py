"""The journey that a screen reader makes, where an X server and AT-SPI are installed and it is asked for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ABSENT = 77


@pytest.mark.skipif(
    not os.environ.get("PHOTOSORT_JOURNEY"),
    reason="takes two minutes and a screen of its own: PHOTOSORT_JOURNEY=1, or `make journey`",
)
def test_start_search_confirm_undo_export_by_what_a_screen_reader_sees():
    made = subprocess.run(
        [sys.executable, str(ROOT / "packaging" / "atspi_journey.py")],
        check=False,
        capture_output=True,
        text=True,
        timeout=600,
    )
    if made.returncode == ABSENT:
        pytest.skip(made.stdout.strip())
    assert made.returncode == 0, made.stdout + made.stderr
