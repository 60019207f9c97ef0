"""`photosort albums` over a small real library."""

from datetime import datetime, timedelta


def test_a_day_of_photos_becomes_an_album_with_all_keys(photosort, photos, shipped):
    begin = datetime(2022, 5, 12, 10)  # noqa: DTZ001 -- wall-clock times carry no zone
    for number, name in enumerate(("cat", "coffee", "rocket", "temple", "flower")):
        taken = begin + timedelta(minutes=40 * number)
        shipped(name, photos / "trip" / f"{name}.jpg", taken=f"{taken:%Y:%m:%d %H:%M:%S}")
    assert photosort("index", photos, "--json").status == 0
    ran = photosort("albums", "--kind", "event", "--json")
    assert ran.status == 0, ran.err
    (album,) = ran.rows
    assert set(album) == {
        "id", "name", "kind", "parent", "size", "cover", "why", "names", "photos"
    }  # fmt: skip
    assert album["name"].endswith("12 May 2022")
    assert (album["kind"], album["parent"], album["size"]) == ("event", None, 5)
    assert sorted(album["photos"]) == sorted(str(p) for p in (photos / "trip").iterdir())
    assert album["cover"] in album["photos"]
    assert album["why"][0]["text"]
    again = photosort("albums", "--kind", "event", "--json")
    assert again.rows == ran.rows


def test_a_library_without_groups_has_no_albums(photosort, indexed):
    ran = photosort("albums", "--json")
    assert (ran.status, ran.rows) == (0, [])
    assert photosort("albums", "--apart", "nothing", "--json").status == 2


def test_everything_that_the_window_does_with_albums_is_a_command(photosort, indexed):
    cat, coffee, rocket = _three(indexed)

    def sizes():
        return {row["name"]: row["size"] for row in photosort("albums", "--json").rows}

    def done(*arguments):
        ran = photosort("albums", *arguments, "--json")
        assert ran.status == 0, ran.err
        (row,) = ran.rows
        assert set(row) == {"id", "name", "kind", "size"}
        return row

    assert done("make", "Mine", cat, coffee)["size"] == 2
    assert done("add", "mine", rocket) == done("rename", "Mine", "Mine")
    assert done("split", "Mine", "Sky", rocket)["size"] == 1
    assert sizes() == {"Mine": 2, "Sky": 1}
    assert done("take-out", "Mine", cat)["size"] == 1
    assert done("rename", "Sky", "Space")["name"] == "Space"
    assert done("merge", "Space", "Mine")["size"] == 2
    assert sizes() == {"Mine": 2}
    assert done("keep", "Mine")["kind"] == "manual"
    assert done("remove", "Mine")["size"] == 0
    assert sizes() == {}
    for _ in range(3):
        assert photosort("undo").status == 0
    assert sizes() == {"Mine": 1, "Space": 1}
    assert photosort("albums", "suggestions", "--json").rows == []


def test_albums_that_are_not_there_or_photos_of_others_are_refused(photosort, indexed):
    cat, coffee, _ = _three(indexed)
    assert photosort("albums", "make", "Mine", cat).status == 0
    for wrong in (
        ("add", "Yours", cat),
        ("add", "Mine"),
        ("make", "mine"),
        ("split", "Mine", "New", coffee),
        ("merge", "Mine", "Mine"),
        ("apply", "7"),
        ("rename", "Mine", " "),
    ):
        ran = photosort("albums", *wrong)
        assert ran.status == 2, wrong
        assert ran.err


def _three(photos):
    return photos / "pets" / "IMG_0001.jpg", *(photos / "2022" / f"IMG_000{n}.jpg" for n in (2, 3))
