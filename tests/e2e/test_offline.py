"""Nothing leaves the machine: the whole journey passes when no socket can be made."""

import os
import subprocess
import sys

import pytest

from tests.fixtures import tiny_clip

BLOCKED = """
import socket, sys

class Refused(OSError):
    pass

def refuse(*arguments, **options):
    raise Refused("a socket was opened")

class Socket(socket.socket):
    def __init__(self, family=-1, *arguments, **options):
        if family != getattr(socket, "AF_UNIX", None):
            refuse()
        super().__init__(family, *arguments, **options)

socket.socket = Socket
socket.create_connection = socket.getaddrinfo = socket.gethostbyname = refuse
try:
    socket.socket(socket.AF_INET)
except Refused:
    pass
else:
    raise SystemExit("sockets are not blocked")

from photosort.cli.main import main
raise SystemExit(main(sys.argv[1:]))
"""

JOURNEY = (
    ["index", "{photos}"],
    ["search", "a cat", "--json"],
    ["similar", "{photos}/pets/IMG_0001.jpg"],
    ["tag", "{photos}", "--accept", "0.5"],
    ["tags"],
    ["models"],
    ["check"],
    ["undo", "--list"],
    ["models", "import", "{model}"],
    ["models", "use", "{name}"],
    ["index"],
    ["search", "a cat", "--json"],
)


@pytest.mark.slow
def test_the_whole_journey_without_sockets(tmp_path, photos, originals):
    before = originals(photos)
    model = tiny_clip.cached(steps=40)
    environment = {
        **os.environ,
        "PHOTOSORT_HOME": str(tmp_path / "home"),
        "PHOTOSORT_LIBRARY": str(tmp_path / "home" / "library.db"),
    }
    for step in JOURNEY:
        given = [part.format(photos=photos, model=model, name=model.name) for part in step]
        ran = subprocess.run(
            [sys.executable, "-c", BLOCKED, *given],
            capture_output=True,
            text=True,
            check=False,
            env=environment,
        )
        assert ran.returncode == 0, (given, ran.stderr)
    assert originals(photos) == before
