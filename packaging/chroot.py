"""A bare system to prove a package in, and its screen.

debootstrap makes it: no Python, no torch, no Qt. A user without rights and without network lives there, and is watched
from outside by strace, xdotool and pictures of the screen.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from tools import sample_photos

TOOLS = ("debootstrap", "Xvfb", "xdotool", "strace", "import", "unshare", "chroot")
SUITE = "bookworm"
MIRROR = "http://deb.debian.org/debian"
USER, USER_ID = "someone", 1000
HOME = f"home/{USER}"
SCREEN = "1280x800x24"
LIMIT_S = 900.0
T = TypeVar("T")
# Where any program may leave traces; everything else in the root must stay as it was.
_VOLATILE = (HOME, "tmp", "proc", "sys", "dev", "run", "var/tmp")


class Failed(Exception):
    """The package does not do what it must."""


class Chroot:
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
            f"XDG_RUNTIME_DIR=/{HOME}/.run", "NO_AT_BRIDGE=1", f"BROWSER=/{HOME}/browser",
        )  # fmt: skip
        inside = ["chroot", f"--userspec={USER_ID}:{USER_ID}", str(self.root)]
        traced: list[str] = []
        if log is not None:
            traced = ["strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=socket", "-o", str(log)]
        return [*traced, "unshare", "--net", *inside, "env", "-i", *environment, *command]

    def run_as_user(self, *command: str, log: Path | None = None) -> str:
        """Runs a command as the user; returns what it printed."""
        line = self.as_user(*command, log=log)
        ran = subprocess.run(line, capture_output=True, text=True, check=False)
        if ran.returncode:
            said = ran.stderr[-2000:]
            raise Failed(f"{' '.join(command)} ended with {ran.returncode}: {said}")
        return ran.stdout

    def add_photos(self) -> None:
        """Shipped photos with dates, and drawn ones, into the user's pictures."""
        sample_photos.write_photos(self.pictures)
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

    def wait_for_end(self, name: str) -> None:
        """Waits until no window of that name is on the screen any more.

        Without a window manager its end takes the keyboard from whoever has it, so the next window must come after.
        """
        wait_for(lambda: not self._visible(name), f"the window {name!r} did not go")

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
    """Xvfb on a display that is free; its socket is the only thing the chroot shares with this system."""
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
    """/proc and /dev of the chroot."""
    mounts = (("proc", "proc", "proc"), ("devtmpfs", "dev", "dev"))
    for kind, source, place in mounts:
        run("mount", "-t", kind, source, str(root / place))
    try:
        yield
    finally:
        for _, _, place in reversed(mounts):
            subprocess.run(["umount", "--lazy", str(root / place)], check=False)


def draw(folder: Path) -> None:
    """Pictures of which everything is known."""
    from PIL import Image, ImageDraw

    folder.mkdir(parents=True)
    for name in ("red", "green", "blue"):
        picture = Image.new("RGB", (640, 480), name)
        ImageDraw.Draw(picture).ellipse((160, 80, 480, 400), fill="white")
        picture.save(folder / f"{name}.jpg")


def wait_for(condition: Callable[[], T], otherwise: str, *, every_s: float = 0.2) -> T:
    """What a condition gives once it is true."""
    end = time.monotonic() + LIMIT_S
    while not (given := condition()):
        if time.monotonic() > end:
            raise Failed(otherwise)
        time.sleep(every_s)
    return given


def run(*command: str, environment: dict[str, str] | None = None) -> None:
    """Runs a tool; its words are shown when it fails."""
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise Failed(f"{' '.join(command)}:\n{ran.stdout[-1000:]}{ran.stderr[-1000:]}")
