"""What the system would not give once is read at the next run; a drive that went away makes no damaged photo."""

import errno
import os
import shutil
from pathlib import Path

import pytest
from PIL import Image

from photosort.domain.photos import FileState
from photosort.media import index_reading
from photosort.media.errors import unreadable_file
from photosort.progress import Job
from photosort.store.tables import files, roots
from photosort.usecases.indexing import index_run
from photosort.usecases.photos import problems


@pytest.fixture
def failing(monkeypatch):
    """File names to what opening them raises."""
    errors: dict[str, int] = {}
    real_open = os.open

    def open_or_fail(path, *arguments, **options):
        code = errors.get(Path(os.fsdecode(path)).name)
        if code:
            raise OSError(code, os.strerror(code), os.fspath(path))
        return real_open(path, *arguments, **options)

    monkeypatch.setattr(os, "open", open_or_fail)
    return errors


@pytest.fixture
def photos(tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(3):
        Image.new("RGB", (96, 64), (200, 10 * number, 0)).save(folder / f"{number}.jpg")
    return folder


def run(session, folder):
    return index_run.index(session, [str(folder)], job=Job())


def states(session) -> dict[FileState, int]:
    return {state: n for state, n in session.read(files.count_by_state).items() if n}


@pytest.mark.parametrize("code", [errno.EACCES, errno.EIO, errno.ENOMEM, errno.ESTALE])
def test_a_new_file_that_the_system_refused_is_read_at_the_next_run(session, photos, failing, code):
    failing["1.jpg"] = code
    first = run(session, photos)
    assert (first.unreadable, first.embedded) == (1, 2)
    assert len(problems.list_all(session)) == 1
    assert run(session, photos).unreadable == 1  # still refused, still told
    failing.clear()
    then = run(session, photos)
    assert (then.new, then.changed, then.unreadable, then.embedded) == (1, 0, 0, 1)
    assert not problems.list_all(session)
    again = run(session, photos)
    assert (again.new, again.changed, again.embedded) == (0, 0, 0)


def refuse_decoding(monkeypatch, code):
    """Lets the head of a file be read and refuses the rest."""
    real = index_reading.decode

    def decode(path, *arguments, **options):
        if path.name == "1.jpg":
            raise unreadable_file(OSError(code, os.strerror(code)))
        return real(path, *arguments, **options)

    monkeypatch.setattr(index_reading, "decode", decode)


def test_a_picture_whose_pixels_the_drive_refused_is_read_at_the_next_run(
    session, photos, monkeypatch
):
    with monkeypatch.context() as patched:
        refuse_decoding(patched, errno.EIO)
        first = run(session, photos)
        second = run(session, photos)
    assert (first.unreadable, first.embedded) == (1, 2)
    assert (second.unreadable, second.changed) == (1, 0)
    then = run(session, photos)
    assert (then.unreadable, then.embedded, then.changed) == (0, 1, 0)
    assert states(session) == {FileState.PRESENT: 3}


def test_what_the_bytes_say_is_final_until_it_is_asked_again(session, photos, monkeypatch):
    (photos / "1.jpg").write_bytes(b"no picture at all")
    assert run(session, photos).unreadable == 1
    looked_at = []
    real = index_reading.read_header

    def read_header(path, *arguments, **options):
        looked_at.append(path.name)
        return real(path, *arguments, **options)

    monkeypatch.setattr(index_reading, "read_header", read_header)
    assert run(session, photos).unreadable == 1
    assert not looked_at
    problems.try_again(session)
    assert run(session, photos).unreadable == 1
    assert looked_at == ["1.jpg"]


def test_a_damaged_picture_keeps_its_date_and_size_while_it_is_tried_again(session, photos):
    damaged = (photos / "0.jpg").read_bytes()
    (photos / "1.jpg").write_bytes(damaged[: len(damaged) // 2])
    run(session, photos)
    (before,) = session.read(files.problems)
    problems.try_again(session)
    run(session, photos)
    (after,) = session.read(files.problems)
    assert before == after
    assert after.mtime_ns == (photos / "1.jpg").stat().st_mtime_ns


def pull(photos: Path) -> None:
    """Leaves an empty mount point, as a drive does that was pulled."""
    for path in photos.iterdir():
        path.unlink()


@pytest.fixture
def elsewhere(session, photos):
    """Makes the folder look as if it lay on a drive of its own."""
    run(session, photos)
    session.write(
        lambda store: store.execute("UPDATE roots SET volume = 'uuid:of a drive', marker = ''")
    )


def test_a_drive_pulled_while_its_folder_is_listed_makes_files_offline(
    session, photos, elsewhere, monkeypatch
):
    real = index_run.scan

    def scan(*args, **options):
        pull(photos)
        return real(*args, **options)

    monkeypatch.setattr(index_run, "scan", scan)
    summary = run_all(session)
    assert (summary.missing, summary.unreadable, summary.offline) == (0, 0, 3)
    assert states(session) == {FileState.OFFLINE: 3}


def run_all(session):
    return index_run.index(session, [], job=Job())


def test_a_drive_pulled_while_new_files_are_looked_at_makes_no_problem(
    session, photos, elsewhere, monkeypatch
):
    for number in range(3, 6):
        Image.new("RGB", (96, 64), (0, 10 * number, 200)).save(photos / f"{number}.jpg")
    real = index_run._by_folder

    def batches(arrivals, size):
        for batch in real(arrivals, size):
            pull(photos)
            yield batch

    monkeypatch.setattr(index_run, "_by_folder", batches)
    summary = run_all(session)
    assert (summary.new, summary.missing, summary.unreadable, summary.offline) == (0, 0, 0, 3)
    assert states(session) == {FileState.OFFLINE: 3}


def test_a_drive_pulled_while_pictures_are_read_makes_them_offline(
    session, photos, elsewhere, monkeypatch, tmp_path
):
    for number in range(3, 6):
        Image.new("RGB", (96, 64), (0, 10 * number, 200)).save(photos / f"{number}.jpg")
    real = index_run.read_pictures
    kept = tmp_path / "kept"

    def read_pictures(*arguments, **options):
        shutil.copytree(photos, kept)
        pull(photos)
        return real(*arguments, **options)

    with monkeypatch.context() as patched:
        patched.setattr(index_run, "read_pictures", read_pictures)
        summary = run_all(session)
    assert (summary.unreadable, summary.embedded, summary.offline) == (0, 0, 6)
    assert states(session) == {FileState.OFFLINE: 6}
    (root,) = session.read(roots.list_all)
    assert not root.online
    for path in kept.iterdir():
        shutil.copy2(path, photos)
    back = run_all(session)
    assert (back.embedded, back.unreadable, back.offline) == (3, 0, 0)
