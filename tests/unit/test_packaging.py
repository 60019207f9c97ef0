"""The scripts of `packaging/` are run by hand, and rarely: that they find each other is held here."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PACKAGING = Path(__file__).parents[2] / "packaging"
# What builds a package needs tools that only the environment of a build has.
BUILDING = {"build", "contents"}


def test_every_script_finds_what_it_imports() -> None:
    names = sorted({path.stem for path in PACKAGING.glob("*.py")} - BUILDING)
    assert {"clean_root", "screenshots", "smoke", "start_time"} <= set(names)
    ran = subprocess.run(
        [sys.executable, "-c", f"import {', '.join(names)}"],
        cwd=PACKAGING,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
