import json
from pathlib import Path

import pytest
from PIL import Image, ImageOps


def names(ran):
    return [Path(row["path"]).name for row in ran.rows]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("a cat", "IMG_0001.jpg"),
        ("a cup of coffee", "IMG_0002.jpg"),
        ("a motorcycle", "IMG_0004.jpg"),
        ("a temple in china", "IMG_0005.jpg"),
        ("IMG_0003", "IMG_0003.jpg"),
    ],
)
def test_the_right_photo_comes_first(photosort, indexed, query, first):
    ran = photosort("search", query, "--all", "--json")
    assert names(ran)[0] == first
    assert len(ran.rows) == 7
    scores = [row["score"] for row in ran.rows]
    assert scores == sorted(scores, reverse=True)
    keys = {"path", "score", "match", "verdict", "found_by", "photo_id", "why"}
    assert set(ran.rows[0]) == keys
    assert [one["text"] for one in ran.rows[0]["why"]] == [query]


def test_without_all_only_strong_matches(photosort, indexed):
    ran = photosort("search", "a cat", "--json")
    assert {(row["match"], row["verdict"]) for row in ran.rows} == {("strong", "good")}
    assert "possible matches; add --all" in photosort("search", "a cat").err


def test_what_found_a_good_match_is_told(photosort, indexed):
    def found_by(query):
        return [row["found_by"] for row in photosort("search", query, "--all", "--json").rows]

    photosort("tag", "--confirm", "cat", indexed / "2022" / "IMG_0002.jpg")
    assert set(found_by("cat")) == {"sight", "tag", None}
    assert found_by("IMG_0003")[0] == "name"
    assert set(found_by("type:jpeg")) == {None}


@pytest.mark.parametrize("query", ["of the", "r", "?!", "\U0001f1e9\U0001f1ea"])
def test_words_that_say_nothing_are_never_denied(photosort, indexed, query):
    ran = photosort("search", query, "--json")
    assert {(row["match"], row["verdict"]) for row in ran.rows} == {("weak", "unsure")}
    assert "says nothing about a photo" in ran.err


@pytest.mark.parametrize(
    ("query", "said"), [("\U0001f408", 'was read as "cat"'), ("кошка на диване", "does not read")]
)
def test_what_the_model_cannot_read_is_told(photosort, indexed, query, said):
    ran = photosort("search", query, "--json")
    assert {row["verdict"] for row in ran.rows} <= {"good", "unsure"}
    assert said in ran.err


def test_where_nothing_is_good_the_closest_come_as_weak(photosort, indexed):
    query = "an octopus under the ice of a frozen lake"
    everything = photosort("search", query, "--all", "--json").rows
    assert {(row["match"], row["verdict"]) for row in everything} == {("weak", "absent")}
    ran = photosort("search", query, "--json")
    assert ran.rows == everything[:10]
    assert "Nothing in the library looks like this. These are the closest." in ran.err
    assert "possible matches" not in ran.err
    assert len(photosort("search", query, "--limit", 2, "--json").rows) == 2
    filtered = photosort("search", query, "after:2090", "--json")
    assert filtered.rows == []
    assert "No photo answers this query." in filtered.err


def test_an_unknown_tag_is_the_only_remark(photosort, indexed):
    ran = photosort("search", "tag:nosuchword", "--json")
    assert (ran.status, ran.rows) == (0, [])
    assert 'There is no tag "nosuchword".' in ran.err
    assert "No photo answers" not in ran.err


def test_a_folder_narrows_the_photos_and_leaves_the_scores(photosort, indexed):
    everywhere = {
        r["photo_id"]: r["score"] for r in photosort("search", "cat", "--all", "--json").rows
    }
    ran = photosort("search", "cat", "--all", "--folder", indexed / "2022", "--json")
    assert sorted(names(ran)) == ["IMG_0002.jpg", "IMG_0003.jpg"]
    assert all(row["score"] == everywhere[row["photo_id"]] for row in ran.rows)


def test_queries_from_a_file_are_answered_in_one_run(photosort, indexed, tmp_path):
    queries = tmp_path / "queries.txt"
    queries.write_text("a cat\n\n  type:jpeg dog\n", "utf-8")
    ran = photosort("search", "--queries-from", queries, "--limit", 1, "--json")
    assert [(next(iter(row)), row["query"]) for row in ran.rows] == [
        ("query", "a cat"),
        ("query", "type:jpeg dog"),
    ]
    (alone,) = photosort("search", "a cat", "--limit", 1, "--json").rows
    assert ran.rows[0] == {"query": "a cat", **alone}


@pytest.mark.parametrize(
    ("text", "given"),
    [
        (b"a cat\ndog (\n", []),
        (b"\xff\xfe", []),
        (b"a cat\n", ["dog"]),
        (b"a cat\n", ["--save", "Cats"]),
    ],
)
def test_queries_from_a_file_that_cannot_be_used(photosort, indexed, tmp_path, text, given):
    queries = tmp_path / "queries.txt"
    queries.write_bytes(text)
    ran = photosort("search", *given, "--queries-from", queries, "--json")
    assert (ran.status, ran.out) == (2, "")
    assert json.loads(ran.err)["message"].endswith(".")


def test_limit(photosort, indexed):
    assert len(photosort("search", "cat", "--all", "--limit", 3, "--json").rows) == 3


def test_keywords_of_a_file_are_found(photosort, photos):
    (photos / "2022" / "IMG_0003.jpg.xmp").write_text(
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
        ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:subject><rdf:Bag>'
        "<rdf:li>Zanzibar</rdf:li></rdf:Bag></dc:subject></rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    photosort("index", photos)
    assert names(photosort("search", "zanzibar", "--json")) == ["IMG_0003.jpg"]
    (info,) = photosort("info", photos / "2022" / "IMG_0003.jpg", "--json").rows
    assert info["tags"] == [{"name": "Zanzibar", "confidence": None, "state": "imported"}]


def test_an_empty_library_says_so(photosort):
    ran = photosort("search", "cat")
    assert (ran.status, ran.out) == (0, "")
    assert "empty" in ran.err


def test_similar_photos_from_inside_and_outside_the_library(photosort, indexed, tmp_path, shipped):
    shipped("cat", tmp_path / "outside.jpg")
    outside = photosort("similar", tmp_path / "outside.jpg", "--limit", 2, "--json")
    assert names(outside)[0] == "IMG_0001.jpg"
    assert outside.rows[0]["score"] > 0.9
    inside = photosort("similar", indexed / "pets" / "IMG_0001.jpg", "--json")
    assert "IMG_0001.jpg" not in names(inside)
    assert len(inside.rows) == 6


def test_a_part_of_a_photo_is_not_mistaken_for_plain_colours(photosort, photos):
    cat = Image.open(photos / "pets" / "IMG_0001.jpg")
    ImageOps.mirror(cat).save(photos / "mirrored.jpg")
    cat.crop((cat.width // 5, 0, cat.width, cat.height)).save(photos / "closer.jpg")
    for number in range(16):
        colour = (90 + 10 * number, 60 + 11 * number, 40 + 12 * number)
        Image.new("RGB", (300, 300), colour).save(photos / f"plain {number}.png")
    photosort("index", photos)
    fur = f'like:"{photos / "pets" / "IMG_0001.jpg"}#50,50,20,20"'
    found = names(photosort("search", fur, "--all", "--json"))
    assert set(found[:2]) == {"mirrored.jpg", "closer.jpg"}
    empty = photosort("search", fur.replace("20,20", "0,20"), "--json")
    assert (empty.status, empty.out) == (2, "")


@pytest.mark.parametrize(
    "given", [["search", "  "], ["similar", "/nowhere/x.jpg"], ["info", "x.jpg"]]
)
def test_input_that_cannot_be_used(photosort, indexed, given):
    ran = photosort(*given, "--json")
    assert (ran.status, ran.out) == (2, "")
    assert json.loads(ran.err)["message"].endswith(".")


def test_a_saved_search_is_a_smart_album(photosort, indexed):
    photosort("search", "camera:nikon", "--save", "The Nikon")
    (row,) = photosort("albums", "--kind", "smart", "--json").rows
    assert (row["name"], row["kind"], row["parent"]) == ("The Nikon", "smart", None)
    assert row["size"] == len(row["photos"]) == 5
    assert row["why"] == [{"text": "camera:nikon", "weight": 1.0}]
    photosort("undo")
    assert photosort("albums", "--kind", "smart", "--json").rows == []
