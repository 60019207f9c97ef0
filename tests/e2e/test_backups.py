"""From a copy alone every decision comes back; a damaged library is told in a sentence and mended by one command."""

import random
import shutil
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from photosort.store.db import backups
from photosort.store.db.backups import Backup
from photosort.usecases.session import encoder_pool
from tests.e2e.conftest import run_command
from tests.fixtures.colours import COLOURS, ColourEncoder


@pytest.fixture(scope="module")
def starter():
    return ColourEncoder()


@pytest.fixture(scope="module")
def made(tmp_path_factory, starter):
    """Photos and a library with decisions of every kind that has a command, and with one backup."""
    top = tmp_path_factory.mktemp("made")
    folder = top / "photos"
    folder.mkdir()
    for name, colour in zip(("cat", "coffee", "bird", "sea"), COLOURS.values(), strict=False):
        Image.new("RGB", (96, 64), colour).save(folder / f"{name}.jpg")
    cat, coffee = folder / "cat.jpg", folder / "coffee.jpg"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(encoder_pool, "load_encoder", lambda name, **options: starter)
        for given in (
            ("index", folder),
            ("tag", "--confirm", "cat", cat),
            ("tag", "--reject", "dog", cat),
            ("tag", "--confirm", "coffee", coffee, cat),
            ("tags", "add", "my cup"),
            ("albums", "make", "Favourites", cat, coffee),
            ("search", "red", "--save", "Cups"),
            ("duplicates", "--apart", cat, coffee),
            ("undo",),
            ("backup",),
        ):
            ran = run_command(top / "home", *given)
            assert ran.status == 0, (given, ran.err)
    return top


@pytest.fixture
def library(tmp_path):
    return tmp_path / "home" / "library.db"


@pytest.fixture
def decided(made, library, photosort):
    """The photos of a library of the test's own with decisions and a backup."""
    shutil.copytree(made / "home", library.parent)
    # Backups lie in a folder of the library's own path.
    (before,) = (library.parent / "backups").iterdir()
    photosort("backup")
    for copy in before.iterdir():
        (other,) = (one for one in before.parent.iterdir() if one != before)
        copy.replace(other / copy.name)
    return made / "photos"


def facts(photosort, folder):
    """Everything that the commands say of decisions."""
    photos = sorted(folder.rglob("*.jpg"))
    return [
        photosort(*given, "--json").out
        for given in (
            ("tags",),
            ("albums",),
            ("info", *photos),
            ("undo", "--list"),
            ("problems",),
            ("roots",),
        )
    ]


def test_every_decision_comes_back_from_the_copy_alone(photosort, decided, tmp_path, library):
    before = facts(photosort, decided)
    elsewhere = tmp_path / "other disk"
    (copied,) = photosort("backup", "--to", elsewhere, "--json").rows
    assert copied["photos"] == 4
    (copy,) = elsewhere.rglob("*.db")
    assert [path for path in elsewhere.rglob("*") if path.is_file()] == [copy]
    shutil.rmtree(tmp_path / "home")
    ran = photosort("restore", copy, "--json")
    assert ran.status == 0, ran.err
    assert facts(photosort, decided) == before
    assert photosort("check").status == 0
    assert photosort("search", "red", "--json").rows


def test_what_was_there_before_a_restoration_is_kept(photosort, decided, library):
    (copied,) = photosort("backup", "--json").rows
    then = facts(photosort, decided)
    assert photosort("tag", "--confirm", "bird", decided / "cat.jpg").status == 0
    later = facts(photosort, decided)
    ran = photosort("restore", copied["id"], "--dry-run")
    assert ran.status == 0
    assert "1 changes are younger" in ran.out
    assert facts(photosort, decided) == later
    assert photosort("restore", copied["id"]).status == 0
    assert facts(photosort, decided) == then
    kept = photosort("backup", "list", "--json").rows[0]
    assert photosort("restore", kept["id"]).status == 0
    assert facts(photosort, decided) == later


def test_another_program_may_read_while_a_copy_is_put_back(photosort, decided, library):
    (copied,) = photosort("backup", "--json").rows
    reading = sqlite3.connect(library)
    reading.execute("BEGIN")
    count = "SELECT count(*) FROM photos"
    assert reading.execute(count).fetchone() == (4,)
    assert photosort("restore", copied["id"]).status == 0
    assert reading.execute(count).fetchone() == (4,)
    reading.close()
    assert photosort("check").status == 0


def test_ids_that_were_given_since_stay_unused(photosort, made, decided, tmp_path):
    (copy,) = photosort("backup", "--json").rows
    later = tmp_path / "later"
    later.mkdir()
    shutil.copy(decided / "cat.jpg", later / "later.jpg")
    with (later / "later.jpg").open("ab") as file:
        file.write(b"another photo")
    photosort("index", later)
    (before,) = photosort("info", later / "later.jpg", "--json").rows
    photosort("restore", copy["id"])
    photosort("index", later)
    (after,) = photosort("info", later / "later.jpg", "--json").rows
    assert after["photo_id"] > before["photo_id"]


@pytest.mark.parametrize("given", ["20200101-000000", "photo"])
def test_what_is_no_copy_changes_nothing(photosort, decided, given):
    before = facts(photosort, decided)
    name = decided / "cat.jpg" if given == "photo" else given
    ran = photosort("restore", name)
    assert (ran.status, ran.out) == (2, "")
    assert facts(photosort, decided) == before


def test_an_index_run_makes_the_copy_of_the_day_once(photosort, decided, library):
    for copy in library.parent.rglob("*-*.db"):
        copy.unlink()
    for _ in range(2):
        photosort("index", decided)
    rows = photosort("backup", "list", "--json").rows
    assert [row["photos"] for row in rows] == [4]


def test_no_room_is_one_sentence(photosort, decided, monkeypatch):
    usage = shutil.disk_usage(decided)._replace(free=1000)
    monkeypatch.setattr(backups.shutil, "disk_usage", lambda path: usage)
    ran = photosort("backup")
    assert ran.status == 3
    assert "not enough room" in ran.err


def test_days_weeks_and_months_keep_their_newest_copy():
    now = datetime(2026, 11, 30, 12, tzinfo=UTC)
    every = [
        Backup(Path(f"{day}-{hour}"), now - timedelta(days=day, hours=hour), "daily", 1)
        for day in range(400)
        for hour in (0, 3)
    ]
    kept = backups.to_keep(every)
    days = sorted({(now - one.at).days for one in kept})
    assert days[:7] == [0, 1, 2, 3, 4, 5, 6]
    assert len(kept) <= 7 + 4 + 6 + 5
    assert len({(one.at.year, one.at.month) for one in kept}) == 6
    few = [
        Backup(Path(str(year)), now - timedelta(days=366 * year), "daily", 1) for year in range(4)
    ]
    assert backups.to_keep(few) == set(few)


def zeroed(library, page):
    data = bytearray(library.read_bytes())
    data[page * 4096 : (page + 1) * 4096] = bytes(4096)
    library.write_bytes(data)


def noise(library, seed):
    chance = random.Random(seed)
    data = bytearray(library.read_bytes())
    for _ in range(40):
        data[chance.randrange(100, len(data))] = chance.randrange(256)
    library.write_bytes(data)


DAMAGE = {
    "no bytes": lambda library: library.write_bytes(b""),
    "gone": lambda library: library.unlink(),
    "header": lambda library: library.write_bytes(b"x" * 100 + library.read_bytes()[100:]),
    "half": lambda library: library.write_bytes(
        library.read_bytes()[: library.stat().st_size // 2]
    ),
    "odd length": lambda library: library.write_bytes(library.read_bytes()[:-1234]),
    **{f"page {n}": (lambda library, n=n: zeroed(library, n)) for n in (1, 9)},
    **{f"noise {n}": (lambda library, n=n: noise(library, n)) for n in (2,)},
}


@pytest.mark.expects_warnings
@pytest.mark.parametrize("kind", DAMAGE)
def test_no_damage_gives_a_traceback_and_one_command_mends_it(photosort, decided, library, kind):
    before = facts(photosort, decided)
    assert photosort("tag", "--confirm", "bird", decided / "cat.jpg").status == 0
    DAMAGE[kind](library)
    for given in (("tags",), ("search", "red"), ("check",)):
        assert photosort(*given, "--json").status in {0, 1, 2, 3}, given
    photosort("check", "--repair")
    assert photosort("index").status == 0
    mended = photosort("check", "--json")
    assert mended.status == 0, mended.out
    after = facts(photosort, decided)
    # The decision since the backup may be lost with its page; what the backup held is back.
    assert after[1] == before[1]
    assert '"name": "cat"' in after[2]
