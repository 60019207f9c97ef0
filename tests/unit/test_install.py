"""The set-up decides which torch to take, says what it does, and takes tested versions."""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
import sys
import tomllib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from tools import install

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PINS = [
    Requirement(line)
    for line in (ROOT / install.CONSTRAINTS).read_text("utf-8").splitlines()
    if not line.startswith("#")
]


class TestTorch:
    def test_the_cpu_build_where_no_gpu_is(self) -> None:
        source = install.torch_source("Linux", has_gpu=False)
        assert (source.index, source.may_fall_back) == (install.CPU_INDEX, True)

    def test_the_cuda_build_for_an_nvidia_gpu(self) -> None:
        for system in ("Linux", "Windows"):
            assert install.torch_source(system, has_gpu=True).index == install.CUDA_INDEX

    @pytest.mark.parametrize("system", ["Darwin", "Windows"])
    def test_the_default_index_where_its_build_is_for_the_cpu(self, system: str) -> None:
        assert install.torch_source(system, has_gpu=False).index == ""

    def test_what_the_user_chose_comes_first_and_nothing_else_instead(self) -> None:
        source = install.torch_source("Linux", has_gpu=True, chosen="https://index.example/cu")
        assert (source.index, source.may_fall_back) == ("https://index.example/cu", False)


class TestGpu:
    @pytest.fixture
    def listing(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """The one program that is found on the path, to be written by the test."""
        monkeypatch.setattr(shutil, "which", lambda _name: str(tmp_path / "nvidia-smi"))
        return tmp_path / "nvidia-smi"

    def test_one_that_the_driver_lists(self, listing: Path) -> None:
        listing.write_text("#!/bin/sh\necho 'GPU 0: NVIDIA H200 (UUID: GPU-1)'\n")
        listing.chmod(0o755)
        assert install.has_nvidia_gpu()

    def test_a_driver_that_finds_none(self, listing: Path) -> None:
        listing.write_text("#!/bin/sh\necho 'No devices were found'\nexit 6\n")
        listing.chmod(0o755)
        assert not install.has_nvidia_gpu()

    def test_a_program_that_does_not_start(self, listing: Path) -> None:
        listing.write_text("no program")
        assert not install.has_nvidia_gpu()

    def test_no_driver(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(shutil, "which", lambda _name: None)
        assert not install.has_nvidia_gpu()


class _Index(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/whl/torch/" else 404)
        self.end_headers()

    def log_message(self, *_given: object) -> None:
        """Keeps quiet."""


@pytest.fixture
def server() -> Iterator[str]:
    """Address of a server on this machine that has one package index, /whl."""
    made = ThreadingHTTPServer(("127.0.0.1", 0), _Index)
    thread = Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{made.server_port}"
    made.shutdown()
    made.server_close()
    thread.join()


class TestReach:
    def test_an_index_that_answers(self, server: str) -> None:
        assert install.can_reach(f"{server}/whl/")

    def test_an_index_that_is_not_there(self, server: str) -> None:
        assert not install.can_reach(f"{server}/other")

    def test_a_closed_door(self) -> None:
        assert not install.can_reach("http://127.0.0.1:9/whl")

    def test_no_address(self) -> None:
        assert not install.can_reach("nowhere")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("  Downloading torch-2.13.0-cp311-cp311-linux.whl (192.4 MB)", "torch (192.4 MB)"),
        ("Downloading https://x.example/a/PySide6-6.1-abi3.whl (1.2 GB)", "PySide6 (1.2 GB)"),
        ("  Downloading rich-15.0.0-py3-none-any.whl (310 kB)", ""),
        ("  Downloading pillow-13.0.0-cp311-cp311.whl (7.1 MB)", ""),
        ("Collecting torch==2.13.0", ""),
    ],
)
def test_large_downloads_are_announced(line: str, said: str) -> None:
    assert install.progress_of(line) == (f"downloading {said}" if said else "")


def test_installing_is_announced_with_a_count() -> None:
    assert install.progress_of("Installing collected packages: a, b, c") == "installing 3 packages"
    assert install.progress_of("Installing collected packages: a") == "installing 1 package"


class TestRun:
    def run(self, code: str, log: Path, **options: float) -> list[str]:
        said: list[str] = []
        command = [sys.executable, "-c", code]
        install.run(command, log=log, say=said.append, failure="It did not work.", **options)
        return said

    def test_noise_goes_to_the_file_and_what_matters_is_said(self, tmp_path: Path) -> None:
        lines = ["Collecting a", "Downloading a-1.0.whl (99.0 MB)"]
        log = tmp_path / "log"
        log.write_text("before\n")
        assert self.run(f"print({chr(10).join(lines)!r})", log) == ["      downloading a (99.0 MB)"]
        assert log.read_text().splitlines() == ["before", *lines]

    def test_a_long_silence_is_broken(self, tmp_path: Path) -> None:
        # The silence ends when the test has seen it broken.
        gate = tmp_path / "gate"
        said: list[str] = []

        def say(line: str) -> None:
            said.append(line)
            gate.touch()

        code = f"import os, time\nwhile not os.path.exists({str(gate)!r}): time.sleep(0.01)"
        command = [sys.executable, "-c", code]
        install.run(command, log=tmp_path / "log", say=say, failure="", silence_s=0.05)
        assert re.fullmatch(r" +still working, \d+ s", said[0])

    def test_a_failure_shows_the_end_of_the_output_and_where_all_of_it_is(
        self, tmp_path: Path
    ) -> None:
        code = "import sys; [print(f'line {i}') for i in range(99)]; sys.exit('the reason')"
        with pytest.raises(install.Failed) as failed:
            self.run(code, tmp_path / "log")
        message = str(failed.value)
        assert "the reason" in message
        assert "It did not work." in message
        assert str(tmp_path / "log") in message
        assert "line 50\n" not in message


class TestSteps:
    @pytest.fixture
    def commands(self, monkeypatch: pytest.MonkeyPatch) -> list[Sequence[str]]:
        """What would have been run."""
        seen: list[Sequence[str]] = []
        monkeypatch.setattr(install, "run", lambda command, **_given: seen.append(command))
        monkeypatch.setattr(install.Setup, "_make_environment", lambda _self: None)
        monkeypatch.setattr(platform, "system", lambda: "Linux")
        monkeypatch.setattr(install, "has_nvidia_gpu", lambda: False)
        return seen

    def test_one_line_a_step(
        self, commands: list[Sequence[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setattr(install, "can_reach", lambda _index: True)
        said: list[str] = []
        install.Setup(tmp_path, said.append).install()
        assert [line[:5] for line in said[:4]] == ["[1/4]", "[2/4]", "[3/4]", "[4/4]"]
        assert said[4].startswith("Set up in ")
        assert len(said) == 5
        assert len(commands) == 3
        assert all("--constraint" in command for command in commands)
        assert commands[1][commands[1].index("--index-url") + 1] == install.CPU_INDEX
        assert list(commands[1][-2:]) == install.requirements(["torch", "torchvision"])

    def test_an_index_out_of_reach_is_one_sentence_and_the_default_instead(
        self, commands: list[Sequence[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setattr(install, "can_reach", lambda _index: False)
        said: list[str] = []
        install.Setup(tmp_path, said.append).install()
        (sentence,) = [line for line in said if "cannot be reached" in line]
        assert "default index" in sentence
        assert not any("--index-url" in command for command in commands)
        assert len(commands) == 3

    def test_an_index_without_a_fitting_build_is_the_same(
        self, commands: list[Sequence[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        def run(command: Sequence[str], **_given: object) -> None:
            if "--index-url" in command:
                raise install.Failed("no such version")
            commands.append(command)

        monkeypatch.setattr(install, "can_reach", lambda _index: True)
        monkeypatch.setattr(install, "run", run)
        said: list[str] = []
        install.Setup(tmp_path, said.append).install()
        assert [line for line in said if "no build for this machine" in line]
        assert len(commands) == 3

    def test_the_users_index_is_taken_without_asking_it(
        self, commands: list[Sequence[str]], tmp_path: Path
    ) -> None:
        install.Setup(tmp_path, print, torch_index="https://index.example/x").install()
        assert "https://index.example/x" in commands[1]


def test_the_users_index_comes_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seen: list[str] = []

    def fail(self: install.Setup) -> None:
        seen.append(self._torch_index)
        raise install.Failed("The reason.")

    monkeypatch.setattr(install.Setup, "install", fail)
    monkeypatch.setenv("TORCH_INDEX", "https://index.example/x")
    assert install.main(["--venv", str(tmp_path)]) == 1
    assert seen == ["https://index.example/x"]
    assert capsys.readouterr().out.endswith("The reason.\n")


def test_an_old_python_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(install, "OLDEST_PYTHON", (99, 0))
    assert install.main([]) == 1
    assert "Python 3.11 or newer" in capsys.readouterr().out


class TestEnvironment:
    @pytest.fixture
    def setup(self, tmp_path: Path) -> install.Setup:
        """A run whose environment has a Python, for whatever it is worth."""
        made = install.Setup(tmp_path, print)
        made.python.parent.mkdir()
        made.python.touch()
        return made

    @staticmethod
    def answer(monkeypatch: pytest.MonkeyPatch, pip: int, venv: int) -> list[list[str]]:
        """Lets `pip --version` and `python -m venv` end with these; returns what is run."""
        seen: list[list[str]] = []

        def run(command: list[str], **_given: object) -> subprocess.CompletedProcess[str]:
            seen.append(command)
            code = pip if "pip" in command else venv
            return subprocess.CompletedProcess(command, code, stdout="", stderr="no ensurepip")

        monkeypatch.setattr(subprocess, "run", run)
        return seen

    def test_one_that_works_is_kept(
        self, setup: install.Setup, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        seen = self.answer(monkeypatch, pip=0, venv=0)
        setup._make_environment()
        assert len(seen) == 1

    def test_one_without_pip_is_made_again(
        self, setup: install.Setup, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        seen = self.answer(monkeypatch, pip=1, venv=0)
        setup._make_environment()
        assert "--clear" in seen[1]

    def test_a_python_that_cannot_make_one_is_a_sentence(
        self, setup: install.Setup, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.answer(monkeypatch, pip=1, venv=1)
        with pytest.raises(install.Failed, match=r"no ensurepip\nPython cannot make"):
            setup._make_environment()


class TestConstraints:
    def test_are_made_of_what_is_installed(self) -> None:
        frozen = (
            "torch==2.13.0+cpu\nBeta==1.0.post1\nalpha_one==2\n"
            "nvidia-cublas-cu12==12.6\nnvidia_nccl==2\ntriton==3.1\ncuda-bindings==13.0\n"
            "# Editable Git install\n-e /home/me/photosort\nphotosort==0.1.0\n"
            "local @ file:///home/me/local.whl\n"
        )
        assert install.pinned(frozen) == ["alpha_one==2", "Beta==1.0.post1", "torch==2.13.0"]

    def test_name_every_requirement_with_a_version_that_it_allows(self) -> None:
        wanted = [*PROJECT["dependencies"]]
        for extra in ("dev", "demo"):
            wanted += PROJECT["optional-dependencies"][extra]
        pins = {canonicalize_name(pin.name): pin.specifier for pin in PINS}
        for requirement in map(Requirement, wanted):
            name = canonicalize_name(requirement.name)
            assert name in pins, f"{name}: run `make constraints`"
            (pin,) = pins[name]
            assert requirement.specifier.contains(pin.version), requirement

    def test_hold_on_every_system_and_with_every_build_of_torch(self) -> None:
        lines = [f"{pin.name}{pin.specifier}" for pin in PINS]
        assert install.pinned("\n".join(lines)) == lines
        assert all(pin.marker is None and pin.url is None for pin in PINS)

    def test_a_version_without_a_label_admits_every_build(self) -> None:
        assert SpecifierSet("==2.13.0").contains("2.13.0+cpu")


def test_requirements_are_those_of_the_project() -> None:
    assert install.requirements(["torch", "torchvision"]) == [
        line for line in PROJECT["dependencies"] if line.startswith("torch")
    ]
