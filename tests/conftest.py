"""What every test shares: places of its own, drawn pictures, no unexpected warning, no leaked thread."""

import logging
import os
import threading
from pathlib import Path

import pytest
from hypothesis import settings

# A slow machine is no fault of what is tested.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.pop("PHOTOSORT_LIBRARY", None)
os.environ.pop("PHOTOSORT_HOME", None)


@pytest.fixture
def places(tmp_path):
    """A library and a home of the test's own."""
    from photosort.paths import LibraryPaths

    return LibraryPaths(library=tmp_path / "home" / "library.db", home=tmp_path / "home")


@pytest.fixture(autouse=True)
def _files_read_here():
    """Index runs read files in the test's own process, not in children, which take a while to start.

    Tests of children have a fixture of this name that does nothing.
    """
    from photosort.threads.child_processes import ChildProcesses
    from tests.fixtures.reading import call_here

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ChildProcesses, "call", call_here)
        yield


@pytest.fixture(autouse=True)
def _no_unexpected_warning(request, caplog):
    """A WARNING that the test did not ask for fails it (`@pytest.mark.expects_warnings`)."""
    yield
    if request.node.get_closest_marker("expects_warnings"):
        return
    unexpected = [
        record
        for when in ("setup", "call")
        for record in caplog.get_records(when)
        if record.name.startswith("photosort") and record.levelno >= logging.WARNING
    ]
    assert not unexpected, [record.getMessage() for record in unexpected]


@pytest.fixture(autouse=True)
def _no_leaked_thread():
    """A thread of ours that outlives the test fails it."""
    before = set(threading.enumerate())
    yield
    leaked = [
        thread
        for thread in threading.enumerate()
        if thread not in before and thread.name.startswith("photosort") and thread.is_alive()
    ]
    assert not leaked, [thread.name for thread in leaked]


@pytest.fixture
def home_trash(tmp_path, monkeypatch):
    """The wastebasket of the test's own home, which takes the files of all folders of the test."""
    import send2trash
    from send2trash import plat_other

    data = tmp_path / "data"
    monkeypatch.setenv("XDG_DATA_HOME", str(data))
    monkeypatch.setattr(plat_other, "XDG_DATA_HOME", os.fsencode(data))
    monkeypatch.setattr(plat_other, "HOMETRASH_B", os.fsencode(data / "Trash"))
    monkeypatch.setattr(plat_other, "get_dev", lambda path: 1)
    monkeypatch.setattr(send2trash, "send2trash", plat_other.send2trash)
    return data / "Trash"


@pytest.fixture
def originals():
    """Remembers bytes and times of every file below a folder, to be compared later."""

    def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
        return {
            os.fspath(path): (path.read_bytes(), path.stat().st_mtime_ns)
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }

    return snapshot
