import numpy as np
import pytest

from photosort.domain.tags import Tag
from photosort.tagging.choosing import choose, kinship
from photosort.tagging.vocabulary import Vocabulary

WORDS = Vocabulary(
    (
        Tag("animals", is_group=True),
        Tag("dog", parent="animals"),
        Tag("poodle", parent="dog"),
        Tag("monkey", parent="animals"),
        Tag("people"),
        Tag("child", parent="people"),
        Tag("beach"),
        Tag("sea"),
    )
)
PLACE = {tag.name: i for i, tag in enumerate(WORDS)}
EVERY = np.ones(len(WORDS), bool)
NONE = np.zeros(len(WORDS), bool)


def shown(photos, *, may_show=EVERY, taught=NONE, limit=5):
    """Which of `{photo: {tag: log-odds}}` are chosen, in the same shape."""
    pairs = [(photo, tag, odds) for photo, tags in photos.items() for tag, odds in tags.items()]
    keep = choose(
        np.array([photo for photo, _, _ in pairs], np.int64),
        np.array([PLACE[tag] for _, tag, _ in pairs], np.int64),
        np.array([odds for _, _, odds in pairs], np.float32),
        kinship(WORDS),
        may_show=may_show,
        taught=taught,
        limit=limit,
    )
    found = {photo: set() for photo in photos}
    for (photo, tag, _), kept in zip(pairs, keep, strict=True):
        if kept:
            found[photo].add(tag)
    return found


def test_a_tag_implies_what_is_above_it():
    found = shown({7: {"dog": 3.0, "poodle": 1.0}, 8: {"dog": 1.0}})
    assert found == {7: {"poodle"}, 8: {"dog"}}


def test_no_animal_where_a_person_is():
    assert shown({1: {"monkey": 4.0, "child": 0.1}, 2: {"monkey": 1.0}}) == {
        1: {"child"},
        2: {"monkey"},
    }


def test_a_person_tag_that_is_not_offered_still_keeps_animals_away():
    may_show = EVERY.copy()
    may_show[PLACE["child"]] = False
    assert shown({1: {"dog": 4.0, "child": 0.1}}, may_show=may_show) == {1: set()}


def test_an_animal_that_was_taught_stays_beside_a_person():
    taught = NONE.copy()
    taught[PLACE["dog"]] = True
    found = shown({1: {"dog": 4.0, "child": 0.1, "monkey": 2.0}}, taught=taught)
    assert found == {1: {"dog", "child"}}


def test_what_is_not_offered_neither_shows_nor_hides_its_parent():
    may_show = EVERY.copy()
    may_show[PLACE["poodle"]] = False
    assert shown({1: {"dog": 1.0, "poodle": 3.0}}, may_show=may_show) == {1: {"dog"}}


@pytest.mark.parametrize("limit", [1, 2])
def test_the_best_few_of_each_photo(limit):
    tags = {"beach": 1.0, "sea": 3.0, "child": 2.0}
    best = ["sea", "child"][:limit]
    assert shown({1: tags, 2: tags}, limit=limit) == {1: set(best), 2: set(best)}


def test_nothing():
    assert shown({}) == {}
