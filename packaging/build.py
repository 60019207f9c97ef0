"""Makes the packages: `make package`. One folder with both programs, from it the Linux packages.

Runs with the Python of a build environment of its own, which holds Photosort's wheel and nothing that is not needed;
what lies in that environment is what is shipped. Times inside the packages are those of the last commit.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

# For `tools`; last, so that Photosort is the installed one and not the checkout's.
sys.path.append(str(Path(__file__).parent.parent))

import contents
from job import Job
from linux import deb, exiv2_without_curl, self_extracting

from photosort.usecases.session import demonstration

ROOT = Path(__file__).parent.parent
HERE = ROOT / "packaging"
# What a flavour may weigh in MB: unpacked, packed. CUDA's own libraries weigh more than all the rest.
BUDGETS_MB = {"cpu": (1200, 450), "cuda": (6500, 3500)}
_WITH_SYMBOLS = (
    "torch/lib/*.so",
    "libpython3*.so*",
    "numkong/*.so",
    "exiv2/*.so",
    "tokenizers/*.so",
)
# Of these nobody says under which licence they are.
_UNLICENSED_PHOTOS = ("moon", "motorcycle_left", "page")


def build(job: Job) -> None:
    """Everything, in order; stops at the first thing that is not as it must be."""
    job.work.mkdir(parents=True, exist_ok=True)
    freeze(job)
    strip(job.bundle / "_internal")
    exiv2_without_curl.replace(job.bundle / "_internal")
    add_resources(job)
    parts = contents.read(job.work / "contents.json", job.bundle)
    contents.write_notices(parts, job.resources / "licences", may_restrict=job.flavour == "cuda")
    job.out.mkdir(parents=True, exist_ok=True)
    (job.out / f"{job.stem}.cdx.json").write_text(
        contents.bill_of_materials(parts, job.epoch_s), "utf-8"
    )
    (job.out / f"{job.stem}.contents.md").write_text(contents.inventory(parts, job.bundle), "utf-8")
    settle_times(job.bundle, job.epoch_s)
    unpacked_mb, packed_mb = BUDGETS_MB[job.flavour]
    hold(job.bundle, contents.size_mb(job.bundle), unpacked_mb)
    for package in (deb.make(job), self_extracting.make(job)):
        hold(package, contents.size_mb(package), packed_mb)


def freeze(job: Job) -> None:
    """Lets PyInstaller make the folder."""
    # Away from the checkout, whose photosort would be found before the one that is installed.
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment = inherited | {
        "BUNDLE_CONTENTS": str(job.work / "contents.json"),
        "SOURCE_DATE_EPOCH": str(job.epoch_s),
        # The order of what is packed comes from sets.
        "PYTHONHASHSEED": "0",
    }
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    places = ["--workpath", str(job.work / "pyinstaller"), "--distpath", str(job.bundle.parent)]
    spec = str(HERE / "photosort.spec")
    subprocess.run([*command, *places, spec], env=environment, cwd=job.work, check=True)


def strip(internal: Path) -> None:
    """Takes the symbols out of the libraries that were shipped with theirs: 170 MB that only a debugger reads."""
    for pattern in _WITH_SYMBOLS:
        for path in internal.glob(pattern):
            if not path.is_symlink():
                subprocess.run(["strip", "--strip-unneeded", str(path)], check=True)


def add_resources(job: Job) -> None:
    """What only a bundle holds: the guide, the demonstration photos, and what build this is."""
    if not (job.resources / "vocabulary").is_dir():
        raise SystemExit(f"{job.resources} lacks what Photosort itself brings.")
    site = ROOT / "build" / "site"
    if site.is_dir():
        shutil.copytree(site, job.resources / "help", dirs_exist_ok=True)
    photos = demonstration.demonstration_photos(job.work / "demonstration")
    target = job.resources / "demonstration"
    target.mkdir(exist_ok=True)
    for path in photos.iterdir():
        if path.stem not in _UNLICENSED_PHOTOS:
            shutil.copyfile(path, target / path.name)
    about = {"build": commit(), "torch": job.flavour}
    (job.resources / "build.json").write_text(json.dumps(about), "utf-8")


def settle_times(folder: Path, epoch_s: int) -> None:
    """Gives every file the same time, so that one commit makes one package."""
    for path in (folder, *folder.rglob("*")):
        os.utime(path, (epoch_s, epoch_s), follow_symlinks=False)


def hold(path: Path, size_mb: float, budget_mb: int) -> None:
    """Stops a package that outgrew its budget."""
    print(f"{path}: {size_mb:.0f} MB of {budget_mb}")
    if size_mb > budget_mb:
        raise SystemExit(f"{path} weighs {size_mb:.0f} MB; the budget is {budget_mb}.")


def commit() -> str:
    """The commit that is built, "-dirty" when files differ from it; "" outside a checkout."""
    return _git("describe", "--always", "--dirty")


def epoch_s() -> int:
    """Seconds since 1970 of the last commit, unless SOURCE_DATE_EPOCH says otherwise."""
    return int(
        os.environ.get("SOURCE_DATE_EPOCH") or _git("log", "-1", "--format=%ct") or time.time()
    )


def _git(*arguments: str) -> str:
    ran = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return ran.stdout.strip()


def main() -> None:
    """Builds from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--torch", choices=BUDGETS_MB, default="cpu")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    build(Job(options.torch, options.work.resolve(), options.out.resolve(), epoch_s()))


if __name__ == "__main__":
    main()
