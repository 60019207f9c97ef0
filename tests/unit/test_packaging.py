"""The scripts of `packaging/` and `tools/` run by hand, and rarely: each must at least find what it imports."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# What builds a package needs tools that only the environment of a build has.
BUILDING = {"build", "contents"}


def _modules(folder: Path) -> list[str]:
    files = (path.relative_to(folder) for path in folder.rglob("*.py"))
    names = {".".join(path.with_suffix("").parts) for path in files if path.name != "__init__.py"}
    return sorted(name for name in names if not name.startswith("entry."))


@pytest.mark.parametrize(
    ("folder", "prefix", "known"),
    [
        (ROOT / "packaging", "", {"chroot", "smoke", "linux.man_page"}),
        (ROOT / "tools", "tools.", {"screenshots.__main__", "start_time", "translations"}),
    ],
    ids=["packaging", "tools"],
)
def test_every_script_finds_what_it_imports(folder: Path, prefix: str, known: set[str]) -> None:
    names = [name for name in _modules(folder) if name not in BUILDING]
    assert known <= set(names)
    imports = f"import {', '.join(prefix + name for name in names)}"
    ran = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys; sys.path[:0] = {[str(folder), str(ROOT)]!r}; {imports}",
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
