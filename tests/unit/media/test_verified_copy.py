"""A copy has its name only once its bytes were read back and compared."""

import hashlib
import os

import pytest

from photosort.errors import InputProblem, JobCancelled
from photosort.media import verified_copy
from photosort.media.verified_copy import make_subfolder, write_verified
from photosort.safe_files import PART_PREFIX, PART_SUFFIX


@pytest.fixture
def source(tmp_path):
    made = tmp_path / "source.jpg"
    made.write_bytes(b"picture" * 1000)
    os.utime(made, ns=(1_000_000_000, 2_000_000_123))
    return made


def written(source, target, **more):
    return write_verified(
        target,
        [source.read_bytes()],
        times_of=source,
        check=more.pop("check", lambda: None),
        **more,
    )


def left(folder, source):
    return [one.name for one in folder.iterdir() if one != source]


def test_it_has_the_bytes_and_times_of_the_original(tmp_path, source):
    target = tmp_path / "copy.jpg"
    assert written(source, target) == hashlib.sha256(source.read_bytes()).digest()
    assert target.read_bytes() == source.read_bytes()
    assert target.stat().st_mtime_ns == source.stat().st_mtime_ns
    assert left(tmp_path, source) == ["copy.jpg"]


def test_what_comes_back_changed_is_not_left_there(tmp_path, source, monkeypatch):
    monkeypatch.setattr(verified_copy, "content_hash", lambda path, check: b"another")
    with pytest.raises(OSError, match="came back changed"):
        written(source, tmp_path / "copy.jpg")
    assert left(tmp_path, source) == []


def test_a_name_that_is_taken_meanwhile_is_kept(tmp_path, source):
    target = tmp_path / "copy.jpg"
    with pytest.raises(FileExistsError):
        written(source, target, prove=lambda path: target.write_bytes(b"another's"))
    assert target.read_bytes() == b"another's"


def test_cancelled_or_refused_it_leaves_nothing(tmp_path, source):
    def stop(*_):
        raise JobCancelled

    for more in ({"check": stop}, {"prove": stop}):
        with pytest.raises(JobCancelled):
            written(source, tmp_path / "copy.jpg", **more)
        assert left(tmp_path, source) == []


def test_a_folder_is_made_and_swept(tmp_path):
    folder = tmp_path / "2022" / "05"
    make_subfolder(folder)
    part = folder / f"{PART_PREFIX}{'a' * 16}{PART_SUFFIX}"
    part.write_bytes(b"half")
    make_subfolder(folder)
    assert list(folder.iterdir()) == []
    (folder / "file").write_bytes(b"")
    with pytest.raises(InputProblem, match="is a file, not a folder"):
        make_subfolder(folder / "file")
