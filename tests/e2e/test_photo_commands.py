"""Commands that decide about photos: `rotate` and `copy-metadata`."""


def info(photosort, path):
    (row,) = photosort("info", path, "--json").rows
    return row


def test_rotate_turns_and_undo_turns_back(photosort, indexed, originals):
    path, before = indexed / "pets" / "IMG_0001.jpg", originals(indexed)
    was = info(photosort, path)
    (row,) = photosort("rotate", "left", path, "--json").rows
    assert (row["orientation"], row["width"], row["height"]) == (8, was["height"], was["width"])
    assert photosort("index", "--json").rows[0]["embedded"] == 1
    assert photosort("undo").status == 0
    assert info(photosort, path)["width"] == was["width"]
    assert originals(indexed) == before
    assert photosort("rotate", "up", path).status == 2


def test_metadata_is_copied_as_far_as_it_is_wanted(photosort, indexed):
    source, other = indexed / "pets" / "IMG_0001.jpg", indexed / "2022" / "IMG_0002.jpg"
    assert photosort("place", "--at", "38.7,-9.1", source).status == 0
    assert photosort("tag", "--confirm", "cat", source).status == 0
    was = info(photosort, other)
    (row,) = photosort(
        "copy-metadata", source, other, "--only", "place", "--dry-run", "--json"
    ).rows
    assert (row["path"], row["given"]["latitude"], row["given"]["tags"]) == (str(other), 38.7, [])
    assert info(photosort, other) == was
    given = ("copy-metadata", source, other, source, "--only", "place", "--only", "tags", "--json")
    assert len(photosort(*given).rows) == 1
    after = info(photosort, other)
    assert (after["latitude"], after["taken_at"]) == (38.7, was["taken_at"])
    assert "cat" in [tag["name"] for tag in after["tags"] if tag["state"] == "confirmed"]
    assert photosort("undo").status == 0
    assert info(photosort, other) == was
    assert photosort("copy-metadata", source, other, "--only", "caption").status == 2
