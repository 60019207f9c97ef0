from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from photosort.domain.tags import Tag
from photosort.tagging.entries_yaml import PACKS
from photosort.tagging.vocabulary import Vocabulary, load_vocabulary
from photosort.usecases.models.vocabulary_vectors import shipped_files

FILES = shipped_files()


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    # Loading is half the test: it refuses names and aliases that occur twice over all files,
    # unknown packs and keys, and an unsound tree.
    return load_vocabulary(FILES)


@pytest.fixture(scope="module")
def seen(vocabulary: Vocabulary) -> list[Tag]:
    return [tag for tag in vocabulary if not tag.is_group]


def has_word(word: str, text: str) -> bool:
    pattern = rf"(?<!\w){re.escape(word.casefold())}(s|es)?(?!\w)"
    return re.search(pattern, text.casefold()) is not None


def faults(items: Iterable[str]) -> str:
    return "\n".join(items)


def test_the_files_load_as_one_sound_tree(vocabulary: Vocabulary) -> None:
    assert len(vocabulary.children(None)) == len(FILES)
    assert vocabulary.notes == ()


def test_there_are_enough_tags(seen: list[Tag]) -> None:
    assert len(seen) >= 400


def test_a_tree_is_two_to_four_levels_deep(vocabulary: Vocabulary) -> None:
    assert not faults(tag.name for tag in vocabulary if len(vocabulary.ancestors(tag.key)) > 3)


def test_groups_hold_children_and_no_texts(vocabulary: Vocabulary) -> None:
    groups = [tag for tag in vocabulary if tag.is_group]
    assert not faults(
        tag.name
        for tag in groups
        if tag.sentences or tag.descriptors or not vocabulary.children(tag.key)
    )


def test_each_tag_has_sentences(seen: list[Tag]) -> None:
    assert not faults(tag.name for tag in seen if len(tag.sentences) < 3)


def test_each_tag_has_four_to_eight_descriptors(seen: list[Tag]) -> None:
    assert not faults(tag.name for tag in seen if not 4 <= len(tag.descriptors) <= 8)


def test_descriptors_never_say_the_name_again(seen: list[Tag]) -> None:
    # A descriptor that says the name would win by the name, and be no reason.
    assert not faults(
        f"{tag.name}: {descriptor}"
        for tag in seen
        for descriptor in tag.descriptors
        for word in (tag.name, tag.prompt, tag.parent, *tag.aliases)
        if word and has_word(word, descriptor)
    )


def test_descriptors_tell_a_tag_from_its_siblings(vocabulary: Vocabulary, seen: list[Tag]) -> None:
    assert not faults(
        f"{tag.name} and {sibling.name}: {', '.join(shared)}"
        for tag in seen
        for sibling in vocabulary.children(tag.parent)
        if tag.key < sibling.key
        and len(shared := set(tag.descriptors) & set(sibling.descriptors)) > 1
    )


def test_prompts_are_given_only_where_they_differ(seen: list[Tag]) -> None:
    assert not faults(tag.name for tag in seen if tag.prompt == tag.name)


def test_each_pack_has_tags(seen: list[Tag]) -> None:
    assert {pack for tag in seen for pack in tag.packs} == set(PACKS)


def test_each_share_of_frequency_is_used(seen: list[Tag]) -> None:
    assert {tag.often for tag in seen} == {0, 1, 2, 3}
