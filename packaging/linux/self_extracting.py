"""One file for any Linux: unpacks itself into the user's own folders, without an administrator.

An AppImage would be the other way; its tools are in no package index and not in Debian, and one that unpacks starts
faster than one that is mounted.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import photosort
from linux import deb

if TYPE_CHECKING:
    from job import Job

_INSTALL = Path(__file__).parent / "install.sh"


def make(job: Job) -> Path:
    """Builds the file; returns its path."""
    stage = job.work / "self-extracting"
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(parents=True)
    subprocess.run(["cp", "-al", str(job.bundle), str(stage / "photosort")], check=True)
    deb.add_desktop_files(stage / "desktop", job.epoch_s)
    shutil.copy2(_INSTALL, stage / "install.sh")
    for path in (stage, *stage.rglob("*")):
        os.utime(path, (job.epoch_s, job.epoch_s), follow_symlinks=False)
    target = job.out / f"{job.stem}_{os.uname().machine}.run"
    command = [
        "makeself", "--gzip", "--complevel", "6", "--quiet", "--nooverwrite", "--sha256",
        "--packaging-date", f"@{job.epoch_s}",
        "--tar-extra", "--sort=name --owner=0 --group=0 --numeric-owner",
        str(stage), str(target), f"Photosort {photosort.__version__}", "./install.sh",
    ]  # fmt: skip
    subprocess.run(command, check=True)
    return target
