"""The documented backup: the library file, copied after any command."""

import shutil
import subprocess
import sys


def test_the_library_file_alone_holds_every_decision(indexed, photosort, tmp_path):
    library = tmp_path / "home" / "library.db"
    photo = indexed / "pets" / "IMG_0001.jpg"
    info, history = ("info", photo), ("undo", "--list")
    for number, (change, asked) in enumerate(
        (
            (("tag", photo, "--confirm", "cat"), (info, history)),
            (("albums", "make", "Pets", photo), (info, history)),
            (("tags", "add", "Whiskers"), (("tags",), history)),
            (("undo",), (history,)),
            (("search", "folder:pets"), (info,)),
        )
    ):
        # In a process of its own, as people do: what it leaves open ends with it.
        called = [sys.executable, "-m", "photosort", "--quiet", "--home", library.parent]
        done = subprocess.run(
            [*called, "--library", library, *change], capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, ""), change
        assert not library.with_name("library.db-wal").exists(), change
        copy = tmp_path / f"copy {number}" / "library.db"
        copy.parent.mkdir()
        shutil.copyfile(library, copy)
        for question in asked:
            rows = [
                photosort("--json", "--library", one, *question).rows for one in (copy, library)
            ]
            assert rows[0], (change, question)
            assert rows[0] == rows[1], (change, question)
