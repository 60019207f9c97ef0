import argparse
import json
import subprocess
import sys
from pathlib import Path

import pytest

from photosort.cli.main import build_parser, main

ROOT = Path(__file__).parents[3]


def commands():
    parser = build_parser()
    (action,) = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    return action.choices


def test_every_command_and_option_is_documented():
    text = (ROOT / "docs" / "commands.md").read_text()
    for name, parser in commands().items():
        assert f"| `{name}" in text, name
        for action in parser._actions:
            for option in action.option_strings:
                assert option in {"-h", "--help"} or option in text, (name, option)


def test_every_documented_command_exists():
    lines = (ROOT / "docs" / "commands.md").read_text().splitlines()
    named = {line.split("`")[1].split()[0] for line in lines if line.startswith("| `")}
    assert named == set(commands())


@pytest.mark.parametrize("given", [[], ["index"], ["search"], ["tag"]])
def test_help_is_there(given, capsys):
    with pytest.raises(SystemExit) as left:
        main([*given, "--help"])
    assert left.value.code == 0
    assert "usage: photosort" in capsys.readouterr().out


def test_help_imports_nothing_heavy():
    code = (
        "import sys; from photosort.cli.main import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'torch', 'PySide6', 'numpy', 'PIL', 'sqlite_utils', 'rich', 'exiv2'}\n"
        "print('loaded', sorted(heavy & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.endswith("loaded []\n")


def test_the_command_line_works_without_the_window(tmp_path):
    code = (
        "import sys; sys.modules['PySide6'] = None\n"
        "from photosort.cli.main import main\n"
        "raise SystemExit(main(sys.argv[1:]))"
    )
    given = ["--home", str(tmp_path), "--library", str(tmp_path / "l.db"), "problems", "--json"]
    ran = subprocess.run(
        [sys.executable, "-c", code, *given], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout) == (0, "")


@pytest.mark.parametrize(
    "given",
    [
        ["frobnicate"],
        ["search"],
        ["search", "dog", "--limit", "0"],
        ["tag", "--accept", "2"],
        ["tag", "--confirm", "a", "--reject", "b"],
    ],
)
def test_a_wrong_call_is_one_sentence_and_status_2(given, capsys):
    assert main([*given, "--json"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert set(json.loads(err)) == {"error", "message", "position"}


def test_a_wrong_call_for_people(capsys):
    assert main(["search"]) == 2
    assert capsys.readouterr().err.startswith("photosort: ")
