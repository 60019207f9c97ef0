import pytest

from photosort.domain.tags import Tag, TagState
from photosort.store.db import history
from photosort.store.tables import tags

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
    tags.set_tag_state(
        stocked, {"beach": [photo]}, TagState.CONFIRMED, origin="user", actor="command"
    )
    tags.sync(stocked, VOCABULARY[:2], "two")
    assert "beach" in names(stocked)
    assert tags.of_photos(stocked, [photo])[photo] == [("beach", TagState.CONFIRMED)]


def test_confirm_then_reject_then_undo_both(stocked, add_photo):
    photos = [add_photo("a.jpg"), add_photo("b.jpg")]
    for state in (TagState.CONFIRMED, TagState.REJECTED):
        change = tags.set_tag_state(stocked, {"dog": photos}, state, origin="user", actor="command")
        assert change.photos == set(photos)
    assert "2 photos" in change.action
    assert tags.counts(stocked) == {("dog", TagState.REJECTED): 2}
    history.undo(stocked)
    assert tags.counts(stocked) == {("dog", TagState.CONFIRMED): 2}
    history.undo(stocked)
    assert tags.counts(stocked) == {}


def test_an_alias_means_its_tag(stocked, add_photo):
    photo = add_photo("a.jpg")
    tags.set_tag_state(
        stocked, {"Puppy": [photo]}, TagState.CONFIRMED, origin="user", actor="command"
    )
    assert tags.of_photos(stocked, [photo])[photo] == [("dog", TagState.CONFIRMED)]


def test_a_new_name_becomes_the_users_tag_and_undo_takes_it_away(stocked, add_photo):
    photo = add_photo("a.jpg")
    tags.set_tag_state(
        stocked, {"our garden": [photo]}, TagState.CONFIRMED, origin="user", actor="window"
    )
    tags.sync(stocked, VOCABULARY, "three")
    assert "our garden" in names(stocked)
    history.undo(stocked)
    assert "our garden" not in names(stocked)


def test_clearing_takes_back_what_was_said(stocked, add_photo):
    photo = add_photo("a.jpg")
    tags.set_tag_state(stocked, {"dog": [photo]}, TagState.CONFIRMED, origin="user", actor="window")
    tags.set_tag_state(stocked, {"dog": [photo]}, None, origin="user", actor="window")
    assert tags.of_photos(stocked, [photo]) == {}


def test_photos_with_a_tag(stocked, add_photo):
    first, second = add_photo("a.jpg"), add_photo("b.jpg")
    tags.set_tag_state(
        stocked, {"dog": [first, second]}, TagState.CONFIRMED, origin="user", actor="window"
    )
    assert tags.photos_with(stocked, ["Dog", "beach"], TagState.CONFIRMED) == {
        "dog": [first, second]
    }
