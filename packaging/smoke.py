"""Proves a package: `make smoke`. Builds nothing and trusts nothing.

The .deb is installed into a root of its own that debootstrap made, which has no Python, no torch and no Qt. There a user
without rights opens the window under Xvfb with no network, adds a folder by the dialog, waits for the tags, searches,
and quits; then the commands are run in the same place. In the end no file outside that user's folders may have been
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
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from screenshots import photos as shipped_photos

TOOLS = ("debootstrap", "Xvfb", "xdotool", "strace", "import", "unshare", "chroot")
SUITE = "bookworm"
MIRROR = "http://deb.debian.org/debian"
USER, USER_ID = "someone", 1000
HOME = f"home/{USER}"
MODELS = ".local/share/photosort/models"
ROOT = Path(__file__).parent.parent
SCREEN = "1280x800x24"
LIMIT_S = 420.0
T = TypeVar("T")
# Where any program may leave traces; everything else in the root must stay as it was.
_VOLATILE = (HOME, "tmp", "proc", "sys", "dev", "run", "var/tmp")


class Failed(Exception):
    """The package does not do what it must."""


class CleanRoot:
    """A Debian that holds the package and nothing of the development environment."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.home = root / HOME
        self.pictures = self.home / "Pictures"
        self.display = ""

    def make(self, package: Path, cache: Path) -> None:
        """Installs the package into a fresh system.

        Args:
            package: the .deb.
            cache: archive of the bare system, made if it is absent.
        """
        if not cache.exists():
            run("debootstrap", "--variant=minbase", SUITE, str(self.root), MIRROR)
            run("tar", "-C", str(self.root), "-cf", str(cache), ".")
        else:
            run("tar", "-C", str(self.root), "-xf", str(cache))
        for needed in ("etc/resolv.conf", "etc/hosts"):
            shutil.copyfile(f"/{needed}", self.root / needed)
        shutil.copyfile(package, self.root / "package.deb")
        with system_folders(self.root):
            self.as_root("apt-get", "update", "-qq")
            self.as_root(
                "apt-get", "install", "-y", "-qq", "--no-install-recommends", "/package.deb"
            )
            self.as_root("useradd", "--create-home", "--uid", str(USER_ID), USER)
        (self.root / "package.deb").unlink()

    def as_root(self, *command: str) -> None:
        """Runs a command as the system's administrator, with network."""
        environment = {"DEBIAN_FRONTEND": "noninteractive", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}
        ran = subprocess.run(
            ["chroot", str(self.root), *command],
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if ran.returncode:
            raise Failed(f"{command} failed:\n{ran.stdout[-2000:]}{ran.stderr[-2000:]}")

    def as_user(self, *command: str, log: Path | None = None) -> list[str]:
        """The command line that runs a command as the user without rights and without network."""
        environment = (
            f"HOME=/{HOME}", f"USER={USER}", "PATH=/usr/bin:/bin", "LANG=C.UTF-8", f"DISPLAY={self.display}",
            f"XDG_RUNTIME_DIR=/{HOME}/.run", "NO_AT_BRIDGE=1",
        )  # fmt: skip
        inside = ["chroot", f"--userspec={USER_ID}:{USER_ID}", str(self.root)]
        traced: list[str] = []
        if log is not None:
            traced = ["strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=socket", "-o", str(log)]
        return [*traced, "unshare", "--net", *inside, "env", "-i", *environment, *command]

    def add_photos(self) -> None:
        """Shipped photos with dates, and drawn ones, into the user's pictures."""
        shipped_photos(self.pictures)
        draw(self.pictures / "Drawn")
        (self.home / ".run").mkdir(mode=0o700)
        self.give_to_user(self.home)

    @staticmethod
    def give_to_user(folder: Path) -> None:
        """Makes a folder and what lies in it the user's own."""
        for path in (folder, *folder.rglob("*")):
            os.chown(path, USER_ID, USER_ID)

    def state(self) -> dict[str, tuple[int, int, int]]:
        """Size, time of content and time of change of every file that nobody may touch."""
        return {str(path): entry for path, entry in self._outside()}

    def _outside(self) -> Iterator[tuple[Path, tuple[int, int, int]]]:
        left_out = {self.root / name for name in _VOLATILE}
        for folder, folders, files in os.walk(self.root):
            here = Path(folder)
            folders[:] = [name for name in folders if here / name not in left_out]
            for name in files:
                facts = (here / name).lstat()
                yield here / name, (facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns)


class Screen:
    """The window as a person has it: keys go in, pictures come out."""

    def __init__(self, display: str, shots: Path, program: subprocess.Popen[bytes]) -> None:
        self._shots = shots
        self._program = program
        self._environment = os.environ | {"DISPLAY": display}

    def wait_for_window(self, name: str) -> None:
        """Waits until a window of that name is on the screen, and gives it the keyboard."""
        found = wait_for(lambda: self._visible(name), f"no window {name!r} came")
        self._do("windowfocus", "--sync", found[-1])

    def keys(self, *keys: str) -> None:
        """Presses keys, one after the other."""
        self._do("key", "--delay", "40", *keys)

    def write(self, text: str) -> None:
        """Types."""
        self._do("type", "--delay", "20", text)

    def shoot(self, name: str) -> Path:
        """Takes a picture of the whole screen."""
        target = self._shots / f"{name}.png"
        run("import", "-window", "root", str(target), environment=self._environment)
        return target

    def has_settled(self, name: str, differs_from: Path | None = None) -> Path:
        """Takes a picture once two in a row are alike, and differ from an earlier one.

        A picture that never changes would mean a window that does not answer.
        """
        latest = [self.shoot(name)]
        seen = [latest[0].read_bytes()]

        def is_still() -> bool:
            time.sleep(0.5)
            now = self.shoot(name).read_bytes()
            still = now == seen[0]
            seen[0] = now
            return still and (differs_from is None or now != differs_from.read_bytes())

        wait_for(is_still, f"the screen never settled for {name}")
        return latest[0]

    def _visible(self, name: str) -> list[str]:
        if self._program.poll() is not None:
            raise Failed(f"the window ended by itself, with status {self._program.returncode}")
        ran = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", name],
            env=self._environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return ran.stdout.split()

    def _do(self, *arguments: str) -> None:
        run("xdotool", *arguments, environment=self._environment)


@contextmanager
def x_server(root: Path) -> Iterator[str]:
    """Xvfb on a display that is free; its socket is the only thing the clean root shares with this system."""
    sockets = root / "tmp" / ".X11-unix"
    told, tells = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(tells), "-screen", "0", SCREEN, "-nolisten", "tcp", "-ac"],
        pass_fds=(tells,),
    )
    os.close(tells)
    try:
        with os.fdopen(told) as line:
            number = line.readline().strip()
        if not number:
            raise Failed("Xvfb did not start")
        sockets.mkdir(mode=0o1777, parents=True, exist_ok=True)
        run("mount", "--bind", "/tmp/.X11-unix", str(sockets))
        yield f":{number}"
    finally:
        subprocess.run(["umount", str(sockets)], check=False)
        server.terminate()
        server.wait()


@contextmanager
def system_folders(root: Path) -> Iterator[None]:
    """/proc and /dev of the clean root."""
    mounts = (("proc", "proc", "proc"), ("devtmpfs", "dev", "dev"))
    for kind, source, place in mounts:
        run("mount", "-t", kind, source, str(root / place))
    try:
        yield
    finally:
        for _, _, place in reversed(mounts):
            subprocess.run(["umount", "--lazy", str(root / place)], check=False)


def use_the_window(system: CleanRoot, shots: Path, log: Path) -> None:
    """The journey of somebody who has just installed it."""
    window = subprocess.Popen(system.as_user("photosort-window", log=log), start_new_session=True)
    screen = Screen(system.display, shots, window)
    try:
        screen.wait_for_window("^Photosort$")
        welcome = screen.has_settled("1-welcome")
        screen.keys("ctrl+o")
        screen.wait_for_window("[Ff]older")
        screen.write(f"/{HOME}/Pictures")
        screen.keys("Return")
        screen.wait_for_window("^Photosort$")
        wait_for(lambda: count_known(system) == count_photos(system), "the photos did not all come")
        wait_for(lambda: suggested(system), "no tag was suggested")
        browsed = screen.has_settled("2-photos", differs_from=welcome)
        screen.keys("ctrl+f")
        screen.write("a motorcycle")
        screen.keys("Return")
        found = screen.has_settled("3-search", differs_from=browsed)
        screen.keys("Escape", "Escape", "Home", "Right")
        screen.has_settled("4-information", differs_from=found)
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


def use_the_commands(system: CleanRoot, log: Path) -> None:
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


def use_another_model(system: CleanRoot, log: Path) -> None:
    """What only a picture model of open_clip needs must be in the package too."""
    sys.path.insert(0, str(ROOT))
    from tests.fixtures import tiny_clip

    system.give_to_user(shutil.copytree(tiny_clip.cached(), system.home / MODELS / "tiny"))
    other = ("--library", f"/{HOME}/other.db")
    command(system, log, "index", f"/{HOME}/Pictures/Drawn", "--model", "tiny", *other)
    found = command(system, log, "search", "one red circle", "--all", "--json", *other)
    told("search with another model", found, "Drawn")


def command(system: CleanRoot, log: Path, *arguments: str) -> str:
    """Runs one command of the package as the user; returns what it printed."""
    line = system.as_user(
        "photosort", *arguments, log=log.with_suffix(f".{arguments[0].strip('-')}")
    )
    ran = subprocess.run(line, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise Failed(
            f"photosort {' '.join(arguments)} ended with {ran.returncode}: {ran.stderr[-2000:]}"
        )
    return ran.stdout


def count_photos(system: CleanRoot) -> int:
    """Photos in the user's folder."""
    return sum(path.is_file() for path in system.pictures.rglob("*"))


def count_known(system: CleanRoot) -> int:
    """Photos in the library, asked by a command while the window is open."""
    return len(asked(system, "search", "--limit", "1000", "--json", "type:jpeg"))


def suggested(system: CleanRoot) -> set[str]:
    """Tags that the window has suggested for photos by now."""
    rows = [json.loads(line) for line in asked(system, "tags", "--json")]
    return {row["name"] for row in rows if row["suggested"]}


def asked(system: CleanRoot, *arguments: str) -> list[str]:
    """Lines that a command prints while the window is at work; none when it cannot answer yet."""
    line = system.as_user("photosort", *arguments)
    return subprocess.run(line, capture_output=True, text=True, check=False).stdout.splitlines()


def draw(folder: Path) -> None:
    """Pictures of which everything is known."""
    from PIL import Image, ImageDraw

    folder.mkdir(parents=True)
    for name in ("red", "green", "blue"):
        picture = Image.new("RGB", (640, 480), name)
        ImageDraw.Draw(picture).ellipse((160, 80, 480, 400), fill="white")
        picture.save(folder / f"{name}.jpg")


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


def wait_for(condition: Callable[[], T], otherwise: str) -> T:
    """What a condition gives once it is true."""
    end = time.monotonic() + LIMIT_S
    while not (given := condition()):
        if time.monotonic() > end:
            raise Failed(otherwise)
        time.sleep(0.2)
    return given


def run(*command: str, environment: dict[str, str] | None = None) -> None:
    """Runs a tool; its words are shown when it fails."""
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise Failed(f"{' '.join(command)}:\n{ran.stdout[-1000:]}{ran.stderr[-1000:]}")


def prove(package: Path, cache: Path, shots: Path) -> None:
    """All of it.

    Args:
        package: the .deb.
        cache: archive of the bare system.
        shots: folder for the pictures.
    """
    shots.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="photosort-smoke-") as work:
        logs = Path(work) / "logs"
        logs.mkdir()
        root = Path(work) / "root"
        root.mkdir(mode=0o755)
        system = CleanRoot(root)
        system.make(package, cache)
        with system_folders(root), x_server(root) as system.display:
            system.add_photos()
            before, originals = system.state(), hashes(system.pictures)
            use_the_window(system, shots, logs / "window")
            use_the_commands(system, logs / "command")
            after = system.state()
        touched = sorted(p for p in before.keys() | after.keys() if before.get(p) != after.get(p))
        if touched:
            raise Failed(f"files outside the user's folders were touched: {touched[:10]}")
        if hashes(system.pictures) != originals:
            raise Failed("an original was changed")
        foreign = foreign_sockets(sorted(logs.iterdir()))
        if foreign:
            raise Failed(f"sockets were opened: {foreign[:10]}")
    print(f"{package.name} does what it must; pictures in {shots}")


def main() -> None:
    """Proves a package from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("package", type=Path)
    parser.add_argument("--cache", type=Path, required=True, help="archive of the bare system")
    parser.add_argument("--shots", type=Path, required=True, help="folder for the pictures")
    options = parser.parse_args()
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing or os.geteuid() != 0:
        sys.exit(f"Needs root, and these tools: {', '.join(missing) or 'all are there'}")
    try:
        prove(options.package.resolve(), options.cache.resolve(), options.shots.resolve())
    except Failed as failure:
        sys.exit(f"FAILED: {failure}")


if __name__ == "__main__":
    main()
