"""What scripts rely on: lists of paths, exit statuses, cancelled runs, full disks, and repeated commands."""

import base64
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from photosort.usecases.session import encoder_pool
from tests.e2e.conftest import ODD, run_command, save_jpeg


@pytest.fixture
def photos(kept):
    """The photos of the library."""
    return kept[0] / "photos"


@pytest.fixture
def words(tmp_path):
    """A short vocabulary, so that few texts are encoded."""
    path = tmp_path / "words.txt"
    path.write_text("cat\ncoffee\nrocket\nastronaut\nbanana\n")
    return path


def history(run):
    return [row["action"] for row in run("undo", "--list", "--json").rows]


def process(home, *arguments, **options):
    """A command in a process of its own."""
    command = [sys.executable, "-m", "photosort", "--home", str(home), *map(str, arguments)]
    return subprocess.Popen(command, text=True, stderr=subprocess.PIPE, **options)


# A batch does not teach itself


def test_accepting_twice_at_one_threshold_confirms_nothing_more(run, photos, words):
    given = ["tag", photos, "--vocabulary", words, "--min-confidence", "0", "--accept"]
    run(*given, "0.3")
    first = history(run)
    assert first[0].startswith("Confirm")
    again = run(*given, "0.3", "--json")
    assert history(run) == first
    assert again.status == 0


# No display


@pytest.mark.parametrize("display", [{}, {"DISPLAY": ":60123"}], ids=["none", "gone"])
def test_the_window_without_a_display_is_one_sentence(tmp_path, display):
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    surroundings = {k: v for k, v in os.environ.items() if k not in hidden} | display
    with process(tmp_path, "app", env=surroundings, stdout=subprocess.PIPE) as running:
        out, err = running.communicate(timeout=240)
    assert (running.returncode, out) == (3, "")
    assert len(err.splitlines()) == 1
    assert "no display" in err


# Lists of paths


@pytest.mark.parametrize("separator", ["\n", "\0"])
def test_a_list_with_an_unusable_path_does_the_rest(run, photos, tmp_path, separator):
    listed = [photos / "2022" / "coffee.jpg", photos / "cut.jpg", photos / "nowhere.jpg"]
    names = tmp_path / "names"
    names.write_text(separator.join(map(str, listed)))
    ran = run("tag", "--confirm", "ours", "--files-from", names, "--json")
    assert ran.status == 1
    assert [row["path"] for row in ran.rows] == [str(listed[0])]
    assert "cut.jpg" in ran.err
    assert "nowhere.jpg" in ran.err
    for command in (["info"], ["date", "--set", "1999", "--dry-run"], ["albums", "make", "Some"]):
        ran = run(*command, "--files-from", names, "--json")
        assert (ran.status, len(ran.rows)) == (1, 1), ran.err
    # What is named on the command line itself is a mistake of the call.
    assert run("info", listed[2]).status == 2


def test_a_list_that_names_nothing_is_no_list_of_everything(run, tmp_path):
    names = tmp_path / "names"
    names.write_text("")
    ran = run("tag", "--accept", "0", "--files-from", names)
    assert (ran.status, ran.out) == (0, "")
    names.write_text(f"{tmp_path}/nowhere\n")
    assert run("index", "--files-from", names).status == 1


# A line a file


def test_tags_are_told_of_each_file_of_the_folder_and_of_no_other(run, photos, words, tmp_path):
    mine = tmp_path / "mine"
    shutil.copytree(photos, mine)
    run("index", mine)
    given = ["tag", mine / "elsewhere", "--vocabulary", words, "--min-confidence", "0", "--json"]
    ran = run(*given, "--limit", "1", "--accept", "0", "--write-sidecars")
    (row,) = ran.rows
    assert base64.b64decode(row["path_b64"]) == os.fsencode(mine / "elsewhere" / ODD)
    assert [path.parent.name for path in mine.rglob("*.xmp")] == ["elsewhere"]
    everything = run("tag", mine, "--vocabulary", words, "--dry-run", "--json").rows
    assert len(everything) == 5


# Names that are not UTF-8


def test_names_that_are_no_text_are_kept_in_lists(run, photos):
    raw = os.fsencode(photos / "elsewhere" / ODD)
    (group,) = run("duplicates", "--json").rows
    assert group["lane"] == "exact"
    assert raw in [base64.b64decode(one or "") for one in group["photos_b64"]]
    assert len(group["files"]) == 2
    assert {file["photo_id"] for file in group["files"]} == set(group["photo_ids"])
    run("albums", "make", "Odd", photos / "pets" / "cat.jpg")
    (album,) = run("albums", "--kind", "manual", "--json").rows
    assert ("photos_b64" in album) == ("\N{REPLACEMENT CHARACTER}" in album["photos"][0])


# Where output goes


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a system without /dev/full")
@pytest.mark.parametrize("given", [["models"], ["models", "--json"], ["--version"]])
def test_a_full_disk_is_one_sentence(tmp_path, given):
    with Path("/dev/full").open("w") as full, process(tmp_path, *given, stdout=full) as running:
        _, err = running.communicate(timeout=240)
    assert running.returncode == 3
    assert "cannot be written" in err
    assert "Traceback" not in err
    assert "Exception" not in err


def test_a_reader_who_leaves_is_no_failure(tmp_path):
    with process(tmp_path, "models", "--quiet", stdout=subprocess.PIPE) as running:
        running.stdout.close()
        err = running.stderr.read()
    assert (running.returncode, err) == (0, "")


# Ctrl+C


def test_an_index_run_that_is_stopped_early_has_its_summary(tmp_path, photos):
    with process(
        tmp_path / "home", "index", photos, "--reread", "--json", stdout=subprocess.PIPE
    ) as running:
        library = tmp_path / "home" / "library.db"
        while not library.exists():
            time.sleep(0.01)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=240)
    assert running.returncode == 130
    assert json.loads(out)["cancelled"] is True
    said = [json.loads(line) for line in err.splitlines() if line.startswith("{")]
    assert [one["error"] for one in said] == ["JobCancelled"]


def test_a_cancelled_tag_run_says_so_as_json(run, photos, monkeypatch):
    monkeypatch.setattr("photosort.progress.Job.is_cancelled", True)
    monkeypatch.setattr(
        "photosort.progress.Job.check", lambda job: (_ for _ in ()).throw(KeyboardInterrupt)
    )
    ran = run("tag", photos, "--json")
    assert ran.status == 130
    assert json.loads(ran.err.splitlines()[-1])["error"] == "JobCancelled"


# Exit statuses


def test_a_known_problem_is_no_news(run, photos, kept):
    _, first = kept
    (summary,) = first.rows
    assert (first.status, summary["unreadable"], summary["new_problems"]) == (1, 1, 1)
    again = run("index", photos, "--json")
    (summary,) = again.rows
    assert (again.status, summary["unreadable"], summary["new_problems"]) == (0, 1, 0)
    assert run("index", photos, "--strict").status == 1
    assert run("index", photos, "--reread").status == 1
    assert run("tag", photos, "--dry-run").status == 0


# Names that nobody knows


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("tag:kitchem", 'There is no tag "kitchem". Did you mean "kitchen"'),
        ('album:"Odd on"', 'There is no album "Odd on". Did you mean "Odd one"?'),
        ("camera:nikom", 'There is no camera "nikom".'),
        ("lens:nosuch", 'There is no lens "nosuch".'),
        ("place:nowhereatall", 'There is no place "nowhereatall".'),
    ],
)
def test_an_unknown_value_is_named_with_the_nearest_known_ones(run, photos, query, said):
    run("albums", "make", "Odd one", photos / "pets" / "cat.jpg")
    ran = run("search", query, "--json")
    assert (ran.status, ran.out) == (0, "")
    assert said in ran.err


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["models", "use", "nosuch"], "There is no picture model nosuch. The catalogue has: "),
        (["index", "--model", "nosuch"], "There is no picture model nosuch"),
        (["tag", "--accept", "7"], "0 to 1, not 7"),
        (["tag", "--accept", "much"], "0 to 1, not much"),
        (["search", "dog", "--limit", "0"], "1 or more, not 0"),
        (["search", "dog", "--limit", "ten"], "a whole number, not ten"),
        (["undo", "last"], "a whole number, not last"),
        (["search", "-dog"], "photosort search -- -dog"),
        (["search", "-tag:dog", "--json"], "photosort search -- -tag:dog"),
        (["export", "--to", "x", "-house"], "photosort export -- -house"),
    ],
)
def test_a_wrong_argument_is_said_in_words(run, given, said):
    ran = run(*given)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err


# Limits


def test_a_limit_that_cut_something_is_told(run):
    assert "Only the first 2" in run("search", "type:jpeg", "--limit", "2").err
    assert len(run("search", "type:jpeg", "--limit", "2", "--json").rows) == 2
    assert "Only the first" not in run("search", "type:jpeg", "--limit", "4").err


# Repeated answers


def test_a_tag_is_confirmed_under_its_known_name_and_once(run, photos):
    cat = photos / "pets" / "cat.jpg"
    ran = run("tag", "--confirm", "fridge", cat, "--json")
    assert [row["tag"] for row in ran.rows] == ["refrigerator"]
    assert "'fridge' is another word for 'refrigerator'" in ran.err
    before = history(run)
    assert run("tag", "--confirm", "Refrigerator", cat).status == 0
    assert history(run) == before
    run("tag", "--reject", "fridge", cat)
    assert len(history(run)) == len(before) + 1


# What does not exist stays so


@pytest.mark.parametrize(
    "given",
    [
        ["search", "dog"],
        ["tags", "packs"],
        ["albums", "suggestions"],
        ["duplicates"],
        ["problems"],
        ["undo", "--list"],
        ["backup", "list"],
        ["roots"],
        ["models"],
        ["check"],
        ["info", "/nowhere.jpg"],
    ],
)
def test_reading_leaves_nothing_where_no_library_is(tmp_path, starter, monkeypatch, given):
    monkeypatch.setattr(encoder_pool, "load_encoder", lambda name, **options: starter)
    ran = run_command(tmp_path / "home", *given, "--json")
    assert ran.status in {0, 2}
    assert list(tmp_path.iterdir()) == []
    assert f"no library yet at {tmp_path / 'home' / 'library.db'}" in ran.err


def test_without_a_home_the_place_of_the_library_is_said(run, tmp_path, monkeypatch):
    monkeypatch.delenv("HOME")
    assert f"the library is {tmp_path / 'home' / 'library.db'}" in run("problems").err


def test_copies_into_a_folder_of_the_library_are_asked_about(run, photos, tmp_path):
    mine = tmp_path / "mine"
    save_jpeg("flower", mine / "flower.jpg")
    run("index", mine)
    given = ["export", "type:jpeg", "--to", mine / "copies"]
    refused = run(*given)
    assert (refused.status, (mine / "copies").exists()) == (2, False)
    assert "--yes" in refused.err
    assert run(*given, "--yes").status == 0
    assert (mine / "copies" / "flower.jpg").exists()


# Photos without a date


def test_undated_photos_pass_no_date_filter_and_come_last(run, tmp_path):
    def names(query):
        return [Path(row["path"]).name for row in run("search", query, "--json").rows]

    assert names("has:date sort:date")[:2] == ["rocket.jpg", "coffee.jpg"]
    assert len(names("has:date")) == 3
    assert names("sort:date type:jpeg")[-1] == "astronaut.jpg"
    assert "astronaut.jpg" not in [*names("after:1900"), *names("before:2100"), *names("on:2022")]
    assert run("export", "type:jpeg", "--to", tmp_path / "by", "--by", "date").status == 0
    assert (tmp_path / "by" / "undated" / "astronaut.jpg").exists()
