"""How long a package takes to its first window, cold and warm: `python -m tools.start_time PROGRAM`.

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

from tools.display import screen

LIMIT_S = 60.0
_DROP = Path("/proc/sys/vm/drop_caches")


def first_window_s(program: Path, home: str, display: str) -> float:
    """Seconds from the start of the program to a window that is on the screen."""
    environment = {"HOME": home, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "DISPLAY": display}
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
    with tempfile.TemporaryDirectory() as work, screen(1280, 800) as environment:
        home = str(Path(work) / "home")
        display = environment["DISPLAY"]
        first_window_s(options.program, home, display)
        for kind in ("cold", "warm"):
            taken = []
            for _ in range(options.times):
                if kind == "cold":
                    os.sync()
                    _DROP.write_text("3", "ascii")
                taken.append(first_window_s(options.program, home, display))
            print(f"{kind}: median {statistics.median(taken):.2f} s, worst {max(taken):.2f} s")


if __name__ == "__main__":
    main()
