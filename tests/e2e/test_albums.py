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
