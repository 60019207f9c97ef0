import pytest

from photosort.domain.tags import Tag, TagState
from photosort.store import history, tags

VOCABULARY = (
    Tag("animals", is_group=True),
    Tag("dog", parent="animals", aliases=("puppy",), descriptors=("a wet nose",)),
    Tag("beach", sentences=("people lying in the sand",)),
)


@pytest.fixture
def stocked(store):
    tags.sync(store, VOCABULARY, "one")
    return store


def names(store):
    return [tag.name for tag in tags.enabled(store)]


def test_the_shipped_vocabulary_comes_back_whole(stocked):
    assert tuple(tags.enabled(stocked)) == VOCABULARY
    assert tags.shipped_hash(stocked) == "one"


def test_a_newer_vocabulary_changes_texts_and_drops_unused_tags(stocked):
    newer = (VOCABULARY[0], Tag("dog", parent="animals", often=3), Tag("lake"))
    tags.sync(stocked, newer, "two")
    assert tuple(tags.enabled(stocked)) == newer


def test_a_used_tag_survives_when_it_is_shipped_no_more(stocked, add_photo):
    photo = add_photo("a.jpg")
    tags.say(stocked, {"beach": [photo]}, TagState.CONFIRMED, origin="user", actor="command")
    tags.sync(stocked, VOCABULARY[:2], "two")
    assert "beach" in names(stocked)
    assert tags.of_photos(stocked, [photo])[photo] == [("beach", TagState.CONFIRMED)]


def test_confirm_then_reject_then_undo_both(stocked, add_photo):
    photos = [add_photo("a.jpg"), add_photo("b.jpg")]
    for state in (TagState.CONFIRMED, TagState.REJECTED):
        change = tags.say(stocked, {"dog": photos}, state, origin="user", actor="command")
        assert change.photos == set(photos)
    assert "2 photos" in change.action
    assert tags.counts(stocked) == {("dog", TagState.REJECTED): 2}
    history.undo(stocked)
    assert tags.counts(stocked) == {("dog", TagState.CONFIRMED): 2}
    history.undo(stocked)
    assert tags.counts(stocked) == {}


def test_an_alias_means_its_tag(stocked, add_photo):
    photo = add_photo("a.jpg")
    tags.say(stocked, {"Puppy": [photo]}, TagState.CONFIRMED, origin="user", actor="command")
    assert tags.of_photos(stocked, [photo])[photo] == [("dog", TagState.CONFIRMED)]


def test_a_new_name_becomes_the_users_tag_and_undo_takes_it_away(stocked, add_photo):
    photo = add_photo("a.jpg")
    tags.say(stocked, {"our garden": [photo]}, TagState.CONFIRMED, origin="user", actor="window")
    tags.sync(stocked, VOCABULARY, "three")
    assert "our garden" in names(stocked)
    history.undo(stocked)
    assert "our garden" not in names(stocked)


def test_clearing_takes_back_what_was_said(stocked, add_photo):
    photo = add_photo("a.jpg")
    tags.say(stocked, {"dog": [photo]}, TagState.CONFIRMED, origin="user", actor="window")
    tags.say(stocked, {"dog": [photo]}, None, origin="user", actor="window")
    assert tags.of_photos(stocked, [photo]) == {}


def test_keywords_of_files_follow_the_files(stocked, add_photo):
    photo = add_photo("a.jpg")
    tags.import_keywords(stocked, {photo: ["animals|dog", "places|Lisbon"]})
    said = tags.of_photos(stocked, [photo])[photo]
    assert said == [("dog", TagState.IMPORTED), ("Lisbon", TagState.IMPORTED)]
    assert {tag.name: tag.parent for tag in tags.enabled(stocked)}["Lisbon"] == "places"
    tags.import_keywords(stocked, {photo: ["animals|dog"]})
    assert tags.of_photos(stocked, [photo])[photo] == [("dog", TagState.IMPORTED)]


def test_a_file_never_overrules_a_person(stocked, add_photo):
    photo = add_photo("a.jpg")
    tags.say(stocked, {"dog": [photo]}, TagState.REJECTED, origin="user", actor="window")
    tags.import_keywords(stocked, {photo: ["dog"]})
    assert tags.of_photos(stocked, [photo])[photo] == [("dog", TagState.REJECTED)]


def test_a_person_who_is_called_like_a_thing_is_no_such_thing(stocked, add_photo):
    tags.sync(stocked, (*VOCABULARY, Tag("people", is_group=True), Tag("rose")), "two")
    flower, person = add_photo("a.jpg"), add_photo("b.jpg")
    said = {flower: ["Garden|Rose"], person: ["People|Rose"]}
    tags.import_keywords(stocked, said)
    tags.import_keywords(stocked, said)
    found = tags.of_photos(stocked, [flower, person])
    assert found[flower] == [("rose", TagState.IMPORTED)]
    assert found[person] == [("Rose (people)", TagState.IMPORTED)]
    kept = {one.tag.name: one.tag for one in tags.every(stocked)}
    assert kept["Rose (people)"].hand_only
    assert not kept["rose"].hand_only
    (written,) = tags.said_paths(stocked, [person])[person]
    assert written.path == "people|Rose"
    assert "rose" in written.words


def test_a_thing_that_is_shipped_later_does_not_take_a_persons_place(stocked, add_photo):
    person = add_photo("a.jpg")
    tags.import_keywords(stocked, {person: ["People|Rose"]})
    assert tags.of_photos(stocked, [person])[person] == [("Rose", TagState.IMPORTED)]
    tags.sync(stocked, (*VOCABULARY, Tag("people", is_group=True), Tag("rose")), "two")
    assert tags.of_photos(stocked, [person])[person] == [("Rose (People)", TagState.IMPORTED)]
    tags.import_keywords(stocked, {person: ["People|Rose"]})
    assert tags.of_photos(stocked, [person])[person] == [("Rose (People)", TagState.IMPORTED)]
    assert tags.said_paths(stocked, [person])[person][0].path == "people|Rose"
    assert not next(one.tag for one in tags.every(stocked) if one.tag.key == "rose").hand_only


def test_a_word_turns_out_to_be_a_person(stocked, add_photo):
    photos = [add_photo("a.jpg"), add_photo("b.jpg")]
    tags.import_keywords(stocked, {photos[0]: ["Anna"]})
    assert not next(one.tag for one in tags.every(stocked) if one.tag.key == "anna").hand_only
    tags.import_keywords(stocked, {photos[1]: ["People|Anna"]})
    assert next(one.tag for one in tags.every(stocked) if one.tag.key == "anna").hand_only
    assert tags.answers(stocked, ["anna"]) == {"anna": (photos, [])}


def test_photos_with_a_tag(stocked, add_photo):
    first, second = add_photo("a.jpg"), add_photo("b.jpg")
    tags.say(stocked, {"dog": [first, second]}, TagState.CONFIRMED, origin="user", actor="window")
    assert tags.photos_with(stocked, ["Dog", "beach"], TagState.CONFIRMED) == {
        "dog": [first, second]
    }
