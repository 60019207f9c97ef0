"""An X server of its own for scripts that look at the window, with a window manager that draws no frames."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_START_S = 20.0
_FRAMELESS = """<?xml version="1.0"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <applications><application class="*"><decor>no</decor></application></applications>
</openbox_config>
"""


def can_start() -> bool:
    """Whether X server and window manager are installed."""
    return all(shutil.which(name) is not None for name in ("Xvfb", "openbox"))


@contextmanager
def screen(width: int, height: int) -> Iterator[dict[str, str]]:
    """An X server with a screen of this size in pixels, and the environment that leads to it."""
    reading, writing = os.pipe()
    with tempfile.TemporaryDirectory(prefix="photosort-screen-") as folder:
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24"]
        server = subprocess.Popen(
            [*command, "-nolisten", "tcp"], pass_fds=[writing], stderr=subprocess.DEVNULL
        )
        os.close(writing)
        try:
            with os.fdopen(reading) as told:
                display = f":{told.readline().strip()}"
            found = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
            chosen = Path(folder, "openbox.xml")
            chosen.write_text(_FRAMELESS)
            manager = subprocess.Popen(
                ["openbox", "--config-file", str(chosen)], env=found, stderr=subprocess.DEVNULL
            )
            try:
                time.sleep(0.5)
                yield found
            finally:
                manager.terminate()
                manager.wait(timeout=_START_S)
        finally:
            server.terminate()
            server.wait(timeout=_START_S)
