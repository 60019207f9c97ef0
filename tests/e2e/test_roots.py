"""A folder leaves the library with a count, comes back by undo, and nothing on the disk changes."""


def test_a_folder_is_removed_and_comes_back(photosort, indexed, originals):
    before = originals(indexed)
    assert [row["photos"] for row in photosort("roots", "--json").rows] == [7]
    assert photosort("check").status == 0
    ran = photosort("roots", "remove", indexed)
    assert ran.status == 0, ran.err
    assert "7 photos left the library" in ran.out
    assert photosort("roots", "--json").rows == []
    assert photosort("search", "a cat", "--all", "--json").rows == []
    checked = photosort("check", "--json")
    assert checked.status == 0, checked.rows
    assert photosort("undo").status == 0
    assert [row["photos"] for row in photosort("roots", "--json").rows] == [7]
    assert photosort("search", "a cat", "--json").rows
    assert originals(indexed) == before


def test_only_a_folder_that_was_added_can_be_removed(photosort, indexed):
    ran = photosort("roots", "remove", indexed / "2022")
    assert (ran.status, ran.out) == (2, "")
    assert "no folder of the library" in ran.err
    assert [row["photos"] for row in photosort("roots", "--json").rows] == [7]
