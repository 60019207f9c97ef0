"""`import`: verified copies from a card into a folder of the library, told file by file, resumable, taken back by `undo`."""

import shutil
from pathlib import Path

import pytest

from photosort.media.sidecar_writing import SidecarChange, write_sidecar
from photosort.usecases.importing import copying


@pytest.fixture
def card(tmp_path, shipped):
    """A card with two photos, a copy of one, and a file that is no photo."""
    folder = tmp_path / "EOS_DIGITAL"
    first = folder / "DCIM" / "100EOS" / "IMG_0001.JPG"
    shipped("cat", first, taken="2021:03:04 10:00:00")
    shipped("coffee", first.with_name("IMG_0002.JPG"), taken="2022:05:15 18:42:07")
    write_sidecar(first.with_name("IMG_0001.xmp"), SidecarChange(rating=4))
    (folder / "DCIM" / "101EOS").mkdir()
    shutil.copy(first, folder / "DCIM" / "101EOS" / "IMG_0100.JPG")
    (folder / "notes.txt").write_text("not a photo")
    return folder


def told(ran):
    return [(Path(row["from"]).name, Path(row["to"]).name, row["skipped"]) for row in ran.rows]


def test_a_card_is_imported_indexed_and_imported_again(photosort, card, tmp_path, originals):
    before, to = originals(card), tmp_path / "Pictures"
    ran = photosort("import", card, "--to", to, "--json")
    assert ran.status == 0, ran.err
    assert told(ran) == [
        ("IMG_0001.xmp", "IMG_0001.xmp", None),
        ("IMG_0001.JPG", "IMG_0001.JPG", None),
        ("IMG_0002.JPG", "IMG_0002.JPG", None),
        ("IMG_0100.JPG", "IMG_0001.JPG", "source"),
    ]
    assert ran.rows[2]["to"] == str(to / "2022" / "05" / "IMG_0002.JPG")
    assert "1 other file in" in ran.err
    (found,) = photosort("search", "on:2022", "--json").rows
    assert found["path"] == ran.rows[2]["to"]
    again = photosort("import", card, "--to", to, "--template", "{camera}", "--json")
    assert again.status == 0
    assert {row["skipped"] for row in again.rows} == {"library"}
    assert originals(card) == before


def test_people_read_that_the_card_can_be_removed(photosort, card, tmp_path):
    dry = photosort("import", card, "--to", tmp_path / "Pictures", "--dry-run")
    assert dry.out.splitlines()[-1] == "2 photos would be imported, 1 there already."
    assert not (tmp_path / "Pictures").exists()
    ran = photosort("import", card, "--to", tmp_path / "Pictures")
    assert ran.out.splitlines()[-2:] == [
        "2 photos imported, 1 there already.",
        f"Everything in {card} is in the library; it can be removed.",
    ]


def test_undo_takes_an_import_back(photosort, card, tmp_path, home_trash):
    to = tmp_path / "Pictures"
    photosort("import", card, "--to", to)
    (undone,) = photosort("undo", "--json").rows
    assert undone["action"] == "Imported 2 photos"
    assert [one for one in to.rglob("*") if one.is_file()] == []
    assert photosort("search", "cat", "--json").rows == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["missing", "--to", "out"], "does not exist"),
        (["notes.txt", "--to", "out"], "is not a folder"),
        (["card", "--to", "card"], "cannot be imported into itself"),
        (["card", "--to", "card/inside"], "have to lie apart"),
        (["card", "--to", "out", "--template", "{nothing}"], "has no field {nothing}"),
        (["card"], "--to"),
    ],
)
def test_a_wrong_call_is_one_sentence_and_copies_nothing(
    photosort, tmp_path, monkeypatch, given, said
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "card").mkdir()
    (tmp_path / "notes.txt").write_text("not a folder")
    ran = photosort("import", *given)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert not (tmp_path / "out").exists()


def test_what_cannot_be_copied_is_status_one(photosort, card, tmp_path):
    (tmp_path / "Pictures").mkdir()
    (tmp_path / "Pictures" / "2022").write_text("in the way")
    ran = photosort("import", card, "--to", tmp_path / "Pictures", "--template", "{year}")
    assert ran.status == 1
    assert "is a file, not a folder" in ran.err
    assert "can be removed" not in ran.out


def test_a_damaged_photo_is_imported_and_told(photosort, card, tmp_path):
    (card / "DCIM" / "cut.jpg").write_bytes(b"no picture")
    ran = photosort("import", card, "--to", tmp_path / "Pictures", "--json")
    assert ran.status == 1
    assert "1 file could not be used (see: photosort problems)" in ran.err
    assert (tmp_path / "Pictures" / "undated" / "cut.jpg").exists()
    (row,) = photosort("problems", "--json").rows
    assert row["path"].endswith("cut.jpg")


def test_a_full_disk_is_status_three_and_what_came_is_in_the_library(
    photosort, card, tmp_path, monkeypatch
):
    write = copying.write_verified

    def full(target, *given, **named):
        if target.name == "IMG_0002.JPG":
            raise OSError(28, "No space left on device")
        return write(target, *given, **named)

    monkeypatch.setattr(copying, "write_verified", full)
    ran = photosort("import", card, "--to", tmp_path / "Pictures", "--json")
    assert (ran.status, ran.out) == (3, "")
    assert "stopped after 1 photo: no space left on device" in ran.err
    assert len(photosort("search", "on:2021", "--json").rows) == 1
    assert photosort("undo", "--list", "--json").rows[0]["action"] == "Imported 1 photo"
