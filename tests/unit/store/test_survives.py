"""What other processes and sudden death may do to a library."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from photosort.store import check
from photosort.store.db.database import Store
from photosort.store.tables import photos
from photosort.store.vectors import vectors

PROJECT = Path(__file__).parents[3]

WRITE_BATCHES = """
    import sys
    from pathlib import Path
    import numpy as np
    from photosort.domain.encoders import EncoderInfo
    from photosort.domain.photos import Metadata
    from photosort.domain.pictures import InputSpec
    from photosort.sentences import Sentence
    from photosort.store.tables import contents, files, photos, roots
    from photosort.store.db import history
    from photosort.store.vectors import vectors
    from photosort.store.tables.contents import NewContent
    from photosort.store.db.database import Store
    from photosort.store.tables.files import NewFile
    from photosort.store.tables.photos import Effective

    store = Store.open(Path(sys.argv[1]))
    name = sys.argv[2]
    root, _ = roots.add(store, f"/photos/{name}", volume="", marker="", actor="command")
    info = EncoderInfo("x", "v", {"semantic": 8}, ("semantic",), InputSpec(8))
    encoder_id = vectors.encoder_id(store, info)
    row = np.eye(8, dtype=np.float32)[0]
    batch = 0
    while True:
        with store.atomic():
            held = contents.insert(
                store, [NewContent(b"%d-%d" % (batch, n), 1) for n in range(50)]
            )
            ids = photos.insert(store, [Effective(Metadata())] * 50)
            files.insert(store, [
                NewFile(root.id, f"{batch}/{n}", 1, 1, content_id=c, photo_id=p)
                for n, (c, p) in enumerate(zip(held, ids))
            ])
            photos.choose_main(store, ids)
            vectors.put(store, encoder_id, [(c, {"semantic": row}) for c in held])
        with history.recording(store, Sentence("Rate batch {batch}", batch=batch), "command") as changes:
            changes.update("photos", ids, {"user_rating": 3})
        batch += 1
        print(batch, flush=True)
"""


@contextmanager
def writer(library: Path, name: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(WRITE_BATCHES), str(library), name],
        stdout=subprocess.PIPE,
        text=True,
        cwd=PROJECT,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def wait_for_batch(process: subprocess.Popen[str], batch: int) -> int:
    """Reads until the batch was reported; returns the last one reported."""
    assert process.stdout is not None
    done = 0
    while done < batch:
        line = process.stdout.readline()
        assert line, "the writer ended early"
        done = int(line)
    return done


def assert_whole(store: Store) -> int:
    """Every photo has its file, content and vector; returns how many photos there are."""
    count = store.value("SELECT count(*) FROM photos")
    assert count % 50 == 0
    for table in ("files", "contents", "vectors"):
        assert store.value(f"SELECT count(*) FROM {table}") == count
    assert photos.count(store) == count
    assert check._library(store).ok
    assert check._vectors(store, repair=False).ok
    rated = store.value("SELECT count(*) FROM photos WHERE user_rating = 3")
    entries = store.value("SELECT count(*) FROM history WHERE action LIKE 'Rate%'")
    assert rated == 50 * entries
    return int(count)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no such sudden death here")
def test_a_killed_writer_leaves_whole_batches_and_the_next_goes_on(library: Path) -> None:
    for attempt in range(2):
        with writer(library, f"run{attempt}") as process:
            done = wait_for_batch(process, 2 + attempt)
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
        with Store.open(library) as store:
            assert assert_whole(store) >= 50 * done
            assert vectors.pending(store, 1) == []


def test_two_processes_write_at_once(library: Path) -> None:
    Store.open(library).close()
    with writer(library, "one") as first, writer(library, "two") as second:
        done = wait_for_batch(first, 3) + wait_for_batch(second, 3)
        with Store.open(library) as store:  # and a third one in between
            store.execute("INSERT INTO settings VALUES ('a', '1')")
    with Store.open(library) as store:
        assert assert_whole(store) >= 50 * done
        assert store.value("SELECT count(*) FROM roots") == 2


def test_two_processes_make_the_library_at_once(library: Path) -> None:
    with writer(library, "one") as first, writer(library, "two") as second:
        wait_for_batch(first, 1)
        wait_for_batch(second, 1)
    with Store.open(library) as store:
        assert_whole(store)
