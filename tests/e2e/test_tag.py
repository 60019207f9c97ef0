from pathlib import Path

import pytest


@pytest.fixture
def words(tmp_path):
    """A short vocabulary, so that few texts are encoded."""
    path = tmp_path / "words.txt"
    path.write_text("cat\ncoffee cup\nmotorcycle\ntemple\nflower\nastronaut\nrocket\nbanana\n")
    return path


def tags_by_name(ran):
    return {Path(row["path"]).name: [tag["name"] for tag in row["tags"]] for row in ran.rows}


def test_tags_of_a_folder(photosort, photos, words, originals):
    before = originals(photos)
    ran = photosort("tag", photos, "--vocabulary", words, "--min-confidence", "0", "--json")
    assert ran.status == 0, ran.err
    tags = tags_by_name(ran)
    assert len(tags) == 7
    assert tags["IMG_0001.jpg"][0] == "cat"
    assert tags["IMG_0002.jpg"][0] == "coffee cup"
    assert tags["IMG_0004.jpg"][0] == "motorcycle"
    assert all(len(found) == 5 for found in tags.values())
    assert all(
        tag["state"] == "suggested" and 0 <= tag["confidence"] <= 1
        for row in ran.rows
        for tag in row["tags"]
    )
    assert photosort("undo", "--list", "--json").rows[0]["action"].startswith("Added the folder")
    assert originals(photos) == before


def test_accept_confirms_once_and_undo_takes_it_back(photosort, indexed, words):
    given = ["tag", indexed, "--vocabulary", words, "--min-confidence", "0", "--limit", "1"]
    photosort(*given, "--accept", "0", "--json")
    # What was confirmed is sure by now and not confirmed again; nothing else is as sure.
    ran = photosort(*given, "--accept", "1", "--json")
    assert all(row["tags"][0]["state"] == "confirmed" for row in ran.rows)
    (undone,) = photosort("undo", "--json").rows
    assert undone["undone"] is True
    assert "7 photos" in undone["action"]
    assert photosort("info", indexed / "pets" / "IMG_0001.jpg", "--json").rows[0]["tags"] == []
    assert photosort("undo", "--redo").status == 0
    tags = photosort("info", indexed / "pets" / "IMG_0001.jpg", "--json").rows[0]["tags"]
    assert [tag["name"] for tag in tags] == ["cat"]


def test_a_dry_run_confirms_nothing(photosort, indexed, words):
    photosort("tag", indexed, "--vocabulary", words, "--accept", "0", "--dry-run")
    assert photosort("info", indexed / "pets" / "IMG_0001.jpg", "--json").rows[0]["tags"] == []


def test_confirm_and_reject(photosort, indexed):
    photo = indexed / "pets" / "IMG_0001.jpg"
    ran = photosort("tag", "--confirm", "our cat", photo, "--json")
    assert ran.rows == [{"path": str(photo), "tag": "our cat", "state": "confirmed"}]
    photosort("tag", "--reject", "dog", photo)
    (info,) = photosort("info", photo, "--json").rows
    assert {tag["name"]: tag["state"] for tag in info["tags"]} == {
        "our cat": "confirmed",
        "dog": "rejected",
    }
    assert photosort("tag", "--confirm", "x", indexed / "nowhere.jpg").status == 2


def test_a_correction_and_its_keyword_file_in_one_command(photosort, indexed):
    photo = indexed / "pets" / "IMG_0001.jpg"
    written = photo.with_name("IMG_0001.jpg.xmp")
    ran = photosort("tag", "--confirm", "our cat", photo, "--write-sidecars")
    assert (ran.status, "1 of 1 sidecars written" in ran.err) == (0, True)
    assert "our cat" in written.read_text("utf-8")
    ran = photosort("tag", "--reject", "our cat", photo, "--write-sidecars", "--settle", "library")
    assert (ran.status, written.exists()) == (0, False)
    ran = photosort("tag", "--reject", "cat", photo, "--write-sidecars", "--with-suggestions")
    assert (ran.status, "leave --with-suggestions out" in ran.err) == (2, True)


def test_a_vocabulary_that_cannot_be_used(photosort, indexed, tmp_path):
    empty = tmp_path / "empty.txt"
    empty.write_text("# nothing\n")
    ran = photosort("tag", indexed, "--vocabulary", empty)
    assert ran.status == 2
    assert "no tags" in ran.err


def test_keyword_files(photosort, indexed, words, originals):
    before = originals(indexed)
    given = ["tag", indexed, "--vocabulary", words, "--min-confidence", "0", "--limit", "1"]
    ran = photosort(*given, "--write-sidecars")
    assert "0 of 7 sidecars written; add --accept 0.9" in ran.err
    ran = photosort(*given, "--accept", "0", "--write-sidecars", "--dry-run")
    assert originals(indexed) == before
    ran = photosort(*given, "--accept", "0", "--write-sidecars")
    assert (ran.status, "7 of 7 sidecars written" in ran.err) == (0, True)
    written = [*indexed.rglob("*.xmp")]
    assert len(written) == 7
    assert "cat" in (indexed / "pets" / "IMG_0001.jpg.xmp").read_text("utf-8")
    assert photosort("undo").status == 0
    assert originals(indexed) == before
    assert photosort("tag", indexed, "--settle", "file").status == 2
