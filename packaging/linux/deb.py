"""The Debian package: the folder below /usr/lib, what a desktop needs to know of it, and a man page."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from icons import write_icons

import photosort
from linux.man_page import man_page
from tools.completion import PLACES, completion

if TYPE_CHECKING:
    from job import Job

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
PROGRAMS = ("photosort", "photosort-window")
_GLIBC = re.compile(r"\bGLIBC_2\.(\d+)")
_MAINTAINER = "The Photosort authors <photosort@localhost>"
_SUMMARY = "finds photos by what they show, on this computer alone"
_DESCRIPTION = """\
 Photosort organises the photos on your own computer. Describe a photo in
 your own words and it is found; tags are suggested, with reasons.
 .
 Nothing leaves the computer, and originals are never changed. The models
 that see and read are inside: no account, no network, no download."""
_COPYRIGHT = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Photosort
Comment: What Photosort is built of, with every licence and notice, lies in
 /usr/lib/photosort/_internal/photosort/resources/licences.

Files: *
Copyright: 2026 The Photosort authors
License: GPL-3.0-or-later

License: GPL-3.0-or-later
 Photosort is free software: you can redistribute it and/or modify it under the
 terms of the GNU General Public License as published by the Free Software
 Foundation, either version 3 of the License, or (at your option) any later
 version. It comes without any warranty. On Debian systems the text of the
 licence is in /usr/share/common-licenses/GPL-3.
"""
_CHANGELOG = """\
photosort ({version}) unstable; urgency=medium

  * What is new stands in CHANGELOG.md.gz beside this file.

 -- {maintainer}  {at}
"""
# Loaded by name at run time, so that no list of linked libraries tells of them.
_BY_NAME = (
    "libegl1",
    "libgl1",
    "libfontconfig1",
    "fonts-dejavu-core | fonts-noto-core",
    "xdg-utils",
)


def make(job: Job) -> Path:
    """Builds the package; returns its path."""
    stage = job.work / "deb"
    shutil.rmtree(stage, ignore_errors=True)
    library = stage / "usr" / "lib" / "photosort"
    library.parent.mkdir(parents=True)
    subprocess.run(["cp", "-al", str(job.bundle), str(library)], check=True)
    bin_folder = stage / "usr" / "bin"
    bin_folder.mkdir()
    for program in PROGRAMS:
        (bin_folder / program).symlink_to(f"../lib/photosort/{program}")
    add_desktop_files(stage / "usr", job.epoch_s)
    _add_documents(stage / "usr" / "share" / "doc" / "photosort", job.epoch_s)
    control = stage / "DEBIAN"
    control.mkdir()
    (control / "control").write_text(_control(job, library), "utf-8")
    _settle(stage, job.epoch_s)
    target = job.out / f"{job.stem}_{_architecture()}.deb"
    command = [
        "dpkg-deb",
        "--root-owner-group",
        "-Zzstd",
        "-z9",
        "--build",
        str(stage),
        str(target),
    ]
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(job.epoch_s)}
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return target


def add_desktop_files(prefix: Path, epoch_s: int) -> None:
    """Menu entry, icons, description for software centres and man pages below a prefix."""
    share = prefix / "share"
    write_icons(share / "icons" / "hicolor")
    _write(
        share / "applications" / "photosort.desktop",
        (HERE / "photosort.desktop").read_text("utf-8"),
    )
    day = f"{datetime.fromtimestamp(epoch_s, UTC):%Y-%m-%d}"
    metainfo = (HERE / "photosort.metainfo.xml").read_text("utf-8")
    metainfo = metainfo.replace("@VERSION@", photosort.__version__).replace("@DATE@", day)
    _write(share / "metainfo" / "org.photosort.photosort.metainfo.xml", metainfo)
    pages = share / "man" / "man1"
    _write_compressed(pages / "photosort.1.gz", man_page(_SUMMARY, epoch_s), epoch_s)
    _write_compressed(pages / "photosort-window.1.gz", ".so man1/photosort.1\n", epoch_s)
    add_completions(share)


def add_completions(share: Path) -> None:
    """What bash, zsh and fish complete, where they look for it."""
    for shell, place in PLACES.items():
        _write(share / place, completion(shell))


def _control(job: Job, library: Path) -> str:
    installed_kb = sum(p.lstat().st_size for p in library.rglob("*") if p.is_file()) // 1024
    fields = {
        "Package": "photosort",
        "Version": photosort.__version__,
        "Architecture": _architecture(),
        "Maintainer": _MAINTAINER,
        "Installed-Size": str(installed_kb),
        "Depends": ", ".join(sorted({*_linked(library), *_BY_NAME})),
        "Section": "graphics",
        "Priority": "optional",
        "Description": f"{_SUMMARY}\n{_DESCRIPTION}",
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def _linked(library: Path) -> set[str]:
    """Debian packages of the libraries that the bundle links and does not hold, of the C library with its version.

    Raises:
        SystemExit: a library is in no package of this system, so the package would be broken for everybody.
    """
    held = {path.name for path in library.rglob("*.so*")}
    wanted: set[str] = set()
    newest = (2, 0)
    for path in _elf_files(library):
        ran = subprocess.run(
            ["objdump", "-p", str(path)], check=False, capture_output=True, text=True
        )
        wanted |= set(re.findall(r"NEEDED +(\S+)", ran.stdout))
        newest = max([newest, *((2, int(minor)) for minor in _GLIBC.findall(ran.stdout))])
    owners = {name: _packages_of(name) for name in sorted(wanted - held)}
    lost = [name for name, packages in owners.items() if not packages]
    if lost:
        raise SystemExit(
            f"No installed Debian package has {', '.join(lost)}, which the bundle links."
        )
    packages = set().union(*owners.values()) - {"libc6"}
    return packages | {f"libc6 (>= {newest[0]}.{newest[1]})"}


def _elf_files(library: Path) -> list[Path]:
    found = []
    for path in library.rglob("*"):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == b"\x7fELF":
                    found.append(path)
    return found


def _packages_of(name: str) -> set[str]:
    ran = subprocess.run(
        ["dpkg-query", "--search", f"*/{name}"], check=False, capture_output=True, text=True
    )
    return {line.partition(":")[0] for line in ran.stdout.splitlines() if line.endswith(f"/{name}")}


def _architecture() -> str:
    ran = subprocess.run(
        ["dpkg", "--print-architecture"], check=True, capture_output=True, text=True
    )
    return ran.stdout.strip()


def _add_documents(folder: Path, epoch_s: int) -> None:
    _write(folder / "copyright", _COPYRIGHT)
    at = f"{datetime.fromtimestamp(epoch_s, UTC):%a, %d %b %Y %H:%M:%S +0000}"
    news = _CHANGELOG.format(version=photosort.__version__, maintainer=_MAINTAINER, at=at)
    _write_compressed(folder / "changelog.gz", news, epoch_s)
    overrides = (HERE / "lintian-overrides").read_text("utf-8")
    _write(folder.parent.parent / "lintian" / "overrides" / "photosort", overrides)
    _write_compressed(
        folder / "CHANGELOG.md.gz", (ROOT / "CHANGELOG.md").read_text("utf-8"), epoch_s
    )


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _write_compressed(path: Path, text: str, epoch_s: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=epoch_s))


def _settle(stage: Path, epoch_s: int) -> None:
    """Rights as Debian wants them whatever the builder's umask is, and one time for all."""
    for path in (stage, *stage.rglob("*")):
        if not path.is_symlink():
            runs = path.is_dir() or (path.stat().st_mode & 0o100 and ".so" not in path.name)
            path.chmod(0o755 if runs else 0o644)
        os.utime(path, (epoch_s, epoch_s), follow_symlinks=False)
