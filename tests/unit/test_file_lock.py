from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from photosort.errors import EnvironmentProblem
from photosort.file_lock import hold
from photosort.sentences import Sentence

INDEXING = Sentence("indexing this library")
HOLD = """
import sys
from pathlib import Path
from photosort.file_lock import hold
from photosort.sentences import Sentence
with hold(Path(sys.argv[1]), Sentence("indexing this library")):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.lock"


@pytest.fixture
def holder(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock until its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_a_second_process_hears_who_has_it(path: Path, holder: subprocess.Popen[str]) -> None:
    for _ in range(2):  # asking leaves the name where it is
        with (
            pytest.raises(EnvironmentProblem, match=rf"process {holder.pid}, started .* indexing"),
            hold(path, INDEXING),
        ):
            pytest.fail("two processes hold one lock")


def test_another_lock_is_free(path: Path, holder: subprocess.Popen[str]) -> None:
    with hold(path.with_name("other.lock"), INDEXING):
        assert holder.poll() is None


def test_a_killed_holder_loses_it_at_once_and_its_name_is_not_believed(
    path: Path, holder: subprocess.Popen[str]
) -> None:
    holder.kill()
    holder.wait()
    with hold(path, INDEXING):
        assert str(holder.pid).encode() not in path.read_bytes()


def test_it_is_given_back_after_an_error(path: Path) -> None:
    with pytest.raises(ZeroDivisionError), hold(path, INDEXING):
        raise ZeroDivisionError
    with hold(path, INDEXING):
        pass


def test_the_same_process_cannot_hold_it_twice(path: Path) -> None:
    with (
        hold(path, INDEXING),
        pytest.raises(EnvironmentProblem, match="indexing"),
        hold(path, INDEXING),
    ):
        pytest.fail("held twice")


@pytest.mark.parametrize("name", [b"", b"\0", b"\0{", b"\0[1]", b'\0{"pid": "x"}'])
def test_a_name_that_cannot_be_read_is_left_out(
    path: Path, holder: subprocess.Popen[str], name: bytes
) -> None:
    path.write_bytes(name)
    with (
        pytest.raises(EnvironmentProblem, match="Another Photosort is indexing"),
        hold(path, INDEXING),
    ):
        pytest.fail("two processes hold one lock")


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own on Windows")
def test_a_link_is_left_as_it_is(path: Path, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"a photo")
    path.symlink_to(photo)
    with pytest.raises(EnvironmentProblem, match="cannot be used"), hold(path, INDEXING):
        pytest.fail("held through a link")
    assert photo.read_bytes() == b"a photo"
