"""Proves the packages: `make smoke`. Builds nothing and trusts nothing.

The .deb is installed into a root of its own that debootstrap made, which has no Python, no torch and no Qt. There a user
without rights opens the window under Xvfb with no network, adds a folder by the dialog, waits for the tags, searches,
asks for help, and quits; then the commands are run in the same place, the package is removed, and the file that unpacks
itself is installed, used and removed by that user alone. In the end no file outside that user's folders may have been
touched, no original changed, and no socket opened but those of the machine itself.

Needs root, and from Debian: debootstrap xvfb xdotool strace imagemagick.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from chroot import (
    HOME,
    TOOLS,
    Chroot,
    Failed,
    Screen,
    system_folders,
    wait_for,
    x_server,
)

T = TypeVar("T")
MODELS = ".local/share/photosort/models"
ROOT = Path(__file__).parent.parent
# What the desktop would open a page of the guide with: notes what it was given, and with which libraries.
BROWSER = """#!/bin/sh
echo "${LD_LIBRARY_PATH:-none} ${QT_PLUGIN_PATH:-none} $*" > "$HOME/opened"
"""


def use_the_window(system: Chroot, shots: Path, log: Path) -> None:
    """The journey of somebody who has just installed it."""
    browser = system.home / "browser"
    browser.write_text(BROWSER, "ascii")
    browser.chmod(0o755)
    window = subprocess.Popen(system.as_user("photosort-window", log=log), start_new_session=True)
    screen = Screen(system.display, shots, window)
    try:
        screen.wait_for_window("^Photosort$")
        welcome = screen.has_settled("1-welcome")
        screen.keys("ctrl+o")
        screen.wait_for_window("[Ff]older")
        screen.write(f"/{HOME}/Pictures")
        screen.keys("Return")
        screen.wait_for_end("[Ff]older")
        screen.wait_for_window("^Photosort$")
        wait_for(lambda: count_known(system) == count_photos(system), "the photos did not all come")
        # Rarely, because each asking wakes a picture model of its own beside the window's.
        wait_for(lambda: suggested(system), "no tag was suggested", every_s=15)
        browsed = screen.has_settled("2-photos", differs_from=welcome)
        screen.keys("ctrl+f")
        screen.write("a motorcycle")
        screen.keys("Return")
        found = screen.has_settled("3-search", differs_from=browsed)
        screen.keys("Escape", "Escape", "Home", "Right")
        screen.has_settled("4-information", differs_from=found)
        screen.keys("F1")
        wait_for((system.home / "opened").exists, "the guide was not opened")
        told("the browser", (system.home / "opened").read_text("utf-8"), "none none ")
        screen.keys("ctrl+q")
        status = window.wait(timeout=60)
    except (Failed, subprocess.SubprocessError):
        screen.shoot("failed")
        raise
    finally:
        if window.poll() is None:
            os.killpg(window.pid, signal.SIGKILL)
    if status:
        raise Failed(f"the window ended with status {status}")


def use_the_commands(system: Chroot, log: Path) -> None:
    """The same work in the terminal, on the library that the window made."""
    pictures = f"/{HOME}/Pictures"
    told("photosort --version", command(system, log, "--version"), "photosort ")
    command(system, log, "index", pictures)
    first = command(system, log, "search", "a motorcycle", "--limit", "1", "--json")
    told("search", first, "motorcycle")
    tags = {
        tag["name"]
        for line in command(system, log, "tag", pictures, "--json").splitlines()
        for tag in json.loads(line)["tags"]
    }
    if not tags:
        raise Failed("no photo has a tag")
    print(f"tags: {', '.join(sorted(tags))}")
    similar = command(system, log, "similar", f"{pictures}/Drawn/red.jpg", "--json", "--limit", "3")
    told("similar", similar, "Drawn")
    told("models", command(system, log, "models", "--json"), "starter")
    use_another_model(system, log)
    for line in command(system, log, "check", "--json").splitlines():
        if not json.loads(line)["ok"]:
            raise Failed(f"check: {line}")
    command(system, log, "export", "a motorcycle", "--to", f"/{HOME}/Exported", "--size", "400")
    if not list((system.home / "Exported").rglob("*.jpg")):
        raise Failed("nothing was exported")


def use_another_model(system: Chroot, log: Path) -> None:
    """What only a picture model of open_clip needs must be in the package too."""
    from tests.fixtures import tiny_clip

    system.give_to_user(shutil.copytree(tiny_clip.cached(), system.home / MODELS / "tiny"))
    other = ("--library", f"/{HOME}/other.db")
    command(system, log, "index", f"/{HOME}/Pictures/Drawn", "--model", "tiny", *other)
    found = command(system, log, "search", "one red circle", "--all", "--json", *other)
    told("search with another model", found, "Drawn")


def use_the_file(system: Chroot, package: Path, shots: Path, log: Path) -> None:
    """Without an administrator: the file that unpacks itself, on the library that the package left."""
    system.as_root("dpkg", "--remove", "photosort")
    if list(system.root.glob("usr/*/photosort*")):
        raise Failed("the removed package left files")
    shutil.copyfile(package, system.home / package.name)
    file = f"/{HOME}/{package.name}"
    system.run_as_user("sh", file, "--quiet", "--", log=log.with_suffix(".install"))
    program = f"/{HOME}/.local/bin/photosort"
    told("--version", system.run_as_user(program, "--version"), "photosort ")
    found = system.run_as_user(program, "search", "a motorcycle", "--limit", "1", "--json")
    told("search", found, "motorcycle")
    entry = (system.home / ".local/share/applications/photosort.desktop").read_text("utf-8")
    told("the menu entry", entry, f'Exec="/{HOME}/.local/lib/photosort/photosort-window" %F')
    window = subprocess.Popen(system.as_user(f"{program}-window", log=log), start_new_session=True)
    screen = Screen(system.display, shots, window)
    try:
        screen.wait_for_window("^Photosort$")
        screen.has_settled("5-from-the-file")
        screen.keys("ctrl+q")
        window.wait(timeout=60)
    finally:
        if window.poll() is None:
            os.killpg(window.pid, signal.SIGKILL)
    system.run_as_user("sh", file, "--quiet", "--", "--remove")
    left = [path for path in (system.home / ".local").rglob("*photosort*") if path.is_file()]
    kept = system.home / ".local/share/photosort"
    if any(not path.is_relative_to(kept) for path in left):
        raise Failed(f"the removed program left {left}")
    if not (kept / "library.db").is_file():
        raise Failed("removing the program took the library along")


def command(system: Chroot, log: Path, *arguments: str) -> str:
    """Runs one command of the package as the user; returns what it printed."""
    return system.run_as_user(
        "photosort", *arguments, log=log.with_suffix(f".{arguments[0].strip('-')}")
    )


def count_photos(system: Chroot) -> int:
    """Photos in the user's folder."""
    return sum(path.is_file() for path in system.pictures.rglob("*"))


def count_known(system: Chroot) -> int:
    """Photos in the library, asked by a command while the window is open."""
    return len(asked(system, "search", "--limit", "1000", "--json", "type:jpeg"))


def suggested(system: Chroot) -> set[str]:
    """Tags that the window has suggested for photos by now."""
    rows = [json.loads(line) for line in asked(system, "tags", "--json")]
    return {row["name"] for row in rows if row["suggested"]}


def asked(system: Chroot, *arguments: str) -> list[str]:
    """Lines that a command prints while the window is at work; none when it cannot answer yet."""
    line = system.as_user("photosort", *arguments)
    return subprocess.run(line, capture_output=True, text=True, check=False).stdout.splitlines()


def hashes(folder: Path) -> dict[str, str]:
    """Content of every file below a folder."""
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def foreign_sockets(logs: Sequence[Path]) -> list[str]:
    """Lines of the traces that made a socket which could leave the machine."""
    local = ("AF_UNIX", "AF_LOCAL", "AF_NETLINK")
    return [
        line
        for log in logs
        for line in log.read_text("utf-8", "replace").splitlines()
        if "socket(" in line and not any(family in line for family in local)
    ]


def told(what: str, text: str, expected: str) -> None:
    """Fails unless a text holds what it must."""
    if expected not in text:
        raise Failed(f"{what} said {text[:500]!r}, without {expected!r}")


def prove(package: Path, file: Path, cache: Path, shots: Path) -> None:
    """All of it.

    Args:
        package: the .deb.
        file: the one that unpacks itself.
        cache: archive of the bare system.
        shots: folder for the pictures.
    """
    shots.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="photosort-smoke-") as work:
        logs = Path(work) / "logs"
        logs.mkdir()
        root = Path(work) / "root"
        root.mkdir(mode=0o755)
        system = Chroot(root)
        system.make(package, cache)
        with system_folders(root), x_server(root) as system.display:
            system.add_photos()
            before, originals = system.state(), hashes(system.pictures)
            use_the_window(system, shots, logs / "window")
            use_the_commands(system, logs / "command")
            compare("files outside the user's folders were touched", before, system.state())
            use_the_file(system, file, shots, logs / "file")
        compare("originals were changed", originals, hashes(system.pictures))
        foreign = foreign_sockets(sorted(logs.iterdir()))
        if foreign:
            raise Failed(f"sockets were opened: {foreign[:10]}")
    print(f"{package.name} and {file.name} do what they must; pictures in {shots}")


def compare(otherwise: str, before: dict[str, T], after: dict[str, T]) -> None:
    """Fails unless two states of some files are alike."""
    touched = sorted(p for p in before.keys() | after.keys() if before.get(p) != after.get(p))
    if touched:
        raise Failed(f"{otherwise}: {touched[:10]}")


def main() -> None:
    """Proves packages from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("package", type=Path, help="the .deb; the .run lies beside it")
    parser.add_argument("--cache", type=Path, required=True, help="archive of the bare system")
    parser.add_argument("--shots", type=Path, required=True, help="folder for the pictures")
    options = parser.parse_args()
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing or os.geteuid() != 0:
        sys.exit(f"Needs root, and these tools: {', '.join(missing) or 'all are there'}")
    package = options.package.resolve()
    (file,) = package.parent.glob(f"{package.stem.rpartition('_')[0]}_*.run")
    try:
        prove(package, file, options.cache.resolve(), options.shots.resolve())
    except Failed as failure:
        sys.exit(f"FAILED: {failure}")


if __name__ == "__main__":
    main()
