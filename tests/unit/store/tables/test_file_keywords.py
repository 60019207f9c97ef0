"""The keywords that files bring, and persons among them who are called like things."""

import pytest

from photosort.domain.tags import Tag, TagState
from photosort.store.tables import file_keywords, tags

VOCABULARY = (
    Tag("animals", is_group=True),
    Tag("dog", parent="animals", descriptors=("a wet nose",)),
)


@pytest.fixture
def stocked(store):
    tags.sync(store, VOCABULARY, "one")
    return store


def test_keywords_of_files_follow_the_files(stocked, add_photo):
    photo = add_photo("a.jpg")
    file_keywords.import_keywords(stocked, {photo: ["animals|dog", "places|Lisbon"]})
    said = tags.of_photos(stocked, [photo])[photo]
    assert said == [("dog", TagState.IMPORTED), ("Lisbon", TagState.IMPORTED)]
    assert {tag.name: tag.parent for tag in tags.enabled(stocked)}["Lisbon"] == "places"
    file_keywords.import_keywords(stocked, {photo: ["animals|dog"]})
    assert tags.of_photos(stocked, [photo])[photo] == [("dog", TagState.IMPORTED)]


def test_a_file_never_overrules_a_person(stocked, add_photo):
    photo = add_photo("a.jpg")
    tags.set_tag_state(stocked, {"dog": [photo]}, TagState.REJECTED, origin="user", actor="window")
    file_keywords.import_keywords(stocked, {photo: ["dog"]})
    assert tags.of_photos(stocked, [photo])[photo] == [("dog", TagState.REJECTED)]


def test_a_person_who_is_called_like_a_thing_is_no_such_thing(stocked, add_photo):
    tags.sync(stocked, (*VOCABULARY, Tag("people", is_group=True), Tag("rose")), "two")
    flower, person = add_photo("a.jpg"), add_photo("b.jpg")
    said = {flower: ["Garden|Rose"], person: ["People|Rose"]}
    file_keywords.import_keywords(stocked, said)
    file_keywords.import_keywords(stocked, said)
    found = tags.of_photos(stocked, [flower, person])
    assert found[flower] == [("rose", TagState.IMPORTED)]
    assert found[person] == [("Rose (people)", TagState.IMPORTED)]
    kept = {one.tag.name: one.tag for one in tags.list_all(stocked)}
    assert kept["Rose (people)"].hand_only
    assert not kept["rose"].hand_only
    (written,) = tags.tag_paths(stocked, [person])[person]
    assert written.path == "people|Rose"
    assert "rose" in written.words


def test_a_thing_that_is_shipped_later_does_not_take_a_persons_place(stocked, add_photo):
    person = add_photo("a.jpg")
    file_keywords.import_keywords(stocked, {person: ["People|Rose"]})
    assert tags.of_photos(stocked, [person])[person] == [("Rose", TagState.IMPORTED)]
    tags.sync(stocked, (*VOCABULARY, Tag("people", is_group=True), Tag("rose")), "two")
    assert tags.of_photos(stocked, [person])[person] == [("Rose (People)", TagState.IMPORTED)]
    file_keywords.import_keywords(stocked, {person: ["People|Rose"]})
    assert tags.of_photos(stocked, [person])[person] == [("Rose (People)", TagState.IMPORTED)]
    assert tags.tag_paths(stocked, [person])[person][0].path == "people|Rose"
    assert not next(one.tag for one in tags.list_all(stocked) if one.tag.key == "rose").hand_only


def test_a_word_turns_out_to_be_a_person(stocked, add_photo):
    photos = [add_photo("a.jpg"), add_photo("b.jpg")]
    file_keywords.import_keywords(stocked, {photos[0]: ["Anna"]})
    assert not next(one.tag for one in tags.list_all(stocked) if one.tag.key == "anna").hand_only
    file_keywords.import_keywords(stocked, {photos[1]: ["People|Anna"]})
    assert next(one.tag for one in tags.list_all(stocked) if one.tag.key == "anna").hand_only
    assert tags.answers(stocked, ["anna"]) == {"anna": (photos, [])}
