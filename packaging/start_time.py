"""How long a package takes to its first window, cold and warm: `python packaging/start_time.py PROGRAM`.

Cold means that nothing of the program is in memory: the system's caches are dropped, which needs root.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

DISPLAY = ":96"
LIMIT_S = 60.0
_DROP = Path("/proc/sys/vm/drop_caches")


def first_window_s(program: Path, home: str) -> float:
    """Seconds from the start of the program to a window that is on the screen."""
    environment = {"HOME": home, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "DISPLAY": DISPLAY}
    start = time.perf_counter()
    window = subprocess.Popen([str(program)], env=environment, stderr=subprocess.DEVNULL)
    try:
        search = ["xdotool", "search", "--onlyvisible", "--name", "^Photosort$"]
        while not subprocess.run(search, env=environment, capture_output=True, check=False).stdout:
            if time.perf_counter() - start > LIMIT_S:
                raise SystemExit("no window came")
            time.sleep(0.01)
        return time.perf_counter() - start
    finally:
        window.terminate()
        window.wait()


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", type=Path)
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_args()
    server = subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", "1280x800x24", "-nolisten", "tcp"])
    try:
        while not Path(f"/tmp/.X11-unix/X{DISPLAY[1:]}").exists():
            time.sleep(0.05)
        with tempfile.TemporaryDirectory() as home:
            first_window_s(options.program, home)
            for kind in ("cold", "warm"):
                taken = []
                for _ in range(options.times):
                    if kind == "cold":
                        os.sync()
                        _DROP.write_text("3", "ascii")
                    taken.append(first_window_s(options.program, home))
                print(f"{kind}: median {statistics.median(taken):.2f} s, worst {max(taken):.2f} s")
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
