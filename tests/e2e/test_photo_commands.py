"""Commands that decide about photos: stars, flags, texts, kinds, rotation, metadata, stacks."""

import pytest


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


def test_photos_are_stacked_and_taken_out_again(photosort, indexed):
    first, second = indexed / "pets" / "IMG_0001.jpg", indexed / "2022" / "IMG_0002.jpg"
    one, other = photosort("stack", first, second, "--json").rows
    ids = {one["photo_id"], other["photo_id"]}
    assert [set(row["stack"]) for row in (one, other)] == [ids, ids]
    assert [one["on_top"], other["on_top"]].count(True) == 1
    (row,) = photosort("stack", "--top", second, "--json").rows
    assert row["on_top"]
    assert row["stack"][0] == other["photo_id"]
    assert photosort("index").status == 0
    (row,) = photosort("stack", "--top", first, "--json").rows
    assert row["stack"][0] == one["photo_id"], "the stack is still there after a new run"
    assert photosort("undo").status == 0
    assert photosort("undo").status == 0
    (row,) = photosort("unstack", first, "--json").rows
    assert (row["stack"], row["on_top"]) == ([], False)
    failed = photosort("stack", "--top", second)
    assert failed.status == 2
    assert "belongs to no stack" in failed.err
    assert photosort("stack", second).status == 2


def test_the_kind_is_corrected_and_given_back(photosort, indexed):
    path = indexed / "pets" / "IMG_0001.jpg"
    (row,) = photosort("kind", "document", path, "--json").rows
    assert row["kind"] == info(photosort, path)["kind"] == "document"
    assert photosort("search", "kind:document", "--json").rows[0]["path"] == str(path)
    (row,) = photosort("kind", "none", path, "--json").rows
    assert row["kind"] == "photo"
    assert photosort("undo").status == 0
    assert info(photosort, path)["kind"] == "document"
    assert photosort("kind", "drawing", path).status == 2


@pytest.mark.parametrize(
    ("decide", "shown", "back", "before"),
    [
        (("rate", "4"), {"rating": 4}, ("rate", "none"), {"rating": None}),
        (("flag", "pick"), {"flag": "pick"}, ("flag", "none"), {"flag": None}),
        (
            ("describe", "--title", "Tom", "--caption", "on the sofa"),
            {"title": "Tom", "caption": "on the sofa"},
            ("describe", "--caption", ""),
            {"title": "Tom"},
        ),
    ],
)
def test_decisions_are_said_shown_and_taken_back(
    photosort, indexed, originals, decide, shown, back, before
):
    path, other = indexed / "pets" / "IMG_0001.jpg", indexed / "2022" / "IMG_0002.jpg"
    files, was = originals(indexed), info(photosort, path)
    rows = photosort(*decide, path, other, "--json").rows
    assert [row["path"] for row in rows] == [str(path), str(other)]
    assert all(shown.items() <= row.items() for row in rows)
    assert shown.items() <= info(photosort, path).items()
    assert before.items() <= photosort(*back, path, "--json").rows[0].items()
    assert photosort("undo").status == 0
    assert photosort("undo").status == 0
    assert info(photosort, path) == was
    assert originals(indexed) == files


def test_stars_go_into_keyword_files_where_they_are_wanted(photosort, indexed):
    path = indexed / "pets" / "IMG_0001.jpg"
    assert photosort("rate", "5", path, "--write-sidecars").status == 0
    (written,) = path.parent.glob("IMG_0001*.xmp")
    assert "Rating" in written.read_text()


@pytest.mark.parametrize("wrong", [("rate", "6"), ("flag", "keep"), ("describe",)])
def test_decisions_that_are_none_change_nothing(photosort, indexed, wrong):
    path = indexed / "pets" / "IMG_0001.jpg"
    was = info(photosort, path)
    assert photosort(*wrong, path).status == 2
    assert info(photosort, path) == was
