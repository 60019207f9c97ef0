"""The documentation holds: its links lead somewhere, its commands exist, and those of the terminal's page run."""

import importlib
import io
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from photosort.cli.main import build_parser, main
from photosort.usecases.session.demonstration import demonstration_photos
from tools import command_arguments, documentation

ROOT = Path(__file__).parents[3]
DOCS = ROOT / "docs"
# Made by `make docs`, from the code.
GENERATED = {DOCS / "command-reference.md", DOCS / "decisions" / "index.md"}
PAGES = sorted(
    {
        *ROOT.glob("*.md"),
        ROOT / "benchmarks" / "README.md",
        ROOT / "findings" / "README.md",
        *DOCS.rglob("*.md"),
    }
    - GENERATED
)
_TARGET = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_TITLE = re.compile(r"^#+ (.+)$", re.MULTILINE)


@pytest.fixture
def man_page(monkeypatch):
    """What makes the man page; its folder is no package, because another one has its name."""
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    return importlib.import_module("linux.man_page").man_page


def text_of(page):
    return page.read_text("utf-8")


def code_of(page):
    """Language and lines of every block of code."""
    for token in MarkdownIt().parse(text_of(page)):
        if token.type in {"fence", "code_block"}:
            yield token.info, token.content.splitlines()


def commands_of(page):
    """What a reader would type: lines of a console with a dollar, without the dollar."""
    return [
        line.removeprefix("$ ")
        for _, lines in code_of(page)
        for line in lines
        if line.startswith("$ ")
    ]


def anchors_of(page):
    titles = _TITLE.findall(text_of(page))
    return {re.sub(r"[^\w -]", "", title.lower()).strip().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_and_pictures_lead_somewhere(page):
    for target in _TARGET.findall(text_of(page)):
        if target.startswith(("https://", "http://")):
            continue
        file, _, anchor = target.partition("#")
        there = (page.parent / file).resolve() if file else page
        assert there.exists(), target
        if anchor:
            assert anchor in anchors_of(there), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_exist(page):
    parser = build_parser()
    for line in commands_of(page):
        call = shlex.split(line.rpartition("|")[2])
        if call[0] == "photosort":
            parser.parse_args(call[1:])


def test_the_command_reference_is_what_the_program_says():
    made = documentation.reference()
    kept = text_of(DOCS / "command-reference.md")
    assert kept == made, "`make reference` updates it"


def test_every_argument_of_every_command_says_what_it_is():
    for parser in command_arguments.parsers(build_parser()):
        for action in command_arguments.own(parser):
            assert action.help, (parser.prog, action.dest)


def test_the_man_page_names_everything_and_is_sound(man_page):
    page = man_page("finds photos", 0)
    for parser in list(command_arguments.parsers(build_parser()))[1:]:
        assert f".SS {parser.prog}" in page.replace("\\-", "-")
        for action in command_arguments.own(parser):
            assert f"\\fB{command_arguments.spelled(action)}\\fR" in page.replace("\\-", "-"), (
                action
            )
    assert "library.db" in page
    # A line that begins with a point is a request, and troff drops one that it does not know.
    requests = {line.split()[0] for line in page.splitlines() if line.startswith((".", "'"))}
    assert requests == {".TH", ".SH", ".SS", ".TP", ".B", ".br"}


def test_no_page_of_the_site_asks_a_network_for_anything(tmp_path):
    page = tmp_path / "page.html"
    own = '<script src="../search.js"></script><a href="https://photosort.example">there</a>'
    page.write_text(f'<script src="https://cdn.example/shim" type="text/javascript"></script>{own}')
    documentation.take_network_out(tmp_path)
    assert page.read_text() == own
    page.write_text('<img alt="" src="https://cdn.example/picture.png">')
    with pytest.raises(SystemExit, match="would fetch"):
        documentation.take_network_out(tmp_path)


def test_targets_of_make_exist():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for page in PAGES:
        for _, lines in code_of(page):
            for line in lines:
                named = re.match(r"make ([a-z-]+)", line.strip())
                assert named is None or named[1] in targets, (page.name, line)


def test_every_page_stands_in_the_site():
    def pages(entry):
        if isinstance(entry, str):
            return [entry]
        if isinstance(entry, dict):
            entry = list(entry.values())
        return [page for part in entry for page in pages(part)]

    site = tomllib.loads((ROOT / "zensical.toml").read_text("utf-8"))
    named = {DOCS / page for page in pages(site["project"]["nav"])} - GENERATED
    # Decisions have a list of their own, and notes may be for developers alone.
    optional = {page for page in PAGES if page.parent.name in {"decisions", "notes"}}
    written = {page for page in PAGES if page.is_relative_to(DOCS)}
    assert written - optional == named - optional
    assert named <= written


def test_the_page_of_the_terminal_runs(tmp_path, monkeypatch):
    demonstration_photos(tmp_path / "photos")
    (tmp_path / "my-tags.txt").write_text("coffee\nmotorcycle\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PHOTOSORT_HOME", str(tmp_path / "home"))
    typed = commands_of(DOCS / "guide" / "terminal.md")
    assert len(typed) > 8
    for line in typed:
        # In this process, so that torch is imported once; a command behind a pipe reads what comes through it.
        before, _, call = line.rpartition("|")
        piped = subprocess.run(before or "true", shell=True, capture_output=True, check=True).stdout
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(piped)))
        assert main(shlex.split(call)[1:]) == 0, line


@pytest.mark.parametrize(
    "page", sorted((DOCS / "decisions").glob("[0-9]*.md")), ids=lambda page: page.name
)
def test_a_decision_says_its_status_date_and_consequences_on_one_page(page):
    text = text_of(page)
    assert re.match(rf"# {int(page.name[:4])}\. \S", text)
    assert re.search(
        r"^Status: (accepted|replaced).*Date: 20\d\d-\d\d-\d\d", text, re.MULTILINE | re.DOTALL
    )
    for part in ("Context", "Decision", "Consequences"):
        assert f"**{part}.**" in text, part
    assert len(text.splitlines()) <= 60


def test_what_the_code_says_of_the_docs_exists():
    folders = ("photosort", "resources", "benchmarks", "tools", "packaging", "tests")
    named = {
        (str(file.relative_to(ROOT)), path)
        for folder in folders
        for file in (ROOT / folder).rglob("*")
        if file.suffix in {".py", ".yaml"}
        for path in re.findall(r"\b(?:docs|benchmarks|tools)/[\w/.-]*\w", file.read_text("utf-8"))
    }
    assert len(named) > 20
    assert sorted(name for name in named if not (ROOT / name[1]).exists()) == []
