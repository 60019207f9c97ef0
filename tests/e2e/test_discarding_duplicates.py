"""Duplicates are acted on by a script: the best is kept, the others are discarded, and one undo brings them back."""

import pytest
from PIL import Image


@pytest.fixture
def pair(photosort, shipped, tmp_path):
    """A library of a photo, the same at half the size, and another photo."""
    folder = tmp_path / "photos"
    shipped("temple", folder / "large.jpg")
    shipped("coffee", folder / "other.jpg")
    with Image.open(folder / "large.jpg") as picture:
        picture.resize((picture.width // 2, picture.height // 2)).save(folder / "small.jpg")
    assert photosort("index", folder, "--json").status == 0
    return folder


def flags(photosort, folder):
    return {
        path.name: photosort("info", path, "--json").rows[0]["flag"]
        for path in sorted(folder.iterdir())
    }


def test_the_best_copy_is_kept_and_one_undo_brings_the_others_back(photosort, pair):
    assert photosort("tag", "--confirm", "temple", pair / "small.jpg").status == 0
    assert photosort("place", "--at", "38.7,-9.1", pair / "small.jpg").status == 0
    before = flags(photosort, pair)
    act = ("duplicates", "--keep", "best", "--flag", "discard", "--json")
    (row,) = photosort(*act, "--dry-run").rows
    (small,) = photosort("info", pair / "small.jpg", "--json").rows
    assert row["best"] == str(pair / "large.jpg")
    assert (row["action"], row["discarded"]) == ("discard", [small["photo_id"]])
    assert (row["taken"]["tags"], row["taken"]["rating"]) == (["temple"], None)
    assert (row["taken"]["latitude"], row["taken"]["longitude"]) == (38.7, -9.1)
    assert flags(photosort, pair) == before
    assert photosort(*act).rows == [row]
    (kept,) = photosort("info", pair / "large.jpg", "--json").rows
    assert [tag["name"] for tag in kept["tags"] if tag["state"] == "confirmed"] == ["temple"]
    assert kept["latitude"] == 38.7
    assert flags(photosort, pair) == {**before, "small.jpg": "discard"}
    assert photosort("undo").status == 0
    assert flags(photosort, pair) == before
