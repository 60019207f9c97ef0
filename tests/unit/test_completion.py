"""Completion for shells names what the parser knows, and lies where the shells and the packages look for it."""

import importlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from photosort.cli.main import build_parser
from tools import command_arguments
from tools.completion import PLACES, completion

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("shell", PLACES)
def test_every_command_and_option_is_completed(shell):
    script = completion(shell)
    for parser in command_arguments.parsers(build_parser()):
        assert parser.prog.split()[-1] in script
        for action in command_arguments.own(parser):
            for option in action.option_strings:
                # fish spells long options without their dashes.
                spelled = f"-l {option[2:]}" if shell == "fish" else option
                assert spelled in script, (parser.prog, option)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (["dup"], {"duplicates"}),
        (["albums", "ta"], {"take-out"}),
        (["search", "--li"], {"--library", "--limit"}),
        (["albums", "--kind", ""], {"event", "theme", "manual", "smart"}),
        (["index", "Pic"], {"Pictures"}),
    ],
)
def test_bash_completes(tmp_path, typed, expected):
    bash = shutil.which("bash")
    assert bash, "the tests of completion need bash"
    (tmp_path / "Pictures").mkdir()
    (tmp_path / "completion").write_text(completion("bash"))
    words = " ".join(f"'{word}'" for word in ("photosort", *typed))
    asked = f"""
        source completion
        COMP_WORDS=({words}); COMP_CWORD={len(typed)}
        registered=$(complete -p photosort)
        function=${{registered##*-F }}; function=${{function%% *}}
        $function photosort '{typed[-1]}' '{["photosort", *typed][-2]}'
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    ran = subprocess.run(
        [bash, "--norc", "-c", asked], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert set(ran.stdout.split()) == expected, ran.stderr


def test_the_packages_bring_it_and_take_it_away(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    importlib.import_module("linux.deb").add_completions(tmp_path)
    there = {path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()}
    assert there == set(PLACES.values())
    removal = (ROOT / "packaging" / "linux" / "install.sh").read_text("utf-8")
    removed = set(re.findall(r'rm -f "\$prefix/share/([^"]+)"', removal))
    assert {str(place) for place in PLACES.values()} <= removed
