from pathlib import Path

import pytest

from photosort.gui.base import desktop_programs
from photosort.gui.base.desktop_programs import Program, programs_for

TRUE = "/bin/true"


@pytest.fixture
def entries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Writes desktop files: `entries(own={name: text}, system={name: text})`."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "own"))
    monkeypatch.setenv("XDG_DATA_DIRS", f"{tmp_path / 'system'}:{tmp_path / 'nothing'}")

    def write(**places: dict[str, str]) -> None:
        for place, texts in places.items():
            folder = tmp_path / place / "applications"
            folder.mkdir(parents=True)
            for name, text in texts.items():
                (folder / f"{name}.desktop").write_bytes(text.encode("utf-8", "surrogateescape"))

    return write


def entry(name: str, command: str, kinds: str = "image/jpeg;", more: str = "") -> str:
    return (
        f"[Desktop Entry]\nType=Application\nName={name}\nExec={command}\nMimeType={kinds}\n{more}\n"
        "[Desktop Action x]\nName=Other\nExec=false\n"
    )


def test_programs_for_the_kind_are_listed_by_name(entries) -> None:
    entries(
        system={
            "viewer": entry(
                "viewer", f"{TRUE} %F", more="Name[de]=Betrachter\nName[de_AT]=Schauer"
            ),
            "editor": entry("Editor", f"{TRUE} %U"),
            "player": entry("Player", f"{TRUE} %U", "video/mp4;"),
            "hidden": entry("Hidden", f"{TRUE} %U", more="NoDisplay=true"),
            "gone": entry("Gone", "/no/such/program %U"),
            "link": "[Desktop Entry]\nType=Link\nName=Link\nMimeType=image/jpeg;\n",
            "broken": entry("Broken", '"unclosed'),
            "nonsense": "\udcff\udcfe no entry at all",
            "nameless": entry("", TRUE),
        }
    )
    photo = Path("/offline/IMG 1.JPG")
    assert [one.name for one in programs_for(photo, "en_GB")] == ["Editor", "viewer"]
    assert [one.name for one in programs_for(photo, "de_CH")] == ["Betrachter", "Editor"]
    assert [one.name for one in programs_for(photo, "de_AT")] == ["Editor", "Schauer"]
    assert [one.name for one in programs_for(Path("a.mp4"), "en")] == ["Player"]


def test_the_user_s_own_entry_hides_the_system_s(entries) -> None:
    entries(
        own={"viewer": entry("Mine", TRUE), "editor": entry("Editor", TRUE, more="Hidden=true")},
        system={"viewer": entry("Theirs", TRUE), "editor": entry("Editor", TRUE)},
    )
    assert [one.name for one in programs_for(Path("a.jpg"), "en")] == ["Mine"]


@pytest.mark.parametrize(
    ("command", "started"),
    [
        ("show %F", [["show", "/a b.jpg", "/c%.jpg"]]),
        ("show -x %U -- %i", [["show", "-x", "file:///a%20b.jpg", "file:///c%25.jpg", "--"]]),
        ("show %f", [["show", "/a b.jpg"], ["show", "/c%.jpg"]]),
        ('show "--title=100%%"', [["show", "--title=100%", "/a b.jpg"], ["show", "--title=100%", "/c%.jpg"]]),
    ],
)  # fmt: skip
def test_files_take_the_place_of_field_codes(monkeypatch, command, started) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(desktop_programs, "_start", lambda words: ran.append(list(words)) or True)
    program = Program("Show", tuple(desktop_programs.shlex.split(command)))
    assert desktop_programs.start(program, [Path("/a b.jpg"), Path("/c%.jpg")])
    assert ran == started


def test_a_program_that_does_not_start_is_told() -> None:
    assert not desktop_programs.start(Program("No", ("/no/such/program", "%f")), [Path("/a.jpg")])
