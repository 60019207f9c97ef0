"""A file that takes the program down does so once: the next run leaves it out and reads the rest."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs signals")

CHILD = """
import os, signal, sys, ctypes
from pathlib import Path
from photosort.usecases.indexing import photo_reading, index_run
from photosort.usecases.session import encoder_pool
from tests.fixtures.colours import ColourEncoder

how, where = sys.argv[1:3]
encoder_pool.load_encoder = lambda name, **options: ColourEncoder()
module, name = {"decode": (photo_reading, "decode"), "head": (index_run, "read_header")}[where]
before = getattr(module, name)

def dies(path, *given, **named):
    if path.name == "bomb.jpg":
        if how == "crash":
            ctypes.string_at(0)
        os.kill(os.getpid(), signal.SIGKILL)
    return before(path, *given, **named)

setattr(module, name, dies)
from photosort.cli.main import main
raise SystemExit(main(sys.argv[3:]))
"""


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(6):
        Image.new("RGB", (64, 48), (40 * number, 90, 10)).save(folder / f"{number}.jpg")
    Image.new("RGB", (64, 48), (1, 2, 3)).save(folder / "bomb.jpg")
    return folder


def run(tmp_path: Path, how: str, where: str, *given: str) -> subprocess.CompletedProcess[str]:
    home = os.fspath(tmp_path / "home")
    command = [sys.executable, "-c", CHILD, how, where, "--home", home, "--json", *given]
    env = {name: value for name, value in os.environ.items() if name != "PHOTOSORT_LIBRARY"}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=env)


@pytest.mark.parametrize("where", ["decode", "head"])
def test_a_file_that_crashes_a_decoder_is_left_out_at_the_next_start(
    tmp_path: Path, photos: Path, where: str
) -> None:
    died = run(tmp_path, "crash", where, "index", os.fspath(photos))
    assert died.returncode == -signal.SIGSEGV, died.stderr
    again = run(tmp_path, "crash", where, "index")
    assert again.returncode == 1, again.stderr
    (summary,) = map(json.loads, again.stdout.splitlines())
    assert summary["photos"] == summary["embedded"] == 6
    (problem,) = map(json.loads, run(tmp_path, "crash", where, "problems").stdout.splitlines())
    assert Path(problem["path"]).name == "bomb.jpg"
    assert "made Photosort crash" in problem["reason"]
    # It stays left out, and the journal is gone.
    assert run(tmp_path, "crash", where, "index").returncode == 0
    left = [path.name for path in (tmp_path / "home").iterdir()]
    assert not [name for name in left if name.endswith((".reading", ".crash"))]


def test_a_kill_is_held_against_nobody_once(tmp_path: Path, photos: Path) -> None:
    assert run(tmp_path, "kill", "decode", "index", os.fspath(photos)).returncode == -9
    (tmp_path / "fine").mkdir()
    # Read once more: that time it was nobody's fault.
    fine = run(tmp_path, "kill", "head", "index", os.fspath(tmp_path / "fine"))
    assert fine.returncode == 0, fine.stderr
    assert run(tmp_path, "kill", "decode", "index").returncode == -9
    assert run(tmp_path, "kill", "decode", "index").returncode == -9
    last = run(tmp_path, "kill", "decode", "index")
    assert last.returncode == 1, last.stderr
    (problem,) = map(json.loads, run(tmp_path, "kill", "head", "problems").stdout.splitlines())
    assert Path(problem["path"]).name == "bomb.jpg"
