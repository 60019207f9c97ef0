import os
from pathlib import Path

import exiv2
import pytest
from PIL import Image


def summary(ran):
    (row,) = ran.rows
    return row


def test_a_first_run_reads_everything_and_a_second_changes_nothing(photosort, photos, originals):
    before = originals(photos)
    first = summary(photosort("index", photos, "--json"))
    assert first["photos"] == first["files"] == first["new"] == first["embedded"] == 7
    assert first["skipped"] == 1
    assert first["model"] == "starter"
    second = summary(photosort("index", photos, "--json"))
    assert second["photos"] == 7
    counts = ("new", "changed", "moved", "missing", "offline", "unreadable", "embedded")
    assert all(second[name] == 0 for name in counts)
    assert originals(photos) == before


def test_a_moved_file_keeps_its_photo_and_its_vector(photosort, indexed):
    (before,) = photosort("info", indexed / "2022" / "IMG_0002.jpg", "--json").rows
    (indexed / "2024").mkdir()
    (indexed / "2022" / "IMG_0002.jpg").rename(indexed / "2024" / "a cup.jpg")
    run = summary(photosort("index", "--json"))
    assert (run["moved"], run["new"], run["missing"], run["embedded"]) == (1, 0, 0, 0)
    (after,) = photosort("info", indexed / "2024" / "a cup.jpg", "--json").rows
    assert after["photo_id"] == before["photo_id"]


def test_an_exact_copy_is_one_more_file_of_the_photo(photosort, indexed):
    copy = indexed / "backup" / "coffee.jpg"
    copy.parent.mkdir()
    copy.write_bytes((indexed / "2022" / "IMG_0002.jpg").read_bytes())
    run = summary(photosort("index", "--json"))
    assert (run["photos"], run["files"], run["new"], run["embedded"]) == (7, 8, 1, 0)
    (info,) = photosort("info", copy, "--json").rows
    assert len(info["files"]) == 2


def test_two_equal_files_that_arrive_together_are_one_photo(photosort, photos):
    (photos / "2022" / "IMG_0002 copy.jpg").write_bytes(
        (photos / "2022" / "IMG_0002.jpg").read_bytes()
    )
    run = summary(photosort("index", photos, "--json"))
    assert (run["photos"], run["files"]) == (7, 8)


def test_a_rating_written_into_the_file_changes_neither_photo_nor_vector(photosort, indexed):
    path = indexed / "pets" / "IMG_0001.jpg"
    (before,) = photosort("info", path, "--json").rows
    picture = exiv2.ImageFactory.open(str(path))
    picture.readMetadata()
    data = picture.xmpData()
    data["Xmp.xmp.Rating"] = "4"
    picture.setXmpData(data)
    picture.writeMetadata()
    run = summary(photosort("index", "--json"))
    assert run["changed"] == 1
    assert run["photos"] == 7
    (after,) = photosort("info", path, "--json").rows
    assert after["photo_id"] == before["photo_id"]
    assert (before["rating"], after["rating"]) == (None, 4)


def test_a_deleted_file_is_missing_and_comes_back(photosort, indexed):
    path = indexed / "pets" / "IMG_0001.jpg"
    kept = path.read_bytes()
    path.unlink()
    assert summary(photosort("index", "--json"))["missing"] == 1
    path.write_bytes(kept)
    back = summary(photosort("index", "--json"))
    assert (back["photos"], back["embedded"]) == (7, 0)


def test_bad_files_become_problems_and_the_run_goes_on(photosort, photos):
    (photos / "empty.jpg").write_bytes(b"")
    (photos / "text.jpg").write_text("hello")
    (photos / "folder.jpg").mkdir()
    good = (photos / "pets" / "IMG_0001.jpg").read_bytes()
    (photos / "cut.jpg").write_bytes(good[:300])
    os.mkfifo(photos / "pipe.jpg")
    (photos / os.fsdecode(b"caf\xe9.jpg")).write_bytes(b"no picture")
    ran = photosort("index", photos, "--json")
    assert ran.status == 1
    assert summary(ran)["photos"] == 7
    problems = photosort("problems", "--json")
    named = {Path(row["path"]).name: row["reason"] for row in problems.rows}
    expected = {
        "empty.jpg",
        "text.jpg",
        "folder.jpg",
        "cut.jpg",
        "pipe.jpg",
        "caf\N{REPLACEMENT CHARACTER}.jpg",
    }
    assert set(named) == expected
    assert all(reason.endswith(".") for reason in named.values())
    assert any("path_b64" in row for row in problems.rows)


def test_a_folder_that_does_not_exist_is_one_sentence(photosort, tmp_path):
    ran = photosort("index", tmp_path / "nowhere", "--json")
    assert ran.status == 2
    assert ran.out == ""
    assert "does not exist" in ran.err


def test_a_raw_and_its_jpeg_are_one_photo(photosort, photos, shipped):
    shipped("cat", photos / "pair" / "DSC_1.JPG", taken="2021:03:04 11:00:00")
    with Image.open(photos / "pair" / "DSC_1.JPG") as picture:
        # A TIFF with the mark of a DNG is what the reader of RAW files accepts as one.
        picture.save(photos / "pair" / "DSC_1.DNG", "TIFF", tiffinfo={50706: b"\1\4\0\0"})
    run = summary(photosort("index", photos, "--json"))
    assert (run["photos"], run["unreadable"]) == (8, 0)
    (info,) = photosort("info", photos / "pair" / "DSC_1.DNG", "--json").rows
    assert {file["role"] for file in info["files"]} == {"original", "raw"}
    assert photosort("problems", "--json").rows == []


def test_a_video_is_a_photo_of_its_kind_and_no_problem(photosort, photos):
    (photos / "clip.mp4").write_bytes(b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(500))
    run = summary(photosort("index", photos, "--json"))
    assert run["photos"] == 8
    assert run["unreadable"] == 0
    (info,) = photosort("info", photos / "clip.mp4", "--json").rows
    assert info["kind"] == "video"


@pytest.mark.parametrize("times", [2])
def test_the_same_folder_twice_is_the_same_folder(photosort, photos, times):
    run = summary(photosort("index", *[photos] * times, "--json"))
    assert run["files"] == 7


def test_a_part_of_a_known_folder_leaves_the_rest_alone(photosort, indexed, shipped):
    shipped("cat", indexed / "2022" / "new.jpg")
    (indexed / "pets" / "IMG_0001.jpg").unlink()
    run = summary(photosort("index", indexed / "2022", "--json"))
    assert (run["new"], run["missing"]) == (1, 0)


def test_the_folder_above_a_known_one_takes_it_in(photosort, photos):
    photosort("index", photos / "2022", "--json")
    (before,) = photosort("info", photos / "2022" / "IMG_0002.jpg", "--json").rows
    run = summary(photosort("index", photos, "--json"))
    assert (run["photos"], run["new"], run["embedded"]) == (7, 5, 5)
    (after,) = photosort("info", photos / "2022" / "IMG_0002.jpg", "--json").rows
    assert after["photo_id"] == before["photo_id"]
