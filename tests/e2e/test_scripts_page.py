"""The guide's page for scripts: what stands there is run, line by line, as a shell runs it."""

import io
import json
import os
import re
import socketserver
import subprocess
import sys
import threading
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import jq
import pytest

from photosort.cli.main import main
from photosort.usecases.session import encoder_pool
from tests.e2e.conftest import save_jpeg

PAGE = Path(__file__).parents[2] / "docs" / "guide" / "scripts.md"
# Both programs run in the test's process, where the picture model is loaded once.
CLIENT = """#!{python}
import json, os, socket, sys
piped = "" if sys.stdin.isatty() else sys.stdin.read()
call = {{"argv": sys.argv, "cwd": os.getcwd(), "stdin": piped, "home": os.environ["PHOTOSORT_HOME"]}}
with socket.socket(socket.AF_UNIX) as asked:
    asked.connect({address!r})
    asked.sendall(json.dumps(call).encode() + b"\\n")
    answer = json.loads(asked.makefile().read())
sys.stderr.write(answer["err"])
try:
    sys.stdout.write(answer["out"])
    sys.stdout.flush()
except BrokenPipeError:
    os._exit(0)
sys.exit(answer["status"])
"""


def photosort(call):
    out, err = io.StringIO(), io.StringIO()
    before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(call["stdin"].encode()))
    os.environ["PHOTOSORT_HOME"] = call["home"]
    os.chdir(call["cwd"])
    try:
        with redirect_stdout(out), redirect_stderr(err):
            status = main(call["argv"][1:])
    finally:
        sys.stdin = before
    return status, out.getvalue(), err.getvalue()


def filtered(call):
    """What jq does with these of its options."""
    *options, program = call["argv"][1:]
    assert set(options) <= {"-r", "-s"}
    text = call["stdin"]
    if "-s" in options:
        text = json.dumps([json.loads(line) for line in text.splitlines()])
    values = jq.compile(program).input_text(text).all()
    raw = "-r" in options
    said = [one if raw and isinstance(one, str) else json.dumps(one) for one in values]
    return 0, "".join(f"{line}\n" for line in said), ""


@pytest.fixture
def shell(tmp_path, starter, monkeypatch):
    """Runs a block of the page in a folder with photos."""
    monkeypatch.setattr(encoder_pool, "load_encoder", lambda name, **options: starter)
    monkeypatch.setenv("PHOTOSORT_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("PHOTOSORT_LIBRARY", raising=False)
    monkeypatch.chdir(tmp_path)
    programs = {"photosort": photosort, "jq": filtered}

    class Answer(socketserver.StreamRequestHandler):
        def handle(self):
            call = json.loads(self.rfile.readline())
            with lock:
                status, out, err = programs[Path(call["argv"][0]).name](call)
            self.wfile.write(json.dumps({"status": status, "out": out, "err": err}).encode())

    lock = threading.Lock()
    address = str(tmp_path / "s")
    with socketserver.ThreadingUnixStreamServer(address, Answer) as server:
        serving = threading.Thread(target=server.serve_forever, args=(0.01,))
        serving.start()
        for name in programs:
            client = tmp_path / "bin" / name
            client.parent.mkdir(exist_ok=True)
            client.write_text(CLIENT.format(python=sys.executable, address=address))
            client.chmod(0o755)
        path = f"{tmp_path / 'bin'}:{os.environ['PATH']}"

        def run(block):
            ran = subprocess.run(
                ["bash", "-euo", "pipefail", "-c", block],
                cwd=tmp_path,
                env=os.environ | {"PATH": path, "PHOTOSORT_HOME": str(tmp_path / "home")},
                capture_output=True,
                text=True,
                check=False,
            )
            assert ran.returncode == 0, (block, ran.stderr)
            return ran.stdout

        yield run
        server.shutdown()
        serving.join()


def test_the_tasks_and_recipes_do_what_they_say(shell, tmp_path):
    photos = tmp_path / "Pictures"
    save_jpeg("cat", photos / "cat.jpg", taken="2021:03:04 10:00:00")
    save_jpeg("coffee", photos / "coffee.jpg", taken="2022:05:15 18:42:07")
    save_jpeg("rocket", photos / "rocket.jpg")
    (photos / "again.jpg").write_bytes((photos / "cat.jpg").read_bytes())
    scans = tmp_path / "Scans"
    scans.mkdir()
    (scans / "empty.jpg").write_bytes(b"")
    main(["index", str(photos), str(scans), "--quiet"])
    main(["tag", "--confirm", "ours", str(photos / "coffee.jpg")])
    text = PAGE.read_text("utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    assert len(blocks) == 15
    said = dict(
        zip(
            re.findall(r"\n\n([^\n]+(?:\n[^\n]+)*?):\n\n```sh", text),
            map(shell, blocks),
            strict=True,
        )
    )

    def of(words):
        (found,) = [out for title, out in said.items() if words in title]
        return found

    untagged = {Path(line).name for line in (tmp_path / "untagged.txt").read_text().splitlines()}
    assert "rocket.jpg" in untagged
    assert "coffee.jpg" not in untagged
    assert len(list((tmp_path / "cats-2021").glob("*.jpg"))) == 1
    assert not photos.exists()
    assert of("Paths of the best matches").splitlines()[0] == str(
        tmp_path / "disk/Pictures/coffee.jpg"
    )
    assert of("Photos of each year").split() == ["1", "2021", "1", "2022"]
    assert "coffee.jpg" in (tmp_path / "tags.csv").read_text()
    assert "1 ours" in of("How often each tag").splitlines()
    assert isinstance(json.loads(of("Albums with their sizes")), list)
    assert json.loads(of("no place")) == 3
    assert of("Why files").split()[0] == "1"
    assert len(of("The other files").splitlines()) == 1
    assert of("The latest change")
