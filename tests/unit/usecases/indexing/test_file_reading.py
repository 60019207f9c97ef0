"""A file that crashes, occupies or fills a decoder costs an index run that file alone."""

import subprocess
import sys
import threading
import time

import psutil
import pytest
from PIL import Image

from photosort.errors import EnvironmentProblem
from photosort.progress import Job
from photosort.threads import child_processes
from photosort.usecases.indexing import file_reading, heads, index_run, photo_reading
from photosort.usecases.photos import problems
from photosort.usecases.session import session as session_module
from tests.fixtures import reading

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and signals")


@pytest.fixture
def _files_read_here():
    """There are children here."""


@pytest.fixture
def photos(tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(6):
        Image.new("RGB", (64, 48), (40 * number, 90, 10)).save(folder / f"{number}.jpg")
    Image.new("RGB", (64, 48), (1, 2, 3)).save(folder / "bomb.jpg")
    return folder


def has_ended(pid: int) -> bool:
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def run(session, folder, job=None):
    return index_run.index(session, [str(folder)], job=job or Job())


@pytest.mark.parametrize(
    ("module", "name", "replacement"),
    [
        (photo_reading, "read_picture", reading.read_picture_or_crash),
        (heads, "read_head", reading.read_head_or_crash),
    ],
)
def test_a_file_that_crashes_a_decoder_is_left_out_and_the_run_goes_on(
    session, photos, monkeypatch, module, name, replacement
):
    with monkeypatch.context() as patched:
        patched.setattr(module, name, replacement)
        first = run(session, photos)
        assert (first.embedded, first.unreadable) == (6, 1)
        (problem,) = problems.list_all(session)
        assert problem.path.endswith("bomb.jpg")
        assert "A decoder crashed on this file" in problem.reason
    # It stays left out, though it would crash nothing any more, until somebody asks for it.
    again = run(session, photos)
    assert (again.embedded, again.unreadable) == (0, 1)
    problems.try_again(session)
    last = run(session, photos)
    assert (last.embedded, last.unreadable) == (1, 0)
    assert not problems.list_all(session)


@pytest.mark.parametrize(
    ("replacement", "said"),
    [
        (reading.read_picture_or_hang, "took longer than 2 seconds"),
        (reading.read_picture_or_fill, "more memory than there is"),
        (reading.read_picture_or_killed, "memory may have run short"),
    ],
)
def test_what_may_be_no_fault_of_the_file_is_tried_again_by_the_next_run(
    session, photos, monkeypatch, replacement, said
):
    with monkeypatch.context() as patched:
        patched.setattr(photo_reading, "read_picture", replacement)
        patched.setattr(file_reading, "_FILE_LIMIT_S", 2.0)
        first = run(session, photos)
    assert (first.embedded, first.unreadable) == (6, 1)
    (problem,) = problems.list_all(session)
    assert said in problem.reason
    then = run(session, photos)
    assert (then.embedded, then.unreadable) == (1, 0)


@pytest.mark.parametrize("on_battery", [False, True])
def test_a_cancelled_run_does_not_wait_for_a_decoder_that_hangs(
    places, encoder, photos, monkeypatch, on_battery
):
    monkeypatch.setattr(photo_reading, "read_picture", reading.read_picture_or_hang)
    monkeypatch.setattr(session_module, "on_battery", lambda: on_battery)
    job = Job()
    beat = photos / "bomb.pid"

    def cancel() -> None:
        while not beat.exists():
            time.sleep(0.01)
        job.cancel()

    canceller = threading.Thread(target=cancel)
    session = session_module.Session(places, actor="window")
    canceller.start()
    since = time.monotonic()
    assert run(session, photos, job).cancelled
    canceller.join()
    session.close()  # it waits for the lanes
    assert time.monotonic() - since < 30
    assert has_ended(int(beat.read_text()))


def test_where_no_process_can_be_started_no_file_is_to_blame(session, photos, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(child_processes, "_command", lambda: ["/nowhere/photosort"])
        with pytest.raises(EnvironmentProblem, match="cannot be started"):
            run(session, photos)
    assert not problems.list_all(session)
    assert run(session, photos).embedded == 7


def test_a_run_over_an_unchanged_library_starts_no_process(session, photos, monkeypatch):
    run(session, photos)
    monkeypatch.setattr(
        child_processes.subprocess, "Popen", lambda *args, **options: pytest.fail("started")
    )
    assert run(session, photos).embedded == 0


CHILD = """
import sys
from photosort.usecases.indexing import photo_reading
from photosort.usecases.session import encoder_pool
from tests.fixtures import reading
from tests.fixtures.colours import ColourEncoder

encoder_pool.load_encoder = lambda name, **options: ColourEncoder()
photo_reading.read_picture = reading.read_picture_or_hang
from photosort.cli.main import main
raise SystemExit(main(sys.argv[1:]))
"""


def test_a_command_that_is_asked_to_end_leaves_no_process(tmp_path, photos):
    command = [sys.executable, "-c", CHILD, "--home", str(tmp_path / "home"), "index", str(photos)]
    beat = photos / "bomb.pid"
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as running:
        while not beat.exists():
            assert running.poll() is None, running.communicate()
            time.sleep(0.01)
        running.terminate()
        # Children hold its output open as long as they live.
        out, _ = running.communicate(timeout=60)
    assert running.returncode == 130, out
    assert has_ended(int(beat.read_text()))
