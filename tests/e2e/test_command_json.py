"""Every command with `--json`, compared with the one description of what it prints."""

import shutil

import pytest

from photosort.cli import album_changes
from photosort.cli.json_rows import ROWS
from photosort.cli.main import build_parser
from photosort.domain.albums import AlbumSuggestion
from photosort.usecases.photos.photo_paths import photo_at
from tools import command_arguments
from tools.command_json import faults, row_of

# In this order on one library; P is the folder of the photos, T one for what is written.
CALLS = {
    "index": "index P --reread",
    "import": "import T/card --to T/imported",
    "search": "search cat --all",
    "search --queries-from": "search --queries-from T/queries",
    "similar": "similar P/pets/cat.jpg",
    "duplicates": "duplicates",
    "duplicates --keep": "duplicates --keep best --flag discard",
    "duplicates --apart": "duplicates --apart P/pets/cat.jpg P/2022/coffee.jpg",
    "tag": "tag P --min-confidence 0 --dry-run",
    "tag --confirm": "tag --confirm ours P/pets/cat.jpg",
    "tag --reject": "tag --reject dog P/pets/cat.jpg",
    "tags": "tags",
    "tags packs": "tags packs",
    "tags keywords": "tags keywords",
    "tags import": "tags import T/words.txt",
    "tags export": "tags export T/out.yaml",
    "tags add": "tags add quokka --alias kwokka",
    "tags edit": "tags edit quokka --rename wombat",
    "tags enable": "tags enable wombat",
    "tags disable": "tags disable wombat",
    "tags remove": "tags remove wombat",
    "albums make": "albums make Mine P/pets/cat.jpg",
    "albums add": "albums add Mine P/2022/coffee.jpg",
    "albums split": "albums split Mine New P/2022/coffee.jpg",
    "albums merge": "albums merge New Mine",
    "albums take-out": "albums take-out Mine P/2022/coffee.jpg",
    "albums rename": "albums rename Mine Ours",
    "albums": "albums",
    "albums remove": "albums remove Ours",
    "date": "date --set 1999-07 P/pets/cat.jpg",
    "place": "place --at 48.2,16.4 P/pets/cat.jpg",
    "info": "info P/pets/cat.jpg P/people/astronaut.jpg",
    "problems": "problems",
    "export": "export type:jpeg --to T/copies",
    "models": "models",
    "undo": "undo",
    "backup": "backup",
    "restore": "restore {backup} --dry-run",
    "roots": "roots",
    "forget": "forget P/pets/cat.jpg",
    "rotate": "rotate left P/pets/cat.jpg",
    "copy-metadata": "copy-metadata P/pets/cat.jpg P/2022/coffee.jpg",
    "rate": "rate 4 P/pets/cat.jpg",
    "flag": "flag pick P/pets/cat.jpg",
    "describe": "describe --title Tom P/pets/cat.jpg",
    "kind": "kind document P/pets/cat.jpg",
    "stack": "stack P/pets/cat.jpg P/2022/coffee.jpg",
    "unstack": "unstack P/pets/cat.jpg",
    "trash": "trash P/pets/cat.jpg",
    "check": "check",
}
# What a library of five photos has no example of.
ELSEWHERE = {
    "app",
    "albums --apart",
    "albums keep",
    "albums suggestions",
    "albums apply",
    "albums dismiss",
}


def test_every_command_answers_as_it_is_described(kept, run, tmp_path):
    (tmp_path / "queries").write_text("cat\nhas:date\n")
    (tmp_path / "words.txt").write_text("narwhal\n")
    shutil.copytree(kept[0] / "photos" / "2022", tmp_path / "card")
    assert CALLS.keys() | ELSEWHERE == ROWS.keys()
    backup = ""
    for name, call in CALLS.items():
        words = call.format(backup=backup).split()
        given = [
            word.replace("P", str(kept[0] / "photos"), 1) if word[:1] == "P" else word
            for word in words
        ]
        given = [word.replace("T", str(tmp_path), 1) if word[:1] == "T" else word for word in given]
        kind = row_of(build_parser().parse_args(given))
        assert kind is ROWS[name], name
        # `run` compares each line with the description.
        ran = run(*given, "--json")
        assert ran.rows, (name, ran.err)
        backup = ran.rows[0]["id"] if name == "backup" else backup


def test_suggestions_answer_as_they_are_described(kept, run, monkeypatch):
    def suggestions(session):
        joins = (photo_at(session, str(kept[0] / "photos" / "2022" / "coffee.jpg")),)
        return [AlbumSuggestion(1, None, joins, ())]

    monkeypatch.setattr(album_changes.automatic_albums, "suggestions", suggestions)
    assert run("albums", "suggestions", "--json").rows
    for answer in ("apply", "dismiss"):
        monkeypatch.setattr(album_changes.automatic_albums, answer, lambda session, one: None)
        assert run("albums", answer, "1", "--json").rows


def test_every_command_and_action_is_described():
    for parser in list(command_arguments.parsers(build_parser()))[1:]:
        _, command, *action = parser.prog.split()
        assert command in ROWS
        if action and command not in {"models", "backup", "roots"}:
            assert " ".join([command, *action]) in ROWS


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"more": 1}, ".more is not described"),
        ({"photo_id": None}, ".photo_id: None is not whole number"),
        ({"photo_id": True}, ".photo_id: True is not whole number"),
        ({"match": "fair"}, ".match: 'fair' is not one of"),
        ({"why": [{"text": "x"}]}, ".why[].weight is missing"),
        ({"score": "much"}, ".score: 'much' is not number or null"),
    ],
)
def test_what_is_not_as_described_is_found(change, said):
    row = {
        "path": "/a",
        "score": None,
        "match": "weak",
        "verdict": "good",
        "found_by": None,
        "photo_id": 1,
        "why": [],
    }
    assert list(faults(row, ROWS["search"])) == []
    (found,) = faults(row | change, ROWS["search"])
    assert said in found
