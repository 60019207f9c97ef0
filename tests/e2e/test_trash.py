"""`trash`: says what would go, moves it with --yes, and `undo` brings it back."""

import pytest

pytestmark = pytest.mark.usefixtures("home_trash")


def test_a_photo_goes_after_a_preview_and_comes_back(photosort, indexed, originals):
    path, before = indexed / "pets" / "IMG_0001.jpg", originals(indexed)
    told = photosort("trash", path)
    assert told.out.splitlines()[-1] == "1 photo would go to the wastebasket. Move them: --yes"
    assert originals(indexed) == before
    (row,) = photosort("trash", path, "--json").rows
    assert (row["path"], row["gone"], row["reason"]) == (str(path), False, None)
    (row,) = photosort("trash", path, "--yes", "--json").rows
    assert (row["path"], row["gone"]) == (str(path), True)
    assert not path.exists()
    assert str(path) not in {row["path"] for row in photosort("search", "cat", "--json").rows}
    assert photosort("undo").status == 0
    assert originals(indexed) == before


def test_all_discarded_photos_go(photosort, indexed):
    assert photosort("trash", "--discarded", "--yes", "--json").rows == []
    assert photosort("trash").status == 2
    assert photosort("trash", indexed / "pets" / "IMG_0001.jpg", "--discarded").status == 2


def test_what_stays_is_told_and_the_status_says_so(photosort, indexed):
    path = indexed / "pets" / "IMG_0001.jpg"
    path.write_bytes(path.read_bytes() + b"x")
    ran = photosort("trash", path, "--yes", "--json")
    assert ran.status == 1
    assert [(row["gone"], row["reason"]) for row in ran.rows] == [
        (False, "It was changed since it was read; look for new photos first.")
    ]
    assert path.exists()
