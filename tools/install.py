"""Sets up the environment that `make install`, `make run` and `make test` use, and says what it is doing.

Only the standard library: this runs before anything is installed.
"""

from __future__ import annotations

import argparse
import os
import platform
import queue
import re
import shutil
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CONSTRAINTS = "constraints.txt"
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
CUDA_INDEX = "https://download.pytorch.org/whl/cu126"
EXTRAS = ".[dev,demo]"
OLDEST_PYTHON = (3, 11)

# torchvision's compiled operators need the very same torch, so the two come together and from one index.
_PAIR = ("torch", "torchvision")
_REACH_S = 5.0
_SILENCE_S = 30.0
_LARGE_MB = 20.0
_LINES_OF_AN_ERROR = 15
# The build of torch names the ones that it needs of these, with their versions.
_OF_A_BUILD = ("cuda-", "nvidia-", "triton")

_HEAD = """\
# The versions that Photosort's tests passed with. `make install` takes them, so that a new release of a package
# cannot break a fresh clone; `make constraints` writes the newest that pyproject.toml allows.
"""

Say = Callable[[str], None]


class Failed(Exception):
    """A step did not work; the message says which, and what to do."""


@dataclass(frozen=True)
class TorchSource:
    """Where torch comes from.

    Attributes:
        index: address of a package index, or "" for pip's default one.
        reason: why that one, for the line that announces the step.
        may_fall_back: the default index is taken where this one does not have what is needed.
    """

    index: str
    reason: str
    may_fall_back: bool = False


def torch_source(system: str, *, has_gpu: bool, chosen: str = "") -> TorchSource:
    """Decides which build of torch suits this machine.

    Args:
        system: name of the system as `platform.system` gives it.
        has_gpu: an NVIDIA GPU is there.
        chosen: the index that the user asked for, or "".
    """
    if chosen:
        return TorchSource(chosen, "from the index in TORCH_INDEX")
    if has_gpu and system != "Darwin":
        return TorchSource(CUDA_INDEX, "build for the NVIDIA GPU, several GB", may_fall_back=True)
    if system == "Linux":
        return TorchSource(CPU_INDEX, "CPU build; no NVIDIA GPU is there", may_fall_back=True)
    # Elsewhere the default index holds builds without CUDA.
    return TorchSource("", "CPU build")


def has_nvidia_gpu() -> bool:
    """Whether the driver lists an NVIDIA GPU; a compiler or a library alone is none."""
    command = shutil.which("nvidia-smi")
    if command is None:
        return False
    try:
        listed = subprocess.run(
            [command, "-L"], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return listed.returncode == 0 and "GPU 0" in listed.stdout


def can_reach(index: str, timeout_s: float = _REACH_S) -> bool:
    """Whether a package index answers in time. Looking up a name has no time limit, so a thread does it."""
    answered = threading.Event()

    def ask() -> None:
        try:
            with urllib.request.urlopen(f"{index.rstrip('/')}/torch/", timeout=timeout_s):
                answered.set()
        except (OSError, ValueError):
            pass

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(timeout_s + 1)
    return answered.is_set()


def progress_of(line: str) -> str:
    """What a line of pip's output means to somebody who waits, or ""."""
    line = line.strip()
    if found := re.match(r"Downloading (?:\S*/)?([^/\s]+?)-\d\S* \(([\d.]+) (MB|GB)\)", line):
        name, size, unit = found.groups()
        if unit == "GB" or float(size) >= _LARGE_MB:
            return f"downloading {name} ({size} {unit})"
    if line.startswith("Installing collected packages:"):
        count = line.partition(":")[2].count(",") + 1
        return f"installing {count} package{'s' if count > 1 else ''}"
    return ""


def run(
    command: Sequence[str], *, log: Path, say: Say, failure: str, silence_s: float = _SILENCE_S
) -> None:
    """Runs a command, says now and then that it goes on, and keeps all of its output in a file.

    Args:
        command: program and arguments; it runs in the project's folder.
        log: its output is added to this file.
        say: gets a line for each large download and after each half minute of silence.
        failure: what did not work, if it does not work.
        silence_s: how long nothing is said at most.

    Raises:
        Failed: the command ended with an error; the message holds the end of its output.
    """
    began = time.monotonic()
    lines: queue.Queue[str | None] = queue.Queue()
    seen: list[str] = []
    with (
        log.open("a", encoding="utf-8") as file,
        subprocess.Popen(
            command,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as process,
    ):
        output = process.stdout
        if output is None:
            raise Failed(failure)

        def read() -> None:
            for line in output:
                lines.put(line)
            lines.put(None)

        threading.Thread(target=read, daemon=True).start()
        said_at, doing = began, "working"
        try:
            while True:
                try:
                    line = lines.get(timeout=max(0.0, said_at + silence_s - time.monotonic()))
                except queue.Empty:
                    say(f"      still {doing}, {time.monotonic() - began:.0f} s")
                    said_at = time.monotonic()
                    continue
                if line is None:
                    break
                file.write(line)
                seen.append(line)
                if progress := progress_of(line):
                    say(f"      {progress}")
                    said_at, doing = time.monotonic(), progress
        except BaseException:
            process.kill()
            raise
    if process.returncode:
        end = "".join(seen[-_LINES_OF_AN_ERROR:]).rstrip()
        raise Failed(f"{end}\n\n{failure} All that was printed is in {log}.")


def requirements(names: Iterable[str], project: Path = ROOT / "pyproject.toml") -> list[str]:
    """The requirements of Photosort on packages, as `pyproject.toml` writes them.

    Args:
        names: which packages.
        project: the file.
    """
    # Python 3.11 brings it; an older one must be able to read this file and say that it is too old.
    import tomllib

    found = tomllib.loads(project.read_text("utf-8"))["project"]["dependencies"]
    wanted = set(names)
    return [line for line in found if re.split(r"[^\w-]", line, maxsplit=1)[0] in wanted]


def pinned(frozen: str) -> list[str]:
    """Lines of a constraints file from what `pip freeze --all` prints.

    Left out are Photosort itself, packages from a folder or an address, and what belongs to one build of
    torch. So are local version labels ("+cpu"): a version without one admits every build of it.

    Source: PEP 440, "Version matching" (a local label of the candidate is ignored if the specifier has none).
    """
    kept = []
    for line in frozen.splitlines():
        found = re.fullmatch(r"([\w.-]+)==([^+\s]+)(?:\+\S+)?", line.strip())
        if found is None:
            continue
        name = found[1].lower().replace("_", "-")
        if name != "photosort" and not name.startswith(_OF_A_BUILD):
            kept.append(f"{found[1]}=={found[2]}")
    return sorted(kept, key=str.lower)


class Setup:
    """One run, in its steps."""

    def __init__(
        self, venv: Path, say: Say, *, torch_index: str = "", constraints: str = CONSTRAINTS
    ) -> None:
        """Prepares a run.

        Args:
            venv: the environment; made if it is not there.
            say: gets a line a step.
            torch_index: the index that torch shall come from; "" decides by the machine.
            constraints: file with the versions to take, in the project's folder; "" takes the newest.
        """
        self._venv = venv
        self._say = say
        self._torch_index = torch_index
        self._constraints = constraints
        self._log = venv / "install.log"
        self._step = 0

    @property
    def python(self) -> Path:
        """The environment's Python."""
        return (
            self._venv / "Scripts" / "python.exe" if os.name == "nt" else self._venv / "bin/python"
        )

    def install(self) -> None:
        """Makes the environment and installs Photosort with all that it needs.

        Raises:
            Failed: a step did not work.
        """
        began = time.monotonic()
        self._announce(f"Python environment in {self._venv}")
        self._make_environment()
        self._announce("pip")
        self._pip("--upgrade", "pip", failure="pip could not be brought up to date.")
        self._install_torch()
        self._announce("Photosort and everything else it needs")
        # The tool that builds Photosort is installed apart from all else, and has constraints of its own.
        build = ["--build-constraint", self._constraints] if self._constraints else []
        self._pip("--editable", EXTRAS, *build, failure="Photosort could not be installed.")
        self._say(f"Set up in {time.monotonic() - began:.0f} s.")

    def _make_environment(self) -> None:
        works = [str(self.python), "-m", "pip", "--version"]
        if self.python.exists():
            if subprocess.run(works, capture_output=True, check=False).returncode == 0:
                self._log.unlink(missing_ok=True)
                return
            self._say("      the one that is there is incomplete, and is made again")
        made = subprocess.run(
            [sys.executable, "-m", "venv", "--clear", str(self._venv)],
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode:
            raise Failed(
                f"{made.stdout}{made.stderr}\nPython cannot make an environment"
                " (on Debian and Ubuntu: sudo apt install python3-venv)."
            )

    def _install_torch(self) -> None:
        source = torch_source(platform.system(), has_gpu=has_nvidia_gpu(), chosen=self._torch_index)
        self._announce(f"torch ({source.reason})")
        pair = requirements(_PAIR)
        failure = "torch could not be installed."
        if source.may_fall_back:
            if not can_reach(source.index):
                problem = "cannot be reached"
            else:
                try:
                    self._pip("--no-deps", "--index-url", source.index, *pair, failure=failure)
                except Failed:
                    problem = "has no build for this machine"
                else:
                    return
            self._say(
                f"      {source.index} {problem}; torch comes from the default index, whose build"
                " for Linux may bring several GB for NVIDIA GPUs."
            )
            source = TorchSource("", source.reason)
        index = ["--index-url", source.index] if source.index else []
        # An index of torch's builds holds few versions of other packages: those come with the next step.
        self._pip("--no-deps", *index, *pair, failure=failure)

    def _announce(self, what: str) -> None:
        self._step += 1
        self._say(f"[{self._step}/4] {what}")

    def _pip(self, *arguments: str, failure: str) -> None:
        command = [str(self.python), "-m", "pip", "install", "--disable-pip-version-check"]
        command += ["--progress-bar", "off", "--no-input"]
        if self._constraints:
            command += ["--constraint", self._constraints]
        run([*command, *arguments], log=self._log, say=self._say, failure=failure)

    def frozen(self) -> str:
        """What is installed, as `pip freeze --all` prints it."""
        command = [str(self.python), "-m", "pip", "freeze", "--all", "--exclude-editable"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def update_constraints(venv: Path, say: Say, *, torch_index: str = "") -> None:
    """Writes the newest versions that `pyproject.toml` allows into the constraints file.

    Args:
        venv: an environment of its own, made for this.
        say: gets a line a step.
        torch_index: as for `Setup`.
    """
    shutil.rmtree(venv, ignore_errors=True)
    setup = Setup(venv, say, torch_index=torch_index, constraints="")
    setup.install()
    lines = pinned(setup.frozen())
    (ROOT / CONSTRAINTS).write_text(_HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    say(f"{CONSTRAINTS} names {len(lines)} packages. Run `make check` before you commit it.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs from the command line; the exit status is 0 if all is installed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--venv", type=Path, default=Path(".venv"))
    parser.add_argument("--torch-index", default=os.environ.get("TORCH_INDEX", ""))
    parser.add_argument("--update-constraints", action="store_true")
    given = parser.parse_args(arguments)

    def say(line: str) -> None:
        print(line, flush=True)

    if sys.version_info < OLDEST_PYTHON:
        say(
            f"Photosort needs Python 3.11 or newer, and this is {platform.python_version()}."
            " Name another one: make install PYTHON=python3.12"
        )
        return 1
    try:
        if given.update_constraints:
            update_constraints(given.venv, say, torch_index=given.torch_index)
        else:
            say("Setting up Photosort; this is done once and takes minutes.")
            Setup(given.venv, say, torch_index=given.torch_index).install()
    except Failed as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("Stopped. The next run goes on from here.")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
