"""One journey through the window as a screen reader makes it: `make journey`.

Start, search, confirm a tag, undo it, export a copy, each by what AT-SPI tells of the window and by keys, under
an X server of its own. It wants Xvfb, a window manager (openbox), D-Bus, the AT-SPI registry and its bindings
for a Python (gir1.2-atspi-2.0, python3-gi); without them it says which is absent and ends with status 77.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
ABSENT = 77
_PROGRAMS = ("Xvfb", "openbox", "dbus-run-session")
_SYSTEM_PYTHON = "/usr/bin/python3"
_LIMIT_S = 300.0
# X11's symbols of keys that are no letters, and the codes of those that are held, as Xvfb has them.
_SYMBOLS = {"Return": 0xFF0D, "Escape": 0xFF1B, "Home": 0xFF50, "Tab": 0xFF09}
_HELD = {"Control": 37, "Shift": 50}


def absent() -> str:
    """What is not installed here, or ""."""
    missing = [name for name in _PROGRAMS if shutil.which(name) is None]
    bindings = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
    found = subprocess.run([_SYSTEM_PYTHON, "-c", bindings], check=False, capture_output=True)
    if found.returncode:
        missing.append("the Python bindings of AT-SPI")
    return ", ".join(missing)


def run() -> int:
    """Starts the X server and the session, and the journey in it; returns its exit status."""
    missing = absent()
    if missing:
        print(f"The journey was not made: {missing} not found.")
        return ABSENT
    # Not above: the system's Python, which drives, has no scikit-image.
    from tools import display, sample_photos

    with tempfile.TemporaryDirectory(prefix="photosort-journey-") as work:
        sample_photos.write_photos(Path(work, "photos"))
        with display.screen(1400, 900) as environment:
            environment |= {
                "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
                "HOME": work,
                "XDG_RUNTIME_DIR": work,
                "NO_AT_BRIDGE": "0",
                "PYTHONPATH": str(ROOT),
            }
            command = ["dbus-run-session", "--", sys.executable, __file__, "--session", work]
            return subprocess.run(command, env=environment, cwd=ROOT, check=False).returncode


def session(work: Path) -> int:
    """Inside the session: the window, and who drives it."""
    app = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "photosort",
            "--home",
            str(work / "home"),
            "app",
            str(work / "photos"),
        ]
    )
    try:
        command = [_SYSTEM_PYTHON, __file__, "--drive", str(work)]
        return subprocess.run(command, check=False).returncode
    finally:
        app.terminate()
        app.wait()


class Driver:
    """What a screen reader sees and does."""

    def __init__(self) -> None:
        import gi

        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi

        self.atspi = Atspi

    def wait(self, what: str, find: Callable[[], Any]) -> Any:
        """Waits until something is found, and says it."""
        end = time.monotonic() + _LIMIT_S
        while time.monotonic() < end:
            try:
                found = find()
            except Exception:
                found = None
            if found:
                print(f"ok   {what}", flush=True)
                return found
            time.sleep(0.2)
        for one in self.every(self.window()):
            print("     ", one.get_role_name(), repr(one.get_name()), flush=True)
        raise SystemExit(f"FAIL {what}")

    def every(self, root: Any) -> Iterator[Any]:
        """Everything below, what is shown first; long lists are cut."""
        waiting = [root]
        while waiting:
            one = waiting.pop(0)
            if one is None:
                continue
            yield one
            waiting += [one.get_child_at_index(i) for i in range(min(one.get_child_count(), 40))]

    def window(self) -> Any:
        """The program, by the name it gives itself."""
        desktop = self.atspi.get_desktop(0)
        # The library remembers children and names, and forgets them on events only, for which no loop runs here.
        desktop.clear_cache()
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            if child is not None and "photosort" in (child.get_name() or "").lower():
                return child
        return None

    def named(self, name: str, role: str = "", *, shown: bool = True) -> Any:
        """The first that is called so."""
        for one in self.every(self.window()):
            called = one.get_name() or ""
            fits = called == name or (name.endswith("*") and called.startswith(name[:-1]))
            if fits and (not role or one.get_role_name() == role):
                states = one.get_state_set()
                if not shown or states.contains(self.atspi.StateType.SHOWING):
                    return one
        return None

    def press(self, *keys: str) -> None:
        """Presses keys one after the other; "Control+z" holds the first."""
        for key in keys:
            *held, last = key.split("+")
            for name in held:
                self._key(name, self.atspi.KeySynthType.PRESS)
            self._key(last, self.atspi.KeySynthType.PRESSRELEASE)
            for name in reversed(held):
                self._key(name, self.atspi.KeySynthType.RELEASE)
            time.sleep(0.05)

    def type(self, text: str) -> None:
        """Types a text."""
        for letter in text:
            self.press(letter)

    def _key(self, name: str, how: Any) -> None:
        if how == self.atspi.KeySynthType.PRESSRELEASE:
            symbol = _SYMBOLS.get(name) or ord(name)
            self.atspi.generate_keyboard_event(symbol, None, self.atspi.KeySynthType.SYM)
        else:
            self.atspi.generate_keyboard_event(_HELD[name], None, how)


def drive(work: Path) -> int:
    """The journey."""
    reader = Driver()
    reader.wait("the window is there", lambda: reader.named("Photosort", "frame"))
    photos = reader.wait("the photos are a list", lambda: reader.named("Photos*", "list"))
    count = len(list(work.glob("photos/**/*.jpg")))
    reader.wait(f"{count} photos are in it", lambda: photos.get_child_count() == count)
    first = photos.get_child_at_index(0).get_name()
    reader.wait(f"a photo says what it is: {first}", lambda: "2022" in first)
    reader.wait("it is read to the end", lambda: reader.named("Pause", shown=True) is None)

    reader.press("Control+f")
    reader.wait(
        "the search field has the keyboard",
        lambda: reader.named("Search").get_state_set().contains(reader.atspi.StateType.FOCUSED),
    )
    reader.type("a motorcycle")
    reader.wait(
        "the search finds the motorcycles first",
        lambda: "motorcycle" in photos.get_child_at_index(0).get_name(),
    )
    reader.press("Return", "Home", "t")
    reader.wait("a field for a tag has the keyboard", lambda: _focused(reader, "text"))
    reader.type("zundapp")
    reader.press("Return")
    reader.wait("the tag is confirmed", lambda: reader.named("zundapp, *"))
    reader.press("Escape", "Escape", "Control+z")
    reader.wait("undo takes it back", lambda: reader.named("zundapp, *") is None)

    reader.press("Control+f", "Escape", "Home", "Control+Shift+e")
    reader.wait("the export asks how", lambda: reader.named("Export*", "dialog"))
    reader.press("Return")
    reader.wait("a copy is there", lambda: list(work.glob("**/Exported/**/*.jpg")))
    return 0


def _focused(reader: Driver, role: str) -> Any:
    focused = reader.atspi.StateType.FOCUSED
    for one in reader.every(reader.window()):
        if one.get_role_name() == role and one.get_state_set().contains(focused):
            return one if one.get_name() != "Search" else None
    return None


def main() -> int:
    """One of the three roles that the script plays."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--session", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--drive", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.drive is not None:
        return drive(options.drive)
    if options.session is not None:
        return session(options.session)
    return run()


if __name__ == "__main__":
    raise SystemExit(main())
