"""Copies, one picture twice, one moment shot several times; and what is none of them."""

import shutil
from pathlib import Path

import pytest
from PIL import Image, ImageFilter

from tests.e2e.conftest import SHIPPED


def shot(name, path, *, taken="", camera="", size=None, shift=0, blur=0.0):
    exif = Image.Exif()
    if taken:
        exif[0x8769] = {0x9003: taken}
    if camera:
        exif[0x010F], exif[0x0110] = "Nikon", camera
    with Image.open(SHIPPED[name]) as opened:
        picture = opened.convert("RGB")
    if shift:
        width, height = picture.size
        picture = picture.crop((shift, shift, width - 40 + shift, height - 40 + shift))
    if size:
        picture = picture.resize(size)
    if blur:
        picture = picture.filter(ImageFilter.GaussianBlur(blur))
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.save(path, quality=88, exif=exif)


@pytest.fixture
def groups(tmp_path, photosort):
    """What is found in a folder of everything, by lane: names of each group, the best one first."""
    folder = tmp_path / "photos"
    shot("coffee", folder / "coffee.jpg", taken="2022:05:15 18:42:07", camera="D500")
    shutil.copy(folder / "coffee.jpg", folder / "copy of coffee.jpg")
    shot("coffee", folder / "sent" / "coffee small.jpg", size=(300, 200))
    for second, blur in ((1, 2.5), (2, 0.0), (3, 1.2)):
        taken = f"2023:07:14 12:00:0{second}"
        path = folder / f"cat{second}.jpg"
        shot("cat", path, taken=taken, camera="D500", shift=10 * second, blur=blur)
    # Alike, but of another day: a picture of its own.
    shot("cat", folder / "cat of 2020.jpg", taken="2020:01:01 08:00:00", camera="D500", shift=15)
    for name in ("rocket", "flower", "temple", "astronaut"):
        shot(name, folder / f"{name}.jpg")
    photosort("index", folder)
    ran = photosort("duplicates", "--json")
    assert ran.status == 0, ran.err
    found = {}
    for row in ran.rows:
        names = [Path(path).name for path in row["photos"]]
        assert row["best"] == row["photos"][0]
        assert row["why"]
        assert all(set(one) == {"text", "weight"} for one in row["why"])
        found.setdefault(row["lane"], []).append(names)
    return found


def test_each_lane_holds_what_belongs_there(groups):
    assert groups == {
        "exact": [["coffee.jpg", "copy of coffee.jpg"]],
        "near": [["coffee.jpg", "coffee small.jpg"]],
        "burst": [["cat2.jpg", "cat3.jpg", "cat1.jpg"]],
    }


def test_a_library_without_duplicates_says_so(photosort, indexed):
    ran = photosort("duplicates")
    assert ran.status == 0
    assert "No duplicates" in ran.err


def test_what_is_told_apart_is_no_duplicate_any_more(photosort, tmp_path):
    folder = tmp_path / "photos"
    shot("coffee", folder / "coffee.jpg")
    shot("coffee", folder / "small.jpg", size=(300, 200))
    for name in ("rocket", "flower", "temple", "astronaut"):
        shot(name, folder / f"{name}.jpg")
    photosort("index", folder)
    assert [row["lane"] for row in photosort("duplicates", "--json").rows] == ["near"]
    told = photosort("duplicates", "--apart", folder / "coffee.jpg", folder / "small.jpg")
    assert (told.status, told.out) == (0, "Marked 2 photos as no duplicates.\n")
    assert photosort("duplicates", "--json").rows == []
    photosort("undo")
    assert [row["lane"] for row in photosort("duplicates", "--json").rows] == ["near"]
    refused = photosort("duplicates", "--apart", folder / "coffee.jpg")
    assert refused.status == 2
