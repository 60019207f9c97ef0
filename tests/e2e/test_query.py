import json
import unicodedata
from pathlib import Path

import pytest

from photosort.media.sidecar_writing import SidecarChange, write_sidecar

EVERY = {
    "IMG_0001.jpg",
    "IMG_0002.jpg",
    "IMG_0003.jpg",
    "IMG_0004.jpg",
    "IMG_0005.jpg",
    "IMG_20230801_101500.jpg",
    "portrait.jpg",
}


def names(ran):
    return [Path(row["path"]).name for row in ran.rows]


@pytest.fixture
def ask(photosort, indexed):
    def run(query):
        ran = photosort("search", "--json", "--", query)
        assert ran.status == 0, ran.err
        return ran

    return run


def test_filters(ask, photosort, indexed):
    photosort("tag", "--confirm", "beverage", indexed / "2022" / "IMG_0002.jpg")
    found = {
        query: set(names(ask(query)))
        for query in (
            "on:2022-05",
            "-on:2022",
            "after:2023-07 before:2023-08",
            "folder:2023",
            f'folder:"{indexed / "2023" / "trip to Běijīng"}"',
            "camera:nikon folder:2022 on:2022-05-16",
            "tag:beverage",
            "has:tag",
            "-has:tag folder:2022",
            "type:jpeg",
            "type:raw",
            "is:offline",
            "-is:unreviewed",
            "size<40KB",
            "tag:beverage OR folder:pets",
        )
    }
    assert found == {
        "on:2022-05": {"IMG_0002.jpg", "IMG_0003.jpg"},
        "-on:2022": EVERY - {"IMG_0002.jpg", "IMG_0003.jpg"},
        "after:2023-07 before:2023-08": {"IMG_0004.jpg"},
        "folder:2023": {"IMG_0004.jpg", "IMG_0005.jpg", "IMG_20230801_101500.jpg"},
        f'folder:"{indexed / "2023" / "trip to Běijīng"}"': {"IMG_0005.jpg"},
        "camera:nikon folder:2022 on:2022-05-16": {"IMG_0003.jpg"},
        "tag:beverage": {"IMG_0002.jpg"},
        "has:tag": {"IMG_0002.jpg"},
        "-has:tag folder:2022": {"IMG_0003.jpg"},
        "type:jpeg": EVERY,
        "type:raw": set(),
        "is:offline": set(),
        "-is:unreviewed": {"IMG_0002.jpg"},
        "size<40KB": {"IMG_0001.jpg"},
        "tag:beverage OR folder:pets": {"IMG_0001.jpg", "IMG_0002.jpg"},
    }


def test_a_pure_filter_has_no_score_and_every_match_is_strong(ask):
    ran = ask("folder:2022")
    assert [(row["score"], row["match"]) for row in ran.rows] == [(None, "strong")] * 2


def test_orders(ask):
    assert names(ask("camera:nikon sort:date"))[0] == "IMG_0004.jpg"
    assert names(ask("camera:nikon sort:oldest"))[0] == "portrait.jpg"
    assert names(ask("folder:2022 sort:-name")) == ["IMG_0003.jpg", "IMG_0002.jpg"]
    assert names(ask("folder:2022 sort:size")) == ["IMG_0002.jpg", "IMG_0003.jpg"]


def test_a_filter_leaves_the_scores_of_a_description(photosort, indexed):
    everywhere = {
        r["photo_id"]: r["score"] for r in photosort("search", "cat", "--all", "--json").rows
    }
    ran = photosort("search", "cat folder:2022", "--all", "--json")
    assert sorted(names(ran)) == ["IMG_0002.jpg", "IMG_0003.jpg"]
    assert all(row["score"] == everywhere[row["photo_id"]] for row in ran.rows)


def test_what_must_not_be_in_the_picture(photosort, indexed):
    ran = photosort("search", "--all", "--json", "--", "-cat")
    assert len(ran.rows) == 7
    assert names(ran)[-1] == "IMG_0001.jpg"


def test_photos_like_one(photosort, indexed):
    ran = photosort("search", f'like:"{indexed / "pets" / "IMG_0001.jpg"}"', "--all", "--json")
    assert len(ran.rows) == 6


@pytest.mark.parametrize(("query", "position"), [("tga:dog", 0), ('dog "on the', 4)])
def test_a_wrong_query_points_at_the_place(photosort, indexed, query, position):
    ran = photosort("search", query, "--json")
    assert (ran.status, ran.out) == (2, "")
    assert json.loads(ran.err)["position"] == position


def test_names_and_keywords_in_two_forms_of_unicode_are_one(photosort, shipped, tmp_path):
    """macOS decomposes names; people type them composed. Words of another language mean their tag."""
    folder = tmp_path / "photos" / unicodedata.normalize("NFD", "Übernachtung")
    path = folder / unicodedata.normalize("NFD", "Gänseblümchen.jpg")
    shipped("flower", path)
    keywords = [unicodedata.normalize("NFD", "Übung"), "Straße"]
    write_sidecar(folder / "Gänseblümchen.jpg.xmp", SidecarChange(add=tuple(keywords), rating=5))
    photosort("index", folder.parent)
    for query in ("tag:übung", unicodedata.normalize("NFD", "tag:übung"), "tag:straße"):
        rows = photosort("search", query, "--json").rows
        assert [row["path"] for row in rows] == [str(path)], query
    for query in ("folder:Übernachtung", f"folder:{unicodedata.normalize('NFD', 'übernachtung')}"):
        assert len(photosort("search", query, "--json").rows) == 1, query
    typed = unicodedata.normalize("NFC", str(path))
    (row,) = photosort("info", typed, "--json").rows
    assert (row["rating"], len(row["tags"])) == (5, 2)
    photosort("tag", "--confirm", unicodedata.normalize("NFD", "Größe"), typed)
    assert len(photosort("search", "tag:größe", "--json").rows) == 1
    ran = photosort("search", "tag:übung", "--folder", str(Path(typed).parent), "--json")
    assert len(ran.rows) == 1
