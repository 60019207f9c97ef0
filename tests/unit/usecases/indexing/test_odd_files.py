"""Pipes, devices and endless files where photos and what lies beside them are expected: the run goes on without."""

import os
import signal

import pytest
from PIL import Image

from photosort import settings
from photosort.errors import InputProblem
from photosort.media.scan import ScanProblem, Skipped, scan
from photosort.progress import Job
from photosort.tagging.vocabulary import read_user_file
from photosort.usecases.indexing import index_run
from photosort.usecases.photos import problems

BESIDE = ("0.xmp", "0.jpg.xmp", "1.jpg.json", "1.jpg.supplemental-metadata.json")


@pytest.fixture(autouse=True)
def _no_waiting():
    """Fails a test that waits for a writer that never comes."""

    def fail(*_):
        raise AssertionError("it waits")

    before = signal.signal(signal.SIGALRM, fail)
    signal.alarm(30)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def photos(tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(2):
        Image.new("RGB", (96, 64), (200, 10 * number, 0)).save(folder / f"{number}.jpg")
    return folder


def put(path, kind):
    target = path.parent.parent / "target"
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "link to a pipe":
            target.exists() or os.mkfifo(target)
            path.symlink_to(target)
        case "huge":
            with path.open("wb") as file:
                file.truncate(40 * 2**30)
        case _:
            path.symlink_to(kind)


KINDS = ["pipe", "link to a pipe", "/dev/zero", "/proc/kmsg", "huge"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", [*BESIDE, ".photosortignore"])
def test_photos_beside_an_odd_file_are_read(session, photos, name, kind):
    put(photos / name, kind)
    summary = index_run.index(session, [str(photos)], job=Job())
    assert summary.embedded == 2
    reasons = [one.reason for one in problems.list_all(session)]
    # Keyword files are told of, and lists of what to ignore.
    assert len(reasons) == (not name.endswith(".json"))
    assert not reasons or "ordinary file" in reasons[0] or "larger than" in reasons[0]


@pytest.mark.parametrize("kind", ["pipe", "link to a pipe", "/dev/zero", "/proc/kmsg"])
def test_a_photo_that_is_no_file_is_a_problem(session, photos, kind):
    put(photos / "2.jpg", kind)
    assert index_run.index(session, [str(photos)], job=Job()).embedded == 2
    assert [one.reason for one in problems.list_all(session)] == ["This is not an ordinary file."]


def test_a_photo_that_becomes_a_pipe_while_it_is_looked_for_is_a_problem(
    session, photos, monkeypatch
):
    real = index_run.scan

    def scan_and_swap(*args, **options):
        for found in real(*args, **options):
            if found.relative == "1.jpg":
                (photos / "1.jpg").unlink()
                os.mkfifo(photos / "1.jpg")
            yield found

    monkeypatch.setattr(index_run, "scan", scan_and_swap)
    assert index_run.index(session, [str(photos)], job=Job()).embedded == 1
    (problem,) = problems.list_all(session)
    assert "not an ordinary file" in problem.reason


def test_what_the_kernel_makes_up_is_not_searched_for_photos(photos):
    (photos / "everything").symlink_to("/proc")
    (photos / "status.jpg").symlink_to("/proc/self/status")
    found = list(scan(photos))
    assert Skipped("everything", "link") in found
    assert ScanProblem("status.jpg", "This is not an ordinary file.") in found
    assert len(found) == 4


@pytest.mark.parametrize("kind", KINDS)
def test_settings_that_cannot_be_read_give_the_defaults(photos, kind):
    put(photos / "settings.json", kind)
    loaded = settings.load(photos / "settings.json")
    assert loaded.settings == settings.Settings()
    assert loaded.notice


@pytest.mark.parametrize("kind", KINDS)
def test_a_vocabulary_that_is_no_file_is_one_sentence(photos, kind):
    put(photos / "tags.txt", kind)
    with pytest.raises(InputProblem, match="cannot be read"):
        read_user_file(photos / "tags.txt")
