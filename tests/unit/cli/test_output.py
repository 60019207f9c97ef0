"""What files and people named is printed, and never obeyed by the terminal."""

import pytest

from photosort.cli.output import Printer, counted
from photosort.errors import InputProblem

EVIL = "a\x1b]0;owned\x07\x9b31m\u202etxt.exe\u2066\rb\ud800"


@pytest.mark.parametrize("way", ["say", "remark", "error", "table"])
def test_the_terminal_is_given_no_commands(way, capsys):
    printer = Printer(as_json=False, quiet=False)
    match way:
        case "error":
            printer.error(InputProblem(EVIL))
        case "table":
            printer.table(("name",), [(EVIL,)])
        case _:
            getattr(printer, way)(EVIL)
    out, err = capsys.readouterr()
    text = (out + err).removeprefix("photosort: ")
    assert "owned" in text
    assert not set(text) & set("\x1b\x07\x9b\u202e\u2066\r\ud800")


def test_lines_and_joined_characters_stay(capsys):
    Printer(as_json=False, quiet=False).say("one\ntwo \N{NO-BREAK SPACE}\U0001f468\u200d\U0001f469")
    assert capsys.readouterr().out == "one\ntwo \N{NO-BREAK SPACE}\U0001f468\u200d\U0001f469\n"


def test_one_is_counted_as_one():
    counts = [counted(number, "photo") for number in (0, 1, 1204)]
    assert counts == ["0 photos", "1 photo", "1,204 photos"]
